"""Stories of what no policy decides: contracts of the past, tenders still open, and published announcements (R8)."""

from __future__ import annotations

from dataclasses import replace
from math import log

import pytest

from sim.distributions import Discrete
from sim.engine.entries import (
    Announced,
    Appropriated,
    Arrived,
    Awarded,
    Charged,
    Decided,
    Gained,
    Lapsed,
    LeftOnTime,
    LeftWorks,
    Obligated,
    Owed,
    Paid,
    Passed,
    Released,
    Reserved,
    Settled,
    Tendered,
    TenderFailed,
)
from sim.scenario.resolved import DatedOrder, Delivery, Luck, Payment, Scenario, SlipClass
from tests.stories.builder import buy, dollar, given, line, luck, mission, offer, ruled, scenario, scheduled, told
from tests.stories.ledger import AUTHORITY, OUTLAYS, assert_told, days_and_units

PART_AT_SIGNING = (Payment("signing", 3_000, 0), Payment("delivery", 7_000, 0))


def past(**changes: object) -> DatedOrder:
    """Ten for 100, signed on day 20, promised in 200 days."""
    base = DatedOrder(
        id="old",
        offer="maker",
        mission="watch",
        quantity=10,
        value=given("minor", 100),
        line="line",
        contract_day=20,
        promise_days=200,
        slip_class="none",
        status="history",
        deliveries=(),
        tender_open_since=None,
    )
    return replace(base, **changes)


def announced(**changes: object) -> DatedOrder:
    """Ten for 100, to be signed on day 150."""
    return past(**{"id": "plan", "status": "announced", "contract_day": 150, **changes})


def story(*orders: DatedOrder, **changes: object) -> Scenario:
    """These orders, as of day 100, and a policy that decides nothing."""
    base = {"policies": [scheduled()], "as_of": 100, "horizon": "2026-12-31", "dated_orders": orders}
    return scenario(**{**base, **changes})


# --- signed before as_of


def test_a_past_contract_is_signed_on_its_day_at_its_value_without_tender_or_permit() -> None:
    """The offer asks 10 a unit, a tender and a permit; the contract was signed on day 20 for 101 in all."""
    run = told(
        story(
            past(value=given("minor", 101)),
            offers=[offer(tender_first=luck(60), tender_later=luck(60), permit_first=luck(40), first_lot=3, lot=3)],
        )
    )
    assert_told(
        run,
        (Announced, Obligated, Awarded, Paid),
        Announced(20, "old", "maker", "watch", 10),
        Obligated(20, "old", "line", 2025, 101),
        Awarded(20, "old", -1, "watch", "drone", 10),
        # 20 + 200 days; 101 by lots of 3, 3, 3 and 1: 30.3 each, half up 30, and the rest, 11
        Paid(220, "old", "line", 2025, 30, 30),
        Paid(220, "old", "line", 2025, 30, 30),
        Paid(220, "old", "line", 2025, 30, 30),
        Paid(220, "old", "line", 2025, 11, 11),
    )


def test_recorded_deliveries_arrive_on_their_days_whatever_the_works_could_do() -> None:
    """Two on day 90, three on day 140, five on day 141; the rate of one a year and 30 days at sea say nothing."""
    run = told(
        story(
            past(deliveries=(Delivery(90, 2), Delivery(140, 3), Delivery(141, 5))),
            offers=[offer(rate=given("rate", 1), shipping=luck(30))],
        )
    )
    assert days_and_units(run, Arrived) == [(90, 2), (140, 3), (141, 5)]
    assert [(entry.day, entry.actual_yen) for entry in run.of_kind(Paid)] == [(90, 20), (140, 30), (141, 50)]


def test_a_past_contract_open_on_the_as_of_day_comes_after_it() -> None:
    """Promised by day 120 and overdue on day 180: without slip luck 161 days, the first that is more than 160."""
    run = told(story(past(promise_days=100), as_of=180))
    # With no variance the slip cannot be conditioned: it has not come by day 180, so it comes on day 181.
    assert run.days_of(LeftOnTime) == [181]


def test_an_overdue_contract_keeps_its_share_of_luck_beyond_what_has_passed() -> None:
    """Promise 100, log-sd 0.3 all the order's; 160 days have passed: the score exceeds ln(160.5/100)/0.3 = 1.577."""
    world = story(
        past(promise_days=100, slip_class="late"),
        as_of=180,
        slips=[SlipClass("late", 0.0, 0.3, given("share", 0)), SlipClass("none", 0.0, 0.0, given("share", 0))],
    )
    # A score of 2 is a slip of e^0.6 = 1.8221: 182 days after day 20.
    assert told(world, written={"slip/dated/old": [2.0]}).days_of(LeftOnTime) == [202]
    with pytest.raises(ValueError, match=r"expected more than the 1\.57"):
        told(world, written={"slip/dated/old": [1.5]})


