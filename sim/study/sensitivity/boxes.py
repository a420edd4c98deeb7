"""Boxes in words: what a box restricts, with units, and how sure each restriction is.

The box is found on one half of the points, along the inputs that show most there, and told on the other half.

Why: the density of a box among the points it was fitted to is flattery.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Final

import numpy as np

from sim.scenario.resolved import Scenario
from sim.streams import Generator
from sim.study.cases import sampled_paths
from sim.study.sensitivity.extras import analysis_library
from sim.study.sensitivity.output import Floats, constant
from sim.study.sensitivity.prim import Again, Box, Range, choose, holds, peel, pruned, quasi_p, resampled
from sim.study.sensitivity.prominent import prominent
from sim.study.sensitivity.telling import title_of, value_of
from sim.study.statistics import Interval, mean_t

RESAMPLES: Final = 20
LEAST_ALIKE: Final = 10
TREES: Final = 200
LEAST_LEAF: Final = 10


@dataclass(frozen=True, slots=True)
class Restriction:
    """What a box asks of one input."""

    path: str
    title: str
    range: Range
    """Canonical."""
    told: str
    """With its unit: ``exceeds 1.45``."""
    quasi_p: float
    again: Again


@dataclass(frozen=True, slots=True)
class Discovered:
    """A box, as it was found and as new points have it."""

    trajectory: Sequence[Box]
    found: Box
    """Its columns are the inputs it was looked for along, in their order."""
    restrictions: Sequence[Restriction]
    inside: Interval
    """Mean of what is of interest among the other half's points in the box."""
    everywhere: Interval
    """Among all of the other half's points."""
    coverage: float
    """Of the other half."""
    mass: float

    @property
    def confirmed(self) -> bool:
        """Whether the box holds restrictions, and new points surely more than the average inside.

        Points that all agree have no interval; from ten of them on their value is taken for sure.
        """
        low = self.inside.low
        if low is None and self.inside.n >= LEAST_ALIKE:
            low = self.inside.value
        return bool(self.restrictions) and low is not None and low > (self.everywhere.value or 0.0)


def discover(
    scenario: Scenario, x: Floats, y: Floats, generator: Generator, *, regressed: int | None = None
) -> Discovered | None:
    """Where an output is high.

    Parameters
    ----------
    x
        Natural values of the sampled inputs, one row a parameter point.
    y
        Mean of what is of interest at each point, 0 to 1.
    regressed
        Where ``y`` is one run a point: seed of the forest by which luck is regressed away before anything is peeled.
        None: ``y`` is a mean over luck.

    Returns
    -------
    The box, perhaps without restrictions; None where nothing varied in the half that is searched.
    """
    half = len(y) // 2
    searched = y[:half]
    if constant(searched):
        return None
    smooth = searched if regressed is None else without_luck(x[:half], searched, regressed)
    columns = prominent(x[:half], smooth)
    paths = [sampled_paths(scenario)[column] for column in columns]
    first, others = x[:half, columns], x[half:, columns]
    trajectory = peel(first, smooth)
    # Weak restrictions go first: a peel that took a little of many inputs may hide the one that holds most.
    box = choose([pruned(each, first, searched) for each in trajectory])
    chances = quasi_p(box.ranges, first, searched)
    again = resampled(box, first, smooth, generator, RESAMPLES) if box.ranges else {}
    inside = holds(box.ranges, others)
    told = y[half:]
    return Discovered(
        trajectory,
        box,
        [_restriction(scenario, paths[k], each, chances[k], again[k]) for k, each in box.ranges.items()],
        mean_t(told[inside].tolist(), within=(0.0, 1.0)),
        mean_t(told.tolist(), within=(0.0, 1.0)),
        float(told[inside].sum() / told.sum()) if told.any() else 0.0,
        float(inside.mean()),
    )


def _restriction(scenario: Scenario, path: str, each: Range, chance: float, again: Again) -> Restriction:
    return Restriction(path, title_of(scenario, path), each, range_told(scenario, path, each), chance, again)


def without_luck(x: Floats, y: Floats, seed: int) -> Floats:
    """Chance of what is of interest at each point, from one run each: a forest's out-of-bag means (scikit-learn).

    Source: Breiman, Machine Learning 45 (2001) 5-32.
    """
    forest = analysis_library("sklearn.ensemble").RandomForestRegressor(
        n_estimators=TREES, min_samples_leaf=LEAST_LEAF, oob_score=True, random_state=seed
    )
    found: Floats = forest.fit(x, y).oob_prediction_
    return found


def range_told(scenario: Scenario, path: str, each: Range) -> str:
    """A range in words: ``exceeds 1.45``, ``is below ¥270.0 bn``, ``is between 3 and 5``."""
    which = next(one for one in scenario.inputs if one.path == path)
    low, high = (value_of(scenario, which, end) if np.isfinite(end) else "" for end in each)
    if each.low == -inf:
        return f"is at most {high}"
    if each.high == inf:
        return f"is at least {low}"
    return f"is {low}" if low == high else f"is between {low} and {high}"


def conditions(found: Discovered) -> str:
    """All restrictions in one clause."""
    return " and ".join(f"“{each.title}” {each.told}" for each in found.restrictions)
