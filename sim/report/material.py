"""What a report is made of: one study, its answer, and how its parts are named on the page.

Tables are read policy by policy; runs that failed have no rows in them and are counted beside every number.

Why: a figure and a sentence about one thing must start from the same numbers and call it by the same name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.calendar import Calendar
from sim.errors import TheirsError, nearest
from sim.report import wording
from sim.scenario.resolved import Clock, Scenario
from sim.store import DONE, Study
from sim.store.columns import numbers_of, words_of
from sim.study.answer import Answer, Estimates, MissionAnswer, PolicyAnswer, answer
from sim.study.statistics import Interval

_SHORT_UNTIL: Final = re.compile(r"[:,(]")

Columns = Mapping[str, NDArray[Any]]
"""Column -> one value a row, in order of replication."""


@dataclass(frozen=True)
class Material:
    """A study and its answer."""

    study: Study
    answer: Answer

    @property
    def scenario(self) -> Scenario:
        """The scenario that was run."""
        return self.answer.scenario

    @property
    def clock(self) -> Clock:
        """Its clock."""
        return self.scenario.clock

    @property
    def calendar(self) -> Calendar:
        """Its calendar."""
        return self.clock.calendar

    @property
    def seed(self) -> int:
        """Which futures."""
        return int(self.study.manifest["seed"])

    @cached_property
    def estimates(self) -> Estimates:
        """The procedures that suit the study's design."""
        return Estimates(self.study.replications, self.study.manifest["design"])

    @cached_property
    def leading(self) -> PolicyAnswer:
        """The policy with the highest mean fulfilment, the first of those that are level: shown where one is."""
        return max(self.answer.policies, key=lambda policy: (policy.fulfilment.n > 0, or_zero(policy.fulfilment)))

    @cached_property
    def missions(self) -> Mapping[str, str]:
        """Mission -> its name on the page: the title up to its first aside, whole where two would be alike."""
        titles = {mission.id: mission.title for mission in self.scenario.missions.values()}
        short = {id: _SHORT_UNTIL.split(title)[0].strip() or title for id, title in titles.items()}
        alike = [name for name in short.values() if list(short.values()).count(name) > 1]
        return {id: titles[id] if name in alike else name for id, name in short.items()}

    def policy(self, name: str | None) -> PolicyAnswer:
        """A policy by name; None: the leading one. Raises TheirsError if the study does not have it."""
        if name is None:
            return self.leading
        return self.policies(name)[0]

    def policies(self, name: str | None = None) -> Sequence[PolicyAnswer]:
        """All policies, or the one of this name. Raises TheirsError if the study does not have it."""
        found = [policy for policy in self.answer.policies if name in (None, policy.policy)]
        if not found:
            raise TheirsError(f"no policy '{name}' in this study. {nearest(name or '', self.study.policies)}")
        return found

    def mission_ids(self, name: str | None = None) -> Sequence[str]:
        """All missions, or the one of this name. Raises TheirsError if the scenario does not have it."""
        found = [mission for mission in self.missions if name in (None, mission)]
        if not found:
            raise TheirsError(f"no mission '{name}' in this study. {nearest(name or '', list(self.missions))}")
        return found

    def columns(self, table: str, policy: str, columns: Sequence[str]) -> Columns:
        """Some columns of one policy's part of a table."""
        data = self.study.table(table, policy, columns)
        return {column: _values(data[column]) for column in columns}

    def of_runs(self, policy: str, columns: Sequence[str]) -> Columns:
        """Columns of the runs that did not fail."""
        found = self.columns("runs", policy, ("status", *columns))
        done = found["status"] == DONE
        return {column: found[column][done] for column in columns}

    def runs(self, policies: Sequence[PolicyAnswer]) -> str:
        """How many futures these policies' numbers rest on, for a caption."""
        asked = self.answer.replications
        done = sorted({asked - policy.failed for policy in policies})
        if len(done) == 1:
            return wording.runs(done[0], asked)
        return f"{done[0]:,} to {done[-1]:,} of {asked:,} futures a policy, the others failed"

    def footing(self, policies: Sequence[PolicyAnswer]) -> str:
        """What every caption ends with: futures, seed and design."""
        design = self.study.manifest["design"]
        how = "" if design == "independent" else f", design {design.replace('_', ' ')}"
        return f"{self.runs(policies)}; seed {self.seed}{how}."


def material_of(study: Study, found: Answer | None = None) -> Material:
    """What a report of this study is made of; ``found`` is its answer where that was worked out already."""
    return Material(study, answer(study, study.scenario) if found is None else found)


def mission_of(policy: PolicyAnswer, mission: str) -> MissionAnswer:
    """A mission's part of a policy's answer."""
    return next(each for each in policy.missions if each.mission == mission)


def or_zero(found: Interval) -> float:
    """An estimate as a number to compare; zero where no run gave one."""
    return found.value or 0.0


def _values(column: pa.ChunkedArray) -> NDArray[Any]:
    if column.type != pa.string():
        return numbers_of(column)
    words, codes = words_of(column)
    return np.array(words, object)[codes] if words else np.zeros(0, object)
