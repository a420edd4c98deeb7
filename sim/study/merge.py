"""Putting shards together: the parts of one study, run in different places, become the study.

Each must be there, whole, and of the same study; the shards stay as they are.

Why: many places give a planner a queue of jobs and no cluster, and a study that lacks one job is no study.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from sim.errors import TheirsError
from sim.scenario.load import load as load_scenario
from sim.store import RunFolder
from sim.store.place import RESOLVED, SHARD, part_of, read_manifest
from sim.store.study import shards_of
from sim.study.carry_on import How, carry_on, layout
from sim.study.resume import batch_again

_OWN: Final = ("command", "made_of", "shard", "started", "ended", "failed", "status", "tables", "chunks")
"""What may differ between the shards of one study."""


def merge(place: Path, how: How) -> Path:
    """Make a complete study of its shards.

    Parameters
    ----------
    place
        What was named with ``--out`` for each of them.

    Returns
    -------
    The run folder, whole; chunks that were damaged since are done again.

    Raises
    ------
    TheirsError
        If a shard is missing or unfinished, or they are not of one study.
    """
    shards = _all_there(place, shards_of(place))
    manifests = [read_manifest(shard) for shard in shards]
    for shard, manifest in zip(shards, manifests, strict=True):
        _require_same(shards[0], manifests[0], shard, manifest)
    begun = {key: value for key, value in manifests[0].items() if key not in ("ended", "failed", "tables", "chunks")}
    folder = RunFolder.beside(place, {**begun, "shard": None}, shards)
    try:
        batch = batch_again(folder.manifest, load_scenario(folder.part / RESOLVED))
        kept = folder.intact({job.chunk for job in layout(folder.manifest)})
    except BaseException:
        folder.discard()
        raise
    return carry_on(folder, batch, how, None, kept)


def _all_there(place: Path, found: Sequence[Path]) -> list[Path]:
    """The shards in order. Raises TheirsError if one is missing or unfinished."""
    numbers = {_number(shard): shard for shard in found}
    sizes = {of for _, of in numbers}
    if len(sizes) != 1:
        raise TheirsError(
            f"{place}: found shards of {len(sizes)} ways to divide the study; expected folders"
            f" {place.name}.shard-1-of-n to {place.name}.shard-n-of-n of one n, as run --shard i/n writes them."
        )
    of = sizes.pop()
    lacking = [number for number in range(1, of + 1) if (number, of) not in numbers]
    if lacking:
        unfinished = [n for n in lacking if part_of(place.parent / f"{place.name}.shard-{n}-of-{of}").exists()]
        said = f" Unfinished: {_listed(unfinished)}; resume goes on with them." if unfinished else ""
        raise TheirsError(f"{place}: found no shard {_listed(lacking)} of {of}; expected all of them.{said}")
    return [numbers[number, of] for number in range(1, of + 1)]


def _number(shard: Path) -> tuple[int, int]:
    found = re.search(r"\.shard-(\d+)-of-(\d+)$", shard.name)
    assert found is not None, "only such names are looked for"
    return int(found[1]), int(found[2])


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))


def _require_same(one: Path, ours: Mapping[str, Any], other: Path, theirs: Mapping[str, Any]) -> None:
    if theirs["status"] != SHARD:
        raise TheirsError(f"{other}: found a study that is '{theirs['status']}'; expected a shard.")
    differs = [key for key in ours if key not in _OWN and _said(key, ours) != _said(key, theirs)]
    if differs:
        told = "; ".join(f"{key}: {_said(key, ours)} and {_said(key, theirs)}" for key in differs)
        raise TheirsError(f"{one.name} and {other.name}: found shards of two studies ({told}); expected one study.")


def _said(key: str, manifest: Mapping[str, Any]) -> Any:
    return manifest[key]["digest"] if key == "scenario" else manifest.get(key)
