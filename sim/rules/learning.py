"""The arithmetic of learning: minutes of a unit, first-pass yield, rework, falling parts value (chapter 6).

Minutes, yen and units are whole, yields are whole basis points; what is learnt is counted in units built.

Why: a ramp is believed only if its hours can be looked up in the tables that estimators use.

Slopes here are slopes of the unit curve (Crawford): the *next* unit costs slope times as much at twice the
count. In the cumulative-average theory (Wright) the *average* of all units so far does: 100 h at 80 % makes
180 h for two units here and 160 h there. A slope fitted to averages must not be given to these rules.

Sources: J. R. Crawford, *Learning Curve, Ship Curve, Ratios, Related Data* (Lockheed, 1944); T. P. Wright,
"Factors Affecting the Cost of Airplanes", J. Aeronautical Sciences 3 (1936), 122-128.
"""

from __future__ import annotations

from math import exp, floor, log2
from typing import Final

from sim.units import BASIS_POINTS, round_half_up

STEEPEST_SLOPE: Final = 0.5
"""A slope must be above this; the published tables begin at 55 % (RAND RM-6191, *Learning-Curve Tables*, 1970)."""


def unit_minutes(first_minutes: int, slope: float, floor_minutes: int, n: int) -> int:
    """Labour minutes of the n-th unit: T(n) = T(1) × n^(log2 slope), half up, never below the floor.

    Parameters
    ----------
    first_minutes
        T(1), minutes of the first unit.
    slope
        T(2n) ÷ T(n), above 0.5, at most 1.
    floor_minutes
        No unit takes less; a floor above T(1) holds from the first unit on.
    n
        The unit's place in the count, from 1.

    Raises ValueError if an argument is out of its range.

    Source: R21 of the model; Crawford's unit curve.

    >>> [unit_minutes(6_000, 0.8, 0, n) for n in (1, 2, 3, 4)], unit_minutes(6_000, 0.8, 4_500, 3)
    ([6000, 4800, 4213, 3840], 4500)
    """
    _check_curve(first_minutes, slope, n - 1, 1)
    if floor_minutes < 0:
        raise ValueError(f"a floor of {floor_minutes} minutes: expected zero or more")
    return max(_on_curve(first_minutes, slope, n), floor_minutes)


