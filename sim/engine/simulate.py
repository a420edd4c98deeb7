"""The front door: one policy meets one future, and a run comes out.

``simulate`` reads its two arguments and nothing else; the certain facts are part of the future.

Why: whatever a run could depend on can be read from its signature.
"""

from __future__ import annotations

from collections.abc import Callable

from simpy import Environment

from sim.engine.approval import Approvals
from sim.engine.budget import Budget
from sim.engine.buyer import Buyer
from sim.engine.crews import COURSE_RANK, Crews
from sim.engine.desk import Desk
from sim.engine.entries import DueRecord, Entry, MonthEnd
from sim.engine.fleet import GROUNDING_RANK, Fleet
from sim.engine.ladder import Days, Rung
from sim.engine.ledger import Run
from sim.engine.market import Market
from sim.engine.running_cost import RunningCost
from sim.engine.shocks import Conditions
from sim.engine.station import Station
from sim.engine.treasury import Treasury
from sim.engine.works import Works
from sim.engine.world import NO_LIMIT_LIFTED, World
from sim.future import Future
from sim.policy.observation import Policy
from sim.policy.promises import typical

MONTHLY_RANK = 1 << 20


def simulate(
    policy: Policy,
    future: Future,
    *,
    lifted: frozenset[str] = NO_LIMIT_LIFTED,
    environment: Callable[[], Environment] = Environment,
) -> Run:
    """Run one policy against one future, from the start to the end of the horizon's day.

    Parameters
    ----------
    policy
        What the buyer chooses.
    future
        What the buyer does not choose; it carries its scenario.
    lifted
        Limits that do not hold (R38), by name.
    environment
        Makes the SimPy environment; tests pass one that shuffles or checks.

    Raises
    ------
    EventLimitExceeded
        When the run schedules more events than the scenario allows.
    """
    env = environment()
    world = _build(future, Days(env, future.scenario.experiment.event_limit), lifted)
    buyer = Buyer(world, policy)
    budget = Budget(world, buyer.review_on_passage)
    _open(world, buyer, budget)
    horizon = future.scenario.clock.horizon_day
    env.run(until=horizon + 1)
    if horizon == future.scenario.clock.calendar.fiscal_year_end(future.scenario.clock.calendar.fiscal_year(horizon)):
        budget.close_year(horizon)
    return Run(
        scenario=future.scenario,
        policy_id=policy.id,
        parameter_number=future.parameter_number,
        luck_number=future.luck_number,
        entries=tuple(world.ledger),
        events=world.days.scheduled,
    )


def _build(future: Future, days: Days, lifted: frozenset[str]) -> World:
    scenario, whole = future.scenario, future.whole
    ledger: list[Entry] = []
    shares = {line.id: whole(line.carry_over_share) for line in scenario.lines.values()}
    treasury = Treasury(shares, scenario.clock.calendar.fiscal_year(0), ledger, "money" in lifted)
    world = World(
        scenario=scenario,
        future=future,
        days=days,
        ledger=ledger,
        treasury=treasury,
        market=Market(scenario, future, ledger),
        typical={offer.id: typical(scenario, offer) for offer in scenario.offers.values()},
        lifted=lifted,
    )
    world.conditions = Conditions(world)
    world.desk = Desk(world)
    world.works = {offer.id: Works(world, offer, place) for place, offer in enumerate(scenario.offers.values())}
    world.approvals = Approvals(scenario, future, days, ledger, lifted)
    world.benches = {
        bench.id: Station(days, whole(bench.places), place) for place, bench in enumerate(scenario.benches.values())
    }
    world.crews = Crews(world)
    world.fleet = Fleet(world)
    return world


def _open(world: World, buyer: Buyer, budget: Budget) -> None:
    world.market.open()
    world.conditions.open()
    world.fleet.open()
    _running_costs(world)
    buyer.open()
    budget.open()
    _months(world)
    _groundings(world)
    for place, mission in enumerate(world.scenario.missions.values()):
        if mission.due_day <= world.scenario.clock.horizon_day:
            entry = DueRecord(mission.due_day, mission.id)
            world.days.call(mission.due_day, Rung.RECORD, place, lambda _, entry=entry: world.ledger.append(entry))


def _running_costs(world: World) -> None:
    """Publish what a unit in service costs a year."""
    whole = world.future.whole
    for mission in world.scenario.missions.values():
        yen = 0 if mission.running_cost_yen is None else whole(mission.running_cost_yen)
        share = 0 if mission.running_cost_share is None else whole(mission.running_cost_share)
        world.ledger.append(RunningCost(0, mission.id, yen, share))


def _months(world: World) -> None:
    """What happens once a month: rates move, classes start, people leave, units are lost, the month is recorded."""
    clock, days = world.scenario.clock, world.days
    calendar = clock.calendar
    for day in calendar.month_starts(0, clock.horizon_day):
        month = calendar.month_index(day)
        if day > 0:
            days.call(day, Rung.SHOCK, MONTHLY_RANK, lambda _, day=day, month=month: world.market.step(day, month))
        days.call(day, Rung.START, COURSE_RANK, lambda _, day=day: world.crews.start_classes(day))
    for day in calendar.month_ends(0, clock.horizon_day):
        month = calendar.month_index(day)
        days.call(day, Rung.PEOPLE, MONTHLY_RANK, lambda _, day=day, month=month: world.crews.leave(day, month))
        days.call(day, Rung.LOST, (1 << 47) + 1, lambda _, day=day, month=month: world.fleet.lose(day, month))
        days.call(day, Rung.RECORD, MONTHLY_RANK, lambda _, day=day: world.ledger.append(MonthEnd(day)))
    for place, mission in enumerate(world.scenario.missions.values()):
        crew = mission.crew
        if crew is None or not 0 <= crew.opening_day <= clock.horizon_day:
            continue
        if calendar.date(crew.opening_day).day != 1:
            days.call(
                crew.opening_day,
                Rung.START,
                COURSE_RANK + 1 + place,
                lambda _, id=mission.id: world.crews.open_course(id),
            )


def _groundings(world: World) -> None:
    """Groundings by luck: at most one begins in each fiscal year for each product, none before ``as_of`` (R8, R29)."""
    scenario, future = world.scenario, world.future
    clock = scenario.clock
    for place, product in enumerate(scenario.products.values()):
        if product.grounding is None:
            continue
        group = scenario.groundings[product.grounding]
        for year in range(
            clock.calendar.fiscal_year(clock.as_of_day), clock.calendar.fiscal_year(clock.horizon_day) + 1
        ):
            if not future.chance(future.whole(group.chance), f"grounding/{product.id}", year):
                continue
            first, last = clock.calendar.fiscal_year_start(year), clock.calendar.fiscal_year_end(year)
            day = first + int(future.uniform(f"grounding_start/{product.id}", year) * (last - first + 1))
            if clock.as_of_day < day <= clock.horizon_day:
                length = future.draw(group.length, f"grounding_length/{product.id}", year)
                rank = GROUNDING_RANK - 1 - place
                world.days.call(
                    day, Rung.LOST, rank, lambda _, product=product, length=length: world.fleet.ground(product, length)
                )
