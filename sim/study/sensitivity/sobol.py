"""Variance shares: how much of an output's variance each factor accounts for, alone and with all its company (Sobol').

Design, estimators and intervals are SALib's, over scrambled Sobol' points; luck is a factor with its own number in
the A and in the B matrix, or is averaged by the caller.

Why: a screening ranks, and only shares of the whole say that the rest may be left alone.

Sources: Saltelli et al., Computer Physics Communications 181 (2010) 259-270 (first order); Jansen, Computer Physics
Communications 117 (1999) 35-43 (total order); Owen (2020), on powers of two.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from sim.study.sensitivity.extras import analysis_library
from sim.study.sensitivity.output import Floats, require_shape, require_varying
from sim.study.sensitivity.screening import factors_of, groups_problem
from sim.study.statistics import LEVEL

RESAMPLES: Final = 1_000
MOST_FACTORS: Final = 12
"""Inputs or groups looked at one by one; the rest is one factor more."""


class Share(NamedTuple):
    """One factor's share of the output's variance."""

    factor: str
    first: float
    """What would go if the factor were known; estimates may fall below zero and are shown so."""
    first_low: float
    first_high: float
    total: float
    """What would stay if all but the factor were known."""
    total_low: float
    total_high: float
    n: int
    """Base points."""
    level: float
    kind: str


def sobol_design(groups: Sequence[str], base: int, seed: int) -> Floats:
    """Base points and their crossings, for first and total order.

    Parameters
    ----------
    groups
        The factor of each column.
    base
        A power of two.
    seed
        Of SALib's generator.

    Returns
    -------
    ``base`` × (factors + 2) rows, one column an input, strictly inside 0 to 1.
    """
    if base < 2 or base & (base - 1):
        raise ValueError(f"base: found {base}; expected a power of two, from 2 on")
    sample = analysis_library("SALib.sample.sobol").sample
    design: Floats = sample(groups_problem(groups), base, calc_second_order=False, seed=seed)
    if not ((design > 0.0) & (design < 1.0)).all():
        raise ValueError("a point of the Sobol' sequence lies on the edge of the cube; take another seed")
    return design


def sobol_shares(groups: Sequence[str], y: Floats, seed: int, level: float = LEVEL) -> list[Share]:
    """First-order and total shares of each factor.

    Parameters
    ----------
    groups
        As for ``sobol_design``.
    y
        The output in each row of the design.

    Raises
    ------
    TheirsError
        If the output is not a number somewhere, or never varied over the base points.
    """
    factors = factors_of(groups)
    step = len(factors) + 2
    require_shape("output", y.shape, (len(y) // step * step,))
    require_varying("output", y)
    for matrix in (y[::step], y[step - 1 :: step]):
        require_varying("output over the base points", matrix)
    found = analysis_library("SALib.analyze.sobol").analyze(
        groups_problem(groups), y, calc_second_order=False, num_resamples=RESAMPLES, conf_level=level, seed=seed
    )
    columns = zip(factors, found["S1"], found["S1_conf"], found["ST"], found["ST_conf"], strict=True)
    return [
        Share(
            factor, float(s1), float(s1 - half1), float(s1 + half1), float(st), float(st - half), float(st + half),
            len(y) // step, level, "bootstrap of base points, normal",
        )
        for factor, s1, half1, st, half in columns
    ]  # fmt: skip
