"""The model as a batch sees it: a case and a point go in, an outcome comes out.

What several runs share is worked out once a scenario, and no answer depends on what was asked before.

Why: whoever moves runs about must be testable with a model that costs nothing, and must not know this one's inside.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple, Protocol

from sim.distributions import Constant
from sim.engine import simulate
from sim.future import Future, Sampler
from sim.outcome import Outcome, measure
from sim.policy import Policy, policy_of
from sim.policy.belief import Beliefs
from sim.scenario.resolved import Input, Scenario
from sim.study.plan import Case, Plan, Point


class Model(Protocol):
    """What a worker asks of a model."""

    def outcome(self, case: Case, point: Point) -> Outcome:
        """What one run was worth; whatever it raises becomes the run's row."""

    def inputs(self, case: Case, point: Point) -> Sequence[float]:
        """The sampled inputs of a future, in the order of ``paths``."""

    def paths(self, case: Case) -> Sequence[str]:
        """Paths of the inputs that a case's futures sample."""


class ModelOf(Protocol):
    """Makes a model of a plan, once a worker; a class or function that can be imported by name."""

    def __call__(self, plan: Plan) -> Model:
        """The model."""


def sampled_paths(scenario: Scenario) -> list[str]:
    """Paths of the inputs that a future samples: those with a belief that is no constant."""
    return [which.path for which in scenario.inputs if _is_sampled(which)]


def _is_sampled(which: Input) -> bool:
    return which.belief is not None and not isinstance(which.belief, Constant)


class _World(NamedTuple):
    """What all cases of one scenario share."""

    sampler: Sampler
    beliefs: Beliefs
    sampled: tuple[int, ...]
    """Numbers of the sampled inputs."""
    given: tuple[int | None, ...]
    """For each coordinate of a point given outright, the number of the input it is for; None: not sampled here."""


class Simulated:
    """The simulator itself.

    Coordinates of a point given outright belong to the paths that the first case's scenario samples. What another
    case's scenario samples beyond them is drawn by the point's parameter number; what it fixes stays fixed.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._axes: Final = sampled_paths(plan.cases[0].scenario)
        self._worlds: dict[int, _World] = {}
        self._policies: dict[str, Policy] = {}

    def outcome(self, case: Case, point: Point) -> Outcome:
        """What one run was worth."""
        return measure(simulate(self._policy(case), self._future(case, point), lifted=case.lifted))

    def inputs(self, case: Case, point: Point) -> Sequence[float]:
        """The sampled inputs in canonical units."""
        natural = self._future(case, point).natural
        return [natural[number] for number in self._world(case.scenario).sampled]

    def paths(self, case: Case) -> Sequence[str]:
        """Paths of those inputs."""
        return sampled_paths(case.scenario)

    def _future(self, case: Case, point: Point) -> Future:
        world = self._world(case.scenario)
        if point.at is None:
            return world.sampler.future(point.parameter, point.luck)
        given = {number: u for number, u in zip(world.given, point.at, strict=True) if number is not None}
        return world.sampler.future(point.parameter, point.luck, world.sampler.point(point.parameter, given))

    def _policy(self, case: Case) -> Policy:
        policy = self._policies.get(case.id)
        if policy is None:
            beliefs = self._world(case.scenario).beliefs
            policy = self._policies[case.id] = policy_of(case.scenario.policies[case.policy], case.scenario, beliefs)
        return policy

    def _world(self, scenario: Scenario) -> _World:
        world = self._worlds.get(id(scenario))  # the plan keeps the scenario, so no other takes its id
        if world is None:
            sampled = {which.path: which.number for which in scenario.inputs if _is_sampled(which)}
            world = self._worlds[id(scenario)] = _World(
                Sampler(scenario, self._plan.seed, self._plan.purpose),
                Beliefs(scenario),
                tuple(sampled.values()),
                tuple(sampled.get(path) for path in self._axes),
            )
        return world
