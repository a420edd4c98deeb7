"""What an order costs, and how much of it some money buys (R10, R18).

Units are priced as if signed today, at the budget rate of this fiscal year; only what was signed before the start has
the rate of its own year.

Why: a reservation, a signature and a rest have to agree on one price.
"""

from __future__ import annotations

from bisect import bisect_right

from sim.engine.trade import Order
from sim.engine.world import World
from sim.rules.money import largest_affordable, order_price_minor, price_at_signing
from sim.units import divide_half_up, yen_of


def signing_day(world: World, order: Order) -> int:
    """Today, but for what was signed before the start."""
    today = world.days.today
    return today if order.dated is None or not order.is_past else min(today, order.dated.contract_day)


def least_units(order: Order, part: int) -> int:
    """The fewest units a contract may have: the supplier's minimum for an order, anything for its rest (R10)."""
    return 1 if part else max(1, min(order.offer.minimum_order, order.units))


def price(world: World, order: Order, units: int) -> tuple[int, int]:
    """(minor units, yen at the budget rate of the signing year) of so many units."""
    if order.offer.line is not None and order.dated is None:
        # Behind what is built and signed: the order's place on the line's curve (R25).
        line = world.industry.lines[order.offer.id]
        yen = line.costing.price(line.learnt + line.units_ahead(), units)
        return yen, yen
    if order.dated is not None:
        # A dated order has its stated value, pro rata.
        minor = divide_half_up(world.future.whole(order.dated.value) * units, order.dated.quantity)
    else:
        minor = order_price_minor(units, _list_price(world, order), *_breaks(order))
    rate, minor_per_major = _budget_rate(world, order)
    return minor, yen_of(minor, rate, minor_per_major)


def affordable(world: World, order: Order, wanted: int, free_yen: int) -> int:
    """The largest quantity whose whole price fits (R10); all of it where money is no limit or the contract is past."""
    if "money" in world.lifted or order.is_past:
        return wanted
    if order.dated is not None or order.offer.line is not None:
        return bisect_right(range(wanted + 1), free_yen, key=lambda units: price(world, order, units)[1]) - 1
    listed = _list_price(world, order)
    return largest_affordable(free_yen, wanted, listed, *_breaks(order), *_budget_rate(world, order))


def _list_price(world: World, order: Order) -> int:
    """A unit's price today, minor units (R18)."""
    whole, offer = world.future.whole, order.offer
    assert offer.price is not None and offer.escalation is not None, "a home offer is priced by its line"
    return price_at_signing(whole(offer.price), whole(offer.escalation), world.days.today)


def _breaks(order: Order) -> tuple[list[int], list[int]]:
    breaks = order.offer.breaks
    if not breaks:
        return [], []
    return [start for start, _ in breaks], [basis_points for _, basis_points in breaks]


def _budget_rate(world: World, order: Order) -> tuple[int, int]:
    """(1/10,000 yen per major unit, minor units in a major one)."""
    currency = order.offer.currency
    year = world.scenario.clock.calendar.fiscal_year(signing_day(world, order))
    return world.market.budget_rate(currency, year), world.market.minor_per_major[currency]
