"""Which inputs a box is looked for along: those whose quarters differ most in the output.

An input takes part by what it shows by itself, on the points that search; what a box promises is told on others.

Why: of two hundred inputs some cut away the six worst points by chance, and a peel that asks all of them follows those.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.study.sensitivity.output import Floats

MOST_SEARCHED: Final = 12
_QUARTERS: Final = (0.25, 0.5, 0.75)


def prominent(x: Floats, y: Floats, most: int = MOST_SEARCHED) -> tuple[int, ...]:
    """Columns whose quarters account for most of the output's variance, in ascending order.

    Parameters
    ----------
    x
        One row a parameter point, one column an input.
    y
        Mean of what is of interest at each point.
    most
        How many columns; all where there are no more.

    The share is the adjusted one (epsilon squared: Kelley, Proceedings of the National Academy of Sciences 21 (1935)
    554-559), so that an input with few values is not behind one with many. Equals stand in the order of the columns.
    """
    shares = [_between(x[:, column], y) for column in range(x.shape[1])]
    order = sorted(range(len(shares)), key=lambda column: (-shares[column], column))
    return tuple(sorted(order[:most]))


def _between(values: Floats, y: Floats) -> float:
    """Adjusted share of the output's variance that lies between the quarters of one input; below zero: none."""
    group: NDArray[np.int64] = np.searchsorted(np.unique(np.quantile(values, _QUARTERS, method="higher")), values)
    counts = np.bincount(group)
    kept = counts > 0
    groups, n = int(kept.sum()), len(y)
    if groups < 2 or n <= groups:
        return -1.0
    means = np.bincount(group, weights=y)[kept] / counts[kept]
    within = 1.0 - float(counts[kept] @ (means - y.mean()) ** 2) / float(((y - y.mean()) ** 2).sum())
    return 1.0 - within * (n - 1) / (n - groups)
