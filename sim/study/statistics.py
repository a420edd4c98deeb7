"""Intervals: what some runs say about all runs, each with how many it rests on, its level and its kind.

A failed run is never dropped: it widens a bound, or the interval is refused and says why.

Why: a batch that loses its awkward runs reports the chance of success among those that behaved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, fsum, sqrt
from typing import Final

import numpy as np
from scipy.special import bdtr, bdtrc, ndtri, stdtrit

LEVEL: Final = 0.95
BLOCK: Final = 64
"""Replications of one block of a stratified design."""
LEAST_BLOCKS: Final = 10
NEVER_VARIED: Final = "none: never varied"
"""Runs that all agree say nothing of how far the next may differ; a width of zero would claim they do."""


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate, and how far the truth may lie from it."""

    value: float | None
    """None where no run succeeded."""
    low: float | None
    """None: no lower bound can be given at this level."""
    high: float | None
    n: int
    """Runs that succeeded."""
    N: int
    """Runs asked for."""
    level: float
    kind: str
    """The procedure, or the reason why there is no interval."""


def wilson(successes: int, n: int, asked: int | None = None, level: float = LEVEL) -> Interval:
    """A probability, from independent runs, of which some failed.

    The failed runs might all have been misses or all successes: the interval reaches from the lower limit of the
    first to the upper limit of the second.

    Parameters
    ----------
    successes, n
        Of the runs that did not fail.
    asked
        All runs; None: none failed.

    Raises ValueError unless 0 <= successes <= n <= asked and asked > 0.

    Source: Wilson (1927); Newcombe, Statistics in Medicine 17 (1998), method 3.

    >>> found = wilson(81, 263)
    >>> round(found.low, 4), round(found.high, 4)
    (0.2553, 0.3662)
    """
    asked = n if asked is None else asked
    if not 0 <= successes <= n <= asked or asked == 0:
        raise ValueError(f"found {successes} of {n} of {asked}; expected 0 <= successes <= n <= N and N > 0")
    low = _wilson_limits(successes, asked, level)[0]
    high = _wilson_limits(successes + asked - n, asked, level)[1]
    kind = "wilson" if n == asked else "wilson, failed runs as bounds"
    return Interval(successes / n if n else None, low, high, n, asked, level, kind)


def _wilson_limits(successes: int, n: int, level: float) -> tuple[float, float]:
    z = float(ndtri((1 + level) / 2))
    middle = (successes + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * sqrt(successes * (n - successes) / n + z * z / 4)
    return (0.0 if successes == 0 else middle - half, 1.0 if successes == n else middle + half)


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
            return Interval(value, None, None, n, asked, level, NEVER_VARIED)
        low, high = _t_limits(values, level)
        return Interval(value, low, high, n, asked, level, "t")
    if n < asked and asked >= 2 and within is not None:
        failed = asked - n
        low = _t_limits([*values, *[within[0]] * failed], level)[0]
        high = _t_limits([*values, *[within[1]] * failed], level)[1]
        return Interval(value, max(low, within[0]), min(high, within[1]), n, asked, level, "t, failed runs as bounds")
    reason = "none: runs failed" if n < asked else "none: fewer than two runs"
    return Interval(value, None, None, n, asked, level, reason)


def _t_limits(values: Sequence[float], level: float) -> tuple[float, float]:
    n = len(values)
    mean = fsum(values) / n
    variance = fsum((value - mean) ** 2 for value in values) / (n - 1)
    half = float(stdtrit(n - 1, (1 + level) / 2)) * sqrt(variance / n)
    return mean - half, mean + half


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
    if not 0 < p < 1:
        raise ValueError(f"p: found {p}; expected a share strictly between 0 and 1")
    ordered = sorted(values)
    n = len(ordered)
    asked = n if asked is None else asked
    if not n:
        return Interval(None, None, None, n, asked, level, "none: no run succeeded")
    low_rank, high_rank = _ranks(asked, p, level)
    low_rank = low_rank - (asked - n)
    kind = "order statistics" if n == asked else "order statistics, failed runs as bounds"
    return Interval(
        ordered[max(1, ceil(n * p)) - 1],
        ordered[low_rank - 1] if low_rank >= 1 else None,
        ordered[high_rank - 1] if high_rank <= n else None,
        n, asked, level, kind,
    )  # fmt: skip


def _ranks(n: int, p: float, level: float) -> tuple[int, int]:
    """Ranks, from 1, of the values between which the quantile lies; 0 and n + 1 where no value will do.

    The chance that the quantile lies below the lower value, and that it lies above the upper one, is at most half
    of what the level leaves, each.
    """
    tail = (1 - level) / 2
    below = np.arange(n + 1)
    return int((bdtr(below, n, p) <= tail).sum()), int((bdtrc(below, n, p) > tail).sum()) + 1


def by_blocks(values: Mapping[int, float], asked: int, level: float = LEVEL) -> Interval:
    """A mean or a probability under a stratified design: a t interval over the means of its complete blocks.

    Parameters
    ----------
    values
        Replication -> value, of the runs that did not fail; 0 and 1 for a probability.
    asked
        All runs.

    Returns
    -------
    The mean over all of them; without an interval when fewer than 10 blocks of 64 are complete, since points of
    one block are not independent.

    Source: Owen, *Monte Carlo theory, methods and examples* (2013), ch. 10; McKay, Beckman & Conover (1979).
    """
    n = len(values)
    if not n:
        return Interval(None, None, None, n, asked, level, "none: no run succeeded")
    blocks: dict[int, list[float]] = {}
    for replication, value in values.items():
        blocks.setdefault(replication // BLOCK, []).append(value)
    means = [fsum(block) / BLOCK for block in blocks.values() if len(block) == BLOCK]
    if len(means) < LEAST_BLOCKS:
        reason = f"none: {len(means)} complete blocks of {BLOCK}, {LEAST_BLOCKS} needed"
        return Interval(fsum(values.values()) / n, None, None, n, asked, level, reason)
    if min(means) == max(means):
        return Interval(means[0], None, None, len(means) * BLOCK, asked, level, NEVER_VARIED)
    low, high = _t_limits(means, level)
    return Interval(fsum(means) / len(means), low, high, len(means) * BLOCK, asked, level, "t over block means")
