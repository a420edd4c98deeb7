"""Outcomes: from a run's ledger to what the run was worth, as rows of the result tables (R33 to R37).

The ledger is read once, from the first entry to the last; every place is counted by its own moves, and no
number is found as what the others leave over.

Why: two people who ask what a run was worth must read it off the same entries.
"""

from __future__ import annotations

from sim.engine.ledger import Run
from sim.outcome.books import Books
from sim.outcome.fleet import Fleet
from sim.outcome.rows import MissionRow, MoneyRow, MonthRow, Outcome, RunRow, SpendingRow
from sim.rules.measures import fulfilment

__all__ = ["MissionRow", "MoneyRow", "MonthRow", "Outcome", "RunRow", "SpendingRow", "measure"]


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
    fleet, books = Fleet(run.scenario), Books(run.scenario)
    readers = {**fleet.readers(), **books.readers()}
    for entry in run.entries:
        reader = readers.get(type(entry))
        if reader is not None:
            reader(entry)
    missions = fleet.mission_rows(books)
    money = books.money_rows()
    return Outcome(
        run.policy_id,
        run.parameter_number,
        run.luck_number,
        missions,
        money,
        fleet.month_rows(),
        books.spending_rows(),
        _run_row(run, fleet, books, missions, money),
    )


def _run_row(
    run: Run, fleet: Fleet, books: Books, missions: tuple[MissionRow, ...], money: tuple[MoneyRow, ...]
) -> RunRow:
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
    )
