"""``aftermath``: what each policy of a stored study leaves behind after the deadline.

How long stocks last is told of a study that was run with a shock of losses after the deadline.

Why: the deadline is a day, and the fleet has to last for years.
"""

from __future__ import annotations

from typing import Annotated, Final

import typer

from sim.cli.options import FindingFolder, Json, Policies, RunFolder, named
from sim.errors import TheirsError

NAME: Final = "aftermath"


def command(
    folder: RunFolder,
    policies: Policies = None,
    floor: Annotated[
        float, typer.Option("--floor", metavar="SHARE", help="Stock lasts while this share of the eve's is in service.")
    ] = 0.5,
    out: FindingFolder = None,
    json: Json = False,
) -> None:
    """Tell home production, running cost and days of supply, policy by policy."""
    from sim.cli.found import tell
    from sim.store import load
    from sim.store.finding import require_room
    from sim.study.aftermath import aftermath
    from sim.study.stored import policies_asked

    if not 0 < floor <= 1:
        raise TheirsError(f"floor: found {floor}; expected a share above 0 and up to 1, such as 0.5.")
    study = load(folder)
    require_room(out, study.scenario.id)
    tell(aftermath(study, policies_asked(study, named(policies)), floor), out, as_json=json)
