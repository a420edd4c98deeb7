"""``quality``: many or good, by count and by strength, over the high tier's share of the money and λ.

Why: whether quantity comes before quality depends on a number, and the number has a line.
"""

from __future__ import annotations

from typing import Annotated, Final

import typer

from sim.cli.found import OnePolicy, Replications
from sim.cli.options import FindingFolder, Json, MaxFailures, ScenarioFile, Seed, Sets, Shocks, Workers
from sim.errors import TheirsError

NAME: Final = "quality"


def command(
    scenario: ScenarioFile,
    policy: OnePolicy = None,
    shares: Annotated[int, typer.Option("--shares", help="Shares of the high tier from 0 to 100 %, so many.")] = 6,
    replications: Replications = None,
    seed: Seed = None,
    set_: Sets = None,
    shock: Shocks = None,
    workers: Workers = None,
    max_failures: MaxFailures = 20,
    out: FindingFolder = None,
    json: Json = False,
) -> None:
    """Map fulfilment and strength over the high tier's share and λ."""
    from sim.cli.bar import Bar
    from sim.cli.found import futures_of, tell, tell_cost
    from sim.cli.opening import opened
    from sim.store.finding import require_room
    from sim.study.leading import policy_or_leading
    from sim.study.quality import LAMBDAS, cases_of, quality

    if not 2 <= shares <= 21:
        raise TheirsError(f"shares: found {shares}; expected 2 to 21 of them.")
    whole = opened(scenario, shock, set_).scenario
    futures = futures_of(whole, replications, seed, workers, max_failures)
    require_room(out, whole.id)
    asked = policy_or_leading(whole, policy, futures)
    grid = [10_000 * place // (shares - 1) for place in range(shares)]
    tell_cost(cases_of(whole, asked, grid, LAMBDAS), futures)
    with Bar() as bar:
        found = quality(whole, asked, futures, shares=grid, progress=bar.told)
    tell(found, out, as_json=json)
