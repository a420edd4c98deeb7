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


def levels_of(monthly: Mapping[str, NDArray[Any]], mission: str, clock: Clock) -> Levels:
    """The quantiles of one mission.

    Parameters
    ----------
    monthly
        Rows of one policy, column by column, in order of replication and month: ``month``, ``mission``, ``deployed``.
    """
    calendar = clock.calendar
    by_month = {calendar.month_index(day): day for day in calendar.month_ends(0, clock.horizon_day)}
    own = monthly["mission"] == mission
    months = np.unique(monthly["month"][own])
    units = np.sort(monthly["deployed"][own].reshape(-1, len(months)), axis=0)
    ranks = [max(1, ceil(len(units) * level)) - 1 for level in LEVELS]
    return Levels(np.array([by_month[int(month)] for month in months]), units[ranks])
