"""The ledger of a run: dated typed entries, in the order they happened.

Two runs are the same run when their digests agree; where they differ, the first difference is found here.

Why: an outcome that is read from the ledger alone cannot know what the ledger does not tell.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from sim.engine.entries import Entry
from sim.scenario.resolved import Scenario


@dataclass(frozen=True, slots=True)
class Run:
    """What happened when one policy met one future."""

    scenario: Scenario
    policy_id: str
    parameter_number: int
    luck_number: int
    entries: tuple[Entry, ...]
    events: int
    """Events the engine scheduled."""

    def digest(self) -> str:
        """SHA-256 of the entries' canonical text, in hexadecimal."""
        text = "\n".join([type(entry).__name__ + tuple.__repr__(entry) for entry in self.entries])
        return hashlib.sha256(text.encode()).hexdigest()

    def of_kind(self, *kinds: type) -> Iterator[Entry]:
        """The entries of these kinds, in order."""
        return (entry for entry in self.entries if isinstance(entry, kinds))

    def days_of(self, kind: type) -> list[int]:
        """The days on which entries of one kind fall, in order."""
        return [entry.day for entry in self.of_kind(kind)]

    def first_difference(self, other: Run) -> tuple[Entry | None, Entry | None] | None:
        """The first pair of entries in which two ledgers part; None when they agree.

        One of the pair is None where one ledger ends before the other.
        """
        for mine, theirs in zip(self.entries, other.entries, strict=False):
            if type(mine) is not type(theirs) or mine != theirs:
                return mine, theirs
        if len(self.entries) == len(other.entries):
            return None
        shorter = min(len(self.entries), len(other.entries))
        mine_next = self.entries[shorter] if len(self.entries) > shorter else None
        theirs_next = other.entries[shorter] if len(other.entries) > shorter else None
        return mine_next, theirs_next
