"""A home firm: which of its lines begins what, and which parts it orders (R21, R23).

Lines are served oldest lot first and nothing in the store is reserved; once a month the firm orders what its planned
lots need within the lead and a safety stock, and never more than signed orders need.

Why: two lines and one short part is where a ramp stops, and nobody decided that it should.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simpy import Event

from sim.engine.home.parts import Source, Store
from sim.engine.ladder import Rung
from sim.engine.world import World
from sim.policy.promises import mode_days
from sim.rules.parts import parts_to_order, safety_pieces, second_source_pieces
from sim.scenario.resolved import KitPart, PartFamily, User

if TYPE_CHECKING:
    from sim.engine.home.line import Line

REVIEW_RANK, TURN_RANK = 1 << 44, 1 << 45
USERS: tuple[User, User] = ("military", "export")


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
            planned = self._planned(user)
            for family in sorted(planned):
                self._order_for(user, family, planned[family])
        self.call_turn()

    def _planned(self, user: User) -> dict[str, list[tuple[int, int, Line]]]:
        """Family -> (planned start at today's rate, pieces, line) of every lot not begun."""
        planned: dict[str, list[tuple[int, int, Line]]] = {}
        for line in self.lines:
            day, built, minutes, units = self._free_on(line), line.learnt_by_then, 0, 0
            for lot in line.waiting(user):
                start = day + line.days_of(minutes, units, self._world.days.today)
                for part in line.terms.kit:
                    planned.setdefault(part.family, []).append((start, part.pieces * lot, line))
                minutes += line.costing.curve.minutes(built + units, lot)
                units += lot
        return planned

    def _free_on(self, line: Line) -> int:
        """The day on which a line should be free for its next lot."""
        today = self._world.days.today
        if not line.is_ready:
            return max(today, line.opening.promised_day)
        return today if line.job is None else max(today, line.job.done_day)

    def _order_for(self, user: User, family: str, planned: list[tuple[int, int, Line]]) -> None:
        world, store = self._world, self.stores[user]
        terms = world.scenario.part_families[family]
        lead = mode_days(world.scenario.part_sources[terms.first_source].lead)
        today = world.days.today
        beyond = sum(pieces for day, pieces, _ in planned if day > today + lead)
        safety = safety_pieces(self._month_use(family, planned), self.safety_months.get(family, 0))
        pieces = parts_to_order(
            [(day, pieces) for day, pieces, _ in planned],
            today,
            lead,
            # Nothing is bought that no signed order needs.
            min(safety, beyond),
            store.stock.get(family, 0),
            store.on_order.get(family, 0),
        )
        if pieces:
            share = max(line.costing.second_share.get(family, 0) for _, _, line in planned)
            self.order_parts(user, terms, pieces, share)

    def _month_use(self, family: str, planned: list[tuple[int, int, Line]]) -> int:
        """Pieces a month that the lines with lots waiting use at today's rate."""
        use = 0
        for line in dict.fromkeys(line for _, _, line in planned):
            use += (
                _pieces(line.terms.kit, family) * line.month_units_milli(self._world.days.today) // 1000
                if line.is_ready
                else 0
            )
        return use

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


def _pieces(kit: tuple[KitPart, ...], family: str) -> int:
    return sum(part.pieces for part in kit if part.family == family)
