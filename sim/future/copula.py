"""Correlation between inputs: a Gaussian copula on a future's own uniforms (R6).

It moves uniforms and knows nothing of the beliefs, so each input keeps its own distribution exactly.

Why: prices that rise together are one risk, and priced as many they would average themselves away.

A rank correlation rho asks for the normal correlation 2 sin(pi rho / 6). Sources: Pearson,
"On further methods of determining correlation" (1907); for the transformation, Nelsen, *An Introduction to
Copulas* (2006).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import pi, sin

from sim.distributions import normal_cdf, normal_quantile
from sim.rules.money import cholesky
from sim.scenario.resolved import Correlation

_GRID = 2**52


@dataclass(frozen=True, slots=True)
class Group:
    """Inputs that hang together: the first keeps its uniform, each later one leans on those before it."""

    numbers: tuple[int, ...]
    """Ascending, so in order of path."""
    rows: tuple[tuple[float, ...], ...]
    """Lower triangle of the normal correlation's factor; row i has i + 1 numbers."""


def normal_correlation(rank_correlation: float) -> float:
    """Correlation of two normals whose ranks correlate as asked.

    >>> round(normal_correlation(0.5), 6), round(normal_correlation(1.0), 6)
    (0.517638, 1.0)
    """
    return 2.0 * sin(pi * rank_correlation / 6.0)


def groups_of(correlations: Sequence[Correlation], paths: Sequence[str]) -> tuple[Group, ...]:
    """The groups of inputs that correlate, directly or through others.

    Parameters
    ----------
    correlations
        Of inputs by number; pairs not named do not correlate.
    paths
        Of the inputs, by number, for errors.

    Raises ValueError if two entries contradict each other, an input is paired with itself or with a number
    beyond -1 … 1, or a group's matrix is not positive definite.
    """
    rho = _pairs(correlations, paths)
    return tuple(_group(members, rho, paths) for members in _connected(rho))


def _pairs(correlations: Sequence[Correlation], paths: Sequence[str]) -> dict[tuple[int, int], float]:
    """Rank correlation of each pair, smaller number first."""
    rho: dict[tuple[int, int], float] = {}
    for entry in correlations:
        pair = (min(entry.first, entry.second), max(entry.first, entry.second))
        known = rho.setdefault(pair, entry.rho)
        if pair[0] == pair[1] or known != entry.rho or not -1.0 <= entry.rho <= 1.0:
            raise ValueError(
                f"correlations: {paths[pair[0]]} with {paths[pair[1]]}: found {known} and {entry.rho};"
                " expected one number from -1 to 1 for two different inputs"
            )
    return rho


def _connected(rho: dict[tuple[int, int], float]) -> list[tuple[int, ...]]:
    """Members of each group, ascending; groups by their first member."""
    group_of: dict[int, set[int]] = {}
    for first, second in rho:
        joined = group_of.get(first, {first}) | group_of.get(second, {second})
        for member in joined:
            group_of[member] = joined
    return sorted({tuple(sorted(members)) for members in group_of.values()})


def _group(members: tuple[int, ...], rho: dict[tuple[int, int], float], paths: Sequence[str]) -> Group:
    """The group of these members, with the factor of its matrix."""
    size = len(members)
    matrix = [
        1.0 if a == b else normal_correlation(rho.get((min(a, b), max(a, b)), 0.0)) for a in members for b in members
    ]
    try:
        factor = cholesky(matrix, size)
    except ValueError as error:
        names = ", ".join(paths[number] for number in members)
        raise ValueError(f"correlations of {names}: {error}; weaken one of them") from error
    return Group(members, tuple(factor[row * size : row * size + row + 1] for row in range(size)))


def correlate(groups: Sequence[Group], own: Sequence[float]) -> list[float]:
    """The uniforms of all inputs, by number, after correlation.

    Parameters
    ----------
    own
        Each input's own uniform, by number, strictly between 0 and 1.
    """
    moved = list(own)
    for group in groups:
        scores = [normal_quantile(own[number]) for number in group.numbers]
        for row, number in zip(group.rows[1:], group.numbers[1:], strict=True):
            score = 0.0
            for weight, z in zip(row, scores, strict=False):  # a row ends at its own place
                score += weight * z
            moved[number] = _on_grid(normal_cdf(score))
    return moved


def _on_grid(u: float) -> float:
    """The uniform on the grid that all uniforms lie on, so never 0 nor 1, however far out the score is."""
    return (min(int(u * _GRID), _GRID - 1) + 0.5) / _GRID
