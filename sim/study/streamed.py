"""The answer of a study too large to be read at once: the same numbers, a chunk at a time.

Nothing is kept but counts, sums over blocks of 64, and the values at the ranks that the quantiles ask for.

Why: a million runs of each policy must not need more memory than ten thousand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from math import fsum, sqrt
from typing import Any, Final, TypeAlias, cast

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.scenario.resolved import Mission, Scenario
from sim.store import DONE, Study
from sim.store.columns import numbers_of, words_of
from sim.study.answer import Estimates, Missing, MissionAnswer, PolicyAnswer, Spread
from sim.study.order_statistics import Ordered, order_statistics
from sim.study.shortfall import MISSING_PLACES, ShortfallSums
from sim.study.statistics import BLOCK, LEVEL, NEVER_VARIED, Interval, no_interval
from sim.study.statistics.blocks import over_blocks
from sim.study.statistics.mean import SKEW_FACTOR, t_limits
from sim.study.statistics.quantiles import kind_of, ranks

Columns: TypeAlias = dict[str, NDArray[Any]]
_PS: Final = (0.1, 0.5, 0.9)
_OF_A_RUN: Final = ("cost", "lapsed", "fx", "owed")
_OF_A_MISSION: Final = ("target", "deployed_counted", "reached_day")
_SHORT: Final = ("target", "deployed_counted", *MISSING_PLACES)


def policy_streamed(study: Study, scenario: Scenario, policy: str) -> PolicyAnswer:
    """A policy's answer, as ``answer`` gives it."""
    reading = _Reading(study, policy)
    means = _Means(reading)
    of_runs = order_statistics(reading.of_runs, reading.ranks)
    of_missions = order_statistics(partial(reading.of_missions, tuple(scenario.missions)), reading.ranks)
    spread = {name: reading.spread(of_runs.get(name, Ordered())) for name in _OF_A_RUN}
    return PolicyAnswer(
        policy=policy,
        title=scenario.policies[policy].title,
        missions=tuple(_mission(reading, means, of_missions, each) for each in scenario.missions.values()),
        fulfilment=means.share("fulfilment"),
        joint=means.chance("all_met") if scenario.joint else None,
        failed=means.failed,
        **spread,
    )


def _mission(
    reading: _Reading, means: _Means, ordered: Mapping[tuple[str, str], Ordered], mission: Mission
) -> MissionAnswer:
    own = {name: ordered.get((mission.id, name), Ordered()) for name in _OF_A_MISSION}
    short = means.short[mission.id].shortfall() if mission.id in means.short else None
    missing = None
    if short is not None and short.runs:
        place = short.largest()
        missing = Missing(place, short.places[place], short.missing, short.runs)
    return MissionAnswer(
        mission=mission.id,
        title=mission.title,
        counted_as=mission.counted_as,
        due_day=mission.due_day,
        target=reading.spread(own["target"]),
        chance=means.chance(mission.id),
        deployed=reading.spread(own["deployed_counted"]),
        reached_day=reading.quantile(own["reached_day"], 0.5),
        missing=missing,
    )


class _Reading:
    """One policy's stored rows, a chunk at a time, and what its quantiles are."""

    def __init__(self, study: Study, policy: str) -> None:
        self._study, self._policy = study, policy
        self.asked = study.replications
        self.stratified = study.manifest["design"] != "independent"

    def chunks(self, table: str, columns: tuple[str, ...]) -> Iterator[Columns]:
        """Columns chunk by chunk."""
        for data in self._study.pieces(table, self._policy, columns):
            yield {name: _values(data[name]) for name in columns}

    def of_runs(self) -> Iterator[Columns]:
        """Measures of the runs that did not fail."""
        for runs in self.chunks("runs", ("status", *_OF_A_RUN)):
            yield {name: runs[name][runs["status"] == DONE] for name in _OF_A_RUN}

    def of_missions(self, missions: tuple[str, ...]) -> Iterator[dict[tuple[str, str], NDArray[Any]]]:
        """Measures of each mission."""
        for rows in self.chunks("missions", ("mission", *_OF_A_MISSION)):
            own = {mission: rows["mission"] == mission for mission in missions}
            yield {(id, name): rows[name][mask] for id, mask in own.items() for name in _OF_A_MISSION}

    def ranks(self, n: int) -> list[int]:
        """All ranks that the quantiles of n values ask for."""
        return [rank for p in _PS for rank in ranks(n, p, self.asked, LEVEL)] if n else []

    def spread(self, of: Ordered) -> Spread:
        """The quantiles a planner is told."""
        p10, p50, p90 = (self.quantile(of, p) for p in _PS)
        return Spread(p10, p50, p90, varies=of.least != of.greatest)

    def quantile(self, of: Ordered, p: float) -> Interval:
        """One of them; under a stratified design without an interval."""
        if not of.n:
            found = no_interval(None, 0, self.asked, LEVEL, "no run succeeded")
        else:
            place, low, high = ranks(of.n, p, self.asked, LEVEL)
            ends = of.values.get(low), of.values.get(high)
            found = Interval(of.values[place], *ends, of.n, self.asked, LEVEL, kind_of(of.n, self.asked))
        if not self.stratified:
            return found
        return Interval(found.value, None, None, found.n, found.N, LEVEL, f"none: stratified in blocks of {BLOCK}")


