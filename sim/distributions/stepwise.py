"""Distributions on single values: a constant, values with probabilities, and observed values.

The quantile at u is the first value whose cumulative chance reaches u; quantile and cdf use the same sums.

Why: what remains of a thing under way is drawn beyond a value, and there one bit decides which value is next.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from math import ceil, fsum

from sim.distributions.checks import require_factor, require_finite, require_uniform

_SUM_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Constant:
    """One value without doubt. Raises ValueError if it is not finite."""

    value: float

    def __post_init__(self) -> None:
        require_finite("constant", self.value)

    def quantile(self, u: float) -> float:
        """The value, whatever ``u``. Raises ValueError unless 0 < u < 1."""
        require_uniform(u)
        return self.value

    def cdf(self, x: float) -> float:
        """Chance of a value of at most ``x``."""
        return 1.0 if x >= self.value else 0.0

    def mode(self) -> float:
        """The value."""
        return self.value

    def mean(self) -> float:
        """The value."""
        return self.value

    def variance(self) -> float:
        """None: zero."""
        return 0.0

    def low(self) -> float:
        """The value."""
        return self.value

    def high(self) -> float:
        """The value."""
        return self.value

    def scaled(self, factor: float) -> Constant:
        """The same in another unit. Raises ValueError unless 0 < factor < infinity."""
        require_factor(factor)
        return Constant(self.value * factor)


@dataclass(frozen=True, slots=True)
class Discrete:
    """Given values with given probabilities; the mode is the most probable, the first on ties.

    Raises ValueError unless the values are finite and strictly ascending, each has a probability of zero or
    more, and these add up to 1 within 1e-9 (what is then missing from 1 is shared in proportion).

    >>> Discrete((0.0, 30.0), (0.9, 0.1)).quantile(0.95)
    30.0
    """

    values: tuple[float, ...]
    probabilities: tuple[float, ...]
    _cumulative: tuple[float, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", tuple(self.values))
        object.__setattr__(self, "probabilities", tuple(self.probabilities))
        self._check()
        total = fsum(self.probabilities)
        reached = [min(1.0, sum_so_far / total) for sum_so_far in accumulate(self.probabilities)]
        last = max(place for place, chance in enumerate(self.probabilities) if chance > 0.0)
        # from the last possible value on nothing is missing, whatever the rounding of the sum
        reached[last:] = [1.0] * (len(reached) - last)
        object.__setattr__(self, "_cumulative", tuple(reached))

    def _check(self) -> None:
        require_finite("discrete", *self.values, *self.probabilities)
        if not self.values or len(self.values) != len(self.probabilities):
            raise ValueError(
                "discrete: expected at least one value and one probability for each,"
                f" got {len(self.values)} values and {len(self.probabilities)} probabilities"
            )
        for first, second in pairwise(self.values):
            if not first < second:
                raise ValueError(f"discrete: expected values in ascending order, got {first} before {second}")
        total = fsum(self.probabilities)
        if min(self.probabilities) < 0.0 or abs(total - 1.0) > _SUM_TOLERANCE:
            raise ValueError(
                "discrete: expected probabilities of zero or more that add up to 1,"
                f" got {self.probabilities} with the sum {total}"
            )

    def quantile(self, u: float) -> float:
        """First value whose cumulative chance reaches ``u``. Raises ValueError unless 0 < u < 1."""
        require_uniform(u)
        return self.values[bisect_left(self._cumulative, u)]

    def cdf(self, x: float) -> float:
        """Chance of a value of at most ``x``."""
        below = bisect_right(self.values, x)
        return self._cumulative[below - 1] if below else 0.0

    def mode(self) -> float:
        """Most probable value, the first on ties."""
        return self.values[self.probabilities.index(max(self.probabilities))]

    def mean(self) -> float:
        """Expected value."""
        return self._expected(self.values)

    def variance(self) -> float:
        """Variance, in the square of the unit."""
        mean = self.mean()
        return self._expected([(value - mean) ** 2 for value in self.values])

    def _expected(self, of: Sequence[float]) -> float:
        weighted = fsum(value * chance for value, chance in zip(of, self.probabilities, strict=True))
        return weighted / fsum(self.probabilities)

    def low(self) -> float:
        """First value that has a chance at all."""
        return self.quantile(5e-324)  # the smallest uniform there is: the first value with any chance

    def high(self) -> float:
        """Last value that has a chance at all."""
        return self.values[self._cumulative.index(1.0)]

    def scaled(self, factor: float) -> Discrete:
        """The same in another unit. Raises ValueError unless 0 < factor < infinity."""
        require_factor(factor)
        return Discrete(tuple(value * factor for value in self.values), self.probabilities)


@dataclass(frozen=True, slots=True)
class Empirical:
    """Observed values, all of equal weight, in any order.

    The mode is the most frequent value; where several are equally frequent, the (lower) middle one of these.
    Raises ValueError if there is no value or one is not finite.

    >>> Empirical((40.0, 10.0, 20.0)).quantile(0.5)
    20.0
    """

    values: tuple[float, ...]
    """In ascending order, however they were given."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", tuple(sorted(self.values)))
        if not self.values:
            raise ValueError("empirical: expected at least one value, got none")
        require_finite("empirical", *self.values)

    def quantile(self, u: float) -> float:
        """Value of rank ceil(size × u). Raises ValueError unless 0 < u < 1."""
        require_uniform(u)
        size = len(self.values)
        rank = min(max(ceil(size * u), 1), size)
        # the product is rounded; settle the rank by the quotients that cdf() gives
        if rank > 1 and (rank - 1) / size >= u:
            rank -= 1
        elif rank / size < u:
            rank += 1
        return self.values[rank - 1]

    def cdf(self, x: float) -> float:
        """Share of the values that are at most ``x``."""
        return bisect_right(self.values, x) / len(self.values)

    def mode(self) -> float:
        """Most frequent value; of several, the (lower) middle one."""
        counts = Counter(self.values)
        most = max(counts.values())
        frequent = [value for value in counts if counts[value] == most]
        return frequent[(len(frequent) - 1) // 2]

    def mean(self) -> float:
        """Mean of the values."""
        return fsum(self.values) / len(self.values)

    def variance(self) -> float:
        """Variance of the values themselves (divided by their number), in the square of the unit."""
        mean = self.mean()
        return fsum((value - mean) ** 2 for value in self.values) / len(self.values)

    def low(self) -> float:
        """Smallest value."""
        return self.values[0]

    def high(self) -> float:
        """Largest value."""
        return self.values[-1]

    def scaled(self, factor: float) -> Empirical:
        """The same in another unit. Raises ValueError unless 0 < factor < infinity."""
        require_factor(factor)
        return Empirical(tuple(value * factor for value in self.values))
