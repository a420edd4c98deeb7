"""Intervals against published values, and what they do with runs that failed or never varied."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.study.statistics import NEVER_VARIED, Interval, by_blocks, mean_t, quantile, wilson


# Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3
@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_published_limits(successes, n, low, high):
    found = wilson(successes, n)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)
    assert (found.value, found.n, found.N, found.level, found.kind) == (successes / n, n, n, 0.95, "wilson")


def test_failed_runs_widen_a_probability_from_the_lower_limit_of_s_to_the_upper_of_s_and_f():
    found = wilson(40, 97, 100)
    assert (found.low, found.high) == (wilson(40, 100).low, wilson(43, 100).high)
    assert (found.n, found.N, found.value) == (97, 100, 40 / 97)
    assert found.kind == "wilson, failed runs as bounds"


def test_a_batch_of_failures_says_nothing_of_the_chance():
    assert wilson(0, 0, 30) == Interval(None, 0.0, 1.0, 0, 30, 0.95, "wilson, failed runs as bounds")


@pytest.mark.parametrize("counts", [(5, 4, 4), (-1, 4, 4), (1, 4, 3), (0, 0, 0)])
def test_wilson_refuses_counts_that_cannot_be(counts):
    with pytest.raises(ValueError, match="expected 0 <= successes <= n <= N"):
        wilson(*counts)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 20))
def test_wilson_contains_what_was_seen_and_stays_in_the_unit(successes, misses, failed):
    n = successes + misses
    if n == 0:
        return
    found = wilson(successes, n, n + failed)
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_t_gives_the_textbook_interval_of_five_numbers():
    # mean 3, s^2 = 2.5, t(4, 0.975) = 2.776445: 3 ± 2.776445 * sqrt(2.5 / 5)
    found = mean_t([1, 2, 3, 4, 5])
    assert found.value == 3
    assert (round(found.low, 4), round(found.high, 4)) == (1.0368, 4.9632)
    assert found.kind == "t"


def test_a_mean_with_failed_runs_has_bounds_only_where_values_have():
    inside = mean_t([0.5, 0.6, 0.7], 4, within=(0.0, 1.0))
    assert inside.low < mean_t([0.5, 0.6, 0.7]).low
    assert 0 <= inside.low < inside.high <= 1
    assert mean_t([5.0, 6.0, 7.0], 4) == Interval(6.0, None, None, 3, 4, 0.95, "none: runs failed")


def test_what_never_varied_has_no_interval_of_width_zero():
    assert mean_t([2.0, 2.0, 2.0]) == Interval(2.0, None, None, 3, 3, 0.95, NEVER_VARIED)
    assert mean_t([2.0]) == Interval(2.0, None, None, 1, 1, 0.95, "none: fewer than two runs")


def test_the_median_of_twenty_lies_between_the_sixth_and_the_fifteenth():
    # Conover, Practical Nonparametric Statistics: P(6 <= B(20, 0.5) <= 14) = 0.9586
    found = quantile(range(1, 21), 0.5)
    assert (found.value, found.low, found.high) == (10, 6, 15)


def test_a_bound_that_would_take_more_runs_is_not_made_up():
    # 0.5 ** 5 = 0.031 > 0.025: the lowest of five is no lower bound of the median; 0.5 ** 6 = 0.016 is
    five, six = quantile([1, 2, 3, 4, 5], 0.5), quantile([1, 2, 3, 4, 5, 6], 0.5)
    assert (five.low, five.high) == (None, None)
    assert (six.low, six.high) == (1, 6)


def test_failed_runs_move_the_quantile_bounds_out_by_their_number():
    # of 20 runs two failed: the lower bound is the sixth of 20 with both below all, the upper with both above
    found = quantile(range(1, 19), 0.5, 20)
    assert (found.low, found.high) == (4, 15)
    assert (found.n, found.N) == (18, 20)
    assert quantile([], 0.5, 3).kind == "none: no run succeeded"


@given(st.lists(st.integers(0, 50), min_size=1, max_size=80), st.sampled_from([0.1, 0.5, 0.9]))
def test_a_quantile_is_one_of_the_values_and_enough_of_them_do_not_exceed_it(values, p):
    found = quantile(values, p)
    assert found.value in values
    assert sum(value <= found.value for value in values) >= p * len(values) - 1e-9
    assert sum(value < found.value for value in values) < p * len(values) + 1e-9
    assert found.low is None or found.low <= found.value
    assert found.high is None or found.value <= found.high


def test_ten_complete_blocks_are_needed_and_a_broken_one_does_not_count():
    # block b has mean b / 10: ten means 0.0 … 0.9, mean 0.45, s = 0.30277, t(9, 0.975) = 2.262157
    values = {64 * block + place: block / 10 for block in range(10) for place in range(64)}
    found = by_blocks(values, 640)
    assert (round(found.value, 6), found.n, found.N, found.kind) == (0.45, 640, 640, "t over block means")
    assert (round(found.low, 4), round(found.high, 4)) == (0.2334, 0.6666)

    del values[7]
    broken = by_blocks(values, 640)
    assert (broken.low, broken.high) == (None, None)
    assert broken.kind == "none: 9 complete blocks of 64, 10 needed"


def test_blocks_that_agree_have_no_interval():
    values = dict.fromkeys(range(640), 1.0)
    assert by_blocks(values, 640).kind == NEVER_VARIED
