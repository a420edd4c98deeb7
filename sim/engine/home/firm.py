"""A home firm: which of its lines begins what, and which parts it orders (R21, R23).

Lines are served oldest lot first and nothing in the store is reserved; once a month the firm orders what its planned
lots need within the lead and a safety stock, and never more than signed orders need.

Why: two lines and one short part is where a ramp stops, and nobody decided that it should.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from simpy import Event

from sim.engine.home.parts import Source, Store
from sim.engine.ladder import Rung
from sim.engine.world import World
from sim.rules.parts import parts_to_order, safety_pieces, second_source_pieces
from sim.scenario.resolved import PartFamily, User

if TYPE_CHECKING:
    from sim.engine.home.line import Line

REVIEW_RANK, TURN_RANK = 1 << 44, 1 << 45
USERS: tuple[User, User] = ("military", "export")


class Plan(NamedTuple):
    """A line's lots that are not begun."""

    line: Line
    starts: list[int]
    """The day each should start, in order."""
    units: list[int]
    """Units of the first lot, of the first two and so on, behind a zero."""


class Firm:
    """One firm's lines and stores."""

    def __init__(self, world: World, id: str, place: int, sources: dict[str, Source]) -> None:
        self._world = world
        self.id = id
        self._place = place
        self._sources = sources
        self.lines: list[Line] = []
        self.stores = {user: Store(world, id, user) for user in USERS}
        self._called_for = -1
        self._no_limit = "parts" in world.lifted
        self.safety_months: dict[str, int] = {}
        """Family -> months of use to keep, basis points of a month."""
        self.export_cap = 0
        """Largest share of a line for exports, basis points."""

    # -- who begins what

    def call_turn(self) -> None:
        """Something changed: look today, on the starts rung, what can be begun."""
        today = self._world.days.today
        if self._called_for != today:
            self._called_for = today
            self._world.days.call(today, Rung.START, TURN_RANK + self._place, self._turn)

    def _turn(self, _: Event) -> None:
        while self._begin_home() or self._begin_export():
            pass

    def _begin_home(self) -> bool:
        """Begin the oldest lot that can be begun; younger lots wait for what is in the store after it (R23)."""
        heads = [(line.next_lot, line) for line in self.lines if line.is_free]
        free = sorted(((head[0], head[1], line) for head, line in heads if head is not None), key=lambda each: each[:2])
        # A lot may be done the day it is begun: then the next of its line may be older than the others' lots.
        return any(line.start_home() for _, _, line in free)

    def _begin_export(self) -> bool:
        begun = False
        for line in self.lines:
            if line.is_free:
                begun = line.start_export(self.export_cap) or begun
        return begun

    def take_kit(self, line: Line, user: User, units: int) -> int | None:
        """Take a lot's kit from the store: its worth in yen, or None if it is not there whole.

        Where parts are no limit, what is missing is there at once, and the books say so (R38).
        """
        store = self.stores[user]
        if not store.has(line.terms, units):
            if not self._no_limit:
                return None
            self._give_what_is_missing(store, line, units)
        return store.use(line.terms, line.offer.id, units, line.costing.piece_yen)

    def _give_what_is_missing(self, store: Store, line: Line, units: int) -> None:
        world = self._world.scenario
        for part in line.terms.kit:
            missing = part.pieces * units - store.stock.get(part.family, 0)
            if missing > 0:
                source = world.part_sources[world.part_families[part.family].first_source]
                store.ordered(source, missing)
                store.come(source, missing)

    # -- parts

    def review_parts(self, _: Event) -> None:
        """The monthly review of part stock (R23)."""
        for user in USERS:
            plans = [plan for plan in (self._plan(line, user) for line in self.lines) if plan.starts]
            for family in sorted({part.family for plan in plans for part in plan.line.terms.kit}):
                self._order_for(user, family, plans)
        self.call_turn()

    def _plan(self, line: Line, user: User) -> Plan:
        """When the lots of a line that are not begun should start, at today's rate."""
        plan = Plan(line, [], [0])
        waiting = line.waiting(user)
        if waiting:
            day, built, minutes, units = self._free_on(line), line.learnt_by_then, 0, 0
            takes, curve = line.pace(self._world.days.today), line.costing.curve
            for lot in waiting:
                plan.starts.append(day + takes(minutes, units))
                minutes += curve.minutes(built + units, lot)
                units += lot
                plan.units.append(units)
        return plan

    def _free_on(self, line: Line) -> int:
        """The day on which a line should be free for its next lot."""
        today = self._world.days.today
        if not line.is_ready:
            return max(today, line.opening.promised_day)
        return today if line.job is None else max(today, line.job.done_day)

    def _order_for(self, user: User, family: str, plans: list[Plan]) -> None:
        """Order what lots that start within the lead need, and a safety stock, but nothing that no order needs."""
        world, store, today = self._world, self.stores[user], self._world.days.today
        terms = world.scenario.part_families[family]
        lead = self._sources[terms.first_source].usual_lead_days
        needed = beyond = use = share = 0
        for plan in plans:
            pieces = sum(part.pieces for part in plan.line.terms.kit if part.family == family)
            if not pieces:
                continue
            soon = plan.units[bisect_right(plan.starts, today + lead)]
            needed += pieces * soon
            beyond += pieces * (plan.units[-1] - soon)
            use += pieces * plan.line.month_units_milli(today) // 1000 if plan.line.is_ready else 0
            share = max(share, plan.line.costing.second_share.get(family, 0))
        safety = safety_pieces(use, self.safety_months.get(family, 0))
        stock, on_order = store.stock.get(family, 0), store.on_order.get(family, 0)
        ordered = parts_to_order(((today, needed),), today, lead, min(safety, beyond), stock, on_order)
        if ordered:
            self.order_parts(user, terms, ordered, share)

    def order_parts(self, user: User, family: PartFamily, pieces: int, second_share: int) -> None:
        """Order from the first source and, once qualified, from the second; all from the one that a window spares."""
        store, first = self.stores[user], self._sources[family.first_source]
        if second_share and family.second_source is not None:
            second = self._sources[family.second_source]
            part = (
                pieces if second.flows(user) and not first.flows(user) else second_source_pieces(pieces, second_share)
            )
            if part:
                second.order(store, part, self.call_turn)
            pieces -= part
        if pieces:
            first.order(store, pieces, self.call_turn)

    def lose_parts(self, line: Line, months: int) -> None:
        """Lose so many months of a line's use from the stores, as far as they go."""
        for part in line.terms.kit:
            use = part.pieces * line.month_units_milli(self._world.days.today) // 1000
            for user in USERS:
                self.stores[user].lose(part.family, safety_pieces(use, months))
