"""Learning against printed tables, with the two theories that share the word named and kept apart.

Unit theory (Crawford) is the model's; cumulative-average theory (Wright) is written here only, to show that
the same slope means other hours in it.

Why: the commonest mistake with a learning curve is to use the slope of one theory in the other.
"""

from __future__ import annotations

from math import log2

import pytest

from sim.rules.learning import minutes_of_each, parts_value, unit_minutes

HOUR = 60


def hours(first_hours: int, slope: float, n: int) -> float:
    return unit_minutes(first_hours * HOUR, slope, 0, n) / HOUR


def total_hours(first_hours: int, slope: float, units: int) -> float:
    """All units from the first on, every one passing at once."""
    return sum(minutes_of_each(first_hours * HOUR, slope, 0, 0, units, 10_000, 10_000, 1, 0)) / HOUR


# Chase, Jacobs & Aquilano, Operations Management, learning-curve chapter, exhibit 2: "Unit, Cumulative, and
# Cumulative Average Direct Labor Worker-Hours Required for an 80 Percent Learning Curve"
UNIT_THEORY_80 = [
    (1, 100_000, 100_000, 100_000),
    (2, 80_000, 180_000, 90_000),
    (4, 64_000, 314_210, 78_553),
    (8, 51_200, 534_591, 66_824),
    (16, 40_960, 892_014, 55_751),
    (32, 32_768, 1_467_862, 45_871),
    (64, 26_214, 2_392_447, 37_382),
    (128, 20_972, 3_874_384, 30_269),
    (256, 16_777, 6_247_572, 24_405),
]


@pytest.mark.parametrize(("n", "unit", "cumulative", "average"), UNIT_THEORY_80)
def test_unit_theory_at_80_percent_is_that_of_the_table(n: int, unit: int, cumulative: int, average: int) -> None:
    assert round(hours(100_000, 0.8, n)) == unit
    # a minute's rounding a unit is at most half a minute, 256 of them two hours
    assert total_hours(100_000, 0.8, n) == pytest.approx(cumulative, abs=0.5 + n / 120)
    assert round(total_hours(100_000, 0.8, n) / n) == average


# The same book, exhibit 4, "Improvement Curves: Table of Unit Values", row of the third unit; Stevenson,
# Operations Management, table 7S.1, prints .583 for the tenth unit at 85 % and .634 for the 20th at 90 %.
@pytest.mark.parametrize(
    ("slope", "n", "of_the_first"),
    [
        (0.60, 3, 0.4450),
        (0.65, 3, 0.5052),
        (0.70, 3, 0.5682),
        (0.75, 3, 0.6338),
        (0.80, 3, 0.7021),
        (0.85, 3, 0.7729),
        (0.90, 3, 0.8462),
        (0.95, 3, 0.9219),
        (0.85, 10, 0.583),
        (0.90, 20, 0.634),
    ],
)
def test_unit_values_of_other_slopes_are_those_of_the_tables(slope: float, n: int, of_the_first: float) -> None:
    places = 4 if n == 3 else 3
    assert round(unit_minutes(10_000_000, slope, 0, n) / 10_000_000, places) == of_the_first


# BPP Learning Media, management accounting, "A new product will take 100 hours for the first unit. An 80 %
# learning curve applies": cumulative average, total, and hours a unit of each doubling
CUMULATIVE_AVERAGE_80 = [
    (1, 100.0, 100.0, 100.0),
    (2, 80.0, 160.0, 60.0),
    (4, 64.0, 256.0, 48.0),
    (8, 51.2, 409.6, 38.4),
    (16, 40.96, 655.36, 30.72),
]


def wright_total_hours(first_hours: float, slope: float, units: int) -> float:
    """Cumulative-average theory: units times their average, which falls with the slope."""
    return first_hours * units * float(units ** log2(slope))


def test_cumulative_average_theory_is_another_one() -> None:
    before = 0.0
    for units, average, total, increment in CUMULATIVE_AVERAGE_80:
        assert wright_total_hours(100, 0.8, units) == pytest.approx(total)
        assert total / units == pytest.approx(average)
        new = units - units // 2
        assert (total - before) / new == pytest.approx(increment, rel=0.0001)
        before = total
    # one column of the one table is a column of the other: what falls with the slope is there the average ...
    assert [average for _, average, _, _ in CUMULATIVE_AVERAGE_80] == [
        pytest.approx(unit / 1_000, abs=0.005) for _, unit, _, _ in UNIT_THEORY_80[:5]
    ]
    # ... and here the unit, so 16 units take 892 h here and 655 h there
    assert total_hours(100, 0.8, 16) == pytest.approx(892.0, abs=0.1)
    assert round(wright_total_hours(100, 0.8, 16), 2) == 655.36


def test_every_doubling_takes_the_slope_and_no_learning_takes_nothing() -> None:
    for n in (1, 2, 3, 5, 50):
        assert hours(1_000_000, 0.9, 2 * n) == pytest.approx(0.9 * hours(1_000_000, 0.9, n), abs=1 / HOUR)
        assert unit_minutes(777, 1.0, 0, n) == 777
    # a half is rounded up where the product is exact: 5 x 0.9 = 4.5
    assert unit_minutes(5, 0.9, 0, 2) == 5


def test_bought_parts_fall_along_the_same_curve_in_yen() -> None:
    # 100,000 yen at 80 %: the first four of the table, 70,210.37 for the third
    assert parts_value(100_000, 0.8, 0, 4) == 100_000 + 80_000 + 70_210 + 64_000
    assert parts_value(100_000, 0.8, 2, 1) == 70_210
    assert parts_value(100_000, 1.0, 40, 3) == 300_000
    assert parts_value(100_000, 0.8, 2, 0) == 0
