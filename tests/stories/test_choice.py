"""Stories of the choice among offers: tiers, ranking, weights, minimum orders, and countries (R31, R32)."""

from __future__ import annotations

import pytest

from sim.scenario.resolved import ListedOffer
from tests.stories.builder import given, line, offer, ruled, scenario, told
from tests.stories.forces import shock
from tests.stories.plans import HIGH, TIERS, by_offer, decided, rivals, target

# --- tiers


def test_the_weights_of_mass_offers_are_by_money() -> None:
    """Twelve from two offers at 10 and 30, equal in money: 180 yen buy 90/10 and 90/30."""
    run = told(
        scenario(
            **rivals(able={}, best={"price": given("minor", 30)}),
            missions=target(12),
            policies=[ruled(mass=[("able", 1), ("best", 1)], suppliers=2)],
            horizon="2025-06-30",
        )
    )
    assert by_offer(run) == {"able": 9, "best": 3}


def test_the_weights_of_high_offers_are_by_money_too() -> None:
    """Three parts against one of the same price: 9 and 3 of twelve."""
    run = told(
        scenario(
            **rivals(able={}, best={}),
            missions=target(12),
            policies=[ruled(mass=[], high_offers=(ListedOffer("able", 3), ListedOffer("best", 1)), suppliers=2)],
            horizon="2025-06-30",
        )
    )
    assert by_offer(run) == {"able": 9, "best": 3}


@pytest.mark.parametrize(("yen", "bought"), [(1_000, {"maker": 6, "kites": 2}), (60, {"maker": 3, "kites": 1})])
def test_the_high_tier_s_share_is_of_money_however_much_there_is(yen: int, bought: dict[str, int]) -> None:
    """By shares, half for each tier: eight cost 60 + 60; with 60 in all, 30 + 30."""
    policy = ruled("shares", high_offers=HIGH, high_tier_share=5_000)
    run = told(
        scenario(**TIERS, missions=target(8), lines=[line(years={2025: yen})], policies=[policy], horizon="2025-06-30")
    )
    assert by_offer(run) == bought


def test_where_only_high_offers_are_listed_the_tiers_do_not_share() -> None:
    policy = ruled(mass=[], high_offers=HIGH, high_tier_share=2_500)
    run = told(scenario(**TIERS, policies=[policy], horizon="2025-06-30"))
    assert by_offer(run) == {"kites": 10}


# --- ranking and sharing


THREE = rivals(
    able={"price": given("minor", 30)},
    best={"price": given("minor", 100), "quality": 40_000},
    cheap={"price": given("minor", 12), "quality": 5_000},
)


@pytest.mark.parametrize(("ranking", "first"), [("listed", "able"), ("quality", "best"), ("on_time_per_yen", "cheap")])
def test_the_ranking_says_which_offer_comes_first(ranking: str, first: str) -> None:
    """Listed first, of quality 4, or at 12 instead of 30 and 100 yen."""
    run = told(
        scenario(
            **THREE,
            policies=[ruled(mass=[("able", 1), ("best", 1), ("cheap", 1)], ranking=ranking)],
            horizon="2025-06-30",
        )
    )
    assert by_offer(run) == {first: 10}


@pytest.mark.parametrize(("failing", "first"), [(5_000, "sure"), (2_000, "cheap")])
def test_a_cheap_offer_that_often_fails_may_be_dear(failing: int, first: str) -> None:
    """A chance of 0.5 for 10 yen is 0.05 a yen, of 0.8 is 0.08; a certain one for 15 yen is 0.067."""
    run = told(
        scenario(
            **rivals(
                cheap={"failure_chance": given("share", failing)},
                sure={"price": given("minor", 15)},
            ),
            policies=[ruled(mass=[("cheap", 1), ("sure", 1)], ranking="on_time_per_yen")],
            horizon="2025-06-30",
        )
    )
    assert by_offer(run) == {first: 10}


