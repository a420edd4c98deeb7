"""``confidence``: the chance that cost, day and quantity hold together in a stored study, and what 70 % costs.

Why: a budget with its own 70 % and a schedule with its own are two promises that need not be kept together.
"""

from __future__ import annotations

from typing import Annotated, Final

import typer

from sim.cli.options import FindingFolder, Json, RunFolder

NAME: Final = "confidence"


def command(
    folder: RunFolder,
    policy: Annotated[
        str | None, typer.Option("--policy", metavar="NAME", help="Which policy; the leading one by default.")
    ] = None,
    mission: Annotated[
        list[str] | None,
        typer.Option(
            "--mission", metavar="NAME", help="In time is this mission; may be repeated. The joint list by default."
        ),
    ] = None,
    quantity: Annotated[
        int | None,
        typer.Option("--quantity", metavar="UNITS", help="So many units of the one mission; its target by default."),
    ] = None,
    day: Annotated[
        str | None, typer.Option("--day", metavar="DATE", help="By this day; the deadline by default.")
    ] = None,
    cost: Annotated[
        float | None, typer.Option("--cost", metavar="BN", help="For no more than so many billions of yen.")
    ] = None,
    wanted: Annotated[float, typer.Option("--wanted", metavar="SHARE", help="The chance whose price is asked.")] = 0.7,
    out: FindingFolder = None,
    json: Json = False,
) -> None:
    """Tell how likely cost, day and quantity are together."""
    from sim.cli.found import tell
    from sim.store import load
    from sim.store.finding import require_room
    from sim.study.confidence import asked_of, joint_confidence
    from sim.study.stored import leading_policy, policies_asked

    study = load(folder)
    require_room(out, study.scenario.id)
    asked = asked_of(
        study,
        leading_policy(study) if policy is None else policies_asked(study, (policy,))[0],
        mission or (),
        quantity=quantity,
        day=None if day is None else _day(day, study.scenario.clock.calendar),
        cost_yen=None if cost is None else round(cost * 1e9),
        wanted=wanted,
    )
    tell(joint_confidence(study, asked), out, as_json=json)


def _day(text: str, calendar: object) -> int:
    """A date as a day of the study. Raises TheirsError for what is none."""
    import datetime

    from sim.calendar import Calendar
    from sim.errors import TheirsError

    assert isinstance(calendar, Calendar)
    try:
        return calendar.day(datetime.date.fromisoformat(text))
    except ValueError as error:
        raise TheirsError(f"day: found '{text}'; expected a date as year-month-day, such as 2028-03-31.") from error
