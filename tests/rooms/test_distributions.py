"""Every distribution: its quantile never falls, undoes its cdf, and has the moments its formula promises."""

from __future__ import annotations

import pickle
from math import exp, inf, isinf, log, nan, nextafter, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.distributions import (
    Constant,
    Discrete,
    Empirical,
    Lognormal,
    Normal,
    Pert,
    Triangular,
    Uniform,
    beyond,
    binomial_quantile,
)
from sim.distributions.arrays import Triangulars

SMOOTH = [
    Uniform(-3.0, 9.0),
    Triangular(10.0, 20.0, 60.0),
    Triangular(10.0, 10.0, 60.0),
    Triangular(10.0, 60.0, 60.0),
    Pert(10.0, 20.0, 60.0),
    Pert(10.0, 10.0, 60.0),
    Pert(10.0, 60.0, 60.0),
    Lognormal(0.8, 2.1),
    Lognormal.from_log(0.256, 0.320),
    Normal(-2.0, 3.0),
]
STEPWISE = [
    Constant(4.0),
    Discrete((-1.0, 0.0, 30.0), (0.25, 0.5, 0.25)),
    Discrete((0.0, 1.0, 2.0), (0.0, 1.0, 0.0)),
    Empirical((30.0, 10.0, 20.0, 20.0)),
]
ALL = SMOOTH + STEPWISE

inside = st.floats(0.0, 1.0, exclude_min=True, exclude_max=True)
addressed = st.integers(0, 2**52 - 1).map(lambda k: (k + 0.5) / 2**52)
points = st.floats(-1e6, 1e6)
three_points = st.tuples(points, points, points).map(sorted)


@given(us=st.tuples(inside, inside), which=st.sampled_from(ALL))
def test_better_luck_never_brings_a_smaller_value(us, which):
    low, high = sorted(us)
    assert which.low() <= which.quantile(low) <= which.quantile(high) <= which.high()


@given(k=st.integers(0, 2**52 - 2), which=st.sampled_from(ALL))
def test_not_even_between_neighbouring_draws(k, which):
    assert which.quantile((k + 0.5) / 2**52) <= which.quantile((k + 1.5) / 2**52)


@given(estimate=three_points, k=st.integers(0, 2**52 - 2), kind=st.sampled_from([Triangular, Pert]))
def test_a_three_point_estimate_never_dips_nor_leaves_its_ends(estimate, k, kind):
    which = kind(*estimate)
    first, second = which.quantile((k + 0.5) / 2**52), which.quantile((k + 1.5) / 2**52)
    assert estimate[0] <= first <= second <= estimate[2]


@given(st.lists(st.tuples(three_points, addressed), min_size=1, max_size=20))
def test_three_point_estimates_in_an_array_are_those_one_by_one_to_the_last_bit(drawn):
    beliefs = [Triangular(*estimate) for estimate, _ in drawn]
    us = [u for _, u in drawn]
    assert Triangulars(beliefs).quantiles(np.array(us)).tolist() == [
        belief.quantile(u) for belief, u in zip(beliefs, us, strict=True)
    ]


@pytest.mark.parametrize("mode", [0.0, 0.3, 0.5, 0.7, 1.0])
def test_the_two_halves_of_a_pert_meet_without_a_dip(mode):
    which = Pert(0.0, mode, 1.0)
    values = [which.quantile(0.5 + step * 2.0**-48) for step in range(-60, 61)]
    assert values == sorted(values)


@given(u=st.floats(1e-6, 1 - 1e-6), which=st.sampled_from(SMOOTH))
def test_the_cdf_undoes_the_quantile(u, which):
    assert which.cdf(which.quantile(u)) == pytest.approx(u, rel=1e-9, abs=1e-12)


@given(u=inside, which=st.sampled_from(STEPWISE))
def test_a_stepwise_quantile_is_the_first_value_whose_chance_reaches_u(u, which):
    value = which.quantile(u)
    assert which.cdf(value) >= u
    assert which.cdf(value - 1e-9) < u


