"""What a ledger is worth, on ledgers written by hand; every number is worked out beside it.

The clock: day 0 is 1 April 2025, 30 April is day 29, 31 May day 60, 30 June day 90, 31 March 2026 day 364.

Why: outcomes are what a planner reads, and a wrong one looks as plausible as a right one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine import entries
from sim.engine.entries import (
    PLACES,
    Accepted,
    Appropriated,
    Arrived,
    Available,
    Awarded,
    Cancelled,
    CarriedIn,
    CarriedOut,
    Charged,
    Crewed,
    DayCome,
    Deployed,
    DueRecord,
    Gained,
    Lapsed,
    LeftOnTime,
    LeftWorks,
    Lost,
    MonthEnd,
    Obligated,
    OpeningStock,
    Owed,
    Paid,
    Permitted,
    Released,
    Reopened,
    Reserved,
    Retired,
    Returned,
    Settled,
    TargetSet,
    Tendered,
    TenderFailed,
    Used,
)
from sim.engine.ledger import Run
from sim.engine.running_cost import RunningCost
from sim.errors import OursError
from sim.outcome import MissionRow, Outcome, measure
from sim.outcome.books import Books
from sim.outcome.fleet import Fleet
from sim.scenario.resolved import Clock, Product, Scenario, Supplier
from tests.rooms.future.small_scenario import small_scenario

DUE, DEADLINE, HORIZON = 60, 60, 364
WAY = (Tendered, Awarded, Permitted, LeftOnTime, Arrived, Accepted, Crewed, Deployed)
"""What happens to units that wait for nothing."""


def two_missions(lambda_bp: int = 10_000, joint: tuple[str, ...] = ("watch",)) -> Scenario:
    """Watch (kite e = 1, finch 0.5, moth 0.4 that does not count, hawk e = 4 from home) and raid (wasp e = 1)."""
    small = small_scenario()
    watch = replace(small.missions["watch"], due_day=DUE, lowest_quality=5_000, weight=3)
    kite, offer = small.products["kite"], small.offers["kite_acme"]
    lateness = small.suppliers["acme"].lateness

    def product(id: str, mission: str, quality: int) -> Product:
        return replace(kite, id=id, mission=mission, quality=quality)

    made = {"kite": "acme", "finch": "acme", "moth": "acme", "hawk": "works", "wasp": "acme"}
    return replace(
        small,
        clock=Clock(small.clock.calendar, 0, DEADLINE, HORIZON),
        missions={"watch": watch, "raid": replace(watch, id="raid", due_day=90, weight=1)},
        joint=joint,
        strength_lambda=lambda_bp,
        lines={id: replace(small.lines["shield"], id=id) for id in ("shield", "sea")},
        products={
            "kite": product("kite", "watch", 10_000),
            "moth": product("moth", "watch", 4_000),
            "finch": product("finch", "watch", 5_000),
            "hawk": product("hawk", "watch", 40_000),
            "wasp": product("wasp", "raid", 10_000),
        },
        suppliers={
            "acme": Supplier("acme", "Acme", "Turkey", lateness),
            "works": Supplier("works", "Works", "Japan", lateness),
        },
        offers={
            f"{id}_{supplier}": replace(offer, id=f"{id}_{supplier}", product=id, supplier=supplier)
            for id, supplier in made.items()
        },
    )


def outcome(ledger: Sequence[Any], scenario: Scenario | None = None) -> Outcome:
    """The outcome of these entries in order of day, with targets of 10 and the due records where none is written."""
    scenario = two_missions() if scenario is None else scenario
    begun = [TargetSet(0, mission, 10) for mission in scenario.missions]
    records = [DueRecord(mission.due_day, mission.id) for mission in scenario.missions.values()]
    # sorted() keeps the written order within a day, and the records come last in theirs
    in_order = sorted([*begun, *ledger, *records], key=lambda entry: entry.day)
    return measure(Run(scenario, "typed", 3, 7, tuple(in_order), 0))


def watch_row(ledger: Sequence[Any], scenario: Scenario | None = None) -> MissionRow:
    return outcome(ledger, scenario).missions[0]


def lot(kinds: Sequence[type], days: Sequence[int], units: int, order: str = "a#1", product: str = "kite") -> list[Any]:
    """One lot's moves, each kind on its day."""
    mission = "raid" if product == "wasp" else "watch"
    return [kind(day, order, 0, mission, product, units) for kind, day in zip(kinds, days, strict=True)]


