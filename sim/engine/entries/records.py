"""Entries that mark a day: month ends, due days, reviews.

They move nothing.

Why: a reader of the ledger has to know when to look.
"""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from sim.engine.entries.base import Teller


class _Record(NamedTuple):
    day: int


class MonthEnd(_Record):
    """The last rung of a month."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return "The month ends."


class Reviewed(_Record):
    """The policy looks at what is known; its decisions of the day follow at once."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return "The buyer reviews the plan."


class _DueRecord(NamedTuple):
    day: int
    mission: str


class DueRecord(_DueRecord):
    """The last rung of a mission's due day."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.mission)} is due."
