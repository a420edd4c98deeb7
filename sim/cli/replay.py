"""``replay``: one run as dated sentences, of a run folder or of a scenario.

Of a folder, the ledger must be the one that was stored; if it is not, that is said and the exit code is 1.

Why: whoever doubts a number should be able to read what happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

import typer

from sim.cli.options import Seed, Sets, Shocks
from sim.errors import EXIT_OURS, TheirsError

if TYPE_CHECKING:
    from sim.engine.ledger import Run
    from sim.future import Future
    from sim.study.replay import Again

NAME: Final = "replay"


class _Asked(NamedTuple):
    """Which run is to be told, and how."""

    place: Path
    policy: str
    replication: int | None
    """None: the run with no luck."""
    everything: bool


def command(
    place: Annotated[Path, typer.Argument(metavar="DIR|SCENARIO", help="A run folder, or a scenario file.")],
    policy: Annotated[str | None, typer.Option("--policy", metavar="NAME", help="Whose run.")] = None,
    compare: Annotated[
        tuple[str, str] | None,
        typer.Option("--compare", metavar="P1 P2", help="Instead, where two policies part on the same future."),
    ] = None,
    replication: Annotated[int | None, typer.Option("--replication", "-k", help="Which one, from 0.")] = None,
    at_modes: Annotated[bool, typer.Option("--at-modes", help="The run with no luck.")] = False,
    gantt: Annotated[
        Path | None, typer.Option("--gantt", metavar="FILE", help="Draw the run instead: a new .png or .svg file.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what happens every month.")] = False,
    seed: Seed = None,
    set_: Sets = None,
    shock: Shocks = None,
) -> None:
    """Tell one run as dated sentences, or where two policies part."""
    if at_modes == (replication is not None):
        raise TheirsError("replay: expected either --replication K or --at-modes.")
    if compare is not None and gantt is not None:
        raise TheirsError("replay: found --gantt beside --compare; expected --policy NAME with it.")
    if (policy is None) == (compare is None):
        raise TheirsError("replay: expected either --policy NAME or --compare P1 P2.")
    asked = _Asked(place, policy or "", replication, everything)
    if place.is_dir():
        if seed is not None or set_ or shock or at_modes:
            raise TheirsError(f"{place}: a stored run has its own seed and scenario; expected only --replication.")
        if compare is None and gantt is None:
            _of_folder(asked)
            return
    future = _stored_future(asked, compare or (asked.policy,)) if place.is_dir() else _future(asked, seed, set_, shock)
    if compare is not None:
        _compare(future, compare, everything=everything)
    elif gantt is not None:
        _draw(future, asked.policy, gantt)
    else:
        from sim.study.replay import run_in

        _tell(run_in(future, asked.policy), future, asked)


def _draw(future: Future, policy: str, out: Path) -> None:
    """Draw one run as a Gantt picture, its numbers beside it."""
    from sim.report.files import write_picture
    from sim.report.gantt import HEADING, gantt
    from sim.report.picture import picture_of
    from sim.study.replay import run_in

    chart = gantt(run_in(future, policy))
    print(f"{chart.words.title}\n  {write_picture(out, picture_of(HEADING, chart))}")


def _compare(future: Future, policies: tuple[str, str], *, everything: bool) -> None:
    from sim.cli.parted import print_parting
    from sim.study.parting import parting
    from sim.study.replay import run_in

    found = parting(run_in(future, policies[0]), run_in(future, policies[1]))
    print_parting(future.scenario, policies, found, everything=everything)


def _stored_future(asked: _Asked, policies: Sequence[str]) -> Future:
    """The future of a stored replication. Raises TheirsError for a policy or number that the study does not have."""
    from sim.store import load
    from sim.study.replay import stored_future
    from sim.study.stored import policies_asked

    study = load(asked.place)
    policies_asked(study, policies)
    return stored_future(study, asked.replication or 0)


def _future(asked: _Asked, seed: int | None, sets: list[str] | None, shocks: list[Path] | None) -> Future:
    """The future of a scenario file's run. Raises TheirsError for what the file or the command has wrong."""
    from sim.cli.opening import opened
    from sim.future import at_modes
    from sim.study.asked import policy_asked
    from sim.study.batch import JUDGE
    from sim.study.replay import future_of

    scenario = opened(asked.place, shocks, sets).scenario
    if asked.policy:
        policy_asked(scenario, asked.policy)
    if asked.replication is None:
        return at_modes(scenario)
    return future_of(scenario, scenario.experiment.seed if seed is None else seed, JUDGE, asked.replication)


def _of_folder(asked: _Asked) -> None:
    from sim.store import load
    from sim.study.replay import run_again

    again = run_again(load(asked.place), asked.policy, asked.replication or 0)
    if again.run is not None:
        _tell(again.run, again.future, asked)
    print(_compared(again))
    if not again.same:
        raise typer.Exit(EXIT_OURS)


def _compared(again: Again) -> str:
    """Whether it is the run that was stored."""
    changed = "the program or its libraries have changed since."
    if again.stored_error is None:
        if again.same:
            return "The ledger is the one that was stored."
        return f"The ledger differs from the one that was stored: {changed}"
    stored = f"This run failed when it was stored: {again.stored_error}"
    if again.run is not None:
        return f"{stored}\nIt does not fail now: {changed}"
    if again.same:
        return f"{stored}\nIt fails again in the same way."
    return f"{stored}\nIt fails in another way now: {again.error}. {changed.capitalize()}"


def _tell(run: Run, future: Future, asked: _Asked) -> None:
    from sim.study.replay import sentences

    for sentence in sentences(run, future, everything=asked.everything):
        print(sentence)
    print(f"\n{len(run.entries):,} entries, {run.events:,} events; digest {run.digest()}")
