"""The money side of an outcome: lines and years, months, and what each contract came to (R13, R35).

Every entry that moves authority or money is added to exactly one column; nothing is a difference of totals.

Why: the identity of R13 is a check on the engine only if its terms are found apart from each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from sim.engine.entries import (
    Appropriated,
    CarriedIn,
    CarriedOut,
    Charged,
    Lapsed,
    Obligated,
    Owed,
    Paid,
    Returned,
    Settled,
    Used,
)
from sim.errors import OursError
from sim.outcome.rows import MoneyRow, SpendingRow
from sim.scenario.resolved import Scenario

_KEY: Final = 2  # line and fiscal year come before the amounts
_AMOUNTS: Final = MoneyRow._fields[_KEY:]
_RETURNED, _OBLIGATED = _AMOUNTS.index("returned"), _AMOUNTS.index("obligated")
_CHARGED, _OWED, _PAID = _AMOUNTS.index("fx_charged"), _AMOUNTS.index("owed"), _AMOUNTS.index("paid")


class Books:
    """The money entries read so far."""

    def __init__(self, scenario: Scenario) -> None:
        calendar = scenario.clock.calendar
        self._year_of, self._month_of = calendar.fiscal_year, calendar.month_index
        years = range(self._year_of(0), self._year_of(scenario.clock.horizon_day) + 1)
        self._accounts = {(line, year): [0] * len(_AMOUNTS) for line in scenario.lines for year in years}
        self._spending: dict[tuple[int, str], list[int]] = {}
        self._signed: dict[str, int] = {}
        self._outlays: dict[str, int] = {}
        self._open: dict[str, int] = {}
        """Contract -> yen signed for and neither paid nor returned, at the planning rate."""
        self._used_yen = 0
        self.fx_yen = 0
        self.owed_yen = 0

    def readers(self) -> dict[type, Callable[[Any], None]]:
        """What to do with each kind of entry that moves money or authority."""
        return {
            Appropriated: self._booking("appropriated"),
            CarriedIn: self._booking("carried_in"),
            CarriedOut: self._booking("carried_out"),
            Lapsed: self._booking("lapsed"),
            Charged: self._booking("fx_charged"),
            Settled: self._settled,
            Returned: self._returned,
            Obligated: self._obligated,
            Used: self._used,
            Paid: self._paid,
            Owed: self._owed,
        }

    # -- one entry

    def _book(self, line: str, fiscal_year: int, column: int, yen: int) -> None:
        account = self._accounts.get((line, fiscal_year))
        if account is None:
            account = self._accounts[line, fiscal_year] = [0] * len(_AMOUNTS)
        account[column] += yen

    def _booking(self, amount: str) -> Callable[[Any], None]:
        column = _AMOUNTS.index(amount)

        def book(entry: Any) -> None:
            self._book(entry.line, entry.fiscal_year, column, entry.yen)

        return book

    def _spend(self, day: int, line: str, obligated_yen: int, paid_yen: int) -> None:
        key = self._month_of(day), line
        month = self._spending.get(key)
        if month is None:
            month = self._spending[key] = [0, 0]
        month[0] += obligated_yen
        month[1] += paid_yen

    def _obligated(self, entry: Obligated) -> None:
        self._book(entry.line, entry.fiscal_year, _OBLIGATED, entry.yen)
        self._spend(entry.day, entry.line, entry.yen, 0)
        self._sign(entry.order, entry.yen)
        self._outlays.setdefault(entry.order, 0)

    def _sign(self, contract: str, yen: int) -> None:
        self._signed[contract] = self._signed.get(contract, 0) + yen
        self._open[contract] = self._open.get(contract, 0) + yen

    def _returned(self, entry: Returned) -> None:
        self._book(entry.line, entry.fiscal_year, _RETURNED, entry.yen)
        self._open[entry.order] -= entry.yen

    def _used(self, entry: Used) -> None:
        self._book(entry.line, entry.fiscal_year, _OBLIGATED, entry.yen)
        self._book(entry.line, self._year_of(entry.day), _PAID, entry.yen)
        self._spend(entry.day, entry.line, entry.yen, entry.yen)
        self._used_yen += entry.yen

    def _paid(self, entry: Paid) -> None:
        if entry.order not in self._outlays:
            raise OursError(f"day {entry.day}: found a payment for {entry.order}; expected it obligated before")
        self._book(entry.line, self._year_of(entry.day), _PAID, entry.actual_yen)
        self._spend(entry.day, entry.line, 0, entry.actual_yen)
        self._outlays[entry.order] += entry.actual_yen
        self._open[entry.order] -= entry.planned_yen
        self.fx_yen += entry.actual_yen - entry.planned_yen

    def _owed(self, entry: Owed) -> None:
        self._book(entry.line, self._year_of(entry.day), _OWED, entry.yen)
        self.owed_yen += entry.yen
        if entry.order not in self._outlays:
            # a signature of the past for more than its line had: the missing part is owed before the rest is
            # obligated, and both together are what was signed
            self._sign(entry.order, entry.yen)

    def _settled(self, entry: Settled) -> None:
        self._book(entry.line, entry.fiscal_year, _CHARGED, entry.yen)
        self.owed_yen -= entry.yen

    # -- the answer

    def contracts(self) -> Iterator[tuple[str, int, int]]:
        """(contract, yen signed for, cost in yen) of every contract; cost is outlays plus what is open."""
        for contract, outlay_yen in self._outlays.items():
            yield contract, self._signed[contract], outlay_yen + self._open[contract]

    def cost_yen(self) -> int:
        """Outlays, and obligations still open at the planning rate (R35)."""
        return sum(self._outlays.values()) + sum(self._open.values()) + self._used_yen

    def money_rows(self) -> tuple[MoneyRow, ...]:
        """Every line in every year of the clock, and any further year an entry names."""
        return tuple(MoneyRow(*key, *self._accounts[key]) for key in sorted(self._accounts))

    def spending_rows(self) -> tuple[SpendingRow, ...]:
        """Months with spending, by month and line."""
        return tuple(SpendingRow(*key, *self._spending[key]) for key in sorted(self._spending))
