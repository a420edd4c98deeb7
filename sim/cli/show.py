"""``show``: what a scenario says, or the answer of a run folder, as it was printed when it was run.

Everything printed stands in the scenario or comes of the stored tables; beliefs are shown as they were written.

Why: a planner checks a scenario by reading it back, not by reading YAML, and an answer without running it again.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import typer

from sim.cli.options import Json, Sets, Shocks
from sim.errors import TheirsError

if TYPE_CHECKING:
    from rich.console import Console

    from sim.scenario.load import Loaded
    from sim.scenario.resolved import Scenario
    from sim.store import Study

NAME: Final = "show"
Part = Literal["all", "missions", "offers", "policies", "inputs"]


def command(
    place: Annotated[Path, typer.Argument(metavar="SCENARIO|DIR", help="A scenario file, or a run folder.")],
    what: Annotated[
        Part, typer.Argument(help="Which part of the scenario; of a run folder, 'all' is its answer.")
    ] = "all",
    facts: Annotated[
        bool, typer.Option("--facts", help="Every row of the facts tables, used (where) or unused (why).")
    ] = False,
    set_: Sets = None,
    shock: Shocks = None,
    json: Json = False,
) -> None:
    """Show what a scenario says and which facts it uses, or a run folder's answer."""
    if place.is_dir():
        if set_ or shock or facts:
            raise TheirsError(f"{place}: a stored run has its own scenario and facts; expected only a part, or --json.")
        _of_folder(place, what, as_json=json)
        return
    from sim.cli.opening import opened

    loaded = opened(place, shock, set_)
    if facts:
        _facts(loaded, place, as_json=json)
    else:
        _scenario(loaded.scenario, what, as_json=json)


def _of_folder(folder: Path, what: Part, *, as_json: bool) -> None:
    from sim.store import load

    study = load(folder)
    if what != "all":
        _scenario(study.scenario, what, as_json=as_json)
        return
    _answer(study, as_json=as_json)


def _answer(study: Study, *, as_json: bool) -> None:
    from sim.cli.answered import print_answer, print_answer_json, print_places
    from sim.cli.screen import screen
    from sim.report.files import REPORT
    from sim.study.answer import answer

    found = answer(study, study.scenario)
    page = study.folder / REPORT
    if as_json:
        print_answer_json(study, found, page if page.exists() else None)
        return
    console = screen()
    print_answer(console, found)
    console.print()
    print_places(console, study.folder, page if page.exists() else None)


def _scenario(scenario: Scenario, what: Part, *, as_json: bool) -> None:
    from sim.cli.machine import print_json
    from sim.cli.parts import PARTS, confidences
    from sim.cli.screen import screen, table

    asked = [part for part in PARTS if what in (part.name, "all") and (what != "all" or not part.long)]
    if as_json:
        told: dict[str, Any] = {"scenario": scenario.id, "title": scenario.title}
        told |= {part.name: list(part.raw(scenario)) for part in asked}
        print_json({**told, "confidences": confidences(scenario)})
        return
    console = screen()
    console.print(f"{scenario.title} ({scenario.id})", style="bold")
    for part in asked:
        console.print(table(part.headings, part.rows(scenario), numbers=part.numbers, whole=part.whole))
    if what in ("all", "inputs"):
        _confidences(console, scenario)


def _confidences(console: Console, scenario: Scenario) -> None:
    from sim.cli.parts import confidences, counted

    counts = confidences(scenario)
    console.print(
        f"\nUncertain inputs by confidence: {counted(counts['uncertain'])}. Fixed numbers: {counted(counts['fixed'])}."
    )


def _facts(loaded: Loaded, file: Path, *, as_json: bool) -> None:
    from sim.cli.machine import print_json
    from sim.cli.parts import confidences
    from sim.cli.screen import screen
    from sim.scenario.facts_used import FACTS_LIST, facts_used, paths_of

    rows = facts_used(file.parent / FACTS_LIST)
    paths = paths_of(loaded.written)
    said = {row: "unused" if not row.used else "used" if row.stands_in(paths) else "elsewhere" for row in rows}
    if as_json:
        told = [{"use": use, "table": row.table, "row": row.row, "where": row.where} for row, use in said.items()]
        print_json({"scenario": loaded.scenario.id, "facts": told, "confidences": confidences(loaded.scenario)})
        return
    console = screen()
    for row, use in said.items():
        console.print(f"{use:9}  {row.table:5}  {row.row}: {row.where}", soft_wrap=True)
    counts = Counter(said.values())
    console.print(
        f"\n{len(said)} rows of {file.parent / FACTS_LIST}: {counts['used']} used here, {counts['elsewhere']} used by"
        f" other scenarios at paths that this one does not have, {counts['unused']} unused."
    )
    _confidences(console, loaded.scenario)
