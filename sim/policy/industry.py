"""What a policy does for home production beside ordering: standing terms and dated buys (R32).

Each buy falls on its date, or on the day policies begin to decide if that is later; tooling without a date is bought
at the first review after its line was ordered.

Why: a factory is helped before it is needed or not at all, whatever rule buys the drones.
"""

from __future__ import annotations

from sim.policy.observation import (
    BuyParts,
    BuyTooling,
    HomeDecision,
    Observation,
    Qualify,
    SetTerms,
    Subsidise,
)
from sim.scenario.resolved import HomeLevers, PolicySpec, Scenario, ToolingLever

TOOLING = "tooling"
"""The purchase by whose name a policy asks whether it has been made."""


def lever_days(levers: HomeLevers) -> list[int]:
    """Days on which something is to be bought."""
    days = [lever.day for lever in levers.subsidies]
    days += [lever.day for lever in levers.second_sources]
    days += [lever.day for lever in levers.long_lead]
    return days + [lever.day for lever in levers.tooling if lever.day is not None]


def home_due(scenario: Scenario, spec: PolicySpec, seen: Observation) -> list[HomeDecision]:
    """What is to be done today."""
    if not scenario.firms:
        return []
    levers, first = spec.home, max(0, scenario.clock.as_of_day)
    return [
        *([_terms(levers)] if seen.day == first else []),
        *(Subsidise(one.offer, one.share, one.line) for one in levers.subsidies if max(first, one.day) == seen.day),
        *(BuyTooling(one.offer, one.steps, one.line) for one in levers.tooling if _is_due(one, seen, first)),
        *(
            Qualify(one.offer, one.family, one.share, one.line)
            for one in levers.second_sources
            if max(first, one.day) == seen.day
        ),
        *(
            BuyParts(one.offer, one.families, one.weeks, one.line)
            for one in levers.long_lead
            if max(first, one.day) == seen.day
        ),
    ]


def _terms(levers: HomeLevers) -> SetTerms:
    return SetTerms(tuple(sorted((levers.safety_months or {}).items())), levers.export_share, levers.development_line)


def _is_due(tooling: ToolingLever, seen: Observation, first: int) -> bool:
    if tooling.day is not None:
        return max(first, tooling.day) == seen.day
    return seen.ready_in(tooling.offer) is not None and not seen.has_bought(TOOLING, tooling.offer)
