"""Stories of levers: for each lever of a policy a world in which turning it changes a number that is named (R32).

In all of them an order placed on day d serves on day d + 100 unless the story says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any, NamedTuple

import pytest

from sim.engine import Run
from sim.engine.entries import Awarded, Deployed, Graduated, Obligated
from sim.scenario.resolved import (
    HomeLevers,
    Levers,
    ListedOffer,
    PolicySpec,
    ScheduledOrder,
    SeatsLever,
    SubsidyLever,
)
from tests.stories.builder import buy, given, line, luck, mission, offer, ruled, scenario, scheduled, told
from tests.stories.forces import crew, row, shock
from tests.stories.home_builder import home, two_legs
from tests.stories.plans import HIGH, TIERS, by_offer, coming, decided, rivals, rule_of, target, two_missions

# --- every lever of a rule


class Turn(NamedTuple):
    """A lever at two settings in one world, and the number each gives."""

    world: Callable[[], dict[str, Any]]
    rule: str
    others: dict[str, Any]
    """Levers that are the same both times."""
    number: Callable[[Run], Any]
    settings: tuple[tuple[Any, Any], tuple[Any, Any]]
    """(setting, what the number is then), twice."""


TURNS: dict[str, Turn] = {
    # ten wanted: from whom is what the list says
    "mass_offers": Turn(
        lambda: rivals(able={}, best={}),
        "close_gap",
        {},
        by_offer,
        (((ListedOffer("able", 1),), {"able": 10}), ((ListedOffer("best", 1),), {"best": 10})),
    ),
    # half of the money for the high tier: 8 = 60/10 + 60/30; with nothing listed there, all is mass
    "high_offers": Turn(
        lambda: {**TIERS, "missions": target(8)},
        "close_gap",
        {"high_tier_share": 5_000},
        by_offer,
        (((), {"maker": 8}), (HIGH, {"maker": 6, "kites": 2})),
    ),
    # 8 units for M yen: M x (0.75/10 + 0.25/30) = 8: 96; 72/10 = 7.2 and 24/30 = 0.8. All of it: 8 x 30
    "high_tier_share": Turn(
        lambda: {**TIERS, "missions": target(8)},
        "close_gap",
        {"high_offers": HIGH},
        by_offer,
        ((2_500, {"maker": 7, "kites": 1}), (10_000, {"kites": 8})),
    ),
    # ten for 100: half of FY2025's money may go abroad; in FY2026, which is not named, all of it
    "foreign_share": Turn(
        lambda: {"lines": [line(years={2025: 1_000, 2026: 1_000})]},
        "close_gap",
        {},
        decided,
        (({}, [(0, "maker", 10)]), ({2025: 5_000}, [(0, "maker", 5), (365, "maker", 5)])),
    ),
    # 10 x 1.25 = 12.5, up to 13
    "over_order_margin": Turn(dict, "close_gap", {}, by_offer, ((0, {"maker": 10}), (2_500, {"maker": 13}))),
    # the best one alone, or the best two by their weights
    "suppliers": Turn(
        lambda: rivals(able={}, best={}),
        "close_gap",
        {"mass": [("able", 1), ("best", 1)]},
        by_offer,
        ((1, {"able": 10}), (2, {"able": 5, "best": 5})),
    ),
    # three quarters of twenty with one country, or at most 60 %
    "country_cap": Turn(
        lambda: {**rivals(able={"country": "Oz"}, best={"country": "Ur"}), "missions": target(20)},
        "close_gap",
        {"mass": [("able", 3), ("best", 1)], "suppliers": 2},
        by_offer,
        ((10_000, {"able": 15, "best": 5}), (6_000, {"able": 12, "best": 8})),
    ),
    # as listed, or the better one (0.5 against 1)
    "ranking": Turn(
        lambda: rivals(able={"quality": 5_000}, best={}),
        "close_gap",
        {"mass": [("able", 1), ("best", 1)]},
        by_offer,
        (("listed", {"able": 10}), ("quality", {"best": 10})),
    ),
    # five are promised for day 180, 170 days from the review of day 10; due on day 200. 10 + 1.5 x 170 = 265
    "schedule_margin": Turn(
        lambda: {"dated_orders": coming(5, 180), "as_of": 10, "missions": target(10, due_day=200)},
        "close_gap",
        {},
        by_offer,
        ((10_000, {"maker": 5}), (15_000, {"maker": 10})),
    ),
    # ten come too late, on day 300; an offer whose tender fails every other time is good enough, or is not
    "least_on_time": Turn(
        lambda: {
            "dated_orders": coming(10, 300),
            "as_of": 10,
            "missions": target(10, due_day=200),
            "offers": [offer(failure_chance=given("share", 5_000))],
        },
        "close_gap",
        {},
        by_offer,
        ((5_000, {"maker": 10}), (5_001, {})),
    ),
    # six for the 60 of FY2025; from 1 April 2026, day 365, on nothing is bought abroad
    "switch_day": Turn(
        lambda: {"lines": [line(years={2025: 60, 2026: 60})]},
        "staged",
        {},
        by_offer,
        ((366, {"maker": 10}), (365, {"maker": 6})),
    ),
    # half of the money of FY2025 may go abroad; the other half buys at home, where somebody is listed
    "home_offers": Turn(
        two_legs,
        "close_gap",
        {"foreign_share": {2025: 5_000}},
        by_offer,
        (((), {"maker": 5}), ((ListedOffer("home", 1),), {"maker": 5, "home": 5})),
    ),
    # the budget passes on day 20, and the tender takes 60 days, of which 25 are done by then
    "tenders_prepared_days": Turn(
        lambda: {"passage": {2025: 20}, "offers": [offer(tender_first=luck(60), tender_later=luck(60))]},
        "close_gap",
        {},
        lambda run: run.days_of(Awarded),
        ((0, [80]), (25, [55])),
    ),
    # promised for a year and a day
    "contract_years": Turn(
        lambda: {"offers": [offer(promise_first_days=366)]},
        "close_gap",
        {},
        by_offer,
        ((1, {}), (2, {"maker": 10})),
    ),
}


@pytest.mark.parametrize("lever", TURNS)
@pytest.mark.parametrize("place", [0, 1])
def test_each_lever_changes_a_number(lever: str, place: int) -> None:
    turn = TURNS[lever]
    setting, expected = turn.settings[place]
    mass = turn.others.get("mass", [("maker", 1)])
    policy = ruled(turn.rule, **{**turn.others, "mass": mass, lever: setting})
    run = told(scenario(**{"horizon": "2026-06-30", **turn.world(), "policies": [policy]}))
    assert turn.number(run) == expected


def test_no_lever_of_a_rule_is_left_out() -> None:
    assert set(TURNS) == {each.name for each in fields(Levers)}


# --- the policy's own levers


class Change(NamedTuple):
    """A policy's field at two settings in one world, and the number each gives."""

    world: Callable[[], dict[str, Any]]
    base: PolicySpec
    number: Callable[[Run], Any]
    settings: tuple[tuple[Any, Any], tuple[Any, Any]]


