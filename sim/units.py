"""Whole-number arithmetic of money, shares and quantities, and the units a scenario file may use.

Every rounding in the house is floor(x + 1/2), and the last part of a split takes the remainder (rule R2).

Why: two engines that round alike can agree to the yen, and books that balance exactly show a fault at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import floor
from types import MappingProxyType
from typing import Final, NamedTuple

BASIS_POINTS: Final = 10_000
"""Basis points in a whole: shares and factors are whole basis points."""

RATE_SCALE: Final = 10_000
"""Exchange rates are whole 1/10,000 yen per major unit of the foreign currency."""


def round_half_up(x: float) -> int:
    """Round to the nearest whole number, halves upward: floor(x + 1/2) without the sum's own rounding error.

    Raises ValueError if ``x`` is not finite.

    >>> round_half_up(2.5), round_half_up(-2.5), round_half_up(0.49999999999999994)
    (3, -2, 0)
    """
    try:
        whole = floor(x)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"cannot round {x}: expected a finite number") from error
    # x - whole is exact in binary floating point; x + 0.5 is not, just below a half and beyond 2**52
    return whole + 1 if x - whole >= 0.5 else whole


def basis_points(fraction: float) -> int:
    """A share or factor in basis points, half up.

    >>> basis_points(0.15), basis_points(1.00005)
    (1500, 10001)
    """
    return round_half_up(fraction * BASIS_POINTS)


def divide_half_up(numerator: int, denominator: int) -> int:
    """Divide whole numbers exactly and round halves upward: floor(n/d + 1/2).

    Raises ValueError if ``denominator`` is not positive.

    >>> divide_half_up(5, 2), divide_half_up(-5, 2), divide_half_up(1, 3)
    (3, -2, 0)
    """
    if denominator <= 0:
        raise ValueError(f"cannot divide {numerator} by {denominator}: expected a denominator above zero")
    return (2 * numerator + denominator) // (2 * denominator)


def share_of(amount: int, basis_points: int) -> int:
    """Share of a whole amount, rounded half up, in the amount's own unit.

    >>> share_of(1_000_001, 5_000)
    500001
    """
    return (2 * amount * basis_points + BASIS_POINTS) // (2 * BASIS_POINTS)  # divide_half_up, without its call


def share_of_down(amount: int, basis_points: int) -> int:
    """Share of a whole amount, rounded down: for carry-over and whatever must stay affordable.

    >>> share_of_down(1_000_001, 5_000)
    500000
    """
    return amount * basis_points // BASIS_POINTS


def split(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Cut a whole total into parts proportional to ``weights``; the parts add up to the total exactly.

    Each part is rounded half up but takes no more than the parts before it left, and the last takes the
    remainder, so that no part of a small total is negative.

    Raises ValueError if the total or a weight is negative, or if the weights do not add up to more than zero.

    >>> split(100, (1, 1, 1)), split(2, (1, 1, 1, 1))
    ((33, 33, 34), (1, 1, 0, 0))
    """
    whole = sum(weights)
    if total < 0 or whole <= 0 or min(weights) < 0:
        raise ValueError(
            f"cannot split {total} by weights {tuple(weights)}: expected a total of zero or more,"
            " and weights of zero or more with a sum above zero"
        )
    parts = [(2 * total * weight + whole) // (2 * whole) for weight in weights[:-1]]  # as divide_half_up does
    left = total
    for place, part in enumerate(parts):
        if part > left:
            parts[place] = part = left
        left -= part
    return (*parts, left)


def yen_of(minor_units: int, rate: int, minor_per_major: int) -> int:
    """Whole yen, rounded half up, for a foreign sum.

    Parameters
    ----------
    minor_units
        The sum in whole minor units (cents; for yen itself, yen).
    rate
        1/10,000 yen per major unit: 150.25 yen a dollar is 1_502_500; yen itself is ``RATE_SCALE``.
    minor_per_major
        Minor units in a major unit: 100 cents a dollar, 1 for yen.

    Raises ValueError if ``minor_per_major`` is not positive.

    >>> yen_of(199, 1_502_500, 100), yen_of(77, RATE_SCALE, 1)
    (299, 77)
    """
    if minor_per_major <= 0:
        raise ValueError(f"{minor_per_major} minor units in a major one: expected a denominator above zero")
    divisor = minor_per_major * RATE_SCALE
    return (2 * minor_units * rate + divisor) // (2 * divisor)  # divide_half_up, without its call


class Unit(NamedTuple):
    """A unit of a scenario file: a value times ``factor`` is the value in the dimension's canonical unit."""

    name: str
    dimension: str
    factor: float


_SCALES: Final = (("", 1.0), ("k ", 1e3), ("m ", 1e6), ("bn ", 1e9))


def _money(currency: str, minor_per_major: float) -> tuple[Unit, ...]:
    """Units of one currency; the canonical unit is the minor one."""
    dimension = f"money:{currency}"
    return tuple(Unit(f"{prefix}{currency}", dimension, scale * minor_per_major) for prefix, scale in _SCALES)


_ALL: Final = (
    *_money("JPY", 1.0),
    Unit("tn JPY", "money:JPY", 1e12),
    *_money("USD", 100.0),
    *_money("AUD", 100.0),
    *_money("EUR", 100.0),
    *_money("TRY", 100.0),
    Unit("day", "duration", 1.0),
    Unit("week", "duration", 7.0),
    Unit("month", "duration", 30.4375),
    Unit("year", "duration", 365.25),
    Unit("share", "share", 1.0),
    Unit("percent", "share", 0.01),
    Unit("share/year", "share/year", 1.0),
    Unit("percent/year", "share/year", 0.01),
    Unit("share/month", "share/month", 1.0),
    Unit("percent/month", "share/month", 0.01),
    Unit("unit", "count", 1.0),
    Unit("person", "count", 1.0),
    Unit("place", "count", 1.0),
    Unit("lot", "count", 1.0),
    Unit("piece", "count", 1.0),
    Unit("unit/365 days", "rate", 1.0),
    Unit("unit/month", "rate", 12.0),
    Unit("piece/365 days", "pieces", 1.0),
    Unit("piece/month", "pieces", 12.0),
    Unit("JPY per USD", "exchange", 1.0),
    Unit("JPY per AUD", "exchange", 1.0),
    Unit("JPY per EUR", "exchange", 1.0),
    Unit("JPY per TRY", "exchange", 1.0),
    Unit("1", "factor", 1.0),
    Unit("events/year", "events/year", 1.0),
    Unit("minute", "work", 1.0),
    Unit("hour", "work", 60.0),
    Unit("JPY/hour", "JPY/hour", 1.0),
)

UNITS: Final[Mapping[str, Unit]] = MappingProxyType({unit.name: unit for unit in _ALL})
"""Every unit a scenario file may name. Canonical: yen, cent (or the like), day, share, units or pieces per
365 days, yen per major unit, working minute."""


def unit_named(name: str) -> Unit:
    """Look a unit up by its name in the scenario file.

    Raises KeyError, with the known names, if there is none.

    >>> unit_named("bn JPY")
    Unit(name='bn JPY', dimension='money:JPY', factor=1000000000.0)
    """
    if name not in UNITS:
        raise KeyError(f"no unit '{name}'; known: {', '.join(UNITS)}")
    return UNITS[name]
