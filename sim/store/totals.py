"""Digests of whole tables, put together from what the chunks' own digest files say.

Chunks come by owner and future; counts are added up before they are digested.

Why: two people who compare a million replications should have to compare six lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.store.canonical import Total, unit_digests
from sim.store.chunk import chunk_range, holds, read_chunk, stored_digests
from sim.store.counts import added
from sim.store.tables import INPUTS, MONTHS, OF_RUNS


def in_order(chunks: Path) -> list[Path]:
    """Chunks by owner and future: their rows follow each other in key order."""
    found = [(chunk_range(chunk.name), chunk) for chunk in chunks.iterdir() if not chunk.name.startswith(".")]
    return [chunk for _, chunk in sorted(found)]


def total_digests(chunks: Sequence[Path]) -> dict[str, str]:
    """Table -> digest over all chunks in order, from the chunks' own digest files; counts are added up first."""
    first = {chunk_range(chunk.name)[0]: chunk for chunk in reversed(chunks)}
    kept = [name for name in (INPUTS, *OF_RUNS) if any(holds(chunk, name) for chunk in first.values())]
    totals = {name: Total(name) for name in kept}
    for chunk in chunks:
        for name, units in stored_digests(chunk).tables.items():
            if name != MONTHS.name:
                totals[name].take(units)
    for owner in sorted(owner for owner, chunk in first.items() if holds(chunk, MONTHS.name)):
        own = [chunk for chunk in chunks if chunk_range(chunk.name)[0] == owner]
        totals[MONTHS.name].take(unit_digests(MONTHS, added(read_chunk(chunk, MONTHS.name) for chunk in own)))
    return {name: total.hexdigest() for name, total in totals.items()}
