"""``split``: how much of each measure's spread knowing the inputs would end, and how much is luck.

Each set of parameters is met twice, by other luck each time.

Why: spread that is luck calls for reserves, spread that is ignorance for asking.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from sim.cli.options import FindingFolder, Json, MaxFailures, Policies, ScenarioFile, Seed, Sets, Shocks, Workers, named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from sim.scenario.resolved import Scenario
    from sim.study.luck_split import Split

NAME: Final = "split"


def command(
    scenario: ScenarioFile,
    policies: Policies = None,
    sets_of_inputs: Annotated[
        int, typer.Option("--pairs", "-n", metavar="N", help="Sets of parameters, each run with two luck numbers.")
    ] = 200,
    seed: Seed = None,
    set_: Sets = None,
    shock: Shocks = None,
    workers: Workers = None,
    max_failures: MaxFailures = 20,
    out: FindingFolder = None,
    json: Json = False,
) -> None:
    """Split each measure's spread into knowledge and luck."""
    from sim.cli.bar import Bar
    from sim.cli.keeping import keep_and_tell
    from sim.cli.opening import opened
    from sim.cli.run import cores
    from sim.store.finding import require_room
    from sim.study.luck_split import luck_split, split_finding
    from sim.study.measures_compared import measures_of
    from sim.study.trial import Futures

    whole = opened(scenario, shock, set_).scenario
    futures = Futures(
        replications=sets_of_inputs,
        seed=whole.experiment.seed if seed is None else seed,
        workers=cores() if workers is None else workers,
        most_failures=max_failures,
    )
    require_room(out, whole.id)
    with Bar() as bar:
        rows = luck_split(whole, named(policies) or tuple(whole.policies), measures_of(whole), futures, bar.told)
    finding = split_finding(whole, rows, futures)
    keep_and_tell(finding, out, lambda console: _print(console, whole, rows, sets_of_inputs), as_json=json)


def _print(console: Console, scenario: Scenario, rows: Sequence[Split], sets: int) -> None:
    from itertools import groupby

    from sim.cli.screen import table

    console.print(scenario.title, style="bold")
    console.print(f"{sets:,} sets of parameters, each met by two lucks; every policy meets the same pairs.")
    for policy, of_policy in groupby(rows, lambda row: row.policy):
        console.print()
        console.print(f"{scenario.policies[policy].title} ({policy})", style="bold")
        headings = ("Measure", "Mean", "Standard deviation", "Of it luck", "Share of variance that is knowledge")
        console.print(table(headings, _cells(of_policy), numbers=(1, 2, 3)))
    console.print(
        "Knowledge is what the inputs explain: (MSB − MSW)/2 of the paired design, which can come out below zero where"
        " there is little of it. Intervals are 95 %, bootstrap over sets of parameters."
    )


def _cells(rows: Iterator[Split]) -> Iterator[tuple[str, ...]]:
    from sim.cli.signed import amount
    from sim.report import wording
    from sim.study.luck_split import root
    from sim.study.statistics import NEVER_VARIED

    for row in rows:
        share, luck = row.parts.share, root(row.parts.luck.value)
        told = wording.NOTHING if share.value is None else f"{100 * share.value:.0f} %"
        if share.low is not None and share.high is not None:
            told += f" ({100 * share.low:.0f} to {100 * share.high:.0f})".replace("-", "−")
        elif share.kind == NEVER_VARIED:
            told = "never varied"
        else:
            told += f" (no interval: {share.kind.removeprefix('none: ')})"
        yield (
            row.measure.title, amount(row.measure, row.mean), amount(row.measure, row.deviation),
            amount(row.measure, luck), told,
        )  # fmt: skip
