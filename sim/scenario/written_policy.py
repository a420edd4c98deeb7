"""What is chosen and what may strike, as written: policies with their levers, and shocks.

Rules R30 to R32; levers are plain numbers, shares of money are fractions.

Why: a policy is a file's entry, not a program, so that two of them can be compared line by line.
"""

from typing import Annotated, Literal, TypeVar

from pydantic import Discriminator, Field, Tag

from sim.scenario.fields import (
    LIST,
    WORD,
    CountryName,
    Counts,
    Date,
    Days,
    FamilyName,
    ForeignCurrencyName,
    Fraction,
    HomeOfferName,
    ImportName,
    LineName,
    MissionName,
    OfferName,
    ProductName,
    Sourced,
    Text,
    Units,
    Written,
    Year,
    word_or_list,
)
from sim.scenario.kinds import SeatShare, ShockSize
from sim.scenario.written_home import Families, Origins, UserName

Item = TypeVar("Item")
AllOr = Annotated[
    Annotated[Literal["all"], Tag(WORD)] | Annotated[list[Item], Field(min_length=1), Tag(LIST)],
    Discriminator(word_or_list),
]
"""A list of names, or ``all``."""
Priority = Annotated[
    Annotated[Literal["by_weight"], Tag(WORD)] | Annotated[list[MissionName], Tag(LIST)],
    Discriminator(word_or_list),
]
Share = Annotated[float, Field(strict=True, gt=0, le=1_000)]
Listed = dict[ImportName, Share]
ListedHome = dict[HomeOfferName, Share]
Rule = Literal["shares", "close_gap", "staged"]


class LeversWritten(Written):
    """What a rule lets the planner set; a mission's own entry overrides the policy's."""

    high_tier_share: Fraction | None = None
    """Share of a mission's money for the high offers, where both groups are listed; by default 0."""
    foreign_share: dict[Year, Fraction] | None = None
    """Share of a mission's money that may go abroad, by fiscal year; a year that is not named: 1."""
    over_order_margin: Annotated[float | None, Field(strict=True, ge=0, le=10)] = None
    """Ordered beyond the gap, as a share of the target; by default 0."""
    suppliers: Annotated[int | None, Field(strict=True, ge=1, le=100)] = None
    """At most so many offers share a mission's order in one review; by default 1."""
    country_cap: Annotated[float | None, Field(strict=True, gt=0, le=1)] = None
    """Largest share of a mission's money with one country; by default 1, no cap."""
    ranking: Literal["on_time_per_yen", "quality", "listed"] | None = None
    """Which offer comes first; by default ``on_time_per_yen``."""
    schedule_margin: Annotated[float | None, Field(strict=True, ge=0.1, le=10)] = None
    """Promised remaining times are stretched by this factor; by default 1."""
    least_on_time: Fraction | None = None
    """An offer fills the gap only with at least this chance of arriving in time; by default 0."""
    switch: Date | None = None
    """For ``staged``: foreign before, home from this day on."""
    tenders_prepared_days: Days | None = None
    """Days of tender work done before the budget passes; by default 0."""
    contract_years: Annotated[int | None, Field(strict=True, ge=1, le=30)] = None
    """Orders whose promised last arrival lies further off are not placed; by default 5."""


class MissionRuleWritten(LeversWritten):
    """How one mission is bought."""

    rule: Rule | None = None
    """By default the policy's rule."""
    mass: Listed = Field(default_factory=dict)
    """Mass offers with their weights by money, in their order."""
    high: Listed = Field(default_factory=dict)
    """High-tier offers with their weights by money, in their order."""
    home: ListedHome = Field(default_factory=dict)
    """Home offers with their weights by money, in their order: for what does not go abroad."""


class ScheduledOrderWritten(Written):
    """A dated order as typed."""

    day: Date
    """When it is placed, from ``as_of`` on."""
    offer: OfferName
    """The offer."""
    mission: MissionName
    """The mission it serves."""
    quantity: Units
    """Units ordered."""
    line: LineName | None = None
    """The budget line that pays; by default the mission's lines in their order."""
    cancel: Date | None = None
    """The day on which what is undelivered is cancelled; by default never."""


class SeatsWritten(Written):
    """Course seats bought."""

    mission: MissionName
    """For which mission."""
    extra_share: SeatShare
    """More seats, as a share of the mission's own."""
    from_day: Annotated[Date, Field(alias="from")]
    """From which day on."""


class SubsidyWritten(Written):
    """A capital subsidy for lines that have yet to open."""

    offers: AllOr[HomeOfferName]
    """Home offers whose lines it is for; ``all``: those of the policy that do not run at the start."""
    share: Fraction
    """Of a line's capital, at most the offer's ``most_subsidy``."""
    from_day: Annotated[Date, Field(alias="from")]
    """From which day on."""
    line: LineName
    """The budget line that pays."""


class ToolingWritten(Written):
    """Tooling steps for lines."""

    offers: AllOr[HomeOfferName]
    """Home offers whose lines it is for; ``all``: those of the policy that have a step."""
    steps: Annotated[int, Field(strict=True, ge=1, le=100)] = 1
    """How many steps."""
    from_day: Annotated[Date | None, Field(alias="from")] = None
    """The day they are bought; without it, the first review after the line was ordered."""
    line: LineName
    """The budget line that pays."""


