"""``plan``: what a wanted precision costs in runs and minutes, from a pilot of some futures.

Three rules are told: a number fixed beforehand, six planned looks, and looking whenever one likes.

Why: four times the precision is sixteen times the night, and that should be known at noon.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from sim.cli.options import FindingFolder, Json, MaxFailures, Policies, ScenarioFile, Seed, Sets, Shocks, Workers, named
from sim.errors import TheirsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from sim.scenario.resolved import Scenario
    from sim.study.pilot import Plan

NAME: Final = "plan"


def command(
    scenario: ScenarioFile,
    half_width: Annotated[
        list[float] | None,
        typer.Option(
            "--half-width", metavar="SHARE", help="Wanted, 0.01 is a point; may be repeated. 0.05, 0.02, 0.01."
        ),
    ] = None,
    policies: Policies = None,
    pilot: Annotated[int, typer.Option("--pilot", "-n", metavar="N", help="Futures of the pilot.")] = 128,
    seed: Seed = None,
    set_: Sets = None,
    shock: Shocks = None,
    workers: Workers = None,
    max_failures: MaxFailures = 20,
    out: FindingFolder = None,
    json: Json = False,
) -> None:
    """Tell what a wanted precision costs."""
    from sim.cli.bar import Bar
    from sim.cli.keeping import keep_and_tell
    from sim.cli.opening import opened
    from sim.cli.run import cores
    from sim.store.finding import require_room
    from sim.study.measures_compared import measures_of
    from sim.study.pilot import plan, plan_finding
    from sim.study.trial import Futures

    wanted = tuple(half_width or (0.05, 0.02, 0.01))
    for each in wanted:
        if not 0.0005 <= each < 0.5:
            raise TheirsError(f"half-width: found {each}; expected a share from 0.0005 to below 0.5; 0.01 is a point.")
    whole = opened(scenario, shock, set_).scenario
    futures = Futures(
        replications=pilot,
        seed=whole.experiment.seed if seed is None else seed,
        workers=cores() if workers is None else workers,
        most_failures=max_failures,
    )
    require_room(out, whole.id)
    shares = [each for each in measures_of(whole) if each.within is not None]
    with Bar() as bar:
        found = plan(whole, named(policies) or tuple(whole.policies), shares, wanted, futures, bar.told)
    finding = plan_finding(whole, found, futures)
    keep_and_tell(finding, out, lambda console: _print(console, whole, found), as_json=json)


def _print(console: Console, scenario: Scenario, found: Plan) -> None:
    from sim.cli.screen import table

    console.print(scenario.title, style="bold")
    console.print(
        f"Pilot: {found.pilot_futures:,} futures of {found.policies} policies in {found.seconds:.0f} seconds, with as"
        " many workers as a study would have."
    )
    console.print()
    totals = ("Half-width", "Futures", "Runs", "Minutes", "Held up by")
    console.print(table(totals, _totals(found), numbers=(1, 2, 3)))
    console.print("Futures at which every measure below is as narrow, 400 at least (`run --until` stops there).")
    console.print()
    headings = ("Policy, measure", "In the pilot", "Half-width", "Fixed", "At worst", "Six looks", "Any looks")
    console.print(table(headings, _rows(found), numbers=(2, 3, 4, 5, 6), whole=(2,)))
    console.print(
        "Runs of each policy. Fixed: looked at once. At worst: where in the pilot's interval it costs most. Six looks,"
        " any looks: what the rules of `compare --until decided` take for this width."
    )


def _totals(found: Plan) -> Iterator[tuple[str, ...]]:
    for half_width in found.half_widths:
        futures, row = found.most(half_width), found.held_up_by(half_width)
        held = "the least number" if row is None else f"{row.policy}: {row.measure.title}"
        minutes = found.minutes(futures)
        yield (
            f"±{100 * half_width:g} points", f"{futures:,}", f"{futures * found.policies:,}",
            f"{minutes:.1f}" if minutes < 10 else f"{minutes:,.0f}", held,
        )  # fmt: skip


def _rows(found: Plan) -> Iterator[tuple[str, ...]]:
    from sim.report import wording

    for row in found.rows:
        name, pilot = f"{row.policy}, {row.measure.title}", wording.chance(row.pilot)
        if not row.prices:
            yield name, f"{pilot.removesuffix(' (no interval)')} {row.pilot.kind.removeprefix('none: ')}", *("",) * 5
        for price in row.prices:
            needed = price.needed
            sequence = wording.NOTHING if needed.sequence is None else f"{needed.sequence:,}"
            yield (
                name, pilot, f"±{100 * price.half_width:g}", f"{needed.fixed:,}", f"{price.at_worst:,}",
                f"{needed.six_looks:,}", sequence,
            )  # fmt: skip
            name = pilot = ""
