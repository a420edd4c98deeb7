"""Pooled points: policies at common parameter points, each met with several luck numbers.

Every policy meets the same luck at a point, and every point has luck numbers of its own.

Why: what a policy is worth at a point is a mean over luck, and one run of it is a coin.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.errors import TheirsError
from sim.scenario.resolved import Scenario
from sim.study.cases import Case, Point, inputs_at
from sim.study.sensitivity.output import Floats
from sim.study.sensitivity.running import PURPOSE, Outputs, Setup, column, outputs_of, run_whole

POINTS: Final = 256
LUCKS: Final = 4
LEAST_POINTS: Final = 40


@dataclass(frozen=True, slots=True)
class Pool:
    """Parameter points, their inputs and what each policy made of them."""

    policies: tuple[str, ...]
    paths: tuple[str, ...]
    x: Floats
    """Natural values, points × inputs."""
    outputs: Outputs
    y: Mapping[str, Floats]
    """Output -> points × policies × luck numbers; ``cost`` in yen and ``all_met`` among them."""

    def mean(self, output: str) -> Floats:
        """Mean over luck, points × policies."""
        found: Floats = self.y[output].mean(axis=2)
        return found


def pool_points(points: int, lucks: int) -> list[Point]:
    """Parameter number k with luck numbers of its own."""
    return [Point(number, number * lucks + luck) for number in range(points) for luck in range(lucks)]


def pool(
    scenario: Scenario, policies: Sequence[str], points: int, lucks: int, setup: Setup, asked: Sequence[str] = ()
) -> Pool:
    """Run policies at common points.

    Raises
    ------
    OursError
        If a run failed.
    TheirsError
        If a policy does not exist, a number is out of range or no output varied.
    """
    for name, number, least in (("points", points, LEAST_POINTS), ("luck numbers a point", lucks, 2)):
        if number < least:
            raise TheirsError(f"{name}: found {number}; expected at least {least}.")
    futures = pool_points(points, lucks)
    cases = [Case(policy, scenario, policy) for policy in policies]
    frame = run_whole(cases, futures, setup)
    outputs = outputs_of(scenario, frame, asked)
    inputs = inputs_at(scenario, futures[::lucks], seed=setup.seed, purpose=PURPOSE)
    wanted = dict.fromkeys((*(each.id for each in outputs.varying), "cost", "all_met"))
    shape = (len(policies), points, lucks)
    y = {id: np.moveaxis(column(frame, id).reshape(shape), 0, 1) for id in wanted}
    return Pool(tuple(policies), tuple(inputs.columns), inputs.to_numpy(np.float64), outputs, y)
