"""Stories of what a shock strikes and what it leaves alone, and of a limit that does not exist."""

from __future__ import annotations

import pytest

from sim.engine.entries import Graduated, TenderFailed
from sim.errors import OursError
from tests.stories.builder import buy, luck, mission, offer, product, scenario, scheduled, told
from tests.stories.builder import given as certain
from tests.stories.forces import crew, shock


def test_a_shock_to_one_offers_tenders_leaves_the_others_alone():
    """Chance 0.3 each; from day 5 it is four times as much for `struck`, so above one half: at modes it fails."""
    tendered = {"tender_first": luck(30), "failure_chance": certain("share", 3_000)}
    run = told(
        scenario(
            offers=[offer("spared", **tendered), offer("struck", **tendered)],
            policies=[scheduled(buy(0, 5, "spared"), buy(0, 5, "struck"))],
            shocks=(shock("tender_failure", 5, 40_000, "struck"),),
        )
    )
    # both tenders end on day 30: 0.3 stays below one half, min(1, 0.3 x 4) does not
    assert [(entry.day, entry.order) for entry in run.of_kind(TenderFailed)] == [(30, "struck#1")]


def test_a_shock_to_one_missions_posts_leaves_the_others_alone():
    """Ten seats a month each, all filled; from day 0 half of `watch`'s posts are empty."""
    course = crew(0, seats_per_month=10, course=luck(20), posts_filled=certain("share", 10_000))
    run = told(
        scenario(
            missions=[mission("scout", crew=course), mission("watch", crew=course)],
            products=[product(), product("plane", mission="scout")],
            shocks=(shock("posts_filled", 0, 5_000, "watch"),),
            horizon="2025-04-30",
        )
    )
    first = {entry.mission: entry.people for entry in run.of_kind(Graduated) if entry.day == 20}
    assert first == {"scout": 10, "watch": 5}


def test_a_limit_that_does_not_exist_cannot_be_lifted():
    with pytest.raises(OursError, match="no limit is called monney; there are acceptance, crews"):
        told(scenario(), lifted=frozenset({"monney"}))
