"""A line's two meters from day to day: labour minutes and tooling slots (R21).

Both are piecewise constant; heads join on the first of a month, tooling when it is in place, and a stop is a time of
nothing at all.

Why: with the whole path at hand a lot's last day is a division, and a step that comes in its middle a second one.
"""

from __future__ import annotations

from bisect import bisect_right

MILLI = 1000


class Meters:
    """The capacity of one line."""

    __slots__ = (
        "_changes", "_early", "_heads", "_labour", "_minutes", "_slots", "_stops", "_tooling", "unlimited_tooling",
    )  # fmt: skip

    def __init__(self, minutes_a_head_day: int, *, unlimited_tooling: bool) -> None:
        self._minutes = minutes_a_head_day
        self.unlimited_tooling = unlimited_tooling
        self._heads: list[tuple[int, int]] = []
        self._slots: list[tuple[int, int]] = []
        self._early = 0
        """Tooling that came before the line was open."""
        self._stops: list[tuple[int, int]] = []
        self._changes: list[int] = []
        self._labour: list[int] = []
        self._tooling: list[int] = []

    def open(self, day: int, heads: list[tuple[int, int]], slots: int) -> None:
        """The line works from a day on; ``heads``: (day, heads from that day on), the first of that day or before."""
        self._heads, self._slots = heads, [(day, slots + self._early)]
        self._lay_out()

    def grow(self, heads: list[tuple[int, int]]) -> None:
        """Heads from now on; days before the first step keep what they had."""
        first = heads[0][0]
        self._heads = [*((day, count) for day, count in self._heads if day < first), *heads]
        self._lay_out()

    def add_slots(self, day: int, slots: int) -> None:
        """More tooling from a day on, or from the opening."""
        if not self._slots:
            self._early += slots
            return
        self._slots.append((day, self._slots[-1][1] + slots))
        self._lay_out()

    def stop(self, day: int, until_day: int) -> None:
        """Nothing is made from a day until the day before ``until_day``."""
        self._stops.append((day, until_day))
        self._lay_out()

    def path(self) -> tuple[list[int], list[int], list[int]]:
        """(first days, minutes a day, thousandths of units per 365 days), piece by piece."""
        return self._changes, self._labour, self._tooling

    def on(self, day: int) -> tuple[int, int]:
        """(Minutes, thousandths of units per 365 days) of a day, stops left out of account."""
        return _held(self._heads, day) * self._minutes, _held(self._slots, day) * MILLI

    def heads(self, day: int) -> int:
        """Heads on a day."""
        return _held(self._heads, day)

    def slots(self, day: int) -> int:
        """Units per 365 days that the tooling allows on a day."""
        return _held(self._slots, day)

    def _lay_out(self) -> None:
        days = {day for day, _ in (*self._heads, *self._slots)} | {day for stop in self._stops for day in stop}
        self._changes = sorted(days)
        self._labour, self._tooling = [], []
        for day in self._changes:
            stopped = any(first <= day < after for first, after in self._stops)
            minutes, tooling = (0, 0) if stopped else self.on(day)
            self._labour.append(minutes)
            self._tooling.append(tooling)


def _held(steps: list[tuple[int, int]], day: int) -> int:
    """The value of the last step that is not after a day; the first's before all of them."""
    return steps[max(0, bisect_right(steps, day, key=lambda step: step[0]) - 1)][1]
