"""A run folder under way: hidden beside its place until it is whole, then renamed there.

The manifest comes first and describes the study completely; what is at the place already is never touched.

Why: whoever finds a run folder may take it for a finished run, so an unfinished one must not look like it.
"""

from __future__ import annotations

import csv
import datetime
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sim.errors import TheirsError
from sim.store.canonical import joined, total_digest
from sim.store.chunk import chunk_digest, written_digests
from sim.store.tables import INPUTS, OF_RUNS, SCHEMA_VERSION

MANIFEST: Final = "manifest.json"
RESOLVED: Final = "scenario.resolved.yaml"
SUMMARY: Final = "summary.csv"
CHUNKS: Final = "chunks"
RUNNING: Final = "running"
COMPLETE: Final = "complete"

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


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
        reason = error.strerror or str(error)
        raise TheirsError(
            f"{place}: cannot be written ({reason}); expected a place with room that you may write to."
            " Name another with --out DIR."
        ) from error


class RunFolder:
    """The folder of one study while it is written.

    Parameters
    ----------
    place
        Where the whole folder is to appear; nothing may be there yet.
    manifest
        What the study is: everything but how it ended.
    resolved_yaml
        The scenario as it is run.

    Raises
    ------
    TheirsError
        When something is at the place already, or it cannot be written.
    """

    def __init__(self, place: Path, manifest: Mapping[str, Any], resolved_yaml: str) -> None:
        self.place = place
        self._manifest = {"schema_version": SCHEMA_VERSION, "status": RUNNING, **manifest}
        self.hidden = place.parent / f".{place.name}.{os.getpid()}"
        self._require_free()
        with told_where(place):
            place.parent.mkdir(parents=True, exist_ok=True)
            self.hidden.mkdir()
        try:
            with told_where(place):
                self._write_manifest()
                (self.hidden / RESOLVED).write_text(resolved_yaml)
                self.chunks.mkdir()
        except BaseException:
            self.discard()
            raise

    @property
    def chunks(self) -> Path:
        """Where the chunks go."""
        return self.hidden / CHUNKS

    def _require_free(self) -> None:
        if os.path.lexists(self.place):
            raise TheirsError(
                f"{self.place}: something is there already; expected a new folder. It was left as it is:"
                " name another with --out DIR."
            )

    def _write_manifest(self) -> None:
        aside = self.hidden / f".{MANIFEST}"
        aside.write_text(json.dumps(self._manifest, indent=2, ensure_ascii=False) + "\n")
        aside.rename(self.hidden / MANIFEST)

    def write_summary(self, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Write the answer as a spreadsheet; text that would run as a formula there is quoted."""
        with told_where(self.place), (self.hidden / SUMMARY).open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows([harmless(cell) for cell in row] for row in rows)

    def finish(self, ended: Mapping[str, Any]) -> Path:
        """Complete the manifest with how the study ended and the tables' digests; give the folder its name.

        Raises TheirsError when the place was taken meanwhile or cannot be written.
        """
        self._require_free()
        chunks = sorted(self.chunks.iterdir())
        self._manifest |= {
            "status": COMPLETE,
            **ended,
            "tables": total_digests(chunks),
            "chunks": {chunk.name: chunk_digest(chunk) for chunk in chunks},
        }
        with told_where(self.place):
            self._write_manifest()
            self.hidden.rename(self.place)
        return self.place

    def discard(self) -> None:
        """Take away what was written so far."""
        shutil.rmtree(self.hidden, ignore_errors=True)


def harmless(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers.

    >>> harmless("=1+1"), harmless(-3), harmless("queue")
    ("'=1+1", -3, 'queue')
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell


def total_digests(chunks: Sequence[Path]) -> dict[str, str]:
    """Table -> digest over all chunks, from the chunks' own digest files."""
    units: dict[str, dict[str, str]] = {name: {} for name in (INPUTS, *OF_RUNS)}
    for chunk in chunks:
        for name, of_chunk in written_digests(chunk).items():
            units[name] = joined(units[name], of_chunk, name)
    return {name: total_digest(name, of_table) for name, of_table in units.items()}
