"""``extend``: make a complete study larger; only the futures that are missing are run.

Why: a pilot is part of the study that it asks for.
"""

from __future__ import annotations

from typing import Annotated, Final

import typer

from sim.cli.going_on import ClusterAddress, MaxFailures, NoReport, Regardless, Shared, Workers, go_on, how_of
from sim.cli.options import Json, RunFolder

NAME: Final = "extend"


def command(
    folder: RunFolder,
    replications: Annotated[int, typer.Option("--replications", "-n", help="How many futures in all.")],
    workers: Workers = None,
    max_failures: MaxFailures = 20,
    regardless: Regardless = False,
    cluster: ClusterAddress = None,
    shared_folder: Shared = False,
    json: Json = False,
    no_report: NoReport = False,
) -> None:
    """Make a complete study larger; the old one, with its report and findings, stays until the new one is whole."""
    from sim.study.resume import extend

    how = how_of(workers, cluster, shared_folder, max_failures)
    go_on(
        lambda told: extend(folder, replications, how, told, regardless=regardless),
        as_json=json,
        reported=not no_report,
    )
