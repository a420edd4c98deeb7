"""Decisions beside orders, asked for their latest day: course seats, subsidies, tooling, second sources, early parts.

Each dated purchase of a policy is moved by itself. Unless the whole plan is asked about, every limit is lifted but the
one that the purchase is to relieve, so that its own day is what the chance answers to.

Why: a class of pilots or a production line takes longer than a drone, and is decided on later than it should be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from sim.engine.world import LIMITS
from sim.scenario.resolved import PolicySpec, Scenario
from sim.study.orders import met_by
from sim.study.question import Question

RELIEVES: Final = MappingProxyType(
    {"seats": "crews", "subsidies": "ramp", "tooling": "ramp", "second_sources": "parts", "long_lead": "parts"}
)
"""Kind of purchase -> the limit it is to relieve (R38)."""


def decisions_of(scenario: Scenario, policy: PolicySpec, *, inside: bool) -> Iterator[Question]:
    """Every dated purchase of a policy.

    Parameters
    ----------
    inside
        Inside the whole plan, with every limit as it is.
    """
    for place, lever in enumerate(policy.seats):
        yield _question(scenario, policy, "seats", place, lever.mission, lever.mission, lever.extra_share, inside)
    for kind in RELIEVES:
        for place, lever in enumerate(getattr(policy.home, kind, ())):
            mission = scenario.products[scenario.offers[lever.offer].product].mission
            amount = getattr(lever, "share", getattr(lever, "steps", getattr(lever, "weeks", None)))
            yield _question(scenario, policy, kind, place, lever.offer, mission, amount, inside)


def _question(
    scenario: Scenario, policy: PolicySpec, kind: str, place: int, subject: str, mission: str, amount: int | None,
    inside: bool,
) -> Question:  # fmt: skip
    lifted = frozenset() if inside else LIMITS - {RELIEVES[kind]}
    due_day = scenario.missions[mission].due_day
    return Question(
        f"{kind}:{subject}:{place}", kind, subject, amount, mission, due_day, lifted, lambda _: scenario,
        _moved(policy, kind, place), met_by(mission),
    )  # fmt: skip


def _moved(policy: PolicySpec, kind: str, place: int) -> Callable[[int | None], PolicySpec]:
    """The policy with one of its purchases on another day, or without it."""

    def spec_on(day: int | None) -> PolicySpec:
        if kind == "seats":
            return replace(policy, seats=_with_day(policy.seats, place, day))
        moved: Any = _with_day(getattr(policy.home, kind), place, day)
        return replace(policy, home=replace(policy.home, **{kind: moved}))

    return spec_on


def _with_day(levers: tuple[Any, ...], place: int, day: int | None) -> tuple[Any, ...]:
    kept = list(levers)
    kept[place : place + 1] = [] if day is None else [replace(levers[place], day=day)]
    return tuple(kept)
