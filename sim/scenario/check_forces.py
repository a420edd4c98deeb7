"""Checks of the clock, the parameters, the missions and the lists that name them.

Dates are ordered start <= as_of <= deadline <= horizon; every mission is due inside the clock.

Why: a due date outside the simulated days would make every plan fail, or none.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sim.scenario.fields import Trouble
from sim.scenario.forms import Arithmetic
from sim.scenario.written import WrittenScenario
from sim.scenario.written_forces import MissionWritten

_LONGEST_YEARS = 30


def check_clock(scenario: WrittenScenario) -> Iterator[Trouble]:
    """The clock's dates are in order."""
    for first, second in pairwise(("start", "as_of", "deadline", "horizon")):
        before, after = getattr(scenario.clock, first), getattr(scenario.clock, second)
        if after < before:
            yield Trouble(
                ("clock", second),
                after.isoformat(),
                f"a date not before clock.{first}, {before}",
                "The order is start <= as_of <= deadline <= horizon.",
            )
    clock = scenario.clock
    if clock.horizon.year - clock.start.year > _LONGEST_YEARS:
        yield Trouble(("clock", "horizon"), None, f"a date within {_LONGEST_YEARS} years of the start")


def check_parameters(scenario: WrittenScenario) -> Iterator[Trouble]:
    """A named parameter is a belief of its own, not a formula over others."""
    for name, quantity in scenario.parameters.items():
        if isinstance(quantity.form, Arithmetic):
            way_out = "Write the formula where the parameter is used."
            yield Trouble(("parameters", name), quantity.form.formula, "a value or a distribution", way_out)


def check_joint(scenario: WrittenScenario) -> Iterator[Trouble]:
    """Lists of missions name each once; somebody has a weight."""
    lists: dict[tuple[str, ...], list[str]] = {("joint",): scenario.joint}
    lists |= {("mission_sets", name): one for name, one in scenario.mission_sets.items()}
    for path, missions in lists.items():
        for place, mission in enumerate(missions):
            if mission in missions[:place]:
                yield Trouble((*path, str(place)), None, "each mission once", "Leave the second out.")
    if scenario.missions and not any(mission.weight for mission in scenario.missions.values()):
        yield Trouble(("missions",), "no mission with a weight", "a weight above zero for at least one mission")
    if not scenario.missions:
        yield Trouble(("missions",), "no mission", "at least one mission")


def check_mission(scenario: WrittenScenario, name: str, mission: MissionWritten) -> Iterator[Trouble]:
    """The due day lies inside the clock, and each line is named once."""
    clock = scenario.clock
    if mission.due is not None and not clock.start <= mission.due <= clock.horizon:
        expected = f"a date from clock.start {clock.start} to clock.horizon {clock.horizon}"
        yield Trouble(("missions", name, "due"), None, expected, "Move the horizon, or the due date.")
    for place, line in enumerate(mission.lines):
        if line in mission.lines[:place]:
            yield Trouble(("missions", name, "lines", str(place)), None, "each line once", "Leave the second out.")


def check_crew(scenario: WrittenScenario, name: str, mission: MissionWritten) -> Iterator[Trouble]:
    """Courses open inside the clock; the opening stock's people are the file's business."""
    if mission.crew is not None and mission.crew.opens > scenario.clock.horizon:
        expected = f"a date not after clock.horizon {scenario.clock.horizon}"
        yield Trouble(("missions", name, "crew", "opens"), None, expected)
