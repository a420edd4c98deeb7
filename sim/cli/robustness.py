"""``robustness``: every policy in the scenario as it is and under each shock, with regret.

Each ``--shock`` is a world of its own, told by the name of its file.

Why: the best policy for one world is a bet, and its price in the others should be known before it is placed.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from sim.cli.found import Replications
from sim.cli.options import FindingFolder, Json, MaxFailures, Policies, ScenarioFile, Seed, Sets, Workers, named
from sim.errors import TheirsError

if TYPE_CHECKING:
    from sim.study.robustness import World

NAME: Final = "robustness"


def command(
    scenario: ScenarioFile,
    shock: Annotated[
        list[Path] | None,
        typer.Option(
            "--shock", metavar="FILE", help="A world: the scenario with this file laid over it. May be repeated."
        ),
    ] = None,
    policies: Policies = None,
    enough: Annotated[
        float, typer.Option("--enough", metavar="SHARE", help="Weighted fulfilment that counts as good enough.")
    ] = 0.5,
    replications: Replications = None,
    seed: Seed = None,
    set_: Sets = None,
    workers: Workers = None,
    max_failures: MaxFailures = 20,
    out: FindingFolder = None,
    json: Json = False,
) -> None:
    """Try policies under shocks: fulfilment, chances, regret, how often good enough."""
    from sim.cli.bar import Bar
    from sim.cli.found import futures_of, tell, tell_cost
    from sim.store.finding import require_room
    from sim.study.asked import policy_asked
    from sim.study.robustness import cases_of, robustness

    if not 0 < enough <= 1:
        raise TheirsError(f"enough: found {enough}; expected a share above 0 and up to 1, such as 0.5.")
    if not shock:
        raise TheirsError("robustness: found no world beside the scenario itself; expected at least one --shock FILE.")
    worlds = _worlds(scenario, shock, set_)
    asked = named(policies) or tuple(worlds[0].scenario.policies)
    for world in worlds:
        for name in asked:
            policy_asked(world.scenario, name)
    futures = futures_of(worlds[0].scenario, replications, seed, workers, max_failures)
    require_room(out, worlds[0].scenario.id)
    tell_cost(cases_of(asked, worlds), futures)
    with Bar() as bar:
        found = robustness(asked, worlds, futures, enough, bar.told)
    tell(found, out, as_json=json)


def _worlds(scenario: Path, shocks: list[Path], sets: list[str] | None) -> list[World]:
    """The scenario as it is, then with each shock alone."""
    from sim.cli.opening import opened
    from sim.study.robustness import AS_PLANNED, World

    twice = [file for file, times in Counter(file.stem for file in shocks).items() if times > 1]
    if twice:
        raise TheirsError(f"robustness --shock: found {twice[0]} more than once; expected each world once.")
    worlds = [World(AS_PLANNED, "As planned", opened(scenario, (), sets).scenario)]
    for file in shocks:
        struck = opened(scenario, (file,), sets)
        worlds.append(World(file.stem, struck.titles[0] or file.stem, struck.scenario))
    return worlds