def test_a_past_contract_for_more_than_its_line_had_leaves_a_debt() -> None:
    """Signed for 100 where the line had 70: 30 are owed, and FY2026 settles them before its own orders."""
    run = told(
        story(
            past(),
            lines=[line(years={2025: 70, 2026: 100})],
            offers=[offer(payments=PART_AT_SIGNING)],
            policies=[scheduled(buy(365, 10))],
        )
    )
    assert_told(
        run,
        (*AUTHORITY, Paid),
        Passed(0, 2025),
        Appropriated(0, "line", 2025, 70),
        Owed(20, "old", "line", 30),
        Obligated(20, "old", "line", 2025, 70),
        Paid(20, "old", "line", 2025, 30, 30),
        Paid(220, "old", "line", 2025, 70, 70),
        Passed(365, 2026),
        Appropriated(365, "line", 2026, 100),
        Settled(365, "line", 2026, 30),
        Obligated(365, "maker#1", "line", 2026, 70),
        Paid(365, "maker#1", "line", 2026, 21, 21),
        Paid(465, "maker#1", "line", 2026, 49, 49),
    )


# --- signed before the start


def test_a_contract_signed_before_the_start_takes_no_money_of_the_first_year() -> None:
    """Signed on day -50, in FY2024, for 100: its authority is FY2024's own; 30 were paid then, as planned."""
    run = told(
        story(
            past(contract_day=-50, value=given("minor", 100)),
            lines=[line(years={2025: 40})],
            offers=[offer(currency="USD", price=given("minor", 10), payments=PART_AT_SIGNING)],
            # a planning rate of 100 yen for FY2024, and 110 in the market from the start on
            currencies=[dollar(rate=1_100_000, planning={2024: 1_000_000, 2025: 1_050_000, 2026: 1_050_000})],
            policies=[scheduled(buy(100, 1))],
            horizon="2026-03-31",
        )
    )
    assert_told(
        run,
        (*AUTHORITY, Announced, Tendered, Awarded, Paid, Gained),
        Announced(0, "old", "maker", "watch", 10),
        Tendered(0, "old", -1, "watch", "drone", 10),
        # 1 dollar at 100 yen
        Appropriated(0, "line", 2024, 100),
        Obligated(0, "old", "line", 2024, 100),
        Awarded(0, "old", -1, "watch", "drone", 10),
        Paid(0, "old", "line", 2024, 30, 30),
        Passed(0, 2025),
        Appropriated(0, "line", 2025, 40),
        # FY2025's 40 are there for the policy's own: 10 cents at 105 yen are 10.5, half up 11
        Tendered(100, "maker#1", -1, "watch", "drone", 1),
        Obligated(100, "maker#1", "line", 2025, 11),
        Awarded(100, "maker#1", -1, "watch", "drone", 1),
        # 3 cents at 110 are 3.3: 3 of the planned 3 (11 x 30 % = 3.3)
        Paid(100, "maker#1", "line", 2025, 3, 3),
        # -50 + 200 days: 70 cents at the market's 110 yen, and FY2025 bears the loss
        Paid(150, "old", "line", 2024, 70, 77),
        Charged(150, "old", "line", 2025, 7),
        # 7 cents at 110 are 7.7, half up 8, as planned: 11 - 3
        Paid(200, "maker#1", "line", 2025, 8, 8),
        Lapsed(364, "line", 2025, 40 - 11 - 7),
    )


def test_the_lead_of_a_contract_signed_before_the_start_counts_from_its_day() -> None:
    """Signed on day -50, promised in 200 days, slip 1.5: 300 days, so day 250; one a week since its signature."""
    run = told(
        story(
            past(contract_day=-50, slip_class="late"),
            slips=[SlipClass("late", log(1.5), 0.0, given("share", 0)), SlipClass("none", 0.0, 0.0, given("share", 0))],
            offers=[offer(first_lot=5, lot=5, rate=given("rate", 5), rate_period_days=35)],
        )
    )
    # The first five were ready long before; the next five take 35 days more.
    assert [(entry.day, entry.units) for entry in run.of_kind(LeftOnTime, LeftWorks)] == [(250, 5), (285, 5)]


def test_what_was_delivered_and_paid_before_the_start_is_there_on_the_first_day() -> None:
    """Four came on day -10, six come on day 30: four arrive on day 0 and cost what was planned then."""
    run = told(
        story(
            past(contract_day=-300, deliveries=(Delivery(-10, 4), Delivery(30, 6))),
            offers=[offer(currency="USD", price=given("minor", 10))],
            currencies=[dollar(rate=2_000_000, planning={2025: 1_000_000, 2026: 1_000_000})],
        )
    )
    # No planning rate is known of FY2024: the rate at the start is, 200 yen. 1 dollar is 200 yen, 20 a unit.
    assert days_and_units(run, Arrived) == [(0, 4), (30, 6)]
    assert_told(
        run,
        OUTLAYS,
        Paid(0, "old", "line", 2024, 80, 80),
        Paid(30, "old", "line", 2024, 120, 120),
    )


