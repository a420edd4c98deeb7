"""Where units are, day by day: every mission's places at each month end and on its due day, offer by offer (R37).

Each place is counted by the entries that move units in and out of it; "not ordered" alone is a difference, by its
definition: target less opening stock less ordered.

Why: the due day says what is missing, and only the months before say where it stood still.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from sim.engine.entries import (
    PLACES,
    Announced,
    Cancelled,
    Decided,
    DueRecord,
    Entry,
    MonthEnd,
    OpeningStock,
    Reopened,
    TargetSet,
    Tendered,
    UnitMove,
)
from sim.engine.ledger import Run
from sim.errors import OursError

OPENING: Final = ""
"""Stands for the offer of opening stock."""
_DEPLOYED: Final = PLACES.index("deployed")


class PlaceRow(NamedTuple):
    """One offer's units of a mission at the end of a day."""

    day: int
    mission: str
    offer: str
    places: tuple[int, ...]
    """Units in each of ``PLACES``."""


class TargetRow(NamedTuple):
    """A mission's target in force at the end of a day, and what of it nobody has ordered (negative: too many)."""

    day: int
    mission: str
    target: int
    not_ordered: int


class PlacesOverTime(NamedTuple):
    """What one ledger says of where units were."""

    offers: tuple[PlaceRow, ...]
    targets: tuple[TargetRow, ...]
    due_days: tuple[int, ...]
    """Of the missions in the scenario's order; their rows stand among the others."""


def places_over_time(run: Run) -> PlacesOverTime:
    """Read a ledger for where units were.

    Returns
    -------
    Rows of every mission at every month end, and of each mission on its due day (once where that is a month end).

    Raises OursError if units move under a contract that no order explains, or a mission has no target.
    """
    reader = _Reader(run)
    for entry in run.entries:
        reader.read(entry)
    due_days = tuple(mission.due_day for mission in run.scenario.missions.values())
    return PlacesOverTime(tuple(reader.offers.values()), tuple(reader.targets.values()), due_days)


class _Reader:
    """A ledger while it is read."""

    def __init__(self, run: Run) -> None:
        self._missions = tuple(run.scenario.missions)
        self._offer_of: dict[str, str] = {}
        self._now: dict[tuple[str, str], list[int]] = {}
        self._target: dict[str, int] = {}
        self._ordered = dict.fromkeys(self._missions, 0)
        """Ordered, and opening stock."""
        self.offers: dict[tuple[int, str, str], PlaceRow] = {}
        self.targets: dict[tuple[int, str], TargetRow] = {}

    def read(self, entry: Entry) -> None:
        match entry:
            case UnitMove() | Cancelled():
                self._move(entry)
            case Decided() | Announced():
                self._offer_of[entry.order] = entry.offer
            case OpeningStock():
                self._ordered[entry.mission] += entry.units
                self._places(entry.mission, OPENING)[_DEPLOYED] += entry.units
            case TargetSet():
                self._target[entry.mission] = entry.units
            case MonthEnd():
                for mission in self._missions:
                    self._record(entry.day, mission)
            case DueRecord():
                self._record(entry.day, entry.mission)

    def _move(self, entry: UnitMove | Cancelled) -> None:
        places = self._places(entry.mission, self._offer(entry.order))
        if entry.was is not None:
            places[PLACES.index(entry.was)] -= entry.units
        if entry.target is not None:
            places[PLACES.index(entry.target)] += entry.units
        if isinstance(entry, Tendered):
            self._ordered[entry.mission] += entry.units
        elif isinstance(entry, Reopened):
            self._ordered[entry.mission] -= entry.units

    def _places(self, mission: str, offer: str) -> list[int]:
        return self._now.setdefault((mission, offer), [0] * len(PLACES))

    def _offer(self, contract: str) -> str:
        """A contract is its order, or its order's n-th part."""
        order = contract if contract in self._offer_of else contract.rpartition(".")[0]
        if order not in self._offer_of:
            raise OursError(f"{contract}: found its units moved; expected its order decided or announced before")
        return self._offer_of[order]

    def _record(self, day: int, mission: str) -> None:
        if mission not in self._target:
            raise OursError(f"day {day}: {mission} has no target; expected one set before")
        lacking = self._target[mission] - self._ordered[mission]
        self.targets[day, mission] = TargetRow(day, mission, self._target[mission], lacking)
        for row in self._rows(day, mission):
            self.offers[day, mission, row.offer] = row

    def _rows(self, day: int, mission: str) -> Iterator[PlaceRow]:
        for (of, offer), places in self._now.items():
            if of == mission:
                yield PlaceRow(day, mission, offer, tuple(places))
