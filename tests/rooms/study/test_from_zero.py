"""Means of counts: which procedure tells them, and that no bound lies where no count can."""

from __future__ import annotations

import numpy as np
import pytest

from sim.streams import generator
from sim.study.statistics import mean_t
from sim.study.statistics.bootstrap import bca, bca_means
from sim.study.statistics.from_zero import FROM_ZERO, means_from_zero


def rng(name: str = "counts"):
    return generator(1, "test", name)


def mean(sums, n):
    return sums[..., 0] / n


RARE = np.array([30.0, 10.0, *[0.0] * 58])
OFTEN = np.array([8.0, 9.0, 10.0, 11.0] * 15)


def test_the_means_of_several_columns_have_the_bounds_that_each_has_alone():
    columns = np.column_stack([RARE, OFTEN])
    together = bca_means(columns, 0.95, rng())
    alone = [bca(columns[:, place : place + 1], mean, 0.95, rng()) for place in range(2)]
    assert together == [pytest.approx(each) for each in alone]
    assert bca_means(columns[:9], 0.95, rng()) == [None, None]


def test_what_is_rare_is_told_by_the_bootstrap_and_what_is_usual_by_student():
    rare, often = means_from_zero([RARE, OFTEN], rng())
    assert (rare.low, rare.high) == bca(RARE[:, np.newaxis], mean, 0.95, rng())
    assert 0 <= rare.low < rare.value < rare.high
    assert rare.kind == "bootstrap (BCa)"
    assert often == mean_t(OFTEN.tolist())


def test_few_runs_say_that_their_interval_begins_at_zero_and_equal_ones_have_none():
    few, equal = means_from_zero([np.array([0.0, 0.0, 9.0]), np.array([2.0, 2.0, 2.0])], rng())
    assert (few.low, few.kind) == (0.0, FROM_ZERO)
    assert few.high == mean_t([0.0, 0.0, 9.0]).high
    assert equal == mean_t([2.0, 2.0, 2.0])


def test_no_bound_is_below_zero_whatever_the_counts():
    draws = rng("many")
    columns = [
        (draws.random(40) < share) * draws.integers(1, 90, 40).astype(float) for share in np.linspace(0.02, 1, 60)
    ]
    found = means_from_zero(columns, rng())
    assert {each.kind for each in found if each.low is not None} >= {"t", "bootstrap (BCa)"}
    for each in found:
        assert each.low is None or 0 <= each.low <= each.value <= each.high


def test_a_count_below_zero_is_refused():
    with pytest.raises(ValueError, match="below zero"):
        means_from_zero([np.array([1.0, -1.0])], rng())
