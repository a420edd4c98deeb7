"""Chunks: what one case did in one range of futures, as a folder with one Parquet file a table.

A chunk is written aside and renamed whole; its digest file holds the digest of every file beside it, and its own.

Why: a batch that runs all night is only as safe as the smallest part that survives a power cut.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import quote, unquote

import pyarrow as pa
import pyarrow.parquet as pq

from sim.errors import TheirsError
from sim.store.canonical import unit_digests
from sim.store.tables import FAILED, INPUTS, OF_RUNS, RUNS, Table, inputs_kind

DIGEST_FILE: Final = "digest.json"
_PLAIN: Final = " +,=@()'"
"""Characters that stand in a folder's name as they do in a case's, besides letters, digits and ``_.-~``."""


class Stored(NamedTuple):
    """What a chunk's digest file says."""

    tables: dict[str, dict[str, str]]
    """Table -> unit -> digest of its canonical rows."""
    failed: int
    """How many of its runs failed."""


def chunk_name(owner: str, first: int, last: int) -> str:
    """Folder of a chunk: case (or ``inputs``), first and last future.

    >>> chunk_name("balanced", 0, 63), chunk_name("a/b", 0, 63)
    ('balanced-0-63', 'a%2Fb-0-63')
    """
    plain = quote(owner, safe=_PLAIN)
    return f"{plain.replace('.', '%2E', 1) if plain.startswith('.') else plain}-{first}-{last}"


def chunk_range(name: str) -> tuple[str, int, int]:
    """Owner, first and last future of a chunk's name.

    >>> chunk_range("a%2Fb-64-127")
    ('a/b', 64, 127)
    """
    owner, first, last = name.rsplit("-", 2)
    return unquote(owner), int(first), int(last)


def kind_of(name: str, data: pa.Table) -> Table:
    """The table that a stored file holds."""
    return inputs_kind(data.schema.names[1:]) if name == INPUTS else OF_RUNS[name]


def write_chunk(chunks: Path, name: str, tables: Mapping[str, pa.Table]) -> None:
    """Write a chunk, whole or not at all; one that is there already stays.

    Raises
    ------
    OSError
        When the place cannot be written.
    """
    if (chunks / name).exists():
        return  # a worker that was taken for dead had written it, or does at this moment; the numbers are the same
    aside = chunks / f".{name}.{platform.node()}.{os.getpid()}"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    try:
        for table, data in tables.items():
            # Arrow's own schema is left out, for it would say how texts lay in memory; Parquet's has all there is.
            pq.write_table(data, aside / f"{table}.parquet", compression="zstd", store_schema=False)
        _write_digests(aside, tables)
        aside.rename(chunks / name)
    except BaseException as error:
        shutil.rmtree(aside, ignore_errors=True)
        # An OSError beside a finished chunk is a rename that came second: the same numbers are there.
        if not (isinstance(error, OSError) and (chunks / name).exists()):
            raise


def _write_digests(aside: Path, tables: Mapping[str, pa.Table]) -> None:
    _say(
        aside,
        {table: unit_digests(kind_of(table, data), data) for table, data in tables.items()},
        {f"{table}.parquet": _sum_of(aside / f"{table}.parquet") for table in tables},
        tables[RUNS.name]["status"].to_pylist().count(FAILED) if RUNS.name in tables else 0,
    )


def _say(chunk: Path, tables: Mapping[str, Any], files: Mapping[str, str], failed: int) -> None:
    said: dict[str, Any] = {"tables": tables, "files": files, "failed": failed}
    (chunk / DIGEST_FILE).write_text(json.dumps({**said, "this": _sum(_covered(said))}, indent=1) + "\n")


def link_chunk(chunk: Path, target: Path, dropped: Sequence[str] = ()) -> None:
    """The same chunk in another study without some tables; its files are linked, or copied where that cannot be."""
    target.mkdir()
    names = {f"{table}.parquet" for table in dropped} | ({DIGEST_FILE} if dropped else set())
    for file in chunk.iterdir():
        if file.name not in names:
            _link(file, target / file.name)
    if dropped:
        said = json.loads((chunk / DIGEST_FILE).read_bytes())
        tables = {name: units for name, units in said["tables"].items() if name not in dropped}
        files = {name: digest for name, digest in said["files"].items() if name not in names}
        _say(target, tables, files, said["failed"])


def _link(file: Path, target: Path) -> None:
    try:
        os.link(file, target)
    except OSError:
        shutil.copyfile(file, target)


def _covered(said: Mapping[str, Any]) -> bytes:
    return json.dumps({key: said[key] for key in ("tables", "files", "failed")}, sort_keys=True).encode()


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _sum_of(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def fault_of(chunk: Path) -> str | None:
    """What is wrong with a chunk, in a few words; None where it is byte for byte what was written."""
    try:
        said = json.loads((chunk / DIGEST_FILE).read_bytes())
        if said["this"] != _sum(_covered(said)):
            return f"{DIGEST_FILE} was altered"
        for name, digest in said["files"].items():
            if _sum_of(chunk / name) != digest:
                return f"{name} was altered or cut short"
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        return f"cannot be read ({' '.join(str(error).split())[:100]})"
    return None


def read_chunk(chunk: Path, table: str, columns: list[str] | None = None) -> pa.Table:
    """One table of a chunk, or some of its columns. Raises TheirsError if it was damaged or taken away."""
    file = chunk / f"{table}.parquet"
    try:
        stored: Any = pq.ParquetFile(file)
        with stored:
            return stored.read(columns=columns, use_threads=False)  # one small file
    except (OSError, pa.ArrowInvalid) as error:
        raise TheirsError(
            f"{file}: cannot be read ({' '.join(str(error).split())[:200]}); expected the table that was written."
            " The folder was damaged since: run it again."
        ) from error


def holds(chunk: Path, table: str) -> bool:
    """Whether a chunk has this table."""
    return (chunk / f"{table}.parquet").exists()


def stored_digests(chunk: Path) -> Stored:
    """What a chunk's digest file says, as it was written."""
    said = json.loads((chunk / DIGEST_FILE).read_bytes())
    return Stored(said["tables"], said["failed"])


def chunk_digest(chunk: Path) -> str:
    """The one digest of a chunk: of its digest file."""
    return _sum((chunk / DIGEST_FILE).read_bytes())
