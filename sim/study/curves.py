"""The day a target is first reached, over the runs: which share has reached it by each day.

Every run is in the denominator until the horizon, the common day on which all are cut off.

Why: a mission that misses its day by a month and one that never comes are told apart only after the deadline.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray


class Curve(NamedTuple):
    """Days on which runs first reached the target, in order; runs that had not by the horizon have none."""

    policy: str
    mission: str
    days: NDArray[Any]
    n: int
    """Runs that did not fail."""
    N: int

    def share(self, day: int) -> float:
        """Of the runs that did not fail, reached by the end of a day."""
        return float(np.searchsorted(self.days, day, side="right")) / self.n if self.n else 0.0


def curve_of(missions: Mapping[str, NDArray[Any]], policy: str, mission: str, asked: int) -> Curve:
    """The curve of one mission.

    Parameters
    ----------
    missions
        Rows of one policy, column by column: ``mission``, ``reached``, ``reached_day``.
    asked
        Runs asked for.
    """
    own = missions["mission"] == mission
    return Curve(policy, mission, np.sort(missions["reached_day"][own & missions["reached"]]), int(own.sum()), asked)
