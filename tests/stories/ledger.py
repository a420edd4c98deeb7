"""Reading a story's ledger: what was told, kind by kind, compared entry for entry.

Two entries are the same when they read the same, kind and fields; quotations, targets and records are left out of
"the whole ledger", since they say what the scenario says.

Why: tuples of different kinds can be equal, and a story must not mistake a reservation for an obligation.
"""

from __future__ import annotations

from typing import Any

from sim.engine import Run
from sim.engine.entries import (
    Appropriated,
    Available,
    BudgetRate,
    CarriedIn,
    CarriedOut,
    Charged,
    DueRecord,
    ExchangeRate,
    Gained,
    Lapsed,
    MonthEnd,
    Obligated,
    OpeningStock,
    Owed,
    Paid,
    Passed,
    Quoted,
    Released,
    Reserved,
    Returned,
    Reviewed,
    Settled,
    TargetSet,
    Used,
)
from sim.engine.running_cost import RunningCost

SCENERY = (
    Quoted, TargetSet, OpeningStock, RunningCost, BudgetRate, ExchangeRate, Available, Reviewed, MonthEnd, DueRecord,
)  # fmt: skip
"""What is published or recorded whatever happens."""

AUTHORITY = (
    Passed, Appropriated, CarriedIn, CarriedOut, Lapsed, Reserved, Released, Obligated, Returned, Used,
    Charged, Owed, Settled,
)  # fmt: skip
"""What moves authority."""

OUTLAYS = (Paid, Charged, Owed, Settled, Gained)
"""What is paid, and what becomes of the difference from the plan."""


def assert_whole(run: Run, *expected: Any) -> None:
    """The whole ledger, without its scenery."""
    _assert_same([entry for entry in run.entries if not isinstance(entry, SCENERY)], expected)


def assert_told(run: Run, kinds: tuple[type, ...], *expected: Any) -> None:
    """Every entry of these kinds, and no other."""
    _assert_same(list(run.of_kind(*kinds)), expected)


def _assert_same(found: list[Any], expected: tuple[Any, ...]) -> None:
    assert [repr(entry) for entry in found] == [repr(entry) for entry in expected]


def days_and_units(run: Run, kind: type) -> list[tuple[int, int]]:
    """(day, units) of each move of one kind."""
    return [(entry.day, entry.units) for entry in run.of_kind(kind)]  # a move has units
