"""Two samples that share no futures: how far a score that was chosen on one fell on the other.

Why: the best of several on the futures it was chosen on is partly the luckiest there.
"""

from __future__ import annotations

from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from sim.study.statistics.chance import wilson_limits
from sim.study.statistics.interval import LEVEL, NEVER_VARIED, Interval, no_interval


def chances_apart(first: NDArray[np.float64], second: NDArray[np.float64], level: float = LEVEL) -> Interval:
    """Chance in the first sample less that in the second; 1 or 0 a run, no run failed.

    Source: Newcombe, Statistics in Medicine 17 (1998) 873-890, method 10.

    >>> found = chances_apart(np.repeat([1.0, 0], [56, 14]), np.repeat([1.0, 0], [48, 32]))
    >>> round(found.low, 4), round(found.high, 4)
    (0.0524, 0.3339)
    """
    (p1, low1, high1), (p2, low2, high2) = (_with_limits(sample, level) for sample in (first, second))
    value = p1 - p2
    low = value - sqrt((p1 - low1) ** 2 + (high2 - p2) ** 2)
    high = value + sqrt((high1 - p1) ** 2 + (p2 - low2) ** 2)
    n = min(len(first), len(second))
    return Interval(value, low, high, n, n, level, "Newcombe, independent samples")


def _with_limits(sample: NDArray[np.float64], level: float) -> tuple[float, float, float]:
    successes, n = float(sample.sum()), len(sample)
    return successes / n, *wilson_limits(successes, n, level)


def means_apart(first: NDArray[np.float64], second: NDArray[np.float64], level: float = LEVEL) -> Interval:
    """Mean of the first sample less that of the second, no run failed; ``n`` is the smaller sample.

    Source: Welch, Biometrika 34 (1947) 28-35.
    """
    n = min(len(first), len(second))
    value = float(first.mean() - second.mean())
    if n < 2:
        return no_interval(value, n, n, level, "fewer than two runs")
    parts = [float(sample.var(ddof=1)) / len(sample) for sample in (first, second)]
    if sum(parts) == 0:
        return no_interval(value, n, n, level, NEVER_VARIED)
    freedom = sum(parts) ** 2 / sum(part**2 / (len(s) - 1) for part, s in zip(parts, (first, second), strict=True))
    half = float(stdtrit(freedom, (1 + level) / 2)) * sqrt(sum(parts))
    return Interval(value, value - half, value + half, n, n, level, "Welch t, independent samples")
