"""Differences of policies as a planner reads them: signed, in points, units or billions of yen, with their interval.

Why: "0.0213" is a number, "+2.1 points" is something that somebody can weigh.
"""

from __future__ import annotations

from sim.report import wording
from sim.study.statistics import NEVER_VARIED, Interval
from sim.study.statistics.pairs import IDENTICAL

_SCALES = {"share": (100.0, 1, "points"), "yen": (1e-9, 2, "¥ bn")}


def amount(unit: str, value: float | None) -> str:
    """A policy's own mean of what is counted in shares, yen or units.

    >>> amount("share", 0.41847), amount("yen", 2.45e9), amount("units", 996.81), amount("share", None)
    ('41.8 %', '¥2.5 bn', '996.8', '–')
    """
    if value is None:
        return wording.NOTHING
    if unit == "share":
        return f"{wording.percent(value)} %"
    return wording.billions(value) if unit == "yen" else f"{value:,.1f}"


def change(unit: str, value: float) -> str:
    """A difference, without its unit.

    >>> change("share", 0.0213), change("share", 0.0), change("yen", -2.45e9), change("units", 12)
    ('+2.1', '0.0', '−2.45', '+12.0')
    """
    scale, digits, _ = _SCALES.get(unit, (1.0, 1, ""))
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{abs(value) * scale:,.{digits}f}"


def size(unit: str, value: float) -> str:
    """A difference's size, with its unit.

    >>> size("share", 0.02), size("yen", 16.4e9), size("units", 36.2)
    ('2.0 points', '¥16.40 bn', '36.2 units')
    """
    number = change(unit, abs(value)).removeprefix("+")
    before, _, after = change_unit(unit).rpartition(" ")
    return f"{before}{number} {after}"


def change_unit(unit: str) -> str:
    """What a difference is counted in."""
    return _SCALES.get(unit, (1.0, 1, unit))[2]


def scaled(unit: str, value: float) -> float:
    """A difference as the number that is told: points, billions, units."""
    return value * _SCALES.get(unit, (1.0, 1, ""))[0]


def with_interval(unit: str, found: Interval) -> str:
    """A difference and its interval, or why it has none.

    >>> with_interval("share", Interval(0.02, 0.01, 0.03, 9, 9, 0.95, "t"))
    '+2.0 (+1.0 to +3.0)'
    >>> with_interval("units", Interval(10.0, None, None, 9, 9, 0.95, NEVER_VARIED))
    '+10.0 in every future'
    >>> with_interval("share", Interval(0.0, 0.0, 0.0, 9, 9, 0.95, IDENTICAL))
    'exactly 0: equal ledgers'
    """
    if found.value is None:
        return wording.NOTHING
    if found.kind == IDENTICAL:
        return "exactly 0: equal ledgers"
    own = change(unit, found.value)
    if found.low is None or found.high is None:
        reason = "in every future" if found.kind == NEVER_VARIED else f"({found.kind.removeprefix('none: ')})"
        return f"{own} {reason}"
    return f"{own} ({change(unit, found.low)} to {change(unit, found.high)})"


def saved(correlation: float | None, ratio: Interval) -> str:
    """What common futures gave: correlation, and the share of runs that independent futures would have taken more.

    >>> saved(0.6, Interval(0.6, 0.5, 0.7, 300, 300, 0.95, "bootstrap (BCa)"))
    '0.60, saves 40 % (30 to 50)'
    >>> saved(-0.2, Interval(1.2, 0.9, 1.3, 300, 300, 0.95, "bootstrap (BCa)"))
    '−0.20, costs 20 % (−10 to 30)'
    """
    if correlation is None or ratio.value is None:
        return wording.NOTHING
    sign, word = (1, "saves") if ratio.value <= 1 else (-1, "costs")
    told = f"{correlation:.2f}, {word} {100 * sign * (1 - ratio.value):.0f} %"
    if ratio.low is not None and ratio.high is not None:
        ends = sorted(round(100 * sign * (1 - bound)) for bound in (ratio.low, ratio.high))
        told += f" ({ends[0]} to {ends[1]})"
    return told.replace("-", "−")
