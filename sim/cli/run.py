"""``run``: every policy in every future, stored, and the answer on the screen.

With ``--at-modes`` one run without luck instead, lot by lot, and nothing is stored.

Why: this is the command the program is for.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from sim.cli.going_on import ClusterAddress, Shared
from sim.cli.options import Json, ScenarioFile, Seed, Sets, Shocks
from sim.errors import TheirsError

if TYPE_CHECKING:
    from sim.scenario.load import Loaded
    from sim.study.batch import Ask

NAME: Final = "run"


def command(
    scenario: ScenarioFile,
    policy: Annotated[
        list[str] | None, typer.Option("--policy", metavar="NAME", help="Only this policy; may be repeated.")
    ] = None,
    replications: Annotated[
        int | None, typer.Option("--replications", "-n", help="How many futures; the scenario's own by default.")
    ] = None,
    seed: Seed = None,
    set_: Sets = None,
    shock: Shocks = None,
    workers: Annotated[
        int | None, typer.Option("--workers", help="Local processes; one for each core by default.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="The run folder; a new one in results by default.")
    ] = None,
    max_failures: Annotated[int, typer.Option("--max-failures", help="Failed runs to put up with.")] = 20,
    json: Json = False,
    at_modes: Annotated[
        bool, typer.Option("--at-modes", help="One run with no luck, lot by lot; nothing is stored.")
    ] = False,
    no_report: Annotated[bool, typer.Option("--no-report", help="Store the tables only.")] = False,
    chunk: Annotated[
        int | None,
        typer.Option("--chunk", help="Replications stored together, a multiple of 64; 64, or 1,024 in large studies."),
    ] = None,
    keep_monthly: Annotated[
        bool | None,
        typer.Option("--keep-monthly/--no-keep-monthly", help="Monthly series of every run; up to 4,096 by default."),
    ] = None,
    cluster: ClusterAddress = None,
    shared_folder: Shared = False,
    progress: Annotated[
        Path | None,
        typer.Option(
            "--progress", metavar="FILE", help="A file that says all the while how far the study is, as JSON."
        ),
    ] = None,
    shard: Annotated[
        str | None, typer.Option("--shard", metavar="I/N", help="Only this part of the study; see merge.")
    ] = None,
    until: Annotated[
        float | None,
        typer.Option(
            "--until", metavar="HALFWIDTH", help="Add futures, up to -n, until every share is as narrow: 0.02."
        ),
    ] = None,
) -> None:
    """Run policies over many futures; store and print the answer."""
    from sim.cli.opening import opened

    if at_modes:
        typed = {
            "--replications": replications, "--seed": seed, "--workers": workers, "--out": out,
            "--no-report": no_report or None, "--until": until, "--progress": progress,
        }  # fmt: skip
        _refuse_beside_modes([option for option, value in typed.items() if value is not None])
    loaded = opened(scenario, shock, set_)
    if at_modes:
        from sim.cli.lots import print_lots

        print_lots(loaded.scenario, tuple(policy or loaded.scenario.policies), as_json=json)
        return
    from sim.study.batch import Ask, MadeOf

    ask = Ask(
        policies=tuple(policy or ()),
        replications=replications,
        seed=seed,
        workers=cores() if workers is None else workers,
        out=out,
        most_failures=max_failures,
        command=("run_sim.py", *sys.argv[1:]),
        chunk=chunk,
        keep_monthly=keep_monthly,
        cluster=cluster,
        shared=shared_folder,
        shard=None if shard is None else part_of_study(shard),
        made_of=MadeOf(str(scenario), tuple(map(str, shock or ())), tuple(set_ or ())),
    )
    if until is not None:
        from sim.cli.narrowing import run_narrow

        tell(run_narrow(loaded, ask, until), as_json=json, reported=not no_report)
        return
    _run(loaded, ask, as_json=json, reported=not no_report, progress=progress)


def _refuse_beside_modes(options: list[str]) -> None:
    """Raise TheirsError for options that a run without luck has no use for."""
    if options:
        raise TheirsError(
            f"run --at-modes: found {', '.join(options)}; expected none of these. It is one run without luck, and"
            " nothing is stored: leave them out, or leave out --at-modes."
        )


def part_of_study(text: str) -> tuple[int, int]:
    """Which shard of how many. Raises TheirsError unless it reads i/n."""
    number, slash, of = text.partition("/")
    if not (slash and number.isdecimal() and of.isdecimal()):
        raise TheirsError(f"--shard: found '{text}'; expected i/n, such as 3/16.")
    return int(number), int(of)


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _run(loaded: Loaded, ask: Ask, *, as_json: bool, reported: bool, progress: Path | None) -> None:
    from sim.cli.bar import Bar
    from sim.cli.stop import stoppable
    from sim.study.batch import run_batch

    with Bar(lines=as_json, file=progress) as bar, stoppable():
        folder = run_batch(loaded, ask, bar.watch())
    tell(folder, as_json=as_json, reported=reported)


def tell(folder: Path, *, as_json: bool, reported: bool) -> None:
    """Write the report of a complete study, and print what it says."""
    from sim.cli.answered import print_answer, print_answer_json, print_places
    from sim.cli.going_on import print_shard
    from sim.cli.report import written
    from sim.cli.screen import screen
    from sim.store import load as open_study
    from sim.store.study import opened as opened_folder
    from sim.study.answer import answer

    shard = opened_folder(folder).manifest["shard"]
    if shard is not None:
        print_shard(folder, shard, as_json=as_json)
        return
    study = open_study(folder)
    found = answer(study, study.scenario)
    console = screen()
    if not as_json:
        print_answer(console, found)
        console.print()
    page = None
    try:
        if reported:
            page = written(study, found)
    finally:  # the results are there whatever became of the report
        if as_json:
            print_answer_json(study, found, page)
        else:
            print_places(console, folder, page)
