"""A spare place for a run folder that nobody will keep, and the digest of the scenario that a folder holds.

A spare place is gone when it is no longer needed, however that comes about.

Why: a study that is run again only to be compared should leave nothing behind.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sim.store.place import RESOLVED


@contextmanager
def spare_place() -> Iterator[Path]:
    """Where a run folder may be written, and will not stay."""
    with tempfile.TemporaryDirectory() as room:
        yield Path(room) / "again"


def resolved_digest(folder: Path) -> str:
    """SHA-256 of the scenario in a run folder, in hexadecimal. Raises OSError if it cannot be read."""
    return hashlib.sha256((folder / RESOLVED).read_bytes()).hexdigest()
