"""The beta distribution with two shapes that add up to 6, which is all that a PERT estimate needs.

The quantile is a point of a grid of 2**-44: the first one at which the computed chance reaches u.

Why: an iteration that stops "near enough" may turn back by a bit when u grows; a first grid point cannot.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil, exp, gamma, log, log1p
from typing import Final

_SUM_OF_SHAPES: Final = 6.0
_GRID: Final = 2**44
_TINY: Final = 1e-300
_PRECISION: Final = 2.0**-53
_CLOSE: Final = 1e-7  # Newton doubles its digits: after a step this small it is nearly exact
_LEADING_TERM_EXACT: Final = 2.0**-60


@dataclass(frozen=True, slots=True)
class Tail:
    """The lower tail of a beta with shapes ``a`` and ``6 - a``, up to somewhat beyond its median."""

    a: float
    """1 to 5."""
    b: float = field(init=False)
    _scale: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "b", _SUM_OF_SHAPES - self.a)
        scale = gamma(_SUM_OF_SHAPES) / (gamma(self.a) * gamma(self.b))
        object.__setattr__(self, "_scale", scale)

    def density(self, x: float) -> float:
        """Probability density at ``x``, strictly between 0 and 1."""
        return self._scale * exp((self.a - 1.0) * log(x) + (self.b - 1.0) * log1p(-x))

    def chance(self, x: float) -> float:
        """Regularised incomplete beta I_x(a, b), for x from 0 to short of 1.

        Source: the continued fraction of NIST DLMF 8.17.22, evaluated by the modified method of Lentz (1976).
        """
        if x <= 0.0:
            return 0.0
        front = self._scale * exp(self.a * log(x) + self.b * log1p(-x)) / self.a
        return front * self._fraction(x)

    def _fraction(self, x: float) -> float:
        a, b = self.a, self.b
        c = 1.0
        d = 1.0 / (1.0 - (a + b) * x / (a + 1.0))
        value = d
        m = 0
        while True:
            m += 1
            for coefficient in (
                m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
            ):
                d = 1.0 / ((1.0 + coefficient * d) or _TINY)
                c = (1.0 + coefficient / c) or _TINY
                value *= c * d
            if abs(c * d - 1.0) <= 2 * _PRECISION:
                return value

    def root(self, u: float) -> float:
        """The x at which the chance is ``u``, to nearly full precision.

        log I is a concave, rising function of log x, and the start lies left of the root: Newton's steps
        rise to it and never overshoot. Below any grid point the start itself, the leading term, is exact.
        """
        target = log(u)
        x = exp((target + log(self.a / self._scale)) / self.a)
        while x > _LEADING_TERM_EXACT:
            chance = self.chance(x)
            step = (target - log(chance)) * chance / (x * self.density(x))
            x *= exp(step)
            if abs(step) <= _CLOSE:
                break
        return x

    def first_reaching(self, u: float) -> float:
        """First grid point whose chance is at least ``u``."""
        place = ceil(self.root(u) * _GRID)
        while self.chance(place / _GRID) < u:
            place += 1
        while self.chance((place - 1) / _GRID) >= u:
            place -= 1
        return place / _GRID

    def last_within(self, u: float) -> float:
        """Last grid point whose chance is at most ``u``."""
        place = int(self.root(u) * _GRID)
        while self.chance(place / _GRID) > u:
            place -= 1
        while self.chance((place + 1) / _GRID) <= u:
            place += 1
        return place / _GRID
