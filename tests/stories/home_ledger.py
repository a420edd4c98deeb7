"""Reading a home industry off the ledger: what its lines did, what its stores saw, what was bought for it.

Each reading takes every entry of its kinds, in the ledger's order; fields that a story has only one of are left out.

Why: a factory writes forty entries a week, and a story has to show them all in a form that fits beside its working.
"""

from __future__ import annotations

from typing import Any

from sim.engine import Run
from sim.engine.entries import Cancelled, Obligated, UnitMove, Used
from sim.engine.entries.home import (
    Built,
    DevelopmentEnded,
    DevelopmentFailed,
    ExportAsked,
    Forgot,
    LineOrdered,
    LineReady,
    LineStopped,
    LotBuilt,
    PartsCame,
    PartsCurbed,
    PartsFree,
    PartsLost,
    PartsOrdered,
    PartsUsed,
    PartsWithdrawn,
    Queued,
    Refused,
    ShortOfParts,
    SourceQualified,
    Started,
    StartedWithParts,
    Subsidised,
    ToolingCame,
)

OPENING = (LineOrdered, DevelopmentFailed, DevelopmentEnded, Refused, Subsidised, LineReady)
LOTS = (Queued, ShortOfParts, Started, StartedWithParts, Built, Cancelled)
CAPACITY = (ToolingCame, LineStopped, Forgot, ExportAsked)
STORES = (PartsOrdered, PartsCame, PartsUsed, PartsWithdrawn, PartsLost, PartsCurbed, PartsFree, SourceQualified)


def work(run: Run) -> list[tuple[Any, ...]]:
    """All that lines did: (day, kind, lot, units) of lots, (day, kind) and what they say of themselves of the rest.

    Lots built are in ``made``; lots of several orders are told apart by ``(order, lot)``.
    """
    found: list[tuple[Any, ...]] = []
    several = len({entry.order for entry in run.of_kind(Queued)}) > 1
    for entry in run.of_kind(*OPENING, *LOTS, *CAPACITY):
        name = type(entry).__name__
        if isinstance(entry, UnitMove | Cancelled):
            lot = (entry.order, entry.lot) if several else entry.lot
            found.append((entry.day, name, lot, entry.units))
        else:
            found.append((entry.day, name, *entry[2:]))
    return found


def made(run: Run, offer: str | None = None) -> list[tuple[int, int, int]]:
    """(first day, last day, minutes) of each lot, home and export, in the order in which they were done."""
    return [
        (entry.start_day, entry.day, entry.minutes) for entry in run.of_kind(LotBuilt) if offer in (None, entry.offer)
    ]


def stores(run: Run, *, of: str | None = None) -> list[tuple[Any, ...]]:
    """All that happened to parts: (day, kind, source, pieces), and windows by name; ``of``: one firm's alone."""
    found: list[tuple[Any, ...]] = []
    for entry in run.of_kind(*STORES):
        name = type(entry).__name__
        if isinstance(entry, PartsCurbed | PartsFree):
            found.append((entry.day, name, entry.window, entry.share))
        elif isinstance(entry, SourceQualified):
            found.append((entry.day, name, entry.offer, entry.family))
        elif of in (None, entry.firm):
            found.append((entry.day, name, entry.source, entry.pieces))
    return found


def came(run: Run) -> list[tuple[int, str, int]]:
    """(day, source, pieces) of each arrival of parts."""
    return [(entry.day, entry.source, entry.pieces) for entry in run.of_kind(PartsCame)]


def money(run: Run) -> list[tuple[int, str, str, int]]:
    """(day, what for, line, yen) of all that was signed for, drones and purchases alike."""
    return [(entry.day, entry.order, entry.line, entry.yen) for entry in run.of_kind(Obligated, Used)]
