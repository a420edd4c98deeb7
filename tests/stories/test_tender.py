"""Stories of tenders: results, failure, the price of the award day, and offers that are not admitted (R10, R15)."""

from __future__ import annotations

from dataclasses import replace

from sim.engine.entries import (
    Appropriated,
    Awarded,
    Decided,
    Lapsed,
    LeftOnTime,
    Obligated,
    Passed,
    Permitted,
    Released,
    Reopened,
    Reserved,
    Tendered,
    TenderFailed,
    Withdrawn,
)
from sim.scenario.resolved import Offer, Shock
from tests.stories.builder import buy, given, line, luck, offer, ruled, scenario, scheduled, told
from tests.stories.ledger import AUTHORITY, assert_told, days_and_units


def tendered(days: int = 60, **changes: object) -> Offer:
    """An offer whose tender takes so many days."""
    return replace(offer(), **{"tender_first": luck(days), "tender_later": luck(days), **changes})


def test_a_failed_tender_frees_the_reservation_and_closes_the_order() -> None:
    """Ten wanted from 80: eight go to tender, which fails; the two still open are not tried again."""
    run = told(
        scenario(
            offers=[tendered(failure_chance=given("share", 2_000))],
            lines=[line(years={2025: 80, 2026: 80})],
            policies=[scheduled(buy(0, 10), buy(100, 5))],
            horizon="2026-06-30",
        ),
        written={"award/maker": {0: True, 1: False}},
    )
    assert_told(
        run,
        (*AUTHORITY, Tendered, TenderFailed, Awarded),
        Passed(0, 2025),
        Appropriated(0, "line", 2025, 80),
        Tendered(0, "maker#1", -1, "watch", "drone", 8),
        Reserved(0, "maker#1", "line", 2025, 80),
        Released(60, "maker#1", "line", 2025, 80),
        TenderFailed(60, "maker#1", -1, "watch", "drone", 8),
        # the second order finds the money again
        Tendered(100, "maker#2", -1, "watch", "drone", 5),
        Reserved(100, "maker#2", "line", 2025, 50),
        Obligated(160, "maker#2", "line", 2025, 50),
        Awarded(160, "maker#2", -1, "watch", "drone", 5),
        Lapsed(364, "line", 2025, 30),
        Passed(365, 2026),
        # and in the new year nobody asks for the first one's rest
        Appropriated(365, "line", 2026, 80),
    )


def test_the_money_of_a_failed_tender_goes_to_the_order_that_waits_for_it() -> None:
    """100 for two orders of ten: the second waits, and goes to tender on the day the first one fails."""
    run = told(
        scenario(
            offers=[tendered(failure_chance=given("share", 2_000))],
            lines=[line(years={2025: 100})],
            policies=[scheduled(buy(0, 10), buy(0, 10))],
            horizon="2026-03-31",
        ),
        written={"award/maker": {0: True, 1: False}},
    )
    assert_told(
        run,
        (Reserved, Released, Obligated),
        Reserved(0, "maker#1", "line", 2025, 100),
        Released(60, "maker#1", "line", 2025, 100),
        Reserved(60, "maker#2", "line", 2025, 100),
        Obligated(120, "maker#2", "line", 2025, 100),
    )


def test_the_first_order_on_an_offer_has_the_longer_tender_permit_and_promise() -> None:
    """90 + 40 + 200 days the first time; 30 + half of 40 + 100 the second."""
    run = told(
        scenario(
            offers=[
                tendered(
                    tender_first=luck(90),
                    tender_later=luck(30),
                    permit_first=luck(40),
                    permit_later_share=5_000,
                    promise_first_days=200,
                    promise_later_days=100,
                )
            ],
            policies=[scheduled(buy(0, 3), buy(0, 4))],
            horizon="2026-06-30",
        )
    )
    assert days_and_units(run, Awarded) == [(30, 4), (90, 3)]
    assert days_and_units(run, Permitted) == [(50, 4), (130, 3)]
    assert days_and_units(run, LeftOnTime) == [(150, 4), (330, 3)]


def test_a_promise_that_starts_at_the_award_runs_while_the_permit_is_waited_for() -> None:
    """Award on day 60, permit 40 days later: from the permit the lot leaves on day 200, from the award on day 160."""
    left = [
        told(scenario(offers=[tendered(permit_first=luck(40), lead_starts=starts)], horizon="2026-03-31")).days_of(
            LeftOnTime
        )
        for starts in ("permit", "award")
    ]
    assert left == [[60 + 40 + 100], [60 + 100]]


def test_nothing_leaves_the_works_before_its_permit() -> None:
    """Promised 100 days from the award on day 60, but the permit takes 300: it leaves on the permit's day, 360."""
    run = told(
        scenario(
            offers=[tendered(permit_first=luck(300), lead_starts="award")],
            horizon="2026-06-30",
        )
    )
    assert run.days_of(LeftOnTime) == [360]


def escalating(yen: int) -> object:
    """Ten at 1,000, escalating by 20 % a year, tender of 274 days: 1,000 x 1.2^(274/365.25) = 1,147 each."""
    return scenario(
        offers=[
            tendered(274, price=given("minor", 1_000), escalation=given("share", 2_000)),
            offer("filler", price=given("minor", 1)),
        ],
        lines=[line(years={2025: yen})],
        policies=[scheduled(buy(0, 10))],
        horizon="2026-03-31",
    )


