"""What common futures save: the correlation achieved, and how many independent futures one pair is worth.

Measured on the pairs themselves, with intervals; common futures may also cost.

Why: that common futures help is a hope which two policies with opposite luck disappoint.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.streams import Generator
from sim.study.statistics.bootstrap import by_bootstrap
from sim.study.statistics.interval import LEVEL, NEVER_VARIED, Interval, no_interval

Numbers = NDArray[np.float64]


class Saving(NamedTuple):
    """What two policies gained by meeting the same futures."""

    correlation: Interval
    """Of the two policies' values, future by future."""
    variance_ratio: Interval
    """Variance of the paired difference over that of independent futures: 0.25 means that a quarter of the runs give
    the same width. Above 1 common futures cost."""


def saving(first: Numbers, second: Numbers, rng: Generator, level: float = LEVEL) -> Saving:
    """Correlation and variance ratio of two policies on common futures.

    Parameters
    ----------
    first, second
        A value a future, NaN where the run failed: then pairs that are not whole are left out and no interval is
        given.

    Source: Law, *Simulation Modeling and Analysis* (2015), 11.2.
    """
    asked = len(first)
    known = ~(np.isnan(first) | np.isnan(second))
    ours, theirs = first[known], second[known]
    n = len(ours)
    if n < 2 or np.ptp(ours) == 0 or np.ptp(theirs) == 0:
        reason = "fewer than two runs" if n < 2 else NEVER_VARIED
        none = no_interval(None, n, asked, level, reason)
        return Saving(none, none)
    # centred first: the sums of squares of 10^11 yen would lose what they are there for
    x, y = ours - ours.mean(), theirs - theirs.mean()
    columns = np.column_stack([x, y, x * x, y * y, x * y])
    return Saving(*(by_bootstrap(columns, each, (n, asked), level, rng) for each in (_correlation, _variance_ratio)))


def _moments(sums: Numbers, n: int) -> tuple[Numbers, Numbers, Numbers]:
    """The two variances and the covariance."""
    means = sums / n
    x, y = means[..., 0], means[..., 1]
    return (
        np.maximum(0.0, means[..., 2] - x * x), np.maximum(0.0, means[..., 3] - y * y), means[..., 4] - x * y,
    )  # fmt: skip


def _correlation(sums: Numbers, n: int) -> Numbers:
    of_first, of_second, together = _moments(sums, n)
    product = np.sqrt(of_first * of_second)
    # a resample in which one policy never varied has no correlation; it counts as none
    return np.divide(together, product, out=np.zeros_like(product), where=product > 0)


def _variance_ratio(sums: Numbers, n: int) -> Numbers:
    of_first, of_second, together = _moments(sums, n)
    total = of_first + of_second
    return np.divide(np.maximum(0.0, total - 2 * together), total, out=np.ones_like(total), where=total > 0)
