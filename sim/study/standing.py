"""How far a batch is: runs done, how fast, how long yet, and what it says so far of each policy.

What it says so far is read from the chunks as they are stored. It is for watching: whoever stops a batch because of it
needs the procedures that allow for looking (``--until``).

Why: a night's batch that goes wrong should be seen to go wrong in the first minute.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

import numpy as np
from scipy.special import stdtrit

from sim.store import DONE
from sim.store.chunk import chunk_range, read_chunk
from sim.store.columns import numbers_of
from sim.store.tables import INPUTS, RUNS
from sim.study.statistics import LEVEL, Interval, no_interval, wilson


class SoFar(NamedTuple):
    """One policy, over the runs stored so far."""

    policy: str
    fulfilment: Interval
    """Mean of the weighted fulfilment."""
    joint: Interval
    """Chance that all joint missions are met; 1 where the scenario names none."""


class Standing(NamedTuple):
    """How far a batch is."""

    runs: int
    asked: int
    failed: int
    seconds: float
    """Since it was begun or gone on with."""
    per_second: float | None
    """Runs made in a second; None before any was."""
    left_seconds: float | None
    so_far: tuple[SoFar, ...]

    def raw(self) -> dict[str, Any]:
        """As one object for a machine."""
        return {
            **self._asdict(),
            "so_far": [
                {"policy": each.policy, "fulfilment": _raw(each.fulfilment), "joint": _raw(each.joint)}
                for each in self.so_far
            ],
        }


def _raw(found: Interval) -> dict[str, Any]:
    names = ("value", "low", "high", "n", "N", "level", "kind")
    return {name: getattr(found, name) for name in names}


@dataclass(slots=True)
class _Counts:
    asked: int = 0
    n: int = 0
    total: float = 0.0
    squares: float = 0.0
    met: int = 0

    def so_far(self, policy: str) -> SoFar:
        return SoFar(policy, self._mean(), wilson(self.met, self.n, self.asked))

    def _mean(self) -> Interval:
        """Student's t from sums; none before two runs, or where runs failed: for watching that is enough."""
        value = self.total / self.n if self.n else None
        variance = max(0.0, (self.squares - self.total**2 / self.n) / (self.n - 1)) if self.n > 1 else 0.0
        if value is None or self.n < 2 or not variance or self.n < self.asked:
            reason = "runs failed" if self.n < self.asked else "too little to say"
            return no_interval(value, self.n, self.asked, LEVEL, reason)
        half = float(stdtrit(self.n - 1, (1 + LEVEL) / 2)) * sqrt(variance / self.n)
        return Interval(value, max(0.0, value - half), min(1.0, value + half), self.n, self.asked, LEVEL, "t, so far")


@dataclass(slots=True)
class Watch:
    """Somebody who watches a batch: called as any progress is, and told of each chunk that is stored."""

    tell: Callable[[Standing], None]
    clock: Callable[[], float] = monotonic
    _began: float | None = None
    _made: int = 0
    _told: tuple[int, int, int] = (0, 0, 0)
    _counts: dict[str, _Counts] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._began = self.clock()

    def __call__(self, runs: int, asked: int, failed: int) -> None:
        """Runs done, asked for and failed, those of before it was gone on with included."""
        self._told = runs, asked, failed

    def chunk_stored(self, chunk: Path) -> None:
        """A chunk of this batch lies here, whole."""
        policy, first, last = chunk_range(chunk.name)
        if policy != INPUTS:
            self._made += last - first + 1
            self._take_in(policy, chunk)
        self.tell(self.standing())

    def _take_in(self, policy: str, chunk: Path) -> None:
        rows = read_chunk(chunk, RUNS.name, ["status", "fulfilment", "all_met"])
        done = np.array(rows["status"].to_pylist(), object) == DONE
        fulfilment, met = numbers_of(rows["fulfilment"])[done], numbers_of(rows["all_met"])[done]
        counts = self._counts.setdefault(policy, _Counts())
        counts.asked += len(done)
        counts.n += len(fulfilment)
        counts.total += float(fulfilment.sum())
        counts.squares += float((fulfilment**2).sum())
        counts.met += int(met.sum())

    def standing(self) -> Standing:
        """How far it is now."""
        runs, asked, failed = self._told
        seconds = self.clock() - (self._began or 0.0)
        rate = self._made / seconds if self._made and seconds > 0 else None
        left = (asked - runs) / rate if rate else None
        so_far = tuple(counts.so_far(policy) for policy, counts in self._counts.items())
        return Standing(runs, asked, failed, seconds, rate, left, so_far)