@pytest.mark.parametrize("which", ALL, ids=repr)
def test_mean_and_variance_are_those_of_the_quantile(which):
    size = 20_000
    values = [which.quantile((place + 0.5) / size) for place in range(size)]
    mean = sum(values) / size
    variance = sum((value - mean) ** 2 for value in values) / size
    # a midpoint grid misses a little of an unbounded tail: less than 0.1 % of the variance at this size
    assert mean == pytest.approx(which.mean(), abs=1e-4 * (1 + sqrt(which.variance())))
    assert variance == pytest.approx(which.variance(), rel=1e-3)


@pytest.mark.parametrize("which", ALL, ids=repr)
@pytest.mark.parametrize("factor", [0.01, 30.4375, 1e9])
def test_scaled_is_the_same_distribution_in_another_unit(which, factor):
    other = which.scaled(factor)
    assert type(other) is type(which)
    for u in (0.001, 0.2, 0.5, 0.77, 0.999):
        assert other.quantile(u) == pytest.approx(factor * which.quantile(u), rel=1e-12)
        assert other.cdf(factor * which.quantile(u) * (1 + 1e-13)) == pytest.approx(
            which.cdf(which.quantile(u) * (1 + 1e-13)), abs=1e-9
        )
    assert other.mean() == pytest.approx(factor * which.mean(), rel=1e-12)
    assert other.mode() == pytest.approx(factor * which.mode(), rel=1e-12)
    assert other.variance() == pytest.approx(factor**2 * which.variance(), rel=1e-12)
    for end, scaled_end in ((which.low(), other.low()), (which.high(), other.high())):
        assert scaled_end == (end if isinf(end) else pytest.approx(factor * end))


@pytest.mark.parametrize("factor", [0.0, -1.0, nan, inf])
@pytest.mark.parametrize("which", ALL, ids=repr)
def test_a_factor_is_finite_and_above_zero(which, factor):
    with pytest.raises(ValueError, match="scaled by a finite factor above zero"):
        which.scaled(factor)


@pytest.mark.parametrize("u", [0.0, 1.0, -0.1, 1.1, nan])
@pytest.mark.parametrize("which", ALL, ids=repr)
def test_a_uniform_lies_strictly_between_0_and_1(which, u):
    with pytest.raises(ValueError, match="strictly between 0 and 1"):
        which.quantile(u)
    with pytest.raises(ValueError, match="strictly between 0 and 1"):
        beyond(which, 0.0, u)


@pytest.mark.parametrize("which", ALL, ids=repr)
def test_a_distribution_travels_to_another_process_and_keeps_its_bits(which):
    back = pickle.loads(pickle.dumps(which))
    assert back == which
    assert [back.quantile(u) for u in (0.1, 0.7)] == [which.quantile(u) for u in (0.1, 0.7)]


