"""What policies are compared on: each measure with its column, its unit, its direction and what does not matter in it.

Weighted fulfilment is the headline; then the joint list's chance, each mission's, units in service, and cost.

Why: "better" needs a direction, and "no matter" a size, before anybody has seen a number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sim.errors import TheirsError, nearest
from sim.scenario.resolved import Scenario

Sort: TypeAlias = Literal["chance", "share", "amount"]


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure of a run."""

    id: str
    """Its column in the frame of ``run_cases``."""
    title: str
    unit: str
    sort: Sort
    """``chance``: 0 or 1 a run; ``share``: between 0 and 1; ``amount``: anything."""
    more_is_better: bool = True

    @property
    def within(self) -> tuple[float, float] | None:
        """What every value lies between; None: anything."""
        return None if self.sort == "amount" else (0.0, 1.0)

    def zone(self, share: float, about: float) -> float:
        """The indifference zone in the measure's unit: the share itself, or that part of an amount of about so much."""
        return share * abs(about) if self.sort == "amount" and about else share


FULFILMENT = Measured("fulfilment", "weighted fulfilment", "share", "share")


def measures_of(scenario: Scenario) -> tuple[Measured, ...]:
    """Every measure of a scenario, the headline first."""
    return tuple(_measures(scenario))


def _measures(scenario: Scenario) -> Iterator[Measured]:
    yield FULFILMENT
    if len(scenario.joint) > 1:  # of one mission it is that mission's chance
        yield Measured(
            "all_met",
            f"chance of all of: {', '.join(scenario.missions[id].title for id in scenario.joint)}",
            "share",
            "chance",
        )
    for mission in scenario.missions.values():
        yield Measured(f"met/{mission.id}", f"chance of {mission.title}", "share", "chance")
    for mission in scenario.missions.values():
        yield Measured(f"deployed/{mission.id}", f"in service: {mission.title}", "units", "amount")
    yield Measured("cost", "cost", "yen", "amount", more_is_better=False)


def measure_asked(scenario: Scenario, name: str) -> Measured:
    """A measure by its id; a mission's name stands for its chance. Raises TheirsError for one that is not there."""
    known = {each.id: each for each in measures_of(scenario)}
    joint = scenario.joint[0] if name == "all_met" and len(scenario.joint) == 1 else name
    found = known.get(name) or known.get(f"met/{joint}")
    if found is None:
        raise TheirsError(f"no measure '{name}'. {nearest(name, list(known))}")
    return found


def share_asked(scenario: Scenario, name: str) -> Measured:
    """A measure between 0 and 1. Raises TheirsError for another one, or one that is not there."""
    found = measure_asked(scenario, name)
    if found.within is None:
        known = [each.id for each in measures_of(scenario) if each.within is not None]
        raise TheirsError(f"measure '{name}': found an amount without known ends; expected one of {', '.join(known)}.")
    return found
