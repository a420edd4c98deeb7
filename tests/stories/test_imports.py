"""Stories of imports: tender, permit, slip, works, sea and acceptance, each checkable on paper (R15 to R17)."""

from __future__ import annotations

from dataclasses import replace
from math import log
from typing import Any

import pytest

from sim.distributions import Constant
from sim.engine.entries import (
    Accepted,
    Appropriated,
    Arrived,
    Awarded,
    Cancelled,
    Crewed,
    DayCome,
    Decided,
    Deployed,
    Lapsed,
    LeftOnTime,
    LeftWorks,
    Obligated,
    Paid,
    Passed,
    Permitted,
    Reserved,
    ShockStruck,
    Tendered,
)
from sim.errors import OursError
from sim.scenario.resolved import Luck, Scenario, Shock, SlipClass, SupplierWindow
from tests.stories.builder import buy, day, given, line, luck, mission, offer, scenario, scheduled, told
from tests.stories.ledger import assert_told, assert_whole, days_and_units


def left(run: object) -> list[tuple[int, str, int]]:
    """(day, contract, lot) of everything that left the works, in order."""
    return [(entry.day, entry.order, entry.lot) for entry in run.of_kind(LeftOnTime, LeftWorks)]


def test_twenty_four_aircraft_in_lots_of_six_arrive_as_the_works_make_them() -> None:
    """24 ordered on day 0, first lot promised in 300 days, slip 1.5, 6 every 90 days, 30 at sea, 20 to accept."""
    run = told(
        scenario(
            missions=[mission(target=given("unit", 24), acceptance=luck(20))],
            offers=[
                offer(
                    lot=6,
                    first_lot=6,
                    promise_first_days=300,
                    slip_class="late",
                    rate=given("rate", 6),
                    rate_period_days=90,
                    shipping=luck(30),
                )
            ],
            slips=[SlipClass("late", log(1.5), 0.0, given("share", 5_000))],
            policies=[scheduled(buy(0, 24))],
        )
    )
    assert days_and_units(run, Deployed) == [(500, 6), (590, 6), (680, 6), (770, 6)]

    def arrival(on: int, lot: int) -> tuple[Any, ...]:
        """30 days at sea, paid for at the quay with 60; 20 days to accept; crews wait."""
        where = ("maker#1", lot, "watch", "drone", 6)
        return (
            Arrived(on + 30, *where),
            Paid(on + 30, "maker#1", "line", 2025, 60, 60),
            Accepted(on + 50, *where),
            Crewed(on + 50, *where),
            Deployed(on + 50, *where),
        )

    assert_whole(
        run,
        Passed(0, 2025),
        Appropriated(0, "line", 2025, 10**12),
        Decided(0, "maker#1", "maker", "watch", 24),
        Tendered(0, "maker#1", -1, "watch", "drone", 24),
        Obligated(0, "maker#1", "line", 2025, 240),
        Awarded(0, "maker#1", -1, "watch", "drone", 24),
        Permitted(0, "maker#1", -1, "watch", "drone", 24),
        Lapsed(364, "line", 2025, 10**12 - 240),
        Passed(365, 2026),
        # 300 x 1.5 = 450: the first leaves, and the day of the other three has come; 6 units take 90 days each
        LeftOnTime(450, "maker#1", 0, "watch", "drone", 6),
        *(DayCome(450, "maker#1", lot, "watch", "drone", 6) for lot in (1, 2, 3)),
        *arrival(450, 0),
        LeftWorks(540, "maker#1", 1, "watch", "drone", 6),
        *arrival(540, 1),
        LeftWorks(630, "maker#1", 2, "watch", "drone", 6),
        *arrival(630, 2),
        LeftWorks(720, "maker#1", 3, "watch", "drone", 6),
        Passed(730, 2027),
        *arrival(720, 3),
    )


