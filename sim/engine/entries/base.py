"""What every entry has, and the places a unit can be.

An entry is a tuple of whole numbers and ids whose first field is its day.

Why: the kinds differ in what they say, and in nothing a reader of the ledger needs to handle them.
"""

from __future__ import annotations

from typing import ClassVar, Final, Protocol

PLACES = (
    "tender",
    "approval",
    "queue",
    "production",
    "waiting_parts",
    "shipping",
    "acceptance",
    "waiting_crew",
    "fielding",
    "deployed",
    "lost",
    "retired",
    "cancelled",
)
"""Every place a unit that was ordered or owned can be (R37); the order is the order of a unit's life."""


made: Final = tuple.__new__
"""``made(Kind, (day, …))`` is the entry ``Kind(day, …)`` in less than half the time, for the kinds a run enters most:
the class of a named tuple is called through two layers of Python's own."""


class Teller(Protocol):
    """Turns ids and numbers into words."""

    def date(self, day: int) -> str: ...
    def name(self, id: str) -> str: ...


class Entry(Protocol):
    """What every entry has."""

    decision: ClassVar[bool]

    @property
    def day(self) -> int: ...

    def sentence(self, teller: Teller) -> str: ...


def yen(amount: int) -> str:
    """Whole yen in words a planner reads.

    >>> yen(1234567)
    '¥1,234,567'
    """
    return f"¥{amount:,}"
