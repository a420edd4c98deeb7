"""Checks of what only shocks to home production say: stock lost by a line that stops, users whose parts do not flow.

A stop's size is its length; stock is lost by lines alone.

Why: a key that a kind of shock does not read would be believed to have been felt.
"""

from __future__ import annotations

from collections.abc import Iterator

from sim.scenario.fields import Trouble
from sim.scenario.written import WrittenScenario
from sim.scenario.written_policy import ShockWritten


def check_home_shock(scenario: WrittenScenario, name: str, shock: ShockWritten) -> Iterator[Trouble]:
    """A line's stop has one length, and nothing else loses stock; users are named once."""
    path = ("shocks", name)
    if shock.kind == "line_stop":
        for key in ("until", "months"):
            if getattr(shock, key) is not None:
                expected, way_out = f"no {key} for the kind line_stop", "Its size is how long the line stands still."
                yield Trouble((*path, key), None, expected, way_out)
    elif shock.stock_lost_months is not None:
        expected = "no stock lost but for the kind line_stop"
        yield Trouble((*path, "stock_lost_months"), None, expected, "Leave it out.")
    users = shock.subjects.users or []
    for place, user in enumerate(users):
        if user in users[:place]:
            yield Trouble((*path, "subjects", "users", str(place)), None, "each user once", "Leave the second out.")
