"""Where a number enters the model: from a belief's canonical value to the whole number that rules use.

Every value but a standard normal score enters whole, rounded half up, in the unit of its kind (R2).

Why: what remains of a thing under way is asked in whole days, so "longer than 40 days" must
mean the rounded value.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite, nextafter
from types import MappingProxyType
from typing import Final

from sim.distributions import Discrete, Distribution, Empirical, beyond
from sim.scenario.resolved import BeliefUnit
from sim.units import BASIS_POINTS, RATE_SCALE, round_half_up

ENTERED_PER_CANONICAL: Final[Mapping[BeliefUnit, int]] = MappingProxyType(
    {
        "yen": 1,
        "minor": 1,
        "day": 1,
        "share": BASIS_POINTS,
        "factor": BASIS_POINTS,
        "unit": 1,
        "person": 1,
        "place": 1,
        "rate": 1,
        "exchange": RATE_SCALE,
        "event": BASIS_POINTS,
        "minute": 1,
    }
)
"""Unit of a belief -> how many of the whole unit in which it enters make one canonical unit."""


def entered(unit: BeliefUnit, canonical: float) -> int:
    """The whole number that enters the model: basis points of shares, 1/10,000 yen of rates, whole units.

    Raises ValueError if the value is not finite, KeyError for a score, which enters as it is.

    >>> entered("share", 0.35), entered("day", 19.5), entered("exchange", 149.57)
    (3500, 20, 1495700)
    """
    return round_half_up(canonical * ENTERED_PER_CANONICAL[unit])


def entered_or_score(unit: BeliefUnit, canonical: float) -> int | float:
    """The same for any unit: a score stays the float it is."""
    return canonical if unit == "sd" else entered(unit, canonical)


def canonical_of(unit: BeliefUnit, value: float, where: str) -> float:
    """The canonical value of a number written as it enters the model.

    Raises ValueError, with ``where``, if it is not finite or, but for a score, not whole.

    >>> canonical_of("share", 3500, "offers.tb2.failure_chance")
    0.35
    """
    if unit == "sd":
        if not isfinite(value):
            raise ValueError(f"{where}: found {value}; expected a finite score")
        return float(value)
    return require_whole(value, where) / ENTERED_PER_CANONICAL[unit]


def require_whole(value: float, where: str) -> int:
    """The value as a whole number. Raises ValueError, with ``where``, if it is none."""
    if isinstance(value, bool) or not isfinite(value) or value != int(value):
        raise ValueError(f"{where}: found {value!r}; expected a whole number, in the unit in which it enters")
    return int(value)


def entered_beyond(belief: Distribution, unit: BeliefUnit, floor: int, u: float) -> int:
    """Whole value at ``u``, given that the whole value exceeds ``floor`` (R8).

    The chance of exceeding it is that of a canonical value of at least ``floor`` and a half.

    Raises ValueError if ``u`` is not strictly between 0 and 1 or nothing remains beyond the floor.

    >>> from sim.distributions import Uniform
    >>> entered_beyond(Uniform(0.0, 10.0), "day", 4, 0.01)
    5
    """
    value = entered(unit, beyond(belief, _last_within(unit, floor), u))
    # the edge itself belongs to the next whole number, and scaling may miss it by one bit
    return max(value, floor + 1)


def mode_beyond(belief: Distribution, unit: BeliefUnit, floor: int) -> int:
    """Likeliest whole value above ``floor``: the mode while it lies ahead, else the likeliest still possible.

    Raises ValueError if nothing remains beyond the floor.

    >>> from sim.distributions import Discrete
    >>> mode_beyond(Discrete((0.0, 11.0, 50.0), (0.79, 0.14, 0.07)), "day", 0)
    11
    """
    mode = entered(unit, belief.mode())
    if mode > floor:
        return mode
    entered_beyond(belief, unit, floor, 0.5)  # raises if nothing remains
    if not isinstance(belief, Discrete | Empirical):
        return floor + 1  # every other shape falls, or stays level, on the far side of its mode
    ahead = sorted({entered(unit, value) for value in belief.values if entered(unit, value) > floor})
    return max(ahead, key=lambda whole: _chance(belief, unit, whole))


def _last_within(unit: BeliefUnit, floor: int) -> float:
    """Largest canonical value that still enters as ``floor`` or less."""
    return nextafter((floor + 0.5) / ENTERED_PER_CANONICAL[unit], float("-inf"))


def _chance(belief: Distribution, unit: BeliefUnit, whole: int) -> float:
    """Chance that the value enters as ``whole``."""
    return belief.cdf(_last_within(unit, whole)) - belief.cdf(_last_within(unit, whole - 1))
