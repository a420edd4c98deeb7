"""``resume``: go on with a study that was broken off, by Ctrl-C, a crash, a full disk or a power cut.

Why: what was done should not have to be done again.
"""

from __future__ import annotations

from typing import Final

from sim.cli.going_on import ClusterAddress, MaxFailures, NoReport, Regardless, Shared, Workers, go_on, how_of
from sim.cli.options import Json, RunFolder

NAME: Final = "resume"


def command(
    folder: RunFolder,
    workers: Workers = None,
    max_failures: MaxFailures = 20,
    regardless: Regardless = False,
    cluster: ClusterAddress = None,
    shared_folder: Shared = False,
    json: Json = False,
    no_report: NoReport = False,
) -> None:
    """Go on with a study that was broken off; DIR is where it would be, with or without .part."""
    from sim.study.resume import resume

    how = how_of(workers, cluster, shared_folder, max_failures)
    go_on(lambda told: resume(folder, how, told, regardless=regardless), as_json=json, reported=not no_report)
