"""Steepness: the slope of a measure over the steps of a handle, future by future, and the ratio of two slopes.

Where nothing is gained a slope is zero to the last bit.

Why: a step alone may buy nothing, or a whole lot, and what a step costs is uncertain too.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Final

import numpy as np
from scipy.special import stdtrit

from sim.study.gain import paired_mean
from sim.study.handles import AS_IT_IS, Handle
from sim.study.statistics import LEVEL, NEVER_VARIED, Interval, no_interval
from sim.study.statistics.family import bonferroni
from sim.study.statistics.pairs import no_difference
from sim.study.trial import Reals, Tried

BILLION: Final = 1e9


def steep(
    tried: Tried, handle: Handle, column: str, claims: int = 1, unit: tuple[float, float] | None = None, sign: int = 1
) -> Interval:
    """What one step more of a handle adds to a measure; exactly nothing where all ledgers agree.

    Parameters
    ----------
    claims
        How many handles hold together.
    unit
        What the measure lies between, if there is such a thing.
    sign
        -1 tells what is taken off it.
    """
    if _changes_nothing(tried, handle):
        return no_difference(tried.replications)
    return paired_mean(_rise(tried, handle, column, sign), tried.stratified, claims, unit)


def per_billion(tried: Tried, handle: Handle, column: str, claims: int = 1, sign: int = 1) -> Interval:
    """The same for each billion yen more that is spent."""
    if _changes_nothing(tried, handle):
        return no_interval(None, tried.replications, tried.replications, LEVEL, "nothing more is spent")
    gained, spent = _rise(tried, handle, column, sign), _rise(tried, handle, "cost", 1)
    return ratio(gained * BILLION, spent, stratified=tried.stratified, claims=claims)


def _changes_nothing(tried: Tried, handle: Handle) -> bool:
    return all(tried.same_ledgers(AS_IT_IS, handle.case(place)) for place in handle.ladder)


def _rise(tried: Tried, handle: Handle, column: str, sign: int) -> Reals:
    return slope([sign * tried.column(handle.case(place), column) for place in handle.ladder])


def slope(values: Sequence[Reals]) -> Reals:
    """Least-squares slope of a measure over its steps, the least of the handle first, future by future.

    >>> slope([np.array([0.0, 1.0]), np.array([0.5, 1.0]), np.array([1.0, 1.0])]).tolist()
    [0.5, 0.0]
    """
    steps = np.arange(len(values)) - (len(values) - 1) / 2
    gained = np.array(values) - values[0]  # where nothing is gained the slope is zero to the last bit
    total: Reals = np.tensordot(steps, gained, axes=1) / float(steps @ steps)
    return total


def ratio(tops: Reals, bottoms: Reals, *, stratified: bool, claims: int = 1) -> Interval:
    """Ratio of two means over the same futures; no interval where the lower mean may be zero, or a run failed.

    Nor where all futures agree on both, or none gained anything: that claims nothing of others.

    Source: Fieller, Journal of the Royal Statistical Society B 16 (1954), 175-185.

    >>> found = ratio(np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0]), stratified=False)
    >>> found.value, found.kind
    (0.5, 'none: what is spent may not grow at all')
    """
    known = ~np.isnan(tops + bottoms)
    n, asked = int(known.sum()), len(tops)
    top, bottom = tops[known], bottoms[known]
    value = float(top.mean() / bottom.mean()) if n and bottom.mean() else None
    if stratified or n < asked or n < 2:
        reason = "stratified design" if stratified else "runs failed" if n < asked else "fewer than two runs"
        return no_interval(value, n, asked, LEVEL, reason)
    if value is not None and _constant(top) and (_constant(bottom) or top[0] == 0):
        return no_interval(value, n, asked, LEVEL, NEVER_VARIED)
    covariance = np.cov(top, bottom) / n
    t2 = float(stdtrit(n - 1, (1 + bonferroni(LEVEL, claims)) / 2)) ** 2
    a = float(bottom.mean()) ** 2 - t2 * float(covariance[1, 1])
    if a <= 0:
        return no_interval(value, n, asked, LEVEL, "what is spent may not grow at all")
    b = float(top.mean() * bottom.mean()) - t2 * float(covariance[0, 1])
    c = float(top.mean()) ** 2 - t2 * float(covariance[0, 0])
    root = sqrt(max(0.0, b * b - a * c))
    kind = "fieller" if claims == 1 else f"fieller, Bonferroni over {claims}"
    return Interval(value, (b - root) / a, (b + root) / a, n, asked, LEVEL, kind)


def _constant(values: Reals) -> bool:
    return float(values.min()) == float(values.max())
