"""Jobs: what one worker does in one go, one case in one range of futures, or the inputs of one range.

A job depends on the plan and its own numbers alone, so it may be done anywhere, in any order, or again.

Why: the numbers of a batch must not know how many hands worked on it.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa

from sim.store import BLOCK, Result, Steps, chunk_name, counted_months, inputs_table, tables_of, write_chunk
from sim.store.columns import plain
from sim.store.tables import INPUTS, MONTHS
from sim.study.model import Model, ModelOf, Simulated
from sim.study.plan import Case, Plan, Point

YOUNG_OBJECTS: Final = 50_000
"""New objects between two looks for cycles while runs are made; a run makes some 10,000."""


@dataclass(frozen=True, slots=True)
class Brief:
    """All that a worker has to know."""

    plan: Plan
    tables: tuple[str, ...]
    """The tables that are made of each case's runs."""
    steps: Steps | None = None
    """Widths of the bins of ``months``; None where that is not asked for."""
    chunks: Path | None = None
    """Where the worker writes its chunks; None: the tables come back."""
    model: ModelOf = Simulated


class Job(NamedTuple):
    """A range of futures of one case."""

    case: str | None
    """None: the sampled inputs of the range, by the first case's scenario."""
    first: int
    last: int

    @property
    def runs(self) -> int:
        """How many runs it takes; sampled inputs take none."""
        return 0 if self.case is None else self.last - self.first + 1

    @property
    def chunk(self) -> str:
        """Name of its chunk."""
        return chunk_name(self.case or INPUTS, self.first, self.last)


class Failure(NamedTuple):
    """A run that ended in an error."""

    case: str
    row: int
    error: str


class Done(NamedTuple):
    """A job that is done, its chunk written or its tables here."""

    job: Job
    failures: tuple[Failure, ...]
    tables: Mapping[str, pa.Table] | None = None


def ranges(futures: int, chunk: int = BLOCK, earlier: Sequence[int] = ()) -> Iterator[tuple[int, int]]:
    """First and last of each chunk: whole blocks of 64, as many as go into one, then what is left of the last block.

    Parameters
    ----------
    earlier
        How many futures the study had before it was extended, ascending; their whole blocks lie as they lay.

    >>> list(ranges(200, 128))
    [(0, 127), (128, 191), (192, 199)]
    >>> list(ranges(320, 128, earlier=[200]))
    [(0, 127), (128, 191), (192, 319)]
    """
    start = 0
    for size in (*earlier, futures):
        whole = size - size % BLOCK
        yield from ((first, min(first + chunk, whole) - 1) for first in range(start, whole, chunk))
        start = max(start, whole)
    if start < futures:
        yield start, futures - 1


def jobs_of(
    cases: Sequence[str],
    futures: int,
    chunk: int = BLOCK,
    earlier: Sequence[int] = (),
    shard: tuple[int, int] = (1, 1),
    *,
    inputs: bool = True,
) -> Iterator[Job]:
    """Every job of a study or of its shard i of n, range by range, so that all cases grow together."""
    number, of = shard
    for place, (first, last) in enumerate(ranges(futures, chunk, earlier)):
        if place % of == number - 1:
            if inputs:
                yield Job(None, first, last)
            yield from (Job(case, first, last) for case in cases)


class Worker:
    """One pair of hands: what all jobs share is worked out once."""

    def __init__(self, brief: Brief) -> None:
        self._brief = brief
        self._plan = brief.plan
        self._model = brief.model(brief.plan)
        self._cases = {case.id: case for case in brief.plan.cases}

    def do(self, job: Job) -> Done:
        """Do a job and write its chunk, or bring its tables. Raises OSError when the chunk cannot be written."""
        tables, failures = ({INPUTS: self._inputs(job)}, ()) if job.case is None else self._runs(job, job.case)
        if self._brief.chunks is None:
            return Done(job, failures, {name: plain(table) for name, table in tables.items()})
        write_chunk(self._brief.chunks, job.chunk, tables)
        return Done(job, failures)

    def _runs(self, job: Job, id: str) -> tuple[dict[str, pa.Table], tuple[Failure, ...]]:
        case = self._cases[id]
        with seldom_collected():
            results = [(row, one_result(self._model, case, point)) for row, point in self._points(job)]
            tables = tables_of(id, results)
        failures = tuple(Failure(id, row, result.error) for row, result in results if result.error is not None)
        if self._brief.steps is not None:
            tables[MONTHS.name] = counted_months(id, tables, self._brief.steps)
        return {name: tables[name] for name in self._brief.tables}, failures

    def _points(self, job: Job) -> Iterator[tuple[int, Point]]:
        return ((row, self._plan.points[row]) for row in range(job.first, job.last + 1))

    def _inputs(self, job: Job) -> pa.Table:
        case = self._plan.cases[0]
        points = {point.parameter: self._model.inputs(case, point) for _, point in self._points(job)}
        return inputs_table(self._model.paths(case), points)


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Let Python look for cycles once in a run or so; it finds little, and looking takes a fifth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(YOUNG_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def one_result(model: Model, case: Case, point: Point) -> Result:
    """What one run came to; an error of the run is recorded, never raised."""
    try:
        return Result(point.parameter, point.luck, model.outcome(case, point), None)
    except Exception as error:  # noqa: BLE001  # whatever it was, it is written down as this run's row
        return Result(point.parameter, point.luck, None, described(error))


def described(error: BaseException) -> str:
    """An error in one line; where objects lie in memory is left out, for it is never twice the same."""
    text = " ".join(str(error).split())
    return re.sub(r" at 0x[0-9a-f]+", "", f"{type(error).__name__}: {text}")
