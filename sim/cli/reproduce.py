"""``reproduce``: a run folder's study run again from the folder alone, and whether every row is the same.

Exit 0 where it is, 1 where it is not; then it says in which table, policy and replications.

Why: whoever is handed a run folder should be able to check it in one command, without asking where it came from.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from sim.cli.options import Json, RunFolder, Workers
from sim.errors import EXIT_OURS

if TYPE_CHECKING:
    from sim.study.reproduce import Reproduced

NAME: Final = "reproduce"
_LISTED: Final = 8


def command(
    folder: RunFolder,
    workers: Workers = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Keep the new run folder here; thrown away by default.")
    ] = None,
    json: Json = False,
) -> None:
    """Run a run folder's study again and say whether it is the same, or where it differs."""
    from sim.cli.bar import Bar
    from sim.cli.machine import print_json
    from sim.cli.run import cores
    from sim.store import load
    from sim.study.reproduce import reproduce

    study = load(folder)
    with Bar() as bar:
        found = reproduce(study, cores() if workers is None else workers, out, bar.told)
    if json:
        differing = [each._asdict() for each in found.differing]
        print_json({"identical": found.identical, "differing": differing, "altered": list(found.altered)})
    else:
        for line in _told(folder, found):
            print(line)
    if not found.identical:
        raise typer.Exit(EXIT_OURS)


def _told(folder: Path, found: Reproduced) -> Iterator[str]:
    from sim.report.counting import counted

    runs = counted(found.policies * found.replications, "run")
    if found.identical:
        yield f"Identical: {len(found.tables)} tables of {runs}, row by row."
    for name in found.altered:
        yield f"The stored table '{name}' is not what was written: somebody has changed it since."
    for each in found.differing:
        if not each.replications:
            yield f"Differs: {each.table} of {each.policy}, counted over all replications."
            continue
        listed = ", ".join(map(str, each.replications[:_LISTED]))
        more = f" and {len(each.replications) - _LISTED:,} more" if len(each.replications) > _LISTED else ""
        whose = f" of {each.policy}" if each.policy else ""
        yield (
            f"Differs: {each.table}{whose} in {len(each.replications):,} of {found.replications:,} replications:"
            f" {listed}{more}."
        )
    runs_apart = [each for each in found.differing if each.table == "runs"]
    if runs_apart:
        first = runs_apart[0]
        typed = ["run_sim.py", "replay", str(folder), "--policy", first.policy, "-k", str(first.replications[0])]
        yield f"See one: {shlex.join(typed)}"
    for name, then, now in found.versions:
        yield f"{name}: {then} then, {now} now."
