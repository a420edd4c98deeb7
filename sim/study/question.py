"""Questions of dates: one decision whose day may be moved, and what counts as success on a day.

A question makes a policy for each day of its grid, and for never; worlds that depend on no day are shared.

Why: an order, a course and a subsidy are asked for their latest day in one way, or their dates cannot share a calendar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sim.scenario.resolved import PolicySpec, Scenario
from sim.study.cases import Case
from sim.study.trial import Reals, Tried


@dataclass(frozen=True, slots=True)
class Question:
    """One decision and its days."""

    id: str
    kind: str
    """What is decided: ``order``, ``signing``, ``start``, ``seats`` …"""
    subject: str
    """The offer, or the mission."""
    detail: str
    """What tells it from others on the same subject, such as a part family; empty where there is nothing to tell."""
    quantity: int | None
    """Units, or basis points; None where nothing is counted."""
    mission: str
    due_day: int
    lifted: frozenset[str]
    world_on: Callable[[int | None], Scenario]
    """The world in which the decision falls on a day, or never; its own policies are left out."""
    spec_on: Callable[[int | None], PolicySpec]
    """The policy that takes the decision on a day, or never (None)."""
    success: Callable[[Tried, str, str], Reals]
    """1 or 0 a future (NaN: a run failed), from a trial, the case of a day and the case of never."""

    def case_id(self, day: int | None) -> str:
        """Of the case in which the decision falls on a day, or never."""
        return f"{self.id}@{'never' if day is None else day}"

    def succeeded(self, tried: Tried, day: int | None) -> Reals:
        """Success on a day, future by future."""
        return self.success(tried, self.case_id(day), self.case_id(None))


def cases_of(wanted: Mapping[str, Sequence[int]], questions: Iterable[Question]) -> list[Case]:
    """The cases of each question's days and of its never; cases of one world share one scenario.

    Parameters
    ----------
    wanted
        Question -> days.
    """
    asked: list[tuple[str, Scenario, PolicySpec, frozenset[str]]] = []
    for question in questions:
        for day in (None, *wanted[question.id]):
            spec = replace(question.spec_on(day), id=question.case_id(day))
            asked.append((question.case_id(day), question.world_on(day), spec, question.lifted))
    specs: dict[int, dict[str, PolicySpec]] = {}
    for id_, world, spec, _ in asked:
        specs.setdefault(id(world), {})[id_] = spec
    worlds = {
        key: replace(world, policies=dict(sorted(specs[key].items())))
        for key, world in {id(world): world for _, world, _, _ in asked}.items()
    }
    return [Case(id_, worlds[id(world)], id_, lifted) for id_, world, _, lifted in asked]
