"""Stories of the rules: when they buy, how much, and of whose money (R31)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.engine.entries import Awarded, CancelDecided, Cancelled, Deployed, Obligated
from sim.scenario.resolved import PolicySpec
from tests.stories.builder import buy, given, line, luck, mission, offer, product, ruled, scenario, scheduled, told
from tests.stories.forces import approval, shock
from tests.stories.ledger import assert_told, days_and_units
from tests.stories.plans import by_offer, coming, decided, rule_of, target, two_missions

# --- when and how much


def test_the_foreign_share_is_of_the_year_s_money_and_not_of_each_review_s() -> None:
    """Half of 100 is spent on day 0; no later review of FY2025 takes half of what is left."""
    run = told(scenario(policies=[ruled(foreign_share={2025: 5_000})], horizon="2026-03-31"))
    assert decided(run) == [(0, "maker", 5)]


def test_the_foreign_share_of_a_larger_need_leaves_room_for_more() -> None:
    """From day 40 sixteen are wanted: half of 160 are 80; 50 are spent, so three more on 1 June, day 61."""
    world = scenario(
        policies=[ruled(foreign_share={2025: 5_000})],
        shocks=(shock("target", 40, 16, "watch"),),
        horizon="2026-03-31",
    )
    assert decided(told(world)) == [(0, "maker", 5), (61, "maker", 3)]


def test_nothing_goes_abroad_in_a_year_without_a_foreign_share() -> None:
    world = scenario(
        lines=[line(years={2025: 1_000, 2026: 1_000})],
        policies=[ruled("shares", foreign_share={2025: 0, 2026: 2_000})],
        horizon="2026-12-31",
    )
    assert decided(told(world)) == [(365, "maker", 2)]


def test_after_its_switch_staged_buys_abroad_what_the_year_s_share_allows() -> None:
    """Six in FY2025; of the four that are left a quarter may still go abroad in FY2026, and none in FY2027."""
    world = scenario(
        lines=[line(years={2025: 60, 2026: 60, 2027: 60})],
        policies=[ruled("staged", switch_day=365, foreign_share={2026: 2_500})],
    )
    assert decided(told(world)) == [(0, "maker", 6), (365, "maker", 1)]


def test_the_over_order_margin_is_of_the_target_and_not_of_the_gap() -> None:
    """Eight in stock of ten: 10 x 1.2 - 8 = 4."""
    world = scenario(
        missions=target(10, opening_stock=8), policies=[ruled(over_order_margin=2_000)], horizon="2025-06-30"
    )
    assert by_offer(told(world)) == {"maker": 4}


def test_what_is_believed_to_be_lost_by_the_due_day_is_bought_again() -> None:
    """Ten in stock, half of them lost in a year: 365 days are 11.99 months, 10 x 0.5^(11.99/12) = 5.002, so 5 kept."""
    world = scenario(
        missions=target(10, opening_stock=10, loss=given("share", 5_000), due_day=365),
        policies=[ruled()],
        horizon="2025-05-31",
    )
    assert decided(told(world)) == [(0, "maker", 5)]


def test_what_cannot_come_in_time_is_bought_once_for_good() -> None:
    """Due on day 150 from a works that needs 200 days: nobody orders ten more a month later."""
    late = offer(promise_first_days=200, promise_later_days=200)
    world = scenario(missions=target(10, due_day=150), offers=[late], policies=[ruled()], horizon="2025-12-31")
    assert decided(told(world)) == [(0, "maker", 10)]


def test_late_lots_are_made_up_for_by_an_offer_that_is_in_time() -> None:
    """Ten are promised for day 300, due on day 150; asked on day 10, the maker would serve on day 110."""
    world = scenario(
        missions=target(10, due_day=150),
        dated_orders=coming(10, 300),
        as_of=10,
        policies=[ruled()],
        horizon="2026-03-31",
    )
    assert decided(told(world)) == [(10, "maker", 10)]


@pytest.mark.parametrize(("due", "bought"), [(260, 10), (259, 0)])
def test_what_makes_up_for_late_lots_must_be_in_time_with_its_margin_to_the_last_unit(due: int, bought: int) -> None:
    """Asked on day 10: 20 of tender, 100 of promise, 50 for the second lot, 30 at sea, 40 of trial, 10 of test: 250."""
    quick = offer(
        tender_first=luck(20),
        tender_later=luck(20),
        shipping=luck(30),
        rate=given("rate", 5),
        rate_period_days=50,
        lot=5,
        first_lot=5,
    )
    world = scenario(
        missions=target(10, due_day=due, acceptance=luck(10)),
        products=[product(type_approval="type")],
        type_approvals={"type": approval(trial=40)},
        offers=[quick, offer("old")],
        dated_orders=(replace(coming(10, 300)[0], offer="old"),),
        as_of=10,
        policies=[ruled()],
        horizon="2025-04-30",
    )
    assert sum(by_offer(told(world)).values()) == bought


def test_shares_does_not_ask_whether_what_is_coming_is_in_time() -> None:
    """Never beyond the gap for good: ten are coming, if late."""
    world = scenario(
        missions=target(10, due_day=150),
        dated_orders=coming(10, 300),
        as_of=10,
        policies=[ruled("shares")],
        horizon="2026-03-31",
    )
    assert decided(told(world)) == []


@pytest.mark.parametrize(("prepared", "awarded"), [(59, 21), (60, 21), (500, 21)])
def test_a_tender_prepared_to_the_end_still_takes_a_day(prepared: int, awarded: int) -> None:
    world = scenario(
        passage={2025: 20},
        offers=[offer(tender_first=luck(60), tender_later=luck(60))],
        policies=[ruled(tenders_prepared_days=prepared)],
        horizon="2025-06-30",
    )
    assert told(world).days_of(Awarded) == [awarded]


def test_only_tenders_of_the_day_of_passage_are_prepared() -> None:
    """From day 40 fifteen are wanted: the five of the review of day 61 take their whole 60 days."""
    world = scenario(
        passage={2025: 20},
        offers=[offer(tender_first=luck(60), tender_later=luck(60))],
        policies=[ruled(tenders_prepared_days=25)],
        shocks=(shock("target", 40, 15, "watch"),),
        horizon="2025-12-31",
    )
    assert days_and_units(told(world), Awarded) == [(55, 10), (121, 5)]


@pytest.mark.parametrize(("years", "rate", "bought"), [(1, 20, 10), (1, 10, 0), (2, 10, 10)])
def test_the_years_of_a_contract_count_to_the_last_arrival(years: int, rate: int, bought: int) -> None:
    """100 days of promise and ten units at 20 a year, half a year, or at 10 a year: 282 or 465 days."""
    world = scenario(
        offers=[offer(rate=given("rate", rate), lot=1, first_lot=1)],
        policies=[ruled(contract_years=years)],
        horizon="2025-06-30",
    )
    assert sum(by_offer(told(world)).values()) == bought


# --- rules and the money of a line


def test_a_policy_that_does_nothing_buys_nothing() -> None:
    nothing = PolicySpec("idle", "idle", "nothing", (), {}, (), (), 1)
    assert decided(told(scenario(policies=[nothing]))) == []


def test_each_mission_may_have_a_rule_of_its_own() -> None:
    """Ten of each are coming late: close_gap orders ten wasps that are in time, shares has nothing to add."""
    late = coming(10, 300)[0]
    world = {
        **two_missions(1_000),
        "missions": [mission(due_day=150), mission("raid", due_day=150)],
        "dated_orders": (late, replace(late, id="older", offer="wasps", mission="raid")),
        "as_of": 10,
        "horizon": "2025-12-31",
    }
    rules = (rule_of("watch", "shares"), rule_of("raid", "close_gap"))
    run = told(scenario(**world, policies=[ruled(spec={"missions": rules})]))
    assert decided(run) == [(10, "wasps", 10)]


def test_a_line_s_split_is_kept_from_review_to_review() -> None:
    """A quarter of 200 is five units: watch never gets a sixth, however often it asks, until the next year."""
    world = {**two_missions(), "lines": [line(years={2025: 200, 2026: 200})]}
    rules = (rule_of("watch", "shares"), rule_of("raid", "shares"))
    split = {"line": {"watch": 2_500, "raid": 2_500}}
    policy = ruled("shares", spec={"missions": rules, "line_split": split})
    run = told(scenario(**world, policies=[policy], horizon="2026-12-31"))
    assert decided(run) == [(0, "maker", 5), (0, "wasps", 5), (365, "maker", 5), (365, "wasps", 5)]


def test_a_share_of_a_line_is_not_rounded_up_to_a_unit_more() -> None:
    """Half of 110 is 55: five units, not six."""
    policy = ruled("shares", spec={"line_split": {"line": {"watch": 5_000}}})
    run = told(scenario(lines=[line(years={2025: 110})], policies=[policy], horizon="2025-12-31"))
    assert decided(run) == [(0, "maker", 5)]


def test_a_share_of_a_line_is_never_spent_beyond_the_gap() -> None:
    """Half of 1,000 would buy fifty."""
    policy = ruled("shares", spec={"line_split": {"line": {"watch": 5_000}}})
    run = told(scenario(lines=[line(years={2025: 1_000})], policies=[policy], horizon="2025-12-31"))
    assert decided(run) == [(0, "maker", 10)]


def test_a_mission_without_a_share_of_a_split_line_gets_nothing_of_it() -> None:
    world = two_missions(1_000)
    rules = (rule_of("watch", "shares"), rule_of("raid", "shares"))
    policy = ruled("shares", spec={"missions": rules, "line_split": {"line": {"raid": 5_000}}})
    run = told(scenario(**world, policies=[policy], horizon="2025-12-31"))
    assert by_offer(run) == {"wasps": 10}


def test_shares_takes_the_mission_s_lines_one_after_the_other() -> None:
    """30 on the first line and plenty on the second: three and seven."""
    world = scenario(
        missions=[mission(lines=("first", "second"))],
        lines=[line("first", years={2025: 30}), line("second")],
        policies=[ruled("shares")],
        horizon="2025-12-31",
    )
    run = told(world)
    assert decided(run) == [(0, "maker", 3), (0, "maker", 7)]
    assert [(entry.line, entry.yen) for entry in run.of_kind(Obligated)] == [("first", 30), ("second", 70)]


# --- typed orders


def test_a_cancellation_strikes_its_own_order_in_whatever_order_they_are_typed() -> None:
    """Typed first: three for day 100. The seven of day 0, typed second, are cancelled on day 50."""
    run = told(scenario(policies=[scheduled(buy(100, 3), buy(0, 7, cancel_day=50))], horizon="2025-12-31"))
    assert_told(
        run,
        (CancelDecided, Cancelled),
        CancelDecided(50, "maker#1", 7),
        Cancelled(50, "maker#1", 0, "watch", "drone", 7, "production"),
    )
    assert days_and_units(run, Deployed) == [(200, 3)]
