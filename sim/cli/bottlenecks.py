"""``bottlenecks``: what would have helped, each limit lifted alone and each two together, on the same futures.

The limits are the engine's own; ``--limit`` looks at some of them.

Why: effort spent on a limit that does not bind is spent for nothing, and looks like work.
"""

from __future__ import annotations

from typing import Annotated, Final

import typer

from sim.cli.found import OnePolicy
from sim.cli.options import FindingFolder, Json, MaxFailures, ScenarioFile, Seed, Sets, Shocks, Workers

NAME: Final = "bottlenecks"


def command(
    scenario: ScenarioFile,
    policy: OnePolicy = None,
    limit: Annotated[
        list[str] | None, typer.Option("--limit", metavar="NAME", help="Only this limit; may be repeated.")
    ] = None,
    no_pairs: Annotated[bool, typer.Option("--no-pairs", help="Each limit alone, without the pairs.")] = False,
    replications: Annotated[int, typer.Option("--replications", "-n", help="How many futures.")] = 300,
    seed: Seed = None,
    set_: Sets = None,
    shock: Shocks = None,
    workers: Workers = None,
    max_failures: MaxFailures = 20,
    out: FindingFolder = None,
    json: Json = False,
) -> None:
    """Lift each limit, and each two, and rank what that brings."""
    from sim.cli.bar import Bar
    from sim.cli.found import futures_of, tell, tell_cost
    from sim.cli.opening import opened
    from sim.store.finding import require_room
    from sim.study.bottlenecks import bottlenecks, cases_of, limits_asked
    from sim.study.leading import policy_or_leading

    whole = opened(scenario, shock, set_).scenario
    futures = futures_of(whole, replications, seed, workers, max_failures)
    require_room(out, whole.id)
    limits = limits_asked(limit or ())
    asked = policy_or_leading(whole, policy, futures)
    tell_cost(cases_of(whole, asked, limits, pairs=not no_pairs), futures)
    with Bar() as bar:
        found = bottlenecks(whole, asked, limits, futures, pairs=not no_pairs, progress=bar.told)
    tell(found, out, as_json=json)
