"""The fleet in service: losses, groundings, retirement, and what of it is available (R28, R29).

Losses fall on the last day of a month, the oldest units first; a grounded type stays deployed and is not available.

Why: a count of what was delivered is not a count of what can be used.
"""

from __future__ import annotations

from bisect import insort
from collections import deque

from sim.distributions import binomial_quantile
from sim.engine.entries import Available, Grounded, Lost, OpeningStock, Retired, UnitMove, made
from sim.engine.ladder import Rung
from sim.engine.trade import Lot
from sim.engine.world import World
from sim.rules.service import monthly_chance, people_needed, units_crewable
from sim.scenario.resolved import Mission, Product

GROUNDING_RANK = 1 << 46
SHORTEST_MONTH_DAYS = 28


class Batch:
    """Units that entered service together."""

    __slots__ = ("key", "lot", "units")

    def __init__(self, key: str, lot: int, units: int) -> None:
        self.key = key
        self.lot = lot
        self.units = units


class Fleet:
    """Every product in service."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._batches: dict[str, deque[Batch]] = {}
        self.units: dict[str, int] = {}
        """Product -> deployed units."""
        self.served = {mission.id: mission.opening_stock for mission in world.scenario.missions.values()}
        """Mission -> deployed units, opening stock included."""
        self._ending: dict[tuple[int, int], list[Batch]] = {}
        """(lot's rank, day) -> batches whose life ends then."""
        self._grounded_until = dict.fromkeys(world.scenario.products, 0)
        self._available = dict.fromkeys(world.scenario.missions, 0)
        self._spare_people = dict.fromkeys(world.scenario.missions, -1)
        """Mission -> people beyond those who serve all its units, by the last count; -1: not all were usable."""
        whole = world.future.whole
        self._loss = {mission.id: monthly_chance(whole(mission.loss)) for mission in world.scenario.missions.values()}
        self._fielded: dict[str, list[str]] = {mission: [] for mission in world.scenario.missions}
        """Mission -> its products that ever entered service, in order of id."""
        self._losing: list[tuple[str, Product, str, float]] = []
        """(id, product, its losses' luck, chance of loss in a month) of all these products, in order of id."""

    def open(self) -> None:
        """Publish the opening stock; it is in service, crewed, and not modelled further."""
        for mission in self._world.scenario.missions.values():
            self._world.ledger.append(OpeningStock(0, mission.id, mission.opening_stock))
            if mission.opening_stock:
                self.recount(mission.id)

    def deployed(self, lot: Lot, units: int) -> None:
        """Units of a lot enter service."""
        world, order = self._world, lot.contract.order
        product = order.product.id
        batch = Batch(lot.contract.key, lot.number, units)
        self._batches.setdefault(product, deque()).append(batch)
        if product not in self.units:
            insort(self._fielded[order.mission.id], product)
            insort(self._losing, (product, order.product, f"loss/{product}", self._loss[order.mission.id]))
        self.units[product] = self.units.get(product, 0) + units
        self.served[order.mission.id] += units
        self.recount(order.mission.id)
        months = order.mission.life_months
        if months is None:
            return
        horizon = world.scenario.clock.horizon_day
        if world.days.today + months * SHORTEST_MONTH_DAYS > horizon:
            return  # most lives outlast the run, which is seen without the calendar
        end = world.scenario.clock.calendar.add_months(world.days.today, months)
        if end > horizon:
            return
        # Parts of one lot may end together, in the shorter month: one event a lot and day.
        ending = self._ending.get((lot.rank, end))
        if ending is not None:
            ending.append(batch)
            return
        self._ending[lot.rank, end] = [batch]
        world.days.call(end, Rung.LOST, lot.rank, lambda _: self._retire(order.mission, order.product, (lot.rank, end)))

    def _retire(self, mission: Mission, product: Product, key: tuple[int, int]) -> None:
        for batch in self._ending.pop(key):
            if batch.units:
                units, batch.units = batch.units, 0
                self._gone(Retired, mission.id, product.id, batch.key, batch.lot, units)
        self.recount(mission.id)

    def lose(self, day: int, month: int) -> None:
        """The last day of a month: each product's losses, one uniform each."""
        if "losses" in self._world.lifted:
            return
        conditions, uniform = self._world.conditions, self._world.uniform
        for id, product, luck, usual_chance in self._losing:
            units = self.units[id]
            if not units:
                continue
            chance = conditions.monthly_loss(id, usual_chance) if conditions.losses else usual_chance
            lost = binomial_quantile(uniform(luck, month), units, chance)
            if lost:
                self._take_oldest(product, lost)
                self.recount(product.mission)

    def _take_oldest(self, product: Product, lost: int) -> None:
        batches = self._batches[product.id]
        while lost:
            batch = batches[0]
            if not batch.units:
                batches.popleft()
                continue
            units = min(lost, batch.units)
            batch.units -= units
            lost -= units
            self._gone(Lost, product.mission, product.id, batch.key, batch.lot, units)

    def _gone(self, kind: type[UnitMove], mission: str, product: str, key: str, lot: int, units: int) -> None:
        self.units[product] -= units
        self.served[mission] -= units
        self._world.ledger.append(made(kind, (self._world.days.today, key, lot, mission, product, units)))
        self._world.crews.set_free(mission, product, units)

    def ground(self, product: Product, days: int) -> None:
        """A whole type stops."""
        world, today = self._world, self._world.days.today
        before = self._grounded_until[product.id]
        until = max(today + days, before)
        self._grounded_until[product.id] = until
        world.ledger.append(Grounded(today, product.id, until))
        self.recount(product.mission)
        place = list(world.scenario.products).index(product.id)
        if max(today, before) < until <= world.scenario.clock.horizon_day:
            rank = GROUNDING_RANK + (place << 20) + today
            world.days.call(until, Rung.LOST, rank, lambda _: self.recount(product.mission))

    def recount(self, mission_id: str) -> None:
        """Write down what is available where it has changed."""
        served, known = self.served[mission_id], self._available[mission_id]
        if not served and not known:
            return
        available = self._usable(mission_id)
        if available != known:
            self._available[mission_id] = available
            self._world.ledger.append(made(Available, (self._world.days.today, mission_id, available)))

    def people_came(self, mission_id: str, people: int) -> None:
        """A mission has so many people more: where units in service lack people, they are counted anew."""
        if self._available[mission_id] < self.served[mission_id]:
            self.recount(mission_id)
        elif self._spare_people[mission_id] >= 0:
            self._spare_people[mission_id] += people

    def people_left(self, mission_id: str, people: int) -> None:
        """A mission has so many people fewer: nothing changes as long as the others still serve all."""
        spare = self._spare_people[mission_id] - people
        if spare >= 0:
            self._spare_people[mission_id] = spare
        else:
            self.recount(mission_id)

    def _usable(self, mission_id: str) -> int:
        """Deployed units that have their people and are not grounded; people serve the types in order of id."""
        today = self._world.days.today
        pool = self._world.crews.limiting.get(mission_id)
        people, enough = 0 if pool is None else pool.people, True
        usable = self._world.scenario.missions[mission_id].opening_stock
        for product in self._fielded[mission_id]:
            units = self.units[product]
            if not units:
                continue
            if self._grounded_until[product] > today:
                enough = False
                continue
            if pool is not None:
                need = people_needed(units, pool.block, pool.per_block)
                if need > people:
                    enough = False
                    units = units_crewable(people, pool.block, pool.per_block)
                    need = people_needed(units, pool.block, pool.per_block)
                people -= need
            usable += units
        self._spare_people[mission_id] = people if enough else -1
        return usable
