"""Chunks: what one policy did in one range of replications, as a folder with one Parquet file a table.

A chunk is written aside and renamed whole; its digest file tells whether it is still what was written.

Why: a batch that runs all night is only as safe as the smallest part that survives a power cut.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from sim.errors import TheirsError
from sim.store.canonical import unit_digests
from sim.store.tables import INPUTS, OF_RUNS, Table, inputs_kind

DIGEST_FILE: Final = "digest.json"


def chunk_name(owner: str, first: int, last: int) -> str:
    """Folder of a chunk: policy (or ``inputs``), first and last replication.

    >>> chunk_name("balanced", 0, 63)
    'balanced-0-63'
    """
    return f"{owner}-{first}-{last}"


def chunk_range(name: str) -> tuple[str, int, int]:
    """Owner, first and last replication of a chunk's name."""
    owner, first, last = name.rsplit("-", 2)
    return owner, int(first), int(last)


def kind_of(name: str, data: pa.Table) -> Table:
    """The table that a stored file holds."""
    return inputs_kind(data.schema.names[1:]) if name == INPUTS else OF_RUNS[name]


def write_chunk(chunks: Path, name: str, tables: Mapping[str, pa.Table]) -> dict[str, dict[str, str]]:
    """Write a chunk, whole or not at all.

    Returns
    -------
    Table -> unit -> digest, as in the chunk's digest file.

    Raises
    ------
    OSError
        When the place cannot be written.
    """
    aside = chunks / f".{name}"
    aside.mkdir()
    for table, data in tables.items():
        pq.write_table(data, aside / f"{table}.parquet", compression="zstd")
    digests = {table: unit_digests(kind_of(table, data), data) for table, data in tables.items()}
    (aside / DIGEST_FILE).write_text(json.dumps(digests, indent=1) + "\n")
    aside.rename(chunks / name)
    return digests


def read_chunk(chunk: Path, table: str, columns: list[str] | None = None) -> pa.Table:
    """One table of a chunk, or some of its columns. Raises TheirsError if it was damaged or taken away."""
    file = chunk / f"{table}.parquet"
    try:
        stored: Any = pq.ParquetFile(file)
        with stored:
            return stored.read(columns=columns)
    except (OSError, pa.ArrowInvalid) as error:
        raise TheirsError(
            f"{file}: cannot be read ({' '.join(str(error).split())[:200]}); expected the table that was written."
            " The folder was damaged since: run it again."
        ) from error


def written_digests(chunk: Path) -> dict[str, dict[str, str]]:
    """Table -> unit -> digest, as they were when the chunk was written."""
    digests: dict[str, dict[str, str]] = json.loads((chunk / DIGEST_FILE).read_text())
    return digests


def chunk_digest(chunk: Path) -> str:
    """The one digest of a chunk: of its digest file."""
    return hashlib.sha256((chunk / DIGEST_FILE).read_bytes()).hexdigest()
