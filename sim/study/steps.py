"""Steps: the widths of the bins in which monthly series are counted, fixed by the scenario.

A step is the first of 1, 2 and 5 times a power of ten with which five hundred reach what the scenario takes for most
likely: a mission's target, a line's largest year. Up to 500 units the counts are exact.

Why: bins that the runs decide would differ between two halves of one study.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sim.future.inputs import InputSheet
from sim.scenario.resolved import Line, Scenario
from sim.store import Steps
from sim.units import BASIS_POINTS

BINS: Final = 500
"""Steps that reach the mode."""


def steps_of(scenarios: Iterable[Scenario]) -> Steps:
    """The steps of a study; where its scenarios differ, the widest."""
    missions: dict[str, int] = {}
    lines: dict[str, int] = {}
    for scenario in scenarios:
        sheet = InputSheet(scenario)
        modes = sheet.entered(sheet.at_modes())
        for mission in scenario.missions.values():
            missions[mission.id] = max(missions.get(mission.id, 1), round_step(modes[mission.target.number] / BINS))
        for line in scenario.lines.values():
            lines[line.id] = max(lines.get(line.id, 1), round_step(_largest_year_yen(line, modes) / BINS))
    return Steps(missions, lines)


def _largest_year_yen(line: Line, modes: tuple[int | float, ...]) -> float:
    amounts = [0.0]
    for year in line.appropriations.values():
        if year.amount is not None:
            amounts.append(modes[year.amount.number])
        elif year.request is not None and year.approval is not None:
            amounts.append(modes[year.request.number] * modes[year.approval.number] / BASIS_POINTS)
    return max(amounts)


def round_step(least: float) -> int:
    """The first of 1, 2, 5, 10, 20 … that is no smaller.

    >>> round_step(0.1), round_step(3.52), round_step(41)
    (1, 5, 50)
    """
    power = 1
    while True:
        for digit in (1, 2, 5):
            if digit * power >= least:
                return digit * power
        power *= 10