def schooled() -> dict[str, Any]:
    """Four course seats a month."""
    return {"missions": [mission(crew=crew(seats_per_month=4, course=luck(10), extra_seats_lead=luck(1)))]}


CHANGES: dict[str, Change] = {
    # what is lacking, or what is typed
    "rule": Change(
        dict,
        ruled(spec={"orders": (buy(0, 3),)}),
        by_offer,
        (("close_gap", {"maker": 10}), ("scheduled", {"maker": 3})),
    ),
    # 60 buy six: for whom comes first
    "missions": Change(
        two_missions,
        ruled(),
        by_offer,
        (
            ((rule_of("watch"), rule_of("raid")), {"maker": 6}),
            ((rule_of("raid"), rule_of("watch")), {"wasps": 6}),
        ),
    ),
    # nobody's share: the first takes all; or a third and two thirds of 60
    "line_split": Change(
        two_missions,
        ruled(spec={"missions": (rule_of("watch", "shares"), rule_of("raid", "shares")), "rule": "shares"}),
        by_offer,
        (({}, {"maker": 6}), ({"line": {"watch": 3_334, "raid": 6_666}}, {"maker": 2, "wasps": 3})),
    ),
    # the typed orders are the policy
    "orders": Change(
        dict,
        scheduled(),
        decided,
        (((buy(0, 3), buy(50, 4)), [(0, "maker", 3), (50, "maker", 4)]), ((buy(20, 7),), [(20, "maker", 7)])),
    ),
    # four people a month, or from the class of 1 May, day 30, on six
    "seats": Change(
        schooled,
        scheduled(),
        lambda run: [entry.people for entry in run.of_kind(Graduated)],
        (((), [4, 4, 4]), ((SeatsLever("watch", 5_000, 10),), [4, 6, 6])),
    ),
    # the firm asks for ten before it opens its line; with its whole capital paid it asks for none
    "home": Change(
        lambda: two_legs(of={"preparation": luck(20), "commitment_units": 10}),
        scheduled(buy(0, 4, "home")),
        lambda run: len(run.days_of(Deployed)),
        ((HomeLevers(), 0), (home(subsidies=(SubsidyLever("home", 10_000, 0, "line"),)), 4)),
    ),
    # fifteen wanted from day 40 on: seen on 1 June, day 61, or on 1 July, day 91
    "review_months": Change(
        lambda: {"shocks": (shock("target", 40, 15, "watch"),), "horizon": "2025-12-31"},
        ruled(),
        decided,
        ((1, [(0, "maker", 10), (61, "maker", 5)]), (3, [(0, "maker", 10), (91, "maker", 5)])),
    ),
}


