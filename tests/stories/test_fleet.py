"""Stories of the fleet: what is lost, what is grounded, what grows too old, and what of it can be used (R29)."""

from __future__ import annotations

from typing import Any

import pytest

from sim.engine.entries import Available, Crewed, Deployed, Grounded, Lost, Retired
from sim.scenario.resolved import Scenario
from tests.stories.builder import buy, day, given, luck, mission, offer, product, scenario, scheduled, told
from tests.stories.forces import JUST_OVER_HALF_A_MONTH, crew, grounding, places, row, shock
from tests.stories.ledger import assert_told, days_and_units

CALM, LOSING = given("share", 0), given("share", JUST_OVER_HALF_A_MONTH)


def fleet(*orders: object, loss: Any = CALM, **changes: Any) -> Scenario:
    """Drones that serve from day 100 on, in lots of three; what is lost of them in a year."""
    base = {
        "missions": [mission(loss=loss)],
        "offers": [offer(lot=3, first_lot=3)],
        "policies": [scheduled(*(orders or (buy(0, 6),)))],
        "horizon": "2025-09-30",
    }
    return scenario(**{**base, **changes})


# --- losses


@pytest.mark.parametrize(
    ("u", "lost"),
    [
        # Four units, each lost in a month with chance p = 0.508241, kept with q = 0.491759:
        # P(0) = q^4 = 0.0585; P(1) = 4 p q^3 = 0.2418; P(2) = 6 p^2 q^2 = 0.3748; P(3) = 4 p^3 q = 0.2582
        (0.058, 0),
        (0.059, 1),  # beyond 0.0585
        (0.299, 1),
        (0.301, 2),  # beyond 0.3003
        (0.674, 2),
        (0.676, 3),  # beyond 0.6751
        (0.934, 4),  # beyond 0.9333
    ],
)
def test_a_month_s_losses_are_the_binomial_quantile_of_its_uniform(u: float, lost: int) -> None:
    """A yearly chance of 99.98 % is 1 - (2/10,000)^(1/12) = 0.508241 a month; all fall on the last day, 31 July."""
    run = told(fleet(buy(0, 4), loss=LOSING, horizon="2025-07-31"), written={"loss/drone": {3: u}})
    assert day("2025-07-31") == 121
    assert {entry.day for entry in run.of_kind(Lost)} <= {121}
    assert sum(entry.units for entry in run.of_kind(Lost)) == lost


def test_the_oldest_units_are_lost_first() -> None:
    """Lots of three from day 100, two from day 110: of the eight, four are lost, three old ones and one of the next."""
    # Eight: 0.4918^8 = 0.0034; then 8 x 0.5082 x 0.4918^7 = 0.0283; 0.1023; 0.2115; 0.2732; sums 0.0034, 0.0317,
    # 0.1340, 0.3455, 0.6187: at 0.5 four are lost
    losing = fleet(buy(0, 6), buy(10, 2), loss=LOSING, horizon="2025-08-31")
    run = told(losing, written={"loss/drone": {3: 0.5, 4: 0.001}})
    assert_told(
        run,
        (Lost,),
        Lost(121, "maker#1", 0, "watch", "drone", 3),
        Lost(121, "maker#1", 1, "watch", "drone", 1),
    )
    # a month later the youngest of the first order goes before the second order; four left, P(0) = 0.0585
    run = told(losing, written={"loss/drone": {3: 0.5, 4: 0.67}})
    assert [(entry.day, entry.order, entry.lot, entry.units) for entry in run.of_kind(Lost)][2:] == [
        (152, "maker#1", 1, 2)
    ]


def test_a_lot_that_came_to_service_in_parts_is_lost_in_the_order_of_its_service() -> None:
    """The first lot has crews for two on day 100 and for its third on day 121; the second lot has none till then."""
    people = crew(2, seats_per_month=4, opening_day=91)
    world = fleet(loss=LOSING, missions=[mission(loss=LOSING, crew=people)], horizon="2025-08-31")
    run = told(world, written={"loss/drone": {3: 0.001, 4: 0.2}})
    assert days_and_units(run, Deployed) == [(100, 2), (121, 1), (121, 3)]
    # six on 31 August, u = 0.2: sums 0.0141, 0.1018, 0.3285: two, the oldest
    assert_told(run, (Lost,), Lost(152, "maker#1", 0, "watch", "drone", 2))