@pytest.mark.parametrize(
    ("which", "mode"),
    [
        (Constant(4.0), 4.0),
        (Uniform(2.0, 6.0), 4.0),
        (Triangular(1.0, 2.0, 9.0), 2.0),
        (Pert(1.0, 2.0, 9.0), 2.0),
        (Lognormal.from_log(1.0, 0.5), exp(0.75)),
        (Normal(3.0, 1.0), 3.0),
        (Discrete((0.0, 1.0, 2.0), (0.4, 0.2, 0.4)), 0.0),
        (Empirical((5.0, 1.0, 5.0, 2.0)), 5.0),
        (Empirical((5.0, 1.0, 3.0, 2.0)), 2.0),
    ],
    ids=repr,
)
def test_the_mode_is_the_most_likely_value(which, mode):
    assert which.mode() == mode


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: Constant(nan), "constant: expected finite"),
        (lambda: Uniform(2.0, 1.0), r"uniform: expected low <= high, got 2.0 / 1.0"),
        (lambda: Uniform(-inf, 1.0), "uniform: expected finite"),
        (lambda: Triangular(1.0, 3.0, 2.0), r"triangular: expected low <= mode <= high, got 1.0 / 3.0 / 2.0"),
        (lambda: Triangular(1.0, nan, 2.0), "triangular: expected finite"),
        (lambda: Pert(3.0, 1.0, 5.0), r"pert: expected low <= mode <= high, got 3.0 / 1.0 / 5.0"),
        (lambda: Pert(1.0, 2.0, inf), "pert: expected finite"),
        (lambda: Lognormal(0.0, 2.0), r"lognormal: expected 0 < p10 < p90, got 0.0 / 2.0"),
        (lambda: Lognormal(2.0, 2.0), "lognormal: expected 0 < p10 < p90"),
        (lambda: Lognormal(1.0, inf), "lognormal: expected finite"),
        (lambda: Lognormal.from_log(0.0, 0.0), "lognormal: expected a standard deviation above zero"),
        (lambda: Lognormal.from_log(700.0, 100.0), "lognormal: .* pass the largest number"),
        (lambda: Normal(0.0, 0.0), "normal: expected a standard deviation above zero"),
        (lambda: Normal(inf, 1.0), "normal: expected finite"),
        (lambda: Discrete((), ()), "discrete: expected at least one value"),
        (lambda: Discrete((1.0,), (0.5, 0.5)), "got 1 values and 2 probabilities"),
        (lambda: Discrete((2.0, 1.0), (0.5, 0.5)), "ascending order, got 2.0 before 1.0"),
        (lambda: Discrete((1.0, 1.0), (0.5, 0.5)), "ascending order"),
        (lambda: Discrete((1.0, 2.0), (0.5, 0.50001)), "add up to 1"),
        (lambda: Discrete((1.0, 2.0), (1.5, -0.5)), "zero or more"),
        (lambda: Discrete((1.0, nan), (0.5, 0.5)), "discrete: expected finite"),
        (lambda: Empirical(()), "empirical: expected at least one value"),
        (lambda: Empirical((1.0, nan)), "empirical: expected finite"),
    ],
)
def test_what_makes_no_distribution_is_refused_in_words(make, told):
    with pytest.raises(ValueError, match=told):
        make()


@pytest.mark.parametrize("kind", [Triangular, Pert])
def test_three_equal_points_are_a_constant(kind):
    which = kind(7.0, 7.0, 7.0)
    assert [which.quantile(u) for u in (1e-9, 0.5, 1 - 1e-9)] == [7.0, 7.0, 7.0]
    assert (which.mean(), which.variance(), which.cdf(6.999), which.cdf(7.0)) == (7.0, 0.0, 0.0, 1.0)


def test_nothing_lies_below_the_low_end_nor_above_the_high_end():
    for which in (
        Uniform(2.0, 6.0),
        Triangular(2.0, 2.0, 6.0),
        Triangular(2.0, 6.0, 6.0),
        Pert(2.0, 3.0, 6.0),
    ):
        assert [which.cdf(x) for x in (1.9, 2.0, 6.0, 6.1)] == [0.0, 0.0, 1.0, 1.0]
    assert (Lognormal(1.0, 2.0).cdf(0.0), Lognormal(1.0, 2.0).cdf(-1.0)) == (0.0, 0.0)


def test_values_without_a_chance_are_never_drawn():
    which = Discrete((0.0, 1.0, 2.0, 3.0), (0.0, 0.5, 0.5, 0.0))
    assert [which.quantile(u) for u in (5e-324, 0.5, 0.5000001, 1 - 2**-53)] == [1.0, 1.0, 2.0, 2.0]
    assert (which.low(), which.high()) == (1.0, 2.0)


def test_rounded_probabilities_leave_no_gap_at_the_top():
    # three thirds written with ten digits add up to 0.9999999999
    which = Discrete((1.0, 2.0, 3.0, 4.0), (0.3333333333, 0.3333333333, 0.3333333333, 0.0))
    assert which.quantile(1 - 2**-53) == 3.0
    assert which.mean() == pytest.approx(2.0, rel=1e-15)


@given(size=st.integers(1, 3000), data=st.data())
def test_an_empirical_rank_is_the_ceiling_of_size_times_u_exactly(size, data):
    which = Empirical(tuple(float(rank) for rank in range(1, size + 1)))
    rank = data.draw(st.integers(1, size))
    # at the very step the value is that of the step: no rounding of size * u may pass it
    assert rank / size == 1.0 or which.quantile(rank / size) == rank