def test_an_order_has_a_thousand_and_twenty_four_lots_at_most() -> None:
    """The luck of lot 1,024 of the first order on an offer would be that of lot 0 of the second."""
    made_singly = offer(lot=1, first_lot=1)
    most = told(scenario(offers=[made_singly], policies=[scheduled(buy(0, 1_024))], horizon="2025-07-31"))
    assert len(most.days_of(Deployed)) == 1_024
    with pytest.raises(OursError, match=r"maker#1: found 1,025 lots; expected at most 1,024 .* the lot of maker, 1"):
        told(scenario(offers=[made_singly], policies=[scheduled(buy(0, 1_025))], horizon="2025-07-31"))


def test_an_order_from_tender_to_base_in_one_whole_ledger() -> None:
    """Five at 10: tender 60, permit 30, promise 100, 25 at sea, test 15, base 5 days; lots of 3 and 2, 3 in 30 days."""
    run = told(
        scenario(
            missions=[mission(acceptance=luck(15), fielding=luck(5))],
            offers=[
                offer(
                    tender_first=luck(60),
                    tender_later=luck(60),
                    permit_first=luck(30),
                    lot=3,
                    first_lot=3,
                    rate=given("rate", 3),
                    rate_period_days=30,
                    shipping=luck(25),
                )
            ],
            lines=[line(years={2025: 60})],
            policies=[scheduled(buy(0, 5))],
            horizon="2025-12-31",
        )
    )
    first, second = (0, "watch", "drone", 3), (1, "watch", "drone", 2)
    assert_whole(
        run,
        Passed(0, 2025),
        Appropriated(0, "line", 2025, 60),
        Decided(0, "maker#1", "maker", "watch", 5),
        Tendered(0, "maker#1", -1, "watch", "drone", 5),
        Reserved(0, "maker#1", "line", 2025, 50),
        Obligated(60, "maker#1", "line", 2025, 50),
        Awarded(60, "maker#1", -1, "watch", "drone", 5),
        Permitted(90, "maker#1", -1, "watch", "drone", 5),
        # 90 + 100: the first three were ready 30 days after the signature; the other two take 20 days more
        LeftOnTime(190, "maker#1", *first),
        DayCome(190, "maker#1", *second),
        LeftWorks(210, "maker#1", *second),
        Arrived(215, "maker#1", *first),
        Paid(215, "maker#1", "line", 2025, 30, 30),
        Accepted(230, "maker#1", *first),
        Crewed(230, "maker#1", *first),
        Arrived(235, "maker#1", *second),
        Paid(235, "maker#1", "line", 2025, 20, 20),
        Deployed(235, "maker#1", *first),
        Accepted(250, "maker#1", *second),
        Crewed(250, "maker#1", *second),
        Deployed(255, "maker#1", *second),
    )


def test_without_a_rate_all_lots_leave_on_the_promised_day() -> None:
    run = told(scenario(offers=[offer(lot=4, first_lot=2)], horizon="2025-12-31"))
    assert days_and_units(run, LeftOnTime) == [(100, 2), (100, 4), (100, 4)]


def test_slip_has_a_part_of_the_supplier_and_a_part_of_the_order() -> None:
    """Log-sd 0.5, 36 % of the variance the supplier's: scores 1 and 2 make e^(0.5 x (0.6 x 1 + 0.8 x 2)) = e^1.1."""
    world = scenario(
        offers=[offer(slip_class="late")],
        slips=[SlipClass("late", 0.0, 0.5, given("share", 3_600))],
        policies=[scheduled(buy(0, 1), buy(0, 1))],
    )
    run = told(world, parameters={"suppliers.house.lateness": 1.0}, written={"slip/maker": [2.0, -1.0]})
    # e^1.1 = 3.0042: 300 days; the second order: e^(0.5 x (0.6 - 0.8)) = e^-0.1 = 0.9048: 90 days
    assert left(run) == [(90, "maker#2", 0), (300, "maker#1", 0)]


# --- the works' queue


