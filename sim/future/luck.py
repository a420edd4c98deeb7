"""Luck: what one event draws, found by its address (stream and index) and by nothing else (R7).

A source of luck transforms uniforms and keeps no order: asked twice, or never, it answers the same.

Why: two policies that place their third order on an offer meet the same third slip, whatever else they did.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, TypeAlias

from sim.distributions import normal_cdf, normal_quantile
from sim.future.addresses import ExpectedDraws
from sim.future.entry import ENTERED_PER_CANONICAL, entered_beyond
from sim.scenario.resolved import Luck
from sim.units import BASIS_POINTS, round_half_up

Address: TypeAlias = tuple[str, int]
"""Stream, without its purpose, and index."""


class LuckSource(Protocol):
    """What a future asks; the meaning of each question stands in ``Future``."""

    def draw(self, luck: Luck, stream: str, index: int) -> int:
        """Value of the event in the whole unit in which it enters."""

    def draw_beyond(self, luck: Luck, stream: str, index: int, floor: int) -> int:
        """The same, given that the whole value exceeds ``floor``."""

    def normal(self, stream: str, index: int) -> float:
        """Standard normal score."""

    def normal_beyond(self, stream: str, index: int, floor: float) -> float:
        """The same, given that the score exceeds ``floor``."""

    def chance(self, probability_bp: int, stream: str, index: int) -> bool:
        """Whether something of this chance, in basis points, happens."""

    def uniform(self, stream: str, index: int) -> float:
        """The uniform itself."""

    def fresh(self) -> LuckSource:
        """The same luck with no record of having been asked."""


def drawn(luck: Luck, u: float) -> int:
    """Value of one event at ``u``. Raises ValueError unless 0 < u < 1."""
    return round_half_up(luck.belief.quantile(u) * ENTERED_PER_CANONICAL[luck.unit])


def drawn_beyond(luck: Luck, floor: int, u: float) -> int:
    """Value of one event at ``u``, given that it exceeds ``floor``.

    Raises ValueError, with the belief's path, if nothing remains beyond the floor.
    """
    try:
        return entered_beyond(luck.belief, luck.unit, floor, u)
    except ValueError as error:
        raise ValueError(f"{luck.path}: asked for more than {floor} {luck.unit}: {error}") from error


def score_beyond(floor: float, u: float) -> float:
    """Standard normal score at ``u``, given that it exceeds ``floor``.

    Worked out from the upper tail, which keeps its digits where the lower one is nearly 1.

    Raises ValueError unless 0 < u < 1, or if no float is left of the tail (floors beyond about 37).

    >>> round(score_beyond(1.0, 0.5), 6)
    1.409609
    """
    tail = (1.0 - u) * normal_cdf(-floor)
    if tail <= 0.0:
        raise ValueError(f"a score beyond {floor}: nothing remains there; expected a floor below 37")
    return max(-normal_quantile(tail), floor)  # the quantile may miss the floor by its last bits


class KeyedLuck:
    """Luck by address: a future's own uniforms, the expected ones drawn at once and the others when asked."""

    __slots__ = ("_days", "_drawn", "_expected", "_lucks", "_number", "_places")

    def __init__(self, expected: ExpectedDraws, number: int) -> None:
        self._expected = expected
        self._number = number
        self._places, self._lucks = expected.places, expected.lucks
        self._drawn, self._days = expected.draws(number)

    def __reduce__(self) -> tuple[type[KeyedLuck], tuple[ExpectedDraws, int]]:
        """Travel as the key alone; the uniforms are drawn again, bit for bit."""
        return KeyedLuck, (self._expected, self._number)

    def uniform(self, stream: str, index: int) -> float:
        """Uniform at this address."""
        try:
            return self._drawn[self._places[stream, index]]
        except KeyError:
            return self._expected.uniform(self._number, stream, index)

    def draw(self, luck: Luck, stream: str, index: int) -> int:
        """Value of the event at this address."""
        # Found here and not through ``uniform``, since a run draws a thousand times; most days are worked out already.
        place = self._places.get((stream, index))
        if place is None:
            u = self._expected.uniform(self._number, stream, index)
        elif self._lucks[place] is luck:
            return self._days[place]
        else:
            u = self._drawn[place]
        return round_half_up(luck.belief.quantile(u) * ENTERED_PER_CANONICAL[luck.unit])

    def draw_beyond(self, luck: Luck, stream: str, index: int, floor: int) -> int:
        """Value of the event at this address, given that it exceeds ``floor``."""
        return drawn_beyond(luck, floor, self.uniform(stream, index))

    def normal(self, stream: str, index: int) -> float:
        """Score at this address."""
        return normal_quantile(self.uniform(stream, index))

    def normal_beyond(self, stream: str, index: int, floor: float) -> float:
        """Score at this address, given that it exceeds ``floor``."""
        return score_beyond(floor, self.uniform(stream, index))

    def chance(self, probability_bp: int, stream: str, index: int) -> bool:
        """Whether the uniform at this address lies below the chance."""
        return self.uniform(stream, index) < probability_bp / BASIS_POINTS

    def fresh(self) -> KeyedLuck:
        """Itself: it keeps no record."""
        return self