def test_observed_values_may_come_in_any_order():
    assert Empirical((3.0, 1.0, 2.0)) == Empirical((1.0, 2.0, 3.0))


def test_seven_sevenths_are_a_whole():
    # added up as floats, they reach 0.9999999999999998
    which = Discrete(tuple(float(value) for value in range(1, 8)), (1 / 7,) * 7)
    assert (which.quantile(1 - 2.0**-53), which.high(), which.cdf(7.0)) == (7.0, 7.0, 1.0)


@pytest.mark.parametrize(("size", "rank"), [(25, 7), (29, 15), (35, 29), (3, 1), (7, 3)])
def test_a_rounded_product_does_not_move_the_rank(size, rank):
    # 25 * (7 / 25) is a bit more than 7; 3 * (a bit more than 1 / 3) is 1
    which = Empirical(tuple(float(value) for value in range(1, size + 1)))
    assert which.quantile(rank / size) == rank
    assert which.quantile(nextafter(rank / size, 1.0)) == rank + 1


def test_a_width_that_was_rounded_up_carries_no_value_past_the_end():
    # 1.2e-16 - (-1) is 1 + 2.2e-16 as a float, and -1 plus that is 2.2e-16
    assert Triangular(-1.0, 1.2e-16, 1.0).quantile(nextafter(0.5, 1.0)) == 1.2e-16
    assert Pert(-1.0, 1.2e-16, 1.2e-16).quantile(1 - 2.0**-53) == 1.2e-16
    assert Uniform(-1.0, 1.2e-16).quantile(1 - 2.0**-53) <= 1.2e-16


def test_the_flanks_of_a_triangle_meet_at_the_mode_without_a_dip():
    # the right flank alone gives 1.2999999999999998 just right of the mode
    which = Triangular(0.0, 1.3, 6.3)
    seam = 1.3 / 6.3
    assert which.quantile(nextafter(seam, 0.0)) <= 1.3 <= which.quantile(nextafter(seam, 1.0))
    assert which.quantile(seam) == 1.3


@pytest.mark.parametrize("mode", [0.02, 0.22075, 0.37925, 0.62075])
def test_both_tails_of_a_pert_agree_on_its_median(mode):
    # the computed tails differ in the last bit here, and the upper one alone would step back
    which = Pert(0.0, mode, 1.0)
    assert which.quantile(0.5) <= which.quantile(nextafter(0.5, 1.0))


@pytest.mark.parametrize(
    ("mode", "u"),
    [
        (0.3929943820112295, "0x1.95eed902baec6p-3"),
        (0.2419445486891194, "0x1.66547aa1584dcp-4"),
        (0.6452482754611009, "0x1.4897ed2cc6ab2p-2"),
    ],
)
def test_a_pert_does_not_dip_where_its_iteration_alone_would(mode, u):
    which = Pert(0.0, mode, 1.0)
    assert which.quantile(float.fromhex(u)) <= which.quantile(nextafter(float.fromhex(u), 1.0))


@pytest.mark.parametrize("which", ALL, ids=repr)
def test_the_smallest_and_the_largest_uniform_have_values(which):
    assert which.low() <= which.quantile(5e-324) <= which.quantile(1e-300) <= which.quantile(2.0**-53)
    assert which.quantile(1 - 2.0**-52) <= which.quantile(1 - 2.0**-53) <= which.high()


def test_what_remains_is_not_before_what_has_passed_by_a_bit():
    # the quantile at the chance of 4 days is 3.999999999999999
    assert beyond(Lognormal(30.0, 90.0), 4.0, 1e-30) >= 4.0


def test_what_remains_of_a_uniform_is_uniform():
    # 0 … 10, and 4 have passed: the middle of what remains is 7
    assert beyond(Uniform(0.0, 10.0), 4.0, 0.5) == 7.0
    # nothing has passed: the plain quantile
    assert beyond(Uniform(5.0, 10.0), 3.0, 0.25) == 6.25


