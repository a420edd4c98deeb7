"""Numbers enter whole, and what remains of a thing under way is what the whole numbers say."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.distributions import Constant, Discrete, Empirical, Lognormal, Normal, Pert, Triangular, Uniform
from sim.future.entry import canonical_of, entered, entered_beyond, entered_or_score, mode_beyond
from sim.scenario.resolved import BeliefUnit

WHOLE_UNITS = [unit for unit in get_args(BeliefUnit) if unit != "sd"]
HAIR = 1e-9


@pytest.mark.parametrize(
    ("unit", "canonical", "whole"),
    [
        ("yen", 1_999_999.5, 2_000_000),
        ("minor", 1.49, 1),
        ("day", 19.5, 20),
        ("day", -2.5, -2),
        ("share", 0.12345, 1235),
        ("factor", 1.5, 15_000),
        ("unit", 23.5, 24),
        ("person", 9.4, 9),
        ("place", 7.6, 8),
        ("rate", 1560.2, 1560),
        ("exchange", 149.57, 1_495_700),
        ("event", 0.15, 1_500),
    ],
)
def test_each_unit_enters_whole(unit, canonical, whole):
    assert entered(unit, canonical) == whole
    assert entered_or_score(unit, canonical) == whole


def test_a_score_stays_a_float():
    assert entered_or_score("sd", 0.256) == 0.256


@given(unit=st.sampled_from(WHOLE_UNITS), whole=st.integers(-(10**14), 10**14))
def test_a_whole_number_written_enters_as_it_was_written(unit, whole):
    assert entered(unit, canonical_of(unit, whole, "here")) == whole


@pytest.mark.parametrize("value", [2.5, float("nan"), float("inf"), True])
def test_what_is_not_whole_cannot_be_written(value):
    with pytest.raises(ValueError, match=r"here: found .* expected a whole number"):
        canonical_of("day", value, "here")


def test_a_score_written_is_finite():
    assert canonical_of("sd", -1.25, "here") == -1.25
    with pytest.raises(ValueError, match="here: found inf; expected a finite score"):
        canonical_of("sd", float("inf"), "here")


@pytest.mark.parametrize(
    ("belief", "unit", "floor", "scale"),
    [
        (Triangular(60.0, 90.0, 150.0), "day", 100, 1),
        (Uniform(20.0, 40.0), "day", 20, 1),
        (Lognormal(20.0, 90.0), "day", 45, 1),
        (Pert(0.1, 0.2, 0.6), "share", 3_333, 10_000),
        (Normal(0.05, 0.02), "share", 700, 10_000),
        (Triangular(10.0, 30.0, 90.0), "day", -5, 1),
    ],
)
def test_the_rest_is_distributed_as_the_conditional_of_the_whole_value(belief, unit, floor, scale):
    """P(whole > k | whole > floor) = (1 - F(k + 1/2)) / (1 - F(floor + 1/2)), so the quantile steps just there."""
    remains = 1.0 - belief.cdf((floor + 0.5) / scale)
    steps = 0
    for k in range(floor + 1, floor + 40):
        u = 1.0 - (1.0 - belief.cdf((k + 0.5) / scale)) / remains
        if HAIR < u < 1.0 - HAIR:
            assert entered_beyond(belief, unit, floor, u - HAIR) <= k < entered_beyond(belief, unit, floor, u + HAIR)
            steps += 1
    assert steps >= 15


@given(
    floor=st.integers(-10, 149),
    u=st.floats(2.0**-53, 1.0 - 2.0**-53),
    belief=st.sampled_from([Triangular(60.0, 90.0, 150.0), Lognormal(20.0, 90.0), Normal(80.0, 30.0)]),
)
def test_the_rest_exceeds_what_has_passed(floor, u, belief):
    assert entered_beyond(belief, "day", floor, u) > floor


@pytest.mark.parametrize("belief", [Triangular(60.0, 90.0, 150.0), Lognormal(20.0, 90.0), Normal(80.0, 30.0)])
def test_the_luckiest_draw_still_exceeds_what_has_passed(belief):
    assert [entered_beyond(belief, "day", floor, 2.0**-53) for floor in range(70, 140)] == list(range(71, 141))


@given(u=st.floats(2.0**-53, 1.0 - 2.0**-53))
def test_a_floor_below_everything_leaves_the_draw_as_it_was(u):
    belief = Triangular(60.0, 90.0, 150.0)
    assert entered_beyond(belief, "day", 30, u) == entered("day", belief.quantile(u))


def test_a_discrete_belief_keeps_its_odds_beyond_the_floor():
    # beyond 0 remain 11 days with 0.14 and 50 with 0.07: two to one
    belief = Discrete((0.0, 11.0, 50.0), (0.79, 0.14, 0.07))
    assert entered_beyond(belief, "day", 0, 2 / 3 - HAIR) == 11
    assert entered_beyond(belief, "day", 0, 2 / 3 + HAIR) == 50
    assert entered_beyond(belief, "day", 11, HAIR) == 50


def test_a_value_on_the_edge_belongs_to_the_next_whole_number():
    # ten and a half days enter as 11, so they exceed 10 and do not exceed 11
    belief = Empirical((3.0, 10.5, 20.0))
    assert entered_beyond(belief, "day", 10, 0.25) == 11
    assert entered_beyond(belief, "day", 11, 0.25) == 20


def test_when_nothing_remains_the_draw_says_so():
    with pytest.raises(ValueError, match=r"nothing remains beyond .*state the outcome as given"):
        entered_beyond(Triangular(60.0, 90.0, 150.0), "day", 150, 0.5)
    with pytest.raises(ValueError, match="nothing remains"):
        mode_beyond(Constant(30.0), "day", 30)


@pytest.mark.parametrize(
    ("belief", "floor", "mode"),
    [
        (Triangular(60.0, 90.0, 150.0), 89, 90),
        (Triangular(60.0, 90.0, 150.0), 90, 91),
        (Triangular(60.0, 90.0, 150.0), 120, 121),
        (Constant(30.0), 29, 30),
        (Discrete((0.0, 11.0, 50.0), (0.79, 0.07, 0.14)), -1, 0),
        (Discrete((0.0, 11.0, 50.0), (0.79, 0.07, 0.14)), 0, 50),
        (Discrete((0.0, 11.0, 50.0), (0.79, 0.14, 0.07)), 0, 11),
        # 20 and 20.2 both enter as 20
        (Empirical((10.0, 10.0, 10.0, 15.0, 20.0, 20.2)), 10, 20),
        # one each: the first on ties
        (Empirical((10.0, 10.0, 15.0, 20.0)), 10, 15),
    ],
)
def test_the_mode_of_what_remains(belief, floor, mode):
    assert mode_beyond(belief, "day", floor) == mode
