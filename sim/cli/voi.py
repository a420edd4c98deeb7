"""``voi``: what is worth finding out before a policy is chosen, and under which world each policy is the best.

In chances and fulfilment; in yen only with ``--value-of-success``.

Why: staff have weeks, not years, to find things out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from sim.cli.analyses import Keep, Lucks, Measures, Points
from sim.cli.options import FindingFolder, Json, Policies, ScenarioFile, Seed, Sets, Shocks, Workers
from sim.errors import TheirsError

if TYPE_CHECKING:
    from sim.scenario.resolved import Scenario
    from sim.store.finding import Finding
    from sim.study.sensitivity.pooled import Pool

NAME: Final = "voi"
NET: Final = "net_benefit"


def command(
    scenario: ScenarioFile,
    policies: Policies = None,
    points: Points = 256,
    luck: Lucks = 4,
    value_of_success: Annotated[
        float | None,
        typer.Option("--value-of-success", metavar="BN", help="Billions of yen that meeting the joint list is worth."),
    ] = None,
    measure: Measures = None,
    seed: Seed = None,
    set_: Sets = None,
    shock: Shocks = None,
    workers: Workers = None,
    keep: Keep = None,
    out: FindingFolder = None,
    json: Json = False,
) -> None:
    """Tell what is worth finding out, and each policy's world."""
    from sim.cli.analyses import setup_of, tell_cost
    from sim.cli.bar import Bar
    from sim.cli.found import tell
    from sim.cli.opening import opened
    from sim.cli.options import named
    from sim.store.finding import require_room
    from sim.study.cases import Case
    from sim.study.sensitivity.extras import analysis_library
    from sim.study.sensitivity.pooled import pool

    analysis_library("sklearn.linear_model")
    whole = opened(scenario, shock, set_).scenario
    compared = named(policies) or tuple(whole.policies)
    if len(compared) < 2:
        raise TheirsError(f"found one policy, {', '.join(compared)}; expected at least two to choose from.")
    if value_of_success is not None and not value_of_success > 0:
        raise TheirsError(f"--value-of-success: found {value_of_success}; expected billions of yen above zero.")
    require_room(out, whole.id)
    with Bar() as bar:
        setup = setup_of(whole, seed, workers, keep, bar.told)
        runs = len(compared) * points * luck
        tell_cost({"policies × points × luck": runs}, Case(compared[0], whole, compared[0]), setup)
        found = pool(whole, compared, points, luck, setup, measure or ())
    value_yen = None if value_of_success is None else value_of_success * 1e9
    tell(_worth(whole, found, value_yen, setup.seed, points, luck), out, as_json=json)


def _worth(scenario: Scenario, found: Pool, value_yen: float | None, seed: int, points: int, lucks: int) -> Finding:
    """What each input is worth knowing, and the world in which each policy is the best."""
    from sim.streams import generator
    from sim.study.sensitivity.extras import PURPOSE
    from sim.study.sensitivity.factors import factors_in
    from sim.study.sensitivity.stored import about
    from sim.study.sensitivity.stored_worth import information_finding
    from sim.study.sensitivity.worlds import worlds
    from sim.study.sensitivity.worth_knowing import titles, valued, valued_in_yen

    factors = factors_in(scenario)
    values = [valued(found, factors, each.id, seed) for each in found.outputs.varying]
    if value_yen is not None:
        values.append(valued_in_yen(found, factors, value_yen, seed))
    of_worlds = {
        each.id: worlds(
            scenario, found.policies, found.x, found.y[each.id], generator(seed, PURPOSE, f"worlds/{each.id}")
        )
        for each in found.outputs.varying
    }
    said = about(
        scenario, seed, points * lucks, found.outputs, points=points, lucks=lucks,
        usual={each.output: each.usual for each in values}, value_yen=value_yen,
        titles={
            "factors": dict(titles(scenario, factors)),
            "policies": {policy: scenario.policies[policy].title for policy in found.policies},
        },
    )  # fmt: skip
    said["titles"]["measures"][NET] = "Value of success less cost"
    return information_finding(said, scenario, found, factors, values, of_worlds)
