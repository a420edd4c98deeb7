"""Stories of authority: what an order may take, from which line, at which price, and when it is paid (R9 to R14)."""

from __future__ import annotations

from sim.engine.entries import (
    Accepted,
    Appropriated,
    Arrived,
    Awarded,
    CarriedIn,
    CarriedOut,
    Charged,
    Crewed,
    Decided,
    Deployed,
    Lapsed,
    LeftOnTime,
    Obligated,
    Owed,
    Paid,
    Passed,
    Permitted,
    Released,
    Reserved,
    Tendered,
)
from sim.scenario.resolved import Payment
from tests.stories.builder import buy, day, dollar, given, line, luck, mission, offer, scenario, scheduled, told
from tests.stories.ledger import AUTHORITY, OUTLAYS, assert_told, assert_whole, days_and_units

APRIL_2026, APRIL_2027 = day("2026-04-01"), day("2027-04-01")


def arrival(on: int, order: str, lot: int, units: int, paid_yen: int, year: int) -> tuple[object, ...]:
    """A lot leaves, arrives, is paid and enters service on one day: no time at sea, no test, no crew, no carriage."""
    where = (on, order, lot, "watch", "drone", units)
    return (
        LeftOnTime(*where),
        Arrived(*where),
        Paid(on, order, "line", year, paid_yen, paid_yen),
        Accepted(*where),
        Crewed(*where),
        Deployed(*where),
    )


def test_a_year_of_100_at_30_each_signs_3_and_the_rest_is_signed_in_the_new_year() -> None:
    """Authority 100 a year, price 30, minimum order 2, ten wanted, 5 % may be carried over."""
    run = told(
        scenario(
            offers=[offer(price=given("minor", 30), minimum_order=2)],
            lines=[line(years={2025: 100, 2026: 100}, carry_over_share=given("share", 500))],
            horizon="2027-03-31",
        )
    )
    assert_whole(
        run,
        Passed(0, 2025),
        Appropriated(0, "line", 2025, 100),
        Decided(0, "maker#1", "maker", "watch", 10),
        # 100 / 30 = 3 units for 90; 7 stay open
        Tendered(0, "maker#1", -1, "watch", "drone", 3),
        Obligated(0, "maker#1", "line", 2025, 90),
        Awarded(0, "maker#1", -1, "watch", "drone", 3),
        Permitted(0, "maker#1", -1, "watch", "drone", 3),
        *arrival(100, "maker#1", 0, 3, 90, 2025),
        # 31 March 2026 is day 364: of the 10 left, 5 % x 100 = 5 go on and 5 lapse
        Lapsed(364, "line", 2025, 5),
        CarriedOut(364, "line", 2025, 5),
        CarriedIn(365, "line", 2026, 5),
        Passed(365, 2026),
        Appropriated(365, "line", 2026, 100),
        # 105 / 30 = 3 units for 90 once more: the 5 carried in first, then 85 of the new 100; 4 stay open
        Tendered(365, "maker#1.2", -1, "watch", "drone", 3),
        Obligated(365, "maker#1.2", "line", 2026, 90),
        Awarded(365, "maker#1.2", -1, "watch", "drone", 3),
        Permitted(365, "maker#1.2", -1, "watch", "drone", 3),
        *arrival(465, "maker#1.2", 1, 3, 90, 2026),
        # 31 March 2027 is day 729, the horizon, and closes its year: 100 - 85 = 15 left, 5 go on, 10 lapse
        Lapsed(729, "line", 2026, 10),
        CarriedOut(729, "line", 2026, 5),
        CarriedIn(730, "line", 2027, 5),
    )


def test_an_order_whose_minimum_does_not_fit_waits_whole() -> None:
    """Price 30, minimum order 4: 100 buys 3, which the supplier does not sell; 130 in the next year buys 4."""
    run = told(
        scenario(
            offers=[offer(price=given("minor", 30), minimum_order=4)],
            lines=[line(years={2025: 100, 2026: 130})],
            horizon="2026-06-30",
        )
    )
    assert_told(
        run,
        (Tendered, Obligated),
        Tendered(365, "maker#1", -1, "watch", "drone", 4),
        Obligated(365, "maker#1", "line", 2026, 120),
    )


