"""The home sections of a scenario file as written: firms, their lines, the parts they need, who makes those, exports.

Rules R19 to R26; a home offer is bought like any other, and what follows its award is a line instead of a promise.

Why: a line is held back by people, tooling or parts, and a plan that cannot tell which cannot buy the right one.
"""

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from sim.scenario.fields import (
    LIST,
    WORD,
    Counts,
    Date,
    Days,
    FamilyName,
    FirmName,
    Fraction,
    HomeOfferName,
    OriginName,
    PartSourceName,
    People,
    ProductName,
    Sourced,
    Stock,
    Text,
    Units,
    word_or_list,
)
from sim.scenario.kinds import (
    DayLuck,
    FactorLuck,
    FactorParameter,
    FixedLabour,
    FixedSlots,
    FixedYen,
    HeadDay,
    LabourParameter,
    LabourRate,
    MonthlyEventParameter,
    PieceRateParameter,
    ReworkParameter,
    ShareLuck,
    ShareParameter,
    SlopeParameter,
    SlotsParameter,
    UnitLuck,
    YenParameter,
    YieldParameter,
)
from sim.scenario.written_supply import PaymentWritten, Tender

Pieces = Annotated[int, Field(strict=True, ge=1, le=100_000)]
Families = Annotated[
    Annotated[Literal["all"], Tag(WORD)] | Annotated[list[FamilyName], Field(min_length=1), Tag(LIST)],
    Discriminator(word_or_list),
]
"""Part families, or ``all``."""
Origins = Annotated[
    Annotated[Literal["all"], Tag(WORD)] | Annotated[list[OriginName], Field(min_length=1), Tag(LIST)],
    Discriminator(word_or_list),
]
"""Countries of origin as the part sources state them, or ``all``."""
UserName = Literal["military", "export"]


class FirmWritten(Sourced):
    """A home firm."""

    title: Text
    """Plain name."""


class DevelopmentWritten(Sourced):
    """Type development of a product that is not mature; it comes before the plant is prepared (R20)."""

    time: DayLuck
    """How long an attempt takes."""
    cost: YenParameter
    """What it costs, all attempts together."""
    failure_chance: ShareParameter
    """That an attempt fails; it is then taken up again."""
    restart_share: Annotated[float, Field(strict=True, ge=0, le=10), Counts("share")]
    """Time of a new attempt as a share of the first's."""


class OpeningWritten(Sourced):
    """What a firm asks for before it opens the line, and how long that takes (R19, R20)."""

    plant: Literal["existing_line", "existing_building", "licensed_kits", "new_plant"]
    """Kind of plant; an ``existing_line`` runs at the start."""
    preparation: DayLuck | None = None
    """From the order to open to the line's first day; without it the line runs at the start."""
    development: DevelopmentWritten | None = None
    """For a product that is not mature."""
    commitment: Stock
    """Units signed and due within two years that the firm asks for without any subsidy."""
    capital: YenParameter
    """What a full subsidy would pay."""
    most_subsidy: Annotated[Fraction, Counts("share")]
    """The largest share of the capital that may be paid."""


class ToolingStepWritten(Sourced):
    """A step of tooling that a policy may buy."""

    slots: FixedSlots
    """So much more of the line's tooling."""
    price: YenParameter
    """What it costs."""
    lead: DayLuck
    """From the purchase to its first day of use."""


class FirstPassWritten(Sourced):
    """First-pass yield, which rises with the units built (R22)."""

    first: YieldParameter
    """Of unit 1."""
    last: YieldParameter
    """In the long run."""
    scale_units: Units
    """After so many units 63 percent of the way is gone."""


class ForgettingWritten(Sourced):
    """What a break of the line costs (R21)."""

    grace_days: Days
    """A break no longer than this costs nothing."""
    halving_days: Annotated[int, Field(strict=True, ge=1, le=40_000), Counts("day")]
    """Beyond it, the count of units learnt from halves in so many days."""


class WorkWritten(Sourced):
    """How a line works: labour on a learning curve, heads, tooling, yield (R21, R22)."""

    first_unit: LabourParameter
    """Labour of unit 1."""
    slope: SlopeParameter
    """Of Crawford's unit curve: labour at twice the count over labour at the count."""
    floor: FixedLabour
    """No unit takes less."""
    heads_at_start: People
    """Heads on the line's first day."""
    heads_a_month: People
    """Heads that join each month."""
    most_heads: People
    """Where hiring ends."""
    head_day: HeadDay
    """Labour of a head in a calendar day, days off averaged in."""
    tooling: SlotsParameter
    """Units that the tooling lets through."""
    tooling_step: ToolingStepWritten | None = None
    """What a policy may add to it; without it, nothing."""
    first_pass: FirstPassWritten
    """Share of units that pass at first."""
    rework: ReworkParameter
    """Labour of working a unit over, as a share of its own."""
    forgetting: ForgettingWritten
    """What a break costs."""


