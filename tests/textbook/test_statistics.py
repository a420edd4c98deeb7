"""Procedures of the statistics room against values that others have published, or libraries work out."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests

from sim.streams import generator
from sim.study.statistics.bootstrap import bca
from sim.study.statistics.components import components
from sim.study.statistics.family import bonferroni, holm
from sim.study.statistics.needed import needed_for_chance, normal_runs
from sim.study.statistics.pairs import chance_p, mean_p, score_limits
from sim.study.statistics.reached import band_half_width
from sim.study.statistics.saving import saving
from sim.study.statistics.selection import Race

LSAT = (576, 635, 558, 578, 666, 580, 555, 661, 651, 605, 653, 575, 545, 572, 594)
GPA = (3.39, 3.30, 2.81, 3.03, 3.44, 3.07, 3.00, 3.43, 3.36, 3.13, 3.12, 2.74, 2.76, 2.88, 2.96)
"""Fifteen law schools; Efron & Tibshirani, An Introduction to the Bootstrap (1993), table 3.1."""


def rng(name):
    return generator(1, "test", name)


# Fagerland, Lydersen & Laake, Statistics in Medicine 33 (2014) 2850-2875, and their Statistical Analysis of Contingency
# Tables (2017), ch. 8: airway hyper-responsiveness (Bentur et al. 2009), complete response (Cavo et al. 2012)
@pytest.mark.parametrize(
    ("wins", "losses", "n", "low", "high"), [(1, 7, 21, -0.517, -0.026), (6, 16, 161, -0.1240, -0.0054)]
)
def test_tangos_interval_is_the_published_one(wins, losses, n, low, high):
    found = score_limits(wins, losses, n, 0.95)
    digits = 3 if n == 21 else 4
    assert [round(limit, digits) for limit in found] == [low, high]


def test_no_discordant_pair_leaves_the_interval_that_can_be_worked_out():
    # with b = c = 0 the constrained variance is d(1 - d)/n: d = z²/(n + z²) either way
    z2 = float(stats.norm.ppf(0.975)) ** 2
    assert score_limits(0, 0, 100, 0.95) == pytest.approx((-z2 / (100 + z2), z2 / (100 + z2)), abs=1e-9)
    assert score_limits(5, 0, 5, 0.95)[1] == 1.0
    assert score_limits(0, 5, 5, 0.95)[0] == -1.0


def test_mcnemars_mid_p_is_the_published_one():
    # the same book: 6 against 16 gives 0.034690, where the exact test has 0.052479
    first, second = np.repeat([1.0, 0.0], [6, 16]), np.repeat([0.0, 1.0], [6, 16])
    assert round(chance_p(first, second), 6) == 0.034690
    assert chance_p(first, first) == 1.0


def test_the_paired_t_test_is_scipys():
    draws = rng("pairs").normal(size=(2, 40))
    assert mean_p(*draws) == pytest.approx(stats.ttest_rel(*draws).pvalue, rel=1e-9)


def test_holm_is_that_of_statsmodels():
    p_values = (rng("holm").random(9) / 20).tolist()
    assert holm(p_values) == pytest.approx(multipletests(p_values, method="holm")[1].tolist())


def test_the_law_schools_correlate_by_0776_with_the_interval_that_scipy_finds():
    x, y = np.array(LSAT, float), np.array(GPA)
    found = saving(x, y, rng("law schools")).correlation
    assert round(found.value, 3) == 0.776
    theirs = stats.bootstrap(
        (x, y), lambda x, y, axis: stats.pearsonr(x, y, axis=axis).statistic, paired=True, method="BCa",
        n_resamples=1999, vectorized=True, rng=rng("scipy"),
    ).confidence_interval  # fmt: skip
    assert (found.low, found.high) == pytest.approx((theirs.low, theirs.high), abs=0.03)


def test_the_bootstrap_of_a_skewed_mean_is_scipys():
    values = rng("skewed").lognormal(size=80)
    found = bca(values[:, np.newaxis], lambda sums, n: sums[..., 0] / n, 0.95, rng("ours"), 19_999)
    theirs = stats.bootstrap(
        (values,), np.mean, method="BCa", n_resamples=19_999, rng=rng("theirs")
    ).confidence_interval
    assert found == pytest.approx((theirs.low, theirs.high), abs=0.03)


def test_the_variance_of_the_looms_is_split_as_in_the_textbook():
    # Montgomery, Design and Analysis of Experiments, loom strength: MSB 29.73, MSW 1.90, (29.73 - 1.90)/4 = 6.96
    looms = np.array([[98, 97, 99, 96], [91, 90, 93, 92], [96, 95, 97, 95], [95, 96, 99, 98]], float)
    found = components(looms, rng("looms"))
    assert round(found.luck.value, 2) == 1.90
    assert round(found.knowledge.value, 2) == 6.96
    assert round(found.share.value, 2) == 0.79


def test_the_bounds_of_a_whole_curve_are_massarts():
    # sqrt(ln 40 / 200) = 0.1358, the familiar 1.358/sqrt(n)
    assert round(band_half_width(100), 4) == 0.1358


def test_what_it_costs_to_be_sure_of_a_hundredth_at_one_half():
    # 1.96²/4/0.01² = 9,604 fixed and 2.638²/4/0.01² = 17,402 at six looks by the normal formula; Wilson's is a few less
    needed = needed_for_chance(0.5, 0.01)
    assert normal_runs(0.5, 0.01) == 9604
    assert normal_runs(0.5, 0.01, bonferroni(0.95, 6)) == 17_402
    assert abs(needed.fixed - 9604) < 10
    assert abs(needed.six_looks - 17_402) < 10


def test_a_sequence_costs_no_less_than_the_best_mixture():
    # Howard et al. (2021): the best normal mixture for this one width takes 9.21/4/0.01² = 23,025 runs
    assert 23_025 < needed_for_chance(0.5, 0.01).sequence < 1.4 * 23_025


@pytest.mark.parametrize(("policies", "first"), [(2, 10), (5, 12), (10, 20)])
def test_the_race_reaches_as_far_as_kim_and_nelson_have_it(policies, first):
    # their eta solves (1 + 2·eta)^(-(n0-1)/2) / 2 = alpha/(k-1); reach = 2·eta·(n0-1)·S²/zone²
    means = rng("race").normal(size=(first, policies))
    race = Race(means, 0.5, 0.05)
    variance = float((means[:, 0] - means[:, 1]).var(ddof=1))
    eta = race.reach()[0, 1] * 0.5**2 / (2 * (first - 1) * variance)
    assert (1 + 2 * eta) ** (-(first - 1) / 2) / 2 == pytest.approx(0.05 / (policies - 1))
