"""The order of a day: one ladder of rungs, and a clock that schedules on it (R3).

Whatever touches shared state is an event on the ladder, unique in (day, rung, rank), or a plain call from one.

Why: two things on one day must come in an order the reader can look up, not in the order the code ran.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import heappush
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from simpy import Environment, Event

from sim.errors import OursError

RANK_BITS = 48
"""Room for a rank below the rung in SimPy's priority."""
FIRST_OWN_PRIORITY = 2
"""0 and 1 stay SimPy's own."""
LOT_BITS, PART_BITS, NUMBER_BITS = 14, 8, 12
LAST_LOT = (1 << LOT_BITS) - 1
AFTER_LINES = 3 << 46
"""Added to the rank of benches, crews and courses on the rung for starts: suppliers and lines come before them (R3)."""


class Rung:
    """The declared order within a day.

    Plain numbers: every event names its rung, and an enumeration's members are looked up five times as slowly.
    """

    CLOSE: Final = 1
    SHOCK: Final = 2
    APPROPRIATE: Final = 3
    RESULT: Final = 4
    CAPACITY: Final = 5
    PARTS: Final = 6
    PRODUCED: Final = 7
    ARRIVED: Final = 8
    ACCEPTED: Final = 9
    PEOPLE: Final = 10
    FIELDED: Final = 11
    LOST: Final = 12
    PAYMENT: Final = 13
    POLICY: Final = 14
    START: Final = 15
    RECORD: Final = 16


_BASE = tuple(FIRST_OWN_PRIORITY + (rung << RANK_BITS) for rung in range(Rung.RECORD + 1))


class Step(Event):
    """An event that is on the ladder from its first moment, and has nothing to tell when it happens."""

    # Of the class and not of each event, for a run makes two thousand.
    _ok = True
    _value = None


_new: Final = object.__new__
"""Makes a step without a call of Python's own; its maker sets what it has."""


class EventLimitExceeded(OursError):
    """A run scheduled more events than its scenario allows."""


def order_rank(owner_place: int, number: int, part: int) -> int:
    """The rank of a contract: the place of its owner's id, its number, its part; lots fit below it.

    Raises OursError when a number outgrows its room, rather than letting two ranks meet.
    """
    if not 0 <= number < 1 << NUMBER_BITS or not 0 <= part < 1 << PART_BITS:
        raise OursError(f"order number {number} part {part} is beyond the ladder's room of {1 << NUMBER_BITS} orders")
    return ((owner_place << NUMBER_BITS | number) << PART_BITS | part) << LOT_BITS


class Days:
    """The clock of one run: whole days, and the ladder within each."""

    __slots__ = ("_environment", "_left", "_limit")

    def __init__(self, environment: Environment, event_limit: int) -> None:
        self._environment = environment
        self._limit = self._left = event_limit

    if TYPE_CHECKING:

        @property
        def today(self) -> int:
            """The day it is, from the scenario's start."""

    else:
        # Read on every step of every process, so without a Python call of its own.
        today = property(attrgetter("_environment._now"), doc="The day it is, from the scenario's start.")

    @property
    def scheduled(self) -> int:
        """Events put on the ladder so far."""
        return self._limit - self._left

    def at(self, day: int, rung: int, rank: int) -> Event:
        """An event on one day's rung; the day may be today if the rung is still to come."""
        event = Step(self._environment)
        self.place(event, day, rung, rank)
        return event

    def after(self, days: int, rung: int, rank: int) -> Event:
        """An event some whole days from today."""
        event = Step(self._environment)
        self.place(event, self.today + days, rung, rank)
        return event

    def place(self, event: Event, day: int, rung: int, rank: int) -> None:
        """Put a waiting event on the ladder; its value is None when it happens."""
        self._left -= 1
        if self._left < 0:
            raise self._too_many()
        event._ok = True
        event._value = None
        environment = self._environment
        # What SimPy's ``schedule`` does, without its call and its sum.
        # SimPy's own type of the heap names two priorities; any integer is ordered, hence the silenced type.
        heappush(environment._queue, (day, _BASE[rung] + rank, next(environment._eid), event))  # type: ignore[misc]  # any whole number is ordered

    def call(self, day: int, rung: int, rank: int, act: Callable[[Event], None]) -> None:
        """Call ``act(event)`` on one day's rung."""
        # As ``place`` does, without its call: three events in four are put on the ladder here.
        self._left -= 1
        if self._left < 0:
            raise self._too_many()
        event = _new(Step)
        event.env = environment = self._environment
        event.callbacks = [act]
        heappush(environment._queue, (day, _BASE[rung] + rank, next(environment._eid), event))  # type: ignore[misc]  # any whole number is ordered

    def on_each(self, days: Sequence[int], rung: int, rank: int, act: Callable[[int], None]) -> None:
        """Call ``act(day)`` on one rung of each of some days, which ascend.

        Each day puts the next on the ladder: whatever happens is sorted into what waits, so what waits is kept short.
        """
        coming = iter(days)

        def happen(_: Event) -> None:
            today = self.today
            following = next(coming, None)
            if following is not None:
                self.call(following, rung, rank, happen)
            act(today)

        first = next(coming, None)
        if first is not None:
            self.call(first, rung, rank, happen)

    def _too_many(self) -> EventLimitExceeded:
        return EventLimitExceeded(
            f"the run scheduled more than {self._limit:,} events by day {self.today};"
            " raise experiment.event_limit if the scenario is meant to be that large"
        )

    def start(self, process: Any) -> None:
        """Let a process begin; its first step may only wait."""
        self._environment.process(process)

    def wait(self) -> Event:
        """An event that somebody will place on the ladder later."""
        return Event(self._environment)