def test_each_product_has_its_own_losses() -> None:
    """One uniform a product and month: all drones are lost, no kite is."""
    world = fleet(
        buy(0, 2),
        buy(0, 2, "kites"),
        loss=LOSING,
        products=[product(), product("kite")],
        offers=[offer(), offer("kites", product="kite")],
        horizon="2025-07-31",
    )
    # two: P(0) = 0.2418, P(up to 1) = 0.7417
    run = told(world, written={"loss/drone": {3: 0.75}, "loss/kite": {3: 0.24}})
    assert_told(run, (Lost,), Lost(121, "maker#1", 0, "watch", "drone", 2))


def test_units_that_enter_service_on_the_last_day_of_a_month_share_its_losses() -> None:
    """Ordered on day 21, fielded on day 121, the last of July: fielding comes before losses."""
    world = fleet(buy(21, 2), missions=[mission(loss=given("share", 10_000))], horizon="2025-07-31")
    assert days_and_units(told(world), Deployed) == [(121, 2)]
    assert days_and_units(told(world), Lost) == [(121, 2)]


def test_units_on_their_way_cannot_be_lost() -> None:
    """In the works, at sea and on the road to base until day 130: nothing is lost on day 121."""
    world = fleet(missions=[mission(loss=given("share", 10_000), fielding=luck(10))], horizon="2025-07-31")
    run = told(world, written={"fielding/maker": {0: 30, 1: 30}})
    assert run.days_of(Lost) == []
    assert places(told(fleet(missions=[mission(fielding=luck(30), due_day=121)]))) == {"fielding": 6}


def test_the_opening_stock_is_not_lost() -> None:
    """A choice: what is in service on the first day is not modelled further."""
    world = fleet(missions=[mission(loss=given("share", 10_000), opening_stock=5)], horizon="2028-03-31")
    assert places(told(world)) == {"deployed": 5, "lost": 6}


def test_a_contingency_raises_the_losses_from_its_day_to_its_end() -> None:
    """Half of the drones a month from 15 August to September: two of four on 31 August, none before and after."""
    # four at 0.5: P(up to 1) = 5/16, P(up to 2) = 11/16
    losses = shock("losses", day("2025-08-15"), 5_000, "drone", end=day("2025-09-01"))
    run = told(fleet(buy(0, 4), shocks=(losses,)), written={"loss/drone": {3: 0.9999, 4: 0.5, 5: 0.9999}})
    assert [(entry.day, entry.lot, entry.units) for entry in run.of_kind(Lost)] == [(152, 0, 2)]


def test_a_contingency_strikes_only_the_products_it_names_and_never_lowers_a_loss() -> None:
    losses = shock("losses", 0, 10_000, "kite")
    assert told(fleet(shocks=(losses,))).days_of(Lost) == []
    # 0.508 a month of its own is more than the shock's 0.1: at 0.5 one of two is lost, not none
    weak = shock("losses", 0, 1_000, "drone")
    run = told(fleet(buy(0, 2), loss=LOSING, shocks=(weak,), horizon="2025-07-31"), written={"loss/drone": {3: 0.5}})
    assert days_and_units(run, Lost) == [(121, 1)]


def test_lost_units_leave_their_crews_to_those_that_wait() -> None:
    """Two crews, three units: when one is lost on day 121 the third has its crew the same day, and goes to its base."""
    world = fleet(buy(0, 3), missions=[mission(loss=LOSING, crew=crew(2), fielding=luck(4))], horizon="2025-08-15")
    run = told(world, written={"loss/drone": {3: 0.5}})
    assert days_and_units(run, Lost) == [(121, 1)]
    assert days_and_units(run, Crewed) == [(100, 2), (121, 1)]
    assert days_and_units(run, Deployed) == [(104, 2), (125, 1)]


def test_a_lost_unit_of_one_product_makes_room_for_another_product() -> None:
    """Blocks of four with twelve, twelve people: a drone's block is free only when its last drone is lost."""
    people = crew(12, block_units=4, people_per_block=given("person", 12))
    world = fleet(
        buy(0, 2),
        buy(5, 2, "kites"),
        missions=[mission(loss=LOSING, crew=people)],
        products=[product(), product("kite")],
        offers=[offer(), offer("kites", product="kite")],
        horizon="2025-08-31",
    )
    # of two drones one is lost on day 121 (0.5), the other on day 152 (one unit: kept with chance 0.4918)
    run = told(world, written={"loss/drone": {3: 0.5, 4: 0.5}})
    assert [(entry.day, entry.product) for entry in run.of_kind(Crewed)] == [(100, "drone"), (152, "kite")]


