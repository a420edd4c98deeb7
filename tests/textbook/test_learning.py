"""Weighted futures on a conjugate model whose posterior is known, and distances that can be added up on paper.

The posterior mean and spread must be those of the normal model.

Why: weights that are a little wrong give a posterior that looks quite reasonable.
"""

from __future__ import annotations

import numpy as np
import pytest

from sim.errors import TheirsError
from sim.streams import generator
from sim.study.sensitivity.learning import (
    Delivery,
    days_off,
    effective,
    require_effective,
    require_near,
    weighted_chance,
    weighted_mean,
    weighted_quantile,
    weights_of,
)
from sim.study.statistics import wilson


def test_days_off_is_lateness_a_unit():
    six = [Delivery(10, 6)]
    assert days_off(six, [Delivery(40, 6)], 0, 99) == 30.0
    # two of six are 30 days late, two 15 days early: (2 x 30 + 2 x 15) / 6
    assert days_off(six, [Delivery(10, 2), Delivery(40, 2)], 0, 39) == pytest.approx((2 * 30 + 2 * 30) / 6)
    # not come by day 99: counts from the 11th day to the 100th, 90 days for each unit
    assert days_off(six, [], 0, 99) == 90.0
    assert days_off([], [], 0, 99) == 0.0
    assert days_off([], six, 0, 9) == 0.0  # what comes after the last day is not known yet


def test_posterior_of_a_normal_delay():
    # prior N(0, 40²) days off, kernel N(0, 30²) at an actual delay of 50: mean 50 x 1600/2500 = 32, sd 40 x 30/50 = 24
    delay = generator(3, "test", "delay").normal(0.0, 40.0, 20_000)
    weights = weights_of(np.abs(delay - 50.0)[:, None], 30.0)
    found = weighted_mean(delay, weights)
    assert abs(found.value - 32.0) < 4 * found.half_width / 1.96
    assert found.half_width < 0.6
    assert weighted_quantile(delay, weights, 0.5) == pytest.approx(32.0, abs=1.0)
    assert weighted_quantile(delay, weights, 0.8413) == pytest.approx(32.0 + 24.0, abs=1.5)
    assert sum(weights) == pytest.approx(1.0)


def test_the_effective_size_is_kish():
    assert effective(np.ones(50)) == pytest.approx(50.0)
    assert effective(np.array([1.0, 1.0, 0.0, 0.0])) == pytest.approx(2.0)
    assert effective(np.array([3.0, 1.0])) == pytest.approx(16 / 10)


def test_too_few_like_futures_are_refused():
    assert require_effective(np.ones(30)) == pytest.approx(30.0)
    with pytest.raises(TheirsError, match=r"only 1\.0 of 400 futures are, in effect, like what has happened"):
        require_effective(weights_of(np.arange(400.0)[:, None] * 1000, 30.0))


def test_futures_that_are_all_far_off_are_refused_however_alike_they_are():
    require_near(np.full((50, 2), 90.0), 30.0)
    with pytest.raises(TheirsError, match="the nearest of 50 futures is 91 days a unit off"):
        require_near(np.full((50, 2), 91.0), 30.0)


def test_offers_count_together():
    assert weights_of(np.array([[30.0, 30.0], [0.0, 0.0]]), 30.0)[0] == pytest.approx(np.exp(-1) / (1 + np.exp(-1)))
    with pytest.raises(ValueError, match="more than zero"):
        weights_of(np.zeros((2, 1)), 0.0)


def test_a_weighted_chance_is_wilsons_and_stays_between_0_and_1():
    happened = np.array([1.0] * 3 + [0.0] * 57)
    plain, even = wilson(3, 60), weighted_chance(happened, np.ones(60))
    assert (even.value, even.low, even.high) == pytest.approx((plain.value, plain.low, plain.high))
    weights = generator(1, "test", "weights").random(60)
    skewed = weighted_chance(happened, weights)
    assert 0.0 < skewed.low < skewed.value < skewed.high
    never = weighted_chance(np.zeros(60), weights)
    assert (never.value, never.low) == (0.0, 0.0)
    # nobody of so many effective futures: Wilson's upper limit
    assert never.high == pytest.approx(1.959964**2 / (effective(weights) + 1.959964**2))


def test_a_rare_weighted_chance_is_covered():
    rng, covered, repetitions = generator(7, "test", "coverage"), 0, 2_000
    for _ in range(repetitions):
        weights = rng.exponential(1.0, 300)
        found = weighted_chance((rng.random(300) < 0.02).astype(float), weights)
        covered += found.low <= 0.02 <= found.high
    # three standard errors of a coverage of 95 % below it
    assert covered / repetitions > 0.95 - 3 * (0.95 * 0.05 / repetitions) ** 0.5


def test_what_never_varied_has_no_interval():
    found = weighted_mean(np.ones(5), np.ones(5))
    assert (found.value, found.low, found.kind) == (1.0, None, "none: never varied")
