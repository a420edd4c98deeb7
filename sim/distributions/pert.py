"""The PERT three-point estimate: a beta between low and high that leans on the mode with weight 4.

Both halves are computed from their own tail, and meet at a median worked out once.

Why: planners state three points; a beta through them has soft ends where the triangle has hard ones.

Source: Malcolm, Roseboom, Clark & Fazar, "Application of a technique for research and development program
evaluation", Operations Research 7 (1959).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.distributions.beta import Tail
from sim.distributions.checks import require_factor, require_finite, require_uniform

_MODE_WEIGHT = 4.0


@dataclass(frozen=True, slots=True, init=False)
class Pert:
    """A beta-PERT estimate with the usual weight of 4 on the mode; all three points may be one value.

    Accurate to 1e-13 of the width. Raises ValueError unless all are finite and low <= mode <= high.

    >>> Pert(0.0, 5.0, 10.0).quantile(0.5)
    5.0
    """

    least: float
    likeliest: float
    greatest: float
    _lower: Tail = field(repr=False, compare=False)
    _upper: Tail = field(repr=False, compare=False)
    _median: float = field(repr=False, compare=False)

    def __init__(self, low: float, mode: float, high: float) -> None:
        require_finite("pert", low, mode, high)
        if not low <= mode <= high:
            raise ValueError(f"pert: expected low <= mode <= high, got {low} / {mode} / {high}")
        lean = (mode - low) / (high - low) if high > low else 0.5
        lower, upper = Tail(1.0 + _MODE_WEIGHT * lean), Tail(1.0 + _MODE_WEIGHT * (1.0 - lean))
        for name, value in (
            ("least", low), ("likeliest", mode), ("greatest", high),
            ("_lower", lower), ("_upper", upper), ("_median", lower.first_reaching(0.5)),
        ):  # fmt: skip
            object.__setattr__(self, name, value)

    def quantile(self, u: float) -> float:
        """Value that a share ``u`` of cases does not pass. Raises ValueError unless 0 < u < 1."""
        require_uniform(u)
        # a width that was rounded up may carry the last place past the end
        return min(self.least + self._place(u) * (self.greatest - self.least), self.greatest)

    def _place(self, u: float) -> float:
        """Quantile on the way from low (0) to high (1)."""
        if u <= 0.5:
            return self._lower.first_reaching(u)
        # the same grid from above; the two tails may differ by a bit where they meet, hence the median
        return max(self._median, 1.0 - self._upper.last_within(1.0 - u))

    def cdf(self, x: float) -> float:
        """Chance of a value of at most ``x``."""
        if x < self.least:
            return 0.0
        if x >= self.greatest:
            return 1.0
        place = (x - self.least) / (self.greatest - self.least)
        if place <= self._median:
            return self._lower.chance(place)
        return 1.0 - self._upper.chance((self.greatest - x) / (self.greatest - self.least))

    def mode(self) -> float:
        """Most likely value."""
        return self.likeliest

    def mean(self) -> float:
        """Expected value: (low + 4 mode + high) / 6."""
        return (self.least + _MODE_WEIGHT * self.likeliest + self.greatest) / (_MODE_WEIGHT + 2.0)

    def variance(self) -> float:
        """Variance, in the square of the unit: (mean - low)(high - mean) / 7."""
        mean = self.mean()
        return (mean - self.least) * (self.greatest - mean) / (_MODE_WEIGHT + 3.0)

    def low(self) -> float:
        """Lower end of the possible values."""
        return self.least

    def high(self) -> float:
        """Upper end of the possible values."""
        return self.greatest

    def scaled(self, factor: float) -> Pert:
        """The same in another unit. Raises ValueError unless 0 < factor < infinity."""
        require_factor(factor)
        return Pert(self.least * factor, self.likeliest * factor, self.greatest * factor)