class _Means:
    """Counts, sums and blocks of a policy's runs."""

    def __init__(self, reading: _Reading) -> None:
        self._reading = reading
        self._estimates = Estimates(reading.asked, "latin_hypercube" if reading.stratified else "independent")
        self._n: dict[str, int] = {}
        self._happened: dict[str, int] = {}
        self._blocks: dict[str, list[float]] = {}
        self.short: dict[str, ShortfallSums] = {}
        self.failed = 0
        for runs in reading.chunks("runs", ("replication", "status", "all_met", "fulfilment")):
            done = runs["status"] == DONE
            self.failed += int((~done).sum())
            self._take("all_met", runs["replication"][done], runs["all_met"][done])
            self._take("fulfilment", runs["replication"][done], runs["fulfilment"][done])
        for rows in reading.chunks("missions", ("replication", "mission", "met", "deployed", *_SHORT)):
            for mission in dict.fromkeys(rows["mission"].tolist()):
                own = {name: column[rows["mission"] == mission] for name, column in rows.items()}
                self._take(mission, own["replication"], own["met"])
                self.short.setdefault(mission, ShortfallSums()).take(own)

    def _take(self, name: str, replications: NDArray[Any], values: NDArray[Any]) -> None:
        """Values of one chunk, which holds whole blocks but for the study's last."""
        self._n[name] = self._n.get(name, 0) + len(values)
        if values.dtype == bool:
            self._happened[name] = self._happened.get(name, 0) + int(values.sum())
        blocks = self._blocks.setdefault(name, [])
        if self._reading.stratified:
            edges = np.flatnonzero(np.diff(replications // BLOCK)) + 1
            for block in np.split(values.astype(float), edges):
                if len(block) == BLOCK:
                    blocks.append(fsum(block.tolist()) / BLOCK)

    def chance(self, name: str) -> Interval:
        """A probability."""
        n, happened = self._n.get(name, 0), self._happened.get(name, 0)
        if self._reading.stratified:
            return self._estimates.in_unit(over_blocks(self._blocks.get(name, []), n, happened, self._reading.asked))
        return self._estimates.chance_of(happened, n)

    def share(self, name: str) -> Interval:
        """A mean of numbers between 0 and 1 that are a column of the runs."""
        n, asked = self._n.get(name, 0), self._reading.asked
        total = fsum(self._values(name))
        if self._reading.stratified:
            return self._estimates.in_unit(over_blocks(self._blocks.get(name, []), n, total, asked))
        if not n:
            return no_interval(None, 0, asked, LEVEL, "no run succeeded")
        if n < asked:
            low = t_limits(self._column(name, [0.0] * (asked - n)), LEVEL)[0]
            high = t_limits(self._column(name, [1.0] * (asked - n)), LEVEL)[1]
            return Interval(total / n, max(low, 0.0), min(high, 1.0), n, asked, LEVEL, "t, failed runs as bounds")
        low, high = t_limits(self._column(name, []), LEVEL)
        if low == high:
            return no_interval(total / n, n, asked, LEVEL, NEVER_VARIED)
        if n <= SKEW_FACTOR * self._skewness(name, total / n, n) ** 2:
            return no_interval(total / n, n, asked, LEVEL, "too skewed for Student's t, too many to resample")
        return self._estimates.in_unit(Interval(total / n, low, high, n, asked, LEVEL, "t"))

    def _skewness(self, name: str, mean: float, n: int) -> float:
        squares = fsum((value - mean) ** 2 for value in self._values(name))
        cubes = fsum((value - mean) ** 3 for value in self._values(name))
        return cubes / n / sqrt(squares / n) ** 3

    def _column(self, name: str, more: list[float]) -> Sequence[float]:
        """A column's values, and some more, to be gone through and counted but never held."""
        size = self._n[name] + len(more)
        return cast(Sequence[float], _Column(lambda: chain(self._values(name), more), size))

    def _values(self, name: str) -> Iterator[float]:
        for runs in self._reading.chunks("runs", ("status", name)):
            yield from runs[name][runs["status"] == DONE].tolist()


def _values(column: pa.ChunkedArray) -> NDArray[Any]:
    if column.type != pa.string():
        return numbers_of(column)
    words, codes = words_of(column)
    return np.array(words, object)[codes] if words else np.zeros(0, object)


class _Column:
    """Numbers that can be counted and gone through again."""

    def __init__(self, values: Callable[[], Iterator[float]], size: int) -> None:
        self._values, self._size = values, size

    def __iter__(self) -> Iterator[float]:
        return self._values()

    def __len__(self) -> int:
        return self._size
