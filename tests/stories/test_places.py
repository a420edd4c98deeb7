"""Stories of where the missing units are: every place once, and the identity that adds them up (R37)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sim.engine.entries import PLACES, Cancelled
from sim.outcome import MissionRow
from sim.scenario.resolved import Scenario, ScheduledOrder
from tests.stories.builder import buy, day, given, line, luck, mission, offer, product, scenario, scheduled, told
from tests.stories.forces import JUST_OVER_HALF_A_MONTH, approval, crew, places, row, shock


def missing(at_due: MissionRow) -> int:
    """Units not ordered and units in each place but in service."""
    return at_due.not_ordered + sum(getattr(at_due, place) for place in PLACES if place != "deployed")


def assert_adds_up(at_due: MissionRow) -> None:
    """Target less deployed is what is missing, and what is owned or ordered is in the places."""
    assert at_due.target - at_due.deployed == missing(at_due)
    assert at_due.opening + at_due.ordered == sum(getattr(at_due, place) for place in PLACES)


# --- one order through all of its life


def life(due: int, cancel: int | None = None, **changes: Any) -> Scenario:
    """Ten units: tender 50 days, permit 30, promise 100, works 150 from the award, 30 at sea, 15 of trial, 20 of test.

    People come on day 280 and 5 days of road follow; a unit lives for a month.
    """
    people = crew(seats_per_month=10, opening_day=270, course=luck(10))
    watch = mission(due_day=due, acceptance=luck(20), fielding=luck(5), crew=people, life_months=1)
    return scenario(
        missions=[replace(watch, **changes)],
        products=[product(type_approval="type")],
        offers=[
            offer(
                tender_first=luck(50),
                tender_later=luck(50),
                permit_first=luck(30),
                rate=given("rate", 10),
                rate_period_days=150,
                shipping=luck(30),
            )
        ],
        type_approvals={"type": approval(trial=15)},
        policies=[scheduled(buy(0, 10, cancel_day=cancel))],
        horizon="2026-03-31",
    )


@pytest.mark.parametrize(
    ("due", "place"),
    [
        (0, "tender"),
        (49, "tender"),
        (50, "approval"),  # awarded, waiting for its permit
        (79, "approval"),
        (80, "production"),
        (179, "production"),
        (180, "queue"),  # 80 + 100: its day has come, the works need 150 days from the award
        (199, "queue"),
        (200, "shipping"),
        (229, "shipping"),
        (230, "acceptance"),  # 15 days of trial, to 245, and 20 of test
        (264, "acceptance"),
        (265, "waiting_crew"),
        (279, "waiting_crew"),
        (280, "fielding"),
        (284, "fielding"),
        (285, "deployed"),
        (315, "deployed"),
        (316, "retired"),  # a month after 11 January, day 285, is 11 February, day 316
    ],
)
def test_on_each_day_a_unit_is_in_the_place_of_the_stage_it_is_in(due: int, place: str) -> None:
    run = told(life(due))
    assert places(run) == {place: 10}
    assert_adds_up(row(run))


def test_lost_units_are_in_a_place_of_their_own() -> None:
    """All are lost on 31 January, day 305, before their life ends."""
    assert day("2026-01-31") == 305
    gone = {"loss": given("share", 10_000)}
    assert places(told(life(304, **gone))) == {"deployed": 10}
    assert places(told(life(305, **gone))) == {"lost": 10}
    assert places(told(life(316, **gone))) == {"lost": 10}


@pytest.mark.parametrize(
    ("cancelled_on", "was"),
    [(10, "tender"), (60, "approval"), (100, "production"), (190, "queue"), (210, None), (290, None)],
)
def test_what_is_cancelled_before_it_leaves_the_works_is_cancelled_and_the_rest_comes(
    cancelled_on: int, was: str | None
) -> None:
    run = told(life(300, cancel=cancelled_on))
    assert [entry.was for entry in run.of_kind(Cancelled)] == ([] if was is None else [was])
    assert places(run) == ({"deployed": 10} if was is None else {"cancelled": 10})
    assert_adds_up(row(run))


# --- every place at once

ORDERS: dict[str, tuple[int, dict[str, Any]]] = {
    "a_tender": (1, {"tender_first": luck(1_000), "tender_later": luck(1_000)}),
    "b_permit": (2, {"permit_first": luck(1_000)}),
    # its day comes on day 100; the works need 3,000 days
    "c_queue": (3, {"rate": given("rate", 1), "rate_period_days": 1_000}),
    "d_works": (4, {"promise_first_days": 1_000}),
    "e_sea": (5, {"shipping": luck(1_000)}),
    "f_trial": (6, {"product": "kite"}),
    # in service on day 100, retired six months later, on day 284
    "g_old": (7, {}),
    # crewed on day 286, on the road for 1,000 days
    "h_road": (8, {"promise_first_days": 286}),
    # in service from day 200
    "i_serving": (9, {"promise_first_days": 200}),
    # in service on day 100, lost on day 121
    "j_lost": (10, {"product": "moth"}),
    # accepted on day 290, when all seventeen people serve i and h
    "k_crew": (11, {"promise_first_days": 290}),
    # cancelled on day 50, and a tender that fails on day 30
    "l_cancelled": (12, {}),
    "m_failed": (13, {"tender_first": luck(30), "tender_later": luck(30), "failure_chance": given("share", 5_000)}),
}


def every_place() -> Scenario:
    """Three in service at the start, 91 ordered, 100 wanted by day 300; seventeen people."""
    return scenario(
        missions=[
            mission(
                target=given("unit", 100),
                due_day=300,
                opening_stock=3,
                crew=crew(17),
                life_months=6,
                loss=given("share", JUST_OVER_HALF_A_MONTH),
            )
        ],
        products=[product(), product("kite", type_approval="type"), product("moth")],
        type_approvals={"type": approval(trial=1_000)},
        offers=[offer(id, **changes) for id, (_, changes) in ORDERS.items()],
        policies=[
            scheduled(
                *(
                    ScheduledOrder(0, id, "watch", units, None, 50 if id == "l_cancelled" else None)
                    for id, (units, _) in ORDERS.items()
                )
            )
        ],
        horizon="2026-01-26",
    )


WHAT_HAPPENED = {
    "award/m_failed": {0: True},
    "fielding/h_road": {0: 1_000},
    # ten of ten: P(up to 9) = 1 - 0.5082^10 = 0.9989; of the others none
    "loss/moth": {3: 0.9999},
    "loss/drone": dict.fromkeys(range(3, 9), 1e-9),
}


def test_every_place_holds_the_units_that_are_there_and_no_other() -> None:
    at_due = row(told(every_place(), written=WHAT_HAPPENED))
    assert {place: getattr(at_due, place) for place in PLACES} == {
        "tender": 1,
        "approval": 2,
        "queue": 3,
        "production": 4,
        "waiting_parts": 0,  # what is imported has its parts; only home lines wait for them
        "shipping": 5,
        "acceptance": 6,
        "waiting_crew": 11,
        "fielding": 8,
        "deployed": 3 + 9,
        "lost": 10,
        "retired": 7,
        "cancelled": 12 + 13,
    }


def test_the_places_add_up_to_what_is_missing() -> None:
    """100 - 12 = 88: not ordered 100 - 3 - 91 = 6, and 1 + 2 + 3 + 4 + 5 + 6 + 11 + 8 + 10 + 7 + 25 = 82."""
    at_due = row(told(every_place(), written=WHAT_HAPPENED))
    assert (at_due.target, at_due.opening, at_due.ordered, at_due.deployed) == (100, 3, 91, 12)
    assert (at_due.not_ordered, missing(at_due)) == (6, 88)
    assert_adds_up(at_due)


# --- not ordered


def test_more_ordered_than_wanted_is_less_than_nothing_not_ordered() -> None:
    """25 for a target of 10 with 2 in stock: 10 - 2 - 25 = -17, and 10 - 27 = -17."""
    at_due = row(told(scenario(missions=[mission(opening_stock=2)], policies=[scheduled(buy(0, 25))])))
    assert (at_due.not_ordered, at_due.deployed, at_due.met) == (-17, 27, True)
    assert_adds_up(at_due)


def test_too_many_ordered_and_some_of_them_lost_add_up_all_the_same() -> None:
    """15 for 10; all fifteen lost on 31 July: 10 - 0 = -5 + 15."""
    gone = mission(loss=given("share", 10_000), due_day=121)
    at_due = row(told(scenario(missions=[gone], policies=[scheduled(buy(0, 15))])))
    assert (at_due.not_ordered, at_due.lost, at_due.deployed) == (-5, 15, 0)
    assert_adds_up(at_due)


def test_what_finds_no_money_is_not_ordered() -> None:
    """60 buy six of ten; the other four are decided on, open, and not ordered."""
    at_due = row(told(scenario(lines=[line(years={2025: 60})])))
    assert (at_due.ordered, at_due.not_ordered, at_due.deployed) == (6, 4, 6)
    assert_adds_up(at_due)


def test_a_raised_target_raises_what_is_not_ordered() -> None:
    """Ten ordered for ten; from day 200 twenty-five are wanted."""
    at_due = row(told(scenario(shocks=(shock("target", 200, 25, "watch"),))))
    assert (at_due.target, at_due.not_ordered, at_due.deployed) == (25, 15, 10)
    assert_adds_up(at_due)


def test_missions_are_counted_apart() -> None:
    """Watch has its ten in the works, raid its four in service, on one due day."""
    world = scenario(
        missions=[mission(due_day=150), mission("raid", due_day=150)],
        products=[product(), product("wasp", mission="raid")],
        offers=[offer(promise_first_days=200), offer("wasps", product="wasp")],
        policies=[scheduled(buy(0, 10), buy(0, 4, "wasps", "raid"))],
    )
    run = told(world)
    assert (places(run), places(run, "raid")) == ({"production": 10}, {"deployed": 4})


def test_each_mission_is_counted_on_its_own_due_day() -> None:
    """On day 99 watch's ten are in the works; on day 100 raid's four are in service."""
    world = scenario(
        missions=[mission(due_day=99), mission("raid", due_day=100)],
        products=[product(), product("wasp", mission="raid")],
        offers=[offer(), offer("wasps", product="wasp")],
        policies=[scheduled(buy(0, 10), buy(0, 4, "wasps", "raid"))],
    )
    run = told(world)
    assert (places(run), places(run, "raid")) == ({"production": 10}, {"deployed": 4})
