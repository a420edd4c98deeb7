"""Opening a home line: the firm's agreement, type development, and the preparation of the plant (R19, R20).

A firm agrees once; the line opens with the first signature. Development comes first, is taken up again when it fails,
and waits for its money; then the plant is prepared.

Why: between a minister's decision and the first unit lie the months that a plan forgets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simpy import Event

from sim.engine.entries.home import DevelopmentEnded, DevelopmentFailed, LineOrdered, Refused
from sim.engine.ladder import Rung
from sim.engine.trade import Order
from sim.engine.world import World
from sim.policy.promises import mode_days
from sim.policy.ramp import TWO_YEARS_DAYS
from sim.rules.production import commitment_asked
from sim.units import share_of

if TYPE_CHECKING:
    from sim.engine.home.line import Line

OPENING_RANK = 1 << 42


class Opening:
    """How far one line's opening has come."""

    __slots__ = (
        "_agreed", "_attempt", "_line", "_rank", "_refused", "_world", "ordered", "promised_day", "ready", "subsidy",
    )  # fmt: skip

    def __init__(self, world: World, line: Line, place: int) -> None:
        self._world = world
        self._line = line
        self._rank = OPENING_RANK + (place << 8)
        self._agreed = False
        self._refused: set[tuple[str, int, int]] = set()
        """(order, units, units asked) of every refusal entered."""
        self._attempt = 0
        self.ordered = False
        """Whether the line has been opened."""
        self.ready = False
        self.promised_day = 0
        """The day on which the line should be ready, once it is ordered."""
        self.subsidy = 0
        """Share of its capital that has been paid, basis points."""

    def open(self) -> None:
        """A line that runs is ready on the first day."""
        if self._line.terms.runs_at_start:
            self.ready = True
            self._line.make_ready()

    # -- the firm's agreement

    def agrees(self, order: Order, units: int) -> bool:
        """Whether the firm takes this order on, now or before; a refusal is entered once an order, quantity and demand.

        Counted is what two years of the line, as planned, can make of it. A line that runs is open already.
        """
        if self.ready or self.ordered or self._agreed:
            return True
        asked = self.asked()
        ramp = self._world.typical[self._line.offer.id].ramp
        assert ramp is not None
        if min(units, ramp.units_by(TWO_YEARS_DAYS)) >= asked:
            self._agreed = True
            return True
        if (order.key, units, asked) not in self._refused:
            self._refused.add((order.key, units, asked))
            self._world.ledger.append(Refused(self._world.days.today, order.key, order.offer.id, units, asked))
        return False

    def asked(self) -> int:
        """Units the firm asks for, given what subsidy has been paid."""
        return commitment_asked(self._line.terms.commitment_units, self.subsidy)

    # -- development and preparation

    def begin(self) -> None:
        """The first contract is signed: open the line."""
        if self.ordered:
            return
        self.ordered = True
        world, terms = self._world, self._line.terms
        if self.ready:
            self._line.hire()
            return
        world.ledger.append(LineOrdered(world.days.today, self._line.offer.id))
        if "ramp" in world.lifted:
            if terms.development is not None:
                world.approvals.arrived(world.scenario.products[self._line.offer.product])
            self._ready()
            return
        self.promised_day = world.days.today + mode_days(terms.preparation)
        if terms.development is None:
            self._prepare()
            return
        self.promised_day += mode_days(terms.development.days)
        world.industry.develop(self._line.offer.id, world.future.whole(terms.development.cost_yen), self._develop)

    def _develop(self) -> None:
        """An attempt at the development; later ones take a share of the time."""
        world, development = self._world, self._line.terms.development
        assert development is not None
        days = world.draw(development.days, f"development/{self._line.offer.id}", self._attempt)
        if self._attempt:
            days = share_of(days, development.restart_share)
        world.days.call(world.days.today + max(1, days), Rung.RESULT, self._rank, self._developed)

    def _developed(self, _: Event) -> None:
        world, offer, development = self._world, self._line.offer, self._line.terms.development
        assert development is not None
        chance = world.future.whole(development.failure_chance)
        attempt, self._attempt = self._attempt, self._attempt + 1
        if world.future.chance(chance, f"development_failure/{offer.id}", attempt):
            world.ledger.append(DevelopmentFailed(world.days.today, offer.id))
            again = share_of(mode_days(development.days), development.restart_share)
            self.promised_day = world.days.today + again + mode_days(self._line.terms.preparation)
            self._develop()
            return
        world.ledger.append(DevelopmentEnded(world.days.today, offer.id))
        world.approvals.arrived(world.scenario.products[offer.product])
        self.promised_day = world.days.today + mode_days(self._line.terms.preparation)
        self._prepare()

    def _prepare(self) -> None:
        world, terms = self._world, self._line.terms
        days = world.stage_days(terms.preparation, f"preparation/{self._line.offer.id}", 0)
        if days == 0:
            self._ready()
        else:
            world.days.call(world.days.today + days, Rung.CAPACITY, self._rank + 1, lambda _: self._ready())

    def _ready(self) -> None:
        self.ready = True
        self.promised_day = self._world.days.today
        self._line.make_ready()
