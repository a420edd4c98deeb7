"""Futures written by hand: what is written holds, what is not is at its mode, what nobody read is listed."""

from __future__ import annotations

import pickle

import pytest

from sim.future import at_modes, hand_written, sample
from tests.rooms.future.small_scenario import TENDER, small_scenario

SCENARIO = small_scenario()
INPUT = {which.path: which for which in SCENARIO.inputs}
TARGET, SHARE, LATENESS = "missions.watch.target", "parameters.shield_share", "suppliers.acme.lateness"
AMOUNT = "budget.lines.shield.years.2026.amount"
STREAM = "tender/kite_acme"


def test_what_is_not_written_is_at_its_mode():
    future = hand_written(SCENARIO)
    assert future.values == at_modes(SCENARIO).values
    assert future.draw(TENDER, STREAM, 0) == 90
    assert future.draw_beyond(TENDER, STREAM, 0, 100) == 101
    assert future.normal("exchange/USD", 0) == 0.0
    assert future.normal_beyond("slip/dated/first", 0, 0.5) == 0.5
    assert future.chance(6_000, "award/kite_acme", 0) is True
    assert future.uniform("loss/kite", 0) == 0.5
    assert future.unused() == ()


def test_inputs_are_written_as_they_enter():
    future = hand_written(SCENARIO, {TARGET: 30, "offers.kite_acme.failure_chance": 2_500, LATENESS: -0.5})
    assert future.whole(INPUT[TARGET]) == 30
    assert future.whole(INPUT["offers.kite_acme.failure_chance"]) == 2_500
    assert future.natural[INPUT["offers.kite_acme.failure_chance"].number] == 0.25
    assert future.score(INPUT[LATENESS]) == -0.5


def test_a_formula_follows_what_is_written():
    # 0.85 * 0.50 * 200 bn
    assert hand_written(SCENARIO, {SHARE: 5_000}).whole(INPUT[AMOUNT]) == 85_000_000_000


def test_luck_is_written_in_order_or_by_index():
    future = hand_written(SCENARIO, luck={STREAM: (100, 120), "tender/kite_borealis": {3: 70}})
    assert [future.draw(TENDER, STREAM, n) for n in range(3)] == [100, 120, 90]
    assert [future.draw(TENDER, "tender/kite_borealis", n) for n in (0, 3)] == [90, 70]


def test_scores_uniforms_and_chances_are_written_as_they_are():
    luck = {"exchange/USD": (1.5,), "loss/kite": (0.01,), "award/kite_acme": (False, True)}
    future = hand_written(SCENARIO, luck=luck)
    assert future.normal("exchange/USD", 0) == 1.5
    assert future.normal_beyond("exchange/USD", 0, 1.0) == 1.5
    assert future.uniform("loss/kite", 0) == 0.01
    assert [future.chance(9_000, "award/kite_acme", n) for n in range(3)] == [False, True, True]
    assert future.draw_beyond(TENDER, "tender/dated/first", 0, 100) == 101


def test_a_chance_of_none_or_all_leaves_nothing_to_write():
    future = hand_written(SCENARIO, luck={"award/kite_acme": (True, False)})
    assert future.chance(0, "award/kite_acme", 0) is False
    assert future.chance(10_000, "award/kite_acme", 1) is True


def test_an_unknown_path_names_the_nearest():
    with pytest.raises(
        ValueError, match=r"no input 'missions\.watch\.targets'\. Did you mean 'missions\.watch\.target'\?"
    ):
        hand_written(SCENARIO, {"missions.watch.targets": 30})
    with pytest.raises(ValueError, match=r"Did you mean 'missions\.watch\.target'\?"):
        sample(SCENARIO, 1, "judge", 0, 0).with_parameter("missions.watch.targets", 30)


def test_an_input_with_a_formula_is_written_through_its_parameters():
    with pytest.raises(ValueError, match=rf"{AMOUNT}: .* Set shield_share or unmanned instead"):
        hand_written(SCENARIO, {AMOUNT: 1})


@pytest.mark.parametrize(
    ("ask", "written", "expected"),
    [
        (lambda f: f.draw(TENDER, "s", 0), 10.5, "expected a whole number"),
        (lambda f: f.draw(TENDER, "s", 0), True, "expected a whole number"),
        (lambda f: f.draw_beyond(TENDER, "s", 0, 100), 100, "expected more than the 100 that have passed"),
        (lambda f: f.normal("s", 0), float("nan"), "expected a finite score"),
        (lambda f: f.normal_beyond("s", 0, 1.0), 0.5, "expected more than the 1.0 that have passed"),
        (lambda f: f.chance(5_000, "s", 0), 1, "expected True"),
        (lambda f: f.uniform("s", 0), 1.0, "expected a uniform between 0 and 1"),
    ],
)
def test_a_value_that_cannot_be_is_refused_where_it_is_read(ask, written, expected):
    with pytest.raises(ValueError, match=rf"s\[0\]: found .*{expected}"):
        ask(hand_written(SCENARIO, luck={"s": (written,)}))


def test_what_nobody_asked_for_is_listed():
    future = hand_written(SCENARIO, {TARGET: 30, LATENESS: 1.0}, {STREAM: (100, 120), "tender/kite_acne": (5,)})
    everything = (TARGET, LATENESS, f"{STREAM}[0]", f"{STREAM}[1]", "tender/kite_acne[0]")
    assert future.unused() == everything
    future.whole(INPUT[TARGET])
    future.score(INPUT[LATENESS])
    future.draw(TENDER, STREAM, 0)
    future.draw(TENDER, STREAM, 1)
    assert future.unused() == ("tender/kite_acne[0]",)


def test_a_parameter_is_asked_for_through_the_formula_that_leans_on_it():
    future = hand_written(SCENARIO, {SHARE: 5_000})
    assert future.unused() == (SHARE,)
    future.whole(INPUT[AMOUNT])
    assert future.unused() == ()


def test_a_changed_copy_keeps_what_is_written_and_its_own_record():
    future = hand_written(SCENARIO, {TARGET: 30}, {STREAM: (100, 120)})
    future.whole(INPUT[TARGET])
    future.draw(TENDER, STREAM, 0)
    luckier = future.with_luck(STREAM, 1, 0.125)
    larger = luckier.with_parameter(TARGET, 31)
    assert [larger.draw(TENDER, STREAM, n) for n in range(2)] == [100, 78]
    assert larger.whole(INPUT[TARGET]) == 31
    assert larger.unused() == (f"{STREAM}[1]",)
    assert luckier.unused() == (TARGET, f"{STREAM}[0]", f"{STREAM}[1]")
    assert future.unused() == (f"{STREAM}[1]",)


def test_a_sampled_future_differs_by_the_input_changed_and_its_formulas():
    future = sample(SCENARIO, 1, "judge", 5, 5)
    changed = future.with_parameter(SHARE, 5_000)
    differing = [w.path for w in SCENARIO.inputs if changed.values[w.number] != future.values[w.number]]
    assert differing == [AMOUNT, SHARE]
    assert changed.whole(INPUT[SHARE]) == 5_000
    assert changed.draw(TENDER, STREAM, 0) == future.draw(TENDER, STREAM, 0)


def test_it_travels():
    future = hand_written(SCENARIO, {TARGET: 30}, {STREAM: (100, 120)})
    arrived = pickle.loads(pickle.dumps(future))
    assert arrived.values == future.values
    assert arrived.draw(TENDER, STREAM, 1) == 120
    assert arrived.unused() == (TARGET, f"{STREAM}[0]")
