"""Findings: what one analysis found, as tables in one file of a folder, complete or absent.

A finding says what it is about (scenario, futures, policies) and carries every number it rests on; it goes into a new
folder, or into the run folder whose report is to show it.

Why: a figure that is drawn from numbers nobody kept cannot be drawn again, nor checked.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from sim.errors import TheirsError, nearest
from sim.store.folder import COMPLETE, MANIFEST, folder_name, told_where
from sim.store.tables import SCHEMA_VERSION

FINDINGS: Final = "findings"
_ENDING: Final = ".json"


class Grid(NamedTuple):
    """A table of a finding: whole numbers, reals, texts, truths and None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def records(self) -> list[dict[str, Any]]:
        """Each row by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one analysis found."""

    name: str
    """Of the analysis, and of its file."""
    about: Mapping[str, Any]
    """What it rests on: at least ``scenario`` (the id), ``seed``, ``replications`` and ``titles``."""
    grids: Mapping[str, Grid]

    def text(self) -> str:
        """The file's content. Raises ValueError for a number that is none."""
        said = {
            "schema_version": SCHEMA_VERSION,
            "name": self.name,
            "about": dict(self.about),
            "grids": {name: {"columns": grid.columns, "rows": grid.rows} for name, grid in self.grids.items()},
        }
        return json.dumps(said, ensure_ascii=False, allow_nan=False) + "\n"

    def digest(self) -> str:
        """SHA-256 of the content."""
        return hashlib.sha256(self.text().encode()).hexdigest()


def write_finding(finding: Finding, out: Path | None, results: Path = Path("results")) -> Path:
    """Store a finding and say in which folder.

    Parameters
    ----------
    out
        A new folder, or a complete run folder of the same scenario; None: a new one in ``results``.

    Raises
    ------
    TheirsError
        If something else is there, the run folder is of another scenario, or the place cannot be written.
    """
    place = _new_place(results, finding) if out is None else out
    with told_where(place):
        if not os.path.lexists(place):
            _write_new(place, finding)
        else:
            _require_of_scenario(place, str(finding.about["scenario"]))
            _write_into(place, finding)
    return place


def require_room(out: Path | None, scenario: str) -> None:
    """Refuse a place that no finding can go to, before anything is worked out. Raises TheirsError."""
    if out is not None and os.path.lexists(out):
        _require_of_scenario(out, scenario)


def read_finding(folder: Path, name: str) -> Finding:
    """A stored finding. Raises TheirsError if the folder has none of this name, or it cannot be read."""
    file = folder / FINDINGS / f"{name}{_ENDING}"
    if name not in finding_names(folder):
        raise TheirsError(f"{folder}: no finding '{name}'. {nearest(name, finding_names(folder))}")
    try:
        said = json.loads(file.read_text())
        grids = {
            key: Grid(tuple(grid["columns"]), tuple(tuple(row) for row in grid["rows"]))
            for key, grid in said["grids"].items()
        }
        if said["schema_version"] != SCHEMA_VERSION:
            raise ValueError(f"schema_version {said['schema_version']}")
        return Finding(said["name"], said["about"], grids)
    except (ValueError, KeyError, TypeError) as error:
        raise TheirsError(
            f"{file}: found a finding that cannot be read ({error}); expected one of schema version {SCHEMA_VERSION}."
            " Run the command again that made it."
        ) from error


def finding_names(folder: Path) -> Sequence[str]:
    """Names of the findings a folder holds, sorted; empty where it holds none."""
    place = folder / FINDINGS
    if not place.is_dir():
        return ()
    return sorted(file.stem for file in place.iterdir() if file.suffix == _ENDING and not file.name.startswith("."))


def _new_place(results: Path, finding: Finding) -> Path:
    now = datetime.datetime.now(datetime.UTC).astimezone()
    name = folder_name(f"{finding.about['scenario']}-{finding.name}", now, finding.digest())
    place, number = results / name, 2
    while place.exists():
        place, number = results / f"{name}-{number}", number + 1
    return place


def _write_new(place: Path, finding: Finding) -> None:
    hidden = place.parent / f".{place.name}.{os.getpid()}"
    try:
        (hidden / FINDINGS).mkdir(parents=True)
        (hidden / FINDINGS / f"{finding.name}{_ENDING}").write_text(finding.text())
        hidden.rename(place)
    finally:
        shutil.rmtree(hidden, ignore_errors=True)


def _write_into(place: Path, finding: Finding) -> None:
    (place / FINDINGS).mkdir(exist_ok=True)
    aside = place / FINDINGS / f".{finding.name}.{os.getpid()}"
    try:
        aside.write_text(finding.text())
        aside.replace(place / FINDINGS / f"{finding.name}{_ENDING}")
    finally:
        aside.unlink(missing_ok=True)


def _require_of_scenario(place: Path, scenario: str) -> None:
    """A folder that is there must be a whole run folder of the scenario, or hold findings about it."""
    found = _scenario_of(place)
    if found is None:
        raise TheirsError(
            f"{place}: something is there already; expected a new folder, or a complete run folder. It was left as it"
            " is: name another with --out DIR."
        )
    if found != scenario:
        raise TheirsError(
            f"{place}: found a folder about '{found}'; expected one about '{scenario}'. Name another with --out DIR."
        )


def _scenario_of(place: Path) -> str | None:
    """What a folder is about; None where that cannot be told."""
    names = finding_names(place)
    if names:
        return str(read_finding(place, names[0]).about["scenario"])
    try:
        manifest = json.loads((place / MANIFEST).read_text())
        return str(manifest["scenario"]["id"]) if manifest["status"] == COMPLETE else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
