"""Means of what is never below zero: counts of units, most of them none.

Student's interval where it stays above zero and the runs are not too skewed for it; else the bootstrap (BCa), whose
bounds are means of such counts themselves. Where the runs are too few to be drawn again, the range is stated: Student's
interval from zero on.

Why: "4 late units, between −3 and 11" makes a reader doubt the 4 as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.streams import Generator
from sim.study.statistics.bootstrap import KIND, LEAST_RESAMPLED, bca_means
from sim.study.statistics.interval import LEVEL, Interval, no_interval
from sim.study.statistics.mean import mean_t, suits_t

FROM_ZERO: Final = "t, from zero on"


def means_from_zero(columns: Sequence[NDArray[np.float64]], rng: Generator, level: float = LEVEL) -> list[Interval]:
    """Means of several counts over the same runs, none of which failed; each interval holds by itself.

    Parameters
    ----------
    columns
        Of each count its values, one a run, in any order.

    Raises ValueError for a value below zero.
    """
    if any(column.min(initial=0.0) < 0 for column in columns):
        raise ValueError("found a value below zero; expected counts")
    found = [mean_t(column.tolist(), level=level) for column in columns]
    open_ = [place for place, each in enumerate(found) if not _suits(columns[place], each)]
    if not open_:
        return found
    limits = bca_means(np.column_stack([columns[place] for place in open_]), level, rng)
    for place, ends in zip(open_, limits, strict=True):
        found[place] = _instead(found[place], ends)
    return found


def _suits(values: NDArray[np.float64], found: Interval) -> bool:
    """Whether Student's interval may be told as it is, or there is none at all."""
    return found.low is None or (found.low >= 0 and suits_t(values.tolist()))


def _instead(found: Interval, ends: tuple[float, float] | None) -> Interval:
    if ends is not None:
        return replace(found, low=ends[0], high=ends[1], kind=KIND)
    if found.n < LEAST_RESAMPLED:
        return replace(found, low=max(0.0, found.low or 0.0), kind=FROM_ZERO)
    return no_interval(found.value, found.n, found.N, found.level, "all resamples agree")
