"""Windows in which only a share of part orders departs, by origin, family and user (R24).

They come from luck or stand in the file; one window hits all sources of its origins and families at once.

Why: a second source in the same country is no second source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations
from math import exp
from typing import NamedTuple

from sim.engine.entries.home import PartsCurbed, PartsFree
from sim.engine.ladder import Rung
from sim.engine.world import World
from sim.scenario.resolved import Clock, PartSource, PartWindow, Shock
from sim.units import BASIS_POINTS

WINDOW_RANK = 1 << 30


def whole_months(clock: Clock) -> Iterable[tuple[int, int]]:
    """(First day, last day) of every month of a run, whole also where the run begins or ends inside it.

    So luck that falls on a day of a month falls on the same day wherever the horizon lies.
    """
    calendar = clock.calendar
    firsts = calendar.month_starts(1 - calendar.date(0).day, clock.horizon_day)
    return zip(firsts, calendar.month_ends(0, calendar.month_end(clock.horizon_day)), strict=True)


class Open(NamedTuple):
    """A window that is open."""

    id: str
    origins: tuple[str, ...]
    families: tuple[str, ...]
    users: tuple[str, ...]
    share: int
    lead_factor: int

    def hits(self, source: PartSource, user: str) -> bool:
        """Whether an order of a user at a source is struck."""
        return (
            source.family in self.families
            and user in self.users
            and (not self.origins or source.origin in self.origins)
        )


class PartWindows:
    """All windows of one run."""

    def __init__(self, world: World, on_close: Callable[[], None]) -> None:
        self._world = world
        self._on_close = on_close
        """What follows when a window closes: orders that were held back are looked at again."""
        self._open: list[Open] = []

    def open(self) -> None:
        """Put every window on the ladder, those of luck month by month from ``as_of`` on."""
        for place, window in enumerate(self._world.scenario.part_windows.values()):
            if window.day is not None:
                self._put(window, 0, window.day, WINDOW_RANK + (place << 16))
            else:
                self._by_luck(window, WINDOW_RANK + (place << 16))

    def _by_luck(self, window: PartWindow, rank: int) -> None:
        world, clock = self._world, self._world.scenario.clock
        assert window.a_year is not None
        # Windows come at a constant rate, and at most one a month is told apart.
        chance = 1 - exp(-world.future.whole(window.a_year) / BASIS_POINTS / 12)
        for first, last in whole_months(clock):
            month = clock.calendar.month_index(first)
            u = world.uniform(f"part_window/{window.id}", month)
            if u >= chance:
                continue
            # Given that it opens, u / chance is uniform again: the day within the month.
            day = first + int(u / chance * (last - first + 1))
            if max(clock.as_of_day, -1) < day <= clock.horizon_day:
                self._put(window, month, day, rank + 2 * month)

    def _put(self, window: PartWindow, index: int, day: int, rank: int) -> None:
        world = self._world
        if day > world.scenario.clock.horizon_day:
            return
        opened = self._drawn(window, index)
        world.days.call(max(0, day), Rung.SHOCK, rank, lambda _: self.begin(opened))
        end = self._end(window, index, day)
        if end is not None and end <= world.scenario.clock.horizon_day:
            world.days.call(max(0, end), Rung.SHOCK, rank + 1, lambda _: self.end(opened))

    def _drawn(self, window: PartWindow, index: int) -> Open:
        world = self._world
        share = world.draw(window.share, f"part_window_share/{window.id}", index)
        factor = BASIS_POINTS
        if window.lead_factor is not None:
            factor = world.draw(window.lead_factor, f"part_window_lead/{window.id}", index)
        return Open(window.id, window.origins, self._families(window, index), window.users, share, factor)

    def _families(self, window: PartWindow, index: int) -> tuple[str, ...]:
        """The families a window hits: all, or 1 to so many of them, each number and each choice as likely."""
        if window.most_families is None:
            return window.families
        u = self._world.uniform(f"part_window_families/{window.id}", index) * window.most_families
        choices = list(combinations(window.families, 1 + int(u)))
        return choices[int((u - int(u)) * len(choices))]

    def _end(self, window: PartWindow, index: int, day: int) -> int | None:
        """The day it closes; None: it stays open. What is open on ``as_of`` closes after it (R8)."""
        future = self._world.future
        if window.length is None:
            return None
        if window.stays_open is not None and future.chance(
            future.whole(window.stays_open), f"part_window_open/{window.id}", index
        ):
            return None
        passed = self._world.scenario.clock.as_of_day - day
        stream = f"part_window_length/{window.id}"
        if passed <= 0 or window.length.belief.low() == window.length.belief.high():
            return day + max(1, self._world.draw(window.length, stream, index))
        return day + future.draw_beyond(window.length, stream, index, passed)

    # -- what holds today

    def begin(self, opened: Open) -> None:
        """A window opens."""
        self._open.append(opened)
        self._world.ledger.append(PartsCurbed(self._world.days.today, opened.id, opened.share))

    def end(self, opened: Open) -> None:
        """A window closes."""
        self._open.remove(opened)
        self._world.ledger.append(PartsFree(self._world.days.today, opened.id, opened.share))
        self._on_close()

    def of_shock(self, shock: Shock) -> Open:
        """The window that a shock is."""
        return Open(shock.id, shock.origins, shock.subjects, shock.users, shock.size, BASIS_POINTS)

    def shares(self, source: PartSource, user: str) -> list[int]:
        """Shares, in basis points, of every window that holds back part of a user's orders at a source today."""
        return [each.share for each in self._open if each.share < BASIS_POINTS and each.hits(source, user)]

    def lead_factor(self, source: PartSource, user: str) -> int:
        """What leads are stretched by today, basis points: the largest factor of the open windows."""
        return max([BASIS_POINTS, *(each.lead_factor for each in self._open if each.hits(source, user))])