def queue(*orders: object, **changes: object) -> Scenario:
    """A works that makes one unit in 10 days, lots of 2, promise 100 days; typed orders."""
    works = offer(**{"lot": 2, "first_lot": 2, "rate": given("rate", 1), "rate_period_days": 10, **changes})
    return scenario(offers=[works], policies=[scheduled(*orders)], horizon="2026-12-31")


def test_two_orders_share_a_supplier_in_the_order_of_their_signatures() -> None:
    """Both are due on day 100 (promises of 100 and 90 days): the older order's lots come first."""
    run = told(queue(buy(0, 4), buy(10, 4), promise_later_days=90))
    # Day 100: the first lot was ready on day 20. Then 20 days a lot: 120, 140, 160.
    assert left(run) == [(100, "maker#1", 0), (120, "maker#1", 1), (140, "maker#2", 0), (160, "maker#2", 1)]
    assert_told(
        run,
        (DayCome,),
        DayCome(100, "maker#1", 1, "watch", "drone", 2),
        DayCome(100, "maker#2", 0, "watch", "drone", 2),
        DayCome(100, "maker#2", 1, "watch", "drone", 2),
    )


def test_orders_of_one_day_share_a_supplier_in_the_order_of_their_numbers() -> None:
    run = told(queue(buy(0, 2), buy(0, 2)))
    assert left(run) == [(100, "maker#1", 0), (120, "maker#2", 0)]


def test_a_later_order_that_is_due_while_an_older_one_is_not_goes_first() -> None:
    """The first order is due on day 300, the second, signed on day 10, on day 110: it waits for nobody."""
    run = told(queue(buy(0, 2), buy(10, 2), promise_first_days=300))
    assert left(run) == [(110, "maker#2", 0), (300, "maker#1", 0)]


def test_the_next_lot_is_chosen_when_its_day_comes_not_when_the_works_fall_idle() -> None:
    """When the works fall idle on day 50 only the order due on day 400 is known; one due on day 105 comes later."""
    run = told(queue(buy(0, 2), buy(5, 2), buy(60, 2), promise_first_days=400, promise_later_days=45))
    # maker#2: 5 + 45 = 50. maker#3, signed on day 60: 60 + 45 = 105, and its two units were ready by day 80.
    assert left(run) == [(50, "maker#2", 0), (105, "maker#3", 0), (400, "maker#1", 0)]


def test_capacity_before_a_signature_is_nobodys() -> None:
    """Signed on day 60 with a promise of 5 days: its two units take 20 days from the signature, not 5."""
    run = told(queue(buy(60, 2), promise_first_days=5))
    assert left(run) == [(80, "maker#1", 0)]


def test_a_lot_that_is_cancelled_in_the_queue_makes_room_for_the_next() -> None:
    """Lots due on day 100; maker#1's second is chosen for day 120 and cancelled on day 105: the next turn is 106."""
    run = told(queue(buy(0, 4, cancel_day=105), buy(0, 1)))
    assert_told(run, (Cancelled,), Cancelled(105, "maker#1", 1, "watch", "drone", 2, "queue"))
    # One unit takes 10 days from day 100, when the works last sent something off.
    assert left(run) == [(100, "maker#1", 0), (110, "maker#2", 0)]


def test_two_offers_of_one_supplier_do_not_share_a_queue() -> None:
    """A rate is an offer's, for this buyer: two products are two lines."""
    works = offer(lot=2, first_lot=2, rate=given("rate", 1), rate_period_days=10)
    run = told(
        scenario(
            offers=[works, replace(works, id="other")],
            policies=[scheduled(buy(0, 4), buy(0, 4, "other"))],
            horizon="2026-12-31",
        )
    )
    assert sorted(each[0] for each in left(run)) == [100, 100, 120, 120]


# --- the works' rate


