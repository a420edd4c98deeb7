"""Families: several differences looked at together, so that all of their intervals hold at once.

The family is named before anybody looks: one measure, and the policies that are compared on it.

Why: of five equal policies one looks better than the reference, and a plain interval says so with confidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.streams import Generator
from sim.study.statistics.bootstrap import RESAMPLES, resampled_sums
from sim.study.statistics.interval import LEVEL, NEVER_VARIED, Interval, no_interval
from sim.study.statistics.mean import mean_of

MAX_T: Final = "simultaneous, bootstrap of the largest t"


def bonferroni(level: float, size: int) -> float:
    """The level of each of ``size`` intervals that hold together at ``level``.

    >>> round(bonferroni(0.95, 5), 4)
    0.99
    """
    return 1 - (1 - level) / max(1, size)


def holm(p_values: Sequence[float]) -> list[float]:
    """p-values adjusted for their number, stepwise, in the order given; they go with no interval.

    Source: Holm, Scandinavian Journal of Statistics 6 (1979) 65-70.

    >>> [round(p, 4) for p in holm([0.01, 0.04, 0.03])]
    [0.03, 0.06, 0.06]
    """
    adjusted = [0.0] * len(p_values)
    least = 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=lambda place: p_values[place])):
        least = max(least, min(1.0, (len(p_values) - rank) * p_values[place]))
        adjusted[place] = least
    return adjusted


def simultaneous(differences: NDArray[np.float64], rng: Generator, level: float = LEVEL) -> list[Interval]:
    """Intervals of several mean differences, on the same futures, that hold together.

    Each is the mean plus and minus the same number of its own standard errors; the number is what the largest of all
    standardised deviations stays below in a share ``level`` of the resamples. Correlated differences cost less than
    Bonferroni has it. Where one of them hardly ever varies, a resample may miss all of its variation and there is no
    such number: then each gets an interval of its own, at Bonferroni's level.

    Parameters
    ----------
    differences
        Shape (futures, differences), no run failed. One that never varied is told as such and left out.

    Source: Westfall & Young, *Resampling-Based Multiple Testing* (1993), ch. 2; Romano & Wolf, Econometrica 73 (2005).
    """
    n, size = differences.shape
    means = differences.mean(axis=0)
    if n < 2:
        return [no_interval(float(mean), n, n, level, "fewer than two runs") for mean in means]
    varies = np.ptp(differences, axis=0) > 0
    errors = differences.std(axis=0, ddof=1) / np.sqrt(n)
    number = _largest_t(differences[:, varies], rng, level) if varies.any() else 0.0
    if not np.isfinite(number):
        return [_alone(column, size, rng, level) for column in differences.T]
    return [
        Interval(
            float(means[place]), float(means[place] - number * errors[place]),
            float(means[place] + number * errors[place]), n, n, level, MAX_T,
        )
        if varies[place]
        else no_interval(float(means[place]), n, n, level, NEVER_VARIED)
        for place in range(size)
    ]  # fmt: skip


def _alone(column: NDArray[np.float64], size: int, rng: Generator, level: float) -> Interval:
    """One mean by itself, at a level that pays for all; told with the level of all."""
    found = mean_of(column.tolist(), rng, level=bonferroni(level, size))
    kind = found.kind if found.low is None else f"{found.kind}, Bonferroni of {size}"
    return Interval(found.value, found.low, found.high, found.n, found.N, level, kind)


def _largest_t(differences: NDArray[np.float64], rng: Generator, level: float) -> float:
    """What the largest standardised deviation of the resampled means stays below; infinity where there is no such."""
    n, size = differences.shape
    centred = differences - differences.mean(axis=0)
    sums = resampled_sums(np.hstack([centred, centred**2]), rng, RESAMPLES)
    means = sums[:, :size] / n
    variances = np.maximum(0.0, sums[:, size:] / n - means**2) * n / (n - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        ts = np.abs(means) / np.sqrt(variances / n)
    # a resample without spread says that its t is beyond any bound, or nothing if it hit the mean
    largest = np.nan_to_num(ts, nan=0.0, posinf=np.inf).max(axis=1)
    return float(np.quantile(largest, level, method="higher"))
