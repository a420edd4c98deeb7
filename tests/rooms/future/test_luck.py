"""Luck answers by address; one changed uniform changes one event and nothing else."""

from __future__ import annotations

from math import erfc, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.distributions import normal_quantile
from sim.future import sample
from sim.future.addresses import LOT_PLACES, streams_of
from sim.future.luck import drawn, score_beyond
from sim.scenario.resolved import Luck
from tests.rooms.future.small_scenario import TENDER, small_scenario

SCENARIO = small_scenario()
FUTURE = sample(SCENARIO, 1, "judge", 5, 5)
STREAM = "tender/kite_acme"
inside = st.floats(2.0**-53, 1.0 - 2.0**-53)


def addresses():
    return [(stream.name, index) for stream in streams_of(SCENARIO) for index in stream.expected]


def test_a_changed_uniform_changes_that_address_alone():
    changed = FUTURE.with_luck(STREAM, 2, 0.125)
    differing = [at for at in addresses() if changed.uniform(*at) != FUTURE.uniform(*at)]
    assert differing == [(STREAM, 2)]
    assert changed.uniform(STREAM, 2) == 0.125
    assert changed.natural == FUTURE.natural
    assert FUTURE.uniform(STREAM, 2) != 0.125


def test_a_changed_uniform_speaks_through_every_question():
    # u = 1/8 of triangular 60/90/150: 60 + sqrt(90 * 30 / 8) = 78.37; beyond 90 (F(90.5) = 0.3442…) 95.5…
    changed = FUTURE.with_luck(STREAM, 2, 0.125)
    assert changed.draw(TENDER, STREAM, 2) == 78
    passed = TENDER.belief.cdf(90.5)
    beyond = TENDER.belief.quantile(passed + 0.125 * (1.0 - passed))
    assert changed.draw_beyond(TENDER, STREAM, 2, 90) == round(beyond)
    assert changed.normal(STREAM, 2) == normal_quantile(0.125)
    assert changed.normal_beyond(STREAM, 2, 1.0) == score_beyond(1.0, 0.125)
    assert changed.chance(1_250, STREAM, 2) is False
    assert changed.chance(1_251, STREAM, 2) is True


def test_days_worked_out_at_once_are_those_worked_out_when_asked():
    at_once = [
        (stream, index) for stream in streams_of(SCENARIO) if stream.days is not None for index in stream.expected
    ]
    assert len(at_once) > 100
    for stream, index in at_once:
        days = stream.days
        assert FUTURE.draw(days, stream.name, index) == drawn(days, FUTURE.uniform(stream.name, index))
        # what is asked of another belief at the same address is worked out from that one
        assert FUTURE.draw(TENDER, stream.name, index) == drawn(TENDER, FUTURE.uniform(stream.name, index))


def test_changes_add_up_and_the_last_one_holds():
    changed = FUTURE.with_luck(STREAM, 2, 0.125).with_luck("loss/kite", 3, 0.5).with_luck(STREAM, 2, 0.25)
    assert changed.uniform(STREAM, 2) == 0.25
    assert changed.uniform("loss/kite", 3) == 0.5
    assert changed.uniform(STREAM, 3) == FUTURE.uniform(STREAM, 3)
    assert changed.draw(TENDER, STREAM, 3) == FUTURE.draw(TENDER, STREAM, 3)
    assert changed.draw_beyond(TENDER, STREAM, 3, 90) == FUTURE.draw_beyond(TENDER, STREAM, 3, 90)
    assert changed.normal(STREAM, 3) == FUTURE.normal(STREAM, 3)
    assert changed.normal_beyond(STREAM, 3, 0.5) == FUTURE.normal_beyond(STREAM, 3, 0.5)
    assert changed.chance(5_000, STREAM, 3) == FUTURE.chance(5_000, STREAM, 3)


@pytest.mark.parametrize("u", [0.0, 1.0, -0.5, float("nan")])
def test_a_changed_uniform_lies_strictly_inside(u):
    with pytest.raises(ValueError, match=r"tender/kite_acme\[2\]: u must lie strictly between 0 and 1"):
        FUTURE.with_luck(STREAM, 2, u)


