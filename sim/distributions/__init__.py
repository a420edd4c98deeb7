"""The distributions a scenario may state, each as a quantile function that turns luck into a value.

Every quantile is a scalar function of one uniform, in Python's own math, and never falls when u grows.

Why: the same uniform must mean the same luck under every policy and engine, bit for bit; and good luck
must stay good luck when an estimate changes.
"""

from __future__ import annotations

from math import nextafter
from typing import Protocol

from sim.distributions.binomial import binomial_quantile
from sim.distributions.checks import require_uniform
from sim.distributions.pert import Pert
from sim.distributions.smooth import Lognormal, Normal, Triangular, Uniform, normal_cdf, normal_quantile
from sim.distributions.stepwise import Constant, Discrete, Empirical

__all__ = [
    "Constant",
    "Discrete",
    "Distribution",
    "Empirical",
    "Lognormal",
    "Normal",
    "Pert",
    "Triangular",
    "Uniform",
    "beyond",
    "binomial_quantile",
    "normal_cdf",
    "normal_quantile",
]

_LEAST_REMAINDER = 1e-12


class Distribution(Protocol):
    """What all of them can say; values are in the unit the distribution was stated in."""

    def quantile(self, u: float) -> float:
        """Value that a share ``u`` of cases does not pass. Raises ValueError unless 0 < u < 1."""

    def cdf(self, x: float) -> float:
        """Chance of a value of at most ``x``."""

    def mode(self) -> float:
        """Most likely value."""

    def mean(self) -> float:
        """Expected value."""

    def variance(self) -> float:
        """Variance, in the square of the unit."""

    def low(self) -> float:
        """Lower end of the possible values, perhaps minus infinity."""

    def high(self) -> float:
        """Upper end of the possible values, perhaps infinity."""

    def scaled(self, factor: float) -> Distribution:
        """The same distribution in another unit. Raises ValueError unless 0 < factor < infinity."""


def beyond(distribution: Distribution, floor: float, u: float) -> float:
    """Quantile at ``u`` of what remains of a distribution, given that the value exceeds ``floor`` (rule R8).

    Raises ValueError unless 0 < u < 1, or if less than 1e-12 of the distribution lies beyond ``floor``.

    >>> beyond(Uniform(0.0, 10.0), 4.0, 0.5)
    7.0
    """
    require_uniform(u)
    passed = distribution.cdf(floor)
    if not 1.0 - passed >= _LEAST_REMAINDER:
        raise ValueError(
            f"nothing remains beyond {floor}: {distribution} exceeds it with a chance below"
            f" {_LEAST_REMAINDER}; widen the distribution, or state the outcome as given"
        )
    # rounding must neither fall back onto what has passed nor reach 1
    place = min(max(passed + u * (1.0 - passed), nextafter(passed, 1.0)), nextafter(1.0, 0.0))
    # a computed quantile of cdf(floor) may miss the floor by its last bits; the answer by definition does not
    return max(distribution.quantile(place), floor)
