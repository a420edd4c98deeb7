"""Stories from dock to service: type approval, the bench, and stages that take no time (R27, R3)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.engine.entries import (
    Accepted,
    Arrived,
    Awarded,
    Crewed,
    Decided,
    Deployed,
    LeftOnTime,
    Obligated,
    Paid,
    Permitted,
    Tendered,
    TypeApproved,
)
from sim.scenario.resolved import Scenario
from tests.stories.builder import buy, luck, mission, offer, product, scenario, scheduled, told
from tests.stories.forces import approval, bench, row, shock
from tests.stories.ledger import assert_told, days_and_units


def approving(*orders: object, test: int = 20, **changes: object) -> Scenario:
    """Ten drones, promised in 100 days, of a type not yet approved; a test of 20 days."""
    base = {
        "missions": [mission(acceptance=luck(test))],
        "products": [product(type_approval="type")],
        "policies": [scheduled(*(orders or (buy(0, 10),)))],
        "horizon": "2028-03-31",
    }
    return scenario(**{**base, **changes})


# --- type approval


@pytest.mark.parametrize(
    ("paper", "trial", "approved"),
    [
        (200, 60, 200),  # paper from the award on day 0, 200 days; trial from the arrival on day 100: 160
        (50, 60, 160),  # paper ready on day 50 waits for the trial
        (160, 60, 160),  # both on one day
        (30, 0, 100),  # no trial: approved on the day it arrives
    ],
)
def test_a_type_is_approved_on_the_later_of_its_paper_and_its_trial(paper: int, trial: int, approved: int) -> None:
    run = told(approving(type_approvals={"type": approval(paper, trial)}))
    assert_told(run, (TypeApproved,), TypeApproved(100, "drone", approved))
    # the test of 20 days starts when the type is approved
    assert run.days_of(Accepted) == [approved + 20]


def test_the_paper_part_starts_with_the_award_and_not_with_the_order() -> None:
    """Ordered on day 10, awarded after 60 days of tender; 200 days of paper: 270. It arrived on day 170."""
    run = told(
        approving(
            buy(10, 10),
            offers=[offer(tender_first=luck(60), tender_later=luck(60))],
            type_approvals={"type": approval(paper=200)},
        )
    )
    assert_told(run, (TypeApproved,), TypeApproved(170, "drone", 270))


def test_a_long_block_comes_on_top_of_the_later_part() -> None:
    """Approved on day 160, had no long block of 900 days fallen on it: 1,060, and 20 days of test."""
    held_up = approving(type_approvals={"type": approval(50, 60, block=900, chance=300)})
    run = told(held_up, written={"block/drone": {0: True}})
    assert_told(run, (TypeApproved,), TypeApproved(100, "drone", 1_060))
    assert run.days_of(Accepted) == [1_080]
    lucky = told(held_up, written={"block/drone": {0: False}})
    assert lucky.days_of(Accepted) == [180]


def test_a_type_is_approved_once_and_later_lots_wait_only_for_their_test() -> None:
    """Three orders: arrivals on day 100, 150 and 300; the type is approved on day 200 and never tried again."""
    run = told(
        approving(buy(0, 2), buy(50, 3), buy(200, 5), type_approvals={"type": approval(paper=120, trial=100)}),
    )
    assert_told(run, (TypeApproved,), TypeApproved(100, "drone", 200))
    # the second lot waits for the same day as the first; the third arrives approved
    assert days_and_units(run, Accepted) == [(220, 2), (220, 3), (320, 5)]


def test_two_products_of_one_group_are_approved_each_for_itself() -> None:
    """Kites need the same 60 days of trial, but theirs run from their own first arrival, on day 130."""
    run = told(
        approving(
            buy(0, 2),
            buy(30, 2, "kites"),
            products=[product(type_approval="type"), product("kite", type_approval="type")],
            offers=[offer(), offer("kites", product="kite")],
            type_approvals={"type": approval(trial=60)},
        )
    )
    assert_told(run, (TypeApproved,), TypeApproved(100, "drone", 160), TypeApproved(130, "kite", 190))
    assert run.days_of(Accepted) == [180, 210]


def test_a_type_that_needs_no_approval_waits_for_none() -> None:
    run = told(approving(products=[product()], type_approvals={"type": approval(900, 900)}))
    assert_told(run, (TypeApproved,))
    assert run.days_of(Accepted) == [120]


@pytest.mark.parametrize(("struck", "approved"), [(99, 260), (101, 160)])
def test_a_shock_holds_up_a_type_only_before_its_first_arrival(struck: int, approved: int) -> None:
    """100 days more; struck on the day after the arrival, it comes too late: the approval's day is known."""
    run = told(
        approving(type_approvals={"type": approval(50, 60)}, shocks=(shock("approval_block", struck, 100, "drone"),))
    )
    assert_told(run, (TypeApproved,), TypeApproved(100, "drone", approved))


