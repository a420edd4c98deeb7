"""A station: a scarce place with a waiting list, served once a day on the rung for starts (R3, R27).

Service begins in the order (day ready, day signed, rank); it lasts at least one day, its first being tomorrow.

Why: whoever asks first in the code must not be served first in the model.
"""

from __future__ import annotations

import heapq

from simpy import Event

from sim.engine.ladder import AFTER_LINES, Days, Rung
from sim.engine.trade import Lot


class Station:
    """Places for lots under test at once."""

    def __init__(self, days: Days, places: int, rank: int) -> None:
        self._days = days
        self._free = places
        self._rank = rank
        self._waiting: list[tuple[int, int, int, int, Event]] = []
        self._called_for = -1

    def tested(self, lot: Lot, test_days: int) -> Event:
        """Join the waiting list; the event happens when the lot's test ends."""
        ends = self._days.wait()
        key = (self._days.today, lot.contract.signed_day, lot.rank, test_days, ends)
        heapq.heappush(self._waiting, key)
        self._call()
        return ends

    def leave(self) -> None:
        """A lot's place is free again."""
        self._free += 1
        self._call()

    def _call(self) -> None:
        today = self._days.today
        if self._waiting and self._free and self._called_for != today:
            self._called_for = today
            self._days.call(today, Rung.START, AFTER_LINES + self._rank, self._serve)

    def _serve(self, _: Event) -> None:
        today = self._days.today
        while self._free and self._waiting:
            _ready, _signed, rank, test_days, ends = heapq.heappop(self._waiting)
            self._free -= 1
            self._days.place(ends, today + max(1, test_days), Rung.ACCEPTED, rank)
