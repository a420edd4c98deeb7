"""What the commands that go on with a study have in common: their options, and what they print when it is whole.

Why: a study that was broken off should end as the one that was not.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

if TYPE_CHECKING:
    from sim.study.carry_on import How
    from sim.study.plan import Progress

Workers: TypeAlias = Annotated[
    int | None, typer.Option("--workers", help="Local processes; one for each core by default.")
]
MaxFailures: TypeAlias = Annotated[int, typer.Option("--max-failures", help="Failed runs to put up with.")]
NoReport: TypeAlias = Annotated[bool, typer.Option("--no-report", help="Store the tables only.")]
ClusterAddress: TypeAlias = Annotated[
    str | None,
    typer.Option("--cluster", metavar="ADDRESS", help="A Dask scheduler, tcp://host:port; or local. See docs."),
]
Shared: TypeAlias = Annotated[
    bool, typer.Option("--shared-folder", help="The cluster's workers see the run folder under the same path.")
]
Regardless: TypeAlias = Annotated[
    bool, typer.Option("--regardless", help="Go on although the scenario's files or the libraries changed.")
]


def how_of(workers: int | None, cluster: str | None, shared: bool, max_failures: int) -> How:
    """How a study is run. Raises TheirsError for a number of workers that no machine has."""
    from sim.cli.run import cores
    from sim.errors import TheirsError
    from sim.study.batch import MOST_WORKERS
    from sim.study.carry_on import How

    wanted = cores() if workers is None else workers
    if not 1 <= wanted <= MOST_WORKERS:
        raise TheirsError(f"workers: found {wanted}; expected a whole number from 1 to {MOST_WORKERS:,}.")
    return How(wanted, cluster, shared, max_failures)


def go_on(work: Callable[[Progress], Path], *, as_json: bool, reported: bool) -> None:
    """Do the work behind a progress bar, then print what the study says."""
    from sim.cli.bar import Bar
    from sim.cli.run import tell
    from sim.cli.stop import stoppable

    with Bar(lines=as_json) as bar, stoppable():
        folder = work(bar.watch())
    tell(folder, as_json=as_json, reported=reported)


def print_shard(folder: Path, shard: list[int], *, as_json: bool) -> None:
    """Print where a shard lies; what the study says is known when all of them are there."""
    from sim.cli.machine import print_json

    if as_json:
        print_json({"folder": str(folder), "shard": shard})
    else:
        print(f"Shard {shard[0]} of {shard[1]}: {folder}")
