"""How many units a mission still lacks, as the buyer reckons it (R31).

Two gaps: what will be missing on the due day, and what will be missing for good. A lot promised for after the due day
fills the second and not the first.

Why: a late lot must not hide a gap, and must not be bought twice either.
"""

from __future__ import annotations

from typing import NamedTuple

from sim.policy.observation import MissionView, Observation
from sim.scenario.resolved import Levers, Mission
from sim.units import divide_half_up


class Gap(NamedTuple):
    """Units wanting; never below zero."""

    on_due_day: int
    for_good: int


def gap(seen: Observation, mission: Mission, view: MissionView, levers: Levers) -> Gap:
    """The mission's gaps today against its target with the over-order margin, net of expected losses."""
    wanted = -(-view.target * (10_000 + levers.over_order_margin) // 10_000)
    months_left = max(0, mission.due_day - seen.day) / 30.4375
    kept = int(view.deployed * (1 - seen.losses_known()[mission.id]) ** months_left)
    in_time = sum(
        coming.units
        for coming in view.coming
        if stretched(seen.day, coming.expected_day, levers.schedule_margin) <= mission.due_day
    )
    ever = sum(coming.units for coming in view.coming)
    return Gap(max(0, wanted - kept - in_time), max(0, wanted - view.deployed - ever))


def stretched(today: int, promised_day: int, margin: int) -> int:
    """A promised day with the schedule margin on what is left of it; one that has passed is expected tomorrow."""
    if promised_day <= today:
        return today + 1
    return today + divide_half_up((promised_day - today) * margin, 10_000)
