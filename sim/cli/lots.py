"""The lot-by-lot table of a run: contract by contract, each lot's dates and what was paid.

It prints what ``study.modes`` found and works out nothing.

Why: this is the page a planner checks with a spreadsheet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from rich.console import Console

from sim.cli.machine import print_json
from sim.cli.screen import screen, table
from sim.report import wording
from sim.scenario.resolved import Scenario
from sim.study.modes import ContractLines, LotLine, lot_lines, run_at_modes
from sim.study.replay import Titles

_HEADINGS = ("Lot", "Units", "Due", "Left works", "Arrived", "Accepted", "In service", "Paid on delivery")


def print_lots(scenario: Scenario, policies: tuple[str, ...], *, as_json: bool) -> None:
    """Print each policy's lots at the modes. Raises TheirsError for an unknown policy."""
    found = {policy: lot_lines(run_at_modes(scenario, policy)) for policy in policies}
    if as_json:
        print_json({"at_modes": {policy: _raw(contracts, scenario) for policy, contracts in found.items()}})
        return
    console = screen()
    console.print("Every input and event at its mode, chances taken when above one half; no luck.")
    for policy, contracts in found.items():
        console.print(f"\n{scenario.policies[policy].title} ({policy})", style="bold")
        if not contracts:
            console.print("Nothing is ordered.")
        for contract in contracts:
            _contract(console, contract, scenario)


def _contract(console: Console, of: ContractLines, scenario: Scenario) -> None:
    iso, titles = _dates(scenario), Titles(scenario)
    steps = (
        ("decided", of.decided_day), ("signed", of.signed_day), ("permit", of.permit_day),
        ("type approved", of.approved_day), ("ended", of.failed_day),
    )  # fmt: skip
    unit = "" if of.unit_yen is None else f", ¥{of.unit_yen:,} a unit"
    console.print(
        f"\n{of.contract}: {of.units:,} of {titles.name(of.offer)} for {titles.name(of.mission)}{unit};"
        f" paid before delivery ¥{of.paid_before_yen:,}"
    )
    console.print("  " + " · ".join(f"{what} {iso(day)}" for what, day in steps if day is not None))
    if of.lots:
        console.print(table(_HEADINGS, _rows(of, iso), numbers=(0, 1, 7)))


def _rows(of: ContractLines, iso: Callable[[int | None], str]) -> Iterator[tuple[str, ...]]:
    for lot in of.lots:
        yield (
            "rest" if lot.lot is None else str(lot.lot),
            f"{lot.units:,}",
            iso(lot.due_day),
            iso(lot.left_day),
            iso(lot.arrived_day),
            iso(lot.accepted_day),
            _in_service(lot, iso),
            f"¥{lot.paid_yen:,}",
        )


def _in_service(lot: LotLine, iso: Callable[[int | None], str]) -> str:
    part = "" if lot.deployed_units in (0, lot.units) else f" ({lot.deployed_units} of {lot.units})"
    return iso(lot.deployed_day) + part


def _dates(scenario: Scenario) -> Callable[[int | None], str]:
    calendar = scenario.clock.calendar
    return lambda day: wording.NOTHING if day is None else calendar.iso(day)


def _raw(contracts: tuple[ContractLines, ...], scenario: Scenario) -> list[dict[str, Any]]:
    """Contracts and lots with dates for days."""
    return [_dated(asdict(contract), scenario) for contract in contracts]


def _dated(found: dict[str, Any], scenario: Scenario) -> dict[str, Any]:
    iso = scenario.clock.calendar.iso
    told: dict[str, Any] = {}
    for name, value in found.items():
        if name.endswith("_day"):
            told[name.removesuffix("_day")] = None if value is None else iso(value)
        else:
            told[name] = [_dated(each, scenario) for each in value] if isinstance(value, list) else value
    return told
