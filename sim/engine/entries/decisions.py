"""Entries of decisions, and of the people that some of them buy.

Only what the policy itself decided is a decision; its consequences are entries of their own.

Why: the law against hindsight has to tell one from the other.
"""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from sim.engine.entries.base import Teller, yen


class _Decided(NamedTuple):
    day: int
    order: str
    offer: str
    mission: str
    units: int


class Decided(_Decided):
    """The policy orders units; whether money is there is seen next."""

    __slots__ = ()
    decision: ClassVar[bool] = True

    def sentence(self, teller: Teller) -> str:
        return (
            f"The buyer decides on {self.units:,} of {teller.name(self.offer)} for {teller.name(self.mission)}"
            f" ({teller.name(self.order)})."
        )


class Announced(_Decided):
    """A published order is placed for every policy alike (R8)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return (
            f"As announced, {self.units:,} of {teller.name(self.offer)} are ordered for {teller.name(self.mission)}"
            f" ({teller.name(self.order)})."
        )


class _OrderUnits(NamedTuple):
    day: int
    order: str
    units: int


class Withdrawn(_OrderUnits):
    """The open rest of an order is withdrawn (R10)."""

    __slots__ = ()
    decision: ClassVar[bool] = True

    def sentence(self, teller: Teller) -> str:
        return f"The open rest of {teller.name(self.order)}, {self.units:,} units, is withdrawn."


class CancelDecided(_OrderUnits):
    """The policy cancels what an order has not delivered."""

    __slots__ = ()
    decision: ClassVar[bool] = True

    def sentence(self, teller: Teller) -> str:
        return f"The buyer cancels what is left of {teller.name(self.order)}: {self.units:,} units."


class _SeatsBought(NamedTuple):
    day: int
    mission: str
    seats_a_month: int
    yen_a_month: int


class SeatsBought(_SeatsBought):
    """The policy buys course seats (R28)."""

    __slots__ = ()
    decision: ClassVar[bool] = True

    def sentence(self, teller: Teller) -> str:
        return (
            f"The buyer takes {self.seats_a_month:,} more course seats a month for {teller.name(self.mission)}"
            f" at {yen(self.yen_a_month)} a month."
        )


class _SeatsOpen(NamedTuple):
    day: int
    mission: str
    seats_a_month: int


class SeatsOpen(_SeatsOpen):
    """Seats bought earlier can be used."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{self.seats_a_month:,} more course seats a month open for {teller.name(self.mission)}."


class _People(NamedTuple):
    day: int
    mission: str
    people: int


class Graduated(_People):
    """People finished their course."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{self.people:,} people finish their course for {teller.name(self.mission)}."


class PeopleLeft(_People):
    """Trained people left."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{self.people:,} trained people leave {teller.name(self.mission)}."


class _ProductDays(NamedTuple):
    day: int
    product: str
    until_day: int


class Grounded(_ProductDays):
    """A whole type stops flying until ``until_day`` (R29)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"Every {teller.name(self.product)} is grounded until {teller.date(self.until_day)}."


class TypeApproved(_ProductDays):
    """The day a type's approval will be complete became certain (R27)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.product)} will be approved as a type on {teller.date(self.until_day)}."