def test_a_supplier_shock_halves_the_rate_from_its_day_to_its_end() -> None:
    """10 days a unit, from day 110 to day 170 twenty. Lots of 2 from day 100 on, when the first leaves."""
    shock = Shock("diversion", "supplier_rate", 110, 170, 110, ("maker",), None, 5_000, None, "the story's own")
    run = told(replace(queue(buy(0, 8)), shocks=(shock,)))
    # Days 101 to 109 are whole, 9 of the 20 a lot needs; 11 more at half speed are 22 days: 110 to 131.
    # Then 132 to 169 are 38 half days, 19 of 20; day 170 is whole again. Then 20 whole days.
    assert [each[0] for each in left(run)] == [100, 131, 170, 190]
    assert run.days_of(ShockStruck) == [110]


def test_a_shock_of_the_rate_strikes_only_the_offers_it_names() -> None:
    shock = Shock("diversion", "supplier_rate", 0, None, 0, ("other",), None, 0, None, "the story's own")
    run = told(replace(queue(buy(0, 4)), shocks=(shock,)))
    assert [each[0] for each in left(run)] == [100, 120]


def windowed(**changes: object) -> Scenario:
    """The queue's works under a war that would begin in half of all years, take 60 days and halve the rate."""
    war = SupplierWindow("war", "war", given("share", 5_000), Luck("", "factor", Constant(0.5)), luck(60))
    world = queue(buy(0, 8), windows=("war",))
    return scenario(offers=world.offers.values(), policies=world.policies.values(), windows={"war": war}, **changes)


def test_a_diversion_window_that_luck_opens_slows_the_works() -> None:
    """It begins on day 110: 110.5/365 of the fiscal year. The same days as under the shock above."""
    written = {"window/war": {2025: True}, "window_start/war": {2025: 110.5 / 365}}
    run = told(windowed(horizon="2025-12-31"), written=written)
    assert [each[0] for each in left(run)] == [100, 131, 170, 190]


def test_a_window_opens_at_most_once_a_fiscal_year_and_takes_what_luck_gives() -> None:
    """30 days at a tenth of the rate from day 110 in FY2025; in FY2026, which begins on day 365, none."""
    written = {
        "window/war": {2025: True, 2026: False},
        "window_start/war": {2025: 110.5 / 365},
        "window_length/war": {2025: 30},
        "window_factor/war": {2025: 1_000},
    }
    run = told(windowed(horizon="2026-12-31"), written=written)
    # 9 whole days to 109; 110 to 139 give 3; 8 more: 147. Then 20 days each.
    assert [each[0] for each in left(run)] == [100, 147, 167, 187]


def test_no_window_is_drawn_before_the_as_of_day() -> None:
    """As of day 120 the past is given: a window that luck would open on day 110 was not there."""
    written = {"window/war": {2025: True}, "window_start/war": {2025: 110.5 / 365}}
    world = windowed(horizon="2025-12-31", as_of=120)
    late = replace(world, policies={"typed": scheduled(buy(120, 3))})
    at_once = replace(late, offers={"maker": replace(late.offers["maker"], promise_first_days=5)})
    run = told(at_once, written=written)
    # Two units in 20 whole days from day 120, one more in 10.
    assert [each[0] for each in left(run)] == [140, 150]


def test_a_rate_grows_month_by_month_from_the_start() -> None:
    """10 days a unit and 10 % more a month: 1,000 thousandths a day in April, 1,100 in May, 1,210 in June."""
    run = told(queue(buy(0, 6), promise_first_days=5, rate_growth=given("share", 1_000)))
    # A lot of 2 needs 20,000. April's days 1 to 20 make one. Days 21 to 29 are 9,000 and May's 10 days 11,000: 39.
    # May's other 21 days, 40 to 60, are more than the 20,000 of the third: 18.2, so 19 days: 58.
    assert day("2025-05-01") == 30
    assert [each[0] for each in left(run)] == [20, 39, 58]


def test_with_the_rate_lifted_every_lot_leaves_on_its_day() -> None:
    """What a faster supplier would have done (R38): all lots on day 100."""
    run = told(queue(buy(0, 8)), lifted=frozenset({"supplier_rate"}))
    assert [each[0] for each in left(run)] == [100, 100, 100, 100]
