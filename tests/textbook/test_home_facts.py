"""The lines of the facts, by hand: what a first unit costs, what the hundredth, and what a line makes a month.

The figures are typed from the tables of lines and prices, with the checks printed in their last columns.

Why: a rule that reads its inputs in the wrong unit passes every story that was written in that unit.
"""

from __future__ import annotations

import pytest

from sim.rules.learning import minutes_of_each, unit_minutes
from sim.rules.production import completion_day, labour_minutes_a_day, passed_on, price_minor, tooling_work

# Parts and overhead in m yen, yen an hour, T1 and floor in hours, slope; then the price of unit 1 and of unit
# 100 in m yen at a margin of 10 % and without rework, as the facts print them to four figures.
PRICE_CHECKS = [
    ("soten_acsl", 0.72, 0.1, 5_000, 20, 8, 0.9, 1.012, 0.9566),
    ("modular_fpv_home", 1.05, 0.1, 5_000, 12, 3, 0.85, 1.331, 1.287),
    ("attack_small_home", 3.6, 0.5, 6_000, 60, 20, 0.85, 4.906, 4.645),
    ("interceptor_terra", 2.9, 0.4, 5_000, 30, 8, 0.85, 3.795, 3.686),
    ("kracer_khi", 200, 45, 9_000, 2_400, 900, 0.82, 293.3, 278.4),
    ("cargo_multirotor_mhi", 80, 20, 9_000, 900, 350, 0.85, 118.9, 113.5),
    ("oneway_attack_home", 20, 4, 8_000, 400, 140, 0.85, 29.92, 27.63),
    ("usv_small_home", 165, 30, 8_000, 2_600, 1_200, 0.85, 237.4, 225.1),
    ("uuv_khi", 200, 40, 9_000, 3_200, 1_400, 0.85, 295.7, 277.9),
    ("ship_vtol_home", 165, 30, 9_000, 1_900, 800, 0.85, 233.3, 222.4),
    ("fixed_wing_subaru", 1_050, 150, 9_000, 9_000, 4_000, 0.82, 1409.0, 1360.0),
    ("heron_kits_khi", 3_100, 120, 9_000, 2_500, 1_200, 0.88, 3567.0, 3554.0),
]


@pytest.mark.parametrize("row", PRICE_CHECKS, ids=[str(row[0]) for row in PRICE_CHECKS])
def test_prices_are_those_checked_beside_the_facts(
    row: tuple[str, float, float, int, int, int, float, float, float],
) -> None:
    _, parts, overhead, rate, first, floor, slope, of_unit_1, of_unit_100 = row
    for n, expected in ((1, of_unit_1), (100, of_unit_100)):
        minutes = unit_minutes(first * 60, slope, floor * 60, n)
        price = price_minor(round(parts * 1e6), minutes, rate, round(overhead * 1e6), 1_000)
        assert float(f"{price / 1e6:.4g}") == expected


# T1 in hours, heads at the start, tooling slots a year, and the month's units of a line that does not learn yet,
# as the facts print them to two figures or fewer. A head works 5.4 h a calendar day.
RATE_CHECKS = [
    ("soten_acsl", 20, 10, 720, 60),
    ("modular_fpv_home", 12, 5, 1_440, 68),
    ("attack_small_home", 60, 12, 960, 33),
    ("interceptor_terra", 30, 5, 480, 27),
    ("kracer_khi", 2_400, 10, 18, 0.68),
    ("cargo_multirotor_mhi", 900, 8, 24, 1.5),
    ("oneway_attack_home", 400, 12, 180, 4.9),
    ("usv_small_home", 2_600, 12, 12, 0.76),
    ("uuv_khi", 3_200, 10, 12, 0.51),
    ("ship_vtol_home", 1_900, 8, 12, 0.69),
    ("fixed_wing_subaru", 9_000, 20, 7, 0.37),
    ("heron_kits_khi", 2_500, 12, 8, 0.7),
]


@pytest.mark.parametrize("row", RATE_CHECKS, ids=[str(row[0]) for row in RATE_CHECKS])
def test_a_line_without_learning_makes_what_is_checked_beside_the_facts(row: tuple[str, int, int, int, float]) -> None:
    _, first_hours, heads, slots, a_month = row
    [minutes] = minutes_of_each(first_hours * 60, 1.0, 0, 0, 1, 10_000, 10_000, 1, 0)
    capacity = (0,), (labour_minutes_a_day(heads, 324),), (slots * 1_000,)
    day, left, made = 0, (0, 0), -1
    while day <= 10 * 365:
        made += 1
        day, left = completion_day(day, (minutes, tooling_work(1)), passed_on(day, left, day), *capacity)
    assert made / 120 == pytest.approx(a_month, rel=0.05)
    # exactly: the slower of the two meters, less the unit that is still in the works
    slower = min(10 * 365 * capacity[1][0] // minutes, 10 * slots)
    assert made in (slower - 1, slower)
