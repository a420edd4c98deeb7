"""Requests from abroad for home products, by luck and on record (R26).

A request is taken on when the policy lets exports have a share of the line and the line is open; it uses line time and
parts and no budget money.

Why: an export order is experience that somebody else pays for, and a queue that somebody else stands in.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp

from simpy import Event

from sim.engine.entries.home import ExportAsked
from sim.engine.home.line import Line
from sim.engine.home.windows import whole_months
from sim.engine.ladder import Rung
from sim.engine.world import World
from sim.scenario.resolved import ExportRequests
from sim.units import BASIS_POINTS, share_of

EXPORT_RANK = 1 << 35


class Exports:
    """All requests of one run."""

    def __init__(self, world: World, lines: dict[str, Line]) -> None:
        self._world = world
        self._lines = lines

    def open(self) -> None:
        """Put every request on the ladder."""
        for place, requests in enumerate(self._world.scenario.export_requests.values()):
            rank = EXPORT_RANK + (place << 16)
            for number, known in enumerate(requests.known):
                if 0 <= known.day <= self._world.scenario.clock.horizon_day:
                    act = self._asking(requests, known.units)
                    self._world.days.call(known.day, Rung.SHOCK, rank + 8192 + number, act)
            if requests.a_year is not None:
                self._by_luck(requests, rank)

    def _by_luck(self, requests: ExportRequests, rank: int) -> None:
        world, clock = self._world, self._world.scenario.clock
        assert requests.a_year is not None and requests.units is not None
        a_year = world.future.whole(requests.a_year)
        for first, last in whole_months(clock):
            month = clock.calendar.month_index(first)
            chance = 1 - exp(-self._surged(requests.offer, a_year, first) / BASIS_POINTS / 12)
            u = world.uniform(f"export/{requests.id}", month)
            if u >= chance:
                continue
            # Given that somebody asks, u / chance is uniform again: the day within the month.
            day = first + int(u / chance * (last - first + 1))
            if max(clock.as_of_day, -1) < day <= clock.horizon_day:
                units = max(1, world.draw(requests.units, f"export_units/{requests.id}", month))
                world.days.call(day, Rung.SHOCK, rank + month, self._asking(requests, units))

    def _surged(self, offer: str, a_year: int, day: int) -> int:
        """Requests a year on a day, every surge of that day counted."""
        for shock in self._world.scenario.shocks:
            holds = shock.day <= day and (shock.end_day is None or day < shock.end_day)
            if shock.kind == "export_requests" and offer in shock.subjects and holds:
                a_year = share_of(a_year, shock.size)
        return a_year

    def _asking(self, requests: ExportRequests, units: int) -> Callable[[Event], None]:
        def ask(_: Event) -> None:
            line = self._lines[requests.offer]
            accepted = units if line.firm.export_cap and (line.opening.ordered or line.is_ready) else 0
            self._world.ledger.append(ExportAsked(self._world.days.today, requests.id, requests.offer, units, accepted))
            if accepted:
                line.take_export(requests.id, units)

        return ask
