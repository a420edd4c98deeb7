"""Where a study lies: its place, the folder beside it while it is unfinished, and what is said about it there.

A study is at its place only when it is whole.

Why: every command that is given a folder must take the same thing for the same study.
"""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from sim.errors import TheirsError
from sim.store.tables import SCHEMA_VERSION

MANIFEST: Final = "manifest.json"
RESOLVED: Final = "scenario.resolved.yaml"
SUMMARY: Final = "summary.csv"
FAILURES: Final = "failures.csv"
"""Only of a study of which runs failed."""
CHUNKS: Final = "chunks"
RUNNING: Final = "running"
COMPLETE: Final = "complete"
SHARD: Final = "shard"
"""States of a study; a shard is whole and waits for the others."""
PART: Final = ".part"
"""What an unfinished study's name ends with."""


def folder_name(scenario: str, now: datetime.datetime, digest: str) -> str:
    """Name of a run folder: scenario, time and the first digits of what the study is.

    >>> folder_name("tiny", datetime.datetime(2026, 11, 25, 8, 5, 9), "0f3a9c7e11")
    'tiny-20261125-080509-0f3a9c7e'
    """
    return f"{scenario}-{now:%Y%m%d-%H%M%S}-{digest[:8]}"


@contextmanager
def told_where(place: Path) -> Iterator[None]:
    """Turn a system's refusal to write into a sentence with the place and a way out."""
    try:
        yield
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)  # a library's own words say less
        kept = f" What is done is kept: run_sim.py resume {place} goes on." if _has_chunks(place) else ""
        raise TheirsError(
            f"{place}: cannot be written ({reason}); expected a place with room that you may write to."
            f"{kept or ' Name another with --out DIR.'}"
        ) from error


def _has_chunks(place: Path) -> bool:
    """Whether a study that was begun there has anything to go on with; else its folder goes."""
    with suppress(OSError):
        return any(not chunk.name.startswith(".") for chunk in (part_of(place) / CHUNKS).iterdir())
    return False


def part_of(place: Path) -> Path:
    """Where a study lies while it is unfinished."""
    return place.parent / f"{place.name}{PART}"


def place_of(named: Path) -> Path:
    """The place of a study that may be named by its unfinished folder."""
    return named.parent / named.name.removesuffix(PART)


def read_manifest(folder: Path) -> dict[str, Any]:
    """A folder's manifest, complete or not. Raises TheirsError if it is no run folder of this version."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text())
    except (OSError, ValueError) as error:
        raise TheirsError(
            f"{folder}: no run folder ({MANIFEST} is missing or cannot be read); expected a folder that"
            " run_sim.py run has written, such as one in results."
        ) from error
    version = manifest.get("schema_version") if isinstance(manifest, dict) else None
    if version != SCHEMA_VERSION:
        raise TheirsError(
            f"{folder}: found schema_version {version}; expected {SCHEMA_VERSION}. Run the scenario again."
        )
    return dict(manifest)
