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
    sums = ShortfallSums()
    sums.take(own)
    return sums.shortfall()


class ShortfallSums:
    """Whole sums over a mission's rows, taken in part by part; what comes of them knows no cut and no order."""

    def __init__(self) -> None:
        self._rows = self._runs = self._missing = self._target = self._target_of_all = 0
        self._places = dict.fromkeys((*MISSING_PLACES, TOO_LOW), 0)

    def take(self, own: Mapping[str, NDArray[Any]]) -> None:
        """Take in some rows of the mission."""
        missing = own["target"] - own["deployed_counted"]
        falls = missing > 0
        self._rows += len(falls)
        self._target_of_all += int(own["target"].sum())
        self._runs += int(falls.sum())
        self._missing += int(missing[falls].sum())
        self._target += int(own["target"][falls].sum())
        units = {place: own[place][falls] for place in MISSING_PLACES}
        again = np.minimum(units["cancelled"], np.maximum(0, -units["not_ordered"]))
        units["cancelled"] = units["cancelled"] - again
        units["not_ordered"] = units["not_ordered"] + again
        units[TOO_LOW] = (own["deployed"] - own["deployed_counted"])[falls]
        for place, held in units.items():
            self._places[place] += int(held.sum())

    def shortfall(self) -> Shortfall:
        """The shortfall of all rows taken in."""
        runs = self._runs
        if not runs:
            return Shortfall(0, {}, 0.0, self._target_of_all / self._rows if self._rows else 0.0)
        places = {place: units / runs for place, units in self._places.items()}
        return Shortfall(runs, places, self._missing / runs, self._target / runs)
