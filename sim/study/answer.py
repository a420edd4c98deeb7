"""The answer: what a stored study says of each policy, mission by mission and as a whole.

Everything is worked out from the stored tables, and carries how many runs it rests on.

Why: what the terminal prints, what the report shows and what a notebook finds must be one number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.scenario.resolved import Mission, Scenario
from sim.store import DONE, Study
from sim.store.columns import numbers_of, words_of
from sim.streams import generator
from sim.study.shortfall import MISSING_PLACES, shortfall_of
from sim.study.statistics import BLOCK, LEVEL, Interval, by_blocks, mean_of, quantile, wilson

READ_AT_ONCE: Final = 4_096
"""Replications up to which a policy's rows are read at once; of larger studies chunk by chunk, to the same numbers."""
_OF_A_MISSION: Final = (
    "replication", "mission", "target", "met", "deployed", "deployed_counted", "reached_day", *MISSING_PLACES,
)  # fmt: skip
_OF_A_RUN: Final = ("replication", "status", "all_met", "fulfilment", "cost", "lapsed", "fx", "owed")


@dataclass(frozen=True, slots=True)
class Spread:
    """How a measure is spread over the runs: three quantiles, each with its interval."""

    p10: Interval
    p50: Interval
    p90: Interval
    varies: bool
    """Whether any two runs differ."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Where most of the missing units are, in the runs that fall short."""

    place: str
    units: float
    """Mean over those runs."""
    of_units: float
    """Mean shortfall."""
    runs: int
    """How many runs fall short."""


@dataclass(frozen=True, slots=True)
class MissionAnswer:
    """A mission under one policy, at the end of its due day."""

    mission: str
    title: str
    counted_as: str
    due_day: int
    target: Spread
    chance: Interval
    """That the units in service that count reach the run's own target."""
    deployed: Spread
    """Units in service that count."""
    reached_day: Interval
    """Median of the first day on which the target is reached; beyond the horizon: not by then."""
    missing: Missing | None
    """None where no run falls short."""


@dataclass(frozen=True, slots=True)
class PolicyAnswer:
    """A policy over all futures."""

    policy: str
    title: str
    missions: tuple[MissionAnswer, ...]
    fulfilment: Interval
    """Mean of the weighted fulfilment, 0 to 1."""
    joint: Interval | None
    """Chance that every mission of the joint list is met; None where the scenario names none."""
    cost: Spread
    """Yen, as all money here."""
    lapsed: Spread
    fx: Spread
    owed: Spread
    failed: int

    def never_varied(self) -> list[str]:
        """Measures on which all runs agree: nothing can be learned of them from more runs of this kind."""
        found = [f"chance of {each.mission}" for each in self.missions if _sure(each.chance)]
        found += [f"units in service of {each.mission}" for each in self.missions if not each.deployed.varies]
        if self.joint is not None and _sure(self.joint):
            found.append("joint chance")
        money = {"cost": self.cost, "lapsed": self.lapsed, "exchange": self.fx, "owed": self.owed}
        return found + [name for name, spread in money.items() if not spread.varies]


