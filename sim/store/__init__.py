"""The store: run folders, complete or absent, and the tables in them.

A folder appears under its name only when it is whole, and an unfinished one can be gone on with. Every digest is
taken over sorted rows, so neither the number of workers nor the cut into chunks nor the order of completion shows.

Why: a number that nobody can trace to its run, or that a crash may have truncated, supports no decision.
"""

from __future__ import annotations

from sim.store.canonical import BLOCK, Total, unit_digests
from sim.store.chunk import chunk_name, write_chunk
from sim.store.counts import Steps, counted_months
from sim.store.folder import RunFolder
from sim.store.place import folder_name
from sim.store.study import Study, digest, load
from sim.store.tables import DONE, FAILED, SCHEMA_VERSION, Result, inputs_table, tables_of

__all__ = [
    "BLOCK",
    "DONE",
    "FAILED",
    "SCHEMA_VERSION",
    "Result",
    "RunFolder",
    "Steps",
    "Study",
    "Total",
    "chunk_name",
    "counted_months",
    "digest",
    "folder_name",
    "inputs_table",
    "load",
    "tables_of",
    "unit_digests",
    "write_chunk",
]
