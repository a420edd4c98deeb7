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
from sim.engine.crews import Crews
from sim.engine.desk import Desk
from sim.engine.entries import Entry
from sim.engine.fleet import Fleet
from sim.engine.home import Industry
from sim.engine.ladder import Days
from sim.engine.ledger import Run
from sim.engine.market import Market
from sim.engine.rhythm import set_in_motion
from sim.engine.running_cost import RunningCost
from sim.engine.shocks import Conditions
from sim.engine.station import Station
from sim.engine.treasury import Treasury
from sim.engine.works import Works
from sim.engine.world import LIMITS, NO_LIMIT_LIFTED, World
from sim.errors import OursError
from sim.future import Future
from sim.policy.observation import Policy
from sim.policy.promises import typicals


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
    OursError
        When ``lifted`` names a limit there is not.
    """
    unknown = sorted(lifted - LIMITS)
    if unknown:
        raise OursError(f"no limit is called {', '.join(unknown)}; there are {', '.join(sorted(LIMITS))}")
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
        typical=typicals(scenario),
        lifted=lifted,
    )
    world.conditions = Conditions(world)
    world.desk = Desk(world)
    world.industry = Industry(world)
    world.works = {
        offer.id: Works(world, offer, place) if offer.line is None else world.industry.lines[offer.id]
        for place, offer in enumerate(scenario.offers.values())
    }
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
    if world.scenario.firms:
        world.industry.open()
    buyer.open()
    budget.open()
    set_in_motion(world)


def _running_costs(world: World) -> None:
    """Publish what a unit in service costs a year."""
    whole = world.future.whole
    for mission in world.scenario.missions.values():
        yen = 0 if mission.running_cost_yen is None else whole(mission.running_cost_yen)
        share = 0 if mission.running_cost_share is None else whole(mission.running_cost_share)
        world.ledger.append(RunningCost(0, mission.id, yen, share))