def _sure(chance: Interval) -> bool:
    return chance.value in (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Answer:
    """All policies, in the order asked for."""

    scenario: Scenario
    replications: int
    policies: tuple[PolicyAnswer, ...]


def answer(study: Study, scenario: Scenario) -> Answer:
    """What a study says; ``scenario`` is the one it ran."""
    if study.replications > READ_AT_ONCE:
        from sim.study.streamed import policy_streamed

        policies = tuple(policy_streamed(study, scenario, policy) for policy in study.policies)
    else:
        estimates = Estimates(study.replications, study.manifest["design"])
        policies = tuple(_policy(study, scenario, estimates, policy) for policy in study.policies)
    return Answer(scenario, study.replications, policies)


class Estimates:
    """The procedures that suit a study's design."""

    def __init__(self, replications: int, design: str) -> None:
        self._asked = replications
        self._stratified = design != "independent"

    def chance(self, happened: Mapping[int, bool]) -> Interval:
        """A probability, from what happened in each run that did not fail."""
        if self._stratified:
            return self.in_unit(by_blocks({number: float(it) for number, it in happened.items()}, self._asked))
        return self.chance_of(sum(happened.values()), len(happened))

    def chance_of(self, happened: int, n: int) -> Interval:
        """A probability, from how often it happened in so many independent runs that did not fail."""
        return wilson(happened, n, self._asked)

    def mean_share(self, values: Mapping[int, float]) -> Interval:
        """A mean of numbers between 0 and 1."""
        if self._stratified:
            return self.in_unit(by_blocks(values, self._asked))
        rng = generator(0, "bootstrap", "mean of a share")  # the same runs give the same interval
        return self.in_unit(mean_of(list(values.values()), rng, self._asked, within=(0.0, 1.0)))

    def spread(self, values: Sequence[float]) -> Spread:
        """The quantiles a planner is told."""
        p10, p50, p90 = (self.quantile(values, p) for p in (0.1, 0.5, 0.9))
        return Spread(p10, p50, p90, varies=len(set(values)) > 1)

    def quantile(self, values: Sequence[float], p: float) -> Interval:
        """A quantile; under a stratified design without an interval, since none of its points are independent."""
        found = quantile(values, p, self._asked)
        if not self._stratified:
            return found
        reason = f"none: stratified in blocks of {BLOCK}"
        return Interval(found.value, None, None, found.n, found.N, LEVEL, reason)

    @staticmethod
    def in_unit(found: Interval) -> Interval:
        """The same, cut to what a share can be: a t interval knows no bounds."""
        if found.low is None or found.high is None:
            return found
        low, high = max(0.0, found.low), min(1.0, found.high)
        return Interval(found.value, low, high, found.n, found.N, found.level, found.kind)


def _policy(study: Study, scenario: Scenario, estimates: Estimates, policy: str) -> PolicyAnswer:
    runs = _columns(study, "runs", policy, _OF_A_RUN)
    done = runs["status"] == DONE
    numbers = runs["replication"][done].tolist()
    of_runs = {name: runs[name][done].tolist() for name in _OF_A_RUN if name not in ("replication", "status")}
    rows = _columns(study, "missions", policy, _OF_A_MISSION)
    return PolicyAnswer(
        policy=policy,
        title=scenario.policies[policy].title,
        missions=tuple(_mission(rows, mission, estimates) for mission in scenario.missions.values()),
        fulfilment=estimates.mean_share(dict(zip(numbers, of_runs["fulfilment"], strict=True))),
        joint=estimates.chance(dict(zip(numbers, of_runs["all_met"], strict=True))) if scenario.joint else None,
        cost=estimates.spread(of_runs["cost"]),
        lapsed=estimates.spread(of_runs["lapsed"]),
        fx=estimates.spread(of_runs["fx"]),
        owed=estimates.spread(of_runs["owed"]),
        failed=len(done) - len(numbers),
    )


def _mission(rows: Mapping[str, NDArray[Any]], mission: Mission, estimates: Estimates) -> MissionAnswer:
    own = {name: column[rows["mission"] == mission.id] for name, column in rows.items()}
    met = dict(zip(own["replication"].tolist(), own["met"].tolist(), strict=True))
    return MissionAnswer(
        mission=mission.id,
        title=mission.title,
        counted_as=mission.counted_as,
        due_day=mission.due_day,
        target=estimates.spread(own["target"].tolist()),
        chance=estimates.chance(met),
        deployed=estimates.spread(own["deployed_counted"].tolist()),
        reached_day=estimates.quantile(own["reached_day"].tolist(), 0.5),
        missing=missing_of(own),
    )


def missing_of(own: Mapping[str, NDArray[Any]]) -> Missing | None:
    """Where most of a mission's missing units are, from its rows column by column; None if no run falls short."""
    short = shortfall_of(own)
    if not short.runs:
        return None
    place = short.largest()
    return Missing(place, short.places[place], short.missing, short.runs)


def _columns(study: Study, name: str, policy: str, columns: Sequence[str]) -> dict[str, NDArray[Any]]:
    data = study.table(name, policy, columns)
    return {column: _values(data[column]) for column in columns}


def _values(column: pa.ChunkedArray) -> NDArray[Any]:
    if column.type != pa.string():
        return numbers_of(column)
    words, codes = words_of(column)
    return np.array(words, object)[codes] if words else np.zeros(0, object)