def served(day: int, units: int, order: str = "a#1", product: str = "kite") -> list[Any]:
    """A lot ordered on day 0 and in service from ``day``."""
    return lot(WAY, [0] * 7 + [day], units, order, product)


# --- where the missing units are


def one_lot_in_every_place() -> list[Any]:
    """1 in tender, 2 in approval, 3 in production ... each lot stops where its number of units says."""
    ledger: list[Any] = []
    ledger += lot(WAY[:1], [1], 1, "o1")
    ledger += lot(WAY[:2], [1, 2], 2, "o2")
    ledger += lot(WAY[:3], [1, 2, 3], 3, "o3")
    ledger += lot([*WAY[:3], DayCome], [1, 2, 3, 4], 4, "o4")
    ledger += lot([*WAY[:3], DayCome, LeftWorks], [1, 2, 3, 4, 5], 5, "o5")
    ledger += lot(WAY[:5], [1, 2, 3, 5, 6], 6, "o6")
    ledger += lot(WAY[:6], [1, 2, 3, 5, 6, 7], 7, "o7")
    ledger += lot(WAY[:7], [1, 2, 3, 5, 6, 7, 8], 8, "o8")
    ledger += lot(WAY, [1, 2, 3, 5, 6, 7, 8, 9], 18, "o9")
    ledger += [Lost(10, "o9", 0, "watch", "kite", 2), Retired(11, "o9", 0, "watch", "kite", 3)]
    ledger += lot([Tendered, TenderFailed], [1, 9], 4, "o10")
    ledger += lot(WAY[:2], [1, 2], 6, "o11")
    ledger += [Cancelled(12, "o11", -1, "watch", "kite", 6, "approval")]
    return ledger


def test_every_place_is_counted_by_its_own_moves() -> None:
    row = watch_row([OpeningStock(0, "watch", 5), *one_lot_in_every_place()])
    # ordered 1+2+3+4+5+6+7+8+18+4+6; in service 5 from the start and 18 - 2 lost - 3 retired
    assert (row.opening, row.ordered, row.deployed) == (5, 64, 18)
    places = [getattr(row, place) for place in PLACES]
    # tender, approval, queue, production, parts, shipping, acceptance, crew, fielding, deployed, lost, retired,
    # cancelled (4 failed in tender, 6 called off)
    assert places == [1, 2, 4, 3, 0, 5, 6, 7, 8, 18, 2, 3, 10]
    # 10 wanted, 5 owned, 64 ordered
    assert row.not_ordered == -59
    assert row.target - row.deployed == row.not_ordered + sum(places) - row.deployed


def test_what_is_open_again_is_not_ordered() -> None:
    row = watch_row([*lot([Tendered, Reopened], [1, 5], 8), Tendered(6, "a#1.2", -1, "watch", "kite", 3)])
    # 8 out to tender and back, 3 out again; 10 - 0 - 3
    assert (row.ordered, row.tender, row.not_ordered) == (3, 3, 7)
    # a part of an order that is cut: 8 went out, 3 are open again
    row = watch_row([*lot(WAY[:1], [1], 8), Reopened(5, "a#1", -1, "watch", "kite", 3)])
    assert (row.ordered, row.tender, row.not_ordered) == (5, 5, 5)


def test_a_lot_may_be_crewed_in_parts() -> None:
    # twelve accepted, ten crews: ten in service, two waiting for crew
    ledger = [*lot(WAY[:6], [0] * 6, 12), *lot(WAY[6:], [1, 2], 10)]
    row = watch_row(ledger)
    assert (row.deployed, row.waiting_crew, row.fielding, row.met) == (10, 2, 0, True)


