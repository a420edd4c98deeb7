"""Policies: everything the buyer chooses.

A policy sees observations and answers with decisions; it cannot import a future.

Why: what cannot be imported cannot be peeked at.
"""

from __future__ import annotations

from sim.policy.belief import Beliefs
from sim.policy.observation import Policy
from sim.policy.outline import outlines
from sim.policy.rules import RulePolicy
from sim.policy.scheduled import Scheduled
from sim.scenario.resolved import PolicySpec, Scenario


def policy_of(spec: PolicySpec, scenario: Scenario, beliefs: Beliefs | None = None) -> Policy:
    """The policy a specification describes; ``beliefs`` may be shared between policies of one scenario."""
    if spec.rule in ("scheduled", "nothing"):
        return Scheduled(spec, scenario)
    held = Beliefs(scenario) if beliefs is None else beliefs
    return RulePolicy(spec, scenario, held, outlines(spec, scenario, held))


__all__ = ["Policy", "policy_of"]