@pytest.mark.parametrize("lever", CHANGES)
@pytest.mark.parametrize("place", [0, 1])
def test_each_field_of_a_policy_changes_a_number(lever: str, place: int) -> None:
    change = CHANGES[lever]
    setting, expected = change.settings[place]
    policy = PolicySpec(
        **{**{each.name: getattr(change.base, each.name) for each in fields(PolicySpec)}, lever: setting}
    )
    run = told(scenario(**{"horizon": "2025-06-30", **change.world(), "policies": [policy]}))
    assert change.number(run) == expected


def test_no_field_of_a_policy_is_left_out() -> None:
    """But for its names."""
    assert set(CHANGES) == {each.name for each in fields(PolicySpec)} - {"id", "title"}


# --- typed orders and seats

LINES: dict[str, Any] = {"missions": [mission(lines=("line", "other"))], "lines": [line(), line("other")]}


def obligated(run: Run) -> list[tuple[str, int]]:
    """(line, yen) of each signature."""
    return [(entry.line, entry.yen) for entry in run.of_kind(Obligated)]


TYPED: dict[str, tuple[dict[str, Any], Callable[[Run], Any], tuple[tuple[Any, Any], tuple[Any, Any]]]] = {
    "day": ({}, lambda run: run.days_of(Deployed), ((0, [100]), (20, [120]))),
    "offer": (rivals(maker={}, best={}), by_offer, (("maker", {"maker": 10}), ("best", {"best": 10}))),
    # a file allows only the mission its product serves; what is typed is what the units count for
    "mission": (
        {"missions": [mission(), mission("raid")], "joint": ("watch",)},
        lambda run: (row(run).deployed, row(run, "raid").deployed),
        (("watch", (10, 0)), ("raid", (0, 10))),
    ),
    "quantity": ({}, by_offer, ((10, {"maker": 10}), (4, {"maker": 4}))),
    # the mission's first line, or the one that is named
    "line": (LINES, obligated, ((None, [("line", 100)]), ("other", [("other", 100)]))),
    # cancelled on day 50, fifty days before it is due
    "cancel_day": ({}, lambda run: (row(run).deployed, row(run).cancelled), ((None, (10, 0)), (50, (0, 10)))),
}


@pytest.mark.parametrize("lever", TYPED)
@pytest.mark.parametrize("place", [0, 1])
def test_each_field_of_a_typed_order_changes_a_number(lever: str, place: int) -> None:
    world, number, settings = TYPED[lever]
    setting, expected = settings[place]
    order = {"day": 0, "offer": "maker", "mission": "watch", "quantity": 10, "line": None, "cancel_day": None}
    typed = ScheduledOrder(**{**order, lever: setting})
    assert number(told(scenario(**world, policies=[scheduled(typed)]))) == expected


def test_no_field_of_a_typed_order_is_left_out() -> None:
    assert set(TYPED) == {each.name for each in fields(ScheduledOrder)}


def two_schools() -> dict[str, Any]:
    """Four course seats a month for watch, two for raid."""
    return {
        "missions": [
            mission(crew=crew(seats_per_month=4, course=luck(10), extra_seats_lead=luck(1))),
            mission("raid", crew=crew(seats_per_month=2, course=luck(10), extra_seats_lead=luck(1))),
        ]
    }


def taught(run: Run) -> dict[str, list[int]]:
    """Mission -> people of each class."""
    found: dict[str, list[int]] = {}
    for entry in run.of_kind(Graduated):
        found.setdefault(entry.mission, []).append(entry.people)
    return found


SEATS: dict[str, tuple[Any, dict[str, list[int]]]] = {
    # half as many more from the class of day 30 on, for whom they are bought
    "mission": ("raid", {"watch": [4, 4, 4], "raid": [2, 3, 3]}),
    "extra_share": (10_000, {"watch": [4, 8, 8], "raid": [2, 2, 2]}),
    "day": (40, {"watch": [4, 4, 6], "raid": [2, 2, 2]}),
}


@pytest.mark.parametrize("lever", SEATS)
def test_each_field_of_a_purchase_of_seats_changes_the_classes(lever: str) -> None:
    """Of old: watch's classes of day 0, 30 and 61 have 4, 6 and 6 people, raid's two each."""
    setting, expected = SEATS[lever]
    seats = {"mission": "watch", "extra_share": 5_000, "day": 10}
    for lever_of_it, found in ((seats, {"watch": [4, 6, 6], "raid": [2, 2, 2]}), ({**seats, lever: setting}, expected)):
        policy = scheduled(seats=(SeatsLever(**lever_of_it),))
        assert taught(told(scenario(**two_schools(), policies=[policy], horizon="2025-06-30"))) == found


def test_no_field_of_a_purchase_of_seats_is_left_out() -> None:
    assert set(SEATS) == {each.name for each in fields(SeatsLever)}
