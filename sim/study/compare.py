"""Comparing policies on the same futures: each measure's paired difference to a reference, and a verdict on it.

On each measure the policies are one family: its intervals hold together. A policy whose ledgers are the reference's,
future by future, differs by exactly zero.

Why: policies that meet the same luck differ by what was decided, and a planner may say so with a known chance of error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.scenario.resolved import Scenario
from sim.streams import Generator, generator
from sim.study.measures_compared import Measured
from sim.study.statistics import LEVEL, NEVER_VARIED, Interval, no_interval
from sim.study.statistics.family import bonferroni, holm, simultaneous
from sim.study.statistics.pairs import (
    blocked_difference,
    chance_difference,
    chance_p,
    mean_difference,
    mean_p,
    no_difference,
)
from sim.study.statistics.saving import Saving, saving
from sim.study.statistics.sequence import SEQUENCE, sequence_limits
from sim.study.statistics.verdict import Verdict, verdict
from sim.study.trial import Tried

ZONE: Final = 0.02
"""Two points of a chance or of fulfilment, or two parts in a hundred of an amount, unless told otherwise."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Compared:
    """One policy against the reference on one measure."""

    policy: str
    measure: Measured
    own: float | None
    """Mean of the policy's own runs; for a chance their share."""
    reference: float | None
    difference: Interval
    """Policy less reference; ``level`` is that of all on this measure together."""
    zone: float
    """Differences up to this one do not matter."""
    verdict: Verdict
    p_value: float | None
    """Holm's, over the policies; None where it has no meaning (stratified, or looked at as one likes)."""
    saving: Saving | None
    """What common futures gave; None: not asked for."""


@dataclass(frozen=True, slots=True)
class How:
    """How policies are compared."""

    reference: str
    zone: float = ZONE
    """Share; for amounts a part of the reference's mean, or for units of the mean target."""
    level: float = LEVEL
    """Of each measure's family together."""
    sequence: bool = False
    """Whether it may be looked at after any run."""
    seed: int = 1
    """Of the bootstrap."""


def compare(
    tried: Tried, scenario: Scenario, measures: Sequence[Measured], how: How, *, savings: bool = True
) -> list[Compared]:
    """Compare the cases of a trial, whose ids are policies, with one of them; measure by measure.

    Parameters
    ----------
    savings
        Whether to work out what common futures gave, which takes most of the time and decides nothing.
    """
    return [row for measure in measures for row in _on(tried, scenario, measure, how, savings=savings)]


def _on(tried: Tried, scenario: Scenario, measure: Measured, how: How, *, savings: bool) -> Iterator[Compared]:
    rivals = [policy for policy in tried.cases if policy != how.reference]
    theirs = tried.column(how.reference, measure.id)
    ours = {policy: tried.column(policy, measure.id) for policy in rivals}
    rng = generator(how.seed, "compare", measure.id)
    differences = _family(tried, measure, how, rng)
    zone = measure.zone(how.zone, _about(tried, scenario, measure, how.reference))
    p_values = _p_values(tried, measure, how, ours, theirs)
    for policy in rivals:
        found = differences[policy]
        yield Compared(
            policy,
            measure,
            _mean(ours[policy]),
            _mean(theirs),
            found,
            zone,
            verdict(found, zone, more_is_better=measure.more_is_better),
            p_values.get(policy),
            _saved(tried, ours[policy], theirs, rng) if savings else None,
        )


def _mean(values: Numbers) -> float | None:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else None


def _about(tried: Tried, scenario: Scenario, measure: Measured, reference: str) -> float:
    """What an amount is a part of: units of the mean target, money of the reference's mean."""
    kind, _, mission = measure.id.partition("/")
    column = f"target/{mission}" if kind == "deployed" and mission in scenario.missions else measure.id
    return _mean(tried.column(reference, column)) or 0.0


