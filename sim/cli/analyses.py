"""What the commands of sensitivity share: their options, what they will cost, and their order in the help.

The cost is told before the first run, on stderr; a few runs are timed for it, unless the runs are there already.

Why: two thousand runs are three minutes here and an hour elsewhere, and nobody wants to learn which at the end.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Final, TypeAlias

import typer

if TYPE_CHECKING:
    from sim.scenario.resolved import Scenario
    from sim.store import Study
    from sim.study.cases import Case
    from sim.study.plan import Progress
    from sim.study.sensitivity.running import Setup

TIMED: Final = 4
"""Runs that are timed."""
Source: TypeAlias = Annotated[
    Path, typer.Argument(metavar="SCENARIO|DIR", help="A scenario file, or a run folder: then no run is made.")
]
Measures: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--measure", metavar="NAME", help="Only this mission, fulfilment or all_met; may be repeated. All that varied."
    ),
]
PolicyName: TypeAlias = Annotated[
    str | None, typer.Option("--policy", metavar="NAME", help="Which policy; the only one, where there is one.")
]
Points: TypeAlias = Annotated[int, typer.Option("--points", help="Parameter points, the same for every policy.")]
Lucks: TypeAlias = Annotated[int, typer.Option("--luck", help="Luck numbers a point, at least 2.")]
Keep: TypeAlias = Annotated[
    Path | None,
    typer.Option("--keep", metavar="DIR", help="Keep the runs here; broken off, the same command goes on from them."),
]


def asked_of(
    file: Path, shocks: list[Path] | None, sets: list[str] | None, policy: str | None, out: Path | None
) -> tuple[Scenario, str]:
    """The scenario and which policy of it, before anything is run; the findings' folder has room for what is found.

    Raises TheirsError where one of them is not there.
    """
    from sim.cli.opening import opened
    from sim.store.finding import require_room

    scenario = opened(file, shocks, sets).scenario
    chosen = policy_of_many(scenario, policy)
    require_room(out, scenario.id)
    return scenario, chosen


def policy_of_many(scenario: Scenario, name: str | None) -> str:
    """The policy asked for; the only one where there is one. Raises TheirsError otherwise."""
    from sim.errors import TheirsError
    from sim.study.asked import policy_asked

    if name is not None:
        return policy_asked(scenario, name).id
    if len(scenario.policies) == 1:
        return next(iter(scenario.policies))
    raise TheirsError(f"--policy: found none; expected one of {', '.join(scenario.policies)}.")


def policy_of_folder(study: Study, name: str | None) -> str:
    """The policy asked for of a study; the only one where there is one. Raises TheirsError otherwise."""
    from sim.errors import TheirsError, nearest

    if name is None and len(study.policies) == 1:
        return study.policies[0]
    if name is None:
        raise TheirsError(f"--policy: found none; expected one of {', '.join(study.policies)}.")
    if name not in study.policies:
        raise TheirsError(f"{study.folder}: no policy '{name}'. {nearest(name, study.policies)}")
    return name


def setup_of(scenario: Scenario, seed: int | None, workers: int | None, keep: Path | None, progress: Progress) -> Setup:
    """Seed, workers and bar of an analysis. Raises TheirsError for what is out of range."""
    from sim.cli.run import cores
    from sim.study.sensitivity.running import Setup
    from sim.study.trial import Futures

    own = scenario.experiment.seed if seed is None else seed
    futures = Futures(1, own, workers=cores() if workers is None else workers)
    return Setup(futures.seed, futures.workers, progress, keep)


def tell_cost(parts: dict[str, int], case: Case, setup: Setup, *, at_most: bool = False) -> None:
    """Say how many runs each part takes, perhaps at most, and how long all of them will take here."""
    from sim.report.counting import counted

    seconds = seconds_a_run(case, setup)
    runs = sum(parts.values())
    minutes = runs * seconds / setup.workers / 60
    listed = " + ".join(f"{count:,} ({name})" for name, count in parts.items())
    total = f" = {runs:,}" if len(parts) > 1 else ""
    took = "less than a minute" if minutes < 1 else f"about {counted(minutes, 'minute')}"
    upper = "at most " if at_most else ""
    on = counted(setup.workers, "worker")
    print(f"Runs: {upper}{listed}{total}; {took} on {on}. Ctrl-C stops it.", file=sys.stderr)


def seconds_a_run(case: Case, setup: Setup) -> float:
    """Time of one run here, from a few; the first of all is not counted, for it also warms up."""
    from sim.study.cases import Point, run_cases
    from sim.study.sensitivity.running import PURPOSE

    def timed(runs: int) -> float:
        begun = perf_counter()
        run_cases([case], [Point(k, k) for k in range(runs)], seed=setup.seed, purpose=PURPOSE)
        return perf_counter() - begun

    timed(1)
    return max(0.0, timed(1 + TIMED) - timed(1)) / TIMED
