"""Worst regrets apart: how much more one policy loses where it loses most than another, on the same futures.

All policies meet the same futures in all worlds, so that the regret of one in its worst world less the regret of the
other in any world is a difference future by future. A worst regret is the largest of a policy's gains to others; that
of two policies differ by no less than the least of such differences, which all hold together.

Why: two regrets whose intervals overlap may still be told apart in every future, and a planner should hear which.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Final

import numpy as np

from sim.study.gain import paired_mean
from sim.study.statistics import LEVEL, Interval, no_interval
from sim.study.statistics.pairs import no_difference
from sim.study.trial import Reals, Tried, exactly

UNIT: Final = (-1.0, 1.0)
"""What a gain in fulfilment lies between."""


def apart(tried: Tried, case_of: dict[tuple[str, str], str], base: str, other: str) -> Interval:
    """The worst regret of ``other`` less that of ``base``.

    Parameters
    ----------
    case_of
        (policy, world) -> the case in the trial; every policy in every world.
    """
    policies, worlds = (list(dict.fromkeys(key[place] for key in case_of)) for place in (0, 1))
    pairs = [(case_of[base, world], case_of[other, world]) for world in worlds]
    if all(tried.same_ledgers(first, second) for first, second in pairs):
        return no_difference(tried.replications)
    values = {key: tried.column(case, "fulfilment") for key, case in case_of.items()}
    gains = {policy: _gains(values, policies, worlds, policy) for policy in (base, other)}
    claims = claims_of(len(policies), len(worlds))
    below = _surely_more(gains[other], gains[base], tried, claims)
    above = _surely_more(gains[base], gains[other], tried, claims)
    value = max(0.0, *map(_mean, gains[other])) - max(0.0, *map(_mean, gains[base]))
    n = min(below.n, above.n)
    if below.low is None or above.low is None:
        reason = (below if below.low is None else above).kind.removeprefix("none: ")
        return no_interval(value, n, tried.replications, LEVEL, reason)
    kind = next(each.kind for each in (below, above) if not each.kind.startswith("exact"))
    return Interval(value, below.low, -above.low, n, tried.replications, LEVEL, kind)


def claims_of(policies: int, worlds: int) -> int:
    """How many differences of two policies' gains there are: each gain to another of one, or none, less each of one.

    >>> claims_of(2, 1), claims_of(2, 2)
    (3, 8)
    """
    each = worlds * (policies - 1)
    return policies * (policies - 1) // 2 * each * each + policies * each


def _gains(
    values: dict[tuple[str, str], Reals], policies: Sequence[str], worlds: Sequence[str], policy: str
) -> list[Reals]:
    """How much more each other policy fulfils in each world, future by future."""
    others = (each for each in policies if each != policy)
    return [values[other, world] - values[policy, world] for other, world in product(others, worlds)]


def _surely_more(of: Sequence[Reals], than: Sequence[Reals], tried: Tried, claims: int) -> Interval:
    """The difference with the least lower bound, of one policy's largest gain less each gain of the other.

    The policy itself is one of those to which there is a gain: of exactly nothing.
    """
    itself = np.zeros(tried.replications)
    largest = max(of, key=_mean)
    if _mean(largest) <= 0.0:
        largest, none = itself, [exactly(0.0, tried.replications, "exact: the policies themselves")]
    else:
        none = [paired_mean(largest, tried.stratified, claims, UNIT)]
    found = [*none, *(paired_mean(largest - gain, tried.stratified, claims, UNIT) for gain in than)]
    return min(found, key=lambda each: -np.inf if each.low is None else each.low)


def _mean(gains: Reals) -> float:
    known = gains[~np.isnan(gains)]
    return float(known.mean()) if len(known) else -np.inf
