"""From order to works: tender, award, permit, and the day the first lot is due (R15, R16).

Each delay is counted once; a contract whose tender ends without money waits at the desk, its tender done.

Why: paper takes as long as production, and only one of them shows in a factory.
"""

from __future__ import annotations

from collections.abc import Generator
from math import isfinite, log
from typing import Any

from simpy import Event

from sim.engine.entries import Permitted, TenderFailed
from sim.engine.expectation import promise, promised_days
from sim.engine.ladder import LAST_LOT, Rung
from sim.engine.pricing import price
from sim.engine.trade import Contract, Order
from sim.engine.world import World
from sim.errors import OursError
from sim.rules.imports import lead_days, slip_bp
from sim.scenario.resolved import DatedOrder, Offer
from sim.units import round_half_up, share_of

Process = Generator[Event, Any, None]


def has_tender(order: Order) -> bool:
    """Whether the order goes out to tender (or a government sale) before it is signed."""
    if order.dated is not None:
        return order.dated.tender_open_since is not None
    return order.offer.tender_first is not None or order.offer.government_sale is not None


def begin(world: World, contract: Contract) -> None:
    """Send a contract to tender."""
    days = _tender_days(world, contract)
    world.days.start(_run(world, contract, max(1, days)))


def _run(world: World, contract: Contract, tender_days: int) -> Process:
    yield world.days.after(tender_days, Rung.RESULT, contract.rank)
    if contract.stage != "tender":
        return
    if _fails(world, contract.order):
        order = contract.order
        world.desk.drop(contract)
        today = world.days.today
        world.ledger.append(TenderFailed(today, contract.key, -1, order.mission.id, order.product.id, contract.units))
        return
    contract.tender_done = True
    if world.desk.award(contract):
        after_award(world, contract)


def _tender_days(world: World, contract: Contract) -> int:
    """Days from the order to the award; a government sale counts request, offer and any notification (R15)."""
    order, offer = contract.order, contract.order.offer
    if "tender" in world.lifted:
        return 1
    if order.dated is not None and order.dated.tender_open_since is not None:
        days = order.dated.tender_open_since + _open_tender_days(world, order.dated, offer) - world.days.today
        return days + _notification_days(world, contract)
    owner, number = order.owner, order.number
    if offer.government_sale is None:
        luck = offer.tender_first if order.first else offer.tender_later
        return world.stage_days(luck, f"tender/{owner}", number) - order.prepared_days
    days = world.stage_days(offer.government_sale.request, f"request/{owner}", number)
    days += world.stage_days(offer.government_sale.offer, f"offer_letter/{owner}", number)
    return days + _notification_days(world, contract)


def _notification_days(world: World, contract: Contract) -> int:
    """A government sale at or above the threshold waits for the legislature as well."""
    order, sale = contract.order, contract.order.offer.government_sale
    if sale is None or price(world, order, contract.units)[0] < sale.notification_minor_units:
        return 0
    return world.stage_days(sale.notification, f"notification/{order.owner}", order.number)


def _open_tender_days(world: World, dated: DatedOrder, offer: Offer) -> int:
    """The whole length of a tender that was open on the ``as_of`` day, given that it had not ended by then (R8)."""
    assert dated.tender_open_since is not None
    passed, owner = world.scenario.clock.as_of_day - dated.tender_open_since, f"dated/{dated.id}"
    if offer.tender_first is not None:
        return world.future.draw_beyond(offer.tender_first, f"tender/{owner}", 0, passed)
    sale = offer.government_sale
    if sale is None:
        raise OursError(f"{dated.id}: found an open tender on {offer.id}, which is signed at once; expected a tender")
    # The request is what leaves the offer a chance to be still open; the offer is what has not come yet.
    longest = sale.offer.belief.high()
    least = max(-1, passed - round_half_up(longest)) if isfinite(longest) else -1
    request = world.future.draw_beyond(sale.request, f"request/{owner}", 0, least)
    return request + world.future.draw_beyond(sale.offer, f"offer_letter/{owner}", 0, max(-1, passed - request))


def _fails(world: World, order: Order) -> bool:
    if order.offer.id in world.conditions.barred:
        return True
    if "tender" in world.lifted:
        return False
    chance = world.conditions.tender_failure(order.offer.id, world.future.whole(order.offer.failure_chance))
    return world.future.chance(chance, f"award/{order.owner}", order.number)


def after_award(world: World, contract: Contract) -> None:
    """The permit, then the works."""
    days = _permit_days(world, contract.order)
    if days == 0:
        _permitted(world, contract)
    else:
        world.days.start(_permit(world, contract, days))


def _permit(world: World, contract: Contract, days: int) -> Process:
    yield world.days.after(days, Rung.RESULT, contract.rank + LAST_LOT)
    if contract.stage == "approval":
        _permitted(world, contract)


def _starts_with_permit(order: Order) -> bool:
    """A dated order's lead runs from its contract, permit in hand, unless its tender was still open."""
    return order.dated is not None and order.dated.tender_open_since is None


def _permit_days(world: World, order: Order) -> int:
    offer = order.offer
    if offer.permit_first is None or _starts_with_permit(order) or "permits" in world.lifted:
        return 0
    days = world.stage_days(offer.permit_first, f"permit/{order.owner}", order.number)
    return days if order.first or order.dated is not None else share_of(days, offer.permit_later_share)


def _permitted(world: World, contract: Contract) -> None:
    order, today = contract.order, world.days.today
    contract.stage, contract.effective_day = "works", today
    if order.offer.line is not None:
        world.works[order.offer.id].take_in(contract)
        promise(world, contract)
        return
    world.ledger.append(Permitted(today, contract.key, -1, order.mission.id, order.product.id, contract.units))
    signed_is_effective = order.offer.lead_starts == "award" or _starts_with_permit(order)
    starts = contract.signed_day if signed_is_effective else today
    due = max(today, starts + _lead_days(world, order, starts))
    for lot in contract.lots:
        if not lot.recorded:
            lot.due_day = due
    promise(world, contract)
    world.works[order.offer.id].take_in(contract)


def _lead_days(world: World, order: Order, starts: int) -> int:
    """Promise times slip (R16)."""
    promised = promised_days(order)
    if "slip" in world.lifted:
        return promised
    name = order.offer.slip_class if order.dated is None else order.dated.slip_class
    lateness = world.scenario.suppliers[order.offer.supplier].lateness
    assert name is not None and lateness is not None, "only an import's lead slips"
    slip = world.scenario.slip_classes[name]
    share = world.future.whole(slip.supplier_share)
    supplier = world.future.score(lateness)
    stream = f"slip/{order.owner}"
    passed = world.scenario.clock.as_of_day - starts
    if order.dated is None or passed <= 0 or order.dated.deliveries:
        score = world.future.normal(stream, order.number)
        return lead_days(promised, slip_bp(slip.log_mean, slip.log_sd, share, supplier, score))
    order_sd = slip.log_sd * (1 - share / 10_000) ** 0.5
    if order_sd == 0:
        return max(passed + 1, lead_days(promised, slip_bp(slip.log_mean, slip.log_sd, share, supplier, 0.0)))
    supplier_part = slip.log_sd * (share / 10_000) ** 0.5 * supplier
    least = (log((passed + 0.5) / promised) - slip.log_mean - supplier_part) / order_sd
    score = world.future.normal_beyond(stream, order.number, least)
    # What has not come by the as_of day comes after it; the slip's rounding may fall short of that by a day.
    return max(passed + 1, lead_days(promised, slip_bp(slip.log_mean, slip.log_sd, share, supplier, score)))