def test_the_row_tells_of_the_due_day_and_nothing_later() -> None:
    ledger = [*lot(WAY, [0, 1, 2, 3, 4, 5, 6, DUE + 1], 10), Available(DUE + 1, "watch", 10)]
    row = watch_row(ledger)
    assert (row.deployed, row.fielding, row.available, row.met) == (0, 10, 0, False)
    # the same lot on the due day itself is in time
    row = watch_row([*served(DUE, 10), Available(DUE, "watch", 9)])
    assert (row.deployed, row.fielding, row.available, row.met) == (10, 0, 9, True)


MOVES = st.lists(st.tuples(st.integers(0, 11), st.integers(1, 9)), max_size=60)


@given(moves=MOVES, opening=st.integers(0, 9))
def test_the_missing_units_add_up_whatever_happens(moves: list[tuple[int, int]], opening: int) -> None:
    """Random legal moves of units, counted beside by a counter of places."""
    here: Counter[str] = Counter(deployed=0)
    ledger: list[Any] = [OpeningStock(0, "watch", opening)]
    kinds = [Awarded, Permitted, DayCome, LeftOnTime, LeftWorks, Arrived, Accepted, Crewed, Deployed, Lost, Retired]
    ordered = 0
    for day, (choice, units) in enumerate(moves, start=1):
        if choice == len(kinds):
            ledger.append(Tendered(day, f"o{day}", -1, "watch", "kite", units))
            here["tender"] += units
            ordered += units
            continue
        kind = kinds[choice]
        assert kind.source is not None and kind.target is not None
        units = min(units, here[kind.source])
        if units:
            ledger.append(kind(day, "o", 0, "watch", "kite", units))
            here[kind.source] -= units
            here[kind.target] += units
    here["deployed"] += opening
    row = outcome(ledger, replace_due(90)).missions[0]
    assert {place: getattr(row, place) for place in PLACES} == {place: here[place] for place in PLACES}
    others = sum(here.values()) - here["deployed"]
    assert row.target - row.deployed == (row.target - opening - ordered) + others
    assert row.not_ordered == row.target - opening - ordered


def replace_due(day: int) -> Scenario:
    scenario = two_missions()
    return replace(
        scenario,
        missions={id: replace(each, due_day=day) for id, each in scenario.missions.items()},
    )


# --- met, and when


def test_a_target_is_reached_at_the_end_of_the_day_that_completes_it() -> None:
    row = watch_row([*served(10, 6, "a#1"), *served(20, 4, "a#2")])
    assert (row.reached, row.reached_day, row.met) == (True, 20, True)
    # on day 20 the tenth unit comes and one is lost; the replacement comes on day 70, after the due day
    row = watch_row(
        [*served(10, 6, "a#1"), *served(20, 4, "a#2"), Lost(20, "a#1", 0, "watch", "kite", 1), *served(70, 1, "a#3")]
    )
    assert (row.reached, row.reached_day, row.met, row.deployed) == (True, 70, False, 9)


def test_a_target_never_reached_is_censored_at_the_horizon() -> None:
    row = watch_row(served(10, 9))
    assert (row.reached, row.reached_day) == (False, HORIZON + 1)
    # reached on the very last day
    row = watch_row([*served(10, 9), *served(HORIZON, 1, "a#2")])
    assert (row.reached, row.reached_day) == (True, HORIZON)


def test_opening_stock_may_reach_the_target_on_the_first_day() -> None:
    row = watch_row([OpeningStock(0, "watch", 10)])
    assert (row.reached, row.reached_day, row.met, row.available, row.not_ordered) == (True, 0, True, 10, 0)


