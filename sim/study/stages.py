"""The stages of a run's contracts, from the decision to the last lot in service, as stretches of days.

They follow from the ledger's own days; a stage that was not over by the horizon reaches to it.

Why: a picture of one run should be drawn from the same days that its sentences tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from sim.engine.ledger import Run
from sim.outcome import measure
from sim.study.modes import ContractLines, lot_lines


class Stage(NamedTuple):
    """A stage of a contract: days counted from the start."""

    stage: str
    first_day: int
    last_day: int


class Row(NamedTuple):
    """A contract, what to call it, its stages and its lots."""

    contract: ContractLines
    label: str
    stages: tuple[Stage, ...]
    in_service: tuple[tuple[int, int], ...]
    """(day, units) of each lot."""


def contract_rows(run: Run, named: Callable[[str], str]) -> Iterator[Row]:
    """The contracts of a run, mission by mission, in the order in which they were decided; ``named`` gives titles."""
    horizon = run.scenario.clock.horizon_day
    order = {mission: place for place, mission in enumerate(run.scenario.missions)}
    for contract in sorted(lot_lines(run), key=lambda each: order.get(each.mission, len(order))):
        lots = [(lot.deployed_day, lot.deployed_units) for lot in contract.lots if lot.deployed_day is not None]
        label = f"{named(contract.mission)}: {contract.units:,} {named(contract.product)}"
        yield Row(contract, label, tuple(_stages(contract, horizon)), tuple(lots))


def _stages(of: ContractLines, horizon: int) -> Iterator[Stage]:
    begun = of.decided_day or 0
    ended = of.failed_day
    signed = of.signed_day if of.signed_day is not None else min(ended if ended is not None else horizon, horizon)
    if of.decided_day is not None or of.signed_day is None:
        yield Stage("tender", begun, signed)
    if of.signed_day is None or ended is not None:
        return
    permit = of.permit_day
    if permit is not None and permit > signed:
        yield Stage("permit", signed, permit)
    made_from = max(signed, permit or signed)
    left = [lot.left_day for lot in of.lots if lot.left_day is not None]
    open_ = any(lot.left_day is None for lot in of.lots) or not of.lots
    yield Stage("making", made_from, horizon if open_ else max(left, default=made_from))
    arrived = [lot.arrived_day for lot in of.lots if lot.arrived_day is not None]
    accepted = [lot.accepted_day for lot in of.lots if lot.accepted_day is not None]
    if left:
        yield Stage("shipping", min(left), max(arrived, default=horizon))
    if arrived:
        yield Stage("testing", min(arrived), max(accepted) if len(accepted) == len(arrived) else horizon)


def missions_in_time(run: Run) -> tuple[int, int]:
    """How many missions have their target in service when due, and how many there are."""
    missions = measure(run).missions
    return sum(row.met for row in missions), len(missions)
