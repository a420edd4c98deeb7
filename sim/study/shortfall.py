"""Where a mission's missing units are, on its due day, over the runs in which it falls short.

The places of R37 add up to the shortfall exactly, run by run. Cancelled units that were ordered anew are not what is
missing: what was ordered beyond the target comes off them first.

Why: an order that is late and an order that was never placed are mended by different people.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

MISSING_PLACES: Final = (
    "not_ordered", "tender", "approval", "queue", "production", "waiting_parts", "shipping", "acceptance",
    "waiting_crew", "fielding", "lost", "retired", "cancelled",
)  # fmt: skip
"""Where a missing unit can be (R37)."""
TOO_LOW: Final = "below_quality"
"""In service, but of less than the mission's lowest quality."""
OF_A_MISSION: Final = ("target", "deployed", "deployed_counted", *MISSING_PLACES)
"""Columns of a mission's rows that it takes."""


class Shortfall(NamedTuple):
    """Means over the runs that fall short."""

    runs: int
    """How many fall short."""
    places: Mapping[str, float]
    """Place -> units there; below zero where more was ordered than wanted. Empty where no run falls short."""
    missing: float
    """Units missing: the sum of the places."""
    target: float
    """Over the runs that fall short; over all where none does."""

    def largest(self) -> str:
        """The place that holds most of them. Raises ValueError where no run falls short."""
        return max(self.places, key=lambda place: self.places[place])


def shortfall_of(own: Mapping[str, NDArray[Any]]) -> Shortfall:
    """The shortfall of one mission.

    Parameters
    ----------
    own
        Its rows, column by column: at least those of ``OF_A_MISSION``, one value a run.
    """
    missing = own["target"] - own["deployed_counted"]
    falls = missing > 0
    if not falls.any():
        return Shortfall(0, {}, 0.0, float(own["target"].mean()) if len(falls) else 0.0)
    units = {place: own[place][falls] for place in MISSING_PLACES}
    again = np.minimum(units["cancelled"], np.maximum(0, -units["not_ordered"]))
    units["cancelled"] = units["cancelled"] - again
    units["not_ordered"] = units["not_ordered"] + again
    units[TOO_LOW] = (own["deployed"] - own["deployed_counted"])[falls]
    places = {place: float(held.mean()) for place, held in units.items()}
    return Shortfall(int(falls.sum()), places, float(missing[falls].mean()), float(own["target"][falls].mean()))
