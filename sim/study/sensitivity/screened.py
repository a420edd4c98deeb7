"""Screening a scenario: every sampled input and luck, along trajectories, each at one policy (Morris).

Along a trajectory luck keeps its number, but for the one step that is luck's own; so an input that does nothing moves
nothing. Levels are the middles of the quarters of each belief, and effects are told for one step: half of it.

Why: it is the cheapest way to learn which ten of two hundred inputs deserve a closer look.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.scenario.resolved import Scenario
from sim.study.cases import Case, Point, sampled_paths
from sim.study.sensitivity.extras import library_seed
from sim.study.sensitivity.factors import LUCK, Factor, group_names
from sim.study.sensitivity.output import Floats
from sim.study.sensitivity.running import Headline, Outputs, Setup, column, outputs_of, run_whole
from sim.study.sensitivity.screening import LEVELS, STEP, Effect, inside, morris_design, morris_effects

TRAJECTORIES: Final = 10


@dataclass(frozen=True, slots=True)
class Screened:
    """Each output's effects, in the order of the factors, luck last."""

    outputs: Outputs
    effects: Mapping[str, Sequence[Effect]]
    """Output -> effects."""


def screening_runs(factors: Sequence[Factor], trajectories: int) -> int:
    """Runs that a screening takes: a trajectory has a step for each factor and one for luck."""
    return trajectories * (len(factors) + 2)


def screen(
    scenario: Scenario, policy: str, factors: Sequence[Factor], trajectories: int, setup: Setup,
    asked: Sequence[str] = (),
) -> Screened:  # fmt: skip
    """Screen all factors of a scenario under one policy.

    Raises
    ------
    OursError
        If a run failed.
    TheirsError
        If the policy does not exist or no output varied.
    """
    groups = _groups(scenario, factors)
    design = morris_design(groups, trajectories, library_seed(setup.seed, f"morris/{policy}"))
    frame = run_whole([Case(policy, scenario, policy)], screening_points(design, len(factors) + 2), setup)
    outputs = outputs_of(scenario, frame, asked)
    return Screened(
        outputs, {each.id: _effects(groups, design, each, column(frame, each.id), setup) for each in outputs.varying}
    )


def _groups(scenario: Scenario, factors: Sequence[Factor]) -> list[str]:
    ids = [factor.id for factor in factors]
    return [*group_names(factors, ids, len(sampled_paths(scenario))), LUCK]


def screening_points(design: Floats, steps: int) -> list[Point]:
    """Rows of the design as futures: the last column is luck's level, and each level of a trajectory is one number."""
    at = inside(design[:, :-1])
    levels = np.rint(design[:, -1] * (LEVELS - 1)).astype(int)
    return [
        Point(row // steps, row // steps * LEVELS + int(levels[row]), tuple(at[row].tolist()))
        for row in range(len(design))
    ]


def _effects(groups: Sequence[str], design: Floats, output: Headline, y: Floats, setup: Setup) -> list[Effect]:
    found = morris_effects(groups, design, y, library_seed(setup.seed, f"morris resamples/{output.id}"))
    return [_of_a_step(each) for each in found]


def _of_a_step(each: Effect) -> Effect:
    """The same for one step, half of a belief, which the model makes, and not for the range it would make up."""
    low, high, sigma, mu = (
        None if number is None else number * STEP for number in (each.low, each.high, each.sigma, each.mu)
    )
    return each._replace(mu_star=each.mu_star * STEP, low=low, high=high, sigma=sigma, mu=mu)


def foremost(found: Screened, factors: Sequence[Factor], most: int) -> list[Factor]:
    """The factors with the largest effects, luck left out, on whichever output they have it.

    Outputs are compared by their effects' size over that output's largest one; factors that moved nothing are left out.
    """
    scores = {factor.id: 0.0 for factor in factors}
    for effects in found.effects.values():
        largest = max((each.mu_star for each in effects if each.factor != LUCK), default=0.0)
        for each in effects:
            if each.factor in scores and largest > 0.0:
                scores[each.factor] = max(scores[each.factor], each.mu_star / largest)
    ordered = sorted((factor for factor in factors if scores[factor.id] > 0.0), key=lambda each: -scores[each.id])
    return ordered[:most]
