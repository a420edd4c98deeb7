"""Screening: elementary effects along random trajectories, many factors at few runs each (Morris).

The design and its statistics are SALib's; a factor is one input, or a group of inputs that move together.

Why: the handful of inputs that matter has to be found among hundreds before it can be looked at closely.

Sources: Morris, Technometrics 33 (1991) 161-174; Campolongo, Cariboni & Saltelli, Environmental Modelling & Software
22 (2007) 1509-1518.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from sim.study.sensitivity.extras import analysis_library
from sim.study.sensitivity.output import Floats, require_shape, require_varying
from sim.study.statistics import LEVEL, NEVER_VARIED

LEVELS: Final = 4
"""Of the grid on which trajectories walk; a step is two of them."""
STEP: Final = LEVELS / (2 * (LEVELS - 1))
"""A step, on levels from 0 to 1."""
RESAMPLES: Final = 1_000


class Effect(NamedTuple):
    """What one step of a factor, half of its range, does to the output."""

    factor: str
    mu_star: float
    """Mean absolute elementary effect, in the output's unit for a move over the whole range."""
    low: float | None
    """None: the factor never moved the output."""
    high: float | None
    sigma: float | None
    """Standard deviation of the effects: curvature and interaction. None for a group, whose effects have no sign."""
    mu: float | None
    n: int
    """Trajectories."""
    level: float
    kind: str


def groups_problem(groups: Sequence[str]) -> dict[str, Any]:
    """The problem as SALib wants it: one column an input on 0 to 1, and the factor each belongs to."""
    names = [f"{place}:{group}" for place, group in enumerate(groups)]
    return {"num_vars": len(groups), "names": names, "bounds": [[0.0, 1.0]] * len(groups), "groups": list(groups)}


def factors_of(groups: Sequence[str]) -> list[str]:
    """The factors, in the order of their first input."""
    return list(dict.fromkeys(groups))


def morris_design(groups: Sequence[str], trajectories: int, seed: int) -> Floats:
    """Trajectories over all factors.

    Parameters
    ----------
    groups
        The factor of each input.
    trajectories
        At least 2.
    seed
        Of SALib's generator.

    Returns
    -------
    ``trajectories`` × (factors + 1) rows, one column an input, on the levels 0, 1/3, 2/3, 1.
    """
    if trajectories < 2:
        raise ValueError(f"trajectories: found {trajectories}; expected at least 2")
    sample = analysis_library("SALib.sample.morris").sample
    design: Floats = sample(groups_problem(groups), trajectories, num_levels=LEVELS, seed=seed)
    return design


def inside(levels: Floats) -> Floats:
    """The levels as points strictly inside 0 to 1, in the middles of quarters: a belief may have no end.

    >>> inside(np.array([0.0, 1.0])).tolist()
    [0.125, 0.875]
    """
    return (np.rint(levels * (LEVELS - 1)) + 0.5) / LEVELS


def morris_effects(groups: Sequence[str], design: Floats, y: Floats, seed: int, level: float = LEVEL) -> list[Effect]:
    """Elementary effects of each factor.

    Parameters
    ----------
    groups, design
        As for and from ``morris_design``.
    y
        The output in each row.

    Raises
    ------
    TheirsError
        If the output is not a number somewhere or never varied.
    """
    require_varying("output", y)
    require_shape("design", design.shape, (len(y), len(groups)))
    factors = factors_of(groups)
    trajectories = len(y) // (len(factors) + 1)
    found = analysis_library("SALib.analyze.morris").analyze(
        groups_problem(groups), design, y, num_resamples=RESAMPLES, conf_level=level, num_levels=LEVELS, seed=seed
    )
    mu_star, half = np.ma.getdata(found["mu_star"]), np.ma.getdata(found["mu_star_conf"])
    sigma, mu = np.asarray(found["sigma"]), np.ma.getdata(found["mu"])
    return [
        _effect(factor, float(mu_star[k]), float(half[k]), float(sigma[k]), float(mu[k]), trajectories, level)
        for k, factor in enumerate(factors)
    ]


def _effect(factor: str, mu_star: float, half: float, sigma: float, mu: float, n: int, level: float) -> Effect:
    grouped, moved = bool(np.isnan(sigma)), mu_star > 0.0
    return Effect(
        factor,
        mu_star,
        mu_star - half if moved else None,
        mu_star + half if moved else None,
        None if grouped else sigma,
        None if grouped else mu,
        n,
        level,
        "bootstrap of trajectories, normal" if moved else NEVER_VARIED,
    )
