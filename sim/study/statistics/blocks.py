"""Blocks: intervals under a stratified design, whose points are independent only from block to block.

A block counts when all of its 64 runs are there; fewer than ten of them carry no interval.

Why: the points of one block repel each other, and a formula for independent runs claims a width that is not theirs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum
from typing import Final

from sim.study.statistics.interval import LEVEL, NEVER_VARIED, Interval, no_interval
from sim.study.statistics.mean import t_limits

BLOCK: Final = 64
"""Replications of one block of a stratified design."""
LEAST_BLOCKS: Final = 10


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
    return over_blocks(block_means(values), len(values), fsum(values.values()), asked, level)


def over_blocks(means: Sequence[float], n: int, total: float, asked: int, level: float = LEVEL) -> Interval:
    """The same from the means of the complete blocks, and number and sum of all values."""
    if not n:
        return no_interval(None, n, asked, level, "no run succeeded")
    if len(means) < LEAST_BLOCKS:
        reason = f"{len(means)} complete blocks of {BLOCK}, {LEAST_BLOCKS} needed"
        return no_interval(total / n, n, asked, level, reason)
    if min(means) == max(means):
        return no_interval(means[0], len(means) * BLOCK, asked, level, NEVER_VARIED)
    low, high = t_limits(means, level)
    return Interval(fsum(means) / len(means), low, high, len(means) * BLOCK, asked, level, "t over block means")


def block_means(values: Mapping[int, float]) -> list[float]:
    """Means of the complete blocks."""
    blocks: dict[int, list[float]] = {}
    for replication, value in values.items():
        blocks.setdefault(replication // BLOCK, []).append(value)
    return [fsum(block) / BLOCK for block in blocks.values() if len(block) == BLOCK]