def test_a_block_by_shock_holds_up_only_the_type_it_names() -> None:
    run = told(
        approving(type_approvals={"type": approval(50, 60)}, shocks=(shock("approval_block", 10, 100, "kite"),)),
    )
    assert_told(run, (TypeApproved,), TypeApproved(100, "drone", 160))


def test_units_that_await_their_approval_count_in_acceptance() -> None:
    """Due on day 150: arrived on day 100, approved on day 160."""
    world = approving(missions=[mission(acceptance=luck(20), due_day=150)], type_approvals={"type": approval(50, 60)})
    at_due = row(told(world))
    assert (at_due.acceptance, at_due.deployed, at_due.shipping) == (10, 0, 0)


# --- the bench


def on_bench(*orders: object, places: int = 1, test: int = 20, **changes: object) -> Scenario:
    """A bench of one place, a test of 20 days, lots of five, and typed orders."""
    base = {
        "missions": [mission(acceptance=luck(test), bench="bench")],
        "benches": {"bench": bench(places)},
        "offers": [offer(lot=5, first_lot=5)],
        "policies": [scheduled(*(orders or (buy(0, 10),)))],
        "horizon": "2026-12-31",
    }
    return scenario(**{**base, **changes})


@pytest.mark.parametrize(("places", "accepted"), [(1, [120, 140]), (2, [120, 120])])
def test_two_lots_share_a_bench_one_after_the_other(places: int, accepted: list[int]) -> None:
    """Both arrive on day 100. One place: days 101 to 120, then 121 to 140."""
    assert told(on_bench(places=places)).days_of(Accepted) == accepted


def test_a_lot_that_comes_while_the_bench_is_taken_starts_on_the_day_it_is_free() -> None:
    """Arrivals on day 100 and 110; the second is on the bench from day 121, the day after the first is done."""
    run = told(on_bench(buy(0, 5), buy(10, 5)))
    assert run.days_of(Accepted) == [120, 140]


def test_a_bench_that_stood_empty_tests_at_once() -> None:
    """Arrivals on day 100 and 130: nobody waits."""
    run = told(on_bench(buy(0, 5), buy(30, 5)))
    assert run.days_of(Accepted) == [120, 150]


def test_who_was_ready_first_is_tested_first_whenever_it_was_signed() -> None:
    """The bench is taken to day 120. Signed on day 5, ready on day 110; signed on day 8, ready on day 109: it goes."""
    offers = [offer(lot=5, first_lot=5), offer("quick", promise_first_days=101), offer("slow", promise_first_days=105)]
    run = told(on_bench(buy(0, 5), buy(5, 1, "slow"), buy(8, 1, "quick"), offers=offers))
    assert [(entry.day, entry.order) for entry in run.of_kind(Accepted)] == [
        (120, "maker#1"),
        (140, "quick#1"),
        (160, "slow#1"),
    ]


def test_of_lots_ready_on_one_day_the_one_signed_first_is_tested_first() -> None:
    """Both ready on day 110; the offer whose name comes later was signed three days earlier."""
    offers = [
        offer(lot=5, first_lot=5),
        offer("able", promise_first_days=102),
        offer("zeal", promise_first_days=105),
    ]
    run = told(on_bench(buy(0, 5), buy(5, 1, "zeal"), buy(8, 1, "able"), offers=offers))
    assert [entry.order for entry in run.of_kind(Accepted)] == ["maker#1", "zeal#1", "able#1"]


def test_of_lots_signed_and_ready_on_one_day_the_order_goes_before_the_lot() -> None:
    """Two orders of ten on one day, lots of five: both lots of the first, then both of the second."""
    run = told(on_bench(buy(0, 10), buy(0, 10)))
    assert [(entry.day, entry.order, entry.lot) for entry in run.of_kind(Accepted)] == [
        (120, "maker#1", 0),
        (140, "maker#1", 1),
        (160, "maker#2", 0),
        (180, "maker#2", 1),
    ]


def test_two_missions_share_one_bench() -> None:
    """Watch's lot and raid's lot arrive on day 100; watch was ordered first."""
    world = on_bench(
        buy(0, 5),
        buy(0, 5, "wasps", "raid"),
        missions=[mission(acceptance=luck(20), bench="bench"), mission("raid", acceptance=luck(7), bench="bench")],
        products=[product(), product("wasp", mission="raid")],
        offers=[offer(), offer("wasps", product="wasp")],
    )
    assert [(entry.day, entry.mission) for entry in told(world).of_kind(Accepted)] == [
        (120, "watch"),
        (127, "raid"),
    ]


