"""``waterfall``: where the missing units of a stored study are, from the target down to what is in service.

Ledgers are made again for the months and the suppliers, and each must be the one that was stored.

Why: a shortfall has a place, a month and a supplier, and only then a remedy.
"""

from __future__ import annotations

from typing import Annotated, Final

import typer

from sim.cli.options import FindingFolder, Json, RunFolder, named

NAME: Final = "waterfall"


def command(
    folder: RunFolder,
    policies: Annotated[
        list[str] | None,
        typer.Option("--policies", metavar="NAMES", help="Only these policies, with commas between; the leading one."),
    ] = None,
    no_replay: Annotated[
        bool, typer.Option("--no-replay", help="The due day alone, without months and suppliers.")
    ] = False,
    out: FindingFolder = None,
    json: Json = False,
) -> None:
    """Show where the missing units are, mission by mission and supplier by supplier."""
    from sim.cli.bar import Bar
    from sim.cli.found import tell
    from sim.store import load
    from sim.store.finding import require_room
    from sim.study.stored import leading_policy, policies_asked
    from sim.study.waterfall import waterfall

    study = load(folder)
    require_room(out, study.scenario.id)
    names = named(policies)
    asked = policies_asked(study, names) if names else (leading_policy(study),)
    with Bar() as bar:
        found = waterfall(study, asked, again=not no_replay, progress=bar.told)
    tell(found, out, as_json=json)
