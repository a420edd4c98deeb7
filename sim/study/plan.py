"""A plan: the cases of a study, the futures that every one of them meets, and the key to those.

A case is one policy in one world. The ordinary study is the plan whose cases are one scenario's policies and whose
futures are numbered from 0.

Why: a lever, a shock and a lifted limit are compared as policies are, on the same futures, so one mechanism runs them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, overload

from sim.scenario.resolved import Scenario

Progress = Callable[[int, int, int], None]
"""Told after each chunk: runs done, runs asked for, runs failed."""


@dataclass(frozen=True, slots=True)
class Case:
    """One policy in one world; a study is a list of these on the same futures."""

    id: str
    """Unique within the study."""
    scenario: Scenario
    """Resolved; may be a variant (a shock, an override, another lever) of the study's."""
    policy: str
    """A policy of that scenario."""
    lifted: frozenset[str] = frozenset()
    """Limits that do not hold (R38)."""


class Point(NamedTuple):
    """One future."""

    parameter: int
    """Parameter number (R5), 0 to 2**32 - 1."""
    luck: int
    """Luck number, 0 to 2**32 - 1."""
    at: tuple[float, ...] | None = None
    """A point of the open unit cube given outright, in the order of ``sampled_paths``; None: drawn."""


@dataclass(frozen=True, slots=True)
class Diagonal(Sequence[Point]):
    """The futures of an ordinary study: replication k has parameter number k and luck number k."""

    replications: int

    def __len__(self) -> int:
        return self.replications

    @overload
    def __getitem__(self, place: int) -> Point: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Point]: ...
    def __getitem__(self, place: int | slice) -> Point | Sequence[Point]:
        if isinstance(place, slice):
            return [Point(number, number) for number in range(self.replications)[place]]
        number = range(self.replications)[place]
        return Point(number, number)


@dataclass(frozen=True, slots=True)
class Plan:
    """All that decides the numbers of a study."""

    cases: tuple[Case, ...]
    points: Sequence[Point]
    """Row k of every case meets the k-th of these."""
    seed: int
    purpose: str

    @property
    def runs(self) -> int:
        """Cases times futures."""
        return len(self.cases) * len(self.points)
