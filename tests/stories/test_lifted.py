"""Stories of what would have helped: for each limit a world in which it alone binds, one in which it never does (R38).

Ten units at 10 yen, ordered on day 0 and promised in 100 days, of which one thing holds up or takes away some.
"""

from __future__ import annotations

from math import log
from typing import Any, NamedTuple

import pytest

from sim.distributions import Normal
from sim.engine import Run
from sim.engine.entries import Deployed, TypeApproved, Used
from sim.scenario.resolved import Development, LongLeadLever, SeatsLever, SlipClass, Supplier
from tests.stories.builder import buy, given, line, luck, mission, offer, product, ruled, scenario, scheduled, told
from tests.stories.forces import JUST_OVER_HALF_A_MONTH, approval, bench, crew, row, shock
from tests.stories.home_builder import family, home, home_offer, industry_of, kit, source
from tests.stories.home_ledger import stores
from tests.stories.ledger import days_and_units
from tests.stories.plans import decided


class Limit(NamedTuple):
    """Two worlds of one limit."""

    binding: dict[str, Any]
    bound: tuple[list[tuple[int, int]], int]
    """While it holds: (day, units) of each entry into service, and the units in service on the due day."""
    free: tuple[list[tuple[int, int]], int]
    """The same when it is lifted."""
    idle: dict[str, Any]
    """A world in which it is there and never holds anything up."""


ON_TIME = [(100, 10)]
WHOLE = (ON_TIME, 10)
TWO_LOTS = {"lot": 5, "first_lot": 5}


def made_at_home(**of: Any) -> dict[str, Any]:
    """The ten in one lot, from a home line whose one head makes one a day; motors take 30 days."""
    return industry_of(
        offers=[home_offer("maker", lot=10, first_lot=10, of=of)], families=[family()], sources=[source(lead=30)]
    )


NEEDS_MOTORS = {"kit": kit(("motor", 1))}

LIMITS: dict[str, Limit] = {
    # 60 yen buy six; 100 all ten
    "money": Limit({"lines": [line(years={2025: 60})]}, ([(100, 6)], 6), WHOLE, {"lines": [line(years={2025: 100})]}),
    # 60 days, or a day; a tender of a day that cannot fail is no limit
    "tender": Limit(
        {"offers": [offer(tender_first=luck(60), tender_later=luck(60))]},
        ([(160, 10)], 10),
        ([(101, 10)], 10),
        {"offers": [offer(tender_first=luck(1), tender_later=luck(1))]},
    ),
    "permits": Limit(
        {"offers": [offer(permit_first=luck(40))]}, ([(140, 10)], 10), WHOLE, {"offers": [offer(permit_first=luck(0))]}
    ),
    # lots of five at a unit in 30 days: 150 and 300; at a unit in 10 the ten are made by day 100
    "supplier_rate": Limit(
        {"offers": [offer(**TWO_LOTS, rate=given("rate", 1), rate_period_days=30)]},
        ([(150, 5), (300, 5)], 10),
        ([(100, 5), (100, 5)], 10),
        {"offers": [offer(rate=given("rate", 1), rate_period_days=10)]},
    ),
    # outcome over promise of 1.5, or of 1
    "slip": Limit(
        {
            "offers": [offer(slip_class="late")],
            "slips": [SlipClass("late", log(1.5), 0.0, given("share", 5_000))],
        },
        ([(150, 10)], 10),
        WHOLE,
        {
            "offers": [offer(slip_class="fair")],
            "slips": [SlipClass("fair", 0.0, 0.0, given("share", 5_000))],
        },
    ),
    # 30 days of trial, then 20 of test for one lot after the other; a day's test at a bench for both is no limit
    "acceptance": Limit(
        {
            "missions": [mission(acceptance=luck(20), bench="bench")],
            "benches": {"bench": bench(1)},
            "products": [product(type_approval="type")],
            "type_approvals": {"type": approval(trial=30)},
            "offers": [offer(**TWO_LOTS)],
        },
        ([(150, 5), (170, 5)], 10),
        ([(101, 5), (101, 5)], 10),
        {
            "missions": [mission(acceptance=luck(1), bench="bench")],
            "benches": {"bench": bench(2)},
            "offers": [offer(**TWO_LOTS)],
        },
    ),
    # people for seven; or for ten, with a school and leavers of whom there are always enough
    "crews": Limit(
        {"missions": [mission(crew=crew(7))]},
        ([(100, 7)], 7),
        WHOLE,
        {"missions": [mission(crew=crew(90, seats_per_month=2, leaving=given("share", 500)))]},
    ),
    # all are lost on 31 July, day 121
    "losses": Limit(
        {"missions": [mission(loss=given("share", 10_000))]}, (ON_TIME, 0), WHOLE, {"missions": [mission()]}
    ),
    # made at home, ten days of one head: 40 days to prepare, then ten; or ready at once, with ten heads: a day.
    # A line that runs with all its heads and ample tooling is no limit
    "ramp": Limit(made_at_home(preparation=luck(40), most_heads=10), ([(50, 10)], 10), ([(1, 10)], 10), made_at_home()),
    # motors come on day 30; or are there on day 0. Bought ahead, they are there before the order of day 50
    "parts": Limit(
        made_at_home(**NEEDS_MOTORS),
        ([(40, 10)], 10),
        ([(10, 10)], 10),
        {
            **made_at_home(**NEEDS_MOTORS),
            "policies": [
                scheduled(buy(50, 10), home=home(long_lead=(LongLeadLever("maker", ("motor",), 2, 0, "line"),)))
            ],
        },
    ),
}