def test_the_award_is_priced_on_its_own_day_and_takes_free_money_for_the_difference() -> None:
    """10,000 reserved, 11,470 obligated: 1,470 more than was set aside."""
    # 274/365.25 = 0.750171; ln 1.2 x 0.750171 = 0.136772; e^0.136772 = 1.146567: 1,146.57, half up 1,147
    run = told(escalating(12_000))
    assert_told(
        run,
        AUTHORITY,
        Passed(0, 2025),
        Appropriated(0, "line", 2025, 12_000),
        Reserved(0, "maker#1", "line", 2025, 10_000),
        Obligated(274, "maker#1", "line", 2025, 11_470),
        Lapsed(364, "line", 2025, 530),
    )


def test_an_award_that_no_longer_fits_its_money_is_cut_and_its_rest_is_open_again() -> None:
    """11,000 in all: nine at 1,147 are 10,323, ten would be 11,470; the tenth is open again and finds nothing."""
    run = told(escalating(11_000))
    assert_told(
        run,
        (*AUTHORITY, Tendered, Reopened, Awarded),
        Passed(0, 2025),
        Appropriated(0, "line", 2025, 11_000),
        Tendered(0, "maker#1", -1, "watch", "drone", 10),
        Reserved(0, "maker#1", "line", 2025, 10_000),
        Reopened(274, "maker#1", -1, "watch", "drone", 1),
        Obligated(274, "maker#1", "line", 2025, 10_323),
        Awarded(274, "maker#1", -1, "watch", "drone", 9),
        Lapsed(364, "line", 2025, 677),
    )


def test_a_reopened_rest_stands_in_its_old_place_before_later_orders() -> None:
    """The cut order's rest and a later order wait for FY2026, which has money for one of them: the older wins."""
    run = told(
        scenario(
            offers=[
                tendered(274, price=given("minor", 1_000), escalation=given("share", 2_000)),
                offer("later", price=given("minor", 1_000), escalation=given("share", 2_000)),
            ],
            lines=[line(years={2025: 11_000, 2026: 1_300})],
            # On day 274 the results come first, then the review; the later order finds 677 and waits.
            policies=[scheduled(buy(0, 10), buy(250, 5, "later"), buy(274, 1, "later"))],
            horizon="2026-06-30",
        )
    )
    # Day 250: 1,000 free, one at 1,147 does not fit. Day 365: one at 1,000 x 1.2^(365/365.25) = 1,200 does.
    assert [(entry.day, entry.order, entry.units) for entry in run.of_kind(Tendered)] == [
        (0, "maker#1", 10),
        (365, "maker#1.2", 1),
    ]


def test_a_rule_withdraws_the_rest_of_a_cut_award_at_its_next_review() -> None:
    """The rule's order is cut at the award of 1 January 2026 (day 275): the rest is withdrawn the same day."""
    run = told(
        scenario(
            offers=[tendered(275, price=given("minor", 1_000), escalation=given("share", 2_000))],
            lines=[line(years={2025: 11_000})],
            policies=[ruled()],
            horizon="2026-03-31",
        )
    )
    # 1,000 x 1.2^(275/365.25) = 1,147.14: 1,147 again, so nine of the ten
    assert_told(
        run,
        (Decided, Reopened, Awarded, Withdrawn),
        Decided(0, "maker#1", "maker", "watch", 10),
        Reopened(275, "maker#1", -1, "watch", "drone", 1),
        Awarded(275, "maker#1", -1, "watch", "drone", 9),
        Withdrawn(275, "maker#1", 1),
    )


def bar(on: int, until: int | None, id: str = "ban") -> Shock:
    """From a day on the offer `maker` is not admitted."""
    return Shock(id, "bar", on, until, on, ("maker",), None, 0, None, "the story's own")


def test_a_tender_whose_offer_is_barred_on_its_day_fails() -> None:
    """The result would come on day 60; the bar of day 50 makes it a failure, though no failure is possible else."""
    run = told(scenario(offers=[tendered()], shocks=(bar(50, None),), horizon="2026-03-31"))
    assert days_and_units(run, TenderFailed) == [(60, 10)]
    assert run.days_of(Awarded) == []


def test_an_order_on_a_barred_offer_waits_until_the_bar_ends() -> None:
    """Ordered on day 20 under a bar from day 10 to 40 and another from 30 to 70: signed on day 70."""
    run = told(
        scenario(
            policies=[scheduled(buy(20, 10))],
            shocks=(bar(10, 40), bar(30, 70, "second")),
            horizon="2026-03-31",
        )
    )
    assert run.days_of(Awarded) == [70]


def test_a_contract_whose_tender_is_done_is_not_signed_while_its_offer_is_barred() -> None:
    """Result on day 394 under a provisional budget, bar from 400 to 430, passage on 414: signed on 430."""
    run = told(
        scenario(
            offers=[tendered()],
            lines=[line(years={2025: 100, 2026: 100})],
            policies=[scheduled(buy(334, 10))],
            passage={2025: 0, 2026: 414},
            shocks=(bar(400, 430),),
            horizon="2026-09-30",
        )
    )
    assert run.days_of(Awarded) == [430]


def test_a_shock_raises_the_chance_of_failure_up_to_its_cap() -> None:
    """10 % x 20 = 200 %, capped at 100 %: what luck would have spared fails for certain."""
    shock = Shock("boycott", "tender_failure", 30, None, 30, (), None, 200_000, 10_000, "the story's own")
    world = scenario(offers=[tendered(failure_chance=given("share", 1_000))], shocks=(shock,), horizon="2026-03-31")
    run = told(world)
    assert days_and_units(run, TenderFailed) == [(60, 10)]


def test_prepared_tenders_are_shorter_by_the_days_prepared() -> None:
    """20 days of work done before the budget passes: the tender of 60 days ends on day 40."""
    run = told(
        scenario(
            offers=[tendered()],
            policies=[ruled(tenders_prepared_days=20)],
            horizon="2026-03-31",
        )
    )
    assert run.days_of(Awarded) == [40]
