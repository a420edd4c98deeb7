"""The money sections of a scenario file as written: currencies and the budget.

Rules R9 to R14; every sum is in yen, every price in its offer's currency.

Why: who may promise how much, from when, is what a plan fails on first.
"""

from typing import Annotated

from pydantic import Field, StringConstraints

from sim.scenario.fields import (
    Counts,
    Date,
    DayOfMonth,
    Entries,
    ForeignCurrencyName,
    Id,
    Month,
    Section,
    Sourced,
    Text,
    Year,
)
from sim.scenario.kinds import (
    CorrelationShare,
    DayLuck,
    DriftParameter,
    ExchangeParameter,
    FactorParameter,
    FixedYen,
    ShareParameter,
    VolatilityParameter,
    YenLuck,
    YenParameter,
)


class CurrencyWritten(Sourced):
    """A foreign currency, in yen."""

    minor_per_major: Annotated[int, Field(strict=True, ge=1, le=10_000), Counts("1")]
    """Minor units in a major unit: 100 cents a dollar."""
    rate_at_start: ExchangeParameter
    """Market rate on the first day."""
    volatility: VolatilityParameter
    """Standard deviation of a year's log change; 0 is a constant rate."""
    drift: DriftParameter
    """Expected log change a year."""
    planning_rates: dict[Year, ExchangeParameter] = Field(default_factory=dict)
    """Budget rate by fiscal year where it is known; other years take the mean market rate of the three months before
    the draft (R10)."""


class Draft(Sourced):
    """The date in the calendar year before, on which a fiscal year's budget is drafted."""

    month: Month
    """1 to 12."""
    day: DayOfMonth
    """1 to 31."""


class BudgetCalendarWritten(Sourced):
    """When budgets are drafted and pass."""

    passage: dict[Year, Date] = Field(default_factory=dict)
    """Day of passage by fiscal year, where it is known."""
    passage_delay: DayLuck
    """Days after 1 April, for every other year."""
    draft: Draft
    """Date of the draft, in the calendar year before."""


class AppropriationWritten(Sourced):
    """A line's money of one fiscal year: an amount, or a request with its approval factor."""

    amount: YenParameter | None = None
    """Authority of the year, enacted or expected."""
    request: YenParameter | None = None
    """What was asked for, before review."""
    approval: FactorParameter | None = None
    """Enacted over requested."""


class SupplementaryWritten(Sourced):
    """Extra money that may come once in each of some fiscal years."""

    month: Month
    """Month of its day, 1 to 12."""
    day: DayOfMonth
    """Day of that month."""
    first_fiscal_year: Annotated[Year, Counts("fiscal year")]
    """First year in which it may come."""
    last_fiscal_year: Annotated[Year, Counts("fiscal year")]
    """Last year in which it may come."""
    chance: ShareParameter
    """That it comes, in each year."""
    amount: YenLuck
    """How much, if it comes."""


class UseWritten(Sourced):
    """A dated use of a line that serves no mission."""

    id: Id
    """Its name within the line."""
    fiscal_year: Annotated[Year, Counts("fiscal year")]
    """The year whose money it takes."""
    on: Text
    """``passage``, or a date."""
    share: ShareParameter | None = None
    """Of the year's appropriation; or else an amount."""
    amount: YenParameter | None = None
    """Yen; or else a share."""


class LineWritten(Sourced):
    """A budget line."""

    title: Text
    """Plain name."""
    carry_over_share: ShareParameter
    """Largest share of a year's appropriation that may be carried into the next (R11)."""
    years: dict[Year, AppropriationWritten]
    """Appropriation by fiscal year; a year that is not named has none."""
    supplementary: list[SupplementaryWritten] = Field(default_factory=list)
    """Extra money that may come."""
    uses: list[UseWritten] = Field(default_factory=list)
    """Uses that serve no mission, in their order."""


class FrameWritten(Sourced):
    """A published sum around the lines: for the reader and the table of facts; no rule takes money from it."""

    title: Text
    """Plain name."""
    years: Annotated[list[Year], Field(min_length=1)]
    """The fiscal years it covers; they may lie before the start."""
    amount: FixedYen
    """The sum over these years."""


class BudgetWritten(Sourced):
    """The lines and their calendar."""

    calendar: BudgetCalendarWritten
    """When budgets are drafted and pass."""
    frames: Entries[FrameWritten] = Field(default_factory=dict)
    """Published sums around the lines, kept as facts only."""
    lines: Entries[LineWritten]
    """The budget lines."""
    outlay_ceilings: dict[Year, FixedYen] = Field(default_factory=dict)
    """Largest sum of all lines' payments by fiscal year (R14); none where no year is named."""


CurrencyCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Currencies = Annotated[dict[CurrencyCode, CurrencyWritten], Section()]
"""Foreign currencies by their three-letter codes."""

ExchangeCorrelations = dict[ForeignCurrencyName, dict[ForeignCurrencyName, CorrelationShare]]
"""Correlation of monthly steps, currency by currency; a pair that is not named has none."""
