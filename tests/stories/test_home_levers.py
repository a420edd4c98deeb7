"""Levers of home production: for each, and each of its fields, a world in which turning it changes a number (R32).

Two lines, ``home`` and ``other``: 20 days to prepare, ten units asked, 1,000 yen of capital; tooling for 73 units a
year (one in five days) and steps of as much for 7 yen; a kit of a battery and a motor at 10 yen each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any, NamedTuple

import pytest

from sim.engine import Run
from sim.engine.entries.home import ExportAsked, LineReady
from sim.scenario.resolved import (
    Development,
    ExportRequests,
    HomeLevers,
    KnownRequest,
    LongLeadLever,
    SecondSourceLever,
    SubsidyLever,
    ToolingLever,
    ToolingStep,
)
from tests.stories.builder import buy, given, line, luck, product, scheduled, told
from tests.stories.home_builder import family, home, home_offer, industry, kit, source
from tests.stories.home_ledger import made, money, stores

SUBSIDY = SubsidyLever("home", 5_000, 10, "line")
TOOLING = ToolingLever("home", 1, 10, "line")
SECOND = SecondSourceLever("home", "motor", 3_000, 10, "line")
AHEAD = LongLeadLever("home", ("motor",), 2, 10, "line")

AHEAD_OF_BOTH = LongLeadLever("home", ("battery", "motor"), 2, 10, "line")


def run_with(*orders: Any, runs: bool = False, of: Any = None, lead: int = 10, **levers: Any) -> Run:
    """The two lines under these levers; ``runs``: they run from the start and nobody has to agree."""
    opening = {"commitment_units": 10, "capital_yen": given("yen", 1_000), "preparation": luck(20)}
    terms = {
        **({} if runs else opening),
        "slots": given("rate", 73),
        "step": ToolingStep(73, given("yen", 7), luck(4)),
        "kit": kit(("battery", 1), ("motor", 1), yen=10),
        **(of or {}),
    }
    second = {"qualification": luck(5), "qualification_yen": given("yen", 3)}
    return told(
        industry(
            products=[product(), product("plane")],
            offers=[home_offer(of=terms), home_offer("other", product="plane", of=terms)],
            families=[
                family("battery", "cells", second_source="spare_cells", **second),
                family("motor", second_source="near", **second),
            ],
            sources=[
                source(id, family, lead)
                for id, family in (
                    ("cells", "battery"), ("spare_cells", "battery"), ("source", "motor"), ("near", "motor")
                )
            ],
            exports=[ExportRequests("allies", "home", None, None, (KnownRequest(5, 4),))],
            lines=[line(), line("reserve")],
            policies=[scheduled(*orders, home=home(**levers))],
        )
    )  # fmt: skip


# --- each lever


class Turn(NamedTuple):
    """A lever at two settings, and the number each gives."""

    orders: tuple[Any, ...]
    how: dict[str, Any]
    number: Callable[[Run], Any]
    settings: tuple[tuple[Any, Any], tuple[Any, Any]]


def ready(run: Run) -> list[int]:
    """Days on which lines were ready."""
    return run.days_of(LineReady)


def last_built(run: Run) -> int:
    """The day the last lot was done."""
    return made(run)[-1][1]


def ordered_from(run: Run) -> dict[str, int]:
    """Source -> pieces ordered there."""
    found: dict[str, int] = {}
    for _, kind, of, pieces in stores(run):
        if kind == "PartsOrdered":
            found[of] = found.get(of, 0) + pieces
    return found


TYPE = {"development": Development(luck(100), given("yen", 500), given("event", 0), 10_000), "commitment_units": 0}

TURNS: dict[str, Turn] = {
    # five ordered, ten asked: no line; with half of the capital paid on day 10 five are asked: ready on day 30
    "subsidies": Turn((buy(0, 5, "home"),), {}, ready, (((), []), ((SUBSIDY,), [30]))),
    # parts on day 10, then a unit in five days: the third on day 25. With twice the tooling from day 14 on:
    # 0.6 of the first by day 13, all of it on day 14; then 2.5 days each: days 17 and 19
    "tooling": Turn((buy(0, 3, "home"),), {"runs": True}, last_built, (((), 25), ((TOOLING,), 19))),
    # qualified on day 15; three of the ten motors ordered on 1 May (day 30) from there
    "second_sources": Turn(
        (buy(20, 10, "home"),),
        {"runs": True, "lead": 90},
        ordered_from,
        (((), {"cells": 10, "source": 10}), ((SECOND,), {"cells": 10, "source": 7, "near": 3})),
    ),
    # ordered on day 100, the parts of 90 days on 1 August (day 122): the first lot on day 212; or they are there
    "long_lead": Turn(
        (buy(100, 2, "home"),),
        {"runs": True, "lead": 90},
        lambda run: made(run)[0][0],
        (((), 212), ((AHEAD_OF_BOTH,), 100)),
    ),
    # starts within ten days, on days 0, 5 and 10: three of each; two months' use of motors, 12, is kept beyond them
    "safety_months": Turn(
        (buy(0, 20, "home"),),
        {"runs": True},
        lambda run: [each[3] for each in stores(run) if each[:2] == (0, "PartsOrdered")],
        ((None, [3, 3]), ({"motor": 20_000}, [3, 15])),
    ),
    # four asked for
    "export_share": Turn(
        (), {"runs": True}, lambda run: [each.accepted for each in run.of_kind(ExportAsked)], ((0, [0]), (3_000, [4]))
    ),
    # the firm pays, or the buyer
    "development_line": Turn(
        (buy(0, 1, "home"),),
        {"of": TYPE},
        lambda run: money(run)[1:],
        ((None, []), ("reserve", [(0, "development of home", "reserve", 500)])),
    ),
}  # fmt: skip


@pytest.mark.parametrize("lever", TURNS)
@pytest.mark.parametrize("place", [0, 1])
def test_each_home_lever_changes_a_number(lever: str, place: int) -> None:
    turn = TURNS[lever]
    setting, expected = turn.settings[place]
    assert turn.number(run_with(*turn.orders, **turn.how, **{lever: setting})) == expected


def test_no_home_lever_is_left_out() -> None:
    assert set(TURNS) == {each.name for each in fields(HomeLevers)}


# --- each field of a lever

Bought = list[tuple[int, str, str, int]]


class Fields(NamedTuple):
    """A lever's list, its plain setting and what that buys, and each field's other setting with what it buys."""

    lever: str
    plain: Any
    bought: Bought
    others: dict[str, tuple[Any, Bought]]


FIELDS: dict[type, Fields] = {
    SubsidyLever: Fields(
        "subsidies",
        SUBSIDY,
        [(10, "a subsidy for home", "line", 500)],
        {
            "offer": ("other", [(10, "a subsidy for other", "line", 500)]),
            "share": (6_000, [(10, "a subsidy for home", "line", 600)]),
            "day": (20, [(20, "a subsidy for home", "line", 500)]),
            "line": ("reserve", [(10, "a subsidy for home", "reserve", 500)]),
        },
    ),
    ToolingLever: Fields(
        "tooling",
        TOOLING,
        [(10, "tooling for home", "line", 7)],
        {
            "offer": ("other", [(10, "tooling for other", "line", 7)]),
            "steps": (3, [(10, "tooling for home", "line", 21)]),
            # when its line opens: it never does
            "day": (None, []),
            "line": ("reserve", [(10, "tooling for home", "reserve", 7)]),
        },
    ),
    SecondSourceLever: Fields(
        "second_sources",
        SECOND,
        [(10, "a second source for home (motor)", "line", 3)],
        {
            "offer": ("other", [(10, "a second source for other (motor)", "line", 3)]),
            "family": ("battery", [(10, "a second source for home (battery)", "line", 3)]),
            "day": (20, [(20, "a second source for home (motor)", "line", 3)]),
            "line": ("reserve", [(10, "a second source for home (motor)", "reserve", 3)]),
        },
    ),
    # fourteen days of the plan, a unit in five, are two units; 28 days are five
    LongLeadLever: Fields(
        "long_lead",
        AHEAD,
        [(10, "parts ahead of orders for home", "line", 20)],
        {
            "offer": ("other", [(10, "parts ahead of orders for other", "line", 20)]),
            "families": (("battery", "motor"), [(10, "parts ahead of orders for home", "line", 40)]),
            "weeks": (4, [(10, "parts ahead of orders for home", "line", 50)]),
            "day": (20, [(20, "parts ahead of orders for home", "line", 20)]),
            "line": ("reserve", [(10, "parts ahead of orders for home", "reserve", 20)]),
        },
    ),
}
SHARE_OF_ORDERS = (SecondSourceLever, "share")
"""What it turns is not what is bought but where parts are: below."""


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, held in FIELDS.items() for name in held.others])
def test_each_field_of_a_home_lever_changes_what_is_bought(kind: type, name: str) -> None:
    held = FIELDS[kind]
    other, bought = held.others[name]
    values = {each.name: getattr(held.plain, each.name) for each in fields(kind)}
    assert money(run_with(**{held.lever: (held.plain,)})) == held.bought
    assert money(run_with(**{held.lever: (kind(**{**values, name: other}),)})) == bought


def test_the_share_of_a_second_source_changes_where_parts_are_ordered() -> None:
    for share, found in ((3_000, {"source": 7, "near": 3}), (10_000, {"near": 10})):
        lever = SecondSourceLever("home", "motor", share, 10, "line")
        run = run_with(buy(20, 10, "home"), runs=True, lead=90, second_sources=(lever,))
        assert ordered_from(run) == {"cells": 10, **found}


def test_no_field_of_a_home_lever_is_left_out() -> None:
    found = {(kind, name) for kind, held in FIELDS.items() for name in held.others} | {SHARE_OF_ORDERS}
    assert found == {(kind, each.name) for kind in FIELDS for each in fields(kind)}
