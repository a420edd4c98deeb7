"""Suppliers, offers and dated orders, as resolved.

Each delay of an offer is stated once, in the order in which an order meets them.

Why: a promise that holds a permit inside it would count the permit twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sim.scenario.resolved.beliefs import Input, Luck
from sim.scenario.resolved.home import HomeLine
from sim.scenario.resolved.money import Payment


@dataclass(frozen=True, slots=True)
class SlipClass:
    """How outcomes divide by promises (R16): log-normal, its log-variance shared by supplier and order."""

    id: str
    log_mean: float
    log_sd: float
    supplier_share: Input
    """Share of the log-variance that is the supplier's, once a future; the rest is the order's luck."""


@dataclass(frozen=True, slots=True)
class Supplier:
    """A supplier, or a home firm; a foreign one's lateness is one standard normal score a future (R16)."""

    id: str
    title: str
    country: str
    lateness: Input | None
    """None for a home firm."""


@dataclass(frozen=True, slots=True)
class SupplierWindow:
    """A time in which suppliers serve somebody else first (R17): by luck, per fiscal year."""

    id: str
    title: str
    chance: Input
    factor: Luck
    length: Luck


@dataclass(frozen=True, slots=True)
class GovernmentSale:
    """The steps of a US government sale before the signed offer (R15)."""

    request: Luck
    offer: Luck
    notification: Luck | None
    notification_minor_units: int
    """An order worth at least this much waits for the notification as well."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A product from one supplier through one channel.

    A home offer (channel ``domestic``) has a line and none of the import fields: no price of its own, no growth, no
    permit, no promise, no slip, no rate, no shipping.
    """

    id: str
    title: str
    product: str
    supplier: str
    channel: Literal["direct", "fms", "domestic"]
    currency: str
    price: Input | None
    """Minor units per unit; None: the line's own price (R25)."""
    escalation: Input | None
    """Of the list price, share a year from the start to the signing day (R18)."""
    growth_after_signing: Input | None
    """Share of the value, charged with the delivery payments (R12)."""
    breaks: tuple[tuple[int, int], ...]
    """(from this quantity on, price in basis points of the list price), ascending."""
    minimum_order: int
    lot: int
    first_lot: int
    tender_first: Luck | None
    tender_later: Luck | None
    """None for both: no tender, signed at once."""
    government_sale: GovernmentSale | None
    failure_chance: Input
    permit_first: Luck | None
    permit_later_share: int
    """Basis points of the first permit's time for later orders."""
    lead_starts: Literal["permit", "award"]
    """The promise counts from the award with the permit in hand, or from the award (R15)."""
    promise_first_days: int
    promise_later_days: int
    slip_class: str | None
    rate: Input | None
    """Units per ``rate_period_days`` for this buyer; None is no limit."""
    rate_period_days: int
    rate_growth: Input | None
    """Share a month, from the start."""
    windows: tuple[str, ...]
    shipping: Luck | None
    payments: tuple[Payment, ...]
    line: HomeLine | None = None
    """The home line that makes it; None for an import."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A lot of a past order whose arrival is on record."""

    day: int
    units: int


@dataclass(frozen=True, slots=True)
class DatedOrder:
    """An order the buyer's rule does not decide: history (before ``as_of``) or announced (R8)."""

    id: str
    offer: str
    mission: str
    quantity: int
    value: Input
    """Whole order, minor units of the offer's currency."""
    line: str
    contract_day: int
    promise_days: int
    slip_class: str
    status: Literal["history", "announced"]
    deliveries: tuple[Delivery, ...]
    """Arrivals on record or firmly dated; empty where the lead is drawn."""
    tender_open_since: int | None
    """A history order still in tender on ``as_of``: the day it went out. Its award is drawn from what remains."""
