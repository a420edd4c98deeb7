"""Outcomes: from a run's ledger to what the run was worth, as rows of the result tables (R33 to R37).

The ledger is read once, from the first entry to the last; every place is counted by its own moves, and no
number is found as what the others leave over.

Why: two people who ask what a run was worth must read it off the same entries.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim.engine.ledger import Run
from sim.outcome.books import Books
from sim.outcome.fleet import Fleet
from sim.outcome.industry import HomeLines
from sim.outcome.offers import Offers
from sim.outcome.rows import (
    DeliveryRow,
    LineRow,
    MissionRow,
    MoneyRow,
    MonthRow,
    OfferRow,
    Outcome,
    PartRow,
    RunRow,
    SpendingRow,
)
from sim.rules.measures import fulfilment
from sim.scenario.resolved import Scenario

__all__ = [
    "DeliveryRow",
    "LineRow",
    "MissionRow",
    "MoneyRow",
    "MonthRow",
    "OfferRow",
    "Outcome",
    "PartRow",
    "RunRow",
    "SpendingRow",
    "measure",
]

Reader = Callable[[Any], None]


def measure(run: Run) -> Outcome:
    """Read a run's ledger and say what it was worth.

    Returns
    -------
    Rows in a fixed order: missions as in the scenario; money by line and year; monthly by month and mission;
    spending by month and line.

    Raises
    ------
    OursError
        If the ledger lacks a mission's target or due record, or pays for a contract it does not know.

    Source: R33 to R37 of the model.
    """
    books, offers = Books(run.scenario), Offers(run.scenario)
    fleet = Fleet(run.scenario, offers)
    industry = HomeLines(run.scenario, offers)
    readers = _joined(fleet.readers(), books.readers(), offers.readers(), industry.readers())
    for entry in run.entries:
        for reader in readers.get(type(entry), ()):
            reader(entry)
    missions = fleet.mission_rows(books)
    money, bought = books.money_rows(), offers.rows(books)
    return Outcome(
        run.policy_id,
        run.parameter_number,
        run.luck_number,
        missions,
        money,
        fleet.month_rows(),
        books.spending_rows(),
        _run_row(run, fleet, books, missions, money, bought, industry),
        bought,
        offers.delivery_rows(),
        industry.rows(),
        industry.part_rows(),
    )


def _joined(*tables: dict[type, Reader]) -> dict[type, tuple[Reader, ...]]:
    """All that is to be done with each kind of entry."""
    kinds = {kind for table in tables for kind in table}
    return {kind: tuple(table[kind] for table in tables if kind in table) for kind in kinds}


def _home_value_share(scenario: Scenario, bought: tuple[OfferRow, ...]) -> float | None:
    """Home offers' share of what all contracts cost (R36)."""
    cost = sum(row.cost for row in bought)
    at_home = sum(row.cost for row in bought if scenario.offers[row.offer].line is not None)
    return at_home / cost if cost else None


def _run_row(
    run: Run,
    fleet: Fleet,
    books: Books,
    missions: tuple[MissionRow, ...],
    money: tuple[MoneyRow, ...],
    bought: tuple[OfferRow, ...],
    industry: HomeLines,
) -> RunRow:
    deadline_month = run.scenario.clock.calendar.month_index(run.scenario.clock.deadline_day)
    met = {row.mission: row.met for row in missions}
    running = [row.running_cost for row in missions if row.running_cost is not None]
    return RunRow(
        all_met=all(met[mission] for mission in run.scenario.joint),
        fulfilment=fulfilment(
            [row.deployed_counted for row in missions],
            [row.target for row in missions],
            [run.scenario.missions[row.mission].weight for row in missions],
        ),
        cost=books.cost_yen(),
        fx=books.fx_yen,
        home_share=fleet.home_share(),
        owed=books.owed_yen,
        lapsed=sum(row.lapsed for row in money),
        digest=run.digest(),
        running_cost=sum(running) if len(running) == len(missions) else None,
        home_value_share=_home_value_share(run.scenario, bought),
        home_rate=industry.rate(deadline_month),
        home_rate_later=industry.rate(deadline_month + 12),
    )
