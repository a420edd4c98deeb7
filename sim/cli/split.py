"""``split``: how much of each measure's spread knowing the inputs would end, and how much is luck.

Each set of parameters is met twice, by other luck each time.

Why: spread that is luck calls for reserves, spread that is ignorance for asking.
"""

from __future__ import annotations

from typing import Annotated, Final

import typer

from sim.cli.options import FindingFolder, Json, MaxFailures, Policies, ScenarioFile, Seed, Sets, Shocks, Workers, named

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
    from sim.cli.found import futures_of, tell
    from sim.cli.opening import opened
    from sim.store.finding import require_room
    from sim.study.luck_split import luck_split, split_finding
    from sim.study.measures_compared import measures_of

    whole = opened(scenario, shock, set_).scenario
    futures = futures_of(whole, sets_of_inputs, seed, workers, max_failures)
    require_room(out, whole.id)
    with Bar() as bar:
        rows = luck_split(whole, named(policies) or tuple(whole.policies), measures_of(whole), futures, bar.told)
    finding = split_finding(whole, rows, futures)
    tell(finding, out, as_json=json)
