"""The best case of a home line: the soonest it can be ready, the most it can make by a day, the least a unit costs.

Heads are all there on the first day, every unit takes the floor's labour, every step of tooling that the policy buys
stands at once, and parts are in store at the cheapest source's price.

Why: a mission that a line at home might save must not be called lost, and one that no line can save must.
"""

from __future__ import annotations

from math import inf
from typing import Final

from sim.rules.production import MINUTES_AN_HOUR
from sim.scenario.resolved import HomeLine, Offer, PolicySpec, Scenario
from sim.study.bounds import of_input, of_luck
from sim.units import BASIS_POINTS

_SLOT_PERIOD_DAYS: Final = 365
_ROUNDED: Final = 1 - 10 / BASIS_POINTS
"""Factors enter in whole basis points, which may lower a price by so little."""


def shortest_opening(line: HomeLine) -> float:
    """Days from the first signature to the line's first day, at least."""
    return of_luck(line.preparation).low + shortest_development(line)


def shortest_development(line: HomeLine) -> float:
    """Days of type development, at least; the trial part of an approval starts from its end (R27)."""
    return 0.0 if line.development is None else of_luck(line.development.days).low


def most_units(scenario: Scenario, policy: PolicySpec, offer: Offer, line: HomeLine, days: float) -> float:
    """Units that a line can make in so many days, at most."""
    steps = sum(lever.steps for lever in policy.home.tooling if lever.offer == offer.id)
    slots = of_input(scenario, line.slots).high + steps * (0 if line.step is None else line.step.slots)
    tooled = (slots + 1) * days / _SLOT_PERIOD_DAYS
    heads = max(line.heads_at_start, line.most_heads)
    minutes = max(line.floor_minutes, 0)
    worked = inf if minutes == 0 else heads * line.minutes_a_head_day * days / minutes
    return float(int(max(0.0, min(tooled, worked))))


def lowest_price(scenario: Scenario, line: HomeLine) -> float:
    """Yen a unit, at least; parts whose value falls with the units built may come to cost nothing."""
    falls = of_input(scenario, line.parts_slope).low < 1.0
    parts = 0.0 if falls else sum(part.pieces * part.yen * _cheapest(scenario, part.family) for part in line.kit)
    labour = line.floor_minutes / MINUTES_AN_HOUR * of_input(scenario, line.labour_yen_hour).low
    cost = parts * of_input(scenario, line.parts_spread).low + labour + of_input(scenario, line.overhead_yen).low
    return cost * (1 + of_input(scenario, line.margin).low) * _ROUNDED


def _cheapest(scenario: Scenario, family: str) -> float:
    """Factor of the cheapest source of a family."""
    sources = scenario.part_sources.values()
    return min(of_input(scenario, one.price_factor).low for one in sources if one.family == family)