def test_payments_after_signing_that_fell_due_before_the_start_are_not_due_again() -> None:
    """Signed on day -100: 20 % then, 30 % on day -40, 50 % on day 80."""
    steps = (
        Payment("signing", 2_000, 0),
        Payment("after_signing", 3_000, 60),
        Payment("after_signing", 5_000, 180),
    )
    run = told(story(past(contract_day=-100), offers=[offer(payments=steps)]))
    assert [(entry.day, entry.actual_yen) for entry in run.of_kind(Paid)] == [(0, 20), (0, 30), (80, 50)]


# --- still in tender


def in_tender(since: int, failure_chance: int = 0, **changes: object) -> Scenario:
    """Ten out to tender since a day, as of day 100; the tender takes 90, 150 or 400 days."""
    tender = Luck("", "day", Discrete((90.0, 150.0, 400.0), (0.6, 0.3, 0.1)))
    maker = offer(tender_first=tender, tender_later=tender, failure_chance=given("share", failure_chance))
    return story(past(contract_day=since, tender_open_since=since), offers=[maker], **changes)


def test_a_tender_open_on_the_as_of_day_ends_after_it() -> None:
    """Out since day 5: 95 days have passed, so that 90 is out; 150 puts the award on day 155."""
    run = told(in_tender(5))
    assert_told(
        run,
        (Tendered, Reserved, Awarded),
        Tendered(5, "old", -1, "watch", "drone", 10),
        Reserved(5, "old", "line", 2025, 100),
        Awarded(155, "old", -1, "watch", "drone", 10),
    )
    # its own promise of 200 days counts from there
    assert run.days_of(LeftOnTime) == [355]


def test_a_tender_that_went_out_before_the_start_counts_from_its_day() -> None:
    """Out since day -30: 130 days have passed by day 100; 150 of them end on day 120."""
    run = told(in_tender(-30))
    assert run.days_of(Awarded) == [120]
    assert run.days_of(Reserved) == [0]


def test_an_open_tender_takes_what_money_there_is_and_is_not_forced() -> None:
    """Ten for 100 out to tender, but the line has 45: four are reserved for, and nothing is owed."""
    run = told(in_tender(5, lines=[line(years={2025: 45})]))
    assert days_and_units(run, Awarded) == [(155, 4)]
    assert list(run.of_kind(Owed)) == []


def test_an_open_tender_can_fail() -> None:
    run = told(in_tender(5, failure_chance=1_000), written={"award/dated/old": [True]})
    assert days_and_units(run, TenderFailed) == [(155, 10)]
    assert [(entry.day, entry.yen) for entry in run.of_kind(Released)] == [(155, 100)]


# --- announced


def test_an_announced_order_is_placed_for_every_policy_before_its_own_rule_acts() -> None:
    """100 on the line: the announced ten take them on day 150, the ten that the schedule types that day find none."""
    run = told(
        story(announced(), lines=[line(years={2025: 100})], policies=[scheduled(buy(150, 10))], horizon="2026-03-31")
    )
    assert_told(
        run,
        (Announced, Obligated, Decided),
        Announced(150, "plan", "maker", "watch", 10),
        Obligated(150, "plan", "line", 2025, 100),
        Decided(150, "maker#1", "maker", "watch", 10),
    )


def test_an_announced_order_short_of_money_signs_what_fits_and_waits_with_the_rest() -> None:
    """Ten for 101, and 50 on the line: four for 40.4, half up 40; five would be 50.5. FY2026 pays for the other six."""
    run = told(
        story(announced(value=given("minor", 101)), lines=[line(years={2025: 50, 2026: 100})], horizon="2026-12-31")
    )
    assert_told(
        run,
        (Obligated, Owed, Awarded),
        Obligated(150, "plan", "line", 2025, 40),
        Awarded(150, "plan", -1, "watch", "drone", 4),
        # 101 x 6/10 = 60.6, half up 61
        Obligated(365, "plan.2", "line", 2026, 61),
        Awarded(365, "plan.2", -1, "watch", "drone", 6),
    )


def test_firm_deliveries_of_a_cut_order_follow_its_parts_and_slip_with_their_signatures() -> None:
    """Four of ten are signed on day 150, six on day 365: two on day 300, two on 320, and the rest 215 days late."""
    run = told(
        story(
            announced(deliveries=(Delivery(300, 2), Delivery(320, 5), Delivery(340, 3))),
            lines=[line(years={2025: 40, 2026: 100})],
            horizon="2027-03-31",
        )
    )
    # 320 + 215 = 535: three of the five; 340 + 215 = 555
    assert days_and_units(run, Arrived) == [(300, 2), (320, 2), (535, 3), (555, 3)]


def test_a_rule_leaves_the_money_of_announced_orders_alone() -> None:
    """100 on the line, 60 of them announced for day 150: the rule of day 100 buys four of ten, not ten."""
    run = told(
        story(
            announced(quantity=6, value=given("minor", 60)),
            missions=[mission(target=given("unit", 16))],
            lines=[line(years={2025: 100})],
            policies=[ruled()],
            horizon="2026-03-31",
        )
    )
    assert [(entry.day, entry.order, entry.units) for entry in run.of_kind(Awarded)] == [
        (100, "maker#1", 4),
        (150, "plan", 6),
    ]
