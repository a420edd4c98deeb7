"""Choosing the best policy by a race with a promised chance of being right, on futures of its own; then judging it.

The winner's score on the search futures flatters it. What is told of it comes from futures on which nothing was
chosen, with how far the score fell.

Why: the best of five equal policies looks better than it is, and next year the ministry would wonder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.errors import TheirsError
from sim.scenario.resolved import Scenario
from sim.study.batch import JUDGE
from sim.study.cases import Case
from sim.study.growing import Growing
from sim.study.measures_compared import Measured
from sim.study.plan import Progress
from sim.study.statistics import LEVEL, Interval, mean_t, wilson
from sim.study.statistics.apart import chances_apart, means_apart
from sim.study.statistics.selection import FIRST_STAGE, MACRO_RUNS, Race
from sim.study.trial import Futures, Tried

SEARCH: Final = "search"
"""The purpose of futures on which policies are chosen."""
_MACROS_AT_ONCE: Final = 6
"""Macro-replications that are run together; the race looks at each in turn."""

Numbers = NDArray[np.float64]


class Dropped(NamedTuple):
    """A policy that left the race."""

    policy: str
    runs: int
    """Its runs when it was dropped."""


@dataclass(frozen=True, slots=True)
class Raced:
    """What the search came to."""

    chosen: str | None
    """None: the race was not over after the most runs allowed."""
    left: tuple[str, ...]
    """Policies still in the race; the chosen one alone."""
    dropped: tuple[Dropped, ...]
    runs: int
    """Of each policy that stayed to the end."""
    most: int
    """Runs after which the race is over at the latest."""
    scores: dict[str, Interval]
    """Of those left, on the search futures."""
    values: dict[str, Numbers]


@dataclass(frozen=True, slots=True)
class Judged:
    """The policies on futures on which nothing was chosen."""

    scores: dict[str, Interval]
    """Of all policies."""
    fell: dict[str, Interval]
    """Of those left: score on the search futures less score here."""
    doubles: dict[str, tuple[str, ...]]
    """Of those left: policies with the same ledgers."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice, and what is known of it."""

    measure: Measured
    zone: float
    confidence: float
    raced: Raced
    judged: Judged
    judging: int
    """Futures judged on."""

    @property
    def doubles(self) -> tuple[str, ...]:
        """Policies whose ledgers were the chosen one's in every future judged on."""
        return self.judged.doubles.get(self.raced.chosen or "", ())


def choose(
    scenario: Scenario,
    policies: Sequence[str],
    measure: Measured,
    zone: float,
    confidence: float,
    searching: Futures,
    judging: Futures,
    progress: Progress | None = None,
) -> Chosen:
    """Choose on the one set of futures and judge on the other. Parameters and errors are those of both parts."""
    raced = race(scenario, policies, measure, zone, confidence, searching, progress)
    judged = judge(scenario, policies, measure, raced, judging, progress)
    return Chosen(measure, zone, confidence, raced, judged, judging.replications)


