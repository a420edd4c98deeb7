"""Stories of 31 March: what slips over it, what is carried over, what lapses, and the horizon's own day (R4, R11)."""

from __future__ import annotations

from sim.engine.entries import (
    Appropriated,
    Arrived,
    Awarded,
    CarriedIn,
    CarriedOut,
    DueRecord,
    Lapsed,
    LeftOnTime,
    MonthEnd,
    Obligated,
    Passed,
    Released,
    Reserved,
    Tendered,
)
from tests.stories.builder import (
    buy,
    day,
    given,
    line,
    luck,
    offer,
    scenario,
    scheduled,
    told,
)
from tests.stories.ledger import AUTHORITY, assert_told, days_and_units


def tendered(days: int, **changes: object) -> object:
    """An offer whose tender takes so many days."""
    return offer(tender_first=luck(days), tender_later=luck(days), **changes)


def test_a_tender_that_slips_over_31_march_is_reserved_anew_and_signed_in_the_new_year() -> None:
    """Ordered on 1 March 2026 (day 334), tender of 60 days: its result comes on day 394, 30 April 2026."""
    run = told(
        scenario(
            offers=[tendered(60)],
            lines=[line(years={2025: 100, 2026: 120})],
            policies=[scheduled(buy(334, 10))],
            horizon="2026-08-31",
        )
    )
    assert_told(
        run,
        (*AUTHORITY, Tendered, Awarded),
        Passed(0, 2025),
        Appropriated(0, "line", 2025, 100),
        Tendered(334, "maker#1", -1, "watch", "drone", 10),
        Reserved(334, "maker#1", "line", 2025, 100),
        # 31 March: a reservation is not an obligation
        Released(364, "maker#1", "line", 2025, 100),
        Lapsed(364, "line", 2025, 100),
        Passed(365, 2026),
        Appropriated(365, "line", 2026, 120),
        Reserved(365, "maker#1", "line", 2026, 100),
        Obligated(394, "maker#1", "line", 2026, 100),
        Awarded(394, "maker#1", -1, "watch", "drone", 10),
    )


def test_a_tender_that_ends_before_the_money_comes_is_signed_on_passage() -> None:
    """The result comes on day 394, the budget of FY2026 on 20 May 2026, day 414: the contract waits 20 days."""
    run = told(
        scenario(
            offers=[tendered(60)],
            lines=[line(years={2025: 100, 2026: 120})],
            policies=[scheduled(buy(334, 10))],
            passage={2025: 0, 2026: 414},
            horizon="2026-12-31",
        )
    )
    assert [(entry.day, entry.yen) for entry in run.of_kind(Reserved)] == [(334, 100), (414, 100)]
    assert days_and_units(run, Awarded) == [(414, 10)]
    # The promise of 100 days counts from the signature.
    assert days_and_units(run, LeftOnTime) == [(514, 10)]


def test_a_contract_in_tender_keeps_only_what_the_new_year_can_pay_and_its_rest_stays_open() -> None:
    """Ten in tender; FY2026 has 45: four go on, six are open again and are signed with the 60 of FY2027."""
    run = told(
        scenario(
            offers=[tendered(60, minimum_order=3)],
            lines=[line(years={2025: 100, 2026: 45, 2027: 60})],
            policies=[scheduled(buy(334, 10))],
            horizon="2027-09-30",
        )
    )
    assert days_and_units(run, Tendered) == [(334, 10), (730, 6)]
    assert days_and_units(run, Awarded) == [(394, 4), (790, 6)]


def test_a_contract_in_tender_waits_when_the_new_year_cannot_pay_the_minimum() -> None:
    """FY2026 has 45 for four units, the supplier sells five at least: all ten wait for FY2027."""
    run = told(
        scenario(
            offers=[tendered(60, minimum_order=5)],
            lines=[line(years={2025: 100, 2026: 45, 2027: 100})],
            policies=[scheduled(buy(334, 10))],
            horizon="2027-09-30",
        )
    )
    assert days_and_units(run, Awarded) == [(730, 10)]
    assert [(entry.day, entry.yen) for entry in run.of_kind(Lapsed)] == [(364, 100), (729, 45)]