def tale(world: dict[str, Any], *lifted: str) -> Run:
    """Ten ordered on day 0 in a world, with limits lifted."""
    return told(scenario(**{"policies": [scheduled(buy(0, 10))], **world}), lifted=frozenset(lifted))


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_that_binds_is_felt_when_it_is_lifted(name: str) -> None:
    limit = LIMITS[name]
    for run, felt in ((tale(limit.binding), limit.bound), (tale(limit.binding, name), limit.free)):
        assert (days_and_units(run, Deployed), row(run).deployed) == felt


@pytest.mark.parametrize("name", LIMITS)
def test_where_one_limit_binds_lifting_all_the_others_changes_nothing(name: str) -> None:
    binding = LIMITS[name].binding
    others = [other for other in LIMITS if other != name]
    assert tale(binding, *others).digest() == tale(binding).digest()


@pytest.mark.parametrize("name", LIMITS)
def test_lifting_a_limit_that_never_binds_changes_no_entry(name: str) -> None:
    idle = LIMITS[name].idle
    assert tale(idle, name).digest() == tale(idle).digest()


# --- what belongs to a limit


def test_without_losses_a_contingency_takes_nothing_either_and_lives_end_all_the_same() -> None:
    world = {"shocks": (shock("losses", 0, 10_000, "drone"),), "missions": [mission(life_months=6)]}
    assert (row(tale(world)).lost, row(tale(world)).retired) == (10, 0)
    assert (row(tale(world, "losses")).lost, row(tale(world, "losses")).retired) == (0, 10)


def test_without_the_limit_of_the_tender_none_fails() -> None:
    """A tender of a day that always fails."""
    world = {"offers": [offer(tender_first=luck(1), tender_later=luck(1), failure_chance=given("share", 10_000))]}
    assert row(tale(world)).deployed == 0
    assert days_and_units(tale(world, "tender"), Deployed) == [(101, 10)]


def test_without_the_limit_of_permits_a_promise_from_the_award_runs_as_before() -> None:
    """Promised from the award: a permit of 40 days holds nothing up, one of 140 does."""
    quick = {"offers": [offer(permit_first=luck(40), lead_starts="award")]}
    assert days_and_units(tale(quick), Deployed) == days_and_units(tale(quick, "permits"), Deployed) == ON_TIME
    slow = {"offers": [offer(permit_first=luck(140), lead_starts="award")]}
    assert days_and_units(tale(slow), Deployed) == [(140, 10)]
    assert days_and_units(tale(slow, "permits"), Deployed) == ON_TIME


def test_without_the_limit_of_acceptance_no_approval_is_waited_for_and_a_test_takes_a_day_at_most() -> None:
    binding = LIMITS["acceptance"].binding
    assert tale(binding, "acceptance").days_of(TypeApproved) == []
    no_test: dict[str, Any] = {}
    assert days_and_units(tale(no_test, "acceptance"), Deployed) == ON_TIME
    empty_bench = {"missions": [mission(bench="bench")], "benches": {"bench": bench(1)}}
    assert days_and_units(tale(empty_bench), Deployed) == [(101, 10)]
    assert days_and_units(tale(empty_bench, "acceptance"), Deployed) == [(101, 10)]


def test_without_the_limit_of_crews_all_that_serves_is_available() -> None:
    """Everybody leaves on day 121: the ten stay deployed, and are available where crews are always there."""
    world = {"missions": [mission(crew=crew(10, leaving=given("share", 10_000)))]}
    assert (row(tale(world)).deployed, row(tale(world)).available) == (0, 0)
    lifted = row(tale(world, "crews"))
    assert (lifted.deployed, lifted.available) == (10, 10)


