"""Pairs: two policies on the same futures, and what their difference is.

Which pairs are known decides the bounds: a run that failed may have gone either way. Nothing but equal ledgers makes
a difference of exactly zero.

Why: a t interval on differences of zeros and ones has width zero in four small studies of ten, and claims then what
nobody knows.
"""

from __future__ import annotations

from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import bdtr, ndtri, stdtr

from sim.streams import Generator
from sim.study.statistics.blocks import by_blocks
from sim.study.statistics.interval import LEVEL, Interval, no_interval
from sim.study.statistics.mean import mean_of, t_limits

IDENTICAL: Final = "identical: all ledgers agree"
SCORE: Final = "score interval for pairs (Tango)"
Numbers = NDArray[np.float64]


def identical(first: NDArray[np.object_], second: NDArray[np.object_]) -> bool:
    """Whether two policies made the same run of every future: digests of ledgers, None or NaN for a failed run."""
    return len(first) > 0 and all(
        isinstance(one, str) and one == other for one, other in zip(first, second, strict=True)
    )


def no_difference(asked: int, level: float = LEVEL) -> Interval:
    """The difference of two policies whose ledgers all agree."""
    return Interval(0.0, 0.0, 0.0, asked, asked, level, IDENTICAL)


def chance_difference(first: Numbers, second: Numbers, level: float = LEVEL) -> Interval:
    """Chance of success of the first policy less that of the second, on the same futures.

    Parameters
    ----------
    first, second
        1 or 0 a future, NaN where the run failed. A failed run counts as whichever makes the bound wider.

    Source: Tango, Statistics in Medicine 17 (1998) 891-908.

    >>> times = [59, 6, 16, 80]
    >>> found = chance_difference(np.repeat([1.0, 1, 0, 0], times), np.repeat([1.0, 0, 1, 0], times))
    >>> round(found.low, 4), round(found.high, 4)
    (-0.124, -0.0054)
    """
    asked = len(first)
    known = ~(np.isnan(first) | np.isnan(second))
    n = int(known.sum())
    if not asked:
        return no_interval(None, 0, 0, level, "no run")
    value = float((first - second)[known].mean()) if n else None
    least = np.nan_to_num(first, nan=0.0) - np.nan_to_num(second, nan=1.0)
    most = np.nan_to_num(first, nan=1.0) - np.nan_to_num(second, nan=0.0)
    low = score_limits(*_parted(least), asked, level)[0]
    high = score_limits(*_parted(most), asked, level)[1]
    return Interval(value, low, high, n, asked, level, SCORE if n == asked else f"{SCORE}, failed runs as bounds")


def _parted(differences: Numbers) -> tuple[int, int]:
    return int((differences > 0).sum()), int((differences < 0).sum())


def score_limits(wins: float, losses: float, n: int, level: float) -> tuple[float, float]:
    """Limits of a difference of paired chances.

    Parameters
    ----------
    wins, losses
        Pairs in which only the first, and only the second, succeeded.
    n
        All pairs.
    """
    z = float(ndtri((1 + level) / 2))
    value = (wins - losses) / n
    edge = 1 - 1e-12
    low = -1.0 if losses == n else brentq(lambda d: _score(d, wins, losses, n) - z, -edge, value, xtol=1e-12)
    high = 1.0 if wins == n else brentq(lambda d: _score(d, wins, losses, n) + z, value, edge, xtol=1e-12)
    return float(low), float(high)


def _score(difference: float, wins: float, losses: float, n: int) -> float:
    """Standardised distance of a supposed difference from the observed one, its variance at the supposed one."""
    linear = wins + losses - (2 * n - wins + losses) * difference
    second_only = (linear + sqrt(linear**2 + 8 * n * losses * difference * (1 - difference))) / (4 * n)
    variance = n * (2 * second_only + difference * (1 - difference))
    distance = wins - losses - n * difference
    return distance / sqrt(variance) if variance > 0 else 0.0 if distance == 0 else np.copysign(np.inf, distance)


def mean_difference(
    first: Numbers,
    second: Numbers,
    rng: Generator,
    level: float = LEVEL,
    within: tuple[float, float] | None = None,
) -> Interval:
    """Mean of the first policy less that of the second, on the same futures.

    Parameters
    ----------
    first, second
        A value a future, NaN where the run failed.
    rng
        For the bootstrap, where differences are too skewed for Student's t.
    within
        What every value lies between; None: failed runs leave the difference without an interval.
    """
    asked = len(first)
    known = ~(np.isnan(first) | np.isnan(second))
    differences = (first - second)[known]
    n = len(differences)
    if within is None:
        return mean_of(differences.tolist(), rng, asked, level)
    low, high = within
    if n == asked:
        return mean_of(differences.tolist(), rng, asked, level, (low - high, high - low))
    least = np.nan_to_num(first, nan=low) - np.nan_to_num(second, nan=high)
    most = np.nan_to_num(first, nan=high) - np.nan_to_num(second, nan=low)
    value = float(differences.mean()) if n else None
    widest = high - low
    limits = t_limits(least.tolist(), level)[0], t_limits(most.tolist(), level)[1]
    kind = "t, failed runs as bounds"
    return Interval(value, max(limits[0], -widest), min(limits[1], widest), n, asked, level, kind)


def blocked_difference(first: Numbers, second: Numbers, level: float = LEVEL) -> Interval:
    """A difference of chances or means under a stratified design: Student's t over the means of whole blocks."""
    differences = first - second
    known = {int(number): float(differences[number]) for number in np.flatnonzero(~np.isnan(differences))}
    return by_blocks(known, len(first), level)


def chance_p(first: Numbers, second: Numbers) -> float:
    """Two-sided p-value of equal chances: McNemar's test on the pairs that differ, with half of what was seen (mid-p).

    Source: McNemar (1947); Fagerland, Lydersen & Laake, BMC Medical Research Methodology 13 (2013) 91, which
    recommends it over the exact test.
    """
    wins, losses = _parted(first - second)
    fewer, n = min(wins, losses), wins + losses
    below = float(bdtr(fewer - 1, n, 0.5)) if fewer else 0.0
    return min(1.0, float(bdtr(fewer, n, 0.5)) + below)


def mean_p(first: Numbers, second: Numbers) -> float:
    """Two-sided p-value of equal means: the paired t test; 1 where no pair differs, 0 where all differ by the same."""
    differences = (first - second)[~np.isnan(first - second)]
    n = len(differences)
    if n < 2 or not differences.any():
        return 1.0
    deviation = float(differences.std(ddof=1))
    if deviation == 0:
        return 0.0
    return float(2 * stdtr(n - 1, -abs(float(differences.mean())) * sqrt(n) / deviation))