class SecondSourcesWritten(Written):
    """Second sources of parts, qualified for each product."""

    offers: AllOr[HomeOfferName]
    """Home offers whose products it is for; ``all``: those of the policy."""
    families: Families
    """Part families; ``all``: those of each kit that have a second source."""
    share: Fraction
    """Of each part order, once qualified."""
    from_day: Annotated[Date, Field(alias="from")]
    """From which day on."""
    line: LineName
    """The budget line that pays for the qualification."""


class LongLeadWritten(Written):
    """Parts bought ahead of any order."""

    offers: AllOr[HomeOfferName]
    """Home offers whose parts are bought; ``all``: those of the policy."""
    families: Families
    """Part families; ``all``: those of each kit."""
    weeks: Annotated[int, Field(strict=True, ge=1, le=520)]
    """Of expected need."""
    from_day: Annotated[Date, Field(alias="from")]
    """From which day on."""
    line: LineName
    """The budget line that pays."""


class SafetyStockWritten(Written):
    """Parts that firms keep beyond what the lead time needs."""

    families: Families
    """Part families, each in one entry only."""
    months: Annotated[float, Field(strict=True, ge=0, le=120)]
    """Months of use."""


class HomeLeversWritten(Written):
    """What a policy does for home production beside ordering (R32)."""

    subsidies: list[SubsidyWritten] = Field(default_factory=list)
    """Capital subsidies."""
    tooling: list[ToolingWritten] = Field(default_factory=list)
    """Tooling steps bought."""
    second_sources: list[SecondSourcesWritten] = Field(default_factory=list)
    """Second sources qualified."""
    long_lead: list[LongLeadWritten] = Field(default_factory=list)
    """Parts bought ahead of any order."""
    safety_stock: list[SafetyStockWritten] = Field(default_factory=list)
    """Parts kept in stock; a family that is not named: none."""
    export_share: Fraction = 0.0
    """Largest share of a line's labour over twelve months for exports; 0 accepts none."""
    development_line: LineName | None = None
    """The budget line that pays for type development; without it, the firm pays itself."""


class PolicyWritten(Sourced):
    """A candidate policy."""

    title: Text
    """Plain name."""
    rule: Literal["shares", "close_gap", "staged", "scheduled", "nothing"]
    """The rule of its missions, or ``scheduled``, or ``nothing``."""
    review_months: Annotated[int, Field(strict=True, ge=1, le=120)] = 1
    """Reviews fall on the 1st of every so many months, and on each day a budget passes."""
    levers: LeversWritten = LeversWritten()
    """Levers for all its missions."""
    missions: dict[MissionName, MissionRuleWritten] = Field(default_factory=dict)
    """How each mission is bought; the written order is the priority."""
    priority: Priority | None = None
    """Another order of priority."""
    line_split: dict[LineName, dict[MissionName, Fraction]] = Field(default_factory=dict)
    """For ``shares``: how a line's money is split; a line that is not named is split by need."""
    orders: list[ScheduledOrderWritten] = Field(default_factory=list)
    """For ``scheduled``: the orders."""
    seats: list[SeatsWritten] = Field(default_factory=list)
    """Course seats bought."""
    home: HomeLeversWritten = HomeLeversWritten()
    """What it does for home production beside ordering."""


class Subjects(Written):
    """What a shock strikes: one or more groups, each a list of names or ``all``."""

    offers: AllOr[OfferName] | None = None
    """Offers."""
    countries: AllOr[CountryName] | None = None
    """All offers of these countries' suppliers."""
    missions: AllOr[MissionName] | None = None
    """Missions."""
    products: AllOr[ProductName] | None = None
    """Products."""
    lines: AllOr[LineName] | None = None
    """Budget lines."""
    currencies: AllOr[ForeignCurrencyName] | None = None
    """Currencies."""
    families: AllOr[FamilyName] | None = None
    """Part families."""
    origins: Origins | None = None
    """For ``part_flow``: only part sources of these countries of origin; without it, of all."""
    users: Annotated[list[UserName], Field(min_length=1)] | None = None
    """For ``part_flow``: only parts of what is made for the forces, or for export; without it, of both."""


class ShockWritten(Sourced):
    """A dated event, the same in every future."""

    title: Text | None = None
    """Plain name."""
    kind: Literal[
        "supplier_rate",
        "exchange_level",
        "budget_delay",
        "budget_factor",
        "tender_failure",
        "approval_block",
        "posts_filled",
        "target",
        "losses",
        "grounding",
        "bar",
        "part_flow",
        "line_stop",
        "export_requests",
    ]
    """What happens."""
    from_day: Annotated[Date, Field(alias="from")]
    """First day."""
    until: Date | None = None
    """First day on which it no longer holds; without it or ``months``, open."""
    months: Annotated[int | None, Field(strict=True, ge=1, le=1_200), Counts("month")] = None
    """Length in calendar months, instead of ``until``."""
    announced: Date | None = None
    """When it was announced, by default on the first day; every rule answers to it when it strikes."""
    subjects: Subjects = Subjects()
    """What it strikes."""
    fiscal_year: Annotated[Year | None, Counts("fiscal year")] = None
    """For ``budget_delay`` and ``budget_factor``: the year."""
    size: ShockSize | None = None
    """How hard, in the unit of its kind; ``bar`` has none."""
    cap: ShockSize | None = None
    """For ``tender_failure``: the chance is never raised beyond this."""
    stock_lost_months: Annotated[float | None, Field(strict=True, ge=0, le=120), Counts("month")] = None
    """For ``line_stop``: parts lost, in months of the line's use at its rate of that day; without it, none."""
