"""Decisions beside orders, asked for their latest day: course seats, subsidies, tooling, second sources, early parts.

Each dated purchase of a policy is moved by itself. Unless the whole plan is asked about, every limit is lifted but the
one that the purchase is to relieve, so that its own day is what the chance answers to.

Why: a class of pilots or a production line takes longer than a drone, and is decided on later than it should be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from sim.engine.world import LIMITS
from sim.scenario.resolved import PolicySpec, Scenario
from sim.study.orders import met_by
from sim.study.question import Question

RELIEVES: Final = MappingProxyType(
    {"seats": "crews", "subsidies": "ramp", "tooling": "ramp", "second_sources": "parts", "long_lead": "parts"}
)
"""Kind of purchase -> the limit it is to relieve (R38)."""


class Purchase(NamedTuple):
    """A dated purchase of a policy, by its place among those of its kind."""

    kind: str
    place: int
    subject: str
    """The offer, or the mission."""
    detail: str
    amount: int


def purchases_of(policy: PolicySpec) -> Iterator[Purchase]:
    """Every dated purchase of a policy."""
    home = policy.home
    for place, seats in enumerate(policy.seats):
        yield Purchase("seats", place, seats.mission, "", seats.extra_share)
    for place, subsidy in enumerate(home.subsidies):
        yield Purchase("subsidies", place, subsidy.offer, "", subsidy.share)
    for place, tooling in enumerate(home.tooling):
        yield Purchase("tooling", place, tooling.offer, "", tooling.steps)
    for place, second in enumerate(home.second_sources):
        yield Purchase("second_sources", place, second.offer, second.family, second.share)
    for place, early in enumerate(home.long_lead):
        yield Purchase("long_lead", place, early.offer, ", ".join(early.families), early.weeks)


def decisions_of(scenario: Scenario, policy: PolicySpec, *, inside: bool) -> Iterator[Question]:
    """Every dated purchase of a policy, asked for its latest day.

    Parameters
    ----------
    inside
        Inside the whole plan, with every limit as it is.
    """
    for purchase in purchases_of(policy):
        yield _question(scenario, policy, purchase, frozenset() if inside else LIMITS - {RELIEVES[purchase.kind]})


def _question(scenario: Scenario, policy: PolicySpec, of: Purchase, lifted: frozenset[str]) -> Question:
    mission = of.subject
    if of.kind != "seats":
        mission = scenario.products[scenario.offers[of.subject].product].mission
    return Question(
        id=f"{of.kind}:{of.subject}:{of.place}",
        kind=of.kind,
        subject=of.subject,
        detail=of.detail,
        quantity=of.amount,
        mission=mission,
        due_day=scenario.missions[mission].due_day,
        lifted=lifted,
        world_on=lambda _: scenario,
        spec_on=_moved(policy, of),
        success=met_by(mission),
    )


def _moved(policy: PolicySpec, of: Purchase) -> Callable[[int | None], PolicySpec]:
    """The policy with one of its purchases on another day, or without it."""

    def spec_on(day: int | None) -> PolicySpec:
        if of.kind == "seats":
            return replace(policy, seats=_with_day(policy.seats, of.place, day))
        moved: Any = {of.kind: _with_day(getattr(policy.home, of.kind), of.place, day)}
        return replace(policy, home=replace(policy.home, **moved))

    return spec_on


def _with_day(levers: tuple[Any, ...], place: int, day: int | None) -> tuple[Any, ...]:
    kept = list(levers)
    kept[place : place + 1] = [] if day is None else [replace(levers[place], day=day)]
    return tuple(kept)
