"""``sweep``: one or two values set by hand to a row of others, on common futures: a curve, or a map with its contours.

Each combination is the scenario with ``--set``, so that levers, targets and beliefs can all be swept.

Why: "how much more money for how much more margin" is answered by a map, not by a run.
"""

from __future__ import annotations

from typing import Annotated, Final

import typer

from sim.cli.analyses import Keep, Measures, PolicyName
from sim.cli.options import FindingFolder, Json, ScenarioFile, Seed, Sets, Shocks, Workers
from sim.errors import TheirsError

NAME: Final = "sweep"


def command(
    scenario: ScenarioFile,
    vary: Annotated[
        list[str],
        typer.Option(
            "--vary", metavar="PATH=VALUES", help="Values with commas between, or from:to:steps; once or twice."
        ),
    ],
    policy: PolicyName = None,
    futures: Annotated[
        int | None, typer.Option("--futures", "-n", help="Common to all; the scenario's replications by default.")
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
    """Sweep one or two values on common futures."""
    from sim.cli.analyses import asked_of, setup_of, tell_cost
    from sim.cli.bar import Bar
    from sim.cli.found import tell
    from sim.study.cases import Case
    from sim.study.sensitivity.stored_change import sweep_finding
    from sim.study.sensitivity.swept import axis_of, sweep, sweep_runs

    axes = [axis_of(each) for each in vary]
    whole, chosen = asked_of(scenario, shock, set_, policy, out)
    number = whole.experiment.replications if futures is None else futures
    if not 2 <= number <= 2**20:
        raise TheirsError(f"--futures: found {number}; expected a whole number from 2 to {2**20:,}.")
    with Bar() as bar:
        setup = setup_of(whole, seed, workers, keep, bar.told)
        tell_cost({"combinations × futures": sweep_runs(axes, number)}, Case(chosen, whole, chosen), setup)
        found = sweep(scenario, shock or (), set_ or (), chosen, axes, number, setup, measure or ())
    tell(sweep_finding(found, chosen, setup.seed, number), out, as_json=json)