class ChangedLuck:
    """Some other luck, with the uniforms at a few addresses given outright."""

    __slots__ = ("_changes", "otherwise")

    def __init__(self, otherwise: LuckSource, changes: Mapping[Address, float]) -> None:
        self.otherwise = otherwise
        self._changes = dict(changes)

    def with_change(self, address: Address, u: float) -> ChangedLuck:
        """The same with one more change, or another one at the same address."""
        return ChangedLuck(self.otherwise.fresh(), {**self._changes, address: u})

    def uniform(self, stream: str, index: int) -> float:
        """The uniform given, or the other luck's."""
        u = self._changes.get((stream, index))
        return self.otherwise.uniform(stream, index) if u is None else u

    def draw(self, luck: Luck, stream: str, index: int) -> int:
        """Value at the uniform given, or the other luck's."""
        u = self._changes.get((stream, index))
        return self.otherwise.draw(luck, stream, index) if u is None else drawn(luck, u)

    def draw_beyond(self, luck: Luck, stream: str, index: int, floor: int) -> int:
        """Value beyond the floor at the uniform given, or the other luck's."""
        u = self._changes.get((stream, index))
        if u is None:
            return self.otherwise.draw_beyond(luck, stream, index, floor)
        return drawn_beyond(luck, floor, u)

    def normal(self, stream: str, index: int) -> float:
        """Score at the uniform given, or the other luck's."""
        u = self._changes.get((stream, index))
        return self.otherwise.normal(stream, index) if u is None else normal_quantile(u)

    def normal_beyond(self, stream: str, index: int, floor: float) -> float:
        """Score beyond the floor at the uniform given, or the other luck's."""
        u = self._changes.get((stream, index))
        return self.otherwise.normal_beyond(stream, index, floor) if u is None else score_beyond(floor, u)

    def chance(self, probability_bp: int, stream: str, index: int) -> bool:
        """Whether the uniform given lies below the chance, or what the other luck says."""
        u = self._changes.get((stream, index))
        if u is None:
            return self.otherwise.chance(probability_bp, stream, index)
        return u < probability_bp / BASIS_POINTS

    def fresh(self) -> ChangedLuck:
        """The same changes on the other luck without its record."""
        return ChangedLuck(self.otherwise.fresh(), self._changes)


def changed(luck: LuckSource, address: Address, u: float) -> ChangedLuck:
    """Luck that differs at one address.

    Raises ValueError unless 0 < u < 1.
    """
    if not 0.0 < u < 1.0:
        raise ValueError(f"{address[0]}[{address[1]}]: u must lie strictly between 0 and 1, got {u}")
    if isinstance(luck, ChangedLuck):
        return luck.with_change(address, u)
    return ChangedLuck(luck.fresh(), {address: u})
