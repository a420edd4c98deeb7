"""What the buyer expects of a contract: its promised days, restated whenever a stage is passed.

Only published times enter; a promise in the past stays in the past until the next stage is passed.

Why: a rule that fills a gap has to know what is already on its way, as the buyer knows it.
"""

from __future__ import annotations

from sim.engine.trade import Contract, Lot, Order
from sim.engine.world import World
from sim.policy.promises import Typical, deployments
from sim.policy.ramp import Ramp


def promised_days(order: Order) -> int:
    """The promise this order was given, days."""
    if order.dated is not None:
        return order.dated.promise_days
    return order.offer.promise_first_days if order.first else order.offer.promise_later_days


def promise(world: World, contract: Contract) -> None:
    """Restate the expected day of service of each lot from the stage the contract has reached."""
    order, days = contract.order, world.typical[contract.order.offer.id]
    if days.ramp is not None:
        _promise_home(world, contract, days, days.ramp)
        return
    # A dated order's promise runs from its signature, which may lie before the start.
    starts = contract.signed_day if order.dated is not None and contract.stage != "tender" else world.days.today
    leaving = starts + promised_days(order)
    if contract.stage == "tender" and not contract.tender_done:
        leaving += days.tender_first if order.first else days.tender_later
    with_permit = order.dated is not None and order.dated.tender_open_since is None
    if contract.stage in ("tender", "approval") and not with_permit:
        leaving += days.permit_first if order.first else days.permit_later
    before = _ahead(world, contract)
    if before and days.rate_milli:
        leaving = max(leaving, world.days.today + before * 365_000 // days.rate_milli)
    approved = world.approvals.is_approved(order.product)
    for lot, day in zip(contract.lots, deployments(leaving, contract.sizes, days, approved), strict=True):
        lot.expected_day = day


def _promise_home(world: World, contract: Contract, days: Typical, ramp: Ramp) -> None:
    """A home contract's lots by the planned ramp, behind what is signed before it and from where the line stands."""
    order, today = contract.order, world.days.today
    ready = world.industry.ready_in(order.offer.id)
    starts = today + (days.opening if ready is None else ready)
    if contract.stage == "tender" and not contract.tender_done:
        starts += days.tender_first if order.first else days.tender_later
    after = days.after_arrival + (0 if world.approvals.is_approved(order.product) else days.trial)
    built, units = world.industry.built(order.offer.id), _ahead(world, contract)
    for lot, size in zip(contract.lots, contract.sizes, strict=True):
        units += size
        lot.expected_day = starts + ramp.days_after(built, units) + after


def _ahead(world: World, contract: Contract) -> int:
    """Units of the buyer's own earlier contracts that the same works have still to make."""
    ahead = 0
    for each in world.pipeline[contract.order.mission.id]:
        if each is contract:
            break
        if each.order.offer.id == contract.order.offer.id:
            ahead += each.in_works
    return ahead


def restate(world: World, lot: Lot, *, arrived: bool) -> None:
    """A lot is on its way, or in the country: its day of service follows from today."""
    days = world.typical[lot.contract.order.offer.id]
    lot.expected_day = world.days.today + days.after_arrival + (0 if arrived else days.shipping)
