"""Quantity against quality: one drone for 10 yen against kites of four times the quality for 30, on 120 yen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.distributions import Constant
from sim.errors import TheirsError
from sim.scenario.resolved import ListedOffer
from sim.study.quality import quality
from sim.study.trial import Futures
from sim.study.variants import with_margin
from tests.stories.builder import given, line, mission, offer, product, ruled, scenario

WORLD = scenario(
    missions=[mission(target=given("unit", 24))],
    products=[product(), product("kite", tier="high", quality=40_000)],
    offers=[offer(), offer("kites", product="kite", price=given("minor", 30))],
    lines=[line(years={2025: 120})],
    policies=[ruled(high_offers=(ListedOffer("kites", 1),))],
)


def found(**how):
    return quality(WORLD, "ruled", Futures(2, 1), shares=(0, 10_000), lambdas=(10_000, 20_000), **how)


def test_count_prefers_the_cheap_and_strength_the_good_until_the_square_law_turns_it():
    """120 yen: twelve drones or four kites, of 24 wanted. By count 0.5 against 1/6.

    Linear law: S = 12 against 4 x 4 = 16, of 24: 0.5 against 2/3. Square law: S = 12^2 = 144 against (4 x 2)^2 = 64, of
    576: 0.25 against 1/9. So quality is preferred at λ = 1 and quantity at λ = 2, with the change between.
    """
    rows = {
        (row["high_share_bp"], row["lambda_bp"], row["measure"]): row["value"] for row in found().grids["map"].records()
    }
    assert rows[0, None, "fulfilment"] == pytest.approx(0.5)
    assert rows[10_000, None, "fulfilment"] == pytest.approx(1 / 6)
    assert [rows[0, by, "strength"] for by in (10_000, 20_000)] == pytest.approx([0.5, 0.25])
    assert [rows[10_000, by, "strength"] for by in (10_000, 20_000)] == pytest.approx([2 / 3, 1 / 9])
    assert rows[0, 10_000, "behind_the_strongest"] == pytest.approx(-1 / 6)
    assert rows[10_000, 20_000, "behind_the_strongest"] == pytest.approx(1 / 9 - 1 / 4)
    about = found().about
    assert about["changes"] == [(1.5, 10_000, 0)]
    assert [each[:2] for each in about["preferred"]] == [[10_000, 10_000], [20_000, 0]]


def test_more_than_enough_is_enough():
    """Ten wanted: twelve drones are 1 by count and by either law; four kites are 16 of 10 and 64 of 100."""
    small = replace(WORLD.missions["watch"], target=replace(WORLD.missions["watch"].target, belief=Constant(10.0)))
    inputs = tuple(small.target if each.number == small.target.number else each for each in WORLD.inputs)
    policies = {"ruled": with_margin(WORLD.policies["ruled"], 2_000)}
    world = replace(WORLD, missions={"watch": small}, inputs=inputs, policies=policies)
    found = quality(world, "ruled", Futures(2, 1), shares=(0, 10_000), lambdas=(10_000, 20_000))
    rows = {tuple(row.values())[:3]: row["value"] for row in found.grids["map"].records()}
    assert [rows[0, by, "strength"] for by in (10_000, 20_000)] == [1.0, 1.0]
    assert [rows[10_000, by, "strength"] for by in (10_000, 20_000)] == pytest.approx([1.0, 0.64])


def test_a_policy_with_nothing_to_choose_is_refused():
    world = scenario(policies=[ruled()])
    with pytest.raises(TheirsError, match="no mission with offers of both tiers"):
        quality(world, "ruled", Futures(1, 1))
    with pytest.raises(TheirsError, match="no policy 'ruledd'"):
        quality(world, "ruledd", Futures(1, 1))