def test_what_remains_of_a_discrete_lies_strictly_beyond_what_has_passed():
    which = Discrete((10.0, 20.0, 30.0), (0.5, 0.3, 0.2))
    # beyond 10: 20 with 0.6, 30 with 0.4
    assert [beyond(which, 10.0, u) for u in (2.0**-53, 0.59, 0.61, 1 - 2.0**-53)] == [20.0, 20.0, 30.0, 30.0]
    assert beyond(which, 9.999, 2.0**-53) == 10.0


def test_what_remains_of_a_constant_is_the_constant_until_it_has_passed():
    assert beyond(Constant(30.0), 29.0, 0.3) == 30.0
    with pytest.raises(ValueError, match=r"nothing remains beyond 30\.0: Constant\(value=30\.0\)"):
        beyond(Constant(30.0), 30.0, 0.3)


@given(u=addressed, share=st.floats(0.001, 0.999), which=st.sampled_from(SMOOTH))
def test_what_remains_has_the_conditional_chance(u, share, which):
    floor = which.quantile(share)
    value = beyond(which, floor, u)
    assert value >= floor
    passed = which.cdf(floor)
    assert (which.cdf(value) - passed) / (1 - passed) == pytest.approx(u, abs=1e-9)


@given(us=st.tuples(addressed, addressed), share=st.floats(0.0001, 0.9999), which=st.sampled_from(ALL))
def test_what_remains_is_monotone_and_beyond(us, share, which):
    floor = which.quantile(share)
    if 1 - which.cdf(floor) < 1e-12:
        with pytest.raises(ValueError, match="nothing remains"):
            beyond(which, floor, us[0])
        return
    low, high = sorted(us)
    assert floor <= beyond(which, floor, low) <= beyond(which, floor, high) <= which.high()
    if which in STEPWISE:
        assert beyond(which, floor, low) > floor


def test_a_remainder_below_one_in_a_million_million_is_told():
    # beyond 7.5 standard deviations lie 3e-14
    with pytest.raises(ValueError, match="exceeds it with a chance below 1e-12"):
        beyond(Normal(0.0, 1.0), 7.5, 0.5)
    assert beyond(Normal(0.0, 1.0), 6.5, 1 - 2.0**-53) > 6.5


@given(us=st.tuples(inside, inside), n=st.integers(0, 4000), p=st.floats(0.0, 1.0))
def test_a_binomial_count_never_falls_with_better_luck_and_stays_within_n(us, n, p):
    low, high = sorted(us)
    assert 0 <= binomial_quantile(low, n, p) <= binomial_quantile(high, n, p) <= n


@given(u=inside, n=st.integers(0, 300), ps=st.tuples(st.floats(0.0, 1.0), st.floats(0.0, 1.0)))
def test_a_higher_chance_never_brings_fewer(u, n, ps):
    low, high = sorted(ps)
    assert binomial_quantile(u, n, low) <= binomial_quantile(u, n, high)


@given(u=inside, n=st.integers(1, 3000), p=st.floats(0.0, 1.0))
def test_one_trial_more_brings_none_or_one_more(u, n, p):
    assert binomial_quantile(u, n, p) - binomial_quantile(u, n - 1, p) in (0, 1)


@pytest.mark.parametrize(("n", "p"), [(-1, 0.5), (3, -0.1), (3, 1.1), (3, nan)])
def test_a_binomial_without_sense_is_refused(n, p):
    with pytest.raises(ValueError, match="binomial: expected n >= 0 and p in 0 to 1"):
        binomial_quantile(0.5, n, p)


def test_a_lognormal_meets_the_two_quantiles_it_was_given():
    which = Lognormal(0.8, 2.1)
    assert which.quantile(0.1) == pytest.approx(0.8, rel=1e-14)
    assert which.quantile(0.9) == pytest.approx(2.1, rel=1e-14)
    assert which.log_mean == pytest.approx((log(0.8) + log(2.1)) / 2, rel=1e-15)


def test_a_lognormal_from_its_logarithm_keeps_both_numbers():
    which = Lognormal.from_log(0.256, 0.320)
    assert (which.log_mean, which.log_sd) == (0.256, 0.320)
    assert which.quantile(0.5) == exp(0.256)
