"""``replay``: one run as dated sentences, of a run folder or of a scenario.

Of a folder, the ledger must be the one that was stored; if it is not, that is said and the exit code is 1.

Why: whoever doubts a number should be able to read what happened.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from sim.cli.options import Seed, Sets, Shocks
from sim.errors import EXIT_OURS, TheirsError

if TYPE_CHECKING:
    from sim.engine.ledger import Run

NAME: Final = "replay"


def command(
    place: Annotated[Path, typer.Argument(metavar="DIR|SCENARIO", help="A run folder, or a scenario file.")],
    policy: Annotated[str, typer.Option("--policy", metavar="NAME", help="Whose run.")],
    replication: Annotated[int | None, typer.Option("--replication", "-k", help="Which one, from 0.")] = None,
    at_modes: Annotated[bool, typer.Option("--at-modes", help="The run with no luck.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Also what happens every month.")] = False,
    seed: Seed = None,
    set_: Sets = None,
    shock: Shocks = None,
) -> None:
    """Tell one run as dated sentences."""
    if at_modes == (replication is not None):
        raise TheirsError("replay: expected either --replication K or --at-modes.")
    if place.is_dir():
        if seed is not None or set_ or shock or at_modes:
            raise TheirsError(f"{place}: a stored run has its own seed and scenario; expected only --replication.")
        _of_folder(place, policy, replication or 0, everything=everything)
        return
    from sim.scenario.load import load

    scenario = load(place, shock or (), set_ or ()).scenario
    if at_modes:
        from sim.study.modes import run_at_modes

        run = run_at_modes(scenario, policy)
    else:
        from sim.study.batch import JUDGE
        from sim.study.replay import one_run

        run = one_run(scenario, policy, scenario.experiment.seed if seed is None else seed, JUDGE, replication or 0)
    _tell(run, everything=everything)


def _of_folder(folder: Path, policy: str, replication: int, *, everything: bool) -> None:
    from sim.store import load
    from sim.study.replay import run_again

    again = run_again(load(folder), policy, replication)
    _tell(again.run, everything=everything)
    if again.same:
        print("The ledger is the one that was stored.")
        return
    print("The ledger differs from the one that was stored: the program or its libraries have changed since.")
    raise typer.Exit(EXIT_OURS)


def _tell(run: Run, *, everything: bool) -> None:
    from sim.study.replay import sentences

    for sentence in sentences(run, everything=everything):
        print(sentence)
    print(f"\n{len(run.entries):,} entries, {run.events:,} events; digest {run.digest()}")
