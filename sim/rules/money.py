"""The arithmetic of money: prices, affordable quantities, close of a year, payments, exchange (chapter 4).

Whole yen and whole minor units in and out; what is cut into parts adds up to what was cut.

Why: the books of R13 can balance to the yen only if no rule mislays one.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, sqrt
from typing import Final

from sim.units import (
    BASIS_POINTS,
    RATE_SCALE,
    divide_half_up,
    round_half_up,
    share_of,
    share_of_down,
    split,
    yen_of,
)

DAYS_PER_YEAR: Final = 365.25
"""The mean calendar year by which prices escalate."""

MONTHS_PER_YEAR: Final = 12


def price_at_signing(list_minor: int, escalation_bp: int, days: int) -> int:
    """Price of one unit on the day of signing: list price × (1 + e)^(days/365.25), rounded half up.

    Parameters
    ----------
    list_minor
        Price at the start, minor units of the offer's currency.
    escalation_bp
        e, basis points a year.
    days
        Days from the start to the signing; negative before the start, where the price deflates the same way.

    Raises ValueError if prices would fall by the whole or more in a year.

    Source: R18 of the model.

    >>> price_at_signing(1_000_000, 300, 0), price_at_signing(1_000_000, 300, 1461)
    (1000000, 1125509)
    """
    if escalation_bp <= -BASIS_POINTS:
        raise ValueError(f"escalation of {escalation_bp} bp a year: expected more than -{BASIS_POINTS}")
    return round_half_up(list_minor * (1 + escalation_bp / BASIS_POINTS) ** (days / DAYS_PER_YEAR))


def order_price_minor(units: int, unit_minor: int, break_from: Sequence[int], break_bp: Sequence[int]) -> int:
    """Price of a whole order, every unit of it at the break its quantity reaches, rounded half up once.

    Parameters
    ----------
    units
        Ordered quantity.
    unit_minor
        Price of one unit before any break, minor units.
    break_from, break_bp
        From ``break_from[i]`` units on the price is ``break_bp[i]`` basis points; ascending, may be empty.

    Raises ValueError if ``units`` is negative.

    Source: R18 of the model.

    >>> order_price_minor(9, 100, (10,), (8_000,)), order_price_minor(10, 100, (10,), (8_000,))
    (900, 800)
    """
    if units < 0:
        raise ValueError(f"an order of {units} units has no price: expected zero or more")
    factor_bp = BASIS_POINTS
    for first, reached_bp in zip(break_from, break_bp, strict=True):
        if units >= first:
            factor_bp = reached_bp
    return share_of(units * unit_minor, factor_bp)


def order_price_yen(
    units: int,
    unit_minor: int,
    break_from: Sequence[int],
    break_bp: Sequence[int],
    rate: int,
    minor_per_major: int,
) -> int:
    """Price of a whole order in whole yen at ``rate`` (1/10,000 yen per major unit), rounded half up.

    Raises ValueError as ``order_price_minor`` and ``yen_of`` do.

    Source: R10 and R18 of the model.

    >>> order_price_yen(10, 100, (10,), (8_000,), 1_500_000, 100)
    1200
    """
    return yen_of(order_price_minor(units, unit_minor, break_from, break_bp), rate, minor_per_major)


def largest_affordable(
    free_yen: int,
    wanted: int,
    unit_minor: int,
    break_from: Sequence[int],
    break_bp: Sequence[int],
    rate: int,
    minor_per_major: int,
) -> int:
    """Largest quantity up to ``wanted`` whose whole price is at most ``free_yen``; 0 if there is none.

    With price breaks ten units may cost less than nine, so each stretch between two breaks is asked on its
    own, the top one first; inside a stretch the price never falls, and its end is found by division.

    Raises ValueError if ``wanted`` or a price is negative, or if the two break sequences differ in length.

    Source: R10 of the model.

    >>> largest_affordable(850, 12, 100, (10,), (8_000,), 10_000, 1)
    10
    >>> largest_affordable(850, 9, 100, (10,), (8_000,), 10_000, 1)
    8
    """
    if wanted < 0 or unit_minor < 0 or rate < 0:
        raise ValueError(f"cannot afford {wanted} units at {unit_minor} and rate {rate}: expected zero or more of each")
    if free_yen < 0:
        return 0
    if len(break_from) != len(break_bp):
        raise ValueError(f"{len(break_from)} quantity breaks with {len(break_bp)} prices: expected one price a break")
    free_minor = _most_rounding_to(free_yen, minor_per_major * RATE_SCALE, rate)
    top = wanted
    for at in range(len(break_from) - 1, -2, -1):
        first, factor_bp = (break_from[at], break_bp[at]) if at >= 0 else (1, BASIS_POINTS)
        most = min(top, _most_rounding_to(free_minor, BASIS_POINTS, unit_minor * factor_bp))
        if most >= max(first, 1):
            return most
        top = min(top, first - 1)
    return 0


def _most_rounding_to(limit: int, divisor: int, step: int) -> int:
    """Largest n with n × step ÷ divisor, rounded half up, at most ``limit``; a huge n if steps are free."""
    if step == 0:
        return limit + (1 << 62)
    return (2 * divisor * limit + divisor - 1) // (2 * step)


def take(carried_yen: int, fresh_yen: int, wanted_yen: int) -> tuple[int, int]:
    """Yen taken from carried and from fresh authority: what was carried over is spent first.

    Raises ValueError if more is wanted than there is, or if anything is negative.

    Source: R11 of the model.

    >>> take(30, 100, 50)
    (30, 20)
    """
    if carried_yen < 0 or fresh_yen < 0 or wanted_yen < 0 or wanted_yen > carried_yen + fresh_yen:
        raise ValueError(
            f"cannot take {wanted_yen} yen from {carried_yen} carried and {fresh_yen} fresh:"
            " expected amounts of zero or more, and no more wanted than there is"
        )
    from_carried = min(carried_yen, wanted_yen)
    return from_carried, wanted_yen - from_carried


def close_year(
    fresh_unspent_yen: int, appropriated_yen: int, carry_share_bp: int, carried_unspent_yen: int
) -> tuple[int, int]:
    """Yen carried into the next year and yen lapsed, of what is not obligated on 31 March.

    At most the carry-over share of the year's appropriation, rounded down, is carried, and only once: what
    had been carried in already lapses.

    Raises ValueError if an amount is negative or the share lies outside 0 to 10,000 basis points.

    Source: R11 and R2 of the model.

    >>> close_year(40, 100, 1_500, 7)
    (15, 32)
    """
    if min(fresh_unspent_yen, appropriated_yen, carried_unspent_yen) < 0 or not 0 <= carry_share_bp <= BASIS_POINTS:
        raise ValueError(
            f"cannot close a year with {fresh_unspent_yen} of {appropriated_yen} yen and"
            f" {carried_unspent_yen} carried yen unspent, carry-over share {carry_share_bp} bp:"
            f" expected amounts of zero or more, a share of 0 to {BASIS_POINTS}"
        )
    carried_out = min(fresh_unspent_yen, share_of_down(appropriated_yen, carry_share_bp))
    return carried_out, fresh_unspent_yen - carried_out + carried_unspent_yen


def payment_parts(total: int, shares_bp: Sequence[int]) -> tuple[int, ...]:
    """Cut a price into its payments: each its share, rounded half up, the last takes the remainder.

    Raises ValueError if the shares do not add up to 10,000 basis points, or if the total is negative.

    Source: R2 and R12 of the model.

    >>> payment_parts(1_001, (3_000, 3_000, 4_000))
    (300, 300, 401)
    """
    if sum(shares_bp) != BASIS_POINTS:
        raise ValueError(f"payments of {tuple(shares_bp)} bp: expected shares that add up to {BASIS_POINTS}")
    return split(total, shares_bp)


def lot_parts(total: int, lot_units: Sequence[int]) -> tuple[int, ...]:
    """Cut what is due on delivery among the lots by their units; the last lot takes the remainder.

    Raises ValueError if the total or a lot is negative, or if there is no unit.

    Source: R2 and R12 of the model.

    >>> lot_parts(100, (6, 6, 6))
    (33, 33, 34)
    """
    return split(total, lot_units)


def grown(minor_units: int, growth_bp: int) -> int:
    """Sum due on delivery after the price growth since signing: amount × (1 + g), rounded half up.

    Raises ValueError if the price would fall below zero.

    Source: R12 of the model.

    >>> grown(1_000, 250), grown(1_000, -250)
    (1025, 975)
    """
    if growth_bp < -BASIS_POINTS:
        raise ValueError(f"price growth of {growth_bp} bp after signing: expected -{BASIS_POINTS} or more")
    return share_of(minor_units, BASIS_POINTS + growth_bp)


def charge(loss_yen: int, free_yen: int) -> tuple[int, int]:
    """Yen charged to free authority and yen owed, of a loss against the planning rate.

    Raises ValueError if an amount is negative.

    Source: R12 of the model.

    >>> charge(50, 80), charge(50, 30)
    ((50, 0), (30, 20))
    """
    if loss_yen < 0 or free_yen < 0:
        raise ValueError(f"cannot charge {loss_yen} yen to {free_yen} free: expected zero or more of each")
    charged = min(loss_yen, free_yen)
    return charged, loss_yen - charged


def mean_rate(rates: Sequence[int]) -> int:
    """Mean of market rates, 1/10,000 yen per major unit, half up: the planning rate of a year not drafted.

    Raises ValueError if there is no rate.

    Source: R10 of the model.

    >>> mean_rate((1_500_000, 1_510_000, 1_505_001))
    1505000
    """
    if not rates:
        raise ValueError("no market rate to take the mean of: expected one or more")
    return divide_half_up(sum(rates), len(rates))


def exchange_step(rate: int, volatility_bp: int, drift_bp: int, score: float) -> int:
    """Market rate after one month: rate × exp((drift − vol²/2)/12 + vol·√(1/12)·score), rounded half up.

    Parameters
    ----------
    rate
        Rate a month ago, 1/10,000 yen per major unit.
    volatility_bp, drift_bp
        Basis points a year; drift is that of the mean rate.
    score
        The month's standard normal score.

    Raises ValueError if the volatility is negative.

    Source: R12 of the model; geometric Brownian motion in J. C. Hull, *Options, Futures, and Other
    Derivatives*, ch. 14.

    >>> exchange_step(1_500_000, 1_000, 0, 1.0)
    1543289
    """
    if volatility_bp < 0:
        raise ValueError(f"volatility of {volatility_bp} bp a year: expected zero or more")
    volatility, drift = volatility_bp / BASIS_POINTS, drift_bp / BASIS_POINTS
    mean = (drift - volatility * volatility / 2) / MONTHS_PER_YEAR
    return round_half_up(rate * exp(mean + volatility * sqrt(1 / MONTHS_PER_YEAR) * score))


def cholesky(matrix_flat: Sequence[float], size: int) -> tuple[float, ...]:
    """Lower triangle L with L·Lᵀ the matrix: turns independent scores into correlated ones.

    Parameters
    ----------
    matrix_flat
        A symmetric ``size`` × ``size`` matrix, row after row; only its lower triangle is read.
    size
        Rows.

    Returns
    -------
    L row after row, ``size`` × ``size`` numbers, zeros above the diagonal.

    Raises
    ------
    ValueError
        If the matrix has another number of entries or is not positive definite.

    Source: R6 and R12 of the model; G. H. Golub & C. F. Van Loan, *Matrix Computations*, section 4.2.

    >>> cholesky((4.0, 2.0, 2.0, 10.0), 2)
    (2.0, 0.0, 1.0, 3.0)
    """
    if len(matrix_flat) != size * size:
        raise ValueError(f"a matrix of {size} rows has {size * size} entries, found {len(matrix_flat)}")
    lower = [0.0] * (size * size)
    for row in range(size):
        for column in range(row + 1):
            rest = matrix_flat[row * size + column]
            for k in range(column):
                rest -= lower[row * size + k] * lower[column * size + k]
            if column < row:
                lower[row * size + column] = rest / lower[column * size + column]
            elif rest > 0:
                lower[row * size + row] = sqrt(rest)
            else:
                raise ValueError(f"the matrix is not positive definite: pivot {rest} in row {row}, expected above 0")
    return tuple(lower)


def outlays_fit(projected_by_year: Sequence[int], promised_by_year: Sequence[int], ceilings: Sequence[int]) -> bool:
    """Say whether a signing keeps projected outlays within the ceilings.

    The three sequences have one place for each fiscal year that has a ceiling, in one order: yen projected
    so far (promised dates, planning rates), yen the signing adds, the ceiling. A year the signing adds
    nothing to cannot hold it back, even if it is over its ceiling already.

    Raises ValueError if the sequences differ in length.

    Source: R14 of the model.

    >>> outlays_fit((70, 90), (30, 0), (100, 80)), outlays_fit((70, 90), (31, 0), (100, 80))
    (True, False)
    """
    return all(
        promised <= 0 or projected + promised <= ceiling
        for projected, promised, ceiling in zip(projected_by_year, promised_by_year, ceilings, strict=True)
    )