def test_what_is_carried_over_is_spent_first() -> None:
    """20 carried into FY2026, 110 of its 120 spent: the 10 left are the new year's own, and go on."""
    run = told(
        scenario(
            offers=[offer(price=given("minor", 1))],
            lines=[line(years={2025: 100, 2026: 100}, carry_over_share=given("share", 2_000))],
            policies=[scheduled(buy(400, 110))],
            horizon="2027-03-31",
        )
    )
    assert_told(
        run,
        (Lapsed, CarriedOut),
        Lapsed(364, "line", 2025, 80),
        CarriedOut(364, "line", 2025, 20),
        # 110 = 20 carried + 90 new: had the new been spent first, 10 old ones would lapse
        CarriedOut(729, "line", 2026, 10),
    )


def test_what_is_carried_over_lapses_after_one_year() -> None:
    """100 a year, a fifth may be carried over; 5 are bought in FY2026, nothing in FY2025 and FY2027."""
    run = told(
        scenario(
            offers=[offer(price=given("minor", 1))],
            lines=[line(years={2025: 100, 2026: 100, 2027: 100}, carry_over_share=given("share", 2_000))],
            policies=[scheduled(buy(400, 5))],
            horizon="2028-03-31",
        )
    )
    assert_told(
        run,
        AUTHORITY,
        Passed(0, 2025),
        Appropriated(0, "line", 2025, 100),
        Lapsed(364, "line", 2025, 80),
        CarriedOut(364, "line", 2025, 20),
        CarriedIn(365, "line", 2026, 20),
        Passed(365, 2026),
        Appropriated(365, "line", 2026, 100),
        Obligated(400, "maker#1", "line", 2026, 5),
        # The 5 came out of the 20: 15 of them are a year old and lapse, and so do 80 of the 100 still whole.
        Lapsed(729, "line", 2026, 95),
        CarriedOut(729, "line", 2026, 20),
        CarriedIn(730, "line", 2027, 20),
        Passed(730, 2027),
        Appropriated(730, "line", 2027, 100),
        # 31 March 2028 is day 1095, after a leap day: the 20 lapse with 80 of the 100
        Lapsed(1095, "line", 2027, 100),
        CarriedOut(1095, "line", 2027, 20),
        CarriedIn(1096, "line", 2028, 20),
    )


def test_carry_over_is_rounded_down() -> None:
    """2.5 % of 99 is 2.475, and 1.5 % of 99 is 1.485: both carry whole yen that are there, 2 and 1."""
    for share, carried in ((250, 2), (150, 1), (190, 1)):
        run = told(
            scenario(
                lines=[line(years={2025: 99}, carry_over_share=given("share", share))],
                policies=[scheduled()],
                horizon="2026-03-31",
            )
        )
        # 1.9 % of 99 is 1.881, which would round up to 2
        assert [entry.yen for entry in run.of_kind(CarriedOut)] == [carried]


def test_carried_over_money_cannot_be_signed_for_before_the_new_budget_passes() -> None:
    """20 carried into FY2026, budget on day 400: an order of day 370 is signed on day 400, out of the 20."""
    run = told(
        scenario(
            lines=[line(years={2025: 100, 2026: 100}, carry_over_share=given("share", 2_000))],
            policies=[scheduled(buy(370, 2))],
            passage={2025: 0, 2026: 400},
            horizon="2026-09-30",
        )
    )
    assert [entry.day for entry in run.of_kind(Obligated)] == [400]


def test_a_horizon_on_31_march_closes_that_year_and_an_earlier_one_leaves_it_open() -> None:
    """The same world seen to 31 and to 30 March 2026."""
    closed, still_open = (told(scenario(policies=[scheduled()], horizon=f"2026-03-{last}")) for last in (31, 30))
    assert [(entry.day, entry.yen) for entry in closed.of_kind(Lapsed)] == [(364, 10**12)]
    assert list(still_open.of_kind(Lapsed, CarriedOut)) == []
    # The horizon's own day is simulated whole: its month is on record.
    assert closed.days_of(MonthEnd)[-1] == 364
    assert still_open.days_of(MonthEnd)[-1] == day("2026-02-28")


def test_the_leap_day_of_2028_is_a_day_like_any_other() -> None:
    """Signed on 28 February 2028, one day of promise: it arrives on the 29th, and March ends on day 1095."""
    run = told(
        scenario(
            offers=[offer(promise_first_days=1)],
            lines=[line(years={2027: 100})],
            policies=[scheduled(buy(day("2028-02-28"), 10))],
        )
    )
    # 1 April 2025 + 1,064 days: 365 + 365 + 334 (1 April 2027 to 29 February 2028)
    assert day("2028-02-28") == 1063
    assert days_and_units(run, Arrived) == [(1064, 10)]
    assert run.days_of(MonthEnd)[-2:] == [1064, 1095]
    assert run.days_of(DueRecord) == [1095]
