"""Choosing, saving, splitting, days and bins: small cases that can be worked out on paper."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.streams import generator
from sim.study.answer import Estimates
from sim.study.statistics import NEVER_VARIED, mean_of, mean_t, quantile, wilson
from sim.study.statistics.components import components
from sim.study.statistics.histogram import Bins
from sim.study.statistics.mean import too_skewed
from sim.study.statistics.reached import reached_by
from sim.study.statistics.saving import saving
from sim.study.statistics.selection import Race

NAN = float("nan")


def rng(name="test"):
    return generator(1, "test", name)


# --- means


def test_a_mean_is_resampled_only_where_cochrans_rule_finds_it_skewed():
    # one in a hundred: skewness (1 − 2p)/√(p(1 − p)) = 9.85, and 25 · 97 > 100 runs; one half: 0
    rare, even = [1.0] + [0.0] * 99, [0.0, 1.0] * 50
    assert (too_skewed(rare), too_skewed(even), too_skewed([2.0] * 9)) == (True, False, False)
    assert mean_of(rare, rng()).kind == "bootstrap (BCa)"
    assert mean_of(even, rng()) == mean_t(even)
    assert mean_of(rare[:29], rng()).kind == "t"  # too few to resample
    assert mean_of(rare, rng(), 101).kind == "none: runs failed"


def test_the_same_generator_gives_the_same_interval():
    values = [*rng("values").random(99).tolist(), 20.0]
    assert mean_of(values, rng("a")) == mean_of(values, rng("a"))
    assert mean_of(values, rng("a")) != mean_of(values, rng("b"))


# --- choosing


def test_who_falls_behind_is_dropped_and_the_rest_go_on():
    # twelve observations; the third policy is far behind the first, the second close
    noise = rng("race").normal(0, 0.05, (12, 3))
    first = np.array([0.50, 0.495, 0.20]) + noise
    race = Race(first, 0.02, 0.05)
    left = race.survivors(first.sum(axis=0), 12, np.ones(3, bool))
    assert left.tolist() == [True, True, False]
    assert race.most() > 12


def test_at_the_last_observation_the_best_alone_is_left():
    first = np.array([[0.5, 0.5], [0.6, 0.4]] * 6)
    race = Race(first, 0.001, 0.05)
    assert race.survivors(np.array([10.0, 10.2]), race.most(), np.ones(2, bool)).tolist() == [False, True]


def test_equal_policies_end_the_race_at_once_with_the_first_named():
    first = np.tile(rng("equal").random((12, 1)), (1, 3))
    race = Race(first, 0.02, 0.05)
    assert race.most() == 12
    assert race.survivors(first.sum(axis=0), 12, np.ones(3, bool)).tolist() == [True, False, False]


def test_doubles_do_not_race_each_other_once_the_rest_are_gone():
    first = np.column_stack([np.linspace(0.6, 0.7, 12)] * 2 + [rng("third").normal(0.2, 0.1, 12)])
    race = Race(first, 0.01, 0.05)
    assert race.most() > 100
    assert race.survivors(first.sum(axis=0), 12, np.array([True, True, False])).tolist() == [True, False, False]


@pytest.mark.parametrize("shape", [(1, 3), (12, 1)])
def test_a_race_of_one_is_refused(shape):
    with pytest.raises(ValueError, match="expected two or more of both"):
        Race(np.zeros(shape), 0.02, 0.05)


# --- saving


def test_a_policy_and_its_double_share_everything_and_opposites_cost():
    x = rng("x").normal(size=300)
    y = rng("y").normal(size=300)
    together = saving(x, x + 0.5 * y, rng())
    # correlation 1/√1.25 = 0.894; ratio 0.25/2.25 = 1/9
    assert together.correlation.low < 0.894 < together.correlation.high
    assert together.variance_ratio.low < 1 / 9 < together.variance_ratio.high
    assert (together.variance_ratio.n, together.variance_ratio.N) == (300, 300)
    opposite = saving(x, -x + 0.5 * y, rng())
    assert opposite.variance_ratio.low > 1


def test_large_sums_of_money_keep_their_correlation():
    x, y = rng("x").normal(size=(2, 200))
    small = saving(x, x + y, rng("same")).correlation
    large = saving(3e11 + 1e6 * x, 3e11 + 1e6 * (x + y), rng("same")).correlation
    assert (large.value, large.low, large.high) == pytest.approx((small.value, small.low, small.high), abs=1e-4)


def test_what_never_varied_saves_nothing_that_could_be_measured():
    found = saving(np.ones(40), np.arange(40.0), rng())
    assert (found.correlation.value, found.correlation.kind) == (None, NEVER_VARIED)
    lost = saving(np.array([1.0, 2, NAN, 4]), np.array([1.0, 3, 2, 5]), rng()).correlation
    assert (lost.n, lost.N, lost.kind) == (3, 4, "none: runs failed")


# --- knowledge against luck


def test_a_spread_that_is_all_knowledge_and_one_that_is_all_luck():
    known = np.repeat(np.array([[0.0], [1.0]] * 20), 2, axis=1)
    found = components(known, rng())
    # means 0 and 1: MSB = 2 · 40 · ¼/39, MSW = 0
    assert (found.luck.value, found.share.value) == (0.0, 1.0)
    assert found.knowledge.value == pytest.approx(10 / 39)
    # within each group 0 and 1, all means ½: MSB = 0, MSW = ½, and (0 − ½)/2 stays negative
    lucky = components(np.tile([0.0, 1.0], (40, 1)), rng())
    assert (lucky.knowledge.value, lucky.luck.value, lucky.share.value) == (-0.25, 0.5, -1.0)


def test_a_group_with_a_failed_run_is_left_out_and_told():
    values = rng("groups").normal(size=(30, 2))
    values[4, 1] = NAN
    found = components(values, rng())
    assert (found.share.n, found.share.N, found.share.kind, found.share.low) == (58, 60, "none: runs failed", None)
    whole = components(np.delete(values, 4, axis=0), rng())
    assert found.share.value == whole.share.value


def test_few_groups_are_split_without_an_interval():
    found = components(rng("few").normal(size=(2, 2)), rng())
    assert (found.share.low, found.share.kind) == (None, "none: too few runs to resample")


def test_a_measure_that_never_varied_is_not_split():
    assert components(np.ones((10, 2)), rng()).share.kind == NEVER_VARIED
    assert components(np.ones((1, 2)), rng()).share.kind == "none: fewer than two groups"


# --- days and bins


def test_every_run_is_in_the_denominator_of_the_day_reached():
    # three of five by day 10, one later, one never (601 with a horizon of 600)
    found = reached_by([3, 9, 10, 11, 601], [2, 10, 600], 600)
    assert [each.share.value for each in found] == [0.0, 0.6, 0.8]
    assert found[1].share == wilson(3, 5)
    failed = reached_by([3, 9, 10, 11, 601], [10], 600, asked=6)[0].share
    assert failed == wilson(3, 5, 6)
    with pytest.raises(ValueError, match="day 601: found one after the last day watched"):
        reached_by([3], [601], 600)


@given(st.lists(st.integers(0, 99), min_size=1, max_size=200), st.sampled_from([0.1, 0.5, 0.9]), st.integers(0, 3))
def test_bins_of_one_give_the_quantile_of_the_runs_themselves(values, p, failed):
    bins = Bins(0, 1, 100)
    parts = values[::2], values[1::2]
    counts = sum(bins.counts(part) for part in parts)
    assert bins.quantile(counts, p, len(values) + failed) == quantile(values, p, len(values) + failed)


def test_wider_bins_give_the_outer_edges():
    bins = Bins(0, 10, 10)
    counts = bins.counts(range(100))
    exact = quantile(range(100), 0.5)
    found = bins.quantile(counts, 0.5)
    assert (found.value, found.low, found.high) == (
        exact.value // 10 * 10,
        exact.low // 10 * 10,
        exact.high // 10 * 10 + 9,
    )
    assert found.kind == "order statistics, in bins of 10"


def test_what_lies_outside_of_the_bins_is_counted_and_not_named():
    bins = Bins(0, 1, 10)
    counts = bins.counts([-5, -4, 3, 50, 60])
    assert counts.sum() == 5
    assert bins.quantile(counts, 0.5).value == 3
    assert bins.quantile(counts, 0.9).value is None


# --- what the answer makes of them


def test_the_answer_resamples_a_skewed_fulfilment_and_stays_in_the_unit():
    rare = Estimates(100, "independent").mean_share(dict(enumerate([1.0] + [0.0] * 99)))
    assert (rare.kind, rare.n, rare.N) == ("bootstrap (BCa)", 100, 100)
    assert 0 <= rare.low < rare.value < rare.high
    few = Estimates(4, "independent").mean_share(dict(enumerate([0.0, 0.0, 0.1, 0.0])))
    assert (few.kind, few.low) == ("t", 0.0)
