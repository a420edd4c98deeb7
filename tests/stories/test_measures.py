"""Stories of what a run was worth: reached, met, strength, fulfilment, cost, and what goes on after (R33 to R36)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sim.engine import Run
from sim.outcome import MonthRow, RunRow, measure
from sim.scenario.resolved import Mission, Payment, Scenario, ScheduledOrder, Supplier
from tests.stories.builder import (
    buy,
    day,
    dollar,
    given,
    line,
    luck,
    mission,
    offer,
    product,
    scenario,
    scheduled,
    told,
)
from tests.stories.forces import crew, row, shock
from tests.stories.home_builder import two_legs

DEADLINE = 1_095
"""31 March 2028."""


def worth(run: Run) -> RunRow:
    """The run as a whole."""
    return measure(run).run


def served(*orders: ScheduledOrder, watch: Mission | None = None, **changes: Any) -> Scenario:
    """Typed orders that serve a hundred days later; ten are wanted."""
    base = {
        "missions": [mission() if watch is None else watch],
        "policies": [scheduled(*orders)],
        "lines": [line(years=dict.fromkeys(range(2025, 2029), 10**12))],
    }
    return scenario(**{**base, **changes})


# --- reached and met


def test_the_target_is_reached_on_the_first_day_at_whose_end_the_units_are_there() -> None:
    """Four from day 100, six more from day 150."""
    at_due = row(told(served(buy(0, 4), buy(50, 6))))
    assert (at_due.reached, at_due.reached_day, at_due.met) == (True, 150, True)


def test_a_target_never_reached_is_censored_on_the_day_after_the_horizon() -> None:
    at_due = row(told(served(buy(0, 9))))
    assert (at_due.reached, at_due.reached_day, at_due.met) == (False, DEADLINE + 1, False)


def test_a_target_reached_too_late_is_reached_and_not_met() -> None:
    """Due on day 149; the tenth unit serves from day 150."""
    at_due = row(told(served(buy(0, 4), buy(50, 6), watch=mission(due_day=149))))
    assert (at_due.reached, at_due.reached_day, at_due.met, at_due.deployed) == (True, 150, False, 4)


def test_a_target_reached_and_lost_again_is_reached_and_not_met() -> None:
    """Ten from day 100; on 31 July, day 121, all are lost."""
    at_due = row(told(served(buy(0, 10), watch=mission(loss=given("share", 10_000)))))
    assert (at_due.reached, at_due.reached_day, at_due.met) == (True, 100, False)


def test_what_comes_and_is_lost_on_one_day_has_not_reached_the_target() -> None:
    """Deployed on day 121, ordered on day 21, and lost that evening."""
    at_due = row(told(served(buy(21, 10), watch=mission(loss=given("share", 10_000)))))
    assert (at_due.reached, at_due.lost) == (False, 10)


def test_the_opening_stock_may_reach_the_target_on_the_first_day() -> None:
    at_due = row(told(served(watch=mission(opening_stock=10))))
    assert (at_due.reached_day, at_due.met, at_due.ordered) == (0, True, 0)


def test_a_target_that_is_raised_is_judged_as_raised() -> None:
    """Ten are there from day 100; from day 300 twelve are wanted, and two more come on day 500."""
    raised = shock("target", 300, 12, "watch")
    at_due = row(told(served(buy(0, 10), shocks=(raised,))))
    assert (at_due.target, at_due.met, at_due.reached_day) == (12, False, 100)
    assert row(told(served(buy(0, 10), buy(400, 2), shocks=(raised,)))).met


def test_a_target_that_is_lowered_is_reached_on_the_day_it_falls() -> None:
    """Four from day 100; on day 130 the target falls from ten to four."""
    at_due = row(told(served(buy(0, 4), shocks=(shock("target", 130, 4, "watch"),))))
    assert (at_due.target, at_due.met, at_due.reached_day) == (4, True, 130)


@pytest.mark.parametrize(("struck", "target"), [(200, 12), (201, 10)])
def test_only_what_is_required_by_the_due_day_counts(struck: int, target: int) -> None:
    at_due = row(told(served(buy(0, 10), watch=mission(due_day=200), shocks=(shock("target", struck, 12, "watch"),))))
    assert (at_due.target, at_due.met) == (target, target == 10)


def test_an_uncertain_target_is_judged_against_the_run_s_own() -> None:
    """Believed to be ten, turned out to be eleven."""
    at_due = row(told(served(buy(0, 10)), parameters={"missions.watch.target": 11}))
    assert (at_due.target, at_due.met, at_due.not_ordered) == (11, False, 1)


# --- quality and strength


def mixed(*units: tuple[str, int, int], watch: Mission | None = None, **changes: Any) -> Scenario:
    """(product, quality in basis points, units) of each, all in service from day 100."""
    return served(
        *(buy(0, count, id) for id, _, count in units),
        watch=watch,
        products=[product(id, quality=quality) for id, quality, _ in units],
        offers=[offer(id, product=id) for id, _, _ in units],
        **changes,
    )


@pytest.mark.parametrize(("lowest", "counted"), [(0, 10), (5_000, 10), (5_001, 6)])
def test_units_below_the_lowest_quality_are_deployed_and_do_not_count(lowest: int, counted: int) -> None:
    """Six of quality 1 and four of quality 0.5; a quality that is just enough counts."""
    run = told(mixed(("good", 10_000, 6), ("poor", 5_000, 4), watch=mission(lowest_quality=lowest)))
    at_due = row(run)
    assert (at_due.deployed, at_due.deployed_counted, at_due.met) == (10, counted, counted == 10)
    assert at_due.reached is (counted == 10)
    assert worth(run).fulfilment == counted / 10


def test_strength_is_of_the_units_that_count() -> None:
    """Linear law: six of quality 1 and four of quality 0.5 make 8; without the poor ones 6."""
    mix = (("good", 10_000, 6), ("poor", 5_000, 4))
    assert row(told(mixed(*mix))).strength == 8
    assert row(told(mixed(*mix, watch=mission(lowest_quality=6_000)))).strength == 6


@pytest.mark.parametrize(
    ("lambda_bp", "strength", "wanted"),
    [
        # S = (7 x 1 + 8 x e^(1/lambda))^lambda with e = 1/8; ten wanted are 10^lambda
        (10_000, 7 + 8 / 8, 10),
        # (1/8)^(2/3) = 1/4: (7 + 2)^1.5 = 27; 10^1.5 = 31.6
        (15_000, 27, 10**1.5),
        # (1/8)^(1/2) = 0.353553: (7 + 2.828427)^2 = 96.597980
        (20_000, 57 + 14 * 8**0.5, 100),
    ],
)
def test_the_law_of_strength_weighs_numbers_against_quality(lambda_bp: int, strength: float, wanted: float) -> None:
    at_due = row(told(mixed(("good", 10_000, 7), ("weak", 1_250, 8), strength_lambda=lambda_bp)))
    assert at_due.strength == pytest.approx(strength, rel=1e-12)
    assert at_due.strength_met is (strength >= wanted) is False


@pytest.mark.parametrize(("lambda_bp", "units", "met"), [(10_000, 3, True), (20_000, 4, False), (20_000, 5, True)])
def test_a_few_good_units_may_have_the_strength_without_the_number(lambda_bp: int, units: int, met: bool) -> None:
    """Quality 4, ten wanted: linear 3 x 4 = 12 of 10; square (4 x 2)^2 = 64 and (5 x 2)^2 = 100 of 100."""
    at_due = row(told(mixed(("best", 40_000, units), strength_lambda=lambda_bp)))
    assert (at_due.strength_met, at_due.met) == (met, False)


def test_the_opening_stock_has_the_strength_of_the_reference() -> None:
    """Two in stock and four of quality 0.5: 2 + 2."""
    assert row(told(mixed(("poor", 5_000, 4), watch=mission(opening_stock=2)))).strength == 4


# --- all missions together


def two(*orders: ScheduledOrder, watch: int = 1, raid: int = 1, **changes: Any) -> Scenario:
    """Ten wanted for watch and four for raid, each with its weight."""
    return scenario(
        missions=[mission(weight=watch), mission("raid", target=given("unit", 4), weight=raid)],
        products=[product(), product("wasp", mission="raid")],
        offers=[offer(), offer("wasps", product="wasp")],
        policies=[scheduled(*orders)],
        **changes,
    )


@pytest.mark.parametrize(
    ("joint", "met"), [(("watch",), False), (("raid",), True), (("raid", "watch"), False), ((), True)]
)
def test_together_means_all_missions_of_the_joint_list(joint: tuple[str, ...], met: bool) -> None:
    """Watch has nine of ten, raid four of four."""
    assert worth(told(two(buy(0, 9), buy(0, 4, "wasps", "raid"), joint=joint))).all_met is met


@pytest.mark.parametrize(
    ("watch", "raid", "fulfilment"),
    [
        (1, 1, (0.5 + 1) / 2),  # five of ten; eight of four is no more than all
        (3, 1, (3 * 0.5 + 1) / 4),
        (0, 1, 1.0),
    ],
)
def test_fulfilment_is_weighted_by_priority_and_a_surplus_makes_up_for_nothing(
    watch: int, raid: int, fulfilment: float
) -> None:
    run = told(two(buy(0, 5), buy(0, 8, "wasps", "raid"), watch=watch, raid=raid))
    assert worth(run).fulfilment == fulfilment


def test_the_home_share_is_of_the_ordered_units_in_service() -> None:
    """Six drones from abroad, two wasps from home, three old ones from nobody knows where: 2 of 8."""
    house = Supplier("house", "House", "Nowhere", given("sd", 0))
    world = two(buy(0, 6), buy(0, 2, "wasps", "raid"), suppliers=[house, replace(house, id="works", country="Japan")])
    at_home = replace(world.offers["wasps"], supplier="works")
    stocked = replace(world.missions["watch"], opening_stock=3)
    run = told(
        replace(
            world,
            offers={**world.offers, "wasps": at_home},
            missions={**world.missions, "watch": stocked},
        )
    )
    assert worth(run).home_share == 2 / 8
    nothing = told(two())
    assert worth(nothing).home_share is None


def test_a_type_that_is_bought_on_both_legs_counts_at_home_where_its_units_were_made() -> None:
    """Six drones from abroad on day 100, two of the same type from a line at home on days 1 and 2."""
    orders = scheduled(buy(0, 6), buy(0, 2, "home"))
    assert worth(told(scenario(**two_legs(), policies=[orders]))).home_share == 2 / 8
    # After 35 months, on 2 and 3 March 2028, the two are retired; those from abroad serve on the due day.
    old = [mission(life_months=35)]
    assert worth(told(scenario(**two_legs(), missions=old, policies=[orders]))).home_share == 0


# --- money


def test_cost_is_what_is_paid_and_what_is_still_to_be_paid_at_the_planning_rate() -> None:
    """Ten at $10 planned at 100 yen: 10,000. 30 % paid at signing at 150; 70 % due after the horizon."""
    world = served(
        buy(0, 10),
        offers=[
            offer(
                currency="USD",
                price=given("minor", 1_000),
                promise_first_days=2_000,
                payments=(Payment("signing", 3_000, 0), Payment("delivery", 7_000, 0)),
            )
        ],
        currencies=[dollar(1_500_000)],
        lines=[line(years={2025: 20_000})],
    )
    run = told(world)
    # paid 30 x 150 = 4,500, 1,500 more than planned; open 7,000; 20,000 - 10,000 - 1,500 lapse
    assert (worth(run).cost, worth(run).fx, worth(run).lapsed, worth(run).owed) == (11_500, 1_500, 8_500, 0)
    assert row(run).unit_cost is None


def test_a_weaker_foreign_currency_costs_less_than_planned() -> None:
    """At 80 yen the ten cost 8,000; the 2,000 gained cannot be spent."""
    dear = offer(currency="USD", price=given("minor", 1_000))
    run = told(
        served(buy(0, 10), buy(100, 1), offers=[dear], currencies=[dollar(800_000)], lines=[line(years={2025: 10_000})])
    )
    assert (worth(run).cost, worth(run).fx, worth(run).lapsed) == (8_000, -2_000, 0)
    assert row(run).ordered == 10


def test_what_a_loss_leaves_owed_is_in_the_cost_and_shown() -> None:
    """10,000 for an order planned at 10,000 and paid at 150 yen: 5,000 are owed."""
    dear = offer(currency="USD", price=given("minor", 1_000))
    run = told(served(buy(0, 10), offers=[dear], currencies=[dollar(1_500_000)], lines=[line(years={2025: 10_000})]))
    assert (worth(run).cost, worth(run).fx, worth(run).owed) == (15_000, 5_000, 5_000)


def test_a_cancelled_obligation_is_no_cost() -> None:
    """100 for ten, cancelled on day 50: 30 were paid at signing, 70 returned, and lapse with the rest on 31 March."""
    halves = (Payment("signing", 3_000, 0), Payment("delivery", 7_000, 0))
    run = told(
        served(
            buy(0, 10, cancel_day=50),
            offers=[offer(payments=halves)],
            lines=[line(years={2025: 130})],
            horizon="2028-03-31",
        )
    )
    assert (worth(run).cost, worth(run).lapsed, row(run).cancelled) == (30, 100, 10)


def test_the_cost_of_a_unit_is_the_cost_over_all_that_entered_service() -> None:
    """Ten for 100, of which the second five come after the horizon: 100 / 5."""
    slow = offer(lot=5, first_lot=5, rate=given("rate", 5), rate_period_days=1_000, promise_first_days=1_000)
    run = told(served(buy(0, 10), offers=[slow]))
    assert (row(run).deployed, row(run).unit_cost) == (5, 20)
    # units that were lost had entered service all the same
    gone = told(served(buy(0, 10), watch=mission(loss=given("share", 10_000))))
    assert (row(gone).deployed, row(gone).unit_cost) == (0, 10)


def test_authority_that_nobody_used_lapses() -> None:
    """1,000 a year; ten for 100 in the first, nothing carried over: 900 + 1,000 + 1,000."""
    run = told(served(buy(0, 10), lines=[line(years={2025: 1_000, 2026: 1_000, 2027: 1_000})]))
    assert worth(run).lapsed == 2_900


def running(*orders: ScheduledOrder, horizon: str = "2029-03-31", **changes: Any) -> Scenario:
    """A unit costs 1,461 yen a year of 365.25 days: four a day."""
    watch = mission(running_cost_yen=given("yen", 1_461), **changes)
    return served(*orders, watch=watch, horizon=horizon)


def test_running_cost_counts_from_the_day_after_the_deadline_through_the_horizon() -> None:
    """Ten units, 365 days from 1 April 2028 to 31 March 2029, four yen each."""
    assert day("2028-04-01") == DEADLINE + 1
    at_due = row(told(running(buy(0, 10))))
    assert at_due.running_cost == 10 * 365 * 4
    assert worth(told(running(buy(0, 10)))).running_cost == 14_600
    assert row(told(running(buy(0, 10), horizon="2028-03-31"))).running_cost == 0
    assert row(told(running(buy(0, 10), horizon="2028-04-01"))).running_cost == 40


def test_running_cost_counts_each_unit_from_the_day_it_serves() -> None:
    """Two from day 1,100, 361 days to day 1,460; three from day 1,195, 266 days."""
    run = told(running(buy(1_000, 2), buy(1_095, 3)))
    assert row(run).running_cost == (2 * 361 + 3 * 266) * 4


def test_running_cost_ends_with_the_unit() -> None:
    """Ten retired two years after day 500, on day 1,231: 135 days from day 1,096 to 1,230."""
    at_due = row(told(running(buy(400, 10), life_months=24)))
    assert (day("2026-08-14"), day("2028-08-14")) == (500, 1_231)
    assert at_due.running_cost == 10 * 135 * 4


def test_running_cost_may_be_a_share_of_the_mean_price_paid() -> None:
    """Two at 1,461 and two at 2,922: 10 % of 2,191.5 a year; 4 units x 365 days of 365.25 x 219.15 = 876."""
    watch = mission(running_cost_yen=None, running_cost_share=given("share", 1_000))
    world = served(
        buy(0, 2),
        buy(0, 2, "dear"),
        watch=watch,
        offers=[offer(price=given("minor", 1_461)), offer("dear", price=given("minor", 2_922))],
        horizon="2029-03-31",
    )
    assert row(told(world)).running_cost == 876


# --- month by month


def test_each_month_ends_with_what_serves_what_can_be_used_and_what_is_to_come() -> None:
    """Five with three crews from day 100, five ordered on day 130 and in service, without crews, never."""
    watch = mission(crew=crew(3), acceptance=luck(10), due_day=200)
    run = told(served(buy(0, 5), buy(130, 5), watch=watch, horizon="2025-10-31"))
    # units ordered on day 0 are accepted on day 110, three of them crewed; the others wait
    assert measure(run).monthly == (
        MonthRow(0, "watch", 0, 0, 5),
        MonthRow(1, "watch", 0, 0, 5),
        MonthRow(2, "watch", 0, 0, 5),
        MonthRow(3, "watch", 3, 3, 2),
        MonthRow(4, "watch", 3, 3, 7),
        MonthRow(5, "watch", 3, 3, 7),
        MonthRow(6, "watch", 3, 3, 7),
    )


def test_what_was_ordered_is_counted_as_far_as_it_was_by_the_due_day() -> None:
    at_due = row(told(served(buy(0, 6), buy(200, 4), watch=mission(due_day=199))))
    assert (at_due.ordered, at_due.not_ordered, at_due.deployed) == (6, 4, 6)
