"""A home line: its queue, the lot on it, and what it has learnt (R19 to R23).

One lot is on the line at a time; home lots go by signing, exports only when no home lot can start and while their
share of the line is below its cap. Progress is never stepped through: a lot's last day is worked out when it starts,
and again when the capacity changes under it.

Why: to the rest of the engine it is a works like any other, and that is how both legs meet in one pipeline.
"""

from __future__ import annotations

from bisect import insort
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from simpy import Event

from sim.engine.entries.home import (
    Built,
    Forgot,
    LineReady,
    LotBuilt,
    Queued,
    ShortOfParts,
    Started,
    StartedWithParts,
)
from sim.engine.expectation import restate
from sim.engine.home.costing import Costing
from sim.engine.home.meters import Meters
from sim.engine.home.opening import Opening
from sim.engine.ladder import LOT_BITS, NUMBER_BITS, PART_BITS, Rung
from sim.engine.trade import Contract, Lot
from sim.engine.voyage import sail
from sim.engine.world import World
from sim.rules.learning import forgotten
from sim.rules.production import (
    NEVER,
    completion_day,
    export_allowed,
    head_steps,
    labour_minutes_a_day,
    passed_on,
    tooling_work,
)
from sim.scenario.resolved import HomeLine, Offer, User

if TYPE_CHECKING:
    from sim.engine.home.firm import Firm

LATE_RANK = 1 << 47
"""Lots that are done on the starts rung go on after the lines have begun theirs, and before benches and crews."""


LotMove = Queued | ShortOfParts | Started | StartedWithParts | Built


class Job:
    """A lot on the line."""

    __slots__ = (
        "done_day", "left_over", "lot", "minutes", "order", "parts_yen", "start_day", "units", "user", "version",
        "work",
    )  # fmt: skip

    def __init__(self, lot: Lot | None, order: str, units: int, user: User, start_day: int, parts_yen: int) -> None:
        self.lot = lot
        """None: an export."""
        self.order = order
        self.units = units
        self.user: User = user
        self.start_day = start_day
        self.parts_yen = parts_yen
        self.minutes = 0
        self.work = (0, 0)
        self.left_over = (0, 0)
        self.done_day = NEVER
        self.version = 0


