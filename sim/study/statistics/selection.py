"""Choosing the best of several policies with a promised chance of being right.

Each observation is the mean of a macro-replication of 50 runs, all policies on the same futures. Policies that fall
too far behind another are dropped; when one is left, it is the choice. If the best is better than every other by the
indifference zone or more, it is chosen with at least the promised probability.

Why: whoever takes the one that came out on top has a fair chance of having taken the luckiest.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import Final

import numpy as np
from numpy.typing import NDArray

MACRO_RUNS: Final = 50
"""Runs of one macro-replication: the procedure wants nearly normal observations, and single 0/1 runs are none."""
FIRST_STAGE: Final = 12
"""Macro-replications before anything is dropped."""
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Race:
    """The fully sequential procedure of Kim and Nelson, valid when all policies meet the same futures."""

    first_means: Numbers
    """Shape (first stage, policies): the observations before anything is dropped."""
    zone: float
    """Differences up to this one do not matter."""
    alpha: float
    """The chance of a wrong choice that is allowed."""

    def __post_init__(self) -> None:
        """Refuse what the procedure cannot use. Raises ValueError."""
        n0, size = self.first_means.shape
        if n0 < 2 or size < 2 or not self.zone > 0 or not 0 < self.alpha < 1 - 1 / size:
            raise ValueError(
                f"found {n0} observations of {size} policies, zone {self.zone}, alpha {self.alpha}; expected two or"
                " more of both, a zone above 0 and an alpha between 0 and what guessing would give"
            )

    def reach(self) -> Numbers:
        """Shape (policies, policies): observations after which a pair is separated whatever happens, h²S²/δ²."""
        n0, size = self.first_means.shape
        eta = ((2 * self.alpha / (size - 1)) ** (-2 / (n0 - 1)) - 1) / 2
        between = self.first_means[:, :, np.newaxis] - self.first_means[:, np.newaxis, :]
        return np.asarray(2 * eta * (n0 - 1) * between.var(axis=0, ddof=1) / self.zone**2, float)

    def most(self, alive: NDArray[np.bool_] | None = None) -> int:
        """Observations after which the race is over at the latest, among all or those still in it."""
        reach = self.reach() if alive is None else self.reach()[np.ix_(alive, alive)]
        return max(len(self.first_means), floor(float(reach.max())) + 1)

    def survivors(self, sums: Numbers, observed: int, alive: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Who is still in the race after so many observations; when all left are separated, the best alone.

        Parameters
        ----------
        sums
            Sum of each policy's observations so far; of those already dropped anything.
        alive
            Who was in the race before.
        """
        slack = np.maximum(0.0, self.zone / 2 * (self.reach() - observed))
        behind = (sums[:, np.newaxis] < sums[np.newaxis, :] - slack) & alive[np.newaxis, :]
        left = alive & ~behind.any(axis=1)
        if observed < self.most(left) or left.sum() == 1:
            return left
        last = np.zeros_like(left)
        last[np.flatnonzero(left)[np.argmax(sums[left])]] = True
        return last
