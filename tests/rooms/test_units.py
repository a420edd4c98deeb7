"""Whole-number arithmetic: every rounding is floor(x + 1/2), every split adds up."""

from __future__ import annotations

from fractions import Fraction
from math import floor, inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.units import (
    RATE_SCALE,
    UNITS,
    divide_half_up,
    round_half_up,
    share_of,
    share_of_down,
    split,
    unit_named,
    yen_of,
)

HALF = Fraction(1, 2)


@given(x=st.floats(allow_nan=False, allow_infinity=False))
def test_rounding_is_exactly_floor_of_x_plus_a_half(x):
    assert round_half_up(x) == floor(Fraction(x) + HALF)


def test_halves_go_up_on_both_sides_of_zero():
    assert [round_half_up(x) for x in (0.5, 1.5, 2.5, -0.5, -1.5, -2.5)] == [1, 2, 3, 0, -1, -2]


def test_the_sum_with_a_half_does_not_round_before_the_floor():
    # as floats, 0.49999999999999994 + 0.5 is 1.0, and 2**52 + 1 + 0.5 is 2**52 + 2
    assert round_half_up(0.49999999999999994) == 0
    assert round_half_up(2.0**52 + 1) == 2**52 + 1


@pytest.mark.parametrize("x", [nan, inf, -inf])
def test_what_is_not_a_number_cannot_be_rounded(x):
    with pytest.raises(ValueError, match="expected a finite number"):
        round_half_up(x)


@given(numerator=st.integers(-(10**30), 10**30), denominator=st.integers(1, 10**20))
def test_whole_division_is_exactly_floor_of_the_quotient_plus_a_half(numerator, denominator):
    assert divide_half_up(numerator, denominator) == floor(Fraction(numerator, denominator) + HALF)


@pytest.mark.parametrize("denominator", [0, -3])
def test_a_denominator_is_above_zero(denominator):
    with pytest.raises(ValueError, match="denominator above zero"):
        divide_half_up(1, denominator)


def test_a_share_rounds_half_up_and_a_carry_over_down():
    # 3 yen at 50 % is 1.5; 10,001 yen at 0.01 % is 1.0001; at 99.99 % 9,999.9999
    assert (share_of(3, 5_000), share_of_down(3, 5_000)) == (2, 1)
    assert (share_of(10_001, 1), share_of_down(10_001, 1)) == (1, 1)
    assert (share_of(10_001, 9_999), share_of_down(10_001, 9_999)) == (10_000, 9_999)


def test_trillions_keep_their_last_yen():
    # 43,000 bn yen + 1 at 33.33 %: 14,331,900,000,000.3333
    assert share_of(43_000_000_000_001, 3_333) == 14_331_900_000_000
    # the same at 50 %: …000.5 goes up
    assert share_of(43_000_000_000_001, 5_000) == 21_500_000_000_001


def test_the_last_part_of_a_split_takes_the_remainder():
    # 100 in thirds: 33.3 → 33, 33.3 → 33, the rest is 34
    assert split(100, (1, 1, 1)) == (33, 33, 34)
    # 5 at 30 : 30 : 40: 1.5 → 2, 1.5 → 2, the rest is 1
    assert split(5, (30, 30, 40)) == (2, 2, 1)
    assert split(7, (1,)) == (7,)


def test_no_part_of_a_small_total_is_negative():
    # 2 in quarters: 0.5 → 1, 0.5 → 1, then nothing is left
    assert split(2, (1, 1, 1, 1)) == (1, 1, 0, 0)


@given(total=st.integers(0, 10**15), weights=st.lists(st.integers(0, 10_000), min_size=1, max_size=12))
def test_the_parts_of_a_split_add_up_and_each_is_its_rounded_share_while_it_lasts(total, weights):
    if sum(weights) == 0:
        weights[0] = 1
    parts = split(total, weights)
    assert sum(parts) == total
    left = total
    for part, weight in zip(parts[:-1], weights[:-1], strict=True):
        assert part == min(left, floor(Fraction(total * weight, sum(weights)) + HALF))
        left -= part
    assert parts[-1] == left >= 0


@pytest.mark.parametrize(("total", "weights"), [(-1, (1,)), (5, ()), (5, (0, 0)), (5, (2, -1))])
def test_a_split_without_sense_is_refused(total, weights):
    with pytest.raises(ValueError, match="cannot split"):
        split(total, weights)


def test_foreign_sums_become_yen_half_up():
    # 1,000,001 cents at 150.2500 yen a dollar: 10,000.01 × 150.25 = 1,502,501.5025
    assert yen_of(1_000_001, 1_502_500, 100) == 1_502_502
    # 2 cents at 125 yen a dollar: 2.5 yen
    assert yen_of(2, 1_250_000, 100) == 3
    # yen are yen
    assert yen_of(1_234_567, RATE_SCALE, 1) == 1_234_567


@pytest.mark.parametrize(
    ("name", "dimension", "factor"),
    [
        ("tn JPY", "money:JPY", 1e12),
        ("JPY", "money:JPY", 1),
        ("m USD", "money:USD", 100e6),
        ("bn AUD", "money:AUD", 100e9),
        ("k TRY", "money:TRY", 100e3),
        ("EUR", "money:EUR", 100),
        ("week", "duration", 7),
        ("month", "duration", 30.4375),
        ("year", "duration", 365.25),
        ("percent", "share", 0.01),
        ("percent/month", "share/month", 0.01),
        ("percent/year", "share/year", 0.01),
        ("place", "count", 1),
        ("unit/month", "rate", 12),
        ("JPY per USD", "exchange", 1),
        ("1", "factor", 1),
        ("hour", "work", 60),
    ],
)
def test_a_unit_leads_to_the_canonical_unit_of_its_dimension(name, dimension, factor):
    assert unit_named(name) == (name, dimension, factor)


def test_every_dimension_has_its_canonical_unit_but_foreign_money_which_counts_cents():
    dimensions = {unit.dimension for unit in UNITS.values()}
    with_canonical = {unit.dimension for unit in UNITS.values() if unit.factor == 1}
    assert dimensions - with_canonical == {"money:USD", "money:AUD", "money:EUR", "money:TRY"}


def test_an_unknown_unit_is_told_with_the_known_ones():
    with pytest.raises(KeyError, match=r"no unit 'fortnight'; known: .*week"):
        unit_named("fortnight")


def test_the_table_of_units_cannot_be_changed():
    with pytest.raises(TypeError):
        UNITS["fortnight"] = UNITS["week"]