class KitWritten(Sourced):
    """One part family in a product's kit."""

    pieces: Annotated[int | None, Field(strict=True, ge=1, le=100_000), Counts("piece")] = None
    """Pieces of a unit; left out where it comes only as a part of another family (``made_of``)."""
    price: FixedYen
    """A piece at the home price, before the sources' own factors."""


class CostWritten(Sourced):
    """What a unit costs: parts, labour, overhead, margin (R25)."""

    parts_spread: FactorParameter
    """On every price of the kit."""
    parts_slope: SlopeParameter
    """Of the parts' value with the units built; 1 is constant."""
    labour: LabourRate
    """Yen an hour."""
    overhead: YenParameter
    """A unit."""
    margin: ShareParameter
    """On the whole cost."""


class HomeOfferWritten(Sourced):
    """A product from a line at home, bought through the channel ``domestic``; its price follows from its cost."""

    title: Text
    """Plain name."""
    product: ProductName
    """What is made."""
    firm: FirmName
    """Who makes it."""
    minimum_order: Units
    """Smallest order."""
    lot: Units
    """Units that move together."""
    tender: Tender | None = None
    """Tender and award; without it an order is signed at once."""
    failure_chance: ShareParameter
    """That an order comes to nothing at the award."""
    payments: Annotated[list[PaymentWritten], Field(min_length=1)]
    """The payment schedule."""
    opening: OpeningWritten
    """What it takes to open the line."""
    work: WorkWritten
    """How the line works."""
    kit: Annotated[dict[FamilyName, KitWritten], Field(min_length=1)]
    """The bill of materials of one unit, by part family."""
    cost: CostWritten
    """What a unit costs."""


class QualificationWritten(Sourced):
    """What a second source takes before it counts, for each product (R24)."""

    time: DayLuck
    """How long it takes."""
    cost: YenParameter
    """What it costs."""


class FamilyWritten(Sourced):
    """A kind of part."""

    title: Text
    """Plain name."""
    first_source: PartSourceName
    """Where every firm buys at the start."""
    second_source: PartSourceName | None = None
    """The source that a policy may qualify; without it, none."""
    qualification: QualificationWritten | None = None
    """What that takes; needed where there is a second source."""
    made_of: Annotated[dict[FamilyName, Pieces], Counts("piece")] = Field(default_factory=dict)
    """Pieces of other families in one piece; the firm buys them and hands them to the maker."""


class MakerWritten(Sourced):
    """A maker, or the makers of one country, of one part family (R24)."""

    title: Text
    """Plain name."""
    family: FamilyName
    """What it makes."""
    origin: Text
    """Country of origin, in full."""
    capacity: PieceRateParameter | None = None
    """Pieces for all firms together; without it, no limit."""
    lead: DayLuck
    """From the order to the departure."""
    price_factor: FactorParameter
    """On the kit's price."""


class FlowWindowWritten(Sourced):
    """A time in which only a share of part orders departs, common to all sources of an origin and family (R24)."""

    title: Text
    """Plain name."""
    origins: Origins
    """Where it strikes."""
    families: Families
    """Which parts it strikes."""
    most_families: Annotated[int | None, Field(strict=True, ge=1, le=1_000), Counts("1")] = None
    """Where set, each window strikes 1 to so many of the families, chosen by luck; else all of them."""
    users: Annotated[list[UserName], Field(min_length=1)] | None = None
    """Whom it strikes: what is made for the forces, what is made for export; without it, both."""
    opens: Date | None = None
    """The day it opens with certainty; or else ``a_year``."""
    a_year: MonthlyEventParameter | None = None
    """How often it opens by luck, at most once a month, from ``as_of`` on; or else ``opens``."""
    share: ShareLuck
    """Of part orders that still depart."""
    lead_factor: FactorLuck | None = None
    """On the lead of orders placed in the window; without it, 1."""
    length: DayLuck | None = None
    """How long it lasts; without it, it stays open."""
    stays_open: ShareParameter | None = None
    """That it stays open whatever its length; without it, never."""


class KnownRequestWritten(Sourced):
    """An export request that is on record."""

    day: Date
    """Day of the request."""
    units: Units
    """How many."""


class ExportRequestsWritten(Sourced):
    """Requests from abroad, and aid, for a home product (R26)."""

    offer: HomeOfferName
    """The home offer whose product is asked for."""
    a_year: MonthlyEventParameter | None = None
    """How often one comes by luck, at most one a month; without it only the known ones come."""
    units: UnitLuck | None = None
    """Units of a request that comes by luck."""
    known: list[KnownRequestWritten] = Field(default_factory=list)
    """Requests on record."""
