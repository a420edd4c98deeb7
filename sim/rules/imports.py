"""The arithmetic of imports: lots, slips and the day a lot leaves the works (chapter 5).

Days, units and rates are whole; a rate may change on stated days, and no rule steps through the days.

Why: foreign queues decide dates, and an exact division can be checked against a calendar by hand.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from math import exp, floor, sqrt
from typing import Final

from sim.units import BASIS_POINTS, divide_half_up, round_half_up

RATE_DAYS: Final = 365
"""Rates are units per so many days."""

MILLI: Final = 1_000
"""Rates that grow are kept in thousandths of a unit, so that small growth is not lost to rounding."""

MILLI_RATE_PERIOD: Final = RATE_DAYS * MILLI
"""Day-rates that add up to this make one unit, for rates in thousandths per 365 days."""


def lots(quantity: int, first_lot: int, lot: int) -> tuple[int, ...]:
    """Cut an order into lots: the first, then full lots, then the rest.

    Raises ValueError unless all three are above zero.

    Source: R15 of the model.

    >>> lots(24, 6, 6), lots(25, 4, 10), lots(3, 6, 6)
    ((6, 6, 6, 6), (4, 10, 10, 1), (3,))
    """
    if min(quantity, first_lot, lot) <= 0:
        raise ValueError(f"cannot cut {quantity} units into lots of {first_lot}, then {lot}: expected all above zero")
    first = min(first_lot, quantity)
    full, rest = divmod(quantity - first, lot)
    return (first, *([lot] * full), *([rest] if rest else []))


def slip_bp(log_mean: float, log_sd: float, supplier_share_bp: int, supplier_score: float, order_score: float) -> int:
    """Outcome ÷ promise in basis points, half up: exp(m + s·√share·z_supplier + s·√(1 − share)·z_order).

    Parameters
    ----------
    log_mean, log_sd
        m and s of the log-normal slip.
    supplier_share_bp
        Share of the log-variance that is the supplier's, basis points; the rest is the order's.
    supplier_score, order_score
        Standard normal scores.

    Raises ValueError if s is negative or the share lies outside 0 to 10,000.

    Source: R16 of the model.

    >>> slip_bp(0.256, 0.320, 5_000, 0.0, 0.0)
    12918
    """
    if log_sd < 0 or not 0 <= supplier_share_bp <= BASIS_POINTS:
        raise ValueError(
            f"slip with log-sd {log_sd} and supplier's share {supplier_share_bp} bp:"
            f" expected a log-sd of zero or more, a share of 0 to {BASIS_POINTS}"
        )
    share = supplier_share_bp / BASIS_POINTS
    score = sqrt(share) * supplier_score + sqrt(1 - share) * order_score
    return round_half_up(BASIS_POINTS * exp(log_mean + log_sd * score))


def lead_days(promise_days: int, slip_bp: int) -> int:
    """Days from the effective date to leaving the works: promise × slip, rounded half up.

    Raises ValueError if the promise or the slip is negative.

    Source: R16 of the model.

    >>> lead_days(300, 15_000), lead_days(365, 12_918)
    (450, 472)
    """
    if promise_days < 0 or slip_bp < 0:
        raise ValueError(f"a promise of {promise_days} days with slip {slip_bp} bp: expected zero or more of each")
    return divide_half_up(promise_days * slip_bp, BASIS_POINTS)


def grown_rate(rate: int, growth_bp_month: int, months: int) -> int:
    """Supplier's rate after some months of growth: rate × (1 + g)^months, in thousandths of a unit, half up.

    Parameters
    ----------
    rate
        Units per 365 days at the start.
    growth_bp_month
        g, basis points a month.
    months
        Whole months since the start.

    Raises ValueError if the rate or the months are negative, or if g is below minus one.

    Source: R17 of the model.

    >>> grown_rate(24, 100, 0), grown_rate(24, 100, 12)
    (24000, 27044)
    """
    return grown_rates(rate, growth_bp_month, months, 1)[0]


def grown_rates(rate: int, growth_bp_month: int, first_month: int, months: int) -> list[int]:
    """The same for so many months in a row, from the ``first_month``-th on.

    Raises ValueError as ``grown_rate`` does.

    >>> grown_rates(24, 100, 0, 3)
    [24000, 24240, 24482]
    """
    if rate < 0 or first_month < 0 or growth_bp_month < -BASIS_POINTS:
        raise ValueError(
            f"rate {rate} growing by {growth_bp_month} bp for {first_month} months:"
            f" expected rate and months of zero or more, growth of -{BASIS_POINTS} or more"
        )
    growth = 1 + growth_bp_month / BASIS_POINTS
    exact = [rate * MILLI * growth**month for month in range(first_month, first_month + months)]
    return [(down := floor(milli)) + (milli - down >= 0.5) for milli in exact]  # round_half_up, without its call


def departure_day(
    size: int,
    since_day: int,
    earliest_day: int,
    change_days: Sequence[int],
    rates: Sequence[int],
    period_units: int = MILLI_RATE_PERIOD,
) -> int:
    """First day, not before ``earliest_day``, on which the capacity since the last lot left covers this one.

    The working days are ``since_day + 1`` on; day x adds ``rates[j]`` for the last j with
    ``change_days[j] <= x``. The lot is covered when the sum reaches ``size`` × ``period_units``.

    Parameters
    ----------
    size
        Units of the lot.
    since_day
        Day the previous lot left, or the order was signed, if later.
    earliest_day
        The order's first-delivery day.
    change_days, rates
        Days from which each rate holds, ascending, the first at most ``since_day + 1``; rates not negative.
    period_units
        365,000 for thousandths of a unit per 365 days; 90 for units per 90 days.

    Returns
    -------
    A day, at least ``since_day + 1``.

    Raises
    ------
    ValueError
        If a working day has no rate, an argument is out of range, or capacity never covers the lot.

    Source: R17 of the model.

    >>> departure_day(6, 450, 450, (0,), (6,), 90)
    540
    >>> departure_day(40, 0, 0, (0, 31, 61), (365_000, 0, 365_000))
    70
    """
    if size <= 0 or period_units <= 0 or len(change_days) != len(rates):
        raise ValueError(
            f"a lot of {size} units, a period of {period_units}, {len(change_days)} change days with"
            f" {len(rates)} rates: expected size and period above zero, and one rate a change day"
        )
    first, open_work, last = since_day + 1, size * period_units, len(rates) - 1
    for segment in range(_segment(change_days, first), last + 1):
        rate = rates[segment]
        if rate < 0:
            raise ValueError(f"rate {rate} from day {change_days[segment]}: expected zero or more")
        if segment == last:
            break
        next_change = change_days[segment + 1]
        done = rate * (next_change - first)
        if done >= open_work:
            break
        open_work -= done
        first = next_change
    if rate == 0:
        raise ValueError(
            f"the last rate is 0 from day {change_days[-1]}: a lot of {size} units waiting since day"
            f" {since_day} would never leave; expected a last rate above zero"
        )
    return max(earliest_day, first + (open_work - 1) // rate)


def _segment(change_days: Sequence[int], day: int) -> int:
    """Place of the last change day that is not after ``day``."""
    later = bisect_right(change_days, day)
    if later == 0:
        raise ValueError(f"no rate holds on working day {day}: expected a first change day of {day} or earlier")
    return later - 1


def promised_arrivals(
    first_day: int, lot_units: Sequence[int], rate: int, period_units: int = MILLI_RATE_PERIOD
) -> tuple[int, ...]:
    """Promised day of each lot: the first on ``first_day``, each later one when the rate has made it.

    Parameters
    ----------
    first_day
        Promised day of the first lot.
    lot_units
        Units of each lot, in order.
    rate
        What a day adds; 0 is no limit, and every lot comes on ``first_day``.
    period_units
        What makes one unit: 365,000 for rates in thousandths per 365 days; 90 for units per 90 days.

    Raises ValueError if the rate is negative or the period is not above zero.

    Source: R15 and R17 of the model.

    >>> promised_arrivals(450, (6, 6, 6, 6), 6, 90), promised_arrivals(450, (6, 6), 0)
    ((450, 540, 630, 720), (450, 450))
    """
    if rate < 0 or period_units <= 0:
        raise ValueError(
            f"a rate of {rate} over a period of {period_units}:"
            " expected a rate of zero (no limit) or more, a period above zero"
        )
    days, day = [first_day] * len(lot_units), first_day
    for place in range(1, len(lot_units) if rate else 0):
        days[place] = day = day - (-lot_units[place] * period_units // rate)
    return tuple(days)