def test_of_offers_of_one_quality_the_more_punctual_comes_first() -> None:
    """Due on day 150: late, listed first, serves on day 200; due for good, not in time."""
    world = rivals(late={"promise_first_days": 200, "failure_chance": given("share", 1_000)}, sure={})
    policy = ruled("shares", mass=[("late", 1), ("sure", 1)], ranking="quality")
    run = told(scenario(**world, missions=target(10, due_day=150), policies=[policy], horizon="2025-06-30"))
    assert by_offer(run) == {"sure": 10}


def test_a_part_below_its_offer_s_minimum_goes_to_the_next() -> None:
    """Nine parts and one: a unit for best, which sells two at least; able makes all ten."""
    for least, bought in ((1, [(0, "able", 9), (0, "best", 1)]), (2, [(0, "able", 10)])):
        run = told(
            scenario(
                **rivals(able={}, best={"minimum_order": least}),
                policies=[ruled(mass=[("able", 9), ("best", 1)], suppliers=2)],
                horizon="2025-06-30",
            )
        )
        assert decided(run) == bought


def test_a_first_part_below_its_minimum_goes_to_the_second() -> None:
    run = told(
        scenario(
            **rivals(able={"minimum_order": 2}, best={}),
            policies=[ruled(mass=[("able", 1), ("best", 9)], suppliers=2)],
            horizon="2025-06-30",
        )
    )
    assert decided(run) == [(0, "best", 10)]


def test_a_need_below_the_minimum_is_not_bought() -> None:
    for least, bought in ((10, {"maker": 10}), (11, {})):
        run = told(scenario(offers=[offer(minimum_order=least)], policies=[ruled()], horizon="2025-06-30"))
        assert by_offer(run) == bought


def test_a_barred_offer_is_passed_over() -> None:
    """Able, first on the list, is not admitted until day 100; best takes its place."""
    run = told(
        scenario(
            **rivals(able={}, best={}),
            policies=[ruled(mass=[("able", 1), ("best", 1)])],
            shocks=(shock("bar", 0, 0, "able", end=100),),
            horizon="2025-12-31",
        )
    )
    assert by_offer(run) == {"best": 10}


def test_a_country_s_cap_is_over_all_its_offers_and_none_where_there_is_no_other() -> None:
    """Able and best are from Oz, half and a quarter of the money; at most half of it: 10 x (2/3, 1/3) and 10."""
    world = rivals(able={"country": "Oz"}, best={"country": "Oz"}, calm={"country": "Ur"})
    listed = [("able", 2), ("best", 1), ("calm", 1)]
    capped = ruled(mass=listed, suppliers=3, country_cap=5_000)
    run = told(scenario(**world, missions=target(18), policies=[capped], horizon="2025-06-30"))
    assert by_offer(run) == {"able": 6, "best": 3, "calm": 9}
    alone = ruled(mass=listed, suppliers=2, country_cap=5_000)
    run = told(scenario(**world, missions=target(18), policies=[alone], horizon="2025-06-30"))
    assert by_offer(run) == {"able": 12, "best": 6}


def test_what_one_country_may_not_have_puts_no_other_above_the_cap() -> None:
    """Half, 38 % and 12 %, at most 40 % each: of fifty Oz has 20; of the rest Ur would have 45.6 %, so 20 too."""
    world = rivals(able={"country": "Oz"}, best={"country": "Ur"}, calm={"country": "Xi"})
    policy = ruled(mass=[("able", 25), ("best", 19), ("calm", 6)], suppliers=3, country_cap=4_000)
    run = told(scenario(**world, missions=target(50), policies=[policy], horizon="2025-06-30"))
    assert decided(run) == [(0, "able", 20), (0, "best", 20), (0, "calm", 10)]


def test_a_cap_that_no_country_can_keep_is_none() -> None:
    """Two countries, at most 40 % each: nobody takes the rest, so the weights stand."""
    world = rivals(able={"country": "Oz"}, best={"country": "Ur"})
    policy = ruled(mass=[("able", 1), ("best", 1)], suppliers=2, country_cap=4_000)
    run = told(scenario(**world, policies=[policy], horizon="2025-06-30"))
    assert decided(run) == [(0, "able", 5), (0, "best", 5)]
