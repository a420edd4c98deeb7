"""Learning from what has happened: futures weighted by how near their deliveries come to the actual ones.

A future is off by so many days a unit; its weight falls with that, and too few futures that weigh anything is refused.

Why: after a year the beliefs of the first day are worth less than the delivery notes.

Sources: Beaumont, Annual Review of Statistics 6 (2019) 379-403 (approximate Bayesian computation); Kish, *Survey
Sampling* (1965), ch. 11 (effective sample size).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from scipy.special import ndtri

from sim.errors import TheirsError
from sim.study.sensitivity.output import Floats
from sim.study.statistics import LEVEL, Interval
from sim.study.statistics.chance import wilson_limits

LEAST_EFFECTIVE: Final = 30.0
"""Effective futures below which nothing is told."""


MOST_TOLERANCES: Final = 3
"""How far off the nearest future may be."""


class Delivery(NamedTuple):
    """Units that came on a day."""

    day: int
    units: int


def days_off(actual: Sequence[Delivery], simulated: Sequence[Delivery], first: int, last: int) -> float:
    """How far two histories of arrivals lie apart, in days a unit.

    The area between the two curves of units arrived so far, from the first day to the end of the last one, over the
    larger number of units: one unit a month late is 30 days, and a unit that has not come yet counts as coming after
    the last day. Zero where neither has any.

    >>> days_off([Delivery(10, 6)], [Delivery(40, 6)], 0, 99)
    30.0
    """
    steps = np.zeros(last - first + 1)
    for sign, history in ((1, actual), (-1, simulated)):
        for day, units in history:
            if day <= last:
                steps[max(day, first) - first] += sign * units
    most = max(sum(units for day, units in history if day <= last) for history in (actual, simulated))
    return float(np.abs(np.cumsum(steps)).sum()) / most if most else 0.0


def weights_of(off_days: Floats, tolerance_days: float) -> Floats:
    """Weights of futures, which add up to one.

    Parameters
    ----------
    off_days
        One row a future, one column an offer.
    tolerance_days
        How far off is still near: the standard deviation of a normal kernel.
    """
    if tolerance_days <= 0:
        raise ValueError(f"tolerance: found {tolerance_days} days; expected more than zero")
    logs = -0.5 * np.square(off_days / tolerance_days).sum(axis=1)
    weights: Floats = np.exp(logs - logs.max())
    weights /= weights.sum()
    return weights


def effective(weights: Floats) -> float:
    """Effective sample size: how many equal futures would say as much."""
    return float(1.0 / np.square(weights / weights.sum()).sum())


def require_effective(weights: Floats, least: float = LEAST_EFFECTIVE) -> float:
    """The effective sample size. Raises TheirsError if it is too small to tell anything."""
    found = effective(weights)
    if found < least:
        raise TheirsError(
            f"only {found:.1f} of {len(weights):,} futures are, in effect, like what has happened; expected at least"
            f" {least:.0f}. Run more futures, widen --tolerance, or look whether the deliveries can happen at all under"
            " this policy."
        )
    return found


def require_near(off_days: Floats, tolerance_days: float) -> None:
    """Raise TheirsError if no future comes near: weights only compare futures with each other.

    Near is within three tolerances of all offers together (root of the sum of squares over their number).
    """
    nearest = float(np.sqrt(np.square(off_days).mean(axis=1)).min())
    if nearest > MOST_TOLERANCES * tolerance_days:
        raise TheirsError(
            f"the nearest of {len(off_days):,} futures is {nearest:.0f} days a unit off what has happened; expected at"
            f" most {MOST_TOLERANCES} times the tolerance of {tolerance_days:g}. Run more futures, widen --tolerance,"
            " or look whether the deliveries can happen at all under this policy."
        )


def weighted_mean(values: Floats, weights: Floats, level: float = LEVEL) -> Interval:
    """A mean over weighted futures, with the interval of its linearised standard error.

    Source: Owen, *Monte Carlo theory, methods and examples* (2013), 9.2 (self-normalised importance sampling).
    """
    n = len(values)
    share = weights / weights.sum()
    value = float(share @ values)
    error = float(np.sqrt(np.square(share * (values - value)).sum()))
    if error == 0.0:
        return Interval(value, None, None, n, n, level, "none: never varied")
    half = float(ndtri((1 + level) / 2)) * error
    return Interval(value, value - half, value + half, n, n, level, "normal, weighted futures")


def weighted_chance(happened: Floats, weights: Floats, level: float = LEVEL) -> Interval:
    """A chance over weighted futures: Wilson's limits at as many futures as they are worth.

    Parameters
    ----------
    happened
        One or zero for each future.

    That is the fewer of Kish's effective number and the number whose standard error this is: the one alone covers too
    seldom where weights go with the outcome, the other where few futures decide.

    Source: Korn & Graubard, Survey Methodology 24 (1998) 193-201, with Wilson's limits; Franco et al., Journal of
    Survey Statistics and Methodology 7 (2019) 334-364.
    """
    n = len(happened)
    share = weights / weights.sum()
    value = min(1.0, float(share @ happened))
    variance = float(np.square(share * (happened - value)).sum())
    worth = effective(weights)
    if variance > 0.0:
        worth = min(worth, value * (1.0 - value) / variance)
    low, high = wilson_limits(value * worth, worth, level)
    return Interval(value, low, high, n, n, level, "wilson, weighted futures")


def weighted_quantile(values: Floats, weights: Floats, p: float) -> float:
    """Smallest value that at least a share ``p`` of the weight does not exceed."""
    order = np.argsort(values, kind="stable")
    upto = np.cumsum(weights[order]) / weights.sum()
    return float(values[order][min(int(np.searchsorted(upto, p - 1e-12)), len(values) - 1)])
