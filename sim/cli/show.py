"""``show``: what a scenario says, as tables.

Everything printed stands in the scenario; beliefs are shown as they were written.

Why: a planner checks a scenario by reading it back, not by reading YAML.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from sim.cli.options import ScenarioFile, Sets, Shocks

if TYPE_CHECKING:
    from rich.console import Console

    from sim.scenario.load import Loaded
    from sim.scenario.resolved import Fact, Scenario

NAME: Final = "show"
_ORDER: Final = ("official", "reported", "inferred", "assumption")


def command(
    scenario: ScenarioFile,
    what: Annotated[
        Literal["all", "missions", "offers", "policies", "inputs"], typer.Argument(help="Which part.")
    ] = "all",
    facts: Annotated[
        bool, typer.Option("--facts", help="Every row of the facts tables, used (where) or unused (why).")
    ] = False,
    set_: Sets = None,
    shock: Shocks = None,
) -> None:
    """Show what a scenario says, or which facts it uses."""
    from sim.cli.screen import screen
    from sim.scenario.load import load

    loaded = load(scenario, shock or (), set_ or ())
    found = loaded.scenario
    console = screen()
    if facts:
        _facts(console, loaded, scenario)
        return
    console.print(f"{found.title} ({found.id})", style="bold")
    parts = {"missions": _missions, "offers": _offers, "policies": _policies, "inputs": _inputs}
    for name, show_part in parts.items():
        if what == name or (what == "all" and name != "inputs"):
            show_part(console, found)
    if what == "all":
        _confidences(console, found)


def _missions(console: Console, scenario: Scenario) -> None:
    from sim.cli.screen import table

    text, iso = _texts(scenario), scenario.clock.calendar.iso
    rows = [
        (
            mission.id, mission.title, mission.domain, text.get(f"missions.{mission.id}.target", ""),
            mission.counted_as, iso(mission.due_day), "yes" if mission.id in scenario.joint else "",
        )
        for mission in scenario.missions.values()
    ]  # fmt: skip
    console.print(table(("Mission", "Title", "Domain", "Target", "Counted as", "Due", "Joint"), rows, whole=(0,)))


def _offers(console: Console, scenario: Scenario) -> None:
    from sim.cli.screen import table

    text = _texts(scenario)
    rows = [
        (
            offer.id, scenario.products[offer.product].mission, scenario.suppliers[offer.supplier].country,
            offer.channel, _with_unit(scenario, f"offers.{offer.id}.price"),
            text.get(f"offers.{offer.id}.rate", "no limit"), f"{offer.promise_first_days:,}",
        )
        for offer in scenario.offers.values()
    ]  # fmt: skip
    headings = ("Offer", "Mission", "Country", "Channel", "Price a unit", "Rate a year", "Promise, days")
    console.print(table(headings, rows, numbers=(6,), whole=(0,)))


def _policies(console: Console, scenario: Scenario) -> None:
    from sim.cli.screen import table

    rows = [
        (policy.id, policy.title, policy.rule, str(len(policy.missions) or len(policy.orders)))
        for policy in scenario.policies.values()
    ]
    console.print(table(("Policy", "Title", "Rule", "Missions or orders"), rows, numbers=(3,)))


def _inputs(console: Console, scenario: Scenario) -> None:
    from sim.cli.screen import table

    rows = [(fact.path, fact.text, fact.unit, fact.confidence, fact.source) for fact in _uncertain(scenario)]
    console.print(table(("Input", "Belief", "Unit", "Confidence", "Source"), rows))
    _confidences(console, scenario)


def _uncertain(scenario: Scenario) -> Iterator[Fact]:
    return (fact for fact in scenario.facts if fact.kind != "fixed")


def _confidences(console: Console, scenario: Scenario) -> None:
    counts = Counter[str](fact.confidence for fact in _uncertain(scenario))
    fixed = Counter[str](fact.confidence for fact in scenario.facts if fact.kind == "fixed")
    console.print(f"\nUncertain inputs by confidence: {_counted(counts)}. Fixed numbers: {_counted(fixed)}.")


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{counts[name]} {name}" for name in _ORDER if counts[name]) or "none"


def _texts(scenario: Scenario) -> dict[str, str]:
    return {fact.path: fact.text for fact in scenario.facts}


def _with_unit(scenario: Scenario, path: str) -> str:
    return next((f"{fact.text} {fact.unit}" for fact in scenario.facts if fact.path == path), "")


def _facts(console: Console, loaded: Loaded, file: Path) -> None:
    from sim.scenario.facts_used import FACTS_LIST, facts_used, paths_of

    rows = facts_used(file.parent / FACTS_LIST)
    paths = paths_of(loaded.written)
    said = {row: "unused" if not row.used else "used" if row.stands_in(paths) else "elsewhere" for row in rows}
    for row, use in said.items():
        console.print(f"{use:9}  {row.table:5}  {row.row}: {row.where}", soft_wrap=True)
    counts = Counter(said.values())
    console.print(
        f"\n{len(said)} rows of {file.parent / FACTS_LIST}: {counts['used']} used here, {counts['elsewhere']} used by"
        f" other scenarios at paths that this one does not have, {counts['unused']} unused."
    )
    _confidences(console, loaded.scenario)