def test_success_is_judged_against_the_target_on_the_due_day() -> None:
    raised = watch_row([*served(10, 10), TargetSet(30, "watch", 12)])
    assert (raised.target, raised.met, raised.not_ordered) == (12, False, 2)
    # the target of its day was reached on day 10
    assert (raised.reached, raised.reached_day) == (True, 10)
    lowered = watch_row([*served(10, 8), TargetSet(30, "watch", 8)])
    assert (lowered.target, lowered.met, lowered.reached_day) == (8, True, 30)
    # a change after the due day is another question
    late = watch_row([*served(10, 10), TargetSet(DUE + 1, "watch", 12)])
    assert (late.target, late.met) == (10, True)


def test_a_target_lowered_to_what_is_there_is_reached_that_day() -> None:
    row = watch_row([*served(10, 8), TargetSet(100, "watch", 8)])
    assert (row.target, row.met, row.reached, row.reached_day) == (10, False, True, 100)


def test_units_below_the_lowest_quality_serve_but_do_not_count() -> None:
    row = watch_row([*served(10, 6, "a#1"), *served(11, 7, "b#1", "moth")])
    assert (row.deployed, row.deployed_counted, row.met, row.reached) == (13, 6, False, False)
    # the identity is over all units: 10 - 13 = -3 = 10 - 0 - 13 + 0
    assert row.target - row.deployed == row.not_ordered == -3
    # just good enough is good enough: finches are of the lowest quality
    assert watch_row(served(11, 3, "f#1", "finch")).deployed_counted == 3
    # one of the moths lost changes nothing that counts
    lost = watch_row([*served(11, 7, "b#1", "moth"), Lost(12, "b#1", 0, "watch", "moth", 1)])
    assert (lost.deployed, lost.deployed_counted, lost.lost) == (6, 0, 1)


def test_strength_weighs_quality_by_the_law() -> None:
    ledger = [
        OpeningStock(0, "watch", 2),
        *served(10, 3, "a#1"),
        *served(11, 2, "h#1", "hawk"),
        *served(12, 5, "b#1", "moth"),
    ]
    # linear: 2 x 1 (opening stock is of reference quality) + 3 x 1 + 2 x 4; moths do not count
    linear = watch_row(ledger)
    assert (linear.strength, linear.strength_met, linear.met) == (13.0, True, False)
    # ten of reference quality are exactly strong enough
    assert watch_row(served(10, 10), two_missions(15_000)).strength_met
    # square: (2 + 3 + 2 x sqrt 4)^2 = 81, asked for 10^2
    square = watch_row(ledger, two_missions(20_000))
    assert (square.strength, square.strength_met) == (81.0, False)


# --- the run as a whole


def test_fulfilment_and_joint_success_are_over_the_missions() -> None:
    ledger = [*served(10, 12), *served(10, 4, "w#1", "wasp")]
    found = outcome(ledger).run
    # watch weighs 3 and is full, raid weighs 1 and has 4 of 10: (3 x 1 + 1 x 0.4) / 4
    assert found.fulfilment == pytest.approx(0.85, abs=1e-15)
    # units that do not count fulfil nothing
    assert outcome([*served(10, 12, "b#1", "moth"), *served(10, 4, "w#1", "wasp")]).run.fulfilment == 0.1
    assert found.all_met
    assert not outcome(ledger, two_missions(joint=("watch", "raid"))).run.all_met
    more = [*ledger, *served(80, 6, "w#2", "wasp")]
    # the raid is due on day 90, its own day
    assert outcome(more, two_missions(joint=("watch", "raid"))).run.all_met


def test_the_home_share_is_of_ordered_units_in_service() -> None:
    ledger = [
        OpeningStock(0, "watch", 50),
        *served(10, 6),
        *served(11, 2, "h#1", "hawk"),
        *served(DUE + 1, 9, "h#2", "hawk"),
    ]
    # 2 hawks of 8; the opening stock has no country, and nine hawks come too late
    assert outcome(ledger).run.home_share == 0.25
    assert outcome(served(10, 6)).run.home_share == 0.0
    assert outcome([OpeningStock(0, "watch", 50)]).run.home_share is None


