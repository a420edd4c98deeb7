"""Part orders and stores: from a firm's order at a source to the piece that goes into a lot (R23, R24).

A source makes orders one after another at its capacity for all firms together; what a window holds back departs when
the window allows it. In a store nothing is reserved; the oldest pieces are used first.

Why: the thousandth motor is cheap, and the line stands still for the thousand-and-first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from simpy import Event

from sim.engine.entries.home import PartsCame, PartsLost, PartsOrdered, PartsUsed, PartsWithdrawn
from sim.engine.home.windows import PartWindows
from sim.engine.ladder import Rung
from sim.engine.world import World
from sim.policy.promises import mode_days
from sim.rules.imports import departure_day
from sim.rules.parts import window_flow
from sim.scenario.resolved import HomeLine, PartSource
from sim.units import share_of

HELD_RANK = 1 << 40


class Store:
    """The parts of one firm for one kind of user."""

    def __init__(self, world: World, firm: str, user: str) -> None:
        self._world = world
        self.firm = firm
        self.user = user
        self._held: dict[str, deque[tuple[str, int]]] = {}
        """Family -> (source, pieces), oldest first."""
        self.stock: dict[str, int] = {}
        self.on_order: dict[str, int] = {}

    def ordered(self, source: PartSource, pieces: int) -> None:
        """Pieces are on order."""
        self.on_order[source.family] = self.on_order.get(source.family, 0) + pieces
        self._enter(PartsOrdered, source.id, source.family, pieces)

    def come(self, source: PartSource, pieces: int) -> None:
        """Pieces that were on order are here."""
        self.on_order[source.family] -= pieces
        self._held.setdefault(source.family, deque()).append((source.id, pieces))
        self.stock[source.family] = self.stock.get(source.family, 0) + pieces
        self._enter(PartsCame, source.id, source.family, pieces)

    def withdraw(self, source: PartSource, pieces: int) -> None:
        """Pieces are on order no longer."""
        self.on_order[source.family] -= pieces
        self._enter(PartsWithdrawn, source.id, source.family, pieces)

    def has(self, line: HomeLine, units: int) -> bool:
        """Whether the whole kit of a lot is here."""
        stock = self.stock
        return all(stock.get(part.family, 0) >= part.pieces * units for part in line.kit)

    def use(self, line: HomeLine, offer: str, units: int, piece_yen: Callable[[str, str], int]) -> int:
        """Take a lot's kit, oldest pieces first; the yen it is worth to its product."""
        today, total = self._world.days.today, 0
        for part in line.kit:
            for source, pieces in self._take(part.family, part.pieces * units):
                yen = pieces * piece_yen(part.family, source)
                total += yen
                self._world.ledger.append(
                    PartsUsed(today, self.firm, self.user, source, part.family, pieces, offer, yen)
                )
        return total

    def lose(self, family: str, pieces: int) -> None:
        """Pieces are lost, as many as there are at most."""
        for source, lost in self._take(family, min(pieces, self.stock.get(family, 0))):
            self._enter(PartsLost, source, family, lost)

    def _take(self, family: str, pieces: int) -> list[tuple[str, int]]:
        taken: list[tuple[str, int]] = []
        if not pieces:
            return taken
        held = self._held[family]
        self.stock[family] -= pieces
        while pieces:
            source, there = held[0]
            some = min(there, pieces)
            taken.append((source, some))
            pieces -= some
            if some == there:
                held.popleft()
            else:
                held[0] = (source, there - some)
        return taken

    def _enter(
        self,
        kind: type[PartsOrdered] | type[PartsCame] | type[PartsWithdrawn] | type[PartsLost],
        source: str,
        family: str,
        pieces: int,
    ) -> None:
        self._world.ledger.append(kind(self._world.days.today, self.firm, self.user, source, family, pieces))


class PartOrder:
    """Pieces a firm ordered at a source."""

    __slots__ = ("after", "departed", "pieces", "store")

    def __init__(self, store: Store, pieces: int, after: Callable[[], None]) -> None:
        self.store = store
        self.pieces = pieces
        self.departed = 0
        self.after = after
        """What the firm does when some have come."""


class Source:
    """One part source."""

    def __init__(self, world: World, source: PartSource, place: int, windows: PartWindows) -> None:
        self._world = world
        self.source = source
        self._place = place
        self._windows = windows
        self._orders = 0
        self._free_since = 0
        """The day on which the orders taken so far will have been made."""
        self._milli = None if source.capacity is None else world.future.whole(source.capacity) * 1000
        self._ready: list[PartOrder] = []
        """Made, and held back in part by a window."""
        self._called_for = -1
        self.usual_lead_days = mode_days(source.lead)
        """What firms reckon with."""

    def flows(self, user: str) -> bool:
        """Whether a user's orders depart whole today."""
        return not self._windows.shares(self.source, user)

    def order(self, store: Store, pieces: int, after: Callable[[], None]) -> None:
        """Take an order: it is ready when its lead has passed and the source's capacity has made it."""
        world, today = self._world, self._world.days.today
        number, self._orders = self._orders, self._orders + 1
        store.ordered(self.source, pieces)
        lead = world.draw(self.source.lead, f"part_lead/{self.source.id}", number)
        ready = today + max(1, share_of(lead, self._windows.lead_factor(self.source, store.user)))
        if self._milli is not None:
            since = max(self._free_since, today)
            self._free_since = departure_day(pieces, since, today + 1, (0,), (self._milli,))
            ready = max(ready, self._free_since)
        placed = PartOrder(store, pieces, after)
        world.days.call(ready, Rung.PARTS, (self._place << 24) + number, self._made(placed))

    def _made(self, placed: PartOrder) -> Callable[[Event], None]:
        def made(_: Event) -> None:
            self._ready.append(placed)
            self._depart(placed)

        return made

    def held(self, store: Store) -> int:
        """Pieces made for a store that a window holds back."""
        return sum(placed.pieces - placed.departed for placed in self._ready if placed.store is store)

    def withdraw(self, store: Store, pieces: int) -> None:
        """Give up so many of a store's held pieces, those of the oldest order first."""
        store.withdraw(self.source, pieces)
        for placed in [each for each in self._ready if each.store is store]:
            some = min(pieces, placed.pieces - placed.departed)
            pieces -= some
            placed.pieces -= some
            if placed.departed == placed.pieces:
                self._ready.remove(placed)

    def look_again(self) -> None:
        """A window closed: what it held back may go today."""
        today = self._world.days.today
        if self._ready and self._called_for != today:
            self._called_for = today
            self._world.days.call(today, Rung.PARTS, HELD_RANK + self._place, lambda _: self._go())

    def _go(self) -> None:
        for placed in list(self._ready):
            self._depart(placed)

    def _depart(self, placed: PartOrder) -> None:
        """What the windows of today let through of an order, less what went before, is with the firm the same day."""
        allowed = window_flow(placed.pieces, self._windows.shares(self.source, placed.store.user))
        going = allowed - placed.departed
        if going > 0:
            placed.departed += going
            placed.store.come(self.source, going)
            placed.after()
        if placed.departed == placed.pieces:
            self._ready.remove(placed)
