"""``plan``: what a wanted precision costs in runs and minutes, from a pilot of some futures.

Three rules are told: a number fixed beforehand, six planned looks, and looking whenever one likes.

Why: four times the precision is sixteen times the night, and that should be known at noon.
"""

from __future__ import annotations

from typing import Annotated, Final

import typer

from sim.cli.options import FindingFolder, Json, MaxFailures, Policies, ScenarioFile, Seed, Sets, Shocks, Workers, named
from sim.errors import TheirsError

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
    from sim.cli.found import futures_of, tell
    from sim.cli.opening import opened
    from sim.store.finding import require_room
    from sim.study.measures_compared import measures_of
    from sim.study.pilot import plan, plan_finding

    wanted = tuple(half_width or (0.05, 0.02, 0.01))
    for each in wanted:
        if not 0.0005 <= each < 0.5:
            raise TheirsError(f"half-width: found {each}; expected a share from 0.0005 to below 0.5; 0.01 is a point.")
    whole = opened(scenario, shock, set_).scenario
    futures = futures_of(whole, pilot, seed, workers, max_failures)
    require_room(out, whole.id)
    shares = [each for each in measures_of(whole) if each.within is not None]
    with Bar() as bar:
        found = plan(whole, named(policies) or tuple(whole.policies), shares, wanted, futures, bar.told)
    finding = plan_finding(whole, found, futures)
    tell(finding, out, as_json=json)
