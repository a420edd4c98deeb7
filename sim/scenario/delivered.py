"""What has been delivered: a table of dates, offers and units, read whole or not at all.

A row of zero units says that nothing had come of an offer by its date; every fault is told at once, with its line.

Why: a delivery that was read a line off would teach the model a delay that never was.
"""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from sim.errors import Fault, ScenarioError, unknown_name_fault
from sim.scenario.resolved import Scenario

COLUMNS: Final = ("date", "offer", "units")


class Delivered(NamedTuple):
    """Units of an offer that arrived on a day, counted from the scenario's start."""

    day: int
    offer: str
    units: int


def delivered_in(path: Path, scenario: Scenario) -> tuple[Delivered, ...]:
    """The rows of a table of deliveries, by day.

    Raises
    ------
    ScenarioError
        With every fault: a file that cannot be read, other columns, an unknown offer, units that are no whole number
        from zero on, a day that is not after ``as_of`` or beyond the horizon.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file)
            rows, columns = list(reader), tuple(reader.fieldnames or ())
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ScenarioError([Fault(str(path), None, "file", str(error), "a table that can be read", "")]) from error
    if columns != COLUMNS:
        found = ", ".join(columns) or "none"
        raise ScenarioError([Fault(str(path), 1, "columns", found, ", ".join(COLUMNS), "Write them in this order.")])
    faults = [fault for line, row in enumerate(rows, start=2) for fault in _faults(str(path), line, row, scenario)]
    if not rows:
        faults.append(Fault(str(path), None, "rows", "none", "at least one delivery", ""))
    if faults:
        raise ScenarioError(faults)
    day = scenario.clock.calendar.day
    read = (Delivered(day(datetime.date.fromisoformat(row["date"])), row["offer"], int(row["units"])) for row in rows)
    return tuple(sorted(read))


def _faults(file: str, line: int, row: dict[str, str | None], scenario: Scenario) -> Iterator[Fault]:
    clock = scenario.clock
    first, last = clock.calendar.iso(clock.as_of_day + 1), clock.calendar.iso(clock.horizon_day)
    date, offer, units = (row[name] or "" for name in COLUMNS)
    if not _is_date(date) or not first <= date <= last:
        yield Fault(file, line, "date", f"'{date}'", f"a day from {first} to {last}", "Write it as 2026-04-01.")
    if offer not in scenario.offers:
        yield unknown_name_fault(file, line, "offer", offer, sorted(scenario.offers), "offer")
    if not (units.isascii() and units.isdigit()):
        yield Fault(file, line, "units", f"'{units}'", "a whole number from 0 on", "")


def _is_date(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
