"""Quantiles against published tables, exact fractions and SciPy's independent implementations."""

from __future__ import annotations

from fractions import Fraction
from math import comb, exp, sqrt

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from sim.distributions import (
    Lognormal,
    Normal,
    Pert,
    Triangular,
    Uniform,
    binomial_quantile,
    normal_cdf,
    normal_quantile,
)
from sim.distributions.binomial import binomial_probability
from sim.streams import uniforms

US = [1e-15, 1e-12, 1e-6, 1e-3, 0.01, 0.1, 0.25, 0.4999, 0.5, 0.5001, 0.75, 0.9, 0.99, 0.999, 1 - 1e-6, 1 - 1e-12]
CHANCES = [1e-9, 1e-6, 1e-4, 0.002, 0.0123, 0.05, 0.1, 0.25, 0.3, 0.5, 0.61, 0.7, 0.75, 0.88, 0.95, 0.9991, 1 - 1e-9]


@pytest.mark.parametrize(
    ("u", "z"),
    [  # the usual table of the normal distribution, to ten places
        (0.9, 1.2815515655),
        (0.95, 1.6448536270),
        (0.975, 1.9599639845),
        (0.99, 2.3263478740),
        (0.995, 2.5758293035),
        (0.999, 3.0902323062),
    ],
)
def test_the_normal_quantile_is_that_of_the_tables(u, z):
    assert normal_quantile(u) == pytest.approx(z, abs=5e-11)
    assert normal_quantile(1 - u) == pytest.approx(-z, abs=5e-11)
    assert normal_cdf(z) == pytest.approx(u, abs=1e-10)


@pytest.mark.parametrize(
    ("u", "z"),
    [(0.25, -0.6744897501960817), (0.001, -3.090232306167814), (1e-20, -9.262340089798408)],
)
def test_the_normal_quantile_passes_the_check_of_algorithm_as_241(u, z):
    # Wichura (1988) prints these three as the test of his PPND16
    assert normal_quantile(u) == pytest.approx(z, rel=1e-15)


def test_the_triangular_quantile_on_paper():
    # low 10, mode 20, high 50: F(20) = 10/40 = 1/4
    which = Triangular(10.0, 20.0, 50.0)
    # left flank: 10 + sqrt(u · 40 · 10): u = 1/16 → 10 + sqrt(25) = 15
    assert which.quantile(1 / 16) == 15.0
    assert which.quantile(1 / 4) == 20.0
    # right flank: 50 - sqrt((1 - u) · 40 · 30): u = 13/16 → 50 - sqrt(225) = 35
    assert which.quantile(13 / 16) == 35.0
    # mean 80/3; variance (100 + 400 + 2500 - 200 - 500 - 1000)/18 = 1300/18
    assert which.mean() == pytest.approx(80 / 3, rel=1e-15)
    assert which.variance() == pytest.approx(1300 / 18, rel=1e-15)


def test_the_pert_estimate_on_paper():
    # low 0, mode 0, high 1 is Beta(1, 5): F = 1 - (1 - x)^5, so F(1/2) = 31/32; mean 1/6, variance 5/252
    leaning = Pert(0.0, 0.0, 1.0)
    assert leaning.quantile(31 / 32) == pytest.approx(0.5, abs=1e-13)
    assert leaning.cdf(0.5) == pytest.approx(31 / 32, rel=1e-15)
    assert (leaning.mean(), leaning.variance()) == (pytest.approx(1 / 6), pytest.approx(5 / 252))
    # mode in the middle is Beta(3, 3): F = 10x³ - 15x⁴ + 6x⁵, so F(1/4) = 53/512
    even = Pert(0.0, 0.5, 1.0)
    assert even.quantile(53 / 512) == pytest.approx(0.25, abs=1e-13)
    assert even.cdf(0.25) == pytest.approx(53 / 512, rel=1e-15)


def test_the_lognormal_of_slips_on_paper():
    # log-mean 0.256, log-sd 0.320: mean exp(0.256 + 0.0512), mode exp(0.256 - 0.1024)
    which = Lognormal.from_log(0.256, 0.320)
    assert which.mean() == pytest.approx(exp(0.3072), rel=1e-15)
    assert which.mode() == pytest.approx(exp(0.1536), rel=1e-15)
    assert which.quantile(0.975) == pytest.approx(exp(0.256 + 0.320 * 1.959963984540054), rel=1e-14)


@pytest.mark.parametrize("estimate", [(0, 0, 1), (0, 1, 1), (0, 0.5, 1), (10, 13, 60), (-5, 30, 40), (0, 1e-6, 1)])
def test_pert_agrees_with_scipy(estimate):
    low, mode, high = map(float, estimate)
    shape = 1 + 4 * (mode - low) / (high - low)
    other = stats.beta(shape, 6 - shape, loc=low, scale=high - low)
    which = Pert(low, mode, high)
    for u in US:
        assert which.quantile(u) == pytest.approx(other.ppf(u), abs=1e-12 * (high - low))
    for x in np.linspace(low, high, 41):
        assert which.cdf(x) == pytest.approx(other.cdf(x), abs=1e-13)
    assert which.mean() == pytest.approx(other.mean(), rel=1e-13)
    assert which.variance() == pytest.approx(other.var(), rel=1e-12)


