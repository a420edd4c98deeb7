"""Stories of cancelled orders: what is unpaid returns to its own year (R11)."""

from __future__ import annotations

from sim.engine.entries import (
    Appropriated,
    Awarded,
    CancelDecided,
    Cancelled,
    CarriedOut,
    Lapsed,
    Obligated,
    Paid,
    Passed,
    Permitted,
    Released,
    Reserved,
    Returned,
)
from sim.scenario.resolved import Payment, Scenario
from tests.stories.builder import (
    buy,
    given,
    line,
    luck,
    offer,
    scenario,
    scheduled,
    told,
)
from tests.stories.ledger import AUTHORITY, assert_told


def tendered(days: int, **changes: object) -> object:
    """An offer whose tender takes so many days."""
    return offer(tender_first=luck(days), tender_later=luck(days), **changes)


def cancelled(on: int, second: int) -> Scenario:
    """Ten at 10 signed on day 0, 30 % paid; cancelled on a day; five more wanted on ``second``."""
    return scenario(
        offers=[
            offer(
                promise_first_days=500,
                promise_later_days=500,
                payments=(Payment("signing", 3_000, 0), Payment("delivery", 7_000, 0)),
            )
        ],
        lines=[line(years={2025: 100, 2026: 1})],
        policies=[scheduled(buy(0, 10, cancel_day=on), buy(second, 5))],
        horizon="2026-06-30",
    )


def test_a_cancelled_obligation_returns_to_its_open_year_and_is_free_again() -> None:
    """Cancelled on day 50: 70 of the 100 are unpaid and return; they pay for five more on day 60."""
    run = told(cancelled(50, 60))
    assert_told(
        run,
        (*AUTHORITY, Paid, CancelDecided, Cancelled),
        Passed(0, 2025),
        Appropriated(0, "line", 2025, 100),
        Obligated(0, "maker#1", "line", 2025, 100),
        Paid(0, "maker#1", "line", 2025, 30, 30),
        CancelDecided(50, "maker#1", 10),
        Cancelled(50, "maker#1", 0, "watch", "drone", 10, "production"),
        Returned(50, "maker#1", "line", 2025, 70),
        Obligated(60, "maker#2", "line", 2025, 50),
        Paid(60, "maker#2", "line", 2025, 15, 15),
        # 100 + 70 returned = 100 + 50 obligated + 20 lapsed
        Lapsed(364, "line", 2025, 20),
        Passed(365, 2026),
        Appropriated(365, "line", 2026, 1),
    )


def test_a_cancelled_obligation_of_a_closed_year_lapses() -> None:
    """Cancelled on day 400, in FY2026: the 70 return to FY2025, which is closed, and are gone."""
    run = told(cancelled(400, 410))
    assert_told(
        run,
        AUTHORITY,
        Passed(0, 2025),
        Appropriated(0, "line", 2025, 100),
        Obligated(0, "maker#1", "line", 2025, 100),
        Passed(365, 2026),
        Appropriated(365, "line", 2026, 1),
        Returned(400, "maker#1", "line", 2025, 70),
        Lapsed(400, "line", 2025, 70),
    )


def test_money_carried_in_and_returned_is_still_a_year_old() -> None:
    """20 carried into FY2026 pay for two units, 100 new ones for ten; the two are cancelled: their 20 lapse."""
    run = told(
        scenario(
            offers=[offer(promise_first_days=500)],
            lines=[line(years={2025: 100, 2026: 100}, carry_over_share=given("share", 2_000))],
            policies=[scheduled(buy(370, 2, cancel_day=380), buy(370, 10))],
            horizon="2027-03-31",
        )
    )
    assert_told(
        run,
        (Returned, Lapsed, CarriedOut),
        Lapsed(364, "line", 2025, 80),
        CarriedOut(364, "line", 2025, 20),
        Returned(380, "maker#1", "line", 2026, 20),
        # nothing of the year's own is left to go on
        Lapsed(729, "line", 2026, 20),
    )


def test_an_order_cancelled_in_tender_frees_its_reservation() -> None:
    """Reserved on day 0, cancelled on day 20 before the result of day 60: the next order finds the money."""
    run = told(
        scenario(
            offers=[tendered(60)],
            lines=[line(years={2025: 100})],
            policies=[scheduled(buy(0, 10, cancel_day=20), buy(20, 10))],
            horizon="2025-12-31",
        )
    )
    assert_told(
        run,
        (Reserved, Released, Cancelled, Awarded),
        Reserved(0, "maker#1", "line", 2025, 100),
        Released(20, "maker#1", "line", 2025, 100),
        Cancelled(20, "maker#1", -1, "watch", "drone", 10, "tender"),
        Reserved(20, "maker#2", "line", 2025, 100),
        Awarded(80, "maker#2", -1, "watch", "drone", 10),
    )


def test_an_order_cancelled_while_it_waits_for_its_permit_is_refunded_whole() -> None:
    """Signed on day 0, permit due on day 90, cancelled on day 30: no permit comes, and nothing is made."""
    run = told(
        scenario(
            offers=[offer(permit_first=luck(90))],
            lines=[line(years={2025: 100})],
            policies=[scheduled(buy(0, 10, cancel_day=30))],
            horizon="2025-12-31",
        )
    )
    assert_told(
        run,
        (Returned, Cancelled, Permitted),
        Returned(30, "maker#1", "line", 2025, 100),
        Cancelled(30, "maker#1", -1, "watch", "drone", 10, "approval"),
    )
