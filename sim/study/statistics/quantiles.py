"""Quantiles: between two of the runs' own values, whatever the distribution.

A bound that would take more runs than there are is not given; neither is one that lies among runs that failed.

Why: a P90 of a hundred runs rests on ten of them, and a smoothed one looks as if it rested on all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from math import ceil

from scipy.special import bdtr, bdtrc

from sim.study.statistics.interval import LEVEL, Interval, no_interval


def quantile(values: Sequence[float], p: float, asked: int | None = None, level: float = LEVEL) -> Interval:
    """A quantile, from independent runs, with the interval between two of their own values.

    The value is the smallest that at least a share ``p`` of the runs do not exceed. A bound that would take more
    runs is None. Failed runs count as the lowest for the lower bound and as the highest for the upper one.

    Raises ValueError unless 0 < p < 1.

    Source: Conover, *Practical Nonparametric Statistics* (1999), 3.2; David & Nagaraja, *Order Statistics* (2003), 7.1.

    >>> found = quantile(range(1, 21), 0.5)
    >>> found.value, found.low, found.high
    (10, 6, 15)
    """
    n = len(values)
    asked = n if asked is None else asked
    place, low_rank, high_rank = ranks(n, p, asked, level)
    if not n:
        return no_interval(None, n, asked, level, "no run succeeded")
    ordered = sorted(values)
    return Interval(
        ordered[place - 1],
        ordered[low_rank - 1] if low_rank >= 1 else None,
        ordered[high_rank - 1] if high_rank <= n else None,
        n, asked, level, kind_of(n, asked),
    )  # fmt: skip


def kind_of(n: int, asked: int) -> str:
    """The procedure's name, with or without failed runs."""
    return "order statistics" if n == asked else "order statistics, failed runs as bounds"


def ranks(n: int, p: float, asked: int, level: float) -> tuple[int, int, int]:
    """Ranks, from 1, of the quantile and of the values between which it lies; below 1 and above n where none will do.

    The chance that the quantile lies below the lower value, and that it lies above the upper one, is at most half
    of what the level leaves, each.

    Raises ValueError unless 0 < p < 1.
    """
    if not 0 < p < 1:
        raise ValueError(f"p: found {p}; expected a share strictly between 0 and 1")
    tail = (1 - level) / 2
    counts = range(asked + 1)
    low = bisect_left(counts, True, key=lambda below: bool(bdtr(below, asked, p) > tail))
    high = bisect_left(counts, True, key=lambda below: bool(bdtrc(below, asked, p) <= tail)) + 1
    return max(1, ceil(n * p)), low - (asked - n), high
