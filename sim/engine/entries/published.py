"""Entries that publish: prices, targets, rates, and what the world does.

A policy may know of a sampled figure only what stands here.

Why: what a buyer could have known is a question people ask afterwards.
"""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from sim.engine.entries.base import Teller


class _Quoted(NamedTuple):
    day: int
    offer: str
    minor_units: int


class Quoted(_Quoted):
    """A list price became known."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.offer)} is quoted at {self.minor_units:,} minor units a unit."


class _MissionUnits(NamedTuple):
    day: int
    mission: str
    units: int


class TargetSet(_MissionUnits):
    """A mission's requirement is set or revised (R33)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.mission)} is to have {self.units:,} units."


class OpeningStock(_MissionUnits):
    """Units a mission owns at the start."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.mission)} starts with {self.units:,} units in service."


class Available(_MissionUnits):
    """The number of deployed units that can be used changed (R28, R29)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.mission)} has {self.units:,} units available."


class _BudgetRate(NamedTuple):
    day: int
    currency: str
    fiscal_year: int
    rate: int


class BudgetRate(_BudgetRate):
    """The budget's planning rate of a fiscal year (R10), in 1/10,000 yen."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"The budget of FY{self.fiscal_year} reckons {self.rate / 10_000:.2f} yen to the {self.currency}."


class _ExchangeRate(NamedTuple):
    day: int
    currency: str
    rate: int


class ExchangeRate(_ExchangeRate):
    """The market rate of a month, in 1/10,000 yen."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"The market gives {self.rate / 10_000:.2f} yen for the {self.currency}."


class _Passed(NamedTuple):
    day: int
    fiscal_year: int


class Passed(_Passed):
    """The budget of a fiscal year passed (R9)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"The budget of FY{self.fiscal_year} passes."


class _ShockStruck(NamedTuple):
    day: int
    shock: str


class ShockStruck(_ShockStruck):
    """A dated event of the scenario happened."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"It happens: {teller.name(self.shock)}."
