"""Factors: the sampled inputs of a scenario, one by one, and as one where they are correlated.

A factor moves points of the unit cube, so that dates, counts, chances and categories are moved by their own quantiles.

Why: an effect of one of two inputs that move together belongs to both, and to neither alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.distributions import normal_cdf, normal_quantile
from sim.errors import TheirsError, nearest
from sim.future import Sampler
from sim.future.copula import Group, groups_of
from sim.scenario.resolved import Scenario
from sim.study.cases import Point, sampled_paths
from sim.study.sensitivity.output import Floats
from sim.study.sensitivity.telling import confidence_of, title_of, weakest

LUCK: Final = "luck"
REST: Final = "the rest"
_EDGE: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Factor:
    """An input, or some that are correlated."""

    id: str
    """The input's path; of several, the first one's and how many more."""
    title: str
    paths: tuple[str, ...]
    columns: tuple[int, ...]
    """Places of its inputs among the sampled paths."""
    confidence: str
    """Of the least sure of its inputs."""


def factors_in(scenario: Scenario) -> tuple[Factor, ...]:
    """All factors of a scenario, in order of their first path. Raises TheirsError if nothing is sampled."""
    paths = sampled_paths(scenario)
    if not paths:
        raise TheirsError(f"{scenario.id}: found no input with a belief that varies; expected at least one.")
    place = {path: column for column, path in enumerate(paths)}
    owner: dict[str, tuple[str, ...]] = {path: (path,) for path in paths}
    for group in groups_of(scenario.correlations, [which.path for which in scenario.inputs]):
        members = tuple(path for number in group.numbers if (path := scenario.inputs[number].path) in place)
        owner |= dict.fromkeys(members, members)
    return tuple(_factor(scenario, members, place) for members in dict.fromkeys(owner.values()))


def _factor(scenario: Scenario, members: tuple[str, ...], place: Mapping[str, int]) -> Factor:
    more = len(members) - 1
    lateness = [path for path in members if path.endswith(".lateness")]
    lead, *others = [*lateness, *(path for path in members if path not in lateness)]
    title = title_of(scenario, lead)
    if more:
        title += f" and {title_of(scenario, others[0])}" if more == 1 else f" and {more} correlated inputs"
    return Factor(
        members[0] + (f"+{more}" if more else ""),
        title,
        members,
        tuple(place[path] for path in members),
        weakest(confidence_of(scenario, path) for path in members),
    )


def factor_asked(factors: Sequence[Factor], name: str) -> Factor:
    """The factor of an id, or of an input's path. Raises TheirsError if there is none."""
    for factor in factors:
        if name == factor.id or name in factor.paths:
            return factor
    known = [path for factor in factors for path in factor.paths]
    raise TheirsError(f"no sampled input '{name}'. {nearest(name, known)}")


def group_names(factors: Sequence[Factor], looked_at: Sequence[str], inputs: int) -> list[str]:
    """For each input its factor's id, or ``the rest`` where the factor is not among those looked at."""
    names = [REST] * inputs
    for factor in factors:
        for column in factor.columns:
            names[column] = factor.id if factor.id in looked_at else REST
    return names


class Bench:
    """Points of a scenario's unit cube: as drawn, and with one factor set to a quantile of its own."""

    def __init__(self, scenario: Scenario, seed: int, purpose: str) -> None:
        self._sampler = Sampler(scenario, seed, purpose)
        numbers = {which.path: which.number for which in scenario.inputs}
        self._sampled = [numbers[path] for path in sampled_paths(scenario)]
        self._groups = {
            number: group
            for group in groups_of(scenario.correlations, [which.path for which in scenario.inputs])
            for number in group.numbers
        }

    def drawn(self, number: int) -> Floats:
        """The own uniforms of a parameter number, one a sampled input."""
        own = self._sampler.point(number, {})
        return np.array([own[place] for place in self._sampled])

    def point(self, number: int, factor: Factor, share: float) -> Point:
        """The future of a number, with a factor's inputs at this quantile of their beliefs.

        Correlated inputs move the way their correlation with the first has them; luck stays as it was.
        """
        own = self.drawn(number)
        first = self._sampled[factor.columns[0]]
        group = self._groups.get(first)
        if group is None:
            own[factor.columns[0]] = share
        else:
            moved = _set_together(group, self._sampler.point(number, {}), set(self._sampled), share)
            for column in factor.columns:
                own[column] = moved[self._sampled[column]]
        return Point(number, number, tuple(own.tolist()))


def _set_together(group: Group, own: Sequence[float], sampled: set[int], share: float) -> dict[int, float]:
    """Own uniforms with which every sampled input of a group lies at a quantile after correlation.

    The correlation's triangle is solved forwards: each input's own part is what those before it do not give.
    """
    wanted, scores, found = normal_quantile(share), [], {}
    for row, number in zip(group.rows, group.numbers, strict=True):
        if number not in sampled:  # a constant keeps its own uniform, on which later ones lean
            scores.append(normal_quantile(own[number]))
            continue
        sign = -1.0 if row[0] < 0 else 1.0
        given = sum(weight * score for weight, score in zip(row, scores, strict=False))
        scores.append((sign * wanted - given) / row[-1])
        found[number] = min(max(normal_cdf(scores[-1]), _EDGE), 1 - _EDGE)
    return found
