"""Pairs and families of policies, verdicts, and when to stop: small cases that can be worked out on paper."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.streams import generator
from sim.study.statistics import LEAST_BLOCKS, NEVER_VARIED, Interval, mean_t, wilson
from sim.study.statistics.family import bonferroni, holm, simultaneous
from sim.study.statistics.looks import LEAST_RUNS, first_look, narrow_enough, next_look, planned_looks
from sim.study.statistics.needed import least_n, needed_for_chance, needed_for_mean
from sim.study.statistics.pairs import (
    IDENTICAL,
    blocked_difference,
    chance_difference,
    identical,
    mean_difference,
    no_difference,
    score_limits,
)
from sim.study.statistics.sequence import confidence_sequence
from sim.study.statistics.verdict import Verdict, runs_more, verdict

NAN = float("nan")


def rng(name="test"):
    return generator(1, "test", name)


def difference(value, low, high, n=400, asked=400):
    return Interval(value, low, high, n, asked, 0.95, "t")


# --- pairs


def test_only_equal_ledgers_make_a_difference_of_exactly_zero():
    same, other = np.array(["a", "b"], object), np.array(["a", "c"], object)
    assert identical(same, same.copy())
    assert not identical(same, other)
    assert not identical(np.array(["a", None], object), np.array(["a", None], object))  # a failed run has no ledger
    assert not identical(np.zeros(0, object), np.zeros(0, object))
    assert no_difference(50) == Interval(0.0, 0.0, 0.0, 50, 50, 0.95, IDENTICAL)
    # no pair differs in success, but the ledgers do: the interval is as wide as 50 runs leave it
    met = np.ones(50)
    found = chance_difference(met, met)
    assert (found.value, found.kind) == (0.0, "score interval for pairs (Tango)")
    assert found.low == pytest.approx(-found.high)
    assert found.high == pytest.approx(3.841 / 53.841, abs=1e-4)


def test_a_failed_run_counts_as_what_makes_each_bound_wider():
    # pairs: 5 both, 2 first only, 1 second only; the first failed twice, where the second missed and where it met
    first = np.array([1] * 5 + [1, 1, 0, NAN, NAN], float)
    second = np.array([1] * 5 + [0, 0, 1, 0, 1], float)
    found = chance_difference(first, second)
    assert (found.n, found.N, found.value) == (8, 10, pytest.approx(1 / 8))
    assert found.low == pytest.approx(score_limits(2, 2, 10, 0.95)[0])  # had it missed twice: one more loss
    assert found.high == pytest.approx(score_limits(3, 1, 10, 0.95)[1])  # had it met twice: one more win
    assert found.kind.endswith("failed runs as bounds")


@given(st.integers(0, 30), st.integers(0, 30), st.integers(1, 60))
def test_the_score_interval_holds_the_estimate_and_turns_with_the_policies(wins, losses, same):
    n = wins + losses + same
    low, high = score_limits(wins, losses, n, 0.95)
    assert -1 <= low <= (wins - losses) / n <= high <= 1
    turned = score_limits(losses, wins, n, 0.95)
    assert (-turned[1], -turned[0]) == pytest.approx((low, high), abs=1e-8)


def test_means_with_failed_runs_have_bounds_only_where_values_have():
    first, second = np.array([0.5, 0.6, 0.8, NAN]), np.array([0.4, 0.4, 0.5, 0.5])
    bounded = mean_difference(first, second, rng(), within=(0.0, 1.0))
    assert (bounded.n, bounded.N, bounded.value) == (3, 4, pytest.approx(0.2))
    # the lost run is worth 0 − 0.5 for the lower bound and 1 − 0.5 for the upper one
    worst = mean_difference(np.array([0.5, 0.6, 0.8, 0.0]), second, rng())
    best = mean_difference(np.array([0.5, 0.6, 0.8, 1.0]), second, rng())
    assert (bounded.low, bounded.high) == (pytest.approx(worst.low), pytest.approx(best.high))
    assert mean_difference(first, second, rng()).kind == "none: runs failed"


def test_a_difference_that_never_varied_is_told_as_such():
    assert mean_difference(np.arange(9.0) + 2, np.arange(9.0), rng()).kind == NEVER_VARIED


def test_under_a_stratified_design_whole_blocks_are_compared():
    values = rng("blocks").normal(size=64 * LEAST_BLOCKS)
    found = blocked_difference(values + 1, np.zeros_like(values))
    assert (found.kind, found.n) == ("t over block means", 640)
    values[3] = NAN
    assert blocked_difference(values, np.zeros_like(values)).kind == "none: 9 complete blocks of 64, 10 needed"


# --- families


def test_bonferroni_and_holm_by_hand():
    assert bonferroni(0.95, 5) == pytest.approx(0.99)
    assert bonferroni(0.95, 1) == pytest.approx(0.95)
    # 3 × 0.01, then 2 × 0.03, then 1 × 0.04 which may not fall below the one before
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([]) == []


def test_simultaneous_intervals_are_wider_than_one_and_no_wider_than_bonferroni_has_them():
    draws = rng("family").normal(size=(400, 6))
    differences = draws[:, 1:] - draws[:, :1]
    found = simultaneous(differences, rng())
    errors = differences.std(axis=0, ddof=1) / 20
    factors = {round(each.half_width / error, 6) for each, error in zip(found, errors, strict=True)}
    assert len(factors) == 1  # one factor for the whole family
    # Dunnett's two-sided 5 % point for five rivals of one reference is 2.51, one-sided 2.23; Bonferroni has 2.59
    assert 2.43 < factors.pop() < 2.59


def test_what_never_varied_in_a_family_is_told_and_left_out():
    differences = np.column_stack([np.zeros(50), rng("one").normal(size=50)])
    still, moved = simultaneous(differences, rng())
    assert (still.kind, still.low) == (NEVER_VARIED, None)
    assert moved.low is not None


def test_one_future_makes_no_interval():
    assert [each.kind for each in simultaneous(np.array([[0.5, 0.1]]), rng())] == ["none: fewer than two runs"] * 2


def test_no_interval_of_a_difference_of_shares_leaves_what_it_can_be():
    found = mean_difference(np.array([1.0, 0.0]), np.array([0.0, 0.0]), rng(), within=(0.0, 1.0))
    assert (found.low, found.high) == (-1.0, 1.0)


def test_a_difference_that_hardly_ever_varies_takes_the_family_to_bonferroni():
    # one future in fifty differs: 36 of 100 resamples miss it, and its t is then beyond any bound
    rare = np.zeros(50)
    rare[7] = 1.0
    found = simultaneous(np.column_stack([rare, rng("other").normal(size=50)]), rng())
    assert [each.kind for each in found] == ["bootstrap (BCa), Bonferroni of 2", "t, Bonferroni of 2"]
    assert all(np.isfinite([each.low, each.high]).all() and each.level == 0.95 for each in found)
    alone = mean_t(rng("other").normal(size=50).tolist(), level=0.975)
    assert (found[1].low, found[1].high) == (alone.low, alone.high)


# --- verdicts


@pytest.mark.parametrize(
    ("interval", "word"),
    [
        (difference(0.06, 0.03, 0.09), "better"),
        (difference(0.03, 0.005, 0.055), "better"),
        (difference(-0.06, -0.09, -0.03), "worse"),
        (difference(0.004, -0.01, 0.018), "inside the indifference zone"),
        (difference(0.012, 0.005, 0.019), "inside the indifference zone"),
        (no_difference(9), "inside the indifference zone"),
        (difference(0.03, -0.01, 0.07), "not enough runs"),
        (Interval(3.0, None, None, 9, 9, 0.95, NEVER_VARIED), "no interval"),
    ],
)
def test_a_verdict_is_read_from_the_interval_and_the_zone(interval, word):
    assert verdict(interval, 0.02).word == word


def test_of_a_cost_less_is_better():
    assert verdict(difference(-6.0, -9.0, -3.0), 1.0, more_is_better=False).word == "better"
    assert verdict(difference(6.0, 3.0, 9.0), 1.0, more_is_better=False).word == "worse"


def test_an_open_question_says_how_many_runs_more():
    # half-width 0.04 must fall to 0.03: 400·(4/3)² = 711, 311 more, 5 blocks of 64
    open_question = verdict(difference(0.03, -0.01, 0.07), 0.02)
    assert (open_question.more, open_question.told()) == (320, "not enough runs: 320 more")
    # at a difference of 0.01 both ends of the zone are half a zone away: the dearest question there is
    assert runs_more(400, 0.05, 0.01, 0.02) == 64 * 150  # 400·25 − 400 = 9,600
    assert verdict(difference(0.03, -0.01, 0.07, n=390), 0.02).told().startswith("not enough runs: runs failed")
    assert Verdict("no interval", None, "never varied").told() == "no interval: never varied"


def test_a_zone_of_nothing_is_refused():
    with pytest.raises(ValueError, match="zone: found 0; expected a number above 0"):
        verdict(difference(0.0, -1, 1), 0)


# --- when to stop


def test_nothing_is_narrow_before_400_runs():
    assert not narrow_enough(wilson(0, 399), 0.5)
    assert narrow_enough(wilson(0, 400), 0.5)
    assert not narrow_enough(Interval(1.0, None, None, 500, 500, 0.95, NEVER_VARIED), 0.5)


def test_the_next_look_is_where_the_width_will_do_but_never_more_than_twice_as_far():
    found = wilson(224, 448)  # half-width 0.0461
    assert next_look(found, 0.04, 10_000) == 640  # 448·(0.0461/0.04)² = 595, in whole blocks
    assert next_look(found, 0.01, 10_000) == 896
    assert next_look(found, 0.01, 500) == 500
    assert first_look(10_000) == 448
    assert first_look(100) == 100
    assert LEAST_RUNS == 400


def test_six_looks_are_planned_and_end_where_the_study_does():
    assert planned_looks(4096) == [448, 704, 1088, 1728, 2688, 4096]
    assert planned_looks(448) == [448]
    assert planned_looks(100) == [100]
    assert planned_looks(500)[-1] == 500


def test_what_a_precision_costs_by_each_rule():
    assert least_n(lambda n: 1 / n, 0.01) == 100
    needed = needed_for_chance(0.3, 0.03)
    assert wilson(round(0.3 * needed.fixed), needed.fixed).half_width == pytest.approx(0.03, abs=1e-4)
    assert needed.fixed < needed.six_looks < needed.sequence
    means = needed_for_mean(0.5, 0.01, within=(0, 1), mean=0.5)
    assert means.fixed == 9607  # 1.9602²·0.25/0.01² with t instead of z
    assert needed_for_mean(2.0, 0.1).sequence is None
    with pytest.raises(ValueError, match="half-width: found 0"):
        needed_for_chance(0.3, 0)


def test_a_sequence_stays_between_the_ends_and_narrows():
    few, many = (confidence_sequence([0.0, 1.0] * pairs, (0, 1)) for pairs in (20, 2000))
    assert 0 <= few.low < many.low < 0.5 < many.high < few.high <= 1
    assert few.kind == "confidence sequence (mixture of bets)"
    assert confidence_sequence([0.0] * 100, (0, 1)).low == 0.0
    with pytest.raises(ValueError, match="expected them between 0 and 1"):
        confidence_sequence([0.0, 2.0], (0, 1))
