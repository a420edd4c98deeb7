"""The clock and the money as resolved.

Days count from the start, yen are whole, years are fiscal.

Why: a budget is read by year and by day, and both have to mean one thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sim.calendar import Calendar
from sim.scenario.resolved.beliefs import Input, Luck


@dataclass(frozen=True, slots=True)
class Clock:
    """The days that frame the study, counted from the start (day 0)."""

    calendar: Calendar
    as_of_day: int
    deadline_day: int
    horizon_day: int


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency and what the budget believes of it."""

    id: str
    minor_per_major: int
    rate_at_start: Input
    volatility: Input
    """Basis points a year once entered."""
    drift: Input
    planning_rates: Mapping[int, Input]
    """Fiscal year -> budget rate where the file states one; other years take the mean market rate of the three
    months before the draft (R10)."""


@dataclass(frozen=True, slots=True)
class Appropriation:
    """One line's money of one fiscal year: an amount, or a request with an approval factor, never both (R9)."""

    fiscal_year: int
    amount: Input | None
    request: Input | None
    approval: Input | None


@dataclass(frozen=True, slots=True)
class Supplementary:
    """Extra money that may come once in a fiscal year (R9): ``month``/``day`` of the year, chance, amount."""

    month: int
    day_of_month: int
    first_fiscal_year: int
    last_fiscal_year: int
    chance: Input
    amount: Luck


@dataclass(frozen=True, slots=True)
class Use:
    """A dated use of a line that serves no mission (R10): a share of the year's appropriation, or an amount."""

    id: str
    fiscal_year: int
    day: int | None
    """None is the day of passage, which only the future knows."""
    share: Input | None
    amount: Input | None


@dataclass(frozen=True, slots=True)
class Line:
    """A budget line."""

    id: str
    title: str
    appropriations: Mapping[int, Appropriation]
    carry_over_share: Input
    supplementary: tuple[Supplementary, ...]
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class BudgetCalendar:
    """When budgets are drafted and pass."""

    passage_days: Mapping[int, int]
    """Fiscal year -> day, where the file states it."""
    passage_delay: Luck
    """Days after 1 April, for every other year."""
    draft_month: int
    draft_day_of_month: int
    """The draft of year Y falls on this date of the calendar year before Y."""


@dataclass(frozen=True, slots=True)
class Payment:
    """One step of a payment schedule (R12)."""

    when: Literal["signing", "after_signing", "delivery"]
    """``delivery``: pro rata with each lot's arrival."""
    share: int
    """Basis points of the price; the last step takes the remainder."""
    days: int
    """Days after signing, for ``after_signing``; else 0."""
