"""A home firm: which of its lines begins what, and which parts it orders (R21, R23).

Lines are served oldest lot first and nothing in the store is reserved; once a month the firm orders what its planned
lots need within the lead and a safety stock, and never more than signed orders need.

Why: two lines and one short part is where a ramp stops, and nobody decided that it should.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
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
    """The day each should start, in order, of those that start within the longest lead."""
    units: list[int]
    """Units of the first lot, of the first two and so on, behind a zero."""
    total: int
    """Units of all of them."""


class Need:
    """Pieces of one part family that planned lots need."""

    __slots__ = ("a_month", "later", "second_share", "soon")

    def __init__(self) -> None:
        self.soon = 0
        """For lots that start within the lead."""
        self.later = 0
        self.a_month = 0
        """At today's rate, of the lines with lots waiting."""
        self.second_share = 0
        """To be bought at the second source, basis points."""


class Firm:
    """One firm's lines and stores."""

    def __init__(self, world: World, id: str, place: int, sources: dict[str, Source]) -> None:
        self._world = world
        self.id = id
        self._place = place
        self._sources = sources
        self._leads = {
            family.id: sources[family.first_source].usual_lead_days for family in world.scenario.part_families.values()
        }
        """Family -> days that the firm reckons with from an order to its arrival."""
        self.lines: list[Line] = []
        self.stores = {user: Store(world, id, user) for user in USERS}
        self._called_for = -1
        self._review_day = -1
        """The day of the review that is called; before today: none is."""
        clock = world.scenario.clock
        self._months = clock.calendar.month_starts(0, clock.horizon_day)
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

    def call_review(self) -> None:
        """Lots wait: look at the parts on the next first of a month, and on each after it while any wait."""
        if self._review_day < self._world.days.today:
            self._call_review(self._world.days.today)

    def _call_review(self, from_day: int) -> None:
        place = bisect_left(self._months, from_day)
        if place < len(self._months):
            self._review_day = self._months[place]
            self._world.days.call(self._review_day, Rung.START, REVIEW_RANK + self._place, self._review_parts)

    def _review_parts(self, _: Event) -> None:
        """The monthly review of part stock (R23)."""
        waits = False
        for user in USERS:
            plans = [self._plan(line, user, waiting) for line in self.lines if (waiting := line.waiting(user))]
            waits = waits or bool(plans)
            needs = self._needs(plans)
            for family in sorted(needs):
                self._order_for(user, family, needs[family])
        if waits:
            self._call_review(self._world.days.today + 1)
        self.call_turn()

    def _plan(self, line: Line, user: User, waiting: list[int]) -> Plan:
        """When the lots of a line that are not begun should start, at today's rate, as far as any lead asks."""
        today = self._world.days.today
        latest = today + max((self._leads[part.family] for part in line.terms.kit), default=0)
        day, built, minutes, units = self._free_on(line), line.learnt_by_then, 0, 0
        plan = Plan(line, [], [0], sum(waiting))
        takes, curve = line.pace(today), line.costing.curve
        for lot in waiting:
            start = day + takes(minutes, units)
            if start > latest:
                break
            plan.starts.append(start)
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

    def _needs(self, plans: list[Plan]) -> dict[str, Need]:
        """Family -> what the planned lots need of it."""
        needs: dict[str, Need] = {}
        today = self._world.days.today
        for line, starts, units, total in plans:
            milli = line.month_units_milli(today) if line.is_ready else 0
            for part in line.terms.kit:
                need = needs.get(part.family)
                if need is None:
                    need = needs[part.family] = Need()
                soon = units[bisect_right(starts, today + self._leads[part.family])]
                need.soon += part.pieces * soon
                need.later += part.pieces * (total - soon)
                need.a_month += part.pieces * milli // 1000
                share = line.costing.second_share.get(part.family, 0)
                if share > need.second_share:
                    need.second_share = share
        return needs

    def _order_for(self, user: User, family: str, need: Need) -> None:
        """Order what lots that start within the lead need, and a safety stock, but nothing that no order needs."""
        store, today = self.stores[user], self._world.days.today
        held = self._held_in_vain(store, family) if need.second_share else 0
        stock, on_order = store.stock.get(family, 0), store.on_order.get(family, 0) - held
        # Most reviews find no more than that all that waits, or all that starts soon, has its parts.
        if need.soon + need.later <= stock + on_order:
            return
        months = self.safety_months.get(family, 0)
        safety = min(need.later, safety_pieces(need.a_month, months)) if months else 0
        if need.soon + safety <= stock + on_order:
            return
        pieces = parts_to_order(((today, need.soon),), today, self._leads[family], safety, stock, on_order)
        if pieces:
            terms = self._world.scenario.part_families[family]
            if held:
                self._sources[terms.first_source].withdraw(store, min(held, pieces))
            self.order_parts(user, terms, pieces, need.second_share)

    def _held_in_vain(self, store: Store, family: str) -> int:
        """Pieces that a window holds at the first source while it would let the qualified second source's go."""
        terms = self._world.scenario.part_families[family]
        held = self._sources[terms.first_source].held(store)
        if not held or terms.second_source is None or not self._sources[terms.second_source].flows(store.user):
            return 0
        return held

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
