"""Course seats bought by date, the same under every rule (R28, R32).

A purchase falls on its date, or on the day policies begin to decide if that is later.

Why: people take longer to train than some drones take to arrive, whatever rule buys the drones.
"""

from __future__ import annotations

from sim.scenario.resolved import PolicySpec, Scenario
from sim.units import share_of


def seats_due(scenario: Scenario, spec: PolicySpec, day: int) -> list[tuple[str, int]]:
    """(mission, seats a month) to be taken on a day; a purchase dated before ``as_of`` is made on ``as_of``."""
    due = []
    for lever in spec.seats:
        crew = scenario.missions[lever.mission].crew
        if crew is not None and max(lever.day, scenario.clock.as_of_day) == day:
            due.append((lever.mission, share_of(crew.seats_per_month, lever.extra_share)))
    return due
