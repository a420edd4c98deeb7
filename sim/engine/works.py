"""The works of one offer: what it can make for this buyer, lot by lot (R17).

The next lot is chosen when the works are free: among lots whose day has come by (signing day, order, lot); while
none has come, the first day any comes is waited for. Capacity counts from the last departure, or from the lot's
signing if later.

Why: a promise is a day, a rate is a queue, and a buyer feels the later of the two.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable
from heapq import heappop, heappush

from simpy import Event

from sim.engine.entries import DayCome, LeftOnTime, LeftWorks, made
from sim.engine.expectation import restate
from sim.engine.ladder import LOT_BITS, NUMBER_BITS, PART_BITS, Rung
from sim.engine.trade import Contract, Lot
from sim.engine.voyage import sail
from sim.engine.world import World
from sim.rules.imports import departure_day
from sim.scenario.resolved import Offer


class Works:
    """One offer's production for this buyer."""

    def __init__(self, world: World, offer: Offer, place: int) -> None:
        self._world = world
        self._offer = offer
        self._rank = place << (NUMBER_BITS + PART_BITS + LOT_BITS)
        self._coming: list[tuple[int, int, int, Lot]] = []
        """A heap of (first-delivery day, signing day, rank, lot): lots whose day is still to come."""
        self._due: list[tuple[int, int, Lot]] = []
        """(signing day, rank, lot) in order: lots whose day has come."""
        self._last_left: int | None = None
        self._chosen: tuple[Lot, int] | None = None
        self._calls: set[int] = set()
        self._path: tuple[list[int], list[int]] | None = None
        self._unlimited = offer.rate is None or "supplier_rate" in world.lifted

    def take_in(self, contract: Contract) -> None:
        """A contract with its permit in hand: its lots wait for their day."""
        today = self._world.days.today
        for lot in contract.lots:
            if lot.recorded:
                self._world.days.call(max(lot.due_day, today), Rung.PRODUCED, lot.rank, self._recorded(lot))
        made = [lot for lot in contract.lots if not lot.recorded]
        if not made:
            return
        for lot in made:
            heappush(self._coming, (lot.due_day, contract.signed_day, lot.rank, lot))
        due = made[0].due_day
        if self._unlimited and due <= today:
            self._turn()
        else:
            self._call(max(due, today + 1))

    def drop_cancelled(self) -> None:
        """Lots were cancelled: if the works had turned to one of them, they turn to the next tomorrow."""
        if self._chosen is not None and self._chosen[0].place == "cancelled":
            self._chosen = None
            self._call(self._world.days.today + 1)

    def _call(self, day: int) -> None:
        if day not in self._calls:
            self._calls.add(day)
            self._world.days.call(day, Rung.PRODUCED, self._rank, self._called)

    def _called(self, _: Event) -> None:
        self._calls.discard(self._world.days.today)
        self._turn()

    def _turn(self) -> None:
        """Send off what can leave today; then wait for the chosen lot's day, or for the first day to come."""
        today = self._world.days.today
        come = self._come(today)
        while True:
            if self._chosen is None:
                self._chosen = self._choose(today)
            if self._chosen is None or self._chosen[1] > today:
                break
            lot, _ = self._chosen
            self._chosen = None
            self._last_left = today
            self._leave(lot)
        for lot in come:
            if lot.place == "production":
                lot.place = "queue"
                self._enter(DayCome, lot)
        if self._chosen is not None:
            self._call(self._chosen[1])
        if self._coming:
            self._call(self._coming[0][0])

    def _come(self, today: int) -> list[Lot]:
        """Lots whose day has come since the last turn, now among the due ones."""
        come = []
        while self._coming and self._coming[0][0] <= today:
            _, signed, rank, lot = heappop(self._coming)
            if lot.place != "cancelled":
                insort(self._due, (signed, rank, lot))
                come.append(lot)
        return come

    def _choose(self, today: int) -> tuple[Lot, int] | None:
        """The first due lot by (signing day, order, lot), taken off the list, and the day it can leave."""
        while self._due and self._due[0][2].place == "cancelled":
            del self._due[0]
        if not self._due:
            return None
        signed, _, lot = self._due.pop(0)
        if self._unlimited:
            return lot, today
        since = signed if self._last_left is None else max(self._last_left, signed)
        if self._path is None:
            self._path = self._world.conditions.rate_path(self._offer)
        changes, rates = self._path
        return lot, departure_day(lot.units, since, today, changes, rates, self._offer.rate_period_days * 1000)

    def _leave(self, lot: Lot) -> None:
        self._enter(LeftWorks if lot.place == "queue" else LeftOnTime, lot)
        lot.place = "shipping"
        lot.contract.in_works -= lot.units
        restate(self._world, lot, arrived=False)
        sail(self._world, lot)

    def _enter(self, kind: type[DayCome] | type[LeftWorks] | type[LeftOnTime], lot: Lot) -> None:
        contract, world = lot.contract, self._world
        order = contract.order
        world.ledger.append(
            made(kind, (world.days.today, contract.key, lot.number, order.mission.id, order.product.id, lot.units))
        )

    def _recorded(self, lot: Lot) -> Callable[[Event], None]:
        """What happens on the recorded day of arrival: the lot leaves and, with no days at sea, arrives."""

        def leave(_: Event) -> None:
            if lot.place != "cancelled":
                self._enter(LeftOnTime, lot)
                lot.place = "shipping"
                lot.contract.in_works -= lot.units
                sail(self._world, lot, days=0)

        return leave
