"""Confidence sequences: intervals that hold at all numbers of runs together, however often somebody looks.

For values between two known ends, from independent runs. A bet at fixed odds against a supposed mean multiplies its
stake by 1 + κ·(x/m − 1) a run; if the mean is m that is a fair game, and a mixture of such bets passes 1/α with
probability at most α, ever. The interval holds the means against which it has not.

Why: who wants to stop on the day it is decided, and not on a day planned beforehand, pays with width and not with
truth.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from sim.study.statistics.interval import LEVEL, Interval, no_interval

SEQUENCE: Final = "confidence sequence (mixture of bets)"
_STAKES: Final = tuple(0.9 * 2.0**-halvings for halvings in range(10))
"""Shares of the stake put on each run; small ones for many runs, large ones for values that hardly vary."""
_LEAST: Final = 1e-9


def confidence_sequence(values: Sequence[float], within: tuple[float, float], level: float = LEVEL) -> Interval:
    """The mean of values between two ends: an interval that may be looked at after every run.

    Sources: Ville (1939); Robbins, Annals of Mathematical Statistics 41 (1970) 1397-1409; Howard, Ramdas, McAuliffe
    & Sekhon, Annals of Statistics 49 (2021) 1055-1080; Waudby-Smith & Ramdas, JRSS B 86 (2024) 1-27.
    """
    found = np.asarray(values, float)
    n = len(found)
    if not n:
        return no_interval(None, 0, 0, level, "no run")
    seen, counts = np.unique(found, return_counts=True)
    low, high = sequence_limits(seen, counts.astype(float), within, level)
    return Interval(float(found.mean()), low, high, n, n, level, SEQUENCE)


def sequence_limits(
    values: NDArray[np.float64], counts: NDArray[np.float64], within: tuple[float, float], level: float
) -> tuple[float, float]:
    """Limits from the values that occurred and how often each did, in any order.

    Raises ValueError if a value lies outside of ``within``.
    """
    least, most = within
    if values.min() < least or values.max() > most:
        raise ValueError(f"values: found {values.min()} to {values.max()}; expected them between {least} and {most}")
    shares = (values - least) / (most - least)
    low = _lower_limit(shares, counts, (1 - level) / 2)
    high = 1 - _lower_limit(1 - shares, counts, (1 - level) / 2)
    return least + (most - least) * low, least + (most - least) * high


def _lower_limit(shares: NDArray[np.float64], counts: NDArray[np.float64], alpha: float) -> float:
    """The least mean against which the bets have not yet won 1/alpha; their winnings fall as it rises."""

    def excess(mean: float) -> float:
        return _log_winnings(shares, counts, mean) - log(1 / alpha)

    mean = float(shares @ counts / counts.sum())
    if mean <= _LEAST or excess(_LEAST) <= 0:
        return 0.0
    return float(brentq(excess, _LEAST, mean, xtol=1e-8))


def _log_winnings(shares: NDArray[np.float64], counts: NDArray[np.float64], mean: float) -> float:
    stakes = np.array(_STAKES)[:, np.newaxis]
    grown = np.log1p(stakes * (shares / mean - 1)) @ counts
    largest = float(grown.max())
    return largest + log(float(np.exp(grown - largest).mean()))
