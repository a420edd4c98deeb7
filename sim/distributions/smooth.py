"""Continuous distributions with a quantile in closed form: uniform, triangular, lognormal, normal.

Each quantile is a chain of operations that never turn back when u grows, so it is monotone to the last bit.

Why: a quantile that dips by a single bit on a rounding edge would let better luck bring a later day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import erfc, exp, expm1, inf, log, sqrt
from statistics import NormalDist
from typing import Final

from sim.distributions.checks import require_factor, require_finite, require_uniform

_STANDARD_NORMAL: Final = NormalDist()
_Z_90: Final = _STANDARD_NORMAL.inv_cdf(0.9)
_SQRT_HALF: Final = sqrt(0.5)


def normal_quantile(u: float) -> float:
    """Quantile of the standard normal. Raises ValueError unless 0 < u < 1. Source: Wichura, AS 241 (1988)."""
    require_uniform(u)
    return _STANDARD_NORMAL.inv_cdf(u)


def normal_cdf(z: float) -> float:
    """Chance that a standard normal is at most ``z``, with all digits far into the lower tail."""
    return 0.5 * erfc(-z * _SQRT_HALF)


@dataclass(frozen=True, slots=True, init=False)
class Uniform:
    """Anything from ``low`` to ``high`` alike; its mode is the middle, by convention.

    Raises ValueError unless both are finite and low <= high.
    """

    least: float
    greatest: float

    def __init__(self, low: float, high: float) -> None:
        require_finite("uniform", low, high)
        if not low <= high:
            raise ValueError(f"uniform: expected low <= high, got {low} / {high}")
        object.__setattr__(self, "least", low)
        object.__setattr__(self, "greatest", high)

    def quantile(self, u: float) -> float:
        """Value that a share ``u`` of cases does not pass. Raises ValueError unless 0 < u < 1."""
        require_uniform(u)
        # cannot pass the end: u is below 1 by half a bit at least, more than the width was rounded up by
        return self.least + u * (self.greatest - self.least)

    def cdf(self, x: float) -> float:
        """Chance of a value of at most ``x``."""
        if x < self.least:
            return 0.0
        return 1.0 if x >= self.greatest else (x - self.least) / (self.greatest - self.least)

    def mode(self) -> float:
        """The middle, by convention: no value is likelier."""
        return self.mean()

    def mean(self) -> float:
        """Expected value."""
        return 0.5 * (self.least + self.greatest)

    def variance(self) -> float:
        """Variance, in the square of the unit."""
        return (self.greatest - self.least) ** 2 / 12.0

    def low(self) -> float:
        """Lower end of the possible values."""
        return self.least

    def high(self) -> float:
        """Upper end of the possible values."""
        return self.greatest

    def scaled(self, factor: float) -> Uniform:
        """The same in another unit. Raises ValueError unless 0 < factor < infinity."""
        require_factor(factor)
        return Uniform(self.least * factor, self.greatest * factor)


@dataclass(frozen=True, slots=True, init=False)
class Triangular:
    """A three-point estimate with straight flanks; all three may be one value.

    Raises ValueError unless all are finite and low <= mode <= high.
    Source: Kotz & van Dorp, *Beyond Beta* (2004), ch. 1.

    >>> Triangular(10.0, 20.0, 30.0).quantile(0.5)
    20.0
    """

    least: float
    likeliest: float
    greatest: float

    def __init__(self, low: float, mode: float, high: float) -> None:
        require_finite("triangular", low, mode, high)
        if not low <= mode <= high:
            raise ValueError(f"triangular: expected low <= mode <= high, got {low} / {mode} / {high}")
        object.__setattr__(self, "least", low)
        object.__setattr__(self, "likeliest", mode)
        object.__setattr__(self, "greatest", high)

    def quantile(self, u: float) -> float:
        """Value that a share ``u`` of cases does not pass. Raises ValueError unless 0 < u < 1."""
        if not 0.0 < u < 1.0:  # most of a run's draws come here, so nothing is called that need not be
            require_uniform(u)
        low, mode, high = self.least, self.likeliest, self.greatest
        width = high - low
        # each flank may pass the mode by one bit, and a dip there would not be monotone
        if u * width <= mode - low:
            return min(low + sqrt(u * width * (mode - low)), mode)
        return max(high - sqrt((1.0 - u) * width * (high - mode)), mode)

    def cdf(self, x: float) -> float:
        """Chance of a value of at most ``x``."""
        low, mode, high = self.least, self.likeliest, self.greatest
        if x < low:
            return 0.0
        if x >= high:
            return 1.0
        if x <= mode and mode > low:
            return (x - low) ** 2 / ((high - low) * (mode - low))
        return 1.0 - (high - x) ** 2 / ((high - low) * (high - mode))

    def mode(self) -> float:
        """Most likely value."""
        return self.likeliest

    def mean(self) -> float:
        """Expected value."""
        return (self.least + self.likeliest + self.greatest) / 3.0

    def variance(self) -> float:
        """Variance, in the square of the unit, written so that nothing cancels."""
        left, right = self.likeliest - self.least, self.greatest - self.likeliest
        return (left * left + left * right + right * right) / 18.0

    def low(self) -> float:
        """Lower end of the possible values."""
        return self.least

    def high(self) -> float:
        """Upper end of the possible values."""
        return self.greatest

    def scaled(self, factor: float) -> Triangular:
        """The same in another unit. Raises ValueError unless 0 < factor < infinity."""
        require_factor(factor)
        return Triangular(self.least * factor, self.likeliest * factor, self.greatest * factor)


@dataclass(frozen=True, slots=True)
class Lognormal:
    """A lognormal given by the values that 10 % and 90 % of cases stay below.

    Raises ValueError unless both are finite and 0 < p10 < p90.
    """

    p10: float
    p90: float
    log_mean: float = field(init=False, repr=False)
    log_sd: float = field(init=False, repr=False)

    def __post_init__(self) -> None:
        require_finite("lognormal", self.p10, self.p90)
        if not 0.0 < self.p10 < self.p90:
            raise ValueError(f"lognormal: expected 0 < p10 < p90, got {self.p10} / {self.p90}")
        object.__setattr__(self, "log_mean", 0.5 * (log(self.p10) + log(self.p90)))
        object.__setattr__(self, "log_sd", 0.5 * (log(self.p90) - log(self.p10)) / _Z_90)

    @classmethod
    def from_log(cls, mean: float, sd: float) -> Lognormal:
        """Lognormal whose logarithm has this mean and standard deviation (kept to the last bit).

        Raises ValueError unless both are finite and sd > 0, or if p10 or p90 is out of a float's range.
        """
        require_finite("lognormal", mean, sd)
        if not sd > 0.0:
            raise ValueError(f"lognormal: expected a standard deviation above zero, got {sd}")
        try:
            made = cls(exp(mean - _Z_90 * sd), exp(mean + _Z_90 * sd))
        except OverflowError:
            raise ValueError(f"lognormal: log-mean {mean} and log-sd {sd} pass the largest number") from None
        object.__setattr__(made, "log_mean", mean)
        object.__setattr__(made, "log_sd", sd)
        return made

    def quantile(self, u: float) -> float:
        """Value that a share ``u`` of cases does not pass. Raises ValueError unless 0 < u < 1."""
        return exp(self.log_mean + self.log_sd * normal_quantile(u))

    def cdf(self, x: float) -> float:
        """Chance of a value of at most ``x``."""
        return normal_cdf((log(x) - self.log_mean) / self.log_sd) if x > 0.0 else 0.0

    def mode(self) -> float:
        """Most likely value: exp(log_mean - log_sd²)."""
        return exp(self.log_mean - self.log_sd**2)

    def mean(self) -> float:
        """Expected value: exp(log_mean + log_sd²/2)."""
        return exp(self.log_mean + 0.5 * self.log_sd**2)

    def variance(self) -> float:
        """Variance, in the square of the unit."""
        return expm1(self.log_sd**2) * self.mean() ** 2

    def low(self) -> float:
        """Zero, which it never reaches."""
        return 0.0

    def high(self) -> float:
        """Infinity."""
        return inf

    def scaled(self, factor: float) -> Lognormal:
        """The same in another unit. Raises ValueError unless 0 < factor < infinity."""
        require_factor(factor)
        return Lognormal.from_log(self.log_mean + log(factor), self.log_sd)


@dataclass(frozen=True, slots=True, init=False)
class Normal:
    """A normal. Raises ValueError unless mean and sd are finite and sd > 0."""

    centre: float
    sd: float

    def __init__(self, mean: float, sd: float) -> None:
        require_finite("normal", mean, sd)
        if not sd > 0.0:
            raise ValueError(f"normal: expected a standard deviation above zero, got {sd} (else: a constant)")
        object.__setattr__(self, "centre", mean)
        object.__setattr__(self, "sd", sd)

    def quantile(self, u: float) -> float:
        """Value that a share ``u`` of cases does not pass. Raises ValueError unless 0 < u < 1."""
        return self.centre + self.sd * normal_quantile(u)

    def cdf(self, x: float) -> float:
        """Chance of a value of at most ``x``."""
        return normal_cdf((x - self.centre) / self.sd)

    def mode(self) -> float:
        """Most likely value."""
        return self.centre

    def mean(self) -> float:
        """Expected value."""
        return self.centre

    def variance(self) -> float:
        """Variance, in the square of the unit."""
        return self.sd**2

    def low(self) -> float:
        """Minus infinity."""
        return -inf

    def high(self) -> float:
        """Infinity."""
        return inf

    def scaled(self, factor: float) -> Normal:
        """The same in another unit. Raises ValueError unless 0 < factor < infinity."""
        require_factor(factor)
        return Normal(self.centre * factor, self.sd * factor)