# --- groundings


def stopped(*orders: object, **changes: Any) -> Scenario:
    """A type that luck may stop for 90 days."""
    base = {"products": [product(grounding="stop")], "groundings": {"stop": grounding(90)}, "horizon": "2026-03-31"}
    return fleet(*orders, **{**base, **changes})


STOPS_ON_DAY_182 = {"grounding/drone": {2025: True}, "grounding_start/drone": {2025: 0.5}}
"""182.5/365 of the fiscal year."""


def test_a_grounded_type_stays_deployed_and_is_not_available() -> None:
    run = told(stopped(missions=[mission(due_day=271)]), written=STOPS_ON_DAY_182)
    assert_told(
        run,
        (Grounded, Available),
        Available(100, "watch", 3),
        Available(100, "watch", 6),
        Grounded(182, "drone", 272),
        Available(182, "watch", 0),
        Available(272, "watch", 6),
    )
    # the day before it flies again
    assert (row(run).deployed, row(run).available) == (6, 0)
    later = told(stopped(missions=[mission(due_day=272)]), written=STOPS_ON_DAY_182)
    assert (row(later).deployed, row(later).available) == (6, 6)


def test_a_grounding_lasts_as_long_as_luck_says() -> None:
    run = told(stopped(), written={**STOPS_ON_DAY_182, "grounding_length/drone": {2025: 10}})
    assert_told(run, (Grounded,), Grounded(182, "drone", 192))


def test_a_type_is_grounded_by_luck_at_most_once_a_fiscal_year_and_not_where_luck_spares_it() -> None:
    written = {
        "grounding/drone": {2025: True, 2026: False, 2027: True},
        "grounding_start/drone": {2025: 0.5, 2027: 0.001},
    }
    run = told(stopped(horizon="2028-03-31"), written=written)
    # 1 April 2027 is day 730; 0.001 x 366 is its first day
    assert run.days_of(Grounded) == [182, 730]


def test_no_grounding_is_drawn_before_the_as_of_day() -> None:
    run = told(stopped(buy(190, 6), as_of=190), written=STOPS_ON_DAY_182)
    assert run.days_of(Grounded) == []


def test_units_that_come_while_their_type_is_grounded_are_deployed_and_not_available() -> None:
    """Ordered on day 90, in service on day 190."""
    run = told(stopped(buy(0, 3), buy(90, 2)), written=STOPS_ON_DAY_182)
    assert days_and_units(run, Deployed) == [(100, 3), (190, 2)]
    assert_told(run, (Available,), *(Available(on, "watch", units) for on, units in ((100, 3), (182, 0), (272, 5))))


def test_a_grounding_by_shock_stops_the_products_it_names() -> None:
    """Drones stop on day 150 for 30 days; kites fly on."""
    world = fleet(
        buy(0, 2),
        buy(0, 5, "kites"),
        products=[product(), product("kite")],
        offers=[offer(), offer("kites", product="kite")],
        shocks=(shock("grounding", 150, 30, "drone"),),
    )
    assert_told(
        told(world),
        (Grounded, Available),
        Available(100, "watch", 5),
        Available(100, "watch", 7),
        Grounded(150, "drone", 180),
        Available(150, "watch", 5),
        Available(180, "watch", 7),
    )


def test_of_two_groundings_the_one_that_ends_later_counts() -> None:
    """By shock from day 150 to 180 and from day 160 to 170."""
    shocks = (shock("grounding", 150, 30, "drone"), shock("grounding", 160, 10, "drone", id="again"))
    run = told(fleet(shocks=shocks))
    assert_told(run, (Grounded,), Grounded(150, "drone", 180), Grounded(160, "drone", 180))
    assert [(entry.day, entry.units) for entry in run.of_kind(Available)][2:] == [(150, 0), (180, 6)]


