"""How many units a mission still lacks, as the buyer reckons it (R31).

Two gaps: what will be missing on the due day, and what will be missing for good. A lot promised for after the due day
fills the second and not the first.

Why: a late lot must not hide a gap, and must not be bought twice either.
"""

from __future__ import annotations

from sim.policy.observation import Observation
from sim.scenario.resolved import Levers, Mission
from sim.units import divide_half_up

LONG_AGO_DAYS = 1_000_000
"""Before every promise: what is expected tomorrow at the earliest cannot be in time for a day that has come."""


def wanted(target: int, levers: Levers) -> int:
    """Units to be bought for a target with the over-order margin, rounded up."""
    return -(-target * (10_000 + levers.over_order_margin) // 10_000)


def gap_for_good(seen: Observation, mission: Mission, levers: Levers) -> int:
    """Units that will be missing even when everything ordered has come; never below zero."""
    target, deployed, coming = seen.mission(mission.id)
    return max(0, wanted(target, levers) - deployed - coming)


def gap_on_due_day(seen: Observation, mission: Mission, levers: Levers) -> int:
    """Units that will be missing on the due day by stretched promises, net of believed losses; never below zero."""
    view = seen.mission(mission.id)
    months_left = max(0, mission.due_day - seen.day) / 30.4375
    kept = int(view.deployed * (1 - seen.losses_known()[mission.id]) ** months_left)
    latest = latest_promise(seen.day, mission.due_day, levers.schedule_margin)
    in_time = seen.coming_by(mission.id, latest)
    return max(0, wanted(view.target, levers) - kept - in_time)


def latest_promise(today: int, due_day: int, margin: int) -> int:
    """The latest promised day that, stretched, is not after the due day.

    >>> latest_promise(0, 100, 12_500), stretched(0, 80, 12_500), stretched(0, 81, 12_500)
    (80, 100, 101)
    """
    left = due_day - today
    if left < 1:
        return today - LONG_AGO_DAYS
    # stretched(today, today + d) <= due_day  <=>  2 d margin + 10,000 < 2 (left + 1) 10,000
    return today + (20_000 * left + 9_999) // (2 * margin)


def stretched(today: int, promised_day: int, margin: int) -> int:
    """A promised day with the schedule margin on what is left of it; one that has passed is expected tomorrow."""
    if promised_day <= today:
        return today + 1
    return today + divide_half_up((promised_day - today) * margin, 10_000)
