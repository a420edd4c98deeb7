"""Means: Student's t, and the bootstrap where the runs are too skewed for it.

A mean of which runs are missing has bounds only if its values have.

Why: one awkward run in a hundred can be most of the money, and a symmetric interval does not know it.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from sim.streams import Generator
from sim.study.statistics.bootstrap import by_bootstrap
from sim.study.statistics.interval import LEVEL, NEVER_VARIED, Interval, no_interval

SKEW_FACTOR: Final = 25
"""Cochran's rule: a symmetric interval needs more runs than 25 times the squared skewness."""
_LEAST_SKEWED: Final = 30
"""With fewer runs than these the bootstrap knows no more of a tail than the formula does."""


def mean_t(
    values: Sequence[float], asked: int | None = None, level: float = LEVEL, within: tuple[float, float] | None = None
) -> Interval:
    """A mean, from independent runs.

    Parameters
    ----------
    values
        Of the runs that did not fail.
    asked
        All runs; None: none failed.
    within
        What every value lies between, if there is such a thing: then failed runs count as the worst and as the
        best. Without it a mean of which runs are missing has no interval.

    Source: Student (1908).
    """
    n = len(values)
    asked = n if asked is None else asked
    value = fsum(values) / n if n else None
    if n == asked and n >= 2:
        if min(values) == max(values):
            return no_interval(value, n, asked, level, NEVER_VARIED)
        low, high = _cut(t_limits(values, level), within)
        return Interval(value, low, high, n, asked, level, "t")
    if n < asked and asked >= 2 and within is not None:
        failed = asked - n
        low = t_limits([*values, *[within[0]] * failed], level)[0]
        high = t_limits([*values, *[within[1]] * failed], level)[1]
        return Interval(value, *_cut((low, high), within), n, asked, level, "t, failed runs as bounds")
    return no_interval(value, n, asked, level, "runs failed" if n < asked else "fewer than two runs")


def _cut(limits: tuple[float, float], within: tuple[float, float] | None) -> tuple[float, float]:
    """Limits cut to what a mean can be: Student's know no bounds."""
    return limits if within is None else (max(limits[0], within[0]), min(limits[1], within[1]))


def t_limits(values: Sequence[float], level: float) -> tuple[float, float]:
    """The two limits of Student's interval; at least two values."""
    n = len(values)
    mean = fsum(values) / n
    variance = fsum((value - mean) ** 2 for value in values) / (n - 1)
    half = float(stdtrit(n - 1, (1 + level) / 2)) * sqrt(variance / n)
    return mean - half, mean + half


def mean_of(
    values: Sequence[float],
    rng: Generator,
    asked: int | None = None,
    level: float = LEVEL,
    within: tuple[float, float] | None = None,
) -> Interval:
    """A mean by Student's t, or by the bootstrap (BCa) where Cochran's rule finds the values too skewed for it.

    Parameters
    ----------
    rng
        From ``streams.generator``; the same generator gives the same interval.

    The rest is as for ``mean_t``; with failed runs it is ``mean_t``.

    Source: Cochran, *Sampling Techniques* (1977), 2.15; Efron (1987).
    """
    n = len(values)
    if n < (n if asked is None else asked) or suits_t(values):
        return mean_t(values, asked, level, within)
    return by_bootstrap(np.asarray(values, float)[:, np.newaxis], _mean, (n, n), level, rng)


def suits_t(values: Sequence[float]) -> bool:
    """Whether Student's interval is used for these runs: they are not too skewed for it, or too few to know."""
    return len(values) < _LEAST_SKEWED or not too_skewed(values)


def too_skewed(values: Sequence[float]) -> bool:
    """Whether these runs are too few for a symmetric interval: n ≤ 25·G₁², G₁ their skewness."""
    found = np.asarray(values, float)
    deviations = found - found.mean()
    variance = float((deviations**2).mean())
    if variance == 0:
        return False
    skewness = float((deviations**3).mean()) / variance**1.5
    return bool(len(found) <= SKEW_FACTOR * skewness**2)


def _mean(sums: NDArray[np.float64], n: int) -> NDArray[np.float64]:
    return sums[..., 0] / n