def test_an_outcome_carries_the_ledgers_digest_and_its_numbers() -> None:
    scenario = two_missions()
    ledger = (TargetSet(0, "watch", 10), TargetSet(0, "raid", 10), DueRecord(60, "watch"), DueRecord(90, "raid"))
    run = Run(scenario, "typed", 3, 7, ledger, 0)
    found = measure(run)
    assert (found.policy_id, found.parameter_number, found.luck_number) == ("typed", 3, 7)
    assert found.run.digest == run.digest()


# --- money


def a_year_of_money() -> list[Any]:
    return [
        Appropriated(0, "shield", 2025, 1_000),
        Used(1, "reserve", "shield", 2025, 50),
        Reserved(2, "a#1", "shield", 2025, 600),
        *lot(WAY[:1], [2], 6),
        Released(40, "a#1", "shield", 2025, 600),
        Obligated(40, "a#1", "shield", 2025, 600),
        *lot(WAY[1:2], [40], 6),
        Paid(40, "a#1", "shield", 2025, 180, 190),
        Charged(40, "a#1", "shield", 2025, 10),
        Paid(70, "a#1", "shield", 2025, 210, 205),
        Gained(70, "a#1", "shield", 5),
        Returned(80, "a#1", "shield", 2025, 100),
        Lapsed(364, "shield", 2025, 290),
        CarriedOut(364, "shield", 2025, 150),
        CarriedIn(365, "shield", 2026, 150),
    ]


def test_every_column_of_the_books_is_its_own_sum() -> None:
    rows = {(row.line, row.fiscal_year): row for row in outcome(a_year_of_money()).money}
    year = rows["shield", 2025]
    assert year._asdict() == {
        "line": "shield",
        "fiscal_year": 2025,
        "appropriated": 1_000,
        "carried_in": 0,
        "returned": 100,
        "obligated": 650,  # 600 signed and 50 used
        "fx_charged": 10,
        "lapsed": 290,
        "carried_out": 150,
        "owed": 0,
        "paid": 445,  # 50 used, 190 and 205 paid
    }
    # R13: 1,000 + 0 + 100 = 650 + 10 + 290 + 150
    left = year.appropriated + year.carried_in + year.returned
    assert left == year.obligated + year.fx_charged + year.lapsed + year.carried_out == 1_100
    # what is carried past the horizon, and a line nothing happened to
    assert rows["shield", 2026].carried_in == 150
    assert rows["sea", 2025][2:] == (0,) * 9
    assert ("sea", 2026) not in rows


def test_cost_is_what_was_paid_and_what_is_still_open() -> None:
    found = outcome(a_year_of_money())
    # paid 50 + 190 + 205; open 600 - 180 - 210 planned - 100 returned = 110
    assert found.run.cost == 445 + 110
    # paid ten above plan and five below
    assert found.run.fx == 5
    assert (found.run.owed, found.run.lapsed) == (0, 290)
    # the use serves no mission, and nothing entered service
    assert found.missions[0].unit_cost is None


def test_a_unit_costs_its_missions_contracts_over_the_units_that_entered_service() -> None:
    money = [
        Appropriated(0, "shield", 2025, 5_000),
        Obligated(0, "a#1", "shield", 2025, 700),
        Paid(0, "a#1", "shield", 2025, 300, 320),
        Obligated(0, "w#1", "shield", 2025, 90),
        Used(0, "reserve", "shield", 2025, 1_000),
    ]
    ledger = [
        *money,
        *served(10, 4),
        *served(70, 2),
        *served(20, 3, "w#1", "wasp"),
        Lost(80, "a#1", 0, "watch", "kite", 1),
    ]
    watch, raid = outcome(ledger).missions
    # (320 + 400 still open) / 6 that entered service, one of them lost since and two after the due day
    assert watch.unit_cost == 120
    # two contracts: 720 and 180 over 6
    second = [*lot(WAY[:2], [0, 0], 1, "a#2"), Obligated(0, "a#2", "shield", 2025, 180)]
    assert watch_row([*ledger, *second]).unit_cost == 150
    # 90 open / 3
    assert raid.unit_cost == 30
    # half up: 721 / 6 = 120.17, 723 / 6 = 120.5
    assert watch_row([*ledger, Paid(90, "a#1", "shield", 2025, 0, 3)]).unit_cost == 121