@pytest.mark.parametrize(
    ("which", "other"),
    [
        (Uniform(-3.0, 9.0), stats.uniform(-3, 12)),
        (Triangular(10.0, 20.0, 60.0), stats.triang(0.2, 10, 50)),
        (Triangular(10.0, 10.0, 60.0), stats.triang(0.0, 10, 50)),
        (Triangular(10.0, 60.0, 60.0), stats.triang(1.0, 10, 50)),
        (Lognormal.from_log(0.256, 0.32), stats.lognorm(0.32, scale=exp(0.256))),
        (Normal(-2.0, 3.0), stats.norm(-2, 3)),
    ],
    ids=lambda pair: type(pair).__name__,
)
def test_the_closed_forms_agree_with_scipy(which, other):
    for u in US:
        value = which.quantile(u)
        assert value == pytest.approx(other.ppf(u), rel=1e-12, abs=1e-12)
        assert which.cdf(value) == pytest.approx(other.cdf(value), rel=1e-9, abs=1e-15)
    assert which.mean() == pytest.approx(other.mean(), rel=1e-13)
    assert sqrt(which.variance()) == pytest.approx(other.std(), rel=1e-12)


def exact_binomial_quantile(u: float, n: int, p: float) -> tuple[int, bool]:
    """Smallest k with F(k) >= u in exact fractions, and whether F passes u there by more than rounding."""
    chance, level = Fraction(p), Fraction(u)
    total = Fraction(0)
    clear = True
    for k in range(n + 1):
        total += comb(n, k) * chance**k * (1 - chance) ** (n - k)
        clear = clear and abs(total - level) > Fraction(1, 10**13) * min(level, 1 - level)
        if total >= level:
            return k, clear
    raise AssertionError("the chances add up to 1")


@given(u=st.floats(1e-14, 1 - 1e-14), n=st.integers(1, 40), p=st.floats(1e-9, 1 - 1e-9))
def test_the_binomial_quantile_is_that_of_exact_fractions(u, n, p):
    k, clear = exact_binomial_quantile(u, n, p)
    assume(clear)
    assert binomial_quantile(u, n, p) == k


@pytest.mark.parametrize(("n", "p"), [(40, 0.3), (40, 0.004), (300, 0.125), (1000, 0.7)])
def test_the_binomial_probability_is_that_of_exact_fractions(n, p):
    chance = Fraction(p)
    for k in {0, 1, n // 100, int(n * p), int(n * p) + 1, int(n * p * 1.2), n // 2, n - 1, n}:
        exact = float(comb(n, k) * chance**k * (1 - chance) ** (n - k))
        if exact > 1e-200:
            assert binomial_probability(k, n, p, 1 - p) == pytest.approx(exact, rel=3e-13)
        if abs(k - n * p) <= 1:
            assert binomial_probability(k, n, p, 1 - p) == pytest.approx(exact, rel=1e-14)


def test_ties_go_to_the_value_that_just_reaches_u():
    # two coins: F = 1/4, 3/4, 1
    assert [binomial_quantile(u, 2, 0.5) for u in (0.25, 0.2500001, 0.75, 0.7500001)] == [0, 1, 1, 2]


@pytest.mark.parametrize("n", [1, 2, 7, 30, 64, 120, 500, 3000, 100_000, 1_000_000])
def test_the_binomial_quantile_agrees_with_scipy_on_a_wide_grid(n):
    us = [*US[2:-2], *uniforms(n, 0, 0, np.arange(40 if n <= 3000 else 6))]
    compared = 0
    for p in CHANCES:
        for u in map(float, us):
            found = binomial_quantile(u, n, p)
            # from the thinner tail, so that the expected value is exact as well
            expected = int(stats.binom.ppf(u, n, p) if u <= 0.5 else stats.binom.isf(1 - u, n, p))
            if found != expected:
                # only a tie within the rounding of either side may differ
                assert stats.binom.cdf(min(found, expected), n, p) == pytest.approx(u, rel=1e-12)
                assert abs(found - expected) == 1
                continue
            compared += 1
    assert compared >= 0.99 * len(CHANCES) * len(us)


@pytest.mark.parametrize("n", [50, 3000, 1_000_000])
@pytest.mark.parametrize("p", [0.003, 0.3, 0.88])
def test_the_far_tails_of_the_binomial_agree_with_scipy(n, p):
    for tail in (1e-6, 1e-9, 1e-12):
        below, above = tail, 1 - tail
        low, high = binomial_quantile(below, n, p), binomial_quantile(above, n, p)
        assert stats.binom.cdf(low, n, p) >= below
        assert low == 0 or stats.binom.cdf(low - 1, n, p) < below
        assert stats.binom.sf(high, n, p) <= 1 - above
        assert stats.binom.sf(high - 1, n, p) > 1 - above


def test_the_largest_uniform_does_not_run_to_the_end():
    # P(X > k) <= 2**-53 first at about 8.2 standard deviations: 500,000 + 8.2 · 500
    assert binomial_quantile(1 - 2.0**-53, 1_000_000, 0.5) == pytest.approx(504_100, abs=30)
    assert binomial_quantile(2.0**-53, 1_000_000, 0.5) == pytest.approx(495_900, abs=30)


def test_chances_beyond_the_range_of_a_float_still_count():
    # (1 - p)^n underflows: 0.4^2000 is 1e-796
    assert binomial_quantile(0.5, 2000, 0.6) == 1200
    assert binomial_quantile(0.5, 1000, 1e-320) == 0
    assert binomial_quantile(1 - 2.0**-53, 1000, 1e-320) == 0
    assert binomial_quantile(0.5, 1000, 1 - 2.0**-53) == 1000


def test_one_rare_success_in_sixty_four():
    # P(X >= 1) is about 64e-9 and P(X >= 2) about 2e-15, though 1e-9 to the 64th is no float
    assert [binomial_quantile(1 - tail, 64, 1e-9) for tail in (1e-3, 1e-6, 1e-8, 1e-12)] == [0, 0, 1, 1]
    assert [binomial_quantile(tail, 64, 1 - 1e-9) for tail in (1e-3, 1e-6, 1e-8, 1e-12)] == [64, 64, 63, 63]
