"""A batch: every policy against every future, stored chunk by chunk, then answered.

Policies stand outside and futures inside the loop: all policies meet the same ones. Nothing is kept in memory but
counts, and the run folder appears only when all of it is there.

Why: planners leave a batch running overnight and stake a decision on what they find in the morning.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version
from typing import Any, Final

from sim.errors import TheirsError
from sim.scenario.canonical import resolved_yaml
from sim.scenario.load import Loaded
from sim.store import BLOCK, RunFolder, folder_name
from sim.store.folder import told_where
from sim.store.study import opened
from sim.store.tables import INPUTS
from sim.study.answer import answer
from sim.study.asked import policy_asked
from sim.study.counted import counted
from sim.study.jobs import Brief, Failure, jobs_of
from sim.study.plan import Case, Diagonal, Plan, Progress
from sim.study.summary import SUMMARY_COLUMNS, summary_rows
from sim.study.workers import do_jobs

JUDGE: Final = "judge"
"""The purpose of futures on which policies are judged."""

MOST_FAILURES: Final = 20
"""Failed runs that a batch puts up with."""
MOST_REPLICATIONS: Final = 2**32
MOST_WORKERS: Final = 1024
_LIBRARIES: Final = ("numpy", "scipy", "simpy", "pyarrow", "pandas", "pydantic")
PACKAGE: Final = "drone-procurement-sim"


@dataclass(frozen=True, slots=True)
class Ask:
    """What a batch is asked to do; whatever may be left out is the scenario's own."""

    policies: tuple[str, ...] = ()
    """Empty: all the scenario has."""
    replications: int | None = None
    seed: int | None = None
    purpose: str = JUDGE
    workers: int = 1
    out: Path | None = None
    """The run folder; None: a new one in ``results``."""
    most_failures: int = MOST_FAILURES
    command: tuple[str, ...] = ()
    """As typed, for the manifest."""
    results: Path = Path("results")


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch with nothing left open."""

    loaded: Loaded
    policies: tuple[str, ...]
    replications: int
    seed: int
    purpose: str
    yaml: str
    """Canonical text of the scenario."""

    @property
    def runs(self) -> int:
        """Policies times replications."""
        return len(self.policies) * self.replications

    def identity(self) -> dict[str, Any]:
        """What decides every number of the study."""
        scenario = self.loaded.scenario
        return {
            "scenario": {
                "id": scenario.id,
                "title": scenario.title,
                "files": list(self.loaded.sources),
                "digest": hashlib.sha256(self.yaml.encode()).hexdigest(),
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


def run_batch(loaded: Loaded, ask: Ask, progress: Progress | None = None) -> Path:
    """Run a batch and store it.

    Parameters
    ----------
    loaded
        The scenario.
    ask
        Policies, replications and the rest.

    Returns
    -------
    The run folder, whole.

    Raises
    ------
    TheirsError
        If something asked for does not exist or is out of range, or the folder cannot be written.
    OursError
        If more runs failed than ``ask`` puts up with, or all of them, or workers keep dying. Nothing is left then.
    """
    started = _now()
    batch = batch_of(loaded, ask)
    manifest = {
        **batch.identity(),
        "study_digest": batch.digest(),
        "command": list(ask.command),
        "chunk_replications": BLOCK,
        "versions": versions(),
        "started": started.isoformat(timespec="seconds"),
    }
    folder = RunFolder(ask.out or _new_place(ask.results, batch, started), manifest, batch.yaml)
    try:
        failures = _fill(folder, batch, ask, progress)
        found = answer(opened(folder.hidden), loaded.scenario)
        folder.write_summary(SUMMARY_COLUMNS, summary_rows(found))
        return folder.finish({"ended": _now().isoformat(timespec="seconds"), "failed": len(failures)})
    except BaseException:
        folder.discard()
        raise


def batch_of(loaded: Loaded, ask: Ask) -> Batch:
    """What is asked, with the scenario's own choices where nothing is said.

    Raises TheirsError for a policy that is not there or a number out of range.
    """
    scenario = loaded.scenario
    policies = tuple(dict.fromkeys(ask.policies)) or tuple(scenario.policies)
    for policy in policies:
        policy_asked(scenario, policy)
        if policy == INPUTS:
            raise TheirsError(f"policy '{policy}': the run folder needs this name for its inputs; expected another.")
    if not policies:
        raise TheirsError(f"{loaded.sources[0]}: found no policy; expected at least one under 'policies'.")
    replications = scenario.experiment.replications if ask.replications is None else ask.replications
    seed = scenario.experiment.seed if ask.seed is None else ask.seed
    for name, number, most in (
        ("replications", replications, MOST_REPLICATIONS), ("workers", ask.workers, MOST_WORKERS),
    ):  # fmt: skip
        if not 1 <= number <= most:
            raise TheirsError(f"{name}: found {number}; expected a whole number from 1 to {most:,}.")
    if not 0 <= seed < 2**64:
        raise TheirsError(f"seed: found {seed}; expected a whole number from 0 to 2**64 - 1.")
    return Batch(loaded, policies, replications, seed, ask.purpose, resolved_yaml(loaded))


def versions() -> dict[str, str]:
    """Of Python, the libraries that may touch a number, and the program."""
    return {"python": python_version(), **{name: _version(name) for name in (*_LIBRARIES, PACKAGE)}}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC).astimezone()


def _new_place(results: Path, batch: Batch, now: datetime.datetime) -> Path:
    """A place in ``results`` where nothing is yet."""
    name = folder_name(batch.loaded.scenario.id, now, batch.digest())
    place, number = results / name, 2
    while place.exists():
        place, number = results / f"{name}-{number}", number + 1
    return place


def plan_of(batch: Batch) -> Plan:
    """The ordinary study as a plan: a case for each policy, and futures from 0."""
    scenario = batch.loaded.scenario
    cases = tuple(Case(policy, scenario, policy) for policy in batch.policies)
    return Plan(cases, Diagonal(batch.replications), batch.seed, batch.purpose)


def _fill(folder: RunFolder, batch: Batch, ask: Ask, progress: Progress | None) -> list[Failure]:
    """Do every job of the batch; returns the runs that failed."""
    plan = plan_of(batch)
    failures: list[Failure] = []
    brief = Brief(plan, folder.chunks.absolute())
    jobs = jobs_of(batch.policies, batch.replications)
    with told_where(folder.place):
        for done in counted(plan, do_jobs(brief, jobs, ask.workers), ask.most_failures, progress, _again(batch)):
            failures += done.failures
    return failures


def _again(batch: Batch) -> Callable[[Failure], str]:
    """The command that shows a failed run again."""
    file, seed = batch.loaded.sources[0], batch.seed
    return lambda failure: f"run_sim.py replay {file} --seed {seed} --policy {failure.case} --replication {failure.row}"
