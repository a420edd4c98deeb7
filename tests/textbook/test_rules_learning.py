"""Rules of learning, yield, rework and forgetting against values worked out on paper.

Why: two engines that share a rule cannot check it for each other.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.rules import learning

PERFECT = (10_000, 10_000, 1)
"""A yield under which nothing is worked over."""


def test_the_first_four_units_of_the_story() -> None:
    # 100 h at 80 %: 100, 80, 100 x 0.8^1.5849625 = 70.2104, 64 hours; 70.2104 x 60 = 4,212.62
    assert [learning.unit_minutes(6_000, 0.8, 0, n) for n in (1, 2, 3, 4)] == [6_000, 4_800, 4_213, 3_840]


def test_no_unit_takes_less_than_the_floor() -> None:
    # 20 h at 90 %, floor 8 h: 0.9^log2(n) = 0.4 at n = 2^(ln 0.4 / ln 0.9) = 2^8.6968 = 415
    curve = [learning.unit_minutes(1_200, 0.9, 480, n) for n in (1, 414, 416, 417, 10_000)]
    assert curve == [1_200, 480, 480, 480, 480]
    assert learning.unit_minutes(1_200, 0.9, 0, 10_000) < 480
    assert learning.unit_minutes(100, 0.9, 150, 1) == 150, "a floor above the first unit holds from the first on"


def test_a_lot_is_worked_by_the_units_in_it() -> None:
    assert sum(learning.minutes_of_each(6_000, 0.8, 0, 0, 4, *PERFECT, 3_000)) == 6_000 + 4_800 + 4_213 + 3_840
    assert sum(learning.minutes_of_each(6_000, 0.8, 0, 2, 2, *PERFECT, 3_000)) == 4_213 + 3_840
    assert sum(learning.minutes_of_each(6_000, 0.8, 4_500, 1, 3, *PERFECT, 0)) == 4_800 + 4_500 + 4_500
    assert sum(learning.minutes_of_each(6_000, 0.8, 0, 2, 0, *PERFECT, 0)) == 0


def test_yield_rises_from_its_first_value_to_its_last() -> None:
    # 0.95 - 0.10 x exp(-n/20): n = 0: 0.85; n = 20: 0.95 - 0.10 x 0.3678794 = 0.9132121; n = 40: 0.9364665
    assert [learning.first_pass_yield(8_500, 9_500, 20, n) for n in (0, 20, 40)] == [8_500, 9_132, 9_365]
    # n = 1: 0.95 - 0.10 x exp(-0.05) = 0.95 - 0.09512294 = 0.85487706
    assert learning.first_pass_yield(8_500, 9_500, 20, 1) == 8_549
    assert learning.first_pass_yield(8_500, 9_500, 20, 100_000) == 9_500
    # a last yield below the first is a yield that falls
    assert learning.first_pass_yield(9_500, 9_000, 20, 20) == 9_184


def test_what_fails_is_worked_over_and_costs_its_minutes() -> None:
    # unit 1: 15 % fail x 30 % x 6,000 = 270; unit 2 fails by 1 - 0.8549: 0.1451 x 0.3 x 4,800 = 208.944 -> 209
    assert sum(learning.minutes_of_each(6_000, 0.8, 0, 0, 1, 8_500, 9_500, 20, 3_000)) == 6_000 + 270
    assert sum(learning.minutes_of_each(6_000, 0.8, 0, 0, 2, 8_500, 9_500, 20, 3_000)) == 6_270 + 4_800 + 209
    # unit 21 has y = 0.9132: 0.0868 x 0.5 x 1,000 = 43.4 -> 43; a flat curve
    assert sum(learning.minutes_of_each(1_000, 1.0, 0, 20, 1, 8_500, 9_500, 20, 5_000)) == 1_043
    # a half is rounded up: 10 % of 50 % of 10 minutes
    assert sum(learning.minutes_of_each(10, 1.0, 0, 0, 1, 9_000, 9_000, 20, 5_000)) == 11
    # rework is of the minutes the floor leaves
    assert sum(learning.minutes_of_each(6_000, 0.8, 5_000, 1, 1, 9_000, 9_000, 20, 10_000)) == 5_500


@given(
    first=st.integers(1, 200_000),
    slope=st.floats(0.51, 1.0),
    floor=st.integers(0, 50_000),
    built=st.integers(0, 300),
    cut=st.tuples(st.integers(0, 20), st.integers(0, 20)),
    yields=st.tuples(st.integers(1, 10_000), st.integers(1, 10_000), st.integers(1, 200)),
    rework=st.integers(0, 20_000),
)
def test_a_lot_cut_in_two_takes_the_same_minutes(
    first: int,
    slope: float,
    floor: int,
    built: int,
    cut: tuple[int, int],
    yields: tuple[int, int, int],
    rework: int,
) -> None:
    one, two = cut
    whole = sum(learning.minutes_of_each(first, slope, floor, built, one + two, *yields, rework))
    parts = (
        sum(learning.minutes_of_each(first, slope, floor, built, one, *yields, rework)),
        sum(learning.minutes_of_each(first, slope, floor, built + one, two, *yields, rework)),
    )
    assert sum(parts) == whole
    curve = sum(learning.unit_minutes(first, slope, floor, n + 1) for n in range(built, built + one + two))
    assert curve <= whole <= curve * (1 + rework / 10_000) + one + two


def test_a_short_break_forgets_nothing_and_a_long_one_halves() -> None:
    assert [learning.forgotten(40, idle, 90, 365) for idle in (0, 89, 90)] == [40, 40, 40]
    # 365 days beyond the grace: a half; 730: a quarter; 1,095: an eighth
    assert [learning.forgotten(40, 90 + days, 90, 365) for days in (365, 730, 1_095)] == [20, 10, 5]
    # half of a halving: 100 x 2^(-1/2) = 70.71; one day: 40 x 2^(-1/365) = 39.92, and a unit is whole
    assert learning.forgotten(100, 90 + 182, 90, 364) == 70
    assert learning.forgotten(40, 91, 90, 365) == 39
    assert learning.forgotten(0, 10_000, 90, 365) == 0
    assert learning.forgotten(1, 91, 90, 365) == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((-1, 0.8, 0, 1), "a curve from -1"),
        ((10, 0.5, 0, 1), "at slope 0.5"),
        ((10, 1.01, 0, 1), "at slope 1.01"),
        ((10, float("nan"), 0, 1), "at slope nan"),
        ((10, 0.8, -1, 1), "a floor of -1"),
        ((10, 0.8, 0, 0), "1 units after -1"),
    ],
)
def test_a_curve_without_sense_is_refused(arguments: tuple[int, float, int, int], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        learning.unit_minutes(*arguments)


def test_yields_lots_and_breaks_without_sense_are_refused() -> None:
    for y0, yinf, scale in (
        (0, 9_000, 20),
        (10_001, 9_000, 20),
        (9_000, 0, 20),
        (9_000, 10_001, 20),
        (9_000, 9_000, 0),
    ):
        with pytest.raises(ValueError, match="expected both above 0 and at most 10000, a scale above zero"):
            learning.first_pass_yield(y0, yinf, scale, 0)
        with pytest.raises(ValueError, match="expected both above 0 and at most 10000, a scale above zero"):
            sum(learning.minutes_of_each(10, 0.8, 0, 0, 1, y0, yinf, scale, 0))
    with pytest.raises(ValueError, match="-1 units built"):
        learning.first_pass_yield(9_000, 9_000, 20, -1)
    with pytest.raises(ValueError, match="rework of -1 bp"):
        sum(learning.minutes_of_each(10, 0.8, 0, 0, 1, *PERFECT, -1))
    with pytest.raises(ValueError, match="a floor of -1 minutes"):
        sum(learning.minutes_of_each(10, 0.8, -1, 0, 1, *PERFECT, 0))
    with pytest.raises(ValueError, match="-1 units after 0"):
        learning.parts_value(10, 1.0, 0, -1)
    for bad in ((-1, 0, 0, 1), (0, -1, 0, 1), (0, 0, -1, 1), (0, 0, 0, 0)):
        with pytest.raises(ValueError, match="a halving time above zero"):
            learning.forgotten(*bad)
