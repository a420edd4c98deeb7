"""Value of information: what knowing an input before the choice of a policy would be worth.

Over parameters only: luck cannot be known beforehand and is no knowledge. All policies stand at the same points.
A choice is made from one part of the points and valued on the other, against the policy that is best over all of them:
noise is not sold as knowledge, and a value is too low rather than too high.

Why: a planner has weeks to find things out, and should spend them where the choice could change.

Sources: Raiffa & Schlaifer, *Applied Statistical Decision Theory* (1961); Strong, Oakley & Brennan, Medical Decision
Making 34 (2014) 311-326 (regression on the points).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from sim.streams import Generator
from sim.study.sensitivity.extras import analysis_library
from sim.study.sensitivity.output import Floats, require_finite, require_shape
from sim.study.statistics import LEVEL

FOLDS: Final = 5
KNOTS: Final = 4
FEW_VALUES: Final = 8
"""An input with no more different values is taken as a category."""
SAME_CHOICE: Final = "none: no other choice was better or worse"

Policies = NDArray[np.int64]


class Worth(NamedTuple):
    """What it would be worth to know something, in the output's unit."""

    of: str
    value: float
    """Below zero where the choice it led to did worse: noise, shown as such."""
    low: float | None
    high: float | None
    plug_in: float
    """The same points used to choose and to value: too high by what the noise gives."""
    changes: float
    """Share of points at which another policy than the one best on the whole would be chosen."""
    surely: bool
    """Whether the value is above zero at this level even as one of so many asked about."""
    n: int
    """Parameter points."""
    level: float
    kind: str


def worth_of(of: str, known: Floats, y: Floats, generator: Generator, asked: int = 1, level: float = LEVEL) -> Worth:
    """What knowing some inputs would be worth.

    Parameters
    ----------
    of
        How they are called.
    known
        One row a parameter point, one column an input.
    y
        One row a parameter point, one column a policy: the mean over its luck.
    generator
        For the cut into folds.
    asked
        How many such questions are asked together.

    Several inputs enter additively: what only their interplay tells is not seen, and the value is then a lower bound.

    Raises
    ------
    TheirsError
        If an output is not a number somewhere.
    """
    require_finite("output", y.ravel())
    require_shape("known inputs", known.shape[:1], y.shape[:1])
    basis = basis_of(known)
    gains, chosen = np.zeros(len(y)), np.zeros(len(y), np.int64)
    usual = int(np.argmax(y.mean(axis=0)))
    for fold in folds(len(y), generator):
        learnt = np.ones(len(y), bool)
        learnt[fold] = False
        chosen[fold] = best_of(fitted(basis[learnt], y[learnt], basis[fold]), usual)
        gains[fold] = y[fold, chosen[fold]] - y[fold, usual]
    told = fitted(basis, y, basis)
    plug_in = float(told.max(axis=1).mean() - told.mean(axis=0).max())
    return _worth(of, gains, plug_in, float((chosen != usual).mean()), asked, level)


def perfect(y: Floats, asked: int = 1, level: float = LEVEL) -> Worth:
    """What knowing every parameter would be worth, luck still unknown.

    Parameters
    ----------
    y
        Parameter points × policies × luck numbers, at least two of these. A policy is chosen by one half of the luck
        and valued by the other, and the other way round: the choice is then made with half of the knowledge, and the
        value is a lower bound. ``plug_in`` is an upper one.
    """
    require_finite("output", y.ravel())
    if y.ndim != 3 or y.shape[2] < 2:
        raise ValueError(f"output: found the shape {y.shape}; expected points × policies × at least two luck numbers")
    half = y.shape[2] // 2
    halves = y[:, :, :half].mean(axis=2), y[:, :, half : 2 * half].mean(axis=2)
    whole = y.mean(axis=2)
    usual = int(np.argmax(whole.mean(axis=0)))
    gains, switched = np.zeros(len(y)), 0.0
    for choosing, valuing in (halves, halves[::-1]):
        chosen = best_of(choosing, usual)
        gains += (np.take_along_axis(valuing, chosen[:, None], axis=1)[:, 0] - valuing[:, usual]) / 2
        switched += float((chosen != usual).mean()) / 2
    plug_in = float(whole.max(axis=1).mean() - whole.mean(axis=0).max())
    return _worth("everything", gains, plug_in, switched, asked, level)


def best_of(values: Floats, usual: int) -> Policies:
    """The best policy of each row; the usual one where it is as good as the best."""
    best: Policies = np.argmax(values, axis=1)
    best[values[:, usual] >= values.max(axis=1)] = usual
    return best


def folds(rows: int, generator: Generator, parts: int = FOLDS) -> list[NDArray[np.int64]]:
    """Rows cut into parts at random, of about one size."""
    found: list[NDArray[np.int64]] = np.array_split(generator.permutation(rows), parts)
    return found


def basis_of(known: Floats) -> Floats:
    """The inputs as columns to regress on: smooth curves of each, or one column a value where there are few.

    The curves are scikit-learn's cubic splines between quantiles.
    """
    columns = [np.ones((len(known), 1))]
    for column in known.T:
        values = np.unique(column)
        if len(values) <= FEW_VALUES:
            columns.append((column[:, None] == values[None, 1:]).astype(float))
        else:
            spline = analysis_library("sklearn.preprocessing").SplineTransformer(
                n_knots=KNOTS, degree=3, knots="quantile", include_bias=False, extrapolation="constant"
            )
            columns.append(spline.fit_transform(np.argsort(np.argsort(column, kind="stable"))[:, None] / len(column)))
    return np.concatenate(columns, axis=1)


def fitted(basis: Floats, y: Floats, at: Floats) -> Floats:
    """Each policy's output at other rows of the basis: ridge regression, its strength chosen by leave-one-out.

    All policies share one basis; what is common to them is taken out first, since only differences choose.
    """
    if basis.shape[1] == 1:
        return np.repeat(y.mean(axis=0)[None, :], len(at), axis=0)
    ridge = analysis_library("sklearn.linear_model").RidgeCV(alphas=np.logspace(-3, 3, 13), alpha_per_target=False)
    means = y.mean(axis=0)
    apart = y - y.mean(axis=1, keepdims=True)
    ridge.fit(basis[:, 1:], apart)
    found: Floats = ridge.predict(at[:, 1:]).reshape(len(at), y.shape[1]) + means.mean()
    return found


def _worth(of: str, gains: Floats, plug_in: float, changes: float, asked: int, level: float) -> Worth:
    n = len(gains)
    value = fsum(gains.tolist()) / n
    if not gains.any():
        return Worth(of, 0.0, None, None, plug_in, changes, False, n, level, SAME_CHOICE)
    error = float(gains.std(ddof=1)) / n**0.5
    half = float(stdtrit(n - 1, (1 + level) / 2)) * error
    sure = value - float(stdtrit(n - 1, 1 - (1 - level) / asked)) * error > 0
    return Worth(of, value, value - half, value + half, plug_in, changes, sure, n, level, "t, chosen and valued apart")


def net_benefit(success: Floats, cost_yen: Floats, value_yen: float) -> Floats:
    """Yen: the stated value of a success times success, less the cost."""
    require_shape("cost", cost_yen.shape, success.shape)
    return value_yen * success - cost_yen


def confident(names: Sequence[str], found: Sequence[Worth]) -> list[str]:
    """Those of the names whose value is surely above zero, the most valuable first."""
    ordered = sorted(zip(names, found, strict=True), key=lambda pair: -pair[1].value)
    return [name for name, worth in ordered if worth.surely]
