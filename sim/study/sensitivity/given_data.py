"""Drivers from runs that are already there: PAWN and rank regression, each against what shuffled inputs would give.

The design must be independent; of inputs that are correlated each also carries what its companions do, so the caller
tells them as one. What does not stand clear of the null is said not to.

Why: the question "what matters" comes after the study, and asking it again should cost no run.

Sources: Pianosi & Wagener, Environmental Modelling & Software 108 (2018) 197-207; Conover & Iman, The American
Statistician 35 (1981) 124-129 (ranks); Saltelli et al., *Sensitivity Analysis in Practice* (2004), ch. 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import atanh, sqrt, tanh
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import rankdata

from sim.streams import Generator
from sim.study.sensitivity.extras import analysis_library
from sim.study.sensitivity.output import Floats, require_shape, require_varying
from sim.study.statistics import LEVEL

SLICES: Final = 10
LEAST_ROWS: Final = 10 * SLICES
ROWS_PER_INPUT: Final = 10
"""With fewer rows for each input all inputs cannot be regressed on at once, and each is by itself."""
_NULLS: Final = 20_000
_AT_ONCE: Final = 500


class Driver(NamedTuple):
    """How far one input moves an output's distribution."""

    input: str
    pawn: float
    """Median over slices of the largest distance between the conditional and the whole distribution."""
    pawn_null: float
    """What the largest index of all inputs stays below in 95 of 100 studies in which none of them matters."""
    rank: float
    """Standardised coefficient of the regression of ranks on ranks, -1 to 1."""
    low: float
    high: float
    rank_null: float
    stands_out: bool
    """Whether either number is beyond its null."""
    n: int
    level: float
    kind: str


def drivers(names: Sequence[str], x: Floats, y: Floats, generator: Generator, level: float = LEVEL) -> list[Driver]:
    """PAWN index and rank coefficient of each input.

    Parameters
    ----------
    names
        Of the inputs.
    x
        One row a run, one column an input.
    y
        The output of each run; zeros and ones will do.
    generator
        For the shuffles.

    Raises
    ------
    TheirsError
        If the output is not a number somewhere or never varied.
    ValueError
        If there are fewer than 100 runs, or an input never varied.
    """
    require_shape("inputs", x.shape, (len(y), len(names)))
    require_varying("output", y)
    if len(y) < LEAST_ROWS:
        raise ValueError(f"found {len(y)} runs; expected at least {LEAST_ROWS}, ten a slice")
    flat = [name for name, column in zip(names, x.T, strict=True) if np.ptp(column) == 0.0]
    if flat:
        raise ValueError(f"inputs that never varied: {', '.join(flat)}; expected none")
    index, floors = pawn(x, y), pawn_nulls(x, y, generator, level)
    ranks, kind = rank_regression(x, y, level)
    rank_null = _rank_null(x, y, generator, level)
    found = []
    for k, name in enumerate(names):
        rank, low, high = (float(each) for each in ranks[k])
        clear = bool(index[k] > floors[k]) or abs(rank) > rank_null
        found.append(Driver(name, float(index[k]), floors[k], rank, low, high, rank_null, clear, len(y), level, kind))
    return found


def pawn(x: Floats, y: Floats) -> Floats:
    """SALib's PAWN index of each column: the median over ten slices."""
    columns = x.shape[1]
    problem = {"num_vars": columns, "names": [str(k) for k in range(columns)], "bounds": [[0, 1]] * columns}
    found: Floats = analysis_library("SALib.analyze.pawn").analyze(problem, x, y, S=SLICES)["median"]
    return found


def slice_sizes(column: Floats) -> tuple[int, ...]:
    """How many runs each slice has as SALib cuts them: it leaves out those at the very top."""
    edges = np.quantile(column, np.arange(0, 1 + 1 / SLICES, 1 / SLICES))
    return tuple(int(((column >= low) & (column < high)).sum()) for low, high in pairwise(edges))


def pawn_nulls(x: Floats, y: Floats, generator: Generator, level: float = LEVEL) -> list[float]:
    """Null of each input's index, of the family of all: what the largest stays below if inputs are shuffled.

    Inputs whose slices have the same sizes share one null. By hand, for SALib has none.
    """
    sizes = [slice_sizes(column) for column in x.T]
    tail = (1 - level) / x.shape[1]
    nulls = {each: float(np.quantile(_shuffled(each, y, generator), 1 - tail)) for each in dict.fromkeys(sizes)}
    return [nulls[each] for each in sizes]


