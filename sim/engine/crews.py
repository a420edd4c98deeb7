"""Crews: courses, people, and which accepted units they can serve (R28).

People belong to a mission's pool; a product's need rounds up by blocks. Courses start on their opening date and on the
first of each month after it, without waiting for aircraft. Lots are crewed in the order of their signing.

Why: ten crews fly ten aircraft, however many stand on the apron.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Mapping

from simpy import Event

from sim.distributions import binomial_quantile
from sim.engine.entries import Graduated, PeopleLeft, SeatsOpen, made
from sim.engine.ladder import AFTER_LINES, Rung
from sim.engine.trade import Lot
from sim.engine.voyage import crewed
from sim.engine.world import World
from sim.rules.service import class_size, monthly_chance, people_needed, units_crewable
from sim.scenario.resolved import Crew, Mission

COURSE_RANK = 1 << 30
POOL_RANK = 1 << 20


class Pool:
    """One mission's people."""

    __slots__ = (
        "block", "called_for", "carried", "classes", "course_luck", "crew", "crewed", "extra_seats", "graduates_luck",
        "leavers_luck", "leaving", "mission", "pass_rate", "people", "per_block", "place", "posts_filled", "waiting",
    )  # fmt: skip

    def __init__(self, world: World, mission: Mission, crew: Crew, place: int) -> None:
        whole = world.future.whole
        self.mission = mission
        self.crew = crew
        self.place = place
        self.block = crew.block_units
        self.per_block = whole(crew.people_per_block)
        self.pass_rate = whole(crew.pass_rate) / 10_000
        self.posts_filled = whole(crew.posts_filled)
        self.leaving = monthly_chance(whole(crew.leaving))
        self.people = crew.opening_people
        self.extra_seats = 0
        self.carried = 0
        self.classes = 0
        self.crewed: dict[str, int] = {}
        """Product -> units that have crews: on their way to base or deployed."""
        self.waiting: list[tuple[int, int, Lot]] = []
        self.called_for = -1
        self.course_luck, self.graduates_luck = f"course/{mission.id}", f"graduates/{mission.id}"
        self.leavers_luck = f"leavers/{mission.id}"

    def more_units(self, product: str) -> int:
        """How many more units of a product the free people could serve."""
        others = 0
        for id, units in self.crewed.items():
            if id != product:
                others += people_needed(units, self.block, self.per_block)
        served = units_crewable(self.people - others, self.block, self.per_block) if self.people > others else 0
        return max(0, served - self.crewed.get(product, 0))


class Crews:
    """Every mission's pool."""

    def __init__(self, world: World) -> None:
        self._world = world
        missions = world.scenario.missions.values()
        self._always_there = "crews" in world.lifted
        self._pools = {
            mission.id: Pool(world, mission, mission.crew, place)
            for place, mission in enumerate(missions)
            if mission.crew is not None
        }
        self.limiting: Mapping[str, Pool] = {} if self._always_there else self._pools
        """Mission -> its pool, where people limit what can be used."""

    # -- lots and their crews

    def join(self, lot: Lot) -> None:
        """An accepted lot asks for crews; where none are needed it goes straight to its base."""
        pool = self._pools.get(lot.contract.order.mission.id)
        if pool is None:
            crewed(self._world, lot, lot.units)
            return
        insort(pool.waiting, (lot.contract.signed_day, lot.rank, lot))  # no two lots have one rank
        self._call(pool)

    def set_free(self, mission: str, product: str, units: int) -> None:
        """Units lost or retired need no crew any more."""
        pool = self._pools.get(mission)
        if pool is not None:
            pool.crewed[product] -= units
            if pool.waiting:
                self._call(pool)

    def _call(self, pool: Pool) -> None:
        today = self._world.days.today
        if pool.called_for != today:
            pool.called_for = today
            self._world.days.call(today, Rung.START, AFTER_LINES + POOL_RANK + pool.place, lambda _: self._serve(pool))

    def _serve(self, pool: Pool) -> None:
        room: dict[str, int] = {}
        served = False
        for entry in pool.waiting:
            lot = entry[2]
            product = lot.contract.order.product.id
            if product not in room:
                room[product] = lot.units if self._always_there else pool.more_units(product)
            units = min(lot.units - lot.crewed, room[product]) if room[product] else 0
            if units:
                served = True
                pool.crewed[product] = pool.crewed.get(product, 0) + units
                room = {}  # the people are fewer now, for every product
                crewed(self._world, lot, units)
        if served:
            pool.waiting = [entry for entry in pool.waiting if entry[2].crewed < entry[2].units]

    # -- people

    def start_classes(self, day: int) -> None:
        """Courses that open today, or run and begin a class on this first of a month."""
        for pool in self._pools.values():
            if pool.crew.opening_day <= day:
                self._start_class(pool)

    def open_course(self, mission: str) -> None:
        """A course whose opening date is not the first of a month begins its first class."""
        pool = self._pools.get(mission)
        if pool is not None:
            self._start_class(pool)

    def _start_class(self, pool: Pool) -> None:
        world = self._world
        filled = world.conditions.posts_filled.get(pool.mission.id, pool.posts_filled)
        extra = self._paid_seats(pool) if pool.extra_seats else 0
        people, pool.carried = class_size(pool.crew.seats_per_month, extra, filled, pool.carried)
        number = pool.classes
        pool.classes += 1
        if not people:
            return
        days = world.draw(pool.crew.course, pool.course_luck, number)

        def graduate(_: Event) -> None:
            passed = binomial_quantile(world.uniform(pool.graduates_luck, number), people, pool.pass_rate)
            pool.people += passed
            world.ledger.append(made(Graduated, (world.days.today, pool.mission.id, passed)))
            if pool.waiting:
                self._call(pool)
            world.fleet.people_came(pool.mission.id, passed)

        rank = COURSE_RANK + (pool.place << 16 | number)
        world.days.call(world.days.today + max(1, days), Rung.PEOPLE, rank, graduate)

    def _paid_seats(self, pool: Pool) -> int:
        """Extra seats this month, if their line can pay for all of them; they end with the mission's due day."""
        today = self._world.days.today
        if not pool.extra_seats or today > pool.mission.due_day:
            return 0
        yen = pool.extra_seats * pool.crew.extra_seat_yen
        line = pool.crew.extra_seat_line
        if self._world.treasury.free(line) < yen and "money" not in self._world.lifted:
            return 0
        self._world.treasury.use(today, f"seats/{pool.mission.id}", line, yen)
        return pool.extra_seats

    def open_seats(self, mission: str, seats: int) -> None:
        """Seats bought earlier can be used from the next class on."""
        pool = self._pools.get(mission)
        if pool is not None:
            pool.extra_seats += seats
            self._world.ledger.append(SeatsOpen(self._world.days.today, mission, seats))

    def leave(self, day: int, month: int) -> None:
        """The last day of a month: some trained people leave."""
        uniform, enter, fleet = self._world.uniform, self._world.ledger.append, self._world.fleet
        for pool in self._pools.values():
            if not pool.people:
                continue
            left = binomial_quantile(uniform(pool.leavers_luck, month), pool.people, pool.leaving)
            if left:
                pool.people -= left
                enter(made(PeopleLeft, (day, pool.mission.id, left)))
                fleet.people_left(pool.mission.id, left)
