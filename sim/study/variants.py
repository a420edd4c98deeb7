"""Variants: a resolved scenario with one thing changed, for cases on the same futures.

Every function returns a new scenario or policy and leaves all other draws as they were; what is added is certain and
stands behind what is there.

Why: "what if this lever stood elsewhere" is only answered when nothing else moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from sim.distributions import Constant
from sim.errors import TheirsError, nearest
from sim.scenario.resolved import (
    Input,
    Levers,
    Luck,
    PolicySpec,
    Scenario,
    ScheduledOrder,
    SeatsLever,
    Supplementary,
)
from sim.units import BASIS_POINTS

APRIL: Final = 4


def with_policies(scenario: Scenario, specs: Iterable[PolicySpec]) -> Scenario:
    """The scenario with these policies and no others."""
    return replace(scenario, policies={spec.id: spec for spec in sorted(specs, key=lambda spec: spec.id)})


def with_margin(spec: PolicySpec, more: int) -> PolicySpec:
    """Every mission's over-order margin so many basis points larger."""
    rules = tuple(
        replace(rule, levers=replace(rule.levers, over_order_margin=rule.levers.over_order_margin + more))
        for rule in spec.missions
    )
    return replace(spec, missions=rules)


def with_seats(spec: PolicySpec, mission: str, share: int, day: int) -> PolicySpec:
    """A purchase of course seats more, as a share of the mission's own in basis points."""
    return replace(spec, seats=(*spec.seats, SeatsLever(mission, share, day)))


def with_subsidy(spec: PolicySpec, offer: str, more: int, most: int) -> PolicySpec:
    """Subsidies of a line larger by so many basis points of its capital, from none up to the most."""
    subsidies = tuple(
        replace(each, share=max(0, min(most, each.share + more))) if each.offer == offer else each
        for each in spec.home.subsidies
    )
    return replace(spec, home=replace(spec.home, subsidies=subsidies))


def with_tooling(spec: PolicySpec, offer: str, more: int) -> PolicySpec:
    """So many steps of tooling more in every purchase for a line."""
    tooling = tuple(
        replace(each, steps=each.steps + more) if each.offer == offer else each for each in spec.home.tooling
    )
    return replace(spec, home=replace(spec.home, tooling=tooling))


def with_safety_stock(spec: PolicySpec, more: int) -> PolicySpec:
    """So many basis points of a month's use more in stock, of every part family that has a safety stock."""
    months = {family: held + more for family, held in (spec.home.safety_months or {}).items()}
    return replace(spec, home=replace(spec.home, safety_months=months))


def with_money(scenario: Scenario, line: str, yen: int, years: Iterable[int]) -> Scenario:
    """So many yen more for a line on 1 April of each of these fiscal years, for certain.

    It is usable from the year's passage, as the rest of the year's money is. Raises TheirsError for an unknown line.
    """
    if line not in scenario.lines:
        raise TheirsError(f"no line '{line}'. {nearest(line, list(scenario.lines))}")
    number = len(scenario.inputs)
    certain = Input(number, f"more_money.{line}.chance", "share", Constant(1.0), None)
    amount = Luck(f"more_money.{line}.amount", "yen", Constant(float(yen)))
    extra = tuple(Supplementary(APRIL, 1, year, year, certain, amount) for year in sorted(years))
    held = scenario.lines[line]
    lines = {**scenario.lines, line: replace(held, supplementary=(*held.supplementary, *extra))}
    return replace(scenario, lines=lines, inputs=(*scenario.inputs, certain))


def one_order(id: str, day: int, offer: str, mission: str, quantity: int) -> PolicySpec:
    """A policy that places one order and nothing else."""
    return PolicySpec(id, id, "scheduled", (), {}, (ScheduledOrder(day, offer, mission, quantity, None, None),), (), 1)


def no_order(id: str) -> PolicySpec:
    """A policy that places none."""
    return PolicySpec(id, id, "nothing", (), {}, (), (), 1)


def has_both_tiers(levers: Levers) -> bool:
    """Whether a rule can choose between many and good."""
    return bool(levers.mass_offers) and bool(levers.high_offers)


def with_high_share(spec: PolicySpec, share: int) -> PolicySpec:
    """The high tier's share of the money, in basis points, in every mission that has both tiers."""
    if not 0 <= share <= BASIS_POINTS:
        raise ValueError(f"a share of {share} bp; expected 0 to {BASIS_POINTS}")
    rules = tuple(
        replace(rule, levers=replace(rule.levers, high_tier_share=share)) if has_both_tiers(rule.levers) else rule
        for rule in spec.missions
    )
    return replace(spec, missions=rules)


def with_passage(scenario: Scenario, days: Mapping[int, int]) -> Scenario:
    """The scenario with the passage of these fiscal years' budgets on these days."""
    return replace(scenario, budget_calendar=replace(scenario.budget_calendar, passage_days=dict(days)))