def race(
    scenario: Scenario,
    policies: Sequence[str],
    measure: Measured,
    zone: float,
    confidence: float,
    futures: Futures,
    progress: Progress | None = None,
) -> Raced:
    """Find the best policy on the futures for searching.

    Parameters
    ----------
    measure
        Between 0 and 1.
    zone
        If the best is better than every other by this much or more, it is chosen with probability ``confidence``.
    futures
        The key, and in ``replications`` the most runs of a policy.

    Raises
    ------
    TheirsError
        For fewer than two policies, fewer runs than the first stage takes, or a promise that cannot be kept.
    OursError
        If a run fails: the promise is for whole macro-replications.
    """
    first_runs = FIRST_STAGE * MACRO_RUNS
    if len(policies) < 2:
        raise TheirsError(f"found {len(policies)} policy; expected at least two to choose from.")
    if futures.replications < first_runs:
        raise TheirsError(
            f"replications: found {futures.replications}; expected at least {first_runs}: {FIRST_STAGE} groups of"
            f" {MACRO_RUNS} runs come before anything is dropped."
        )
    if not zone > 0 or not 1 / len(policies) < confidence < 1:
        raise TheirsError(
            f"found the zone {zone} and the confidence {confidence}; expected a zone above 0, and a confidence between"
            f" what guessing gives, {1 / len(policies):.2f}, and 1."
        )
    growing = Growing(cases_of(scenario, policies), replace(futures, purpose=SEARCH, most_failures=0), progress)
    tried = growing.to(first_runs)
    rules = Race(_macros(tried, policies, measure), zone, 1 - confidence)
    return _Runner(growing, tuple(policies), measure, rules, futures.replications // MACRO_RUNS).run()


def cases_of(scenario: Scenario, policies: Sequence[str]) -> list[Case]:
    """A case a policy, on independent futures: blocks of 64 would tie one macro-replication to the next."""
    independent = replace(scenario, experiment=replace(scenario.experiment, design="independent"))
    return [Case(policy, independent, policy) for policy in policies]


def _macros(tried: Tried, policies: Sequence[str], measure: Measured) -> Numbers:
    """Shape (macro-replications, policies): means of 50 runs."""
    columns = np.column_stack([tried.column(policy, measure.id) for policy in policies])
    means: Numbers = columns.reshape(-1, MACRO_RUNS, len(policies)).mean(axis=1)
    return means


@dataclass
class _Runner:
    """A race being run."""

    growing: Growing
    policies: tuple[str, ...]
    measure: Measured
    rules: Race
    most_macros: int

    def run(self) -> Raced:
        """Look after every macro-replication until one policy is left, or no more runs are allowed."""
        observed = FIRST_STAGE
        sums = self.rules.first_means.sum(axis=0)
        alive = np.ones(len(self.policies), bool)
        dropped: list[Dropped] = []
        while True:
            left = self.rules.survivors(sums, observed, alive)
            dropped += [
                Dropped(policy, observed * MACRO_RUNS)
                for policy, gone in zip(self.policies, alive & ~left, strict=True)
                if gone
            ]
            alive = left
            if alive.sum() == 1 or observed == self.most_macros:
                return self._told(alive, observed, dropped)
            sums = sums + self._next(alive, observed)
            observed += 1

    def _next(self, alive: NDArray[np.bool_], observed: int) -> Numbers:
        """The next macro-replication's means; of policies no longer in the race nothing."""
        ids = [policy for policy, still in zip(self.policies, alive, strict=True) if still]
        ahead = FIRST_STAGE + _MACROS_AT_ONCE * ((observed - FIRST_STAGE) // _MACROS_AT_ONCE + 1)
        last = min(ahead, self.most_macros, max(observed + 1, self.rules.most(alive)))
        means = np.zeros(len(self.policies))
        means[alive] = _macros(self.growing.to(last * MACRO_RUNS, ids), ids, self.measure)[observed]
        return means

    def _told(self, alive: NDArray[np.bool_], observed: int, dropped: Sequence[Dropped]) -> Raced:
        left = tuple(policy for policy, still in zip(self.policies, alive, strict=True) if still)
        tried = self.growing.to(observed * MACRO_RUNS, left)
        values = {policy: tried.column(policy, self.measure.id) for policy in left}
        return Raced(
            chosen=left[0] if len(left) == 1 else None,
            left=left,
            dropped=tuple(dropped),
            runs=observed * MACRO_RUNS,
            most=self.rules.most() * MACRO_RUNS,
            scores={policy: score(self.measure, found) for policy, found in values.items()},
            values=values,
        )


def score(measure: Measured, values: Numbers, level: float = LEVEL) -> Interval:
    """A policy's mean on independent futures, of which some runs may have failed (NaN)."""
    known = values[~np.isnan(values)]
    if measure.sort == "chance":
        return wilson(int(known.sum()), len(known), len(values), level)
    return mean_t(known.tolist(), len(values), level, measure.within)


def judge(
    scenario: Scenario,
    policies: Sequence[str],
    measure: Measured,
    raced: Raced,
    futures: Futures,
    progress: Progress | None = None,
) -> Judged:
    """What the policies are worth on other futures, and how far the scores of those left in the race fell.

    Raises OursError if more runs fail than is put up with.
    """
    tried = replace(futures, purpose=JUDGE).run(cases_of(scenario, policies), progress)
    values = {policy: tried.column(policy, measure.id) for policy in policies}
    apart = chances_apart if measure.sort == "chance" else means_apart
    return Judged(
        scores={policy: score(measure, found) for policy, found in values.items()},
        fell={policy: apart(raced.values[policy], values[policy][~np.isnan(values[policy])]) for policy in raced.left},
        doubles={
            policy: tuple(other for other in policies if other != policy and tried.same_ledgers(policy, other))
            for policy in raced.left
        },
    )