def test_a_lot_is_on_the_bench_only_once_its_type_is_approved() -> None:
    """Drones arrive on day 100 and wait for approval on day 130; kites arrive on day 110 and are tested meanwhile."""
    world = on_bench(
        buy(0, 5),
        buy(10, 5, "kites"),
        products=[product(type_approval="type"), product("kite")],
        offers=[offer(), offer("kites", product="kite")],
        type_approvals={"type": approval(trial=30)},
    )
    run = told(world)
    # kites: 111 to 130; the drones' 20 days start when the bench is free, on day 130 itself: 131 to 150
    assert [(entry.day, entry.product) for entry in run.of_kind(Accepted)] == [(130, "kite"), (150, "drone")]


# --- stages of no days


def test_stages_of_no_days_pass_on_one_day_in_the_order_of_a_unit_s_life() -> None:
    """No tender, permit, sea, approval, test or carriage: all of it on the day the lot leaves the works."""
    run = told(scenario(policies=[scheduled(buy(0, 3))], horizon="2025-12-31"))
    units = ("watch", "drone", 3)
    assert_told(
        run,
        (Decided, Tendered, Obligated, Awarded, Permitted, LeftOnTime, Arrived, Paid, Accepted, Crewed, Deployed),
        Decided(0, "maker#1", "maker", "watch", 3),
        Tendered(0, "maker#1", -1, *units),
        Obligated(0, "maker#1", "line", 2025, 30),
        Awarded(0, "maker#1", -1, *units),
        Permitted(0, "maker#1", -1, *units),
        LeftOnTime(100, "maker#1", 0, *units),
        Arrived(100, "maker#1", 0, *units),
        Paid(100, "maker#1", "line", 2025, 30, 30),
        Accepted(100, "maker#1", 0, *units),
        Crewed(100, "maker#1", 0, *units),
        Deployed(100, "maker#1", 0, *units),
    )


def test_a_queued_stage_of_no_days_lasts_one_day_and_an_unqueued_one_none() -> None:
    """A test that takes no time still holds its place of the bench for a day: 101, 102."""
    assert told(on_bench(test=0)).days_of(Accepted) == [101, 102]
    assert told(on_bench(test=0, missions=[mission()])).days_of(Accepted) == [100, 100]


def test_each_stage_adds_its_own_days() -> None:
    """Works 100, sea 30, trial 25, test 20, base 5: 180."""
    world = scenario(
        missions=[mission(acceptance=luck(20), fielding=luck(5))],
        products=[product(type_approval="type")],
        offers=[offer(shipping=luck(30))],
        type_approvals={"type": approval(trial=25)},
        horizon="2025-12-31",
    )
    run = told(world)
    found = [entry.day for kind in (LeftOnTime, Arrived, Accepted, Crewed, Deployed) for entry in run.of_kind(kind)]
    assert found == [100, 130, 175, 175, 180]


def test_each_lot_has_its_own_luck_at_sea_at_the_test_and_on_the_road() -> None:
    """The second lot of the second order is the luck of place 1,024 + 1 in the order's streams."""
    world = scenario(
        missions=[mission(acceptance=luck(20), fielding=luck(5))],
        offers=[offer(shipping=luck(30), lot=5, first_lot=5)],
        policies=[scheduled(buy(0, 10), buy(10, 10))],
        horizon="2026-12-31",
    )
    late = {"shipping/maker": {1_025: 40}, "acceptance/maker": {1_025: 50}, "fielding/maker": {1_025: 60}}
    run = told(world, written=late)
    # 110 + 30 + 20 + 5 = 165; 110 + 40 + 50 + 60 = 260
    assert days_and_units(run, Deployed) == [(155, 5), (155, 5), (165, 5), (260, 5)]


def test_a_lot_that_arrives_on_the_due_day_s_last_stage_counts() -> None:
    """The due day is simulated whole: deployed on day 155 is in time for day 155 and not for day 154."""
    world = scenario(
        missions=[mission(acceptance=luck(20), fielding=luck(5))],
        offers=[offer(shipping=luck(30))],
        horizon="2025-12-31",
    )
    for due, deployed in ((155, 10), (154, 0)):
        on_time = replace(world, missions={"watch": replace(world.missions["watch"], due_day=due)})
        run = told(on_time)
        assert days_and_units(run, Deployed) == [(155, 10)]
        assert row(run).deployed == deployed


def test_the_bench_s_places_are_a_parameter() -> None:
    """Believed to be one, sampled as two."""
    run = told(on_bench(), parameters={"benches.bench.places": 2})
    assert run.days_of(Accepted) == [120, 120]
