"""Futures that grow: cases on so many futures, then on more, without any run being made twice.

Replication k is the same whenever it is made and whoever is still in the study then.

Why: a study that stops when it knows enough has to look before it knows how large it will be.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.study.cases import Case, Point, run_cases
from sim.study.plan import Progress
from sim.study.trial import Futures, Tried

if TYPE_CHECKING:
    import pandas as pd


class Growing:
    """Some cases, and the futures that they have met so far.

    Parameters
    ----------
    futures
        The key, and in ``replications`` the most that may be met.
    """

    def __init__(self, cases: Sequence[Case], futures: Futures, progress: Progress | None = None) -> None:
        self._cases = {case.id: case for case in cases}
        self._futures = futures
        self._progress = progress
        self._frames: dict[str, list[pd.DataFrame]] = {case.id: [] for case in cases}
        self._met = dict.fromkeys(self._frames, 0)

    def to(self, replications: int, ids: Sequence[str] | None = None) -> Tried:
        """What has come of the cases, or of those of these ids, in the first so many futures; what lacks is run.

        Raises OursError if more runs fail than is put up with.
        """
        asked = list(self._cases) if ids is None else list(ids)
        for first in sorted({self._met[id] for id in asked}):
            if first < replications:
                self._run([id for id in asked if self._met[id] == first], first, replications)
        return self._tried(asked, replications)

    def _run(self, ids: Sequence[str], first: int, replications: int) -> None:
        failures = self._failed()
        frame = run_cases(
            [self._cases[id] for id in ids],
            [Point(number, number) for number in range(first, replications)],
            seed=self._futures.seed,
            purpose=self._futures.purpose,
            workers=self._futures.workers,
            most_failures=self._futures.most_failures - failures,
            progress=self._progress,
        )
        for id in ids:
            self._frames[id].append(frame[frame["case"] == id])
            self._met[id] = replications

    def _failed(self) -> int:
        return sum(int((part["status"] != "ok").sum()) for parts in self._frames.values() for part in parts)

    def _tried(self, ids: Sequence[str], replications: int) -> Tried:
        import pandas as pd

        parts = [pd.concat(self._frames[id]).iloc[:replications] for id in ids]
        stratified = any(self._cases[id].scenario.experiment.design != "independent" for id in ids)
        return Tried(pd.concat(parts), replications, stratified=stratified)