def test_the_rest_of_an_order_may_be_smaller_than_the_minimum() -> None:
    """Ten wanted, minimum 4: nine are signed in FY2025, the tenth alone in FY2026."""
    run = told(
        scenario(
            offers=[offer(price=given("minor", 30), minimum_order=4)],
            lines=[line(years={2025: 270, 2026: 270})],
            horizon="2026-06-30",
        )
    )
    assert days_and_units(run, Awarded) == [(0, 9), (365, 1)]


def test_an_order_smaller_than_the_minimum_is_an_order_of_that_size() -> None:
    """Three wanted, minimum 4: whoever needs three orders three, but no fewer."""
    run = told(
        scenario(
            offers=[offer(price=given("minor", 30), minimum_order=4)],
            lines=[line(years={2025: 89, 2026: 90})],
            policies=[scheduled(buy(0, 3))],
            horizon="2026-06-30",
        )
    )
    # 89 buys 2 of the 3: not sold; 90 buys all 3
    assert days_and_units(run, Awarded) == [(365, 3)]


def test_with_a_price_break_ten_units_can_cost_less_than_nine() -> None:
    """Price 10, from 10 units on 80 %: 9 cost 90 and 10 cost 80, so 85 buys ten and not eight."""
    run = told(scenario(offers=[offer(breaks=((10, 8_000),))], lines=[line(years={2025: 85})], horizon="2026-03-31"))
    assert_told(
        run,
        AUTHORITY,
        Passed(0, 2025),
        Appropriated(0, "line", 2025, 85),
        Obligated(0, "maker#1", "line", 2025, 80),
        Lapsed(364, "line", 2025, 5),
    )
    assert days_and_units(run, Awarded) == [(0, 10)]


def test_just_below_a_price_break_the_full_price_holds() -> None:
    """79 does not reach the ten for 80: seven at 10 each."""
    run = told(scenario(offers=[offer(breaks=((10, 8_000),))], lines=[line(years={2025: 79})], horizon="2026-03-31"))
    assert [(entry.yen) for entry in run.of_kind(Obligated)] == [70]
    assert days_and_units(run, Awarded) == [(0, 7)]


def test_two_lines_pay_for_one_mission_in_their_stated_order() -> None:
    """Ten at 10: `second` is stated first and has 65, `first` has 35 left over for the rest; one unit finds none."""
    run = told(
        scenario(
            missions=[mission(lines=("second", "first"))],
            lines=[line("first", years={2025: 35}), line("second", years={2025: 65})],
            horizon="2026-03-31",
        )
    )
    assert_told(
        run,
        AUTHORITY,
        Passed(0, 2025),
        Appropriated(0, "first", 2025, 35),
        Appropriated(0, "second", 2025, 65),
        # 65 / 10 = 6 for 60; then 35 / 10 = 3 for 30; the tenth waits
        Obligated(0, "maker#1", "second", 2025, 60),
        Obligated(0, "maker#1.2", "first", 2025, 30),
        Lapsed(364, "first", 2025, 5),
        Lapsed(364, "second", 2025, 5),
    )
    # Each part is a contract of its own, cut into lots of its own: both leave on day 100.
    assert [(entry.day, entry.order, entry.lot, entry.units) for entry in run.of_kind(LeftOnTime)] == [
        (100, "maker#1", 0, 6),
        (100, "maker#1.2", 1, 3),
    ]


def test_a_waiting_order_blocks_no_other() -> None:
    """100: six at 30 (minimum 6) do not fit and wait; the two of a later order at 30 are signed."""
    run = told(
        scenario(
            offers=[offer("big", price=given("minor", 30), minimum_order=6), offer("small", price=given("minor", 30))],
            lines=[line(years={2025: 100})],
            policies=[scheduled(buy(0, 6, "big"), buy(0, 2, "small"))],
            horizon="2026-03-31",
        )
    )
    assert_told(run, (Obligated,), Obligated(0, "small#1", "line", 2025, 60))