def test_a_grounded_type_leaves_its_people_to_the_other() -> None:
    """Three drones, a kite, four people; two leave on day 152 and the drones have the rest, but while they stand."""
    # four: P(up to 1) = 0.3003, P(up to 2) = 0.6751
    people = crew(4, leaving=given("share", JUST_OVER_HALF_A_MONTH))
    world = fleet(
        buy(0, 3),
        buy(0, 1, "kites"),
        missions=[mission(crew=people)],
        products=[product(), product("kite")],
        offers=[offer(), offer("kites", product="kite")],
        shocks=(shock("grounding", 160, 15, "drone"),),
    )
    run = told(world, written={"leavers/watch": {**dict.fromkeys(range(6), 1e-9), 4: 0.5}})
    assert [(entry.day, entry.units) for entry in run.of_kind(Available)] == [
        (100, 1),
        (100, 4),
        (152, 2),  # two drones
        (160, 1),  # the kite
        (175, 2),
    ]


# --- the end of a life


def test_units_retire_when_their_life_ends() -> None:
    """Six months from 10 July, day 100, are 10 January, day 284."""
    run = told(fleet(missions=[mission(life_months=6)], horizon="2026-03-31"))
    assert (day("2025-07-10"), day("2026-01-10")) == (100, 284)
    assert_told(
        run,
        (Retired, Available),
        Available(100, "watch", 3),
        Available(100, "watch", 6),
        Retired(284, "maker#1", 0, "watch", "drone", 3),
        Available(284, "watch", 3),
        Retired(284, "maker#1", 1, "watch", "drone", 3),
        Available(284, "watch", 0),
    )


def test_a_life_that_would_end_on_a_day_the_month_has_not_ends_on_its_last() -> None:
    """31 August, day 152, and six months: 28 February, day 333."""
    run = told(fleet(buy(52, 2), missions=[mission(life_months=6)], horizon="2026-03-31"))
    assert days_and_units(run, Deployed) == [(152, 2)]
    assert (day("2026-02-28"), days_and_units(run, Retired)) == (333, [(333, 2)])


def test_only_what_is_left_of_a_lot_retires() -> None:
    """Of the lot of three, one is lost on day 121; the other two end on day 284."""
    # three: P(0) = 0.1189, P(up to 1) = 0.4877
    world = fleet(buy(0, 3), missions=[mission(loss=LOSING, life_months=6)], horizon="2026-03-31")
    calm = dict.fromkeys(range(4, 9), 1e-9)
    run = told(world, written={"loss/drone": {3: 0.4, **calm}})
    assert (days_and_units(run, Lost), days_and_units(run, Retired)) == ([(121, 1)], [(284, 2)])


def test_what_has_retired_is_not_lost_any_more() -> None:
    """The first order retires on day 284; on 31 January, day 305, one unit is lost: of the second order."""
    # three at 0.4: P(0) = 0.1189, P(up to 1) = 0.4877
    world = fleet(buy(0, 3), buy(100, 3), missions=[mission(loss=LOSING, life_months=6)], horizon="2026-02-15")
    run = told(world, written={"loss/drone": {**dict.fromkeys(range(3, 9), 1e-9), 9: 0.4}})
    assert days_and_units(run, Retired) == [(284, 3)]
    assert_told(run, (Lost,), Lost(305, "maker#2", 0, "watch", "drone", 1))


def test_parts_of_a_lot_retire_each_in_its_time() -> None:
    """Two from day 100, the third, whose crew comes on day 121, a last day of July: 10 and 31 January, 284 and 305."""
    people = crew(2, seats_per_month=1, opening_day=91)
    run = told(fleet(buy(0, 3), missions=[mission(crew=people, life_months=6)], horizon="2026-03-31"))
    assert days_and_units(run, Deployed) == [(100, 2), (121, 1)]
    assert days_and_units(run, Retired) == [(284, 2), (305, 1)]


def test_retired_units_leave_their_crews_to_those_that_wait() -> None:
    """Three crews, six units: the first three retire on day 284, the others have their crews that day."""
    run = told(fleet(missions=[mission(crew=crew(3), life_months=6)], horizon="2026-03-31"))
    assert days_and_units(run, Deployed) == [(100, 3), (284, 3)]


def test_a_life_without_end_ends_not() -> None:
    assert told(fleet(horizon="2028-03-31")).days_of(Retired) == []
