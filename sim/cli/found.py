"""What an analysis found, on the screen and in a folder: its tables, and its figures beside the stored numbers.

What a trial of many cases will cost is told before it begins, on stderr.

Why: whoever waits for twenty minutes should have been asked first.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple, TypeAlias

import typer

from sim.errors import OursError

if TYPE_CHECKING:
    from rich.console import Console

    from sim.report.findings import TextTable
    from sim.scenario.resolved import Scenario
    from sim.store.finding import Finding
    from sim.study.cases import Case
    from sim.study.trial import Futures

PILOT: Final = 4
"""Runs that are timed to tell what all will take."""

Replications: TypeAlias = Annotated[
    int | None, typer.Option("--replications", "-n", help="How many futures; the scenario's own by default.")
]
OnePolicy: TypeAlias = Annotated[
    str | None,
    typer.Option("--policy", metavar="NAME", help="Which policy; by default the best of all on 64 search futures."),
]


class Few(NamedTuple):
    """Some tables of a finding, and what is said of the others."""

    tables: Iterable[TextTable]
    others: str


def futures_of(
    scenario: Scenario, replications: int | None, seed: int | None, workers: int | None, max_failures: int
) -> Futures:
    """The futures asked for; what was left out is the scenario's own. Raises TheirsError for what is out of range."""
    from sim.cli.run import cores
    from sim.study.trial import Futures

    own = scenario.experiment
    return Futures(
        replications=own.replications if replications is None else replications,
        seed=own.seed if seed is None else seed,
        workers=cores() if workers is None else workers,
        most_failures=max_failures,
    )


def tell_cost(cases: Sequence[Case], futures: Futures, *, at_most: int | None = None) -> None:
    """Say on stderr how many runs there will be and how long they will take here, from a few that are timed.

    ``at_most``: so many cases, where the number depends on what is found.
    """
    from dataclasses import replace

    from sim.report.counting import counted

    count = len(cases) if at_most is None else at_most
    runs, upper = count * futures.replications, "" if at_most is None else "at most "
    alone = replace(futures, workers=1)
    try:
        # The first of the three warms up: what it imports and works out is not asked for again.
        _, first, more = (_seconds(replace(alone, replications=number), cases[-1:]) for number in (1, 1, 1 + PILOT))
    except OursError:  # the runs that were to be timed failed; whether too many do is for the trial to say
        took = "which could not be timed,"
    else:
        each = max(0.0, more - first) / PILOT
        worlds = len({id(case.scenario) for case in cases}) * max(0.0, first - each)
        minutes = (runs * each / futures.workers + worlds) / 60
        took = "less than a minute" if minutes < 1 else f"about {counted(minutes, 'minute')}"
    print(
        f"{upper}{counted(count, 'case')} in {counted(futures.replications, 'future')}: {counted(runs, 'run')}, {took}"
        f" on {counted(futures.workers, 'worker')}. Ctrl-C stops it.",
        file=sys.stderr,
    )


def _seconds(futures: Futures, cases: Sequence[Case]) -> float:
    begun = perf_counter()
    futures.run(cases)
    return perf_counter() - begun


def tell(finding: Finding, out: Path | None, *, as_json: bool, few: Few | None = None) -> None:
    """Print a finding; where a folder was named, store it there with its figures.

    ``few``: not all of its tables are printed.

    Raises TheirsError if it cannot be stored.
    """
    from sim.cli.machine import print_json
    from sim.cli.screen import screen
    from sim.store.finding import write_finding

    folder = None if out is None else write_finding(finding, out)
    files = [] if folder is None else _draw(finding, folder)
    if as_json:
        told = {"folder": None if folder is None else str(folder), "figures": [str(file) for file in files]}
        grids = {name: grid.records() for name, grid in finding.grids.items()}
        print_json({**told, "about": dict(finding.about), **grids})
        return
    console = screen()
    print_tables(console, finding, few)
    for file in files:
        console.print(f"Figure: {file}", soft_wrap=True)
    if folder is not None:
        console.print(f"Tables: {folder}", soft_wrap=True)


def _draw(finding: Finding, folder: Path) -> list[Path]:
    from sim.report.files import write_pictures
    from sim.report.findings import finding_files
    from sim.report.picture import picture_of

    file = finding_files()[finding.name]
    return write_pictures(folder, [picture_of(file.HEADING, chart) for chart in file.charts(finding)])


def print_tables(console: Console, finding: Finding, few: Few | None = None) -> None:
    """Print every table of a finding, or a few of them, what it says above it and what it rests on below."""
    from sim.cli.screen import table
    from sim.report.counting import counted
    from sim.report.findings import finding_files

    console.print(str(finding.about["title"]), style="bold")
    if finding.about.get("failed"):
        console.print(f"{counted(finding.about['failed'], 'run')} failed; what can be bounded without them is bounded.")
    for each in finding_files()[finding.name].tables(finding) if few is None else few.tables:
        console.print()
        console.print(f"{each.title}.", style="bold")
        if each.headings:
            console.print(table(each.headings, each.rows, numbers=each.numbers))
        console.print(each.note)
    if few is not None and few.others:
        console.print()
        console.print(few.others)
