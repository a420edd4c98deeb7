"""Differences as a planner reads them: with their sign, in points, units or billions of yen, and their interval.

Why: "0.0213" is a number, "+2.1 points" is something that somebody can weigh.
"""

from __future__ import annotations

from sim.report import wording
from sim.study.measures_compared import Measured
from sim.study.statistics import NEVER_VARIED, Interval
from sim.study.statistics.pairs import IDENTICAL
from sim.study.statistics.saving import Saving


def amount(measure: Measured, value: float | None) -> str:
    """A policy's own mean.

    >>> from sim.study.measures_compared import FULFILMENT
    >>> amount(FULFILMENT, 0.41847), amount(FULFILMENT, None)
    ('41.8 %', '–')
    """
    if value is None:
        return wording.NOTHING
    if measure.unit == "share":
        return f"{wording.percent(value)} %"
    return wording.billions(value) if measure.unit == "yen" else f"{value:,.1f}"


def change(measure: Measured, value: float) -> str:
    """A difference.

    >>> from sim.study.measures_compared import FULFILMENT
    >>> change(FULFILMENT, 0.0213), change(FULFILMENT, -0.0004), change(FULFILMENT, 0.0)
    ('+2.1', '−0.0', '0.0')
    >>> change(Measured("cost", "cost", "yen", "amount"), -2.45e9)
    '−2.45'
    """
    scale, digits = {"share": (100.0, 1), "yen": (1e-9, 2)}.get(measure.unit, (1.0, 1))
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{abs(value) * scale:,.{digits}f}"


def change_unit(measure: Measured) -> str:
    """What a difference is counted in."""
    return {"share": "points", "yen": "¥ bn"}.get(measure.unit, measure.unit)


def with_interval(measure: Measured, found: Interval) -> str:
    """A difference and its interval, or why it has none."""
    if found.value is None:
        return wording.NOTHING
    if found.kind == IDENTICAL:
        return "exactly 0: equal ledgers"
    own = change(measure, found.value)
    if found.low is None or found.high is None:
        reason = "in every future" if found.kind == NEVER_VARIED else f"({found.kind.removeprefix('none: ')})"
        return f"{own} {reason}"
    return f"{own} ({change(measure, found.low)} to {change(measure, found.high)})"


def saved(found: Saving | None) -> str:
    """What common futures gave: correlation, and the share of runs that independent futures would have taken more.

    >>> one = Interval(0.6, 0.5, 0.7, 300, 300, 0.95, "bootstrap (BCa)")
    >>> saved(Saving(one, one)), saved(Saving(one, Interval(1.2, 1.1, 1.3, 300, 300, 0.95, "bootstrap (BCa)")))
    ('0.60, saves 40 % (30 to 50)', '0.60, costs 20 % (10 to 30)')
    """
    if found is None:
        return wording.NOTHING
    correlation, ratio = found.correlation.value, found.variance_ratio
    if correlation is None or ratio.value is None:
        return wording.NOTHING
    sign, word = (1, "saves") if ratio.value <= 1 else (-1, "costs")
    told = f"{correlation:.2f}, {word} {100 * sign * (1 - ratio.value):.0f} %"
    if ratio.low is None or ratio.high is None:
        return told
    ends = sorted(100 * sign * (1 - bound) for bound in (ratio.low, ratio.high))
    return f"{told} ({ends[0]:.0f} to {ends[1]:.0f})".replace("-", "−")
