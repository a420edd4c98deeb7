"""``update``: a finished study after deliveries have become known: prior, actuals, posterior.

The futures of the study are weighted by how near their arrivals come to the actual ones; too few that do is refused.

Why: last year's study is still the best one there is, once it has been told what happened since.
"""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from sim.cli.analyses import Keep, PolicyName
from sim.cli.options import FindingFolder, Json, RunFolder
from sim.errors import TheirsError

NAME: Final = "update"


def command(
    folder: RunFolder,
    deliveries: Annotated[
        Path, typer.Argument(metavar="DELIVERIES", help="A CSV file with the columns date, offer, units.")
    ],
    policy: PolicyName = None,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="DATE", help="Last day of which all arrivals are known; the file's last."),
    ] = None,
    tolerance: Annotated[
        float, typer.Option("--tolerance", metavar="DAYS", help="How many days a unit may be off and still be near.")
    ] = 30.0,
    keep: Keep = None,
    out: FindingFolder = None,
    json: Json = False,
) -> None:
    """Weigh a finished study's futures by what has been delivered."""
    from sim.cli.analyses import policy_of_folder
    from sim.cli.bar import Bar
    from sim.cli.found import tell
    from sim.scenario.delivered import delivered_in
    from sim.store import load
    from sim.store.finding import require_room
    from sim.study.sensitivity.stored_change import learning_finding
    from sim.study.sensitivity.updated import Evidence, update

    if not tolerance > 0:
        raise TheirsError(f"--tolerance: found {tolerance}; expected days above zero.")
    study = load(folder)
    scenario = study.scenario
    chosen = policy_of_folder(study, policy)
    require_room(out, scenario.id)
    rows = delivered_in(deliveries, scenario)
    last = rows[-1].day if until is None else scenario.clock.calendar.day(_date(until))
    evidence = Evidence(rows, last, tolerance)
    print(f"Runs: {study.replications:,} of '{chosen}' are made again for their arrivals.", file=sys.stderr)
    with Bar() as bar:
        found = update(study, chosen, evidence, lambda done, total: bar.told(done, total, 0), keep)
    tell(learning_finding(found, evidence, scenario, int(study.manifest["seed"])), out, as_json=json)


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise TheirsError(f"--until: found '{text}'; expected a date such as 2026-11-30.") from None
