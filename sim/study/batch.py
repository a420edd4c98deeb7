"""A batch: every policy against every future, stored chunk by chunk, then answered.

Policies stand outside and futures inside the loop: all policies meet the same ones. Nothing is kept in memory but
counts, and the run folder appears only when all of it is there.

Why: planners leave a batch running overnight and stake a decision on what they find in the morning.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version
from typing import Any, Final

from sim.errors import OursError, TheirsError, unknown_name
from sim.scenario.canonical import resolved_yaml
from sim.scenario.load import Loaded
from sim.store import BLOCK, RunFolder, folder_name
from sim.store.folder import told_where
from sim.store.study import opened
from sim.study.answer import answer
from sim.study.jobs import Failure, Plan, jobs_of
from sim.study.summary import SUMMARY_COLUMNS, summary_rows
from sim.study.workers import do_jobs

MOST_FAILURES: Final = 20
"""Failed runs that a batch puts up with."""
MOST_REPLICATIONS: Final = 2**32
_LIBRARIES: Final = ("numpy", "scipy", "simpy", "pyarrow", "pandas", "pydantic")
PACKAGE: Final = "drone-procurement-sim"

Progress = Callable[[int, int, int], None]
"""Told after each chunk: runs done, runs asked for, runs failed."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a batch is asked to do; whatever may be left out is the scenario's own."""

    policies: tuple[str, ...] = ()
    """Empty: all the scenario has."""
    replications: int | None = None
    seed: int | None = None
    purpose: str = "judge"
    workers: int = 1
    out: Path | None = None
    """The run folder; None: a new one in ``results``."""
    most_failures: int = MOST_FAILURES
    command: tuple[str, ...] = ()
    """As typed, for the manifest."""
    results: Path = Path("results")


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
        If more runs failed than ``ask`` puts up with, or workers keep dying. Nothing is left behind then.
    """
    started = datetime.datetime.now(datetime.UTC).astimezone()
    plain = _Study.of(loaded, ask)
    yaml = resolved_yaml(loaded)
    manifest = plain.manifest(loaded, ask, yaml, started)
    folder = RunFolder(_place(plain, ask, manifest, started), manifest, yaml)
    try:
        failures = _fill(folder, plain, ask, progress)
        study = opened(folder.hidden)
        folder.write_summary(SUMMARY_COLUMNS, summary_rows(answer(study, loaded.scenario)))
        ended = datetime.datetime.now(datetime.UTC).astimezone()
        return folder.finish({"ended": ended.isoformat(timespec="seconds"), "failed": len(failures)})
    except BaseException:
        folder.discard()
        raise