def test_what_cannot_be_charged_is_owed_and_settled_from_the_next_money() -> None:
    ledger = [
        Appropriated(0, "shield", 2025, 100),
        *lot(WAY[:2], [0, 0], 1),
        Obligated(0, "a#1", "shield", 2025, 100),
        Paid(10, "a#1", "shield", 2025, 100, 130),
        Owed(10, "a#1", "shield", 30),
        Appropriated(20, "shield", 2025, 25),
        Settled(20, "shield", 2025, 25),
    ]
    found = outcome(ledger)
    row = next(row for row in found.money if row.line == "shield")
    # 100 + 25 = 100 obligated + 25 charged; 30 arose as debt, 5 are left; differences 30 = 25 charged + 5 owed
    assert (row.appropriated, row.obligated, row.fx_charged, row.owed) == (125, 100, 25, 30)
    assert (found.run.fx, found.run.owed, found.run.cost) == (30, 5, 130)


def test_a_signature_of_the_past_for_more_than_there_was_costs_its_whole_price() -> None:
    ledger = [
        Appropriated(0, "shield", 2025, 60),
        Tendered(0, "past", -1, "watch", "kite", 1),
        Owed(0, "past", "shield", 40),
        Obligated(0, "past", "shield", 2025, 60),
        Awarded(0, "past", -1, "watch", "kite", 1),
        Paid(5, "past", "shield", 2025, 30, 30),
    ]
    found = outcome(ledger)
    # 30 paid, 70 of the 100 still open; 40 are owed
    assert (found.run.cost, found.run.owed) == (100, 40)
    # a later loss on the same contract is no part of its price: 30 + 35 paid, 40 open
    later = outcome([*ledger, Paid(6, "past", "shield", 2025, 30, 35), Owed(6, "past", "shield", 5)])
    assert (later.run.cost, later.run.owed) == (105, 45)


def test_outlays_belong_to_the_year_they_are_paid_in() -> None:
    ledger = [
        Tendered(0, "a#1", -1, "watch", "kite", 1),
        Obligated(0, "a#1", "shield", 2025, 100),
        Paid(365, "a#1", "shield", 2025, 100, 100),
    ]
    rows = {row.fiscal_year: row for row in outcome(ledger).money if row.line == "shield"}
    # day 365 is 1 April 2026
    assert (rows[2025].obligated, rows[2025].paid, rows[2026].paid) == (100, 0, 100)


def test_spending_is_told_by_month_and_line() -> None:
    assert [tuple(row) for row in outcome(a_year_of_money()).spending] == [
        (0, "shield", 50, 50),  # April: the use
        (1, "shield", 600, 190),  # day 40, 11 May: signed, and paid at signing
        (2, "shield", 0, 205),  # day 70, 10 June
    ]


def test_months_tell_what_is_in_service_and_on_its_way() -> None:
    ledger = [
        OpeningStock(0, "watch", 2),
        *one_lot_in_every_place(),
        Available(9, "watch", 17),
        MonthEnd(29),
        *served(50, 4, "w#1", "wasp"),
        MonthEnd(60),
    ]
    rows = [tuple(row) for row in outcome(ledger).monthly]
    # 15 of 18 kites and 2 in stock; on their way 1+2+4+3+5+6+7+8; wasps ordered on day 0 wait in fielding
    assert rows == [
        (0, "watch", 15, 17, 36),
        (0, "raid", 0, 0, 4),
        (1, "watch", 15, 17, 36),
        (1, "raid", 4, 0, 0),
    ]


# --- running cost