def test_price_is_list_price_escalated_to_the_signing_day() -> None:
    """10,000 escalating by 10 % a year, two units on day 731: 10,000 x 1.1^(731/365.25) = 12,101.58 each."""
    # 1.1^2 = 1.21; 731 days are 0.5 day more than two years: x 1.1^(0.5/365.25) = 1.00013048: 12,101.58, half up 12,102
    run = told(
        scenario(
            offers=[offer(price=given("minor", 10_000), escalation=given("share", 1_000))],
            lines=[line(years={2027: 30_000})],
            policies=[scheduled(buy(APRIL_2027 + 1, 2))],
            horizon="2027-06-30",
        )
    )
    assert APRIL_2027 + 1 == 731
    assert [(entry.day, entry.yen) for entry in run.of_kind(Obligated)] == [(731, 2 * 12_102)]


def test_milestone_payments_fall_due_their_days_after_signing() -> None:
    """1,000 for ten, signed on day 10: 15 % at once, 25 % on day 100, 60 % with each lot; lots of 4, 4 and 2."""
    run = told(
        scenario(
            offers=[
                offer(
                    price=given("minor", 100),
                    first_lot=4,
                    lot=4,
                    rate=given("rate", 4),
                    rate_period_days=50,
                    payments=(
                        Payment("signing", 1_500, 0),
                        Payment("after_signing", 2_500, 90),
                        Payment("delivery", 6_000, 0),
                    ),
                )
            ],
            lines=[line(years={2025: 1_000})],
            policies=[scheduled(buy(10, 10))],
            horizon="2026-03-31",
        )
    )
    assert_told(
        run,
        OUTLAYS,
        Paid(10, "maker#1", "line", 2025, 150, 150),
        Paid(100, "maker#1", "line", 2025, 250, 250),
        # promised on 10 + 100; 4 units take 50 days, 2 take 25. 600 by units: 240, 240, 120
        Paid(110, "maker#1", "line", 2025, 240, 240),
        Paid(160, "maker#1", "line", 2025, 240, 240),
        Paid(185, "maker#1", "line", 2025, 120, 120),
    )


def test_the_last_payment_takes_the_remainder() -> None:
    """1,001 in thirds of 3,333, 3,333 and 3,334 bp: 334, 334 and the rest, 333."""
    steps = (
        Payment("signing", 3_333, 0),
        Payment("after_signing", 3_333, 30),
        Payment("after_signing", 3_334, 60),
    )
    run = told(
        scenario(
            offers=[offer(price=given("minor", 1_001), payments=steps)],
            policies=[scheduled(buy(0, 1))],
            horizon="2025-12-31",
        )
    )
    # 1,001 x 0.3333 = 333.63, half up 334, twice; 1,001 - 668 = 333
    assert [entry.actual_yen for entry in run.of_kind(Paid)] == [334, 334, 333]


def test_price_growth_after_signing_is_charged_with_the_deliveries() -> None:
    """1,000 signed, growth 5 % = 50: nothing more at signing, half of it with each of two lots."""
    run = told(
        scenario(
            offers=[
                offer(
                    price=given("minor", 100),
                    growth_after_signing=given("share", 500),
                    first_lot=5,
                    lot=5,
                    rate=given("rate", 5),
                    rate_period_days=20,
                    payments=(Payment("signing", 4_000, 0), Payment("delivery", 6_000, 0)),
                )
            ],
            lines=[line(years={2025: 1_040})],
            horizon="2026-03-31",
        )
    )
    assert_told(
        run,
        (*AUTHORITY, Paid),
        Passed(0, 2025),
        Appropriated(0, "line", 2025, 1_040),
        Obligated(0, "maker#1", "line", 2025, 1_000),
        Paid(0, "maker#1", "line", 2025, 400, 400),
        # 600 + 50 = 650 by two lots of five: 325 each, planned 300. 40 are free: the first 25 fit, 15 of the second
        Paid(100, "maker#1", "line", 2025, 300, 325),
        Charged(100, "maker#1", "line", 2025, 25),
        Paid(120, "maker#1", "line", 2025, 300, 325),
        Charged(120, "maker#1", "line", 2025, 15),
        Owed(120, "maker#1", "line", 10),
    )


