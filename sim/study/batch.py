"""A batch: every policy against every future, stored chunk by chunk, then answered.

Policies stand outside and futures inside the loop: all policies meet the same ones. Nothing is kept in memory but
counts, and the run folder appears only when all of it is there; what is done of an unfinished one stays beside it.

Why: planners leave a batch running overnight and stake a decision on what they find in the morning.
"""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from sim.errors import TheirsError
from sim.scenario.canonical import resolved_yaml
from sim.scenario.load import Loaded
from sim.store import BLOCK, RunFolder, folder_name
from sim.store.place import part_of
from sim.store.tables import INPUTS
from sim.study.asked import policy_asked
from sim.study.carry_on import MOST_FAILURES, Batch, How, carry_on
from sim.study.model import ModelOf, Simulated
from sim.study.plan import Progress
from sim.study.steps import steps_of
from sim.study.versions import versions

__all__ = [
    "JUDGE",
    "MOST_FAILURES",
    "MOST_REPLICATIONS",
    "MOST_WORKERS",
    "Ask",
    "Batch",
    "MadeOf",
    "batch_of",
    "run_batch",
]

JUDGE: Final = "judge"
"""The purpose of futures on which policies are judged."""

MANY_REPLICATIONS: Final = 65_536
LARGE_CHUNK: Final = 1_024
"""Replications of a chunk from so many on: a thousand files are handled faster than sixteen thousand."""
LARGEST_CHUNK: Final = 65_536
MOST_SHARDS: Final = 10_000
MONTHLY_UP_TO: Final = 4_096
"""Replications up to which monthly series are kept run by run where nobody says otherwise."""
MOST_REPLICATIONS: Final = 2**32
MOST_WORKERS: Final = 1024


class MadeOf(NamedTuple):
    """What a scenario was loaded from, as typed, so that it can be loaded again."""

    file: str
    shocks: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()


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
    chunk: int | None = None
    """Replications stored together, a multiple of 64; None: 64, and 1,024 from 65,536 replications on."""
    keep_monthly: bool | None = None
    """Whether monthly series are also stored run by run; None: up to 4,096 replications."""
    cluster: str | None = None
    """Address of a Dask scheduler, or ``local``; None: local processes."""
    shared: bool = False
    """Whether the cluster's workers see the run folder under the same path."""
    shard: tuple[int, int] | None = None
    """Only this part (i of n), in a folder of its own beside the run folder."""
    made_of: MadeOf | None = None
    model: ModelOf = Simulated

    def how(self) -> How:
        """The part that no number depends on."""
        return How(self.workers, self.cluster, self.shared, self.most_failures, self.model)


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
        If more runs failed than ``ask`` puts up with, or all of them, or workers keep dying.
    Interrupted
        On Ctrl-C.

    Whatever ends it, chunks that are done stay in ``<name>.part`` beside the run folder's place, to be gone on with.
    """
    started = _now()
    batch = batch_of(loaded, ask)
    place = ask.out or _new_place(ask.results, batch, started)
    if ask.shard is not None:
        place = shard_place(place, *ask.shard)
    return carry_on(RunFolder(place, _manifest(batch, ask, started), resolved_yaml(loaded)), batch, ask.how(), progress)


def shard_place(place: Path, number: int, of: int) -> Path:
    """Where shard i of n of a study lies."""
    return place.parent / f"{place.name}.shard-{number}-of-{of}"


def _manifest(batch: Batch, ask: Ask, started: datetime.datetime) -> dict[str, Any]:
    chunk = ask.chunk
    if chunk is None:
        chunk = BLOCK if batch.replications < MANY_REPLICATIONS else LARGE_CHUNK
    return {
        **batch.identity(),
        "study_digest": batch.digest(),
        "made_of": None if ask.made_of is None else ask.made_of._asdict(),
        "command": list(ask.command),
        "chunk_replications": chunk,
        "extended_from": [],
        "shard": None if ask.shard is None else list(ask.shard),
        "keep_monthly_asked": ask.keep_monthly,
        "keep_monthly": keeps_monthly(ask.keep_monthly, batch.replications),
        "steps": steps_of([batch.loaded.scenario])._asdict(),
        "versions": versions(),
        "started": started.isoformat(timespec="seconds"),
    }


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
    _check_cut(ask)
    if not 0 <= seed < 2**64:
        raise TheirsError(f"seed: found {seed}; expected a whole number from 0 to 2**64 - 1.")
    digest = hashlib.sha256(resolved_yaml(loaded).encode()).hexdigest()
    return Batch(loaded, policies, replications, seed, ask.purpose, digest)


def keeps_monthly(asked: bool | None, replications: int) -> bool:
    """Whether monthly series are stored run by run; it must not matter by what steps a study came to its size."""
    return replications <= MONTHLY_UP_TO if asked is None else asked


def _check_cut(ask: Ask) -> None:
    if ask.chunk is not None and not (0 < ask.chunk <= LARGEST_CHUNK and ask.chunk % BLOCK == 0):
        raise TheirsError(f"chunk: found {ask.chunk}; expected a multiple of {BLOCK} up to {LARGEST_CHUNK:,}.")
    if ask.shard is not None and not 1 <= ask.shard[0] <= ask.shard[1] <= MOST_SHARDS:
        raise TheirsError(
            f"shard: found {ask.shard[0]}/{ask.shard[1]}; expected i/n with i from 1 to n, and n up to {MOST_SHARDS:,}."
        )
    if ask.shard is not None and ask.out is None:
        raise TheirsError("shard: expected --out DIR, the same for all shards, so that merge finds them.")


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC).astimezone()


def _new_place(results: Path, batch: Batch, now: datetime.datetime) -> Path:
    """A place in ``results`` where nothing is yet."""
    name = folder_name(batch.loaded.scenario.id, now, batch.digest())
    place, number = results / name, 2
    while place.exists() or part_of(place).exists():
        place, number = results / f"{name}-{number}", number + 1
    return place
