"""The home lines' months: what was built, what was promised, and what the line was doing or waiting for (R36).

A day belongs to what it was spent on: opening, building, waiting for parts, or nothing.

Why: a ramp that falls behind its promise has a reason, and the reason has a month.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sim.engine.entries.home import LineOrdered, LineReady, LotBuilt, PartsUsed, ShortOfParts, StartedWithParts
from sim.outcome.offers import Offers
from sim.outcome.rows import LineRow, PartRow
from sim.policy.promises import typicals
from sim.scenario.resolved import Scenario

_MONTHS_OF_A_RATE = 3


class _Line:
    """One line while the ledger is read."""

    __slots__ = ("built", "built_spans", "ordered_day", "ready_day", "waits", "waiting_since")

    def __init__(self) -> None:
        self.ordered_day: int | None = None
        self.ready_day: int | None = None
        self.built_spans: list[tuple[int, int]] = []
        """(first working day, last) of each lot done."""
        self.waits: list[tuple[int, int]] = []
        """(first day, last) of each wait for parts."""
        self.waiting_since: int | None = None
        self.built: dict[int, list[int]] = {}
        """Month -> units for home, units exported, minutes, yen of labour, of overhead, of parts."""


class HomeLines:
    """The entries of home production read so far."""

    def __init__(self, scenario: Scenario, offers: Offers) -> None:
        self._scenario = scenario
        self._offers = offers
        self._month_of = scenario.clock.calendar.month_index
        self._lines: dict[str, _Line] = {}
        self._parts: dict[tuple[str, str], list[int]] = {}

    def readers(self) -> dict[type, Callable[[Any], None]]:
        """What to do with each kind of entry."""
        return {
            LineOrdered: self._ordered,
            LineReady: self._ready,
            LotBuilt: self._lot_built,
            ShortOfParts: self._short,
            StartedWithParts: self._no_longer_short,
            PartsUsed: self._used,
        }

    def _line(self, offer: str) -> _Line:
        return self._lines.setdefault(offer, _Line())

    def _ordered(self, entry: LineOrdered) -> None:
        self._line(entry.offer).ordered_day = entry.day

    def _ready(self, entry: LineReady) -> None:
        self._line(entry.offer).ready_day = entry.day

    def _lot_built(self, entry: LotBuilt) -> None:
        line = self._line(entry.offer)
        line.built_spans.append((entry.start_day + 1, entry.day))
        month = line.built.setdefault(self._month_of(entry.day), [0] * 6)
        month[0 if entry.user == "military" else 1] += entry.units
        month[2] += entry.minutes
        month[3] += entry.labour_yen
        month[4] += entry.overhead_yen
        month[5] += entry.parts_yen

    def _short(self, entry: ShortOfParts) -> None:
        self._line(self._offers.key(entry.order)[0]).waiting_since = entry.day + 1

    def _no_longer_short(self, entry: StartedWithParts) -> None:
        line = self._line(self._offers.key(entry.order)[0])
        if line.waiting_since is not None:
            line.waits.append((line.waiting_since, entry.day))
            line.waiting_since = None

    def _used(self, entry: PartsUsed) -> None:
        origin = self._scenario.part_sources[entry.source].origin
        sums = self._parts.setdefault((entry.family, origin), [0, 0])
        sums[0] += entry.pieces
        sums[1] += entry.yen

    # -- the answer

    def part_rows(self) -> tuple[PartRow, ...]:
        """A row a family and origin of parts used."""
        return tuple(PartRow(*key, *self._parts[key]) for key in sorted(self._parts))

    def rate(self, last_month: int) -> float | None:
        """Units a month of all lines over the three months up to one; None beyond the horizon or without home lines."""
        if not self._scenario.firms or last_month > self._month_of(self._scenario.clock.horizon_day):
            return None
        months = range(last_month - _MONTHS_OF_A_RATE + 1, last_month + 1)
        units = sum(
            sum(line.built[month][:2]) for line in self._lines.values() for month in months if month in line.built
        )
        return units / _MONTHS_OF_A_RATE

    def rows(self) -> tuple[LineRow, ...]:
        """A row a line and month from its first entry on; lines that were never ordered have none."""
        return tuple(row for offer in sorted(self._lines) for row in self._rows_of(offer, self._lines[offer]))

    def _rows_of(self, offer: str, line: _Line) -> Iterator[LineRow]:
        clock = self._scenario.clock
        if line.ordered_day is None and not line.built and line.waiting_since is None:
            return
        first_day = line.ordered_day if line.ordered_day is not None else line.ready_day or 0
        if line.waiting_since is not None:
            line.waits.append((line.waiting_since, clock.horizon_day))
        firsts, lasts = (
            clock.calendar.month_starts(0, clock.horizon_day),
            clock.calendar.month_ends(0, clock.horizon_day),
        )
        for month, first, last in _months(firsts, lasts, clock.horizon_day):
            if last < first_day:
                continue
            yield self._month_row(offer, line, month, max(first, first_day), last)

    def _month_row(self, offer: str, line: _Line, month: int, first: int, last: int) -> LineRow:
        ready = self._scenario.clock.horizon_day + 1 if line.ready_day is None else line.ready_day
        opening = max(0, min(last + 1, ready) - first)
        building = sum(_shared(span, first, last) for span in line.built_spans)
        waiting = sum(_shared(span, first, last) for span in line.waits)
        days = last - first + 1
        done = line.built.get(month, [0] * 6)
        # Lots done on one day share it, and a lot of exports may be built while a home lot waits.
        building = min(building, days - opening)
        parts = min(max(0, waiting), days - opening - building)
        return LineRow(
            offer, month, done[0], done[1], self._promised(offer, line, first, last), opening, building, parts,
            days - opening - building - parts, done[2], done[3], done[4], done[5],
        )  # fmt: skip

    def _promised(self, offer: str, line: _Line, first: int, last: int) -> int:
        """Units of these days by the firm's plan when the line was ordered; a line that ran before has none."""
        days = typicals(self._scenario)[offer]
        if line.ordered_day is None or days.ramp is None:
            return 0
        ready = line.ordered_day + days.opening
        return days.ramp.units_by(last - ready) - days.ramp.units_by(first - 1 - ready)


def _months(firsts: tuple[int, ...], lasts: tuple[int, ...], horizon: int) -> Iterator[tuple[int, int, int]]:
    """(Month, first day, last day) of the clock; the first and the last may be parts of months."""
    starts = firsts if firsts and firsts[0] == 0 else (0, *firsts)
    for month, first in enumerate(starts):
        yield month, first, lasts[month] if month < len(lasts) else horizon


def _shared(span: tuple[int, int], first: int, last: int) -> int:
    """Days that a span and a month share."""
    return max(0, min(span[1], last) - max(span[0], first) + 1)
