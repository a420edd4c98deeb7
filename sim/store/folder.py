"""A run folder under way: beside its place as ``<name>.part`` until it is whole, then renamed there.

The manifest comes first and describes the study completely; chunks that are done stay when the work is broken off.

Why: whoever finds a run folder may take it for a finished run, so an unfinished one must not look like it; and its
last minute must not cost a night's work.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from sim.errors import TheirsError
from sim.store.chunk import chunk_digest, fault_of, link_chunk, stored_digests
from sim.store.holder import Hold
from sim.store.place import (
    CHUNKS,
    COMPLETE,
    FAILURES,
    MANIFEST,
    RESOLVED,
    RUNNING,
    SUMMARY,
    folder_name,
    part_of,
    read_manifest,
    told_where,
)
from sim.store.tables import SCHEMA_VERSION
from sim.store.totals import in_order, total_digests

__all__ = ["COMPLETE", "MANIFEST", "RunFolder", "folder_name", "harmless", "is_whole", "told_where"]

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


class RunFolder:
    """The folder of one study while it is written, held by this process.

    Parameters
    ----------
    place
        Where the whole folder is to appear; nothing may be there yet.
    manifest
        What the study is: everything but how it ended.
    resolved_yaml
        The scenario as it is run; None: there is no one scenario.

    Raises
    ------
    TheirsError
        When something is at the place already, the study is there unfinished, or it cannot be written.
    """

    def __init__(self, place: Path, manifest: Mapping[str, Any], resolved_yaml: str | None) -> None:
        self._begin(place, {"schema_version": SCHEMA_VERSION, "status": RUNNING, **manifest})
        if os.path.lexists(place):
            raise _taken(place)
        self._make()
        try:
            with told_where(place):
                self._write_manifest()
                if resolved_yaml is not None:
                    (self.part / RESOLVED).write_text(resolved_yaml)
                self.chunks.mkdir()
        except BaseException:
            self.discard()
            raise

    def _begin(self, place: Path, manifest: dict[str, Any]) -> None:
        self.place = place
        self.part = part_of(place)
        self.manifest = manifest
        self._replaces = False

    def _make(self) -> None:
        with told_where(self.place):
            self.place.parent.mkdir(parents=True, exist_ok=True)
            if os.path.lexists(self.part):
                self._clear()
            self.part.mkdir()
            self._hold = Hold(self.part)

    def _clear(self) -> None:
        """Take away what was broken off before it said what it is; refuse anything else."""
        if not self.part.is_dir():
            raise _taken(self.part)
        hold = Hold(self.part)  # or say who is writing there
        hold.release()
        if (self.part / MANIFEST).exists():
            raise TheirsError(
                f"{self.place}: an unfinished study is there already ({self.part.name}); expected a new folder."
                f" run_sim.py resume {self.place} goes on with it; or name another with --out DIR."
            )
        shutil.rmtree(self.part)

    @classmethod
    def again(cls, place: Path) -> RunFolder:
        """Go on with an unfinished study. Raises TheirsError if there is none, or another process holds it."""
        self = cls.__new__(cls)
        part = part_of(place)
        if not part.is_dir():
            raise TheirsError(f"{place}: no unfinished study ({part.name}) there; expected one that was broken off.")
        with told_where(place):
            hold = Hold(part)
        try:
            self._begin(place, read_manifest(part))
        except BaseException:
            hold.release()
            raise
        self._hold = hold
        self._replaces = place.exists()
        with told_where(place):
            self.chunks.mkdir(exist_ok=True)
        return self

    @classmethod
    def beside(
        cls, place: Path, manifest: Mapping[str, Any], sources: Sequence[Path], dropped: Sequence[str] = ()
    ) -> RunFolder:
        """A study made of the chunks of complete ones, linked and not copied; it takes the place of what is there.

        Parameters
        ----------
        manifest
            What the new study is.
        sources
            Complete folders of the same scenario; the first one's copy of it is taken.
        dropped
            Tables that the new study does not keep.
        """
        self = cls.__new__(cls)
        self._begin(place, {**manifest, "schema_version": SCHEMA_VERSION, "status": RUNNING})
        self._make()
        self._replaces = place.exists()
        try:
            with told_where(place):
                self._write_manifest()
                if (sources[0] / RESOLVED).exists():
                    shutil.copyfile(sources[0] / RESOLVED, self.part / RESOLVED)
                self.chunks.mkdir()
                for chunk in (chunk for source in sources for chunk in (source / CHUNKS).iterdir()):
                    link_chunk(chunk, self.chunks / chunk.name, dropped)
        except BaseException:
            self.discard()
            raise
        return self

    @property
    def chunks(self) -> Path:
        """Where the chunks go."""
        return self.part / CHUNKS

    def intact(self, expected: set[str]) -> dict[str, int]:
        """The chunks that are there and whole; whatever else lies there is taken away, to be done again.

        Parameters
        ----------
        expected
            Names of the study's chunks.

        Returns
        -------
        Name -> how many of its runs failed.
        """
        kept: dict[str, int] = {}
        with told_where(self.place):
            for chunk in sorted(self.chunks.iterdir()):
                if chunk.name in expected and fault_of(chunk) is None:
                    kept[chunk.name] = stored_digests(chunk).failed
                else:
                    shutil.rmtree(chunk) if chunk.is_dir() else chunk.unlink()
        return kept

    def _write_manifest(self) -> None:
        aside = self.part / f".{MANIFEST}"
        aside.write_text(json.dumps(self.manifest, indent=2, ensure_ascii=False) + "\n")
        aside.rename(self.part / MANIFEST)

    def say(self, **more: Any) -> None:
        """Write into the manifest what the study is, where that was not known when the folder was made."""
        with told_where(self.place):
            self.manifest |= more
            self._write_manifest()

    def write_summary(self, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Write the answer as a spreadsheet; text that would run as a formula there is quoted."""
        self._write_csv(SUMMARY, columns, rows)

    def write_failures(self, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Write which runs failed, and how to see each again."""
        self._write_csv(FAILURES, columns, rows)

    def _write_csv(self, name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        with told_where(self.place), (self.part / name).open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows([harmless(cell) for cell in row] for row in rows)

    def finish(self, ended: Mapping[str, Any], status: str = COMPLETE) -> Path:
        """Complete the manifest with how the study ended and the tables' digests; give the folder its name.

        Raises TheirsError when the place was taken meanwhile or cannot be written.
        """
        if os.path.lexists(self.place) and not self._replaces:
            raise _taken(self.place)
        chunks = in_order(self.chunks)
        with told_where(self.place):
            for aside in set(self.chunks.iterdir()) - set(chunks):
                shutil.rmtree(aside)
            digests = {chunk.name: chunk_digest(chunk) for chunk in chunks}
            self.manifest |= {"status": status, **ended, "tables": total_digests(chunks), "chunks": digests}
            self._write_manifest()
            self._hold.release()
            self._take_place()
        return self.place

    def _take_place(self) -> None:
        """Give the folder its name; a complete study that it replaces gives way at the last moment."""
        old = self.place.parent / f".{self.place.name}.old"
        shutil.rmtree(old, ignore_errors=True)
        if self._replaces:
            self.place.rename(old)
        self.part.rename(self.place)
        shutil.rmtree(old, ignore_errors=True)

    def resolved(self) -> tuple[Path, str]:
        """The file with the scenario as it is run, and the SHA-256 of what it holds now."""
        with told_where(self.place):
            return self.part / RESOLVED, hashlib.sha256((self.part / RESOLVED).read_bytes()).hexdigest()

    def leave(self) -> bool:
        """Break off: keep what is done, if any of it is. Returns whether something was kept."""
        self._hold.release()
        with suppress(OSError):
            if any(not chunk.name.startswith(".") for chunk in self.chunks.iterdir()):
                return True
        self.discard()
        return False

    def discard(self) -> None:
        """Take away what was written so far."""
        self._hold.release()
        shutil.rmtree(self.part, ignore_errors=True)


def _taken(place: Path) -> TheirsError:
    return TheirsError(
        f"{place}: something is there already; expected a new folder. It was left as it is: name another with"
        " --out DIR."
    )


def is_whole(place: Path, expected: set[str]) -> bool:
    """Whether a folder holds these chunks, each byte for byte as it was written, and no other."""
    chunks = list((place / CHUNKS).iterdir())
    return {chunk.name for chunk in chunks} == expected and all(fault_of(chunk) is None for chunk in chunks)


def harmless(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers.

    >>> harmless("=1+1"), harmless(-3), harmless("queue")
    ("'=1+1", -3, 'queue')
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell
