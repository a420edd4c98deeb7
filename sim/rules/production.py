"""The arithmetic of a home line: two meters, heads, commitment, price, the export cap (chapter 6).

A line has two meters, labour minutes and tooling; both are piecewise constant and whole, and no rule steps
through the days.

Why: a completion found by division must be the one that a foreman would read off his calendar.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from sim.rules.imports import MILLI_RATE_PERIOD
from sim.units import BASIS_POINTS, divide_half_up

NEVER: Final = 10**9
"""The day of what no known capacity completes; later than any horizon."""

MINUTES_AN_HOUR: Final = 60


def tooling_work(units: int, period_units: int = MILLI_RATE_PERIOD) -> int:
    """Work of so many units on the tooling meter.

    A day adds the tooling rate in thousandths of a unit per 365 days, a unit takes 365,000 of them, so every
    sum is whole; with ``period_units`` 90 a day adds units per 90 days. A line without a tooling limit has
    work 0 on this meter.

    Raises ValueError if the units are negative or the period is not above zero.

    Source: R21 of the model; the scale is that of R17.

    >>> tooling_work(2), tooling_work(2, 90)
    (730000, 180)
    """
    if units < 0 or period_units <= 0:
        raise ValueError(f"{units} units, a period of {period_units}: expected units of zero or more, a period above 0")
    return units * period_units


def completion_day(
    start_day: int,
    work: tuple[int, int],
    left_over: tuple[int, int],
    changes: Sequence[int],
    labour_per_day: Sequence[int],
    tooling_per_day: Sequence[int],
) -> tuple[int, tuple[int, int]]:
    """First day on which both meters, summed since the lot's start, cover it; and what that day has left.

    If ``left_over`` covers the lot whole, it is done on ``start_day``. Otherwise it takes what is left, and
    its working days are ``start_day + 1`` on. A day's capacity serves that day only: the meter that was
    covered first has at most the whole of the completion day left, not the days it waited for the other.

    Parameters
    ----------
    start_day
        Day the lot starts.
    work
        Labour minutes and tooling work (``tooling_work``); not both zero.
    left_over
        What the start day has left on both meters from the lot before; see ``passed_on``.
    changes
        First working days of the pieces, ascending, the first at most ``start_day + 1``.
    labour_per_day, tooling_per_day
        Minutes, and thousandths of a unit per 365 days, that each day of a piece adds; zero or more.

    Returns
    -------
    The day, and what it has left on both meters; ``NEVER`` and nothing left if the last piece does not
    suffice, because a meter that is still needed adds zero.

    Raises
    ------
    ValueError
        If there is no work, something is negative, or the first working day has no piece.

    Source: R3 and R21 of the model.

    >>> completion_day(0, (6_000, 0), (0, 0), (0,), (4_800,), (0,))
    (2, (3600, 0))
    >>> completion_day(4, (3_840, 0), (4_187, 0), (0,), (4_800,), (0,))
    (4, (347, 0))
    """
    if min(*work, *left_over) < 0 or max(work) == 0:
        raise ValueError(f"work {work} with {left_over} left over: expected some work, and nothing below zero")
    open_labour, open_tooling = work[0] - left_over[0], work[1] - left_over[1]
    if open_labour <= 0 and open_tooling <= 0:
        return start_day, (-open_labour, -open_tooling)
    labour_day, labour_left = _covered(open_labour, start_day + 1, changes, labour_per_day)
    tooling_day, tooling_left = _covered(open_tooling, start_day + 1, changes, tooling_per_day)
    day = max(labour_day, tooling_day)
    if day == NEVER:
        return NEVER, (0, 0)
    if labour_day < day:
        labour_left = labour_per_day[_piece(changes, day)]
    if tooling_day < day:
        tooling_left = tooling_per_day[_piece(changes, day)]
    return day, (labour_left, tooling_left)


def _covered(open_work: int, first: int, changes: Sequence[int], per_day: Sequence[int]) -> tuple[int, int]:
    """Day, from ``first`` on, on which one meter covers its open work, and what it has left that day.

    Work that is not open is covered on the day before ``first``.
    """
    if len(changes) != len(per_day) or min(per_day, default=0) < 0:
        raise ValueError(f"{len(changes)} changes with {tuple(per_day)} a day: expected one of zero or more a change")
    piece, last = _piece(changes, first), len(changes) - 1
    if open_work <= 0:
        return first - 1, 0
    while piece < last and (done := per_day[piece] * (changes[piece + 1] - first)) < open_work:
        open_work -= done
        piece += 1
        first = changes[piece]
    rate = per_day[piece]
    if rate == 0:
        return NEVER, 0
    days = -(-open_work // rate)
    return first + days - 1, days * rate - open_work


def _piece(changes: Sequence[int], day: int) -> int:
    """Place of the last change that is not after ``day``."""
    later = bisect_right(changes, day)
    if later == 0:
        raise ValueError(f"working day {day} has no capacity stated: expected a first change on it or before")
    return later - 1


def passed_on(done_day: int, left_over: tuple[int, int], start_day: int) -> tuple[int, int]:
    """What a lot that starts on ``start_day`` takes over from the lot done on ``done_day``: that day's rest.

    Raises ValueError if it starts before the other is done.

    Source: R21 of the model.

    >>> passed_on(7, (360, 20), 7), passed_on(7, (360, 20), 8)
    ((360, 20), (0, 0))
    """
    if start_day < done_day:
        raise ValueError(f"a lot starts on day {start_day}, before the one done on day {done_day}: expected one a time")
    return left_over if start_day == done_day else (0, 0)


def head_steps(month_starts: Sequence[int], initial: int, intake: int, most: int) -> list[tuple[int, int]]:
    """Days on which a line's heads change, with the new number: one intake a month until there are ``most``.

    Parameters
    ----------
    month_starts
        First days of the months after the line opened, ascending; who joins works on that day. Steps past
        the last of them are not told.
    initial
        Heads from the opening on; not among the steps.
    intake, most
        Heads a month, and the number at which hiring ends; the last intake is what is still lacking.

    Raises ValueError if a number is negative or ``initial`` exceeds ``most``.

    Source: R21 of the model.

    >>> head_steps((31, 59, 90, 120), 10, 4, 17)
    [(31, 14), (59, 17)]
    """
    if min(initial, intake) < 0 or initial > most:
        raise ValueError(
            f"{initial} heads, {intake} more a month, at most {most}: expected zero or more, and no more at first"
        )
    steps, heads = [], initial
    for day in month_starts:
        if heads == most or intake == 0:
            break
        heads = min(heads + intake, most)
        steps.append((day, heads))
    return steps


def labour_minutes_a_day(heads: int, minutes_a_head_day: int) -> int:
    """Minutes a calendar day of so many heads; days off are averaged into the minutes of a head.

    Raises ValueError if either is negative.

    Source: R21 of the model.

    >>> labour_minutes_a_day(10, 480)
    4800
    """
    if min(heads, minutes_a_head_day) < 0:
        raise ValueError(f"{heads} heads of {minutes_a_head_day} minutes a day: expected zero or more of each")
    return heads * minutes_a_head_day


def commitment_asked(minimum_units: int, subsidy_bp: int, full_bp: int = BASIS_POINTS) -> int:
    """Units, signed and due within 730 days, that a firm asks for before it opens a line.

    The minimum falls linearly to zero at full subsidy, rounded up: a firm never accepts less than its share.

    Parameters
    ----------
    minimum_units
        Asked without any subsidy.
    subsidy_bp
        Share of the capital that is paid, basis points.
    full_bp
        Share at which nothing is asked any more.

    Raises ValueError if the minimum is negative or the subsidy lies outside 0 to ``full_bp``.

    Source: R19 of the model.

    >>> [commitment_asked(10, subsidy) for subsidy in (0, 2_500, 5_000, 10_000)]
    [10, 8, 5, 0]
    """
    if minimum_units < 0 or full_bp <= 0 or not 0 <= subsidy_bp <= full_bp:
        raise ValueError(
            f"a commitment of {minimum_units} units with a subsidy of {subsidy_bp} of {full_bp} bp:"
            " expected units of zero or more, a subsidy from zero to full"
        )
    return -(-minimum_units * (full_bp - subsidy_bp) // full_bp)


def price_minor(parts_yen: int, minutes: int, labour_yen_hour: int, overhead_yen: int, margin_bp: int) -> int:
    """Price of a lot or an order: (parts + hours × labour rate + overhead) × (1 + margin), half up once.

    Parameters
    ----------
    parts_yen, overhead_yen
        Parts and overhead of all its units, yen.
    minutes
        Their expected labour minutes at that point of the curve, from ``minutes_of_each``.
    labour_yen_hour
        Yen an hour.
    margin_bp
        Share of the cost, basis points; 0 gives the cost itself.

    Returns
    -------
    Whole yen, which is the minor unit of yen.

    Raises ValueError if anything is negative.

    Source: R25 of the model.

    >>> price_minor(720_000, 1_200, 5_000, 100_000, 1_000)
    1012000
    """
    if min(parts_yen, minutes, labour_yen_hour, overhead_yen, margin_bp) < 0:
        raise ValueError(
            f"parts {parts_yen}, {minutes} minutes at {labour_yen_hour} yen an hour, overhead {overhead_yen}, margin"
            f" {margin_bp} bp: expected zero or more of each"
        )
    sixtieths = (parts_yen + overhead_yen) * MINUTES_AN_HOUR + minutes * labour_yen_hour
    return divide_half_up(sixtieths * (BASIS_POINTS + margin_bp), MINUTES_AN_HOUR * BASIS_POINTS)


def export_allowed(export_minutes_12_months: int, all_minutes_12_months: int, cap_bp: int) -> bool:
    """Say whether the next export lot may start: exports' share of the line's minutes is below its cap.

    The lot itself does not count yet, so the share may pass the cap by one lot. A line that has made nothing
    in twelve months has a share of zero: its first lot may be an export, unless the cap is zero. A cap of a
    whole is no cap.

    Raises ValueError if minutes are negative, exports exceed the whole, or the cap lies outside 0 to 10,000.

    Source: R21 and R26 of the model.

    >>> export_allowed(299, 1_000, 3_000), export_allowed(300, 1_000, 3_000), export_allowed(0, 0, 3_000)
    (True, False, True)
    """
    if not 0 <= export_minutes_12_months <= all_minutes_12_months or not 0 <= cap_bp <= BASIS_POINTS:
        raise ValueError(
            f"{export_minutes_12_months} export minutes of {all_minutes_12_months}, a cap of {cap_bp} bp:"
            f" expected a part of the whole, and a cap of 0 to {BASIS_POINTS}"
        )
    if cap_bp == BASIS_POINTS or all_minutes_12_months == 0:
        return cap_bp > 0
    return export_minutes_12_months * BASIS_POINTS < cap_bp * all_minutes_12_months
