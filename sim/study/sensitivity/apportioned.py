"""Apportioning a scenario's variance: some factors, the rest together, and luck (Sobol').

Luck is a factor with its own number in the A and in the B matrix; or every point is met with the same few luck numbers
and their mean is apportioned, which is then said.

Why: "these four inputs are nine tenths of what we do not know" is what ends a meeting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sim.scenario.resolved import Scenario
from sim.study.cases import Case, Point, sampled_paths
from sim.study.sensitivity.extras import library_seed
from sim.study.sensitivity.factors import LUCK, REST, Factor, group_names
from sim.study.sensitivity.output import Floats
from sim.study.sensitivity.running import Outputs, Setup, column, outputs_of, run_whole
from sim.study.sensitivity.screening import factors_of
from sim.study.sensitivity.sobol import Share, sobol_design, sobol_shares

BASE: Final = 64
_LUCK_NUMBERS: Final = 2**32


@dataclass(frozen=True, slots=True)
class Apportioned:
    """Each output's shares, in the order of the factors."""

    outputs: Outputs
    shares: Mapping[str, Sequence[Share]]
    """Output -> shares."""
    refused: Mapping[str, str]
    """Output -> why it has none: it varied, but not over the base points."""


def apportioning_runs(scenario: Scenario, looked_at: Sequence[Factor], base: int, lucks: int) -> int:
    """Runs that it takes; ``lucks`` 0: luck is a factor."""
    covered = sum(len(factor.columns) for factor in looked_at)
    rest = int(covered < len(sampled_paths(scenario)))
    return base * (len(looked_at) + rest + (lucks == 0) + 2) * max(lucks, 1)


def apportion(
    scenario: Scenario, policy: str, looked_at: Sequence[Factor], base: int, lucks: int, setup: Setup,
    asked: Sequence[str] = (),
) -> Apportioned:  # fmt: skip
    """Apportion the variance of a scenario's outputs under one policy.

    Parameters
    ----------
    looked_at
        The factors to tell apart.
    base
        Base points, a power of two.
    lucks
        0: luck is a factor. Otherwise so many luck numbers, the same at every point, are averaged over.

    Raises
    ------
    OursError
        If a run failed.
    TheirsError
        If the policy does not exist or no output varied.
    """
    groups = group_names(looked_at, [factor.id for factor in looked_at], len(sampled_paths(scenario)))
    groups += [LUCK] if lucks == 0 else []
    design = sobol_design(groups, base, library_seed(setup.seed, f"sobol/{policy}"))
    frame = run_whole([Case(policy, scenario, policy)], apportioning_points(design, lucks), setup)
    outputs = outputs_of(scenario, frame, asked)
    shares, refused = {}, {}
    for each in outputs.varying:
        y = column(frame, each.id).reshape(len(design), -1).mean(axis=1)
        reason = _unfit(groups, y)
        if reason:
            refused[each.id] = reason
        else:
            shares[each.id] = sobol_shares(groups, y, library_seed(setup.seed, f"sobol resamples/{each.id}"))
    return Apportioned(outputs, shares, refused)


def _unfit(groups: Sequence[str], y: Floats) -> str:
    """Why an output cannot be apportioned; empty where it can."""
    step = len(factors_of(groups)) + 2
    still = y[::step].min() == y[::step].max() or y[step - 1 :: step].min() == y[step - 1 :: step].max()
    return f"the same at all {len(y) // step} base points of a matrix; more of them may tell" if still else ""


def apportioning_points(design: Floats, lucks: int) -> list[Point]:
    """Rows of the design as futures; where luck is a factor, its column is the luck number."""
    if lucks:
        return [Point(row, number, tuple(at)) for row, at in enumerate(design.tolist()) for number in range(lucks)]
    return [Point(row, int(at[-1] * _LUCK_NUMBERS), tuple(at[:-1])) for row, at in enumerate(design.tolist())]


def told_apart(shares: Sequence[Share]) -> list[Share]:
    """The shares of what was looked at by itself, the largest total first."""
    return sorted((each for each in shares if each.factor not in (REST, LUCK)), key=lambda each: -each.total)