class Line:
    """One offer's line."""

    def __init__(self, world: World, offer: Offer, place: int, firm: Firm) -> None:
        assert offer.line is not None
        self._world = world
        self.offer = offer
        self.terms: HomeLine = offer.line
        self._rank = place << (NUMBER_BITS + PART_BITS + LOT_BITS)
        self.firm = firm
        self._lifted = "ramp" in world.lifted
        scenario = world.scenario
        self.costing = Costing(self.terms, world.future.whole, scenario.part_families, scenario.part_sources)
        self.meters = Meters(self.terms.minutes_a_head_day, unlimited_tooling=self._lifted)
        self.opening = Opening(world, self, place)
        self._queue: list[tuple[int, int, Lot]] = []
        """(signing day, rank, lot) of home lots not begun."""
        self._exports: deque[tuple[str, int]] = deque()
        """(request, units) of export lots not begun."""
        self.job: Job | None = None
        self.learnt = 0
        """Units that count as learnt from."""
        self.built = 0
        self._last: tuple[int, tuple[int, int]] | None = None
        """The day the last lot was done, and what that day had left of both meters."""
        self._version = 0
        """Which reckoning of a last day holds; never used twice, so that no two events of the line share a rank."""
        self._log: deque[tuple[int, int, User]] = deque()
        """(start day, minutes, user) of the lots begun within twelve months."""

    # -- the works' part

    def take_in(self, contract: Contract) -> None:
        """A signed contract: its lots wait for the line, which opens if it is not open."""
        for lot in contract.lots:
            lot.place = "queue"
            self._enter(Queued, lot)
            insort(self._queue, (contract.signed_day, lot.rank, lot))
        self.opening.begin()
        self.firm.call_review()
        self.firm.call_turn()

    def drop_cancelled(self) -> None:
        """Lots were cancelled: the next in order is next."""
        self._queue = [entry for entry in self._queue if entry[2].place != "cancelled"]
        self.firm.call_turn()

    def take_export(self, request: str, units: int) -> None:
        """A request from abroad, lot by lot."""
        while units:
            self._exports.append((request, min(units, self.offer.lot)))
            units -= self._exports[-1][1]
        self.firm.call_review()
        self.firm.call_turn()

    # -- opening

    def make_ready(self) -> None:
        """The line can build from today on: its heads are there and more join every month."""
        today, terms = self._world.days.today, self.terms
        whole = self._world.future.whole
        self.meters.open(
            today, [(today, terms.most_heads if self._lifted else terms.heads_at_start)], whole(terms.slots)
        )
        if not self._lifted and self.opening.ordered:
            self.hire()
        self._world.ledger.append(LineReady(today, self.offer.id, self.meters.heads(today), self.meters.slots(today)))
        self.firm.call_turn()

    def hire(self) -> None:
        """From the next first of a month on people join, every month until there are as many as there may be."""
        clock, today = self._world.scenario.clock, self._world.days.today
        now, intake = self.meters.heads(today), self.terms.intake_a_month
        if not intake:
            return
        # Until nobody is lacking, whatever the horizon: a firm's plans do not end with the story.
        lacking = self.terms.most_heads - now
        months = clock.calendar.month_starts(today + 1, today + 31 * (-(-lacking // intake) + 1))
        steps = head_steps(months, now, intake, self.terms.most_heads)
        self.meters.grow([(today, now), *steps])

    def slots_come(self, slots: int) -> None:
        """More tooling from today on; a lot on the line is done the sooner."""
        self.meters.add_slots(self._world.days.today, slots)
        self._reckon_again()

    def stop(self, until_day: int) -> None:
        """The line stands still from today on."""
        self.meters.stop(self._world.days.today, until_day)
        self._reckon_again()

    # -- the queue

    @property
    def is_ready(self) -> bool:
        """Whether the line can build."""
        return self.opening.ready

    @property
    def is_free(self) -> bool:
        """Whether a lot could be begun."""
        return self.opening.ready and self.job is None

    @property
    def next_lot(self) -> tuple[int, int, Lot] | None:
        """(Signing day, rank, lot) of the home lot next in order."""
        return self._queue[0] if self._queue else None

    def waiting(self, user: User) -> list[int]:
        """Units of each lot not yet begun, in order."""
        if user == "export":
            return [units for _, units in self._exports]
        return [lot.units for _, _, lot in self._queue]

    def units_ahead(self) -> int:
        """Signed units that are not built: the next order's place on the curve is behind them."""
        under_way = 0 if self.job is None else self.job.units
        return under_way + sum(lot.units for _, _, lot in self._queue)

    @property
    def learnt_by_then(self) -> int:
        """Units that count as learnt from once the lot on the line is done."""
        return self.learnt if self.job is None else self.learnt + self.job.units

    def start_home(self) -> bool:
        """Begin the next home lot if its kit is whole; the first in order blocks the line (R23)."""
        _, _, lot = self._queue[0]
        parts_yen = self.firm.take_kit(self, "military", lot.units)
        if parts_yen is None:
            if lot.place == "queue":
                lot.place = "waiting_parts"
                self._enter(ShortOfParts, lot)
            return False
        del self._queue[0]
        self._enter(Started if lot.place == "queue" else StartedWithParts, lot)
        lot.place = "production"
        self._begin(Job(lot, lot.contract.key, lot.units, "military", self._world.days.today, parts_yen))
        return True

    def start_export(self, cap: int) -> bool:
        """Begin the next export lot if the cap and its kit allow it (R21, R26)."""
        if not self._exports:
            return False
        today = self._world.days.today
        while self._log and self._log[0][0] <= today - 365:
            self._log.popleft()
        exports = sum(minutes for _, minutes, user in self._log if user == "export")
        if not export_allowed(exports, sum(minutes for _, minutes, _ in self._log), cap):
            return False
        request, units = self._exports[0]
        parts_yen = self.firm.take_kit(self, "export", units)
        if parts_yen is None:
            return False
        self._exports.popleft()
        self._begin(Job(None, request, units, "export", today, parts_yen))
        return True

    def _begin(self, job: Job) -> None:
        today, terms = self._world.days.today, self.terms
        if self._last is not None:
            left = forgotten(
                self.learnt, today - self._last[0], terms.forgetting_grace_days, terms.forgetting_halving_days
            )
            if left < self.learnt:
                self._world.ledger.append(Forgot(today, self.offer.id, self.learnt, left))
                self.learnt = left
            job.left_over = passed_on(*self._last, today)
        job.minutes = self.costing.curve.minutes(self.learnt, job.units)
        job.work = (job.minutes, 0 if self.meters.unlimited_tooling else tooling_work(job.units))
        self._log.append((today, job.minutes, job.user))
        self.job = job
        self._reckon(job)

    def _reckon_again(self) -> None:
        if self.job is not None:
            self._reckon(self.job)

    def _reckon(self, job: Job) -> None:
        """Work out the lot's last day, and be there on it."""
        today = self._world.days.today
        self._version = job.version = self._version + 1
        job.done_day, left = completion_day(job.start_day, job.work, job.left_over, *self.meters.path())
        if job.done_day == today == job.start_day:
            self._done(job, left)
        elif job.done_day <= self._world.scenario.clock.horizon_day:
            version = job.version

            def done(_: Event) -> None:
                if self.job is job and job.version == version:
                    self._done(job, left)

            self._world.days.call(job.done_day, Rung.PRODUCED, self._rank + version, done)

    def _done(self, job: Job, left: tuple[int, int]) -> None:
        today, units = self._world.days.today, job.units
        self.job = None
        self.learnt += units
        self.built += units
        self._last = (today, left)
        costing = self.costing
        self._world.ledger.append(
            LotBuilt(
                today, self.offer.id, self.firm.id, job.user, job.order, units, job.start_day, job.minutes,
                costing.labour_yen(job.minutes), costing.overhead_yen(units), job.parts_yen,
            )
        )  # fmt: skip
        if job.lot is not None:
            self._send_off(job.lot, at_once=today == job.start_day)
        self.firm.call_turn()

    def _send_off(self, lot: Lot, *, at_once: bool) -> None:
        """A home lot goes to its test; one done on the starts rung goes on there: earlier rungs are past."""
        self._enter(Built, lot)
        lot.place = "shipping"
        lot.contract.in_works -= lot.units
        restate(self._world, lot, arrived=False)
        if at_once:
            sail(self._world, lot, days=0, rung=Rung.START, rank=LATE_RANK + lot.rank)
        else:
            sail(self._world, lot, days=0)

    # -- today's rate, for plans

    def pace(self, day: int) -> Callable[[int, int], int]:
        """Whole days that (minutes, units) of work take at a day's rate, rounded down.

        A line that is not open yet has its first heads and no more tooling than stands.
        """
        if self.is_ready:
            labour, tooling = self.meters.on(day)
        else:
            labour = labour_minutes_a_day(self.terms.heads_at_start, self.terms.minutes_a_head_day)
            tooling = self._world.future.whole(self.terms.slots) * 1000
        by_labour = 1 if labour else NEVER
        if self.meters.unlimited_tooling:
            return lambda minutes, units: minutes * by_labour // max(1, labour)
        return lambda minutes, units: max(minutes * by_labour // max(1, labour), tooling_work(units) // tooling)

    def planned_units(self, days: int) -> int:
        """Units that the firm's plan makes in so many days of a line that has just opened."""
        ramp = self._world.typical[self.offer.id].ramp
        assert ramp is not None, "a home line has a plan"
        return ramp.units_by(days)

    def month_units_milli(self, day: int) -> int:
        """Thousandths of units that a twelfth of a year makes at a day's rate."""
        minutes = max(1, self.costing.curve.minutes(self.learnt, 1))
        labour, tooling = self.meters.on(day)
        by_labour = labour * 365_000 // (12 * minutes)
        return by_labour if self.meters.unlimited_tooling else min(by_labour, tooling // 12)

    def _enter(self, kind: type[LotMove], lot: Lot) -> None:
        order = lot.contract.order
        self._world.ledger.append(
            kind(
                self._world.days.today, lot.contract.key, lot.number, order.mission.id, order.product.id, lot.units
            )
        )  # fmt: skip