def _family(tried: Tried, measure: Measured, how: How, rng: Generator) -> Mapping[str, Interval]:
    """Each policy's difference, at a level at which all of the measure hold."""
    rivals = [policy for policy in tried.cases if policy != how.reference]
    each = bonferroni(how.level, len(rivals))
    theirs = tried.column(how.reference, measure.id)
    found = {p: no_difference(tried.replications, how.level) for p in rivals if tried.same_ledgers(p, how.reference)}
    found |= {
        p: _still(theirs, how.level) for p in rivals if p not in found and _never_varied(tried, measure, p, theirs)
    }
    open_ones = [policy for policy in rivals if policy not in found]
    ours = {policy: tried.column(policy, measure.id) for policy in open_ones}
    whole = not np.isnan(theirs).any() and not any(np.isnan(values).any() for values in ours.values())
    together = measure.sort != "chance" and whole and len(open_ones) > 1 and not how.sequence and not tried.stratified
    if together:
        columns = np.column_stack([ours[policy] - theirs for policy in open_ones])
        return found | dict(zip(open_ones, simultaneous(columns, rng, how.level), strict=True))
    alone = {policy: _alone(tried, measure, how, ours[policy], theirs, each, rng) for policy in open_ones}
    return found | {policy: _told(interval, len(rivals), how.level) for policy, interval in alone.items()}


def _never_varied(tried: Tried, measure: Measured, policy: str, theirs: Numbers) -> bool:
    """Whether both policies came to one and the same value in every future that both have."""
    both = np.concatenate([tried.column(policy, measure.id), theirs])
    known = both[~np.isnan(both)]
    return len(known) > 2 and bool((known == known[0]).all())


def _still(values: Numbers, level: float) -> Interval:
    return no_interval(0.0, int((~np.isnan(values)).sum()), len(values), level, NEVER_VARIED)


def _alone(
    tried: Tried, measure: Measured, how: How, ours: Numbers, theirs: Numbers, level: float, rng: Generator
) -> Interval:
    if tried.stratified:
        return blocked_difference(ours, theirs, level)
    if how.sequence:
        return _by_sequence(measure, ours, theirs, level)
    if measure.sort == "chance":
        return chance_difference(ours, theirs, level)
    return mean_difference(ours, theirs, rng, level, measure.within)


def _by_sequence(measure: Measured, ours: Numbers, theirs: Numbers, level: float) -> Interval:
    """An interval that may be looked at after any run; of failed runs each counts as what widens it."""
    asked, known = len(ours), ~np.isnan(ours - theirs)
    n, value = int(known.sum()), _mean(ours - theirs)
    if measure.within is None:
        return no_interval(value, n, asked, level, "no sequence for values without known ends")
    limits = []
    for of_ours, of_theirs in ((0.0, 1.0), (1.0, 0.0)):
        filled = np.nan_to_num(ours, nan=of_ours) - np.nan_to_num(theirs, nan=of_theirs)
        seen, counts = np.unique(filled, return_counts=True)
        limits.append(sequence_limits(seen, counts.astype(float), (-1.0, 1.0), level))
    kind = SEQUENCE if n == asked else f"{SEQUENCE}, failed runs as bounds"
    return Interval(value, limits[0][0], limits[1][1], n, asked, level, kind)


def _told(found: Interval, size: int, level: float) -> Interval:
    """Say that an interval pays for a whole family, and the level at which the family holds."""
    kind = found.kind if size < 2 or found.low is None else f"{found.kind}, Bonferroni of {size}"
    return Interval(found.value, found.low, found.high, found.n, found.N, level, kind)


def _p_values(
    tried: Tried, measure: Measured, how: How, ours: Mapping[str, Numbers], theirs: Numbers
) -> Mapping[str, float]:
    if tried.stratified or how.sequence:
        return {}
    test = chance_p if measure.sort == "chance" else mean_p
    return dict(zip(ours, holm([test(values, theirs) for values in ours.values()]), strict=True))


def _saved(tried: Tried, ours: Numbers, theirs: Numbers, rng: Generator) -> Saving:
    found = saving(ours, theirs, rng)
    if not tried.stratified:
        return found
    reason = "stratified design"
    return Saving(*(no_interval(each.value, each.n, each.N, each.level, reason) for each in found))


def undecided(rows: Sequence[Compared]) -> list[Compared]:
    """Comparisons that more runs could decide."""
    return [row for row in rows if not row.verdict.decided and row.difference.kind != NEVER_VARIED]