def test_without_the_limit_of_crews_schools_go_on_and_cost_what_they_cost() -> None:
    """Two extra seats at 100 yen each are paid in the class of day 91 whether people are a limit or not."""
    school = crew(seats_per_month=4, extra_seat_yen=100)
    world = {
        "missions": [mission(crew=school, due_day=121)],
        "policies": [scheduled(buy(0, 10), seats=(SeatsLever("watch", 5_000, 10),))],
    }
    for lifted in ((), ("crews",)):
        assert [(entry.day, entry.yen) for entry in tale(world, *lifted).of_kind(Used)] == [(91, 200)]


def test_without_the_limit_of_parts_what_is_missing_is_there_at_once_and_in_the_books() -> None:
    """Ten motors are on their way; ten are given. Those on their way come on day 30 all the same, and stay."""
    assert stores(tale(made_at_home(**NEEDS_MOTORS), "parts")) == [
        (0, "PartsOrdered", "source", 10),
        (0, "PartsOrdered", "source", 10),
        (0, "PartsCame", "source", 10),
        (0, "PartsUsed", "source", 10),
        (30, "PartsCame", "source", 10),
    ]


def test_without_the_limit_of_the_ramp_a_type_is_there_and_its_trial_begins_when_the_line_is_ordered() -> None:
    """100 days of development, 40 of preparation, 60 of trial from the end of development: 160 days; or 60."""
    new = made_at_home(
        preparation=luck(40), development=Development(luck(100), given("yen", 0), given("event", 0), 10_000)
    )
    world = {**new, "products": [product(type_approval="type")], "type_approvals": {"type": approval(trial=60)}}
    assert days_and_units(tale(world), Deployed) == [(160, 10)]
    assert days_and_units(tale(world, "ramp"), Deployed) == [(60, 10)]


def test_without_the_limit_of_the_ramp_tooling_and_heads_are_full() -> None:
    """Tooling for ten units in 50 days, and one of two heads: 50 days; or two heads' five."""
    world = made_at_home(slots=given("rate", 73), most_heads=2)
    assert days_and_units(tale(world), Deployed) == [(50, 10)]
    assert days_and_units(tale(world, "ramp"), Deployed) == [(5, 10)]


def test_without_the_limit_of_money_a_rule_decides_anew() -> None:
    """60 yen: the rule orders six; with money no limit the ten it lacks, its own cap, and no more."""
    world = {"lines": [line(years={2025: 60})], "policies": [ruled(over_order_margin=2_000)]}
    assert decided(tale(world)) == [(0, "maker", 6)]
    assert decided(tale(world, "money")) == [(0, "maker", 12)]


def test_without_the_limit_of_money_nothing_is_signed_before_the_budget_passes() -> None:
    """Passage is no matter of money: the order of day 0 is signed on day 100 all the same."""
    world = {"passage": {2025: 100}, "lines": [line(years={2025: 0})]}
    assert days_and_units(tale(world, "money"), Deployed) == [(200, 10)]


def test_without_the_limit_of_slip_a_supplier_s_lateness_is_forgiven_too() -> None:
    """A supplier whose likeliest score is 1, half of the variance his: e^(0.5 x 0.7071 x 1) = 1.4241."""
    world = {
        "offers": [offer(slip_class="late")],
        "slips": [SlipClass("late", 0.0, 0.5, given("share", 5_000))],
        "suppliers": [Supplier("house", "House", "Nowhere", given("sd", 0, Normal(1, 1)))],
    }
    assert days_and_units(tale(world), Deployed) == [(142, 10)]
    assert days_and_units(tale(world, "slip"), Deployed) == ON_TIME


def test_all_limits_lifted_leave_the_promise_a_day_of_tender_and_a_day_of_test() -> None:
    everything: dict[str, Any] = {
        "lines": [line(years={2025: 60})],
        "offers": [
            offer(
                **TWO_LOTS,
                tender_first=luck(60),
                tender_later=luck(60),
                permit_first=luck(40),
                rate=given("rate", 1),
                rate_period_days=30,
                slip_class="late",
            )
        ],
        "slips": [SlipClass("late", log(1.5), 0.0, given("share", 5_000))],
        "missions": [
            mission(acceptance=luck(20), bench="bench", crew=crew(2), loss=given("share", JUST_OVER_HALF_A_MONTH))
        ],
        "benches": {"bench": bench(1)},
        "products": [product(type_approval="type")],
        "type_approvals": {"type": approval(trial=30)},
    }
    run = tale(everything, *LIMITS)
    assert days_and_units(run, Deployed) == [(102, 5), (102, 5)]
    assert row(run).met
