"""Correlation moves uniforms together and leaves every input its own distribution."""

from __future__ import annotations

from math import asin, pi, sqrt

import numpy as np
import pytest
from scipy.stats import kstest, spearmanr

from sim.distributions import Constant, Triangular
from sim.future import Sampler
from sim.future.copula import correlate, groups_of, normal_correlation
from sim.scenario.resolved import Correlation
from sim.streams import stream_hash, uniform, uniforms
from tests.rooms.future.small_scenario import small_scenario

ACME, BOREALIS, RATE = "offers.kite_acme.price", "offers.kite_borealis.price", "offers.kite_acme.rate"
PATHS = ("a", "b", "c", "d", "e")
N = 3_000


def number_of(scenario, path: str) -> int:
    return next(which.number for which in scenario.inputs if which.path == path)


def columns(scenario, paths, count=N, **options):
    sampler = Sampler(scenario, 11, "judge", **options)
    numbers = [number_of(scenario, path) for path in paths]
    rows = [sampler.future(k, 0).natural for k in range(count)]
    return np.array([[row[number] for number in numbers] for row in rows]).T


@pytest.mark.parametrize("rho", [0.0, 0.3, 0.7, -0.5, 0.95])
def test_the_normal_correlation_gives_back_the_rank_correlation(rho):
    # Pearson (1907): the rank correlation of two normals with correlation r is 6/pi * asin(r/2)
    assert 6.0 / pi * asin(normal_correlation(rho) / 2.0) == pytest.approx(rho, abs=1e-15)


@pytest.mark.parametrize("rho", [0.7, -0.4])
def test_the_rank_correlation_asked_for_is_reached(rho):
    scenario = small_scenario(correlations=[(ACME, BOREALIS, rho)])
    first, second, other = columns(scenario, (ACME, BOREALIS, RATE))
    # standard error of Spearman's rho, Bonett & Wright (2000); four of them
    tolerance = 4.0 * sqrt((1.0 + rho**2 / 2.0) / (N - 3)) * (1.0 - rho**2)
    assert spearmanr(first, second).statistic == pytest.approx(rho, abs=tolerance)
    assert spearmanr(first, other).statistic == pytest.approx(0.0, abs=4.0 / sqrt(N - 3))


def test_a_chain_of_correlations_is_one_group_and_reaches_each_pair():
    scenario = small_scenario(correlations=[(BOREALIS, ACME, 0.6), (RATE, BOREALIS, 0.5)])
    acme, borealis, rate = columns(scenario, (ACME, BOREALIS, RATE))
    for pair, rho in (((acme, borealis), 0.6), ((borealis, rate), 0.5), ((acme, rate), 0.0)):
        assert spearmanr(*pair).statistic == pytest.approx(rho, abs=4.0 * 1.1 / sqrt(N - 3))


def test_correlated_uniforms_are_uniform():
    groups = groups_of([Correlation(0, 1, 0.8), Correlation(1, 2, 0.5)], PATHS)
    own = uniforms(3, stream_hash("judge/some"), 0, np.arange(6_000)).reshape(-1, 3).tolist()
    for moved in zip(*(correlate(groups, three) for three in own), strict=True):
        assert kstest(moved, "uniform").pvalue > 0.001


def test_the_first_of_a_group_keeps_its_uniform_and_the_next_sits_exactly_on_its_quantile():
    scenario = small_scenario(correlations=[(ACME, BOREALIS, 0.7)])
    sampler = Sampler(scenario, 11, "judge")
    acme, borealis = (scenario.inputs[number_of(scenario, path)] for path in (ACME, BOREALIS))
    groups = groups_of([Correlation(0, 1, 0.7)], PATHS)
    for k in range(50):
        own = [uniform(11, stream_hash(f"judge/parameter/{path}"), k, 0) for path in (ACME, BOREALIS)]
        natural = sampler.future(k, k).natural
        assert natural[acme.number] == acme.belief.quantile(own[0])
        assert natural[borealis.number] == borealis.belief.quantile(correlate(groups, own)[1])
        assert natural[borealis.number] != borealis.belief.quantile(own[1])


def test_inputs_outside_the_group_do_not_notice():
    plain = Sampler(small_scenario(), 11, "judge").future(3, 3).natural
    grouped = Sampler(small_scenario(correlations=[(ACME, BOREALIS, 0.7)]), 11, "judge").future(3, 3).natural
    moved = [number for number, (a, b) in enumerate(zip(plain, grouped, strict=True)) if a != b]
    assert moved == [number_of(small_scenario(), BOREALIS)]


def test_fixing_one_input_leaves_its_companions_as_they_were():
    correlations = [(ACME, BOREALIS, 0.7)]
    free = Sampler(small_scenario(correlations=correlations), 11, "judge").future(3, 3).natural
    fixed = small_scenario(extra={ACME: ("minor", Constant(250e6))}, correlations=correlations)
    natural = Sampler(fixed, 11, "judge").future(3, 3).natural
    acme, borealis = number_of(fixed, ACME), number_of(fixed, BOREALIS)
    assert natural[acme] == 250e6
    assert natural[borealis] == free[borealis]


def test_an_input_that_joins_a_group_moves_none_before_it():
    extra = {"zeppelins.price": ("minor", Triangular(1e6, 2e6, 3e6))}
    two = Sampler(small_scenario(extra=extra, correlations=[(ACME, BOREALIS, 0.7)]), 11, "judge")
    three = Sampler(
        small_scenario(extra=extra, correlations=[(ACME, BOREALIS, 0.7), (ACME, "zeppelins.price", 0.3)]), 11, "judge"
    )
    assert two.future(3, 3).natural[:-1] == three.future(3, 3).natural[:-1]
    assert two.future(3, 3).natural[-1] != three.future(3, 3).natural[-1]


def test_groups_are_found_through_others_and_sorted():
    groups = groups_of([Correlation(4, 2, 0.1), Correlation(3, 0, 0.1), Correlation(2, 1, 0.1)], PATHS)
    assert [group.numbers for group in groups] == [(0, 3), (1, 2, 4)]
    assert [[len(row) for row in group.rows] for group in groups] == [[1, 2], [1, 2, 3]]


def test_a_matrix_that_is_not_positive_definite_is_refused_by_name():
    # a goes with b, b with c, and a against c: no three things do that
    impossible = [Correlation(0, 1, 0.9), Correlation(1, 2, 0.9), Correlation(0, 2, -0.9)]
    with pytest.raises(ValueError, match=r"correlations of a, b, c: .*not positive definite"):
        groups_of(impossible, PATHS)


@pytest.mark.parametrize(
    "entries",
    [
        [Correlation(0, 1, 0.5), Correlation(1, 0, 0.6)],
        [Correlation(0, 0, 0.5)],
        [Correlation(0, 1, 1.5)],
        [Correlation(0, 1, float("nan"))],
    ],
)
def test_contradictory_or_impossible_entries_are_refused(entries):
    with pytest.raises(ValueError, match=r"correlations: a with [ab]: found .* expected one number"):
        groups_of(entries, PATHS)


def test_a_formula_has_no_luck_to_correlate():
    amount = "budget.lines.shield.years.2026.amount"
    with pytest.raises(ValueError, match=f"'{amount}' is worked out from"):
        Sampler(small_scenario(correlations=[(ACME, amount, 0.5)]), 1, "judge")


def test_however_far_out_the_scores_lie_the_uniform_stays_inside():
    groups = groups_of([Correlation(0, 1, 0.7)], PATHS)
    for edge in (2.0**-53, 1.0 - 2.0**-53):
        assert all(0.0 < u < 1.0 for u in correlate(groups, [edge, edge]))
