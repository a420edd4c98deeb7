"""Gains: what one case has over another on the same futures, future by future.

Where every pair of ledgers agrees the gain is exactly zero, and no further run could change it; where only the
measure agrees, nothing is claimed.

Why: two cases that meet the same luck differ by their difference alone, and that difference is what is asked for.
"""

from __future__ import annotations

import numpy as np

from sim.study.statistics import LEVEL, Interval, mean_t
from sim.study.statistics.family import bonferroni
from sim.study.statistics.pairs import blocked_difference, chance_difference, no_difference
from sim.study.trial import Reals, Tried


def mean_gain(
    tried: Tried, measure: str, base: str, other: str, *, claims: int = 1, unit: tuple[float, float] | None = (0.0, 1.0)
) -> Interval:
    """Mean of ``other`` less ``base``, paired by future.

    Parameters
    ----------
    claims
        How many such claims are made together: each is made at a level at which all hold at once.
    unit
        What the measure lies between; None: anything, and then failed runs leave no interval.
    """
    if tried.same_ledgers(base, other):
        return no_difference(tried.replications)
    return paired_mean(tried.column(other, measure) - tried.column(base, measure), tried.stratified, claims, unit)


def paired_mean(
    differences: Reals, stratified: bool, claims: int = 1, unit: tuple[float, float] | None = None
) -> Interval:
    """Mean of differences, one a future (NaN: a run failed); t, or t over blocks under a stratified design."""
    asked, level = len(differences), bonferroni(LEVEL, claims)
    if stratified:
        return _said(blocked_difference(differences, np.zeros(asked), level), claims)
    within = None if unit is None else (unit[0] - unit[1], unit[1] - unit[0])
    return _said(mean_t(differences[~np.isnan(differences)].tolist(), asked, level, within=within), claims)


def mean_share(values: Reals, stratified: bool) -> Interval:
    """Mean of numbers between 0 and 1, one a future (NaN: a run failed), cut to what a share can be."""
    known = values[~np.isnan(values)]
    if stratified:
        found = blocked_difference(values, np.zeros(len(values)))
    else:
        found = mean_t(known.tolist(), len(values), within=(0.0, 1.0))
    if found.low is None or found.high is None:
        return found
    return Interval(found.value, max(0.0, found.low), min(1.0, found.high), found.n, found.N, found.level, found.kind)


def chance_gain(tried: Tried, measure: str, base: str, other: str, *, claims: int = 1) -> Interval:
    """How much likelier something is under ``other`` than under ``base``; the measure is 0 or 1."""
    if tried.same_ledgers(base, other):
        return no_difference(tried.replications)
    first, second = tried.column(base, measure), tried.column(other, measure)
    if tried.stratified:
        return paired_mean(second - first, stratified=True, claims=claims)
    return _said(chance_difference(second, first, bonferroni(LEVEL, claims)), claims)


def _said(found: Interval, claims: int) -> Interval:
    """The same; an interval that shares its level with others says so."""
    if claims == 1:
        return found
    kind = found.kind if found.low is None else f"{found.kind}, Bonferroni over {claims}"
    return Interval(found.value, found.low, found.high, found.n, found.N, LEVEL, kind)
