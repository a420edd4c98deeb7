"""Many runs in bins: counts in bins that are fixed beforehand, and the quantiles that they still give.

Adding counts is exact and knows no order, so that any cut of a batch into chunks gives the same numbers. A quantile's
interval reaches to the outer edges of the bins that its bounds fall into.

Why: sketches that are merged give other numbers on two workers than on three.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.study.statistics.interval import LEVEL, Interval, no_interval
from sim.study.statistics.quantiles import kind_of, ranks


@dataclass(frozen=True, slots=True)
class Bins:
    """Bins of whole numbers: ``first``, ``first + width`` and so on; what lies outside counts in the outermost."""

    first: int
    width: int
    size: int

    def counts(self, values: Iterable[int]) -> NDArray[np.int64]:
        """How many values fall into each bin, and how many below the first and beyond the last.

        Returns
        -------
        Shape (size + 2,): below, the bins, beyond.
        """
        places = (np.fromiter(values, np.int64) - self.first) // self.width
        return np.bincount(np.clip(places, -1, self.size) + 1, minlength=self.size + 2).astype(np.int64)

    def quantile(self, counts: NDArray[np.int64], p: float, asked: int | None = None, level: float = LEVEL) -> Interval:
        """A quantile of all values counted, to the width of a bin; with width 1 it is the runs' own value.

        A value or bound below the first bin or beyond the last is None.

        Parameters
        ----------
        counts
            Sum of what ``counts`` gave, over any parts of the runs.
        asked
            All runs; None: none failed.
        """
        n = int(counts.sum())
        asked = n if asked is None else asked
        place, low_rank, high_rank = ranks(n, p, asked, level)
        if not n:
            return no_interval(None, n, asked, level, "no run succeeded")
        kind = kind_of(n, asked) if self.width == 1 else f"{kind_of(n, asked)}, in bins of {self.width}"
        value = self._start(counts, place)
        low = self._start(counts, low_rank) if low_rank >= 1 else None
        high = self._start(counts, high_rank) if high_rank <= n else None
        return Interval(value, low, None if high is None else high + self.width - 1, n, asked, level, kind)

    def _start(self, counts: NDArray[np.int64], rank: int) -> int | None:
        """The lowest value of the bin that holds the value of this rank; None if it lies outside of all."""
        place = int(np.searchsorted(np.cumsum(counts), rank)) - 1
        return self.first + self.width * place if 0 <= place < self.size else None
