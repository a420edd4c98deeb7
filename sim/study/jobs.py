"""Jobs: what one worker does in one go, one policy in one block of 64 replications, or one block of inputs.

A job depends on the plan and its own numbers alone, so it may be done anywhere, in any order, or again.

Why: the numbers of a batch must not know how many hands worked on it.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa

from sim.distributions import Constant
from sim.engine import simulate
from sim.future import Future, Sampler
from sim.future.design import DesignName
from sim.outcome import measure
from sim.policy import Policy, policy_of
from sim.policy.belief import Beliefs
from sim.scenario.resolved import Input, Scenario
from sim.store import BLOCK, Result, chunk_name, inputs_table, tables_of, write_chunk

_INPUTS: Final = "inputs"
YOUNG_OBJECTS: Final = 50_000
"""New objects between two looks for cycles while runs are made; a run makes some 10,000."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a worker has to know of a study."""

    scenario: Scenario
    policies: tuple[str, ...]
    seed: int
    purpose: str
    design: DesignName
    chunks: Path
    """Where chunks are written."""


class Job(NamedTuple):
    """A range of replications of one policy."""

    policy: str | None
    """None: the sampled inputs of the range."""
    first: int
    last: int

    @property
    def runs(self) -> int:
        """How many runs it takes; sampled inputs take none."""
        return 0 if self.policy is None else self.last - self.first + 1


class Failure(NamedTuple):
    """A run that ended in an error."""

    policy: str
    replication: int
    error: str


class Done(NamedTuple):
    """A job whose chunk is written."""

    job: Job
    failures: tuple[Failure, ...]


def jobs_of(policies: tuple[str, ...], replications: int) -> Iterator[Job]:
    """Every job of a study, block by block, so that all policies grow together."""
    for first in range(0, replications, BLOCK):
        last = min(first + BLOCK, replications) - 1
        yield Job(None, first, last)
        yield from (Job(policy, first, last) for policy in policies)


def sampled_paths(scenario: Scenario) -> list[str]:
    """Paths of the inputs that a future samples: those with a belief that is no constant."""
    return [which.path for which in scenario.inputs if _is_sampled(which)]


def _is_sampled(which: Input) -> bool:
    return which.belief is not None and not isinstance(which.belief, Constant)


class Worker:
    """One pair of hands: what all jobs share is worked out once."""

    def __init__(self, plan: Plan) -> None:
        scenario = plan.scenario
        beliefs = Beliefs(scenario)
        self._plan = plan
        self._sampler = Sampler(scenario, plan.seed, plan.purpose, plan.design)
        self._policies = {id: policy_of(scenario.policies[id], scenario, beliefs) for id in plan.policies}

    def do(self, job: Job) -> Done:
        """Do a job and write its chunk. Raises OSError when that cannot be written."""
        if job.policy is None:
            write_chunk(self._plan.chunks, chunk_name(_INPUTS, job.first, job.last), self._inputs(job))
            return Done(job, ())
        policy = self._policies[job.policy]
        with seldom_collected():
            results = [(number, one_result(policy, self._sampler, number)) for number in range(job.first, job.last + 1)]
        tables = tables_of(job.policy, results)
        write_chunk(self._plan.chunks, chunk_name(job.policy, job.first, job.last), tables)
        failures = [Failure(job.policy, number, result.error) for number, result in results if result.error is not None]
        return Done(job, tuple(failures))

    def _inputs(self, job: Job) -> dict[str, pa.Table]:
        sampled = [which.number for which in self._plan.scenario.inputs if _is_sampled(which)]
        points: dict[int, list[float]] = {}
        for number in range(job.first, job.last + 1):
            natural = self._sampler.future(number, number).natural
            points[number] = [natural[place] for place in sampled]
        return {_INPUTS: inputs_table(sampled_paths(self._plan.scenario), points)}


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Let Python look for cycles once in a run or so; it finds little, and looking takes a fifth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(YOUNG_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def one_result(policy: Policy, sampler: Sampler, replication: int) -> Result:
    """What one policy's replication came to; an error of the run is recorded, never raised."""
    try:
        future: Future = sampler.future(replication, replication)
        return Result(replication, replication, measure(simulate(policy, future)), None)
    except Exception as error:  # noqa: BLE001  # whatever it was, it is written down as this run's row
        return Result(replication, replication, None, described(error))


def described(error: BaseException) -> str:
    """An error in one line; where objects lie in memory is left out, for it is never twice the same."""
    text = " ".join(str(error).split())
    return re.sub(r" at 0x[0-9a-f]+", "", f"{type(error).__name__}: {text}")
