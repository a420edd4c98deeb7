"""``choose``: the best policy by a race on futures of its own, with a promised chance of being right; then its score.

Also where the race ends undecided it is said who is left, and how many runs would end it at the latest.

Why: the policy that came out on top in one study is not thereby the best, and its score there flatters it.
"""

from __future__ import annotations

from typing import Annotated, Final

import typer

from sim.cli.options import FindingFolder, Json, Policies, ScenarioFile, Seed, Sets, Shocks, Workers, Zone, named

NAME: Final = "choose"


def command(
    scenario: ScenarioFile,
    policies: Policies = None,
    measure: Annotated[
        str,
        typer.Option("--measure", metavar="NAME", help="Which is to be largest: fulfilment, all_met, or a mission."),
    ] = "fulfilment",
    zone: Zone = 0.02,
    confidence: Annotated[
        float, typer.Option("--confidence", help="Promised chance of choosing the best, if it is best by the zone.")
    ] = 0.95,
    most: Annotated[
        int, typer.Option("--most", help="Runs of a policy at most in the search; whole groups of 50 are used.")
    ] = 5000,
    replications: Annotated[
        int | None, typer.Option("--replications", "-n", help="Futures to judge on; the scenario's own by default.")
    ] = None,
    seed: Seed = None,
    set_: Sets = None,
    shock: Shocks = None,
    workers: Workers = None,
    out: FindingFolder = None,
    json: Json = False,
) -> None:
    """Choose the best policy, then judge it on other futures."""
    from dataclasses import replace

    from sim.cli.bar import Bar
    from sim.cli.found import tell
    from sim.cli.opening import opened
    from sim.cli.run import cores
    from sim.store.finding import require_room
    from sim.study.choose import choose
    from sim.study.chosen_finding import chosen_finding
    from sim.study.measures_compared import share_asked
    from sim.study.trial import Futures

    whole = opened(scenario, shock, set_).scenario
    primary = share_asked(whole, measure)
    own = whole.experiment
    judging = Futures(
        replications=own.replications if replications is None else replications,
        seed=own.seed if seed is None else seed,
        workers=cores() if workers is None else workers,
    )
    searching = replace(judging, replications=most)
    require_room(out, whole.id)
    with Bar() as bar:
        found = choose(
            whole, named(policies) or tuple(whole.policies), primary, zone, confidence, searching, judging, bar.told
        )
    finding = chosen_finding(whole, found, searching, judging)
    tell(finding, out, as_json=json)