def minutes_of_each(
    first_minutes: int,
    slope: float,
    floor_minutes: int,
    built: int,
    units: int,
    yield_first_bp: int,
    yield_last_bp: int,
    yield_scale_units: int,
    rework_bp: int,
) -> list[int]:
    """Labour minutes of each of the next ``units`` units after ``built``: its unit minutes and its expected rework.

    A unit's rework is (1 − y) × rework share × its minutes, half up, once a unit; y is the yield, in basis
    points, after the units before it. What is worked over passes. So lots add up: cut in two, no minute is
    gained or lost.

    Parameters
    ----------
    first_minutes, slope, floor_minutes
        The unit curve, as in ``unit_minutes``.
    built
        Units counted before the lot.
    units
        Units of the lot; 0 is no work.
    yield_first_bp, yield_last_bp, yield_scale_units
        The yield's rise, as in ``first_pass_yield``.
    rework_bp
        Share of a unit's minutes that working it over takes, basis points; may exceed a whole.

    Raises ValueError if an argument is out of its range.

    Source: R21 and R22 of the model.

    >>> minutes_of_each(6_000, 0.8, 0, 0, 4, 10_000, 10_000, 20, 3_000)
    [6000, 4800, 4213, 3840]
    >>> minutes_of_each(6_000, 1.0, 0, 0, 1, 8_500, 9_500, 20, 3_000)
    [6270]
    """
    _check_curve(first_minutes, slope, built, units)
    _check_yield(yield_first_bp, yield_last_bp, yield_scale_units)
    if floor_minutes < 0 or rework_bp < 0:
        raise ValueError(f"a floor of {floor_minutes} minutes, rework of {rework_bp} bp: expected zero or more of each")
    each, whole = [], BASIS_POINTS * BASIS_POINTS
    for before in range(built, built + units):
        minutes = max(_on_curve(first_minutes, slope, before + 1), floor_minutes)
        failed_bp = BASIS_POINTS - _yield_bp(yield_first_bp, yield_last_bp, yield_scale_units, before)
        each.append(minutes + (2 * failed_bp * rework_bp * minutes + whole) // (2 * whole))  # as divide_half_up does
    return each


def first_pass_yield(y0_bp: int, yinf_bp: int, scale_units: int, built: int) -> int:
    """Share of units that pass at once, after ``built`` units: y∞ − (y∞ − y0) × exp(−built ÷ scale), half up.

    Parameters
    ----------
    y0_bp, yinf_bp
        Yield of the first unit and the one it tends to, basis points, above 0; it falls if y∞ is the lower.
    scale_units
        nᵧ: after so many units 63 % of the way is gone.
    built
        Units completed before the one asked for, so that the first unit has y0.

    Raises ValueError if an argument is out of its range.

    Source: R22 of the model.

    >>> [first_pass_yield(8_500, 9_500, 20, built) for built in (0, 20, 40, 1_000)]
    [8500, 9132, 9365, 9500]
    """
    _check_yield(y0_bp, yinf_bp, scale_units)
    if built < 0:
        raise ValueError(f"{built} units built: expected zero or more")
    return _yield_bp(y0_bp, yinf_bp, scale_units, built)


def forgotten(built: int, idle_days: int, grace_days: int, halving_days: int) -> int:
    """Units that still count after a break: all up to the grace, then half of them for every ``halving_days``.

    Between whole halvings the count falls as smoothly: built × 2^(−(idle − grace) ÷ halving), rounded down.

    Raises ValueError if a count or a day is negative or ``halving_days`` is not above zero.

    Source: R21 of the model. That breaks cost learning is reported by G. Anderlohr ("What Production Breaks
    Cost", Industrial Engineering, Sept. 1969) and, with experience that decays by a constant rate, by
    C. L. Benkard ("Learning and Forgetting", American Economic Review 90, 2000). That nothing is lost within
    a grace, and the rate beyond it, are assumptions: no figure for this industry is public.

    >>> [forgotten(40, idle, 90, 365) for idle in (90, 91, 455, 820)]
    [40, 39, 20, 10]
    """
    if min(built, idle_days, grace_days) < 0 or halving_days <= 0:
        raise ValueError(
            f"{built} units, {idle_days} days idle, {grace_days} of grace, halved every {halving_days} days:"
            " expected zero or more of each, and a halving time above zero"
        )
    beyond = idle_days - grace_days
    return built if beyond <= 0 else floor(built * 2.0 ** (-beyond / halving_days))


def parts_value(parts_yen_first: int, slope: float, built: int, units: int) -> int:
    """Yen of bought parts for the next ``units`` units after ``built``, on their own unit curve, half up a unit.

    Parameters
    ----------
    parts_yen_first
        Parts of the first unit, yen.
    slope
        Value at twice the count ÷ value, above 0.5; 1 is a constant value.
    built, units
        Units counted before, and units asked for.

    Raises ValueError if an argument is out of its range.

    Source: R25 of the model.

    >>> parts_value(1_000, 1.0, 7, 3), parts_value(1_000, 0.9, 0, 2)
    (3000, 1900)
    """
    _check_curve(parts_yen_first, slope, built, units)
    if slope == 1:
        return parts_yen_first * units
    return sum(_on_curve(parts_yen_first, slope, before + 1) for before in range(built, built + units))


def _on_curve(first: int, slope: float, n: int) -> int:
    """Height of the unit curve at the n-th unit, half up.

    slope^(log2 n) is n^(log2 slope), but exact where n doubles, which is where tables are checked.
    """
    return round_half_up(first * slope ** log2(n))


def _yield_bp(y0_bp: int, yinf_bp: int, scale_units: int, built: int) -> int:
    return round_half_up(yinf_bp - (yinf_bp - y0_bp) * exp(-built / scale_units))


def _check_curve(first: int, slope: float, built: int, units: int) -> None:
    if first < 0 or not STEEPEST_SLOPE < slope <= 1 or built < 0 or units < 0:
        raise ValueError(
            f"a curve from {first} at slope {slope}, {units} units after {built}: expected a first value, units"
            f" and count of zero or more, a slope above {STEEPEST_SLOPE} and at most 1"
        )


def _check_yield(y0_bp: int, yinf_bp: int, scale_units: int) -> None:
    if not (0 < y0_bp <= BASIS_POINTS and 0 < yinf_bp <= BASIS_POINTS) or scale_units <= 0:
        raise ValueError(
            f"a yield from {y0_bp} to {yinf_bp} bp over {scale_units} units:"
            f" expected both above 0 and at most {BASIS_POINTS}, a scale above zero"
        )
