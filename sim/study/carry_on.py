"""Carrying on: a study's jobs that are not done yet are done, then it is answered and takes its place.

It is one way for a study that begins, one that goes on, one that grows and one that is put together from shards.

Why: a study that was broken off three times must be the one that was not, so it cannot have a way of its own.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow.compute as pc

from sim.scenario.load import Loaded
from sim.store import FAILED, RunFolder, Study
from sim.store.place import RESOLVED, SHARD, told_where
from sim.store.study import opened
from sim.store.tables import IN_FULL, OF_RUNS
from sim.study.answer import answer
from sim.study.counted import counted
from sim.study.executors import Cluster, Executor, Processes
from sim.study.jobs import Brief, Failure, Job, jobs_of
from sim.study.model import ModelOf, Simulated
from sim.study.plan import Case, Diagonal, Plan, Progress
from sim.study.standing import Watch
from sim.study.steps import steps_of
from sim.study.summary import SUMMARY_COLUMNS, summary_rows

FAILURE_COLUMNS: Final = ("policy", "replication", "parameter", "luck", "error", "replay")
MOST_FAILURES: Final = 20
"""Failed runs that a batch puts up with."""


class Interrupted(KeyboardInterrupt):
    """Ctrl-C, or a request to end, while a study was run; it says what became of what was done."""


@dataclass(frozen=True, slots=True)
class How:
    """How a study is run; no number depends on it."""

    workers: int = 1
    cluster: str | None = None
    shared: bool = False
    most_failures: int = MOST_FAILURES
    model: ModelOf = Simulated

    def executor(self) -> Executor:
        """Where the jobs are done."""
        if self.cluster is None:
            return Processes(self.workers)
        return Cluster(self.cluster, self.workers, self.shared)


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch with nothing left open."""

    loaded: Loaded
    policies: tuple[str, ...]
    replications: int
    seed: int
    purpose: str
    scenario_digest: str
    """SHA-256 of the scenario's canonical text."""

    def identity(self) -> dict[str, Any]:
        """What decides every number of the study."""
        scenario = self.loaded.scenario
        return {
            "scenario": {
                "id": scenario.id,
                "title": scenario.title,
                "files": list(self.loaded.sources),
                "digest": self.scenario_digest,
            },
            "seed": self.seed,
            "purpose": self.purpose,
            "design": scenario.experiment.design,
            "policies": list(self.policies),
            "replications": self.replications,
        }

    def digest(self) -> str:
        """SHA-256 of the identity but for where its files lay."""
        said = self.identity()
        said["scenario"] = said["scenario"]["digest"]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def plan_of(batch: Batch) -> Plan:
    """The ordinary study as a plan: a case for each policy, and futures from 0."""
    scenario = batch.loaded.scenario
    cases = tuple(Case(policy, scenario, policy) for policy in batch.policies)
    return Plan(cases, Diagonal(batch.replications), batch.seed, batch.purpose)


def layout(manifest: Mapping[str, Any], *, inputs: bool = True) -> list[Job]:
    """Every job of the study that a manifest describes."""
    shard = manifest["shard"] or (1, 1)
    return list(
        jobs_of(
            manifest["policies"], manifest["replications"], manifest["chunk_replications"],
            manifest["extended_from"], (shard[0], shard[1]), inputs=inputs,
        )
    )  # fmt: skip


def carry_on(
    folder: RunFolder, batch: Batch, how: How, progress: Progress | None, kept: Mapping[str, int] | None = None
) -> Path:
    """Do what is left of a study, and give its folder its name.

    Parameters
    ----------
    kept
        Chunks that are there and whole, with how many of their runs failed.

    Raises what ``run_batch`` raises.
    """
    plan = plan_of(batch)
    goes_on = f"What is done is kept: run_sim.py resume {folder.place} --max-failures N goes on."
    with broken_off(folder):
        failed = fill(folder, plan, how, progress, kept or {}, again=_again(folder, plan), goes_on=goes_on)
        ended = {"ended": _now().isoformat(timespec="seconds"), "failed": failed}
        if folder.manifest["shard"] is not None:
            return folder.finish(ended, SHARD)
        if failed:
            folder.write_failures(FAILURE_COLUMNS, _failure_rows(opened(folder.part), folder.place))
        found = answer(opened(folder.part), batch.loaded.scenario)
        folder.write_summary(SUMMARY_COLUMNS, summary_rows(found))
        return folder.finish(ended)


@contextmanager
def broken_off(folder: RunFolder, goes_on: str | None = None) -> Iterator[None]:
    """Whatever ends the work in here, what is done stays, and the folder is let go of. Raises Interrupted on Ctrl-C."""
    try:
        yield
    except KeyboardInterrupt:
        kept = goes_on or f"What is done is kept: run_sim.py resume {folder.place} goes on."
        becomes = kept if folder.leave() else "Nothing was stored."
        raise Interrupted(f"Interrupted; {becomes[0].lower()}{becomes[1:]}") from None
    except BaseException:
        folder.leave()
        raise


def fill(
    folder: RunFolder,
    plan: Plan,
    how: How,
    progress: Progress | None,
    kept: Mapping[str, int],
    *,
    again: Callable[[Failure], str],
    goes_on: str,
    inputs: bool = True,
) -> int:
    """Do every job whose chunk is not there; returns how many of the study's runs failed.

    Parameters
    ----------
    again
        The command that shows a failed run again.
    goes_on
        How the study is gone on with when it stops, in a sentence.
    """
    jobs = layout(folder.manifest, inputs=inputs)
    left = [job for job in jobs if job.chunk not in kept]
    failed = sum(kept.values())
    before = sum(job.runs for job in jobs if job.chunk in kept), failed
    steps = steps_of({id(case.scenario): case.scenario for case in plan.cases}.values())
    brief = Brief(plan, _tables(folder.manifest), steps, folder.chunks.absolute(), how.model)
    with told_where(folder.place):
        all_done = how.executor().do(brief, left)
        for done in counted(plan, all_done, how.most_failures, progress, again, goes_on, before):
            failed += len(done.failures)
            if isinstance(progress, Watch):
                progress.chunk_stored(folder.chunks / done.job.chunk)
    return failed


def _failure_rows(study: Study, place: Path) -> Iterator[tuple[Any, ...]]:
    """Each failed run, with the command that replays it."""
    told = FAILURE_COLUMNS[:-1]
    for runs in study.pieces("runs", columns=[*told, "status"]):
        for row in runs.filter(pc.equal(runs["status"], FAILED)).select(list(told)).to_pylist():
            again = f"run_sim.py replay {place} --policy {row['policy']} --replication {row['replication']}"
            yield (*(row[name] for name in told), again)


def _tables(manifest: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(name for name in OF_RUNS if manifest["keep_monthly"] or name not in IN_FULL)


def _again(folder: RunFolder, plan: Plan) -> Callable[[Failure], str]:
    """The command that shows a failed run again."""
    return lambda failure: (
        f"run_sim.py replay {folder.part / RESOLVED} --seed {plan.seed} --policy {failure.case}"
        f" --replication {failure.row}"
    )


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC).astimezone()
