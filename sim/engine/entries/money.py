"""Entries of money: authority received, held, promised, paid, lost.

Every yen that moves is in one of them, so R13 can be added up from the ledger alone.

Why: nobody trusts a budget that only balances in memory.
"""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from sim.engine.entries.base import Teller, yen


class _LineYear(NamedTuple):
    day: int
    line: str
    fiscal_year: int
    yen: int


class Appropriated(_LineYear):
    """A line received authority (R9)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.line)} receives {yen(self.yen)} for FY{self.fiscal_year}."


class CarriedIn(_LineYear):
    """Authority carried into ``fiscal_year`` from the year before (R11)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.line)} carries {yen(self.yen)} into FY{self.fiscal_year}."


class CarriedOut(_LineYear):
    """Authority of ``fiscal_year`` carried over into the next (R11)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.line)} carries {yen(self.yen)} out of FY{self.fiscal_year}."


class Lapsed(_LineYear):
    """Authority that is gone (R11)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{yen(self.yen)} of {teller.name(self.line)} for FY{self.fiscal_year} lapse."


class Settled(_LineYear):
    """A debt taken first from an appropriation; counts as charged (R12)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.line)} settles {yen(self.yen)} of debt from FY{self.fiscal_year}."


class _OrderMoney(NamedTuple):
    day: int
    order: str
    line: str
    fiscal_year: int
    yen: int


class Reserved(_OrderMoney):
    """Authority set aside for an order that goes to tender (R10)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{yen(self.yen)} of {teller.name(self.line)} are reserved for {teller.name(self.order)}."


class Released(_OrderMoney):
    """A reservation given back (R11)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{yen(self.yen)} of {teller.name(self.line)} reserved for {teller.name(self.order)} are released."


class Obligated(_OrderMoney):
    """Authority promised by a signature (R10)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.order)} is signed: {yen(self.yen)} of {teller.name(self.line)} are obligated."


class Returned(_OrderMoney):
    """A cancelled obligation returned to its own year (R11)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{yen(self.yen)} of {teller.name(self.order)} return to {teller.name(self.line)}, FY{self.fiscal_year}."


class Used(_OrderMoney):
    """A use of a line that serves no mission: obligated and paid at once (R10)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.line)} pays {yen(self.yen)} for {teller.name(self.order)}."


class Charged(_OrderMoney):
    """A loss against the planning rate, or price growth, met from free authority (R12)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.line)} is charged {yen(self.yen)} more for {teller.name(self.order)}."


class _OrderYen(NamedTuple):
    day: int
    order: str
    line: str
    yen: int


class Owed(_OrderYen):
    """A loss that no free authority could meet (R12)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.line)} owes {yen(self.yen)} for {teller.name(self.order)}."


class Gained(_OrderYen):
    """A payment cost less than planned; reported, not spendable (R12)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return f"{teller.name(self.order)} cost {yen(self.yen)} less than planned."


class _Paid(NamedTuple):
    day: int
    order: str
    line: str
    fiscal_year: int
    planned_yen: int
    actual_yen: int


class Paid(_Paid):
    """An outlay (R12); ``fiscal_year`` is the year of the obligation it pays."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        return (
            f"{yen(self.actual_yen)} are paid for {teller.name(self.order)} from {teller.name(self.line)}"
            f" (planned {yen(self.planned_yen)})."
        )
