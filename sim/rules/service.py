"""The arithmetic between dock and service: people, classes, losses, type approval (chapter 7).

People, units and days are whole; what is not yet a whole person is carried to the next month.

Why: a unit without a crew serves nobody, and a rounding that loses people loses units.
"""

from __future__ import annotations

from typing import Final

from sim.units import BASIS_POINTS

MONTHS_PER_YEAR: Final = 12


def people_needed(units: int, block_units: int, people_per_block: int) -> int:
    """People who serve so many units: whole blocks, rounded up.

    Raises ValueError if units or people are negative, or if a block has no unit.

    Source: R28 of the model.

    >>> people_needed(9, 4, 12), people_needed(8, 4, 12)
    (36, 24)
    """
    if units < 0 or block_units <= 0 or people_per_block < 0:
        raise ValueError(
            f"people for {units} units in blocks of {block_units} with {people_per_block} people:"
            " expected units and people of zero or more, blocks above zero"
        )
    return -(-units // block_units) * people_per_block


def units_crewable(people: int, block_units: int, people_per_block: int) -> int:
    """Most units so many people serve: the largest number whose ``people_needed`` is at most ``people``.

    Raises ValueError if people are negative, or if a block has no unit or needs nobody.

    Source: R28 of the model.

    >>> units_crewable(35, 4, 12), units_crewable(36, 4, 12)
    (8, 12)
    """
    if people < 0 or block_units <= 0 or people_per_block <= 0:
        raise ValueError(
            f"units served by {people} people, {people_per_block} for a block of {block_units}:"
            " expected people of zero or more, and a block with units and people"
        )
    return people // people_per_block * block_units


def class_size(seats: int, extra_seats: int, posts_filled_bp: int, carried_bp_people: int) -> tuple[int, int]:
    """People who start this month's class, and the fraction of a person carried to the next month.

    Parameters
    ----------
    seats, extra_seats
        The mission's own seats a month and those bought.
    posts_filled_bp
        Share of seats for which there are people, basis points.
    carried_bp_people
        Basis points of a person left over from the month before.

    Returns
    -------
    Whole people, and basis points of a person, 0 to 9,999.

    Raises ValueError if anything is negative.

    Source: R28 of the model.

    >>> class_size(10, 0, 8_550, 0), class_size(10, 0, 8_550, 5_500)
    ((8, 5500), (9, 1000))
    """
    if seats < 0 or extra_seats < 0 or posts_filled_bp < 0 or carried_bp_people < 0:
        raise ValueError(
            f"a class of {seats} + {extra_seats} seats, {posts_filled_bp} bp filled, {carried_bp_people} bp"
            " of a person carried: expected zero or more of each"
        )
    bp_people = (seats + extra_seats) * posts_filled_bp + carried_bp_people
    return bp_people // BASIS_POINTS, bp_people % BASIS_POINTS


def monthly_chance(yearly_bp: int) -> float:
    """Chance a month that, twelve times over, makes the yearly chance L: 1 − (1 − L)^(1/12).

    Raises ValueError if the yearly chance lies outside 0 to 10,000 basis points.

    Source: R28 (leavers) and R29 (losses) of the model.

    >>> monthly_chance(0), round(monthly_chance(1_000), 6), monthly_chance(10_000)
    (0.0, 0.008742, 1.0)
    """
    if not 0 <= yearly_bp <= BASIS_POINTS:
        raise ValueError(f"a yearly chance of {yearly_bp} bp: expected 0 to {BASIS_POINTS}")
    return float(1 - (1 - yearly_bp / BASIS_POINTS) ** (1 / MONTHS_PER_YEAR))


def approval_day(paper_day: int, trial_day: int, block_days: int) -> int:
    """Day a product is approved: the later of its paper and its trial part, plus a block if there is one.

    Raises ValueError if the block is negative.

    Source: R27 of the model.

    >>> approval_day(200, 260, 0), approval_day(200, 120, 365)
    (260, 565)
    """
    if block_days < 0:
        raise ValueError(f"a block of {block_days} days: expected zero or more")
    return max(paper_day, trial_day) + block_days
