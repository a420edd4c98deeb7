"""A lot's way from the works into service: at sea, type approval, acceptance test, crew, carriage to base (R27, R28).

A stage of no days passes the same day; a stage that queues lasts at least one.

Why: a drone on the quay is not a drone in service, and most plans forget the difference.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from simpy import Event

from sim.engine.entries import Accepted, Arrived, Crewed, Deployed, made
from sim.engine.expectation import restate
from sim.engine.ladder import Rung
from sim.engine.outlays import pay_delivery
from sim.engine.trade import Lot
from sim.engine.world import World

Process = Generator[Event, Any, None]


def sail(world: World, lot: Lot, days: int | None = None, rung: int = Rung.ARRIVED, rank: int | None = None) -> None:
    """A lot has left the works; ``days`` at sea where on record, ``rung`` and ``rank`` where the day is late."""
    order = lot.contract.order
    if days is None:
        days = world.stage_days(order.offer.shipping, f"shipping/{order.owner}", lot.luck_index)
    world.days.start(_into_service(world, lot, days, rung, lot.rank if rank is None else rank))


def _into_service(world: World, lot: Lot, days_at_sea: int, rung: int, rank: int) -> Process:
    order = lot.contract.order
    mission = order.mission
    # A recorded arrival leaves and arrives on one day, works rung before arrival rung.
    yield world.days.after(days_at_sea, rung, rank)
    _enter(world, Arrived, lot, lot.units)
    lot.place = "acceptance"
    restate(world, lot, arrived=True)
    pay_delivery(world, lot)

    approved = world.approvals.arrived(order.product)
    if approved > world.days.today:
        yield world.days.after(approved - world.days.today, Rung.RESULT, lot.rank)
        restate(world, lot, arrived=True)

    test_days = _test_days(world, lot)
    bench = None if mission.bench is None or "acceptance" in world.lifted else world.benches[mission.bench]
    if bench is not None:
        yield bench.tested(lot, test_days)
        bench.leave()
    elif test_days:
        yield world.days.after(test_days, Rung.ACCEPTED, lot.rank)
    _enter(world, Accepted, lot, lot.units)
    lot.place = "waiting_crew"
    world.crews.join(lot)


def _test_days(world: World, lot: Lot) -> int:
    """Days of a lot's test; where the test is no limit one day, or none if it took none (R38)."""
    order = lot.contract.order
    days = world.draw(order.mission.acceptance, f"acceptance/{order.owner}", lot.luck_index)
    if "acceptance" not in world.lifted:
        return days
    return min(days, 1) if order.mission.bench is None else 1


def crewed(world: World, lot: Lot, units: int) -> None:
    """Units of a lot have their crews and go to their base."""
    order = lot.contract.order
    _enter(world, Crewed, lot, units)
    lot.crewed += units
    world.fielding[order.mission.id] += units
    days = world.draw(order.mission.fielding, f"fielding/{order.owner}", lot.luck_index)
    if days == 0:
        _deploy(world, lot, units)
    else:
        world.days.call(world.days.today + days, Rung.FIELDED, lot.rank, lambda _: _deploy(world, lot, units))


def _deploy(world: World, lot: Lot, units: int) -> None:
    _enter(world, Deployed, lot, units)
    world.fielding[lot.contract.order.mission.id] -= units
    lot.contract.left -= units
    if lot.crewed == lot.units:
        lot.place = "deployed"
        pipeline = world.pipeline[lot.contract.order.mission.id]
        if not lot.contract.left:
            pipeline.remove(lot.contract)
    world.fleet.deployed(lot, units)


def _enter(
    world: World, kind: type[Arrived] | type[Accepted] | type[Crewed] | type[Deployed], lot: Lot, units: int
) -> None:
    contract = lot.contract
    order = contract.order
    world.ledger.append(
        made(kind, (world.days.today, contract.key, lot.number, order.mission.id, order.product.id, units))
    )
