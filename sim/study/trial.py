"""A trial: some cases on the same futures, and what came of each, case by case.

A run that failed is there as a gap (NaN) and stays in the number asked for.

Why: whatever is compared must have met the same futures, and what is missing must be seen to be missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.errors import TheirsError
from sim.study.answer import Estimates
from sim.study.batch import JUDGE, MOST_FAILURES, MOST_REPLICATIONS, MOST_WORKERS
from sim.study.cases import Case, Point, run_cases
from sim.study.plan import Progress
from sim.study.statistics import LEVEL, Interval

if TYPE_CHECKING:
    import pandas as pd

INTERVAL: Final = ("value", "low", "high", "n", "N", "level", "kind")
"""Columns of an estimate in a table."""

Reals = NDArray[np.float64]


def cells(found: Interval) -> tuple[Any, ...]:
    """An estimate as the cells of a row, in the order of ``INTERVAL``."""
    return found.value, found.low, found.high, found.n, found.N, found.level, found.kind


@dataclass(frozen=True, slots=True)
class Futures:
    """The futures on which cases are tried."""

    replications: int
    seed: int
    purpose: str = JUDGE
    workers: int = 1
    most_failures: int = MOST_FAILURES

    def __post_init__(self) -> None:
        for name, number, most in (
            ("replications", self.replications, MOST_REPLICATIONS), ("workers", self.workers, MOST_WORKERS),
        ):  # fmt: skip
            if not 1 <= number <= most:
                raise TheirsError(f"{name}: found {number}; expected a whole number from 1 to {most:,}.")
        if not 0 <= self.seed < 2**64:
            raise TheirsError(f"seed: found {self.seed}; expected a whole number from 0 to 2**64 - 1.")

    def points(self) -> list[Point]:
        """Replication k is parameter number and luck number k."""
        return [Point(number, number) for number in range(self.replications)]

    def run(self, cases: Sequence[Case], progress: Progress | None = None, *, at_home: bool = False) -> Tried:
        """Run every case in every future; ``at_home``: with the columns of ``home_columns``.

        Raises OursError if more runs fail than is put up with.
        """
        frame = run_cases(
            cases, self.points(), seed=self.seed, purpose=self.purpose, workers=self.workers,
            most_failures=self.most_failures, at_home=at_home, progress=progress,
        )  # fmt: skip
        stratified = any(case.scenario.experiment.design != "independent" for case in cases)
        return Tried(frame, self.replications, stratified=stratified)

    def about(self) -> dict[str, Any]:
        """What a finding says of its futures."""
        return {"seed": self.seed, "purpose": self.purpose, "replications": self.replications}


class Tried:
    """What came of a trial.

    Parameters
    ----------
    frame
        One row a case and future, as ``run_cases`` gives them.
    replications
        Futures asked for, of each case.
    stratified
        Whether the futures come in blocks whose members are not independent.
    """

    def __init__(self, frame: pd.DataFrame, replications: int, *, stratified: bool = False) -> None:
        self.replications = replications
        self.stratified = stratified
        self._of = {str(case): part.reset_index(drop=True) for case, part in frame.groupby("case", sort=False)}

    @property
    def cases(self) -> tuple[str, ...]:
        """In the order in which they were asked for."""
        return tuple(self._of)

    def column(self, case: str, name: str) -> Reals:
        """A measure of one case in every future; NaN where the run failed. Truths are 0 and 1."""
        part = self._of[case]
        done = (part["status"] == "ok").to_numpy(bool)
        values = np.full(self.replications, np.nan)
        values[done] = part.loc[done, name].to_numpy(np.float64)
        return values

    def digests(self, case: str) -> list[str | None]:
        """The ledgers' digests, future by future; None where the run failed."""
        part = self._of[case]
        return [each if ok == "ok" else None for each, ok in zip(part["digest"], part["status"], strict=True)]

    def mean(self, case: str, name: str) -> Interval:
        """Mean of a measure between 0 and 1, with the procedure that suits the design."""
        return self._estimates().mean_share(self._known(case, name))

    def chance(self, case: str, name: str) -> Interval:
        """Chance of what is 0 or 1."""
        return self._estimates().chance({number: value == 1.0 for number, value in self._known(case, name).items()})

    def quantile(self, case: str, name: str, p: float) -> Interval:
        """Quantile of a measure."""
        return self._estimates().quantile(list(self._known(case, name).values()), p)

    def _estimates(self) -> Estimates:
        return Estimates(self.replications, "latin_hypercube" if self.stratified else "independent")

    def _known(self, case: str, name: str) -> dict[int, float]:
        values = self.column(case, name)
        return {number: float(value) for number, value in enumerate(values) if not np.isnan(value)}

    def failed(self) -> int:
        """How many runs failed in all."""
        return sum(int((part["status"] != "ok").sum()) for part in self._of.values())

    def same_ledgers(self, one: str, other: str) -> bool:
        """Whether two cases made the same ledger in every future, and no run failed."""
        first, second = self.digests(one), self.digests(other)
        return None not in first and first == second


def exactly(value: float, asked: int, kind: str, level: float = LEVEL) -> Interval:
    """An estimate that no further run could change."""
    return Interval(value, value, value, asked, asked, level, kind)
