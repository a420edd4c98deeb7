"""``merge``: put the shards of a study together.

Why: places that have only a job queue run a study in parts.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from sim.cli.going_on import MaxFailures, NoReport, Workers, go_on, how_of
from sim.cli.options import Json

NAME: Final = "merge"


def command(
    place: Annotated[Path, typer.Argument(metavar="DIR", help="What every shard was given with --out.")],
    workers: Workers = None,
    max_failures: MaxFailures = 20,
    json: Json = False,
    no_report: NoReport = False,
) -> None:
    """Put the shards of a study together; they stay as they are."""
    from sim.study.merge import merge

    how = how_of(workers, None, False, max_failures)
    go_on(lambda _: merge(place, how), as_json=json, reported=not no_report)
