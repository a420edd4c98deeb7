"""Scenario discovery: boxes in which an output is high, peeled from outside in (PRIM), by hand.

Peeled on a mean per parameter point, never on single zeros and ones of luck; a box is chosen on some points and its
density told on others. None of the libraries in use has it. There is no pasting: a peeled point does not come back.

Why: "missed mostly where the slip exceeds 1.45 and the budget is below 270 bn" is a sentence one can act on.

Sources: Friedman & Fisher, Statistics and Computing 9 (1999) 123-143; Bryant & Lempert, Technological Forecasting &
Social Change 77 (2010) 34-49 (coverage, density, quasi-p, resampling); Kwakkel & Jaxa-Rozen, Environmental Modelling
& Software 79 (2016) 311-321 (gain per point taken away, for inputs with few values).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc

from sim.streams import Generator
from sim.study.sensitivity.output import Floats, require_shape, require_varying

PEEL: Final = 0.05
"""Share of the points that one peel takes away, at most where values do not repeat."""
LEAST_MASS: Final = 0.05
MOST_RESTRICTED: Final = 4
"""Restricted inputs that a sentence bears."""
NO_CHANCE: Final = 0.05
"""A restriction with a larger quasi-p is dropped."""

Mask = NDArray[np.bool_]


class Range(NamedTuple):
    """What one input is restricted to, ends included; infinite where it is open."""

    low: float
    high: float


OPEN: Final = Range(-inf, inf)


@dataclass(frozen=True, slots=True)
class Box:
    """A box, and what it holds."""

    ranges: Mapping[int, Range]
    """Column -> range, of the restricted ones."""
    points: int
    mass: float
    """Share of all points."""
    coverage: float
    """Share of all of interest that lies inside."""
    density: float
    """Mean of the output inside."""

    @property
    def excess(self) -> float:
        """How much more of what is of interest it holds than its size would give: 0 for no box at all."""
        return self.coverage - self.mass


def holds(ranges: Mapping[int, Range], x: Floats) -> Mask:
    """Which points lie in a box."""
    inside = np.ones(len(x), bool)
    for column, (low, high) in ranges.items():
        inside &= (x[:, column] >= low) & (x[:, column] <= high)
    return inside


def boxed(ranges: Mapping[int, Range], x: Floats, y: Floats) -> Box:
    """A box with what it holds of these points."""
    inside = holds(ranges, x)
    held, points, whole = float(y[inside].sum()), int(inside.sum()), float(y.sum())
    return Box(
        dict(sorted(ranges.items())), points, points / len(y), held / whole if whole else 0.0,
        held / points if points else 0.0,
    )  # fmt: skip


def peel(x: Floats, y: Floats, share: float = PEEL, least_mass: float = LEAST_MASS) -> list[Box]:
    """The peeling trajectory: from all points to the smallest box, each peel the one that gains most.

    Parameters
    ----------
    x
        One row a parameter point, one column an input, in any unit.
    y
        Mean of what is of interest at each point, 0 to 1.

    Returns
    -------
    The boxes, the whole first. It ends when no peel raises the density or the box would hold too few points.

    Raises
    ------
    TheirsError
        If the output is not a number somewhere or never varied.
    """
    require_varying("output", y)
    require_shape("points", x.shape[:1], y.shape)
    ranges: dict[int, Range] = {}
    trajectory = [boxed(ranges, x, y)]
    while (found := _best_peel(x, y, ranges, share, least_mass * len(y))) is not None:
        ranges = {**ranges, found[0]: found[1]}
        trajectory.append(boxed(ranges, x, y))
    return trajectory


def _best_peel(
    x: Floats, y: Floats, ranges: Mapping[int, Range], share: float, least_points: float
) -> tuple[int, Range] | None:
    """Column and its new range; None where no peel gains."""
    inside = holds(ranges, x)
    xs, ys = x[inside], y[inside]
    best: tuple[float, int, Range] | None = None
    for upper in (False, True):
        kept, edges = _kept(-xs if upper else xs, share)
        counts = kept.sum(axis=0)
        with np.errstate(invalid="ignore", divide="ignore"):
            gains = (ys @ kept / counts - ys.mean()) / (len(ys) - counts) * len(ys)
        gains[(counts == len(ys)) | (counts < max(least_points, 1))] = -inf
        column = int(np.argmax(gains))
        if gains[column] > 1e-12 and (best is None or gains[column] > best[0]):
            old = ranges.get(column, OPEN)
            edge = float(-edges[column] if upper else edges[column])
            best = float(gains[column]), column, Range(old.low, edge) if upper else Range(edge, old.high)
    return None if best is None else best[1:]


def _kept(xs: Floats, share: float) -> tuple[Mask, Floats]:
    """Which points each column keeps when its lowest share is taken away, and the lowest value that it keeps.

    Where the lowest value is more than that share, all points with it go.
    """
    edges = np.quantile(xs, share, axis=0, method="higher")
    kept = xs >= edges
    stuck = kept.all(axis=0)
    kept[:, stuck] = xs[:, stuck] > xs[:, stuck].min(axis=0)
    lowest = np.where(kept, xs, inf).min(axis=0)
    return kept, lowest


def quasi_p(ranges: Mapping[int, Range], x: Floats, y: Floats) -> dict[int, float]:
    """Column -> chance that a restriction which does nothing would leave as much of interest inside.

    The binomial tail of Bryant & Lempert, continued to fractions by the incomplete beta function. Means over luck vary
    less than zeros and ones of the same mean; a point counts as as many trials as their variances differ.
    """
    inside = holds(ranges, x)
    held, points = float(y[inside].sum()), int(inside.sum())
    found = {}
    for column in ranges:
        wider = holds({other: each for other, each in ranges.items() if other != column}, x)
        density, variance = float(y[wider].mean()), float(y[wider].var())
        trials = density * (1 - density) / variance if variance > 0.0 else 1.0
        more, less = held * trials, (points - held) * trials
        found[column] = float(betainc(more, less + 1, density)) if held > 0 else 1.0
    return found


def choose(trajectory: Sequence[Box], most_restricted: int = MOST_RESTRICTED) -> Box:
    """The box that holds most beyond its size, of those with few enough restrictions: the best weighted accuracy."""
    return max((box for box in trajectory if len(box.ranges) <= most_restricted), key=lambda box: box.excess)


def pruned(box: Box, x: Floats, y: Floats, most: float = NO_CHANCE) -> Box:
    """The box without restrictions that chance would explain, the weakest dropped first."""
    while box.ranges:
        chances = quasi_p(box.ranges, x, y)
        weakest = max(chances, key=lambda column: chances[column])
        if chances[weakest] <= most:
            break
        box = boxed({column: each for column, each in box.ranges.items() if column != weakest}, x, y)
    return box


class Again(NamedTuple):
    """How often resamples of the points restrict an input too, in their box of the same coverage and of the same
    density."""

    same_coverage: float
    same_density: float


def resampled(box: Box, x: Floats, y: Floats, generator: Generator, resamples: int = 20) -> dict[int, Again]:
    """Column -> share of bootstrap resamples whose box restricts it, of every column that any of them restricts."""
    counts = np.zeros((x.shape[1], 2))
    for _ in range(resamples):
        rows = generator.integers(0, len(y), len(y))
        if np.ptp(y[rows]) == 0.0:
            continue
        trajectory = peel(x[rows], y[rows])
        like = (
            min(trajectory, key=lambda each: (abs(each.coverage - box.coverage), -each.density)),
            min(trajectory, key=lambda each: (abs(each.density - box.density), -each.coverage)),
        )
        for place, found in enumerate(like):
            counts[list(found.ranges), place] += 1
    shares = counts / resamples
    return {k: Again(*shares[k].tolist()) for k in range(x.shape[1]) if shares[k].any() or k in box.ranges}
