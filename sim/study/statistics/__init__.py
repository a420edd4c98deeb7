"""Intervals: what some runs say about all runs, each with how many it rests on, its level and its kind.

One module a claim: chances, means, quantiles, stratified blocks, pairs of policies, families of them, when to
stop, whom to choose, what common futures save, knowledge against luck, the day of success, many runs in bins.
A failed run is never dropped: it widens a bound, or the interval is refused and says why.

Why: a wrong procedure is worse than a slow one, and one room can be tested for what it promises.
"""

from __future__ import annotations

from sim.study.statistics.blocks import BLOCK, LEAST_BLOCKS, by_blocks
from sim.study.statistics.chance import wilson
from sim.study.statistics.interval import LEVEL, NEVER_VARIED, Interval, no_interval
from sim.study.statistics.mean import mean_of, mean_t
from sim.study.statistics.quantiles import quantile

__all__ = [
    "BLOCK",
    "LEAST_BLOCKS",
    "LEVEL",
    "NEVER_VARIED",
    "Interval",
    "by_blocks",
    "mean_of",
    "mean_t",
    "no_interval",
    "quantile",
    "wilson",
]
