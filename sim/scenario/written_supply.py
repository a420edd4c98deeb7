"""The suppliers' sections of a scenario file as written: suppliers, offers, windows, past and announced orders.

Rules R8 and R15 to R18; each delay is counted once, and each offer states where its lead starts.

Why: most of a plan's risk stands here, and none of it is in the planner's hands.
"""

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.fields import (
    Counts,
    CurrencyName,
    Date,
    DatedOfferName,
    Days,
    Fraction,
    LineName,
    MissionName,
    ProductName,
    SlipClassName,
    Sourced,
    SupplierName,
    Text,
    Units,
    WindowName,
)
from sim.scenario.kinds import (
    ChanceParameter,
    DayLuck,
    EscalationParameter,
    FactorLuck,
    FixedLog,
    FixedLogSd,
    FixedPrice,
    FixedShare,
    GrowthParameter,
    PriceParameter,
    RateGrowthParameter,
    RateParameter,
    ShareParameter,
)


class SupplierWritten(Sourced):
    """A foreign supplier; its lateness is a standard normal input at ``suppliers.<id>.lateness``."""

    title: Text
    """Plain name."""
    country: Text
    """Home country, in full."""


class SlipClassWritten(Sourced):
    """How outcomes divide by promises (R16): a log-normal, shared by supplier and order."""

    log_mean: FixedLog
    """Mean of log(outcome / promise)."""
    log_sd: FixedLogSd
    """Standard deviation of log(outcome / promise), whole."""
    supplier_share: ShareParameter
    """Share of the log-variance that is the supplier's, once a future."""


class WindowWritten(Sourced):
    """A time in which suppliers serve somebody else first (R17)."""

    title: Text
    """Plain name."""
    chance: ChanceParameter
    """That it opens, in each fiscal year."""
    factor: FactorLuck
    """What rates fall to."""
    length: DayLuck
    """How long it lasts."""


class Break(Sourced):
    """A price break."""

    from_units: Annotated[Units, Field(alias="from")]
    """From this quantity on."""
    discount: FixedShare
    """Off the list price."""


class Tender(Sourced):
    """From the order to the award."""

    first: DayLuck
    """The first order on the offer."""
    later: DayLuck
    """Orders after it."""


class Notification(Sourced):
    """The notification of a large government sale."""

    days: DayLuck
    """How long it takes."""
    threshold: FixedPrice
    """An order worth at least this much needs it."""


class GovernmentSaleWritten(Sourced):
    """The steps of a US government sale before the signed offer."""

    request: DayLuck
    """Writing the request."""
    offer: DayLuck
    """From the request to the signed offer."""
    notification: Notification | None = None
    """For orders above a threshold; without it, never."""


class Permit(Sourced):
    """Export approval."""

    first: DayLuck
    """The first order on the offer."""
    later_share: Annotated[Fraction, Counts("share")]
    """Time of later orders as a share of the first's."""


class Promise(Sourced):
    """What the supplier promises, from where the lead starts to leaving the works."""

    first_days: Days
    """The first order on the offer."""
    later_days: Days
    """Orders after it on the offer."""


class PaymentWritten(Sourced):
    """One step of a payment schedule."""

    at: Literal["signing", "after_signing", "delivery"]
    """When; delivery is pro rata with each lot's arrival."""
    share: Annotated[float, Field(strict=True, gt=0, le=100), Counts("percent")]
    """Percent of the price; the steps add up to 100."""
    days: Annotated[Days | None, Counts("day")] = None
    """Days after signing, for ``after_signing`` only."""


class OfferWritten(Sourced):
    """A product from one supplier through one channel."""

    title: Text
    """Plain name."""
    product: ProductName
    """What is sold."""
    supplier: SupplierName
    """Who sells it."""
    channel: Literal["direct", "fms"]
    """Direct import, or a US government sale."""
    currency: CurrencyName
    """The price's currency."""
    price: PriceParameter
    """List price of one unit."""
    escalation: EscalationParameter
    """Growth of the list price a year, from the start to the signing (R18)."""
    growth_after_signing: GrowthParameter
    """Share of the value that is charged on top with the delivery payments (R12)."""
    breaks: list[Break] = Field(default_factory=list)
    """Price breaks, in ascending order of quantity."""
    minimum_order: Units
    """Smallest order."""
    lot: Units
    """Units that move together."""
    first_lot: Units
    """Units of an order's first lot."""
    tender: Tender | None = None
    """Tender and award; without it an order is signed at once, or goes through a government sale."""
    government_sale: GovernmentSaleWritten | None = None
    """For the channel ``fms``."""
    failure_chance: ShareParameter
    """That an order comes to nothing at the award."""
    permit: Permit | None = None
    """Export approval; without it, none is needed."""
    lead_starts: Literal["permit", "award"]
    """The promise counts from the award with the permit in hand, or from the award."""
    promise: Promise
    """The supplier's own promise, net of permit and shipping."""
    slip_class: SlipClassName
    """How outcomes divide by the promise."""
    rate: RateParameter | None = None
    """Units this buyer gets a year; without it, no limit."""
    rate_growth: RateGrowthParameter
    """Growth of the rate a month, from the start."""
    windows: list[WindowName] = Field(default_factory=list)
    """Times in which the supplier serves somebody else first."""
    shipping: DayLuck
    """From the works to the dock."""
    payments: Annotated[list[PaymentWritten], Field(min_length=1)]
    """The payment schedule."""


class DeliveryWritten(Sourced):
    """Units whose arrival is on record or firmly dated."""

    day: Date
    """Day of arrival."""
    units: Units
    """How many."""


class DatedOrderWritten(Sourced):
    """An order that no policy decides: signed before ``as_of``, or announced."""

    offer: DatedOfferName
    """The offer it was placed on."""
    mission: MissionName
    """The mission it serves."""
    quantity: Units
    """Units ordered."""
    value: PriceParameter
    """The whole order's value."""
    line: LineName
    """The budget line that pays."""
    contract: Date | None = None
    """Day of the contract, or of the order where it is announced; left out while the tender is open."""
    promise_days: Days
    """The supplier's promise, net of permit and shipping."""
    slip_class: SlipClassName
    """How outcomes divide by the promise."""
    status: Literal["history", "announced"]
    """Before ``as_of``, or from it on."""
    deliveries: list[DeliveryWritten] = Field(default_factory=list)
    """Arrivals of all its units; without them the lead is drawn."""
    tender_open_since: Date | None = None
    """History still in tender on ``as_of``: the day it went out."""
