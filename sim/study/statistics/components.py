"""Knowledge against luck: how much of a measure's spread would go if the inputs were known, and how much would stay.

From groups of runs with the same parameters and different luck. What is estimated may come out negative, and is
shown as it comes.

Why: group means spread by luck too, and their plain variance sells it as something that a survey could find out.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.streams import Generator
from sim.study.statistics.bootstrap import by_bootstrap
from sim.study.statistics.interval import LEVEL, NEVER_VARIED, Interval, no_interval

_KIND = "bootstrap of groups (BCa)"
Numbers = NDArray[np.float64]


class Components(NamedTuple):
    """A measure's variance, split."""

    knowledge: Interval
    """(MSB − MSW)/m: variance of the mean, given the parameters. May be negative."""
    luck: Interval
    """MSW: mean variance, the parameters being what they are."""
    share: Interval
    """Of knowledge in both together; may be negative."""


def components(values: Numbers, rng: Generator, level: float = LEVEL) -> Components:
    """Split a variance by groups of equal parameters.

    Parameters
    ----------
    values
        Shape (groups, m): the same parameters along a row, m ≥ 2 luck numbers; NaN where a run failed, and then a
        group that is not whole is left out and no interval given.

    Source: Sun, Apley & Staum, Operations Research 59 (2011) 998-1007; Searle, Casella & McCulloch, *Variance
    Components* (1992), ch. 3.
    """
    asked, m = values.shape
    whole = values[~np.isnan(values).any(axis=1)]
    groups = len(whole)
    if groups < 2:
        none = no_interval(None, groups * m, asked * m, level, "fewer than two groups")
        return Components(none, none, none)
    if np.ptp(whole) == 0:
        never = no_interval(0.0, groups * m, asked * m, level, NEVER_VARIED)
        return Components(never, never, no_interval(None, groups * m, asked * m, level, NEVER_VARIED))
    whole = whole - whole.mean()
    means = whole.mean(axis=1)
    within = ((whole - means[:, np.newaxis]) ** 2).sum(axis=1)
    columns = np.column_stack([means, means**2, within])

    def squares(sums: Numbers, n: int) -> tuple[Numbers, Numbers]:
        between = np.maximum(0.0, sums[..., 1] - sums[..., 0] ** 2 / n) / (n - 1)
        luck = sums[..., 2] / (n * (m - 1))
        return between - luck / m, luck

    def knowledge(sums: Numbers, n: int) -> Numbers:
        return squares(sums, n)[0]

    def luck(sums: Numbers, n: int) -> Numbers:
        return squares(sums, n)[1]

    def share(sums: Numbers, n: int) -> Numbers:
        known, chance = squares(sums, n)
        total = known + chance
        return np.divide(known, total, out=np.zeros_like(total), where=total > 0)

    runs = groups * m, asked * m
    return Components(*(by_bootstrap(columns, each, runs, level, rng, _KIND) for each in (knowledge, luck, share)))