def test_running_cost_counts_unit_days_after_the_deadline() -> None:
    ledger = [
        RunningCost(0, "watch", 1_461, 0),
        RunningCost(0, "raid", 1_000, 0),
        *served(10, 6),
        *served(100, 4, "a#2"),
        Lost(200, "a#1", 0, "watch", "kite", 1),
    ]
    found = outcome(ledger)
    # days 61..364 are 304; 6 units all the time, 4 from day 100 on (265 days), one less from day 200 on (165 days)
    # 6 x 304 + 4 x 265 - 165 = 2,719 unit-days at 1,461 / 365.25 = 4 yen a day
    assert found.missions[0].running_cost == 4 * 2_719
    assert found.missions[1].running_cost == 0
    assert found.run.running_cost == 4 * 2_719


def test_running_cost_may_be_a_share_of_the_price() -> None:
    ledger = [
        RunningCost(0, "watch", 0, 1_000),
        *served(10, 6),
        Obligated(0, "a#1", "shield", 2025, 6 * 14_610),
    ]
    # 10 % of 14,610 a year is 4 yen a day; 6 units on 304 days
    assert watch_row(ledger).running_cost == 4 * 6 * 304
    # in service, but no price was ever signed
    assert watch_row([RunningCost(0, "watch", 0, 1_000), OpeningStock(0, "watch", 1)]).running_cost is None
    # nothing in service costs nothing, whatever its price
    assert watch_row([RunningCost(0, "watch", 0, 1_000)]).running_cost == 0


def test_a_running_cost_nobody_published_is_not_known() -> None:
    found = outcome([RunningCost(0, "raid", 1_000, 0), *served(10, 6)])
    assert found.missions[0].running_cost is None
    assert found.run.running_cost is None


class _Plain:
    def date(self, day: int) -> str:
        return f"day {day}"

    def name(self, id: str) -> str:
        return id


def test_a_running_cost_says_itself() -> None:
    assert RunningCost(0, "watch", 2_200_000_000, 0).sentence(_Plain()) == (
        "A unit in service of watch costs ¥2,200,000,000 a year."
    )
    assert RunningCost(0, "watch", 0, 500).sentence(_Plain()) == (
        "A unit in service of watch costs 5.00 % of its price a year."
    )
    assert not RunningCost.decision


# --- ledgers that cannot be


def test_a_ledger_without_a_target_or_a_due_record_is_refused() -> None:
    scenario = two_missions()
    with pytest.raises(OursError, match="watch is due without a target"):
        measure(Run(scenario, "p", 0, 0, (DueRecord(60, "watch"),), 0))
    with pytest.raises(OursError, match="no due record of raid"):
        measure(Run(scenario, "p", 0, 0, (TargetSet(0, "watch", 1), DueRecord(60, "watch")), 0))


def test_money_for_an_unknown_contract_is_refused() -> None:
    with pytest.raises(OursError, match="a payment for a#1; expected it obligated before"):
        outcome([Paid(5, "a#1", "shield", 2025, 1, 1)])
    with pytest.raises(OursError, match="a#1 is obligated; expected its units in tender before"):
        outcome([Obligated(5, "a#1", "shield", 2025, 1)])


NOT_MEASURED = {
    "Announced", "BudgetRate", "CancelDecided", "Decided", "ExchangeRate", "Gained", "Graduated", "Grounded",
    "Passed", "PeopleLeft", "Quoted", "Released", "Reserved", "Reviewed", "SeatsBought", "SeatsOpen",
    "ShockStruck", "TypeApproved", "Withdrawn",
}  # fmt: skip
"""Kinds no measure rests on. A new kind belongs here or to a reader."""


def test_every_kind_of_entry_is_measured_or_known_not_to_be() -> None:
    scenario = two_missions()
    read = {kind.__name__ for kind in {**Fleet(scenario).readers(), **Books(scenario).readers()}}
    kinds = {
        name
        for name, kind in vars(entries).items()
        if isinstance(kind, type) and issubclass(kind, tuple) and not name.startswith("_") and name != "UnitMove"
    }
    assert not read & NOT_MEASURED
    assert kinds - read == NOT_MEASURED