def two_contracts_under_a_ceiling(**changes: object) -> dict[str, object]:
    """Two orders of 60, each paid 100 days after signing; FY2025 may pay 100 in all, later years anything."""
    return {
        "offers": [offer(price=given("minor", 6)), offer("other", price=given("minor", 6))],
        "lines": [line(years={2025: 1_000, 2026: 1_000})],
        "outlay_ceilings": {2025: 100},
        **changes,
    }


def test_an_outlay_ceiling_delays_a_signing_to_the_next_year() -> None:
    """60 + 60 would put 120 on FY2025, where 100 may be paid: the second contract is signed on 1 April 2026."""
    run = told(
        scenario(
            **two_contracts_under_a_ceiling(
                policies=[scheduled(buy(10, 10), buy(10, 10, "other"), buy(200, 1))], horizon="2026-09-30"
            )
        )
    )
    assert_told(
        run,
        AUTHORITY,
        Passed(0, 2025),
        Appropriated(0, "line", 2025, 1_000),
        Obligated(10, "maker#1", "line", 2025, 60),
        # the money of the other one is set aside while its signature waits
        Reserved(10, "other#1", "line", 2025, 60),
        # day 200, a review: tried again, and again refused; the order of 6 fits (its delivery is due on day 300)
        Obligated(200, "maker#2", "line", 2025, 6),
        Released(364, "other#1", "line", 2025, 60),
        Lapsed(364, "line", 2025, 934),
        Passed(365, 2026),
        Appropriated(365, "line", 2026, 1_000),
        Reserved(365, "other#1", "line", 2026, 60),
        Obligated(365, "other#1", "line", 2026, 60),
    )


def test_payments_beyond_the_year_do_not_count_against_its_ceiling() -> None:
    """Signed on day 300, due on day 400, which is FY2026: both fit under the ceiling of FY2025."""
    run = told(
        scenario(
            **two_contracts_under_a_ceiling(
                policies=[scheduled(buy(300, 10), buy(300, 10, "other"))], horizon="2026-03-31"
            )
        )
    )
    assert [(entry.day, entry.order) for entry in run.of_kind(Obligated)] == [(300, "maker#1"), (300, "other#1")]


def test_a_cancelled_contract_makes_room_under_the_ceiling() -> None:
    """The first contract is cancelled on day 50, its 60 will not be paid: the second is signed the same day."""
    run = told(
        scenario(
            **two_contracts_under_a_ceiling(
                policies=[scheduled(buy(0, 10, cancel_day=50), buy(0, 10, "other"))], horizon="2026-03-31"
            )
        )
    )
    assert [(entry.day, entry.order) for entry in run.of_kind(Obligated)] == [(0, "maker#1"), (50, "other#1")]


def test_foreign_money_is_reserved_at_the_budget_rate() -> None:
    """A unit costs 1.50 dollars: at 100 yen by the budget 150 yen, whatever the market's 140 says."""
    run = told(
        scenario(
            offers=[offer(currency="USD", price=given("minor", 150), tender_first=luck(30), tender_later=luck(30))],
            currencies=[dollar(rate=1_400_000)],
            lines=[line(years={2025: 1_600})],
            policies=[scheduled(buy(0, 10))],
            horizon="2025-06-30",
        )
    )
    assert_told(
        run,
        (Reserved, Obligated),
        Reserved(0, "maker#1", "line", 2025, 1_500),
        Obligated(30, "maker#1", "line", 2025, 1_500),
    )
