"""Chances: a probability from independent runs, of which some may have failed.

A failed run might have been a success or a miss, and the interval covers both.

Why: a batch that drops its failed runs reports the chance of success among those that behaved.
"""

from __future__ import annotations

from math import sqrt

from scipy.special import ndtri

from sim.study.statistics.interval import LEVEL, Interval


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
    low = wilson_limits(successes, asked, level)[0]
    high = wilson_limits(successes + asked - n, asked, level)[1]
    kind = "wilson" if n == asked else "wilson, failed runs as bounds"
    return Interval(successes / n if n else None, low, high, n, asked, level, kind)


def wilson_limits(successes: float, n: float, level: float) -> tuple[float, float]:
    """Wilson's two limits; numbers between whole ones are what a plan expects of runs to come, or weighted futures."""
    z = float(ndtri((1 + level) / 2))
    middle = (successes + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * sqrt(successes * (n - successes) / n + z * z / 4)
    return (0.0 if successes == 0 else middle - half, 1.0 if successes == n else middle + half)
