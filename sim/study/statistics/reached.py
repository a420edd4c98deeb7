"""The day of success: the share of all runs that have reached it by each day.

Every run is in the denominator, those that never reach it and those that failed too; all are watched to one day.

Why: the mean day over the runs that do get there makes a hopeless plan look quick.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log, sqrt
from typing import NamedTuple

import numpy as np

from sim.study.statistics.chance import wilson
from sim.study.statistics.interval import LEVEL, Interval


class ReachedBy(NamedTuple):
    """The share of runs that have reached it by the end of a day."""

    day: int
    share: Interval
    """Holds for this day; ``band_half_width`` is for all days together."""


def reached_by(
    days: Sequence[float], at: Iterable[int], last_day: int, asked: int | None = None, level: float = LEVEL
) -> list[ReachedBy]:
    """The empirical curve of the day reached.

    Parameters
    ----------
    days
        Of each run that did not fail the first day it was reached; later than ``last_day`` or NaN: not by then.
    at
        The days to tell of, none later than ``last_day``.
    last_day
        To which all runs were watched.
    asked
        All runs; None: none failed. Failed runs widen the bounds as in any chance.

    Raises ValueError for a day on which nobody was watched any more.
    """
    ordered = np.sort(np.asarray(days, float))
    n = len(ordered)
    found = []
    for day in at:
        if day > last_day:
            raise ValueError(f"day {day}: found one after the last day watched; expected at most {last_day}")
        by_then = int(np.searchsorted(ordered, day, side="right"))
        found.append(ReachedBy(day, wilson(by_then, n, asked, level)))
    return found


def band_half_width(n: int, level: float = LEVEL) -> float:
    """How far the whole curve may lie from the true one, all days together.

    Source: Massart, Annals of Probability 18 (1990) 1269-1283.

    >>> round(band_half_width(1000), 4)
    0.0429
    """
    return sqrt(log(2 / (1 - level)) / (2 * n))
