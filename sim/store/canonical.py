"""Digests of tables: over sorted rows in one byte form, unit by unit of 64 replications.

A unit is what one policy did in replications 64·b to 64·b + 63, whatever chunks these were stored in; the digest
of a table is that of its units' digests, in order.

Why: Parquet bytes vary with cut, writer and version, and a digest over a million replications has to be put
together from parts that different machines have worked out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.errors import OursError
from sim.store.columns import is_text, known, numbers_of, words_of
from sim.store.tables import Table, sorted_rows

BLOCK: Final = 64
"""Replications of one unit, and of one chunk."""

_TEXT_BYTES: Final = 16
"""Of a text's SHA-256; texts have no common length and the rows must."""


def unit_digests(table: Table, data: pa.Table) -> dict[str, str]:
    """The digest of each unit in some rows.

    Parameters
    ----------
    data
        Rows in any order; a unit must be there whole or not at all.

    Returns
    -------
    Unit (``policy/block``, of ``inputs`` the block alone, of counts ``policy/0``) -> SHA-256 in hexadecimal.
    """
    rows = sorted_rows(table, data).combine_chunks()
    packed = _packed(rows)
    columns = "".join(f"{field.name}: {field.type}\n" for field in table.schema)
    opening = hashlib.sha256(f"{table.name} by {', '.join(table.key)}\n{columns}".encode())
    digests: dict[str, str] = {}
    for unit, first, after in _units(table, rows):
        digest = opening.copy()
        digest.update(packed[first:after].tobytes())
        digests[unit] = digest.hexdigest()
    return digests


class Total:
    """The digest of a table, put together from those of its units as they come; nothing is kept of them.

    Units of one case come in order, and cases in the order of their ids.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._digest = hashlib.sha256(name.encode())
        self._last: tuple[str, int] | None = None

    def take(self, units: Mapping[str, str]) -> None:
        """Take in some more units. Raises OursError if one was there before, or comes too late."""
        for unit in sorted(units, key=_place):
            place = _place(unit)
            if self._last is not None and place <= self._last:
                raise OursError(
                    f"{self._name}: found {unit} behind {'/'.join(map(str, self._last)).lstrip('/')}; expected each"
                    " unit once, in order"
                )
            self._digest.update(f"\n{unit} {units[unit]}".encode())
            self._last = place

    def hexdigest(self) -> str:
        """SHA-256 of the table's name and all units; of a table without rows, of its name alone."""
        return self._digest.hexdigest()


def _place(unit: str) -> tuple[str, int]:
    owner, _, block = unit.rpartition("/")
    return owner, int(block)


def _units(table: Table, rows: pa.Table) -> list[tuple[str, int, int]]:
    """(unit, its first row, the row behind its last one) in sorted rows."""
    if not rows.num_rows:
        return []
    number = np.zeros(rows.num_rows, "<i8") if table.numbered is None else numbers_of(rows[table.numbered]) // BLOCK
    changed = number[1:] != number[:-1]
    policies, codes = words_of(rows["policy"]) if "policy" in table.key else ([], np.zeros(len(number), "<i4"))
    changed |= codes[1:] != codes[:-1]
    edges = [0, *(np.flatnonzero(changed) + 1).tolist(), rows.num_rows]
    return [
        (f"{policies[codes[first]]}/{number[first]}" if policies else str(number[first]), first, after)
        for first, after in pairwise(edges)
    ]


def _packed(rows: pa.Table) -> NDArray[Any]:
    """Rows as records of little-endian numbers; text by its hash, what is not known as zero and a mark."""
    columns: dict[str, NDArray[Any]] = {}
    for place, field in enumerate(rows.schema):
        column = rows.column(place)
        if field.nullable:
            columns[f"{place}?"] = known(column)
        columns[str(place)] = _hashed(column) if is_text(field.type) else numbers_of(column)
    kinds = [(name, "u1" if values.dtype == bool else values.dtype) for name, values in columns.items()]
    records = np.zeros(rows.num_rows, dtype=kinds)
    for name, values in columns.items():
        records[name] = values
    return records


def _hashed(column: Any) -> NDArray[Any]:
    words, codes = words_of(column)
    hashes = [hashlib.sha256(word.encode()).digest()[:_TEXT_BYTES] for word in words]
    values: NDArray[Any] = np.array(hashes, dtype=f"S{_TEXT_BYTES}")[codes]
    return values
