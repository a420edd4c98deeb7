"""``slopes``: what more money in each line, and more of each lever, buys, in five steps on the same futures.

Why: a budget is moved from line to line in small steps, and each should go to where it buys most.
"""

from __future__ import annotations

from typing import Annotated, Final

import typer

from sim.cli.found import OnePolicy, Replications
from sim.cli.options import FindingFolder, Json, MaxFailures, ScenarioFile, Seed, Sets, Shocks, Workers
from sim.errors import TheirsError

NAME: Final = "slopes"


def command(
    scenario: ScenarioFile,
    policy: OnePolicy = None,
    step: Annotated[
        float, typer.Option("--step", metavar="BN", help="Billions of yen a year that one step adds to a line.")
    ] = 2.0,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="NAME",
            help="Only this line or lever (subsidy:OFFER), or this kind (line, margin, seats, subsidy, tooling, stock);"
            " may be repeated.",
        ),
    ] = None,
    replications: Replications = None,
    seed: Seed = None,
    set_: Sets = None,
    shock: Shocks = None,
    workers: Workers = None,
    max_failures: MaxFailures = 20,
    out: FindingFolder = None,
    json: Json = False,
) -> None:
    """Turn up each line and lever in five steps, or down what stands at its most, and tell the slope."""
    from sim.cli.bar import Bar
    from sim.cli.found import futures_of, tell, tell_cost
    from sim.cli.opening import opened
    from sim.store.finding import require_room
    from sim.study.handles import handles_of
    from sim.study.leading import policy_or_leading
    from sim.study.slopes import cases_of, slopes

    step_yen = round(step * 1e9)
    if step_yen <= 0:
        raise TheirsError(f"step: found {step}; expected billions of yen above zero, such as 2.")
    whole = opened(scenario, shock, set_).scenario
    futures = futures_of(whole, replications, seed, workers, max_failures)
    require_room(out, whole.id)
    asked = policy_or_leading(whole, policy, futures)
    tell_cost(cases_of(whole, asked, handles_of(whole, asked, step_yen, only or ())), futures)
    with Bar() as bar:
        found = slopes(whole, asked, futures, step_yen=step_yen, only=only or (), progress=bar.told)
    tell(found, out, as_json=json)
