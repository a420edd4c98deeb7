"""How numbers are told to a planner: dates, billions of yen, chances with their interval.

Chances in percent with n of N behind them, money in billions of yen with one decimal, dates year-month-day.

Why: one number told in two ways on two pages reads as two numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from sim.calendar import Calendar
from sim.study.answer import Spread
from sim.study.statistics import Interval

NOTHING: Final = "–"

PLACES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "not_ordered": "not ordered",
        "tender": "in tender",
        "approval": "export approval",
        "queue": "supplier's queue",
        "production": "in production",
        "waiting_parts": "waiting for parts",
        "shipping": "being shipped",
        "acceptance": "in acceptance",
        "waiting_crew": "waiting for crews",
        "fielding": "being fielded",
        "lost": "lost",
        "retired": "retired",
        "cancelled": "cancelled",
        "below_quality": "in service, of too low quality",
    }
)
"""Where a missing unit is, in words."""


def billions(yen: float) -> str:
    """Yen in billions.

    >>> billions(347_165_820_459), billions(-2_450_000_000), billions(-49_000_000)
    ('¥347.2 bn', '−¥2.5 bn', '¥0.0 bn')
    """
    rounded = round(abs(yen) / 1e9, 1)
    return f"{'−' if yen < 0 and rounded else ''}¥{rounded:,.1f} bn"


def whole(number: float | None) -> str:
    """A count of units."""
    return NOTHING if number is None else f"{number:,.0f}"


def percent(share: float) -> str:
    """A share in percent, one decimal."""
    return f"{100 * share:.1f}"


def chance(found: Interval) -> str:
    """A probability or a mean share with its interval.

    >>> chance(Interval(0.25, 0.2, 0.31, 300, 300, 0.95, "wilson"))
    '25.0 % (20.0–31.0)'
    """
    if found.value is None:
        return NOTHING
    if found.low is None or found.high is None:
        return f"{percent(found.value)} % (no interval)"
    return f"{percent(found.value)} % ({percent(found.low)}–{percent(found.high)})"


def times(found: Interval) -> str:
    """How often it happened: s of n, and how many runs failed.

    >>> times(Interval(0.25, 0.2, 0.31, 300, 302, 0.95, "wilson"))
    '75 of 300, 2 failed'
    """
    if found.value is None:
        return f"0 of 0, {found.N} failed"
    failed = f", {found.N - found.n} failed" if found.kind.endswith("bounds") or found.n < found.N else ""
    return f"{round(found.value * found.n):,} of {found.n:,}{failed}"


def spread(found: Spread) -> str:
    """Median, and the two tenths outside of which a fifth of the runs lie."""
    if found.p50.value is None:
        return NOTHING
    if not found.varies:
        return whole(found.p50.value)
    return f"{whole(found.p50.value)} ({whole(found.p10.value)}–{whole(found.p90.value)})"


def money(found: Spread) -> tuple[str, str]:
    """Median and the two tenths, in billions of yen."""
    if found.p50.value is None or found.p10.value is None or found.p90.value is None:
        return NOTHING, NOTHING
    return billions(found.p50.value), f"{billions(found.p10.value)} to {billions(found.p90.value)}"


def day_or_not(found: Interval, calendar: Calendar, horizon_day: int) -> str:
    """A day reached, or that it was not by the horizon."""
    if found.value is None:
        return NOTHING
    return f"not by {calendar.iso(horizon_day)}" if found.value > horizon_day else calendar.iso(int(found.value))