@given(u=inside)
def test_no_chance_never_happens_and_a_full_one_always_does(u):
    changed = FUTURE.with_luck(STREAM, 2, u)
    assert changed.chance(0, STREAM, 2) is False
    assert changed.chance(10_000, STREAM, 2) is True


def test_a_chance_happens_when_its_uniform_lies_below_it():
    happened = [FUTURE.chance(3_000, "award/kite_acme", index) for index in range(400)]
    assert happened == [FUTURE.uniform("award/kite_acme", index) < 0.3 for index in range(400)]
    # 120 expected, with a standard deviation of 9.2
    assert 85 < sum(happened) < 155


@pytest.mark.parametrize("probability_bp", [-1, 10_001])
def test_a_chance_outside_0_to_10000_is_refused(probability_bp):
    with pytest.raises(ValueError, match=r"found a chance of .* expected 0 to 10000"):
        FUTURE.chance(probability_bp, STREAM, 2)


@given(floor=st.floats(-10.0, 10.0), u=inside)
def test_a_score_beyond_its_floor_has_the_chance_left_over(floor, u):
    """P(Z > z | Z > floor) = 1 - u, with the upper tails of the normal."""
    z = score_beyond(floor, u)
    assert z >= floor
    left = erfc(z / sqrt(2.0)) / erfc(floor / sqrt(2.0))
    assert left == pytest.approx(1.0 - u, rel=1e-6)


def test_a_floor_far_below_leaves_the_score_as_it_was():
    for u in (2.0**-53, 0.01, 0.3, 0.5, 0.9, 1.0 - 2.0**-53):
        assert score_beyond(-9.0, u) == normal_quantile(u)


def test_a_floor_that_no_float_lies_beyond_is_refused():
    with pytest.raises(ValueError, match=r"a score beyond 40\.0: nothing remains"):
        score_beyond(40.0, 0.5)


def test_what_remains_is_drawn_beyond_the_floor():
    for index in range(200):
        assert FUTURE.draw_beyond(TENDER, STREAM, index, 120) > 120
        assert FUTURE.normal_beyond(STREAM, index, 1.5) >= 1.5


def test_a_belief_that_leaves_nothing_is_named():
    with pytest.raises(ValueError, match=r"offers\.kite_acme\.tender\.first: asked for more than 150 day: nothing"):
        FUTURE.draw_beyond(TENDER, STREAM, 0, 150)


def test_luck_in_shares_enters_in_basis_points():
    factor = Luck("windows.war.factor", "factor", TENDER.belief.scaled(0.01))
    days = TENDER.belief.quantile(FUTURE.uniform("window_factor/war", 2026))
    assert FUTURE.draw(factor, "window_factor/war", 2026) == pytest.approx(days * 100.0, abs=0.51)


def test_every_kind_of_luck_has_its_streams():
    kinds = {stream.name.split("/")[0] for stream in streams_of(SCENARIO)}
    listed = (
        "tender request offer_letter notification award permit slip shipping acceptance fielding paper trial block"
        " block_length window window_start window_factor window_length passage supplementary supplementary_amount"
        " exchange loss grounding grounding_start grounding_length course graduates leavers seats_lead"
    )
    assert kinds == set(listed.split())


def test_only_what_can_be_asked_is_expected():
    expected = {stream.name: tuple(stream.expected) for stream in streams_of(SCENARIO)}
    assert expected["request/kite_acme"] == tuple(range(8))
    assert expected["request/kite_borealis"] == ()
    assert expected["tender/dated/first"] == (0,)
    # 12 ordered in lots of 6, and one delivery on record
    assert expected["shipping/dated/first"] == (0, 1, 2)
    # twenty-four lots of the first order, then those of the second
    assert expected["shipping/kite_acme"][23:26] == (23, LOT_PLACES, LOT_PLACES + 1)
    # from 1 April 2025 to 31 March 2030, in months and in fiscal years
    assert expected["loss/kite"] == tuple(range(60))
    assert expected["passage/budget"] == tuple(range(2025, 2030))