def _shuffled(sizes: Sequence[int], y: Floats, generator: Generator) -> Floats:
    """PAWN indices of an input that cuts the runs into slices of these sizes and has nothing to do with the output."""
    values, codes = np.unique(y, return_inverse=True)
    whole: Floats = np.cumsum(np.bincount(codes, minlength=len(values))) / len(y)
    ends = np.cumsum(sizes)
    slices = [slice(end - size, end) for size, end in zip(sizes, ends, strict=True) if size]
    found = []
    for _ in range(0, _NULLS, _AT_ONCE):
        order = generator.permuted(np.tile(codes, (_AT_ONCE, 1)), axis=1)
        found.append(np.median([distances(order[:, each], whole) for each in slices], axis=0))
    return np.concatenate(found)


def distances(codes: NDArray[np.int64], whole: Floats) -> Floats:
    """Kolmogorov-Smirnov distance of each row's values from the whole.

    Parameters
    ----------
    codes
        Values by their rank among the different ones, from 0.
    whole
        Share of the whole up to each of them.

    >>> distances(np.array([[0, 0, 1], [2, 2, 2]]), np.array([1 / 3, 2 / 3, 1.0])).round(4).tolist()
    [0.3333, 0.6667]
    """
    rows, size = codes.shape
    ordered = np.sort(codes, axis=1)
    upto = np.arange(1, size + 1) / size
    last = np.concatenate([ordered[:, 1:] != ordered[:, :-1], np.ones((rows, 1), bool)], axis=1)
    above = np.where(last, upto - whole[ordered], 0.0).max(axis=1)
    jumps = np.concatenate([np.zeros((rows, 1)), np.where(last[:, :-1], upto[:-1], 0.0)], axis=1)
    before = np.maximum.accumulate(jumps, axis=1)
    below = (np.where(ordered > 0, whole[ordered - 1], 0.0) - before).max(axis=1)
    found: Floats = np.maximum(above, below)
    return found


def rank_regression(x: Floats, y: Floats, level: float = LEVEL) -> tuple[Floats, str]:
    """Regression of the output's ranks on the inputs' ranks, all standardised.

    Returns
    -------
    One row an input: coefficient, lower and upper limit; and how it was done. With ten rows and more for each input
    all stand in one regression, and the limits are those of least squares (statsmodels); with fewer each stands in a
    regression of its own, which is Spearman's correlation with limits after Fisher.
    """
    ranked = rankdata(np.column_stack([x, y]), axis=0)
    ranked = (ranked - ranked.mean(axis=0)) / ranked.std(axis=0)
    if len(y) >= ROWS_PER_INPUT * x.shape[1]:
        fit = analysis_library("statsmodels.api").OLS(ranked[:, -1], ranked[:, :-1]).fit()
        kind = f"ranks on all ranks, least squares, R² {fit.rsquared_adj:.2f}"
        return np.column_stack([fit.params, fit.conf_int(alpha=1 - level)]), kind
    alone = ranked[:, :-1].T @ ranked[:, -1] / len(y)
    return np.array([(r, *_fisher(float(r), len(y), level)) for r in alone]), "ranks on one rank, Fisher z"


def _rank_null(x: Floats, y: Floats, generator: Generator, level: float) -> float:
    """What the largest absolute rank correlation of all inputs stays below if they are shuffled."""
    ranked = rankdata(y)
    ranked = (ranked - ranked.mean()) / ranked.std()
    places = np.linspace(-1, 1, len(y)) / sqrt(np.square(np.linspace(-1, 1, len(y))).mean())
    tiled = np.tile(places, (_AT_ONCE, 1))
    found = [np.abs(generator.permuted(tiled, axis=1) @ ranked) / len(y) for _ in range(0, _NULLS, _AT_ONCE)]
    return float(np.quantile(np.concatenate(found), 1 - (1 - level) / x.shape[1]))


def _fisher(r: float, n: int, level: float) -> tuple[float, float]:
    """Limits of a rank correlation (Bonett & Wright 2000). At ±1 they are the correlation itself."""
    if abs(r) >= 1.0 - 1e-12:
        return r, r
    half = float(ndtri((1 + level) / 2)) * sqrt((1 + r * r / 2) / (n - 3))
    return tanh(atanh(r) - half), tanh(atanh(r) + half)
