"""Home production, as resolved: firms' lines, the parts they need, who makes those, and who else asks for the product.

A home offer is an ``Offer`` whose ``line`` is set; its import fields are empty.

Why: both legs feed the same missions under the same money, so both are bought by the same kind of order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sim.scenario.resolved.beliefs import Input, Luck

User = Literal["military", "export"]
"""Whom a lot is made for: a ban on military users does not touch what is made for export."""


@dataclass(frozen=True, slots=True)
class Development:
    """Type development of a product that is not mature (R20): before the plant is prepared."""

    days: Luck
    cost_yen: Input
    failure_chance: Input
    """That an attempt fails; the development is then taken up again."""
    restart_share: int
    """Time of a new attempt as a share of the first's, basis points."""


@dataclass(frozen=True, slots=True)
class ToolingStep:
    """A step of tooling that can be bought: so many slots more."""

    slots: int
    """Units per 365 days."""
    yen: Input
    lead: Luck


@dataclass(frozen=True, slots=True)
class KitPart:
    """One family of a product's kit, sub-parts of its parts included."""

    family: str
    pieces: int
    """Pieces a unit."""
    yen: int
    """A piece's base price, before the spread of parts prices and the source's factor."""


@dataclass(frozen=True, slots=True)
class HomeLine:
    """A firm's line for one product (R19 to R25)."""

    firm: str
    plant: Literal["existing_line", "existing_building", "licensed_kits", "new_plant"]
    preparation: Luck | None
    """None: the line runs at the start."""
    development: Development | None
    """None: the product is mature."""
    commitment_units: int
    """Signed and due within two years, before the firm opens the line without any subsidy (R19)."""
    capital_yen: Input
    """The capital that a full subsidy would pay."""
    most_subsidy: int
    """The largest share of it that may be paid, basis points."""
    first_minutes: Input
    """Labour of unit 1, whole minutes."""
    slope: Input
    """Of Crawford's unit curve, basis points."""
    floor_minutes: int
    heads_at_start: int
    intake_a_month: int
    most_heads: int
    minutes_a_head_day: int
    """Per calendar day, days off averaged in."""
    slots: Input
    """Tooling: units per 365 days."""
    step: ToolingStep | None
    yield_first: Input
    yield_last: Input
    """First-pass yield of unit 1 and in the long run, basis points (R22)."""
    yield_scale_units: int
    rework_share: Input
    """Of a unit's minutes, for a unit that does not pass at first."""
    forgetting_grace_days: int
    forgetting_halving_days: int
    """A break beyond the grace halves the count of units learnt from, for each of these spans."""
    kit: tuple[KitPart, ...]
    """By family."""
    parts_spread: Input
    """Factor on every base price of the kit."""
    parts_slope: Input
    """Of the parts' value with the product's cumulative output; 10,000 is constant (R25)."""
    labour_yen_hour: Input
    overhead_yen: Input
    """A unit."""
    margin: Input

    @property
    def runs_at_start(self) -> bool:
        """Whether there is nothing to open: no plant to prepare and no type to develop."""
        return self.preparation is None and self.development is None


@dataclass(frozen=True, slots=True)
class Firm:
    """A home firm; it is also among the suppliers."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class PartFamily:
    """A kind of part."""

    id: str
    title: str
    first_source: str
    """The source every firm buys from at the start."""
    second_source: str | None
    """The source a lever may qualify."""
    qualification: Luck | None
    qualification_yen: Input | None
    """Of a second source, a product."""


@dataclass(frozen=True, slots=True)
class PartSource:
    """A maker, or the makers of one country, of one part family (R24)."""

    id: str
    title: str
    family: str
    origin: str
    capacity: Input | None
    """Pieces per 365 days for all firms together; None is no limit."""
    lead: Luck
    """From the order to the departure, days."""
    price_factor: Input
    """On the kit's base price."""


@dataclass(frozen=True, slots=True)
class PartWindow:
    """A time in which only a share of part orders departs (R24), common to all sources of an origin and family."""

    id: str
    title: str
    origins: tuple[str, ...]
    """Empty: all."""
    families: tuple[str, ...]
    """Never empty; all are written out."""
    users: tuple[User, ...]
    day: int | None
    """It opens on this day with certainty; None: by luck, at most once a month, from ``as_of`` on."""
    a_year: Input | None
    """Windows a year, events in basis points, where it opens by luck."""
    most_families: int | None
    """Where set, each window hits 1 to so many of the families, chosen by luck; None: all of them."""
    share: Luck
    """That still departs, basis points."""
    lead_factor: Luck | None
    """On the lead of orders placed in the window; None: 1."""
    length: Luck | None
    """None: it stays open."""
    stays_open: Input | None
    """Chance that it stays open whatever its length."""


@dataclass(frozen=True, slots=True)
class KnownRequest:
    """An export request that is on record."""

    day: int
    units: int


@dataclass(frozen=True, slots=True)
class ExportRequests:
    """Requests from abroad for a home product (R26)."""

    id: str
    offer: str
    a_year: Input | None
    """Requests a year, events in basis points; at most one a month; None: only the known ones."""
    units: Luck | None
    known: tuple[KnownRequest, ...]


@dataclass(frozen=True, slots=True)
class SubsidyLever:
    """A capital subsidy for a line, from a day on."""

    offer: str
    share: int
    """Of the line's capital, basis points."""
    day: int
    line: str
    """The budget line that pays."""


@dataclass(frozen=True, slots=True)
class ToolingLever:
    """Tooling steps for a line."""

    offer: str
    steps: int
    day: int | None
    """None: when the line opens."""
    line: str


@dataclass(frozen=True, slots=True)
class SecondSourceLever:
    """Qualify the second source of a family for a line's product, and buy a share there."""

    offer: str
    family: str
    share: int
    """Of each part order, basis points, once qualified."""
    day: int
    line: str


@dataclass(frozen=True, slots=True)
class LongLeadLever:
    """Parts bought ahead of any order."""

    offer: str
    families: tuple[str, ...]
    weeks: int
    """Of expected need."""
    day: int
    line: str


@dataclass(frozen=True, slots=True)
class HomeLevers:
    """What a policy does for home production beside ordering (R32)."""

    subsidies: tuple[SubsidyLever, ...] = ()
    tooling: tuple[ToolingLever, ...] = ()
    second_sources: tuple[SecondSourceLever, ...] = ()
    long_lead: tuple[LongLeadLever, ...] = ()
    safety_months: Mapping[str, int] | None = None
    """Family -> months of use in stock, basis points of a month; None: none anywhere."""
    export_share: int = 0
    """Largest share of a line's minutes over twelve months for exports, basis points; 0 accepts none."""
    development_line: str | None = None
    """The budget line that pays for type development; None: the firm waits for none and pays itself nothing."""
