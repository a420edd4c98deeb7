"""How numbers are told to a planner: dates, billions of yen, chances with their interval.

Chances in percent with n of N behind them, money in billions of yen with one decimal, dates year-month-day.

Why: one number told in two ways on two pages reads as two numbers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from sim.calendar import Calendar
from sim.report.counting import counted as counted
from sim.study.answer import Spread
from sim.study.statistics import Interval

NOTHING: Final = "–"

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

_TOGETHER: Final = re.compile(r"(?<=\d) (?=%|bn|[A-Z][a-z]+ \d{4})|(?<=¥) (?=bn)")
_FRACTIONS: Final = ((1, 2), *((part, 10) for part in range(1, 10)), (1, 4), (3, 4), (1, 3), (2, 3))

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
    if not found.varies:
        return billions(found.p50.value), "in the one run" if found.p50.n == 1 else f"in all {found.p50.n:,} runs"
    return billions(found.p50.value), f"{billions(found.p10.value)} to {billions(found.p90.value)}"


def in_billions(found: Spread) -> tuple[str, str]:
    """Median and the two tenths as bare billions, for a column that names its unit."""
    if found.p50.value is None or found.p10.value is None or found.p90.value is None:
        return NOTHING, NOTHING
    sums = (found.p50.value, found.p10.value, found.p90.value)
    median, low, high = (billions(yen).replace("¥", "").removesuffix(" bn") for yen in sums)
    return median, f"{low} to {high}" if found.varies else ""


def interval_percent(found: Interval) -> str:
    """An interval in percent with its level and procedure, or the reason why there is none.

    >>> interval_percent(Interval(0.25, 0.2, 0.31, 300, 300, 0.95, "wilson"))
    '95 % interval 20.0–31.0 %, Wilson'
    >>> interval_percent(Interval(0.25, None, None, 300, 300, 0.95, "none: never varied"))
    'no interval: never varied'
    """
    if found.low is None or found.high is None:
        return f"no interval: {found.kind.removeprefix('none: ')}"
    return f"{100 * found.level:.0f} % interval {percent(found.low)}–{percent(found.high)} %, {procedure(found.kind)}"


def procedure(kind: str) -> str:
    """The procedure of an interval in words: the names of people are written large.

    >>> procedure("wilson, failed runs as bounds"), procedure("t"), procedure("none: never varied")
    ('Wilson, failed runs as bounds', 'Student t', 'none: never varied')
    """
    name, comma, rest = kind.partition(",")
    first, space, others = name.partition(" ")
    known = {"wilson": "Wilson", "t": "Student t"}
    return f"{known.get(first, first)}{space}{others}{comma}{rest}"


def procedures(found: Sequence[Interval]) -> str:
    """The procedures of several intervals, each once.

    >>> procedures([Interval(0.2, 0.1, 0.3, 9, 9, 0.95, kind) for kind in ("t", "wilson", "t")])
    'Student t; Wilson'
    """
    return "; ".join(dict.fromkeys(procedure(each.kind) for each in found))


def so_many(found: Interval, one: str, several: str) -> str:
    """How many of all futures do something, as a reader would say it.

    In tenths, thirds or quarters, whichever is nearest; near 0 and 1, and where runs failed, the futures are counted.

    >>> so_many(Interval(0.3125, 0.21, 0.43, 64, 64, 0.95, "wilson"), "reaches", "reach")
    '3 in 10 futures reach'
    >>> so_many(Interval(0.25, 0.16, 0.37, 64, 64, 0.95, "wilson"), "reaches", "reach")
    '1 in 4 futures reaches'
    >>> so_many(Interval(0.453, 0.34, 0.57, 64, 64, 0.95, "wilson"), "reaches", "reach")
    'About half of the futures reach'
    >>> so_many(Interval(0.0, 0.0, 0.06, 64, 64, 0.95, "wilson"), "reaches", "reach")
    'None of 64 futures reaches'
    >>> so_many(Interval(1.0, 0.94, 1.0, 64, 64, 0.95, "wilson"), "reaches", "reach")
    'All 64 futures reach'
    >>> so_many(Interval(1 / 47, 0.0, 0.1, 47, 50, 0.95, "wilson"), "reaches", "reach")
    '1 of 47 futures reaches'
    """
    share = found.value or 0.0
    count = round(share * found.n)
    if count == 0:
        return f"None of {found.n:,} futures {one}"
    if count == found.n:
        return f"All {found.n:,} futures {several}" if count > 1 else f"The one future {one}"
    if found.n == found.N and 0.1 <= share <= 0.9 and found.n >= 10:
        part, of = min(_FRACTIONS, key=lambda fraction: abs(fraction[0] / fraction[1] - share))
        if of == 2:
            return f"{'Half' if share == 0.5 else 'About half'} of the futures {several}"
        return f"{part} in {of} futures {one if part == 1 else several}"
    return f"{count:,} of {found.n:,} futures {one if count == 1 else several}"


def runs(n: int, asked: int) -> str:
    """How many futures a number rests on.

    >>> runs(64, 64), runs(47, 50), runs(1, 1)
    ('64 of 64 futures', '47 of 50 futures, 3 failed', 'one future')
    """
    if n == asked == 1:
        return "one future"
    return f"{n:,} of {asked:,} futures{f', {asked - n:,} failed' if n < asked else ''}"


def futures(asked: int, policies: int) -> str:
    """How many futures were asked for, of how many policies.

    >>> futures(300, 5), futures(1, 2), futures(1, 1), futures(300, 1)
    ('300 futures, every policy in each', 'One future, every policy in it', 'One future', '300 futures')
    """
    said = "One future" if asked == 1 else f"{asked:,} futures"
    if policies == 1:
        return said
    return f"{said}, every policy in {'it' if asked == 1 else 'each'}"


def inside(sentence: str) -> str:
    """A sentence's beginning behind a colon or a comma: in small letters.

    >>> inside("None of 64 futures reaches"), inside("3 in 10 futures reach")
    ('none of 64 futures reaches', '3 in 10 futures reach')
    """
    return sentence[:1].lower() + sentence[1:]


def together(text: str) -> str:
    """The same text, in which no line is broken between a number and its unit or a day and its month.

    >>> together("5 % by 31 March 2028") == "5\\u00a0% by 31\\u00a0March 2028"
    True
    """
    return _TOGETHER.sub("\u00a0", text)


def listed(items: Sequence[str]) -> str:
    """Several things in a sentence.

    >>> listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])
    ('a', 'a and b', 'a, b and c')
    """
    return f"{', '.join(items[:-1])} and {items[-1]}" if len(items) > 1 else "".join(items)


def long_date(day: int, calendar: Calendar) -> str:
    """A day as a sentence has it.

    >>> import datetime
    >>> long_date(1095, Calendar(datetime.date(2025, 4, 1)))
    '31 March 2028'
    """
    date = calendar.date(day)
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def day_or_not(found: Interval, calendar: Calendar, horizon_day: int) -> str:
    """A day reached, or that it was not by the horizon."""
    if found.value is None:
        return NOTHING
    return f"not by {calendar.iso(horizon_day)}" if found.value > horizon_day else calendar.iso(int(found.value))
