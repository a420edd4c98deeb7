"""How many runs a wanted precision needs, for each of the rules by which a batch may stop.

Worked out from what a pilot found, as if the runs to come were like it.

Why: a night of computing should be asked for with its price known, and the rule that may be looked at costs more.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, sqrt
from typing import Final, NamedTuple

import numpy as np
from scipy.special import ndtri, stdtrit

from sim.study.statistics.chance import wilson_limits
from sim.study.statistics.interval import LEVEL
from sim.study.statistics.looks import LEAST_RUNS, LOOKS, level_of_a_look
from sim.study.statistics.sequence import sequence_limits

_MOST: Final = 2**32


class Needed(NamedTuple):
    """Runs that bring a half-width to what is wanted, by the rule that decides when to stop."""

    fixed: int
    """Number fixed beforehand, looked at once; also what stopping when narrow comes to, from 400 runs on."""
    six_looks: int
    """Six planned looks, each at the level that pays for all."""
    sequence: int | None
    """Looked at whenever one likes; None for values without known ends."""


def needed_for_chance(p: float, half_width: float, level: float = LEVEL) -> Needed:
    """Runs for a probability that is about ``p``.

    >>> needed_for_chance(0.5, 0.01)
    Needed(fixed=9600, six_looks=17395, sequence=29652)
    """

    def wilson_half(at: float) -> Callable[[int], float]:
        return lambda n: _half(wilson_limits(n * p, n, at))

    def sequence_half(n: int) -> float:
        return _half(sequence_limits(np.array([0.0, 1.0]), n * np.array([1 - p, p]), (0, 1), level))

    return Needed(
        least_n(wilson_half(level), half_width),
        least_n(wilson_half(level_of_a_look(LOOKS, level)), half_width),
        least_n(sequence_half, half_width),
    )


def needed_for_mean(
    deviation: float,
    half_width: float,
    level: float = LEVEL,
    within: tuple[float, float] | None = None,
    mean: float | None = None,
) -> Needed:
    """Runs for a mean of values with this standard deviation.

    Parameters
    ----------
    within, mean
        What every value lies between, and their mean: for the sequence, which is worked out for values that lie one
        deviation to either side of the mean, as far as the ends allow.
    """

    def t_half(at: float) -> Callable[[int], float]:
        return lambda n: float(stdtrit(max(1, n - 1), (1 + at) / 2)) * deviation / sqrt(n)

    sequence = None
    if within is not None and mean is not None:
        values = np.clip([mean - deviation, mean + deviation], *within)
        halves = np.array([0.5, 0.5])
        sequence = least_n(lambda n: _half(sequence_limits(values, n * halves, within, level)), half_width)
    six = least_n(t_half(level_of_a_look(LOOKS, level)), half_width)
    return Needed(least_n(t_half(level), half_width), six, sequence)


def _half(limits: tuple[float, float]) -> float:
    return (limits[1] - limits[0]) / 2


def least_n(half_width_of: Callable[[int], float], wanted: float) -> int:
    """The least number of runs whose half-width, which falls with it, is no more than wanted.

    Raises ValueError if no number up to 2**32 will do.
    """
    low, high = 1, 2
    while half_width_of(high) > wanted:
        low, high = high, 2 * high
        if high > _MOST:
            raise ValueError(f"half-width: found {wanted}; expected one that fewer than {_MOST:,} runs can reach")
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if half_width_of(middle) > wanted else (low, middle)
    return high


def runs_when_narrow(fixed: int) -> int:
    """What the rule "stop when narrow" comes to: never fewer than its least number of runs."""
    return max(LEAST_RUNS, fixed)


def normal_runs(deviation: float, half_width: float, level: float = LEVEL) -> int:
    """The textbook's number, z²·s²/h², for comparison.

    >>> normal_runs(0.5, 0.01)
    9604
    """
    return ceil((float(ndtri((1 + level) / 2)) * deviation / half_width) ** 2)
