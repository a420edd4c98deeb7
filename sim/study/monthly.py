"""Units in service month by month: quantiles over the runs at each month's end.

A quantile is the smallest value that at least such a share of the runs do not exceed. Quantiles of neighbouring months
are of different runs: they are no path that a run would follow.

Why: a mission that is six months late in the middle is another problem than one that never moves.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.scenario.resolved import Clock

LEVELS: Final = (0.10, 0.25, 0.50, 0.75, 0.90)


class Levels(NamedTuple):
    """Units in service at the ends of months."""

    days: NDArray[Any]
    quantiles: NDArray[Any]
    """(levels, months)."""


def levels_of_counts(months: Mapping[str, NDArray[Any]], mission: str, clock: Clock) -> Levels:
    """The same from counts in bins: a quantile is the lower end of its bin.

    Parameters
    ----------
    months
        Counts of one policy, column by column: ``month``, ``of``, ``measure``, ``least``, ``runs``.
    """
    own = (months["of"] == mission) & (months["measure"] == "deployed")
    month, least, runs = (months[column][own] for column in ("month", "least", "runs"))
    by_month = _ends(clock)
    found = np.unique(month)
    quantiles = np.empty((len(LEVELS), len(found)), np.int64)
    for place, each in enumerate(found):
        here = month == each
        order = np.argsort(least[here])
        reached = np.cumsum(runs[here][order])
        ranks = [max(1, ceil(int(reached[-1]) * level)) for level in LEVELS]
        quantiles[:, place] = least[here][order][np.searchsorted(reached, ranks)]
    return Levels(np.array([by_month[int(each)] for each in found]), quantiles)


def _ends(clock: Clock) -> dict[int, int]:
    """Month -> its last day."""
    return {clock.calendar.month_index(day): day for day in clock.calendar.month_ends(0, clock.horizon_day)}


def levels_of(monthly: Mapping[str, NDArray[Any]], mission: str, clock: Clock) -> Levels:
    """The quantiles of one mission.

    Parameters
    ----------
    monthly
        Rows of one policy, column by column, in order of replication and month: ``month``, ``mission``, ``deployed``.
    """
    by_month = _ends(clock)
    own = monthly["mission"] == mission
    months = np.unique(monthly["month"][own])
    units = np.sort(monthly["deployed"][own].reshape(-1, len(months)), axis=0)
    ranks = [max(1, ceil(len(units) * level)) - 1 for level in LEVELS]
    return Levels(np.array([by_month[int(month)] for month in months]), units[ranks])
