"""Looks: when a batch that is still growing may be looked at, and with which level.

Narrow enough is a property of the interval and may be looked for from 400 runs on. Decided is a test: its looks are
planned beforehand, and each pays for all.

Why: two equal policies were called different in 44 of 100 studies that looked with plain intervals until it happened.
"""

from __future__ import annotations

from math import ceil
from typing import Final

from sim.study.statistics.blocks import BLOCK
from sim.study.statistics.family import bonferroni
from sim.study.statistics.interval import LEVEL, Interval

LEAST_RUNS: Final = 400
"""Before so many runs a width is too uncertain to stop on (Chow & Robbins 1965; Glynn & Whitt 1992)."""
LOOKS: Final = 6


def narrow_enough(found: Interval, half_width: float) -> bool:
    """Whether an interval is narrow enough to stop at; never before 400 runs.

    Sources: Chow & Robbins, Annals of Mathematical Statistics 36 (1965) 457-462; Glynn & Whitt, Annals of Applied
    Probability 2 (1992) 180-198.
    """
    own = found.half_width
    return own is not None and found.N >= LEAST_RUNS and own <= half_width


def first_look(most: int) -> int:
    """The first number of runs to stop at: the least allowed, in whole blocks, or all there may be."""
    return min(most, BLOCK * ceil(LEAST_RUNS / BLOCK))


def next_look(found: Interval, half_width: float, most: int) -> int:
    """How many runs to look at next when the interval is not yet narrow enough, in whole blocks.

    What the width so far asks for, but no more than twice as many at once, since the width is an estimate too.
    """
    own = found.half_width
    asked = 2 * found.N if own is None else min(2 * found.N, ceil(found.N * (own / half_width) ** 2))
    return min(most, BLOCK * max(found.N // BLOCK + 1, ceil(asked / BLOCK)))


def planned_looks(most: int, looks: int = LOOKS) -> list[int]:
    """Numbers of runs at which a study of at most ``most`` runs is looked at, each about the same factor further.

    In whole blocks but for the last; fewer than ``looks`` where there is no room for them.

    >>> planned_looks(4096)
    [448, 704, 1088, 1728, 2688, 4096]
    """
    first = first_look(most)
    factor = (most / first) ** (1 / max(1, looks - 1))
    found = [min(most, BLOCK * ceil(first * factor**place / BLOCK)) for place in range(looks - 1)]
    return sorted({*found, most})


def level_of_a_look(looks: int, level: float = LEVEL) -> float:
    """The level of the interval at each look, so that all looks together keep ``level`` (Bonferroni).

    >>> round(level_of_a_look(6), 5)
    0.99167
    """
    return bonferroni(level, looks)
