"""Futures written by hand: for stories that can be checked on paper.

What is not written is at its mode; what is written and never asked for can be listed.

Why: a story says in plain values what happened, and a misspelt line of it must not pass unread.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from types import MappingProxyType
from typing import Final, TypeAlias

from sim.future.entry import require_whole
from sim.future.future import Future
from sim.future.inputs import InputSheet
from sim.future.luck import Address, ChangedLuck
from sim.future.modes import ModalLuck
from sim.scenario.resolved import Input, Luck, Scenario
from sim.units import BASIS_POINTS

WrittenValues: TypeAlias = Sequence[float] | Mapping[int, float]
"""Values of one stream: in order from index 0, or by index."""

_NOTHING: Final[Mapping[str, WrittenValues]] = MappingProxyType({})


class WrittenLuck:
    """Luck given as values, event by event; every other event is at its mode."""

    __slots__ = ("_asked", "_otherwise", "_written")

    def __init__(self, written: Mapping[Address, float]) -> None:
        self._written = dict(written)
        self._otherwise = ModalLuck()
        self._asked: set[Address] = set()

    def unasked(self) -> list[Address]:
        """What is written and was not asked for, in order."""
        return sorted(self._written.keys() - self._asked)

    def _value(self, stream: str, index: int) -> float | None:
        """What is written for an event, noting that it was asked for."""
        value = self._written.get((stream, index))
        if value is not None:
            self._asked.add((stream, index))
        return value

    def draw(self, luck: Luck, stream: str, index: int) -> int:
        """The value written. Raises ValueError if it is not whole."""
        value = self._value(stream, index)
        if value is None:
            return self._otherwise.draw(luck, stream, index)
        return require_whole(value, f"{stream}[{index}]")

    def draw_beyond(self, luck: Luck, stream: str, index: int, floor: int) -> int:
        """The value written. Raises ValueError if it is not whole or does not exceed the floor."""
        value = self._value(stream, index)
        if value is None:
            return self._otherwise.draw_beyond(luck, stream, index, floor)
        return int(_above(require_whole(value, f"{stream}[{index}]"), floor, stream, index))

    def normal(self, stream: str, index: int) -> float:
        """The score written. Raises ValueError if it is no finite number."""
        value = self._value(stream, index)
        return self._otherwise.normal(stream, index) if value is None else _score(value, stream, index)

    def normal_beyond(self, stream: str, index: int, floor: float) -> float:
        """The score written. Raises ValueError if it is no finite number or does not exceed the floor."""
        value = self._value(stream, index)
        if value is None:
            return self._otherwise.normal_beyond(stream, index, floor)
        return _above(_score(value, stream, index), floor, stream, index)

    def chance(self, probability_bp: int, stream: str, index: int) -> bool:
        """What is written, unless the chance leaves no choice. Raises ValueError if it is no bool."""
        value = self._value(stream, index)
        if value is None or probability_bp in (0, BASIS_POINTS):
            return self._otherwise.chance(probability_bp, stream, index)
        if not isinstance(value, bool):
            raise ValueError(f"{stream}[{index}]: found {value!r}; expected True (it happens) or False")
        return value

    def uniform(self, stream: str, index: int) -> float:
        """The uniform written. Raises ValueError if it is not strictly between 0 and 1."""
        value = self._value(stream, index)
        if value is None:
            return self._otherwise.uniform(stream, index)
        if not 0.0 < value < 1.0:
            raise ValueError(f"{stream}[{index}]: found {value!r}; expected a uniform between 0 and 1")
        return value

    def fresh(self) -> WrittenLuck:
        """The same values, none of them asked for yet."""
        return WrittenLuck(self._written)


def _score(value: float, stream: str, index: int) -> float:
    if isinstance(value, bool) or not isfinite(value):
        raise ValueError(f"{stream}[{index}]: found {value!r}; expected a finite score")
    return float(value)


def _above(value: float, floor: float, stream: str, index: int) -> float:
    if value <= floor:
        raise ValueError(f"{stream}[{index}]: found {value}; expected more than the {floor} that have passed")
    return value


@dataclass(frozen=True, slots=True, eq=False)
class HandWritten(Future):
    """A future that also remembers what it was asked, so that a story can be proof-read."""

    written_paths: tuple[str, ...] = ()
    asked: set[int] = field(default_factory=set, init=False)
    """Numbers of the inputs asked for."""

    def whole(self, which: Input) -> int:
        """Value of an input as it enters the model."""
        self.asked.add(which.number)
        return Future.whole(self, which)

    def score(self, which: Input) -> float:
        """Value of an input that is a standard normal score."""
        self.asked.add(which.number)
        return Future.score(self, which)

    def unused(self) -> tuple[str, ...]:
        """Written inputs (paths) and luck (``stream[index]``) that nobody has asked for so far.

        A parameter counts as asked for when an input whose formula leans on it was.
        """
        sheet = InputSheet(self.scenario)
        asked = {number for asked in self.asked for number in sheet.behind(asked)}
        paths = [path for path in self.written_paths if sheet.by_path(path).number not in asked]
        return (*paths, *(f"{stream}[{index}]" for stream, index in _unasked(self)))


def _unasked(future: HandWritten) -> list[Address]:
    luck = future.luck.otherwise if isinstance(future.luck, ChangedLuck) else future.luck
    return luck.unasked() if isinstance(luck, WrittenLuck) else []


def hand_written(
    scenario: Scenario,
    parameters: Mapping[str, float] = MappingProxyType({}),
    luck: Mapping[str, WrittenValues] = _NOTHING,
) -> HandWritten:
    """A future as written, everything else at its mode.

    Parameters
    ----------
    parameters
        Path of an input -> its value as it enters the model: basis points, 1/10,000 yen, whole units, score.
    luck
        Stream, without purpose -> values of its events, from index 0 on or by index: days and the like as
        they enter, scores, uniforms, or for chances True and False (not binding where the chance is 0 or 1).

    Raises ValueError for an unknown path (naming the nearest), one with a formula, a value that cannot enter.
    """
    sheet = InputSheet(scenario)
    natural = sheet.at_modes()
    for path, value in parameters.items():
        natural = sheet.with_value(natural, path, value)
    written = {
        (stream, index): value
        for stream, values in luck.items()
        for index, value in (values.items() if isinstance(values, Mapping) else enumerate(values))
    }
    return HandWritten(
        scenario, 0, "written", 0, 0, natural, sheet.entered(natural), WrittenLuck(written), tuple(parameters)
    )
