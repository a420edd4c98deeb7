"""Quantiles of many triangular beliefs in one call, bit for bit those of ``Triangular.quantile`` one by one.

A square root is rounded in the same way everywhere, alone or in an array; an exponential is not, so no other shape has
its like here.

Why: a run draws some thousand days, and in an array a day costs a twentieth.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.distributions.smooth import Triangular


class Triangulars:
    """Beliefs in a fixed order."""

    __slots__ = ("_high", "_left", "_low", "_mode", "_right", "_width")

    def __init__(self, beliefs: Sequence[Triangular]) -> None:
        self._low = np.array([each.least for each in beliefs], np.float64)
        self._mode = np.array([each.likeliest for each in beliefs], np.float64)
        self._high = np.array([each.greatest for each in beliefs], np.float64)
        self._width, self._left, self._right = self._high - self._low, self._mode - self._low, self._high - self._mode

    def __len__(self) -> int:
        return len(self._mode)

    def quantiles(self, us: NDArray[np.float64]) -> NDArray[np.float64]:
        """Each belief's quantile at its own uniform, strictly between 0 and 1, which is not checked."""
        reached = us * self._width
        left = np.minimum(self._low + np.sqrt(reached * self._left), self._mode)
        right = np.maximum(self._high - np.sqrt((1.0 - us) * self._width * self._right), self._mode)
        found: NDArray[np.float64] = np.where(reached <= self._left, left, right)
        return found
