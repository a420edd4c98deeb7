"""The bootstrap: what a statistic would have been, had the runs been drawn again from those that there are.

A statistic is a function of sums over runs, so that resampling is one product of matrices and leaving one run out
one subtraction.

Why: a saving or a share of variance has no formula for its interval, and leaving out each of 20,000 runs by
recomputing takes 400 million steps (``scipy.stats.bootstrap``, against which this is tested).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from sim.streams import Generator
from sim.study.statistics.interval import Interval, no_interval

RESAMPLES: Final = 1999
LEAST_RESAMPLED: Final = 10
"""Fewer runs than these say too little of what other runs might have been."""
KIND: Final = "bootstrap (BCa)"
_AT_ONCE: Final = 1_000_000
"""Draws held in memory at one time."""

Numbers: TypeAlias = NDArray[np.float64]
Statistic: TypeAlias = Callable[[Numbers, int], Numbers]
"""From sums over runs (last axis: the columns) and the number of runs to the statistic, for many sums at once."""


def resampled_sums(columns: Numbers, rng: Generator, resamples: int = RESAMPLES) -> Numbers:
    """Sums of the columns over runs drawn with replacement.

    Parameters
    ----------
    columns
        Shape (runs, columns).

    Returns
    -------
    Shape (resamples, columns).
    """
    return np.concatenate([counts @ columns for counts in _counts(len(columns), rng, resamples)])


def _counts(n: int, rng: Generator, resamples: int) -> Iterator[Numbers]:
    """How often each run is drawn, resample by resample, a few resamples at a time."""
    most = max(1, _AT_ONCE // n)
    for first in range(0, resamples, most):
        rows = min(most, resamples - first)
        drawn = rng.integers(0, n, (rows, n)) + n * np.arange(rows)[:, np.newaxis]
        yield np.bincount(drawn.ravel(), minlength=rows * n).reshape(rows, n).astype(float)


def bca(
    columns: Numbers, statistic: Statistic, level: float, rng: Generator, resamples: int = RESAMPLES
) -> tuple[float, float] | None:
    """Bias-corrected and accelerated limits of a statistic.

    Parameters
    ----------
    columns
        One row a run (or a pair, or a block): what the statistic sums.

    Returns
    -------
    The limits; None where all resamples lie on one side of the estimate, or none of them differs from it, and for
    fewer than ten rows.

    Source: Efron, JASA 82 (1987) 171-185; DiCiccio & Efron, Statistical Science 11 (1996) 189-228.
    """
    n = len(columns)
    if n < LEAST_RESAMPLED:
        return None
    total = columns.sum(axis=0)
    value = float(statistic(total, n))
    return _limits(
        value, statistic(resampled_sums(columns, rng, resamples), n), statistic(total - columns, n - 1), level
    )


def bca_means(
    columns: Numbers, level: float, rng: Generator, resamples: int = RESAMPLES
) -> list[tuple[float, float] | None]:
    """The same for the mean of each column, all from one set of resamples; each holds by itself."""
    n = len(columns)
    if n < LEAST_RESAMPLED:
        return [None] * columns.shape[1]
    total, found = columns.sum(axis=0), resampled_sums(columns, rng, resamples) / n
    return [
        _limits(float(total[place]) / n, found[:, place], (total[place] - column) / (n - 1), level)
        for place, column in enumerate(columns.T)
    ]


def _limits(value: float, found: Numbers, left_out: Numbers, level: float) -> tuple[float, float] | None:
    """From the estimate, what the resamples came to, and what it is without each one of the runs."""
    deviations = left_out.mean() - left_out
    spread = float((deviations**2).sum())
    below = float(((found < value).mean() + (found <= value).mean()) / 2)
    if not 0 < below < 1 or spread == 0:
        return None
    bias = float(ndtri(below))
    acceleration = float((deviations**3).sum()) / (6 * spread**1.5)
    tails = ndtri(np.array([(1 - level) / 2, (1 + level) / 2])) + bias
    low, high = np.quantile(found, ndtr(bias + tails / (1 - acceleration * tails)))
    return float(low), float(high)


def by_bootstrap(
    columns: Numbers, statistic: Statistic, runs: tuple[int, int], level: float, rng: Generator, kind: str = KIND
) -> Interval:
    """A statistic with its interval, or why it has none.

    Parameters
    ----------
    runs
        Runs that succeeded, and runs asked for; where some failed no interval is given.
    """
    n, asked = runs
    value = float(statistic(columns.sum(axis=0), len(columns)))
    if n < asked:
        return no_interval(value, n, asked, level, "runs failed")
    limits = bca(columns, statistic, level, rng)
    if limits is None:
        few = len(columns) < LEAST_RESAMPLED
        return no_interval(value, n, asked, level, "too few runs to resample" if few else "all resamples agree")
    return Interval(value, *limits, n, asked, level, kind)
