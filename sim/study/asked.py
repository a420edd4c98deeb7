"""What was asked for by name, or the sentence that says it is not there.

A name that nothing answers to is refused with the nearest that would.

Why: the same misspelling should get the same answer from every command.
"""

from __future__ import annotations

from sim.errors import TheirsError, nearest
from sim.scenario.resolved import PolicySpec, Scenario


def policy_asked(scenario: Scenario, name: str) -> PolicySpec:
    """A policy of the scenario. Raises TheirsError, naming the nearest, if there is none."""
    if name not in scenario.policies:
        raise TheirsError(f"no policy '{name}'. {nearest(name, list(scenario.policies))}")
    return scenario.policies[name]
