"""Knowledge against luck, and what a precision costs: on a scenario on paper, and on truths that are given."""

from __future__ import annotations

import numpy as np
import pytest

from sim.study import luck_split, trial
from sim.study.luck_split import luck_split as split
from sim.study.luck_split import paired_points, root
from sim.study.measures_compared import FULFILMENT, measure_asked
from sim.study.pilot import plan
from sim.study.statistics import NEVER_VARIED, wilson
from sim.study.trial import Futures
from tests.rooms.study.faked import faked, paper, uniforms


@pytest.fixture(scope="module")
def scenario():
    return paper()


def test_pairs_share_their_parameters_and_no_two_runs_their_luck():
    points = paired_points(40)
    assert [(point.parameter, point.luck) for point in points[:4]] == [(0, 0), (0, 1), (1, 2), (1, 3)]
    assert len({point.luck for point in points}) == 80
    assert {point.at for point in points} == {None}


def test_ten_hang_on_knowledge_alone_and_a_toss_on_luck(scenario):
    watch = measure_asked(scenario, "watch")
    ten, tossed = split(scenario, ("ten", "tossed"), [watch], Futures(60, 2))
    # the target is known with the parameters: both runs of a pair agree
    assert (ten.parts.luck.value, ten.parts.share.value) == (0.0, 1.0)
    # the tender fails by luck; whether the target is 10 or 20 does not matter to twenty units or none
    assert tossed.parts.share.low < 0 < tossed.parts.share.high
    assert (tossed.parts.share.n, tossed.parts.share.N) == (120, 120)


def test_a_share_of_one_third_is_found(monkeypatch, scenario):
    def fulfilled(parameter, luck):
        return 0.5 + (uniforms("known", parameter) - 0.5) / 4 + (uniforms("luck", luck) - 0.5) * np.sqrt(2) / 4

    monkeypatch.setattr(luck_split, "run_cases", faked({"ten": fulfilled}))
    (found,) = split(scenario, ("ten",), [FULFILMENT], Futures(600, 1))
    assert found.parts.share.low < 1 / 3 < found.parts.share.high
    # a uniform of width ¼ has variance 1/192
    assert found.parts.knowledge.low < 1 / 192 < found.parts.knowledge.high
    assert found.deviation == pytest.approx(np.sqrt(3 / 192), rel=0.1)


def test_a_negative_part_of_knowledge_has_no_root():
    assert (root(0.25), root(-0.1), root(None)) == (0.5, None, None)


@pytest.fixture(scope="module")
def pilot(scenario):
    """A pilot of 200 futures in ten seconds: half of them met, a fulfilment that spreads by 0.1, one without doubt."""

    def half(parameter, luck):
        return (luck % 2 == 0).astype(float)

    def narrow(parameter, luck):
        return np.where(luck % 2 == 0, 0.8, 0.6)

    policies = {"ten": half, "twenty": narrow, "tossed": lambda parameter, luck: np.ones(len(luck))}
    ticks = iter([100.0, 110.0])
    measures = [FULFILMENT, measure_asked(scenario, "watch")]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(trial, "run_cases", faked(policies))
        return plan(scenario, tuple(policies), measures, [0.05, 0.01], Futures(200, 1), clock=lambda: next(ticks))


def test_a_plan_costs_what_the_formulas_say(pilot):
    prices = {(row.policy, row.measure.id): row.prices for row in pilot.rows}
    five, one = prices["ten", "met/watch"]
    assert (one.half_width, one.needed.fixed, one.needed.six_looks) == (0.01, 9600, 17395)
    assert one.at_worst == 9600  # nowhere does a chance cost more than at one half
    assert wilson(five.needed.fixed // 2, five.needed.fixed).half_width == pytest.approx(0.05, abs=1e-4)
    # deviation 0.10025: 1.96²·0.01005/0.01² = 386 and two for t
    narrow = prices["twenty", "fulfilment"][1]
    assert 386 <= narrow.needed.fixed <= 390
    assert narrow.at_worst > narrow.needed.fixed
    assert prices["tossed", "met/watch"] == ()


def test_what_never_varied_is_told_and_has_no_price(pilot):
    still = next(row for row in pilot.rows if (row.policy, row.measure.id) == ("tossed", "fulfilment"))
    assert (still.pilot.value, still.pilot.kind) == (1.0, NEVER_VARIED)


def test_the_dearest_measure_decides_and_minutes_follow_from_the_pilots_speed(pilot):
    # 200 futures in ten seconds: 9,604 or so take eight minutes
    futures = pilot.most(0.01)
    assert futures == max(price.needed.fixed for row in pilot.rows for price in row.prices if price.half_width == 0.01)
    assert pilot.minutes(futures) == pytest.approx(futures / 20 / 60)
    assert pilot.held_up_by(0.01).policy == "ten"
    assert pilot.most(0.05) == 400  # never fewer
    assert pilot.held_up_by(0.05) is None
