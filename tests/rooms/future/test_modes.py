"""The future of modes: what is likeliest is what happens."""

from __future__ import annotations

import pickle

import pytest

from sim.future import at_modes
from sim.scenario.resolved import Luck
from tests.rooms.future.small_scenario import BUDGET_DELAY, TENDER, small_scenario

SCENARIO = small_scenario()
FUTURE = at_modes(SCENARIO)
INPUT = {which.path: which for which in SCENARIO.inputs}


def test_every_input_is_at_its_mode():
    assert FUTURE.whole(INPUT["missions.watch.target"]) == 24
    assert FUTURE.whole(INPUT["offers.kite_acme.escalation"]) == 200
    assert FUTURE.whole(INPUT["parameters.unmanned"]) == 200_000_000_000
    assert FUTURE.score(INPUT["suppliers.acme.lateness"]) == 0.0


def test_a_formula_is_worked_out_from_modes():
    # 0.85 * 0.40 * 200 bn
    assert FUTURE.whole(INPUT["budget.lines.shield.years.2026.amount"]) == 68_000_000_000


def test_every_event_is_at_its_mode():
    assert [FUTURE.draw(TENDER, "tender/kite_acme", n) for n in range(3)] == [90, 90, 90]
    assert FUTURE.draw(BUDGET_DELAY, "passage/budget", 2027) == 0
    assert FUTURE.normal("exchange/USD", 5) == 0.0
    assert FUTURE.uniform("loss/kite", 5) == 0.5


def test_what_is_more_likely_than_not_happens():
    assert [FUTURE.chance(p, "award/kite_acme", 0) for p in (0, 5_000, 5_001, 10_000)] == [False, False, True, True]


def test_a_thing_under_way_is_at_its_mode_or_at_the_likeliest_day_left():
    assert FUTURE.draw_beyond(TENDER, "tender/dated/first", 0, 40) == 90
    assert FUTURE.draw_beyond(TENDER, "tender/dated/first", 0, 100) == 101
    assert FUTURE.draw_beyond(BUDGET_DELAY, "passage/budget", 2026, 3) == 11
    assert FUTURE.normal_beyond("slip/dated/first", 0, -1.0) == 0.0
    assert FUTURE.normal_beyond("slip/dated/first", 0, 0.75) == 0.75


def test_a_belief_that_leaves_nothing_is_named():
    late = Luck("offers.x.tender.first", "day", TENDER.belief)
    with pytest.raises(ValueError, match=r"offers\.x\.tender\.first: asked for more than 400 day: nothing remains"):
        FUTURE.draw_beyond(late, "tender/dated/first", 0, 400)


def test_one_event_can_still_have_luck():
    changed = FUTURE.with_luck("tender/kite_acme", 1, 0.125)
    # 60 + sqrt(90 * 30 / 8) = 78.37
    assert [changed.draw(TENDER, "tender/kite_acme", n) for n in range(3)] == [90, 78, 90]


def test_it_travels():
    assert pickle.loads(pickle.dumps(FUTURE)).values == FUTURE.values
