"""Robustness: each policy in each world, what it is short of the best policy there, and how often it is good enough.

Worlds are the scenario as it is and with each shock laid over it; every policy meets the same futures in all of them.

Why: the best policy for the expected world may be the worst for the one that comes, and regret is what that costs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final, NamedTuple

import numpy as np

from sim.scenario.resolved import Scenario
from sim.store.finding import Finding, Grid
from sim.study.cases import Case
from sim.study.gain import mean_gain, mean_share
from sim.study.plan import Progress
from sim.study.regrets_apart import apart
from sim.study.statistics import LEVEL, Interval
from sim.study.trial import INTERVAL, Futures, Tried, cells

NAME: Final = "robustness"
AS_PLANNED: Final = "as_planned"
ENOUGH: Final = 0.5
"""Weighted fulfilment that counts as good enough unless told otherwise."""


class World(NamedTuple):
    """The scenario, as it is or with a shock laid over it."""

    id: str
    title: str
    scenario: Scenario


@dataclass(frozen=True, slots=True)
class Robust:
    """What the trial says; keys are (policy, world) or a policy."""

    fulfilment: Mapping[tuple[str, str], Interval]
    chances: Mapping[tuple[str, str, str], Interval]
    """(policy, world, measure): the joint list's as ``all_met``, a mission's as ``met/<mission>``."""
    regret: Mapping[tuple[str, str], Interval]
    """How far mean fulfilment falls short of the best policy's in the same world."""
    worst: Mapping[str, Interval]
    """The largest regret over the worlds."""
    beyond: Mapping[str, Interval]
    """How much larger the worst regret is than that of the policy with the least, paired by future."""
    satisficing: Mapping[str, Interval]
    """Share of futures, over all worlds alike, with at least enough."""

    def minimax(self) -> str:
        """The policy whose worst regret is least; the first of those that are level."""
        return _least(self.worst)

    def level_with_least(self) -> list[str]:
        """Policies whose worst regret cannot be told from the least one."""
        least = self.minimax()
        return [other for other, found in self.beyond.items() if other != least and (found.low or 0.0) <= 0]


def _least(worst: Mapping[str, Interval]) -> str:
    return min(worst, key=lambda policy: worst[policy].value or 0.0)


def cases_of(policies: Sequence[str], worlds: Sequence[World]) -> list[Case]:
    """Every policy in every world."""
    return [Case(_id(policy, world.id), world.scenario, policy) for world in worlds for policy in policies]


def _id(policy: str, world: str) -> str:
    return f"{policy}@{world}"


def robust(tried: Tried, policies: Sequence[str], worlds: Sequence[World], enough: float) -> Robust:
    """What a trial of ``cases_of`` says.

    Parameters
    ----------
    enough
        Weighted fulfilment, 0 to 1, from which on a future is satisfied.
    """
    names = [world.id for world in worlds]
    pairs = _pairs(tried, policies, names)
    regret = {(policy, world): _regret(tried, pairs, policies, policy, world) for policy in policies for world in names}
    worst = {policy: _largest([regret[policy, world] for world in names]) for policy in policies}
    measures = ["all_met", *(f"met/{mission}" for mission in worlds[0].scenario.missions)]
    return Robust(
        fulfilment={(p, w): tried.mean(_id(p, w), "fulfilment") for p in policies for w in names},
        chances={(p, w, m): tried.chance(_id(p, w), m) for p in policies for w in names for m in measures},
        regret=regret,
        worst=worst,
        beyond=_beyond(pairs, regret, worst, names),
        satisficing={policy: _satisfied(tried, policy, names, enough) for policy in policies},
    )


def _beyond(
    pairs: Mapping[tuple[str, str, str], Interval],
    regret: Mapping[tuple[str, str], Interval],
    worst: Mapping[str, Interval],
    worlds: Sequence[str],
) -> dict[str, Interval]:
    """How far each worst regret lies above the least."""
    least = _least(worst)
    of_least = worst[least]
    itself = Interval(0.0, 0.0, 0.0, of_least.n, of_least.N, LEVEL, "exact: the policy itself")

    def ahead(world: str, one: str, another: str) -> Interval:
        return _turned(pairs, world, another, one)

    return {
        policy: itself if policy == least else apart(ahead, regret, worst, worlds, least, policy) for policy in worst
    }


def _pairs(tried: Tried, policies: Sequence[str], worlds: Sequence[str]) -> dict[tuple[str, str, str], Interval]:
    """(world, first, second) -> how much more the second fulfils; all of them hold at once at the level."""
    claims = len(worlds) * len(policies) * (len(policies) - 1) // 2
    return {
        (world, first, second): mean_gain(tried, "fulfilment", _id(first, world), _id(second, world), claims=claims)
        for world in worlds
        for first, second in combinations(policies, 2)
    }


def _regret(
    tried: Tried, pairs: Mapping[tuple[str, str, str], Interval], policies: Sequence[str], policy: str, world: str
) -> Interval:
    """The largest gain that another policy would bring; none below zero, since the policy itself is one of them."""
    gains = [_turned(pairs, world, policy, other) for other in policies if other != policy]
    none = Interval(0.0, 0.0, 0.0, tried.replications, tried.replications, LEVEL, "exact: the policy itself")
    return _largest([none, *gains])


def _turned(pairs: Mapping[tuple[str, str, str], Interval], world: str, policy: str, other: str) -> Interval:
    """How much more ``other`` fulfils than ``policy``."""
    if (world, policy, other) in pairs:
        return pairs[world, policy, other]
    of = pairs[world, other, policy]
    low, high = (None if bound is None else -bound for bound in (of.high, of.low))
    return Interval(None if of.value is None else -of.value, low, high, of.n, of.N, of.level, of.kind)


def _largest(found: Sequence[Interval]) -> Interval:
    """The largest of several quantities whose intervals hold at once: it lies between the largest of their bounds."""
    values = [each.value for each in found if each.value is not None]
    lows = [each.low for each in found if each.low is not None]
    highs = [each.high for each in found if each.high is not None]
    n, asked = min(each.n for each in found), found[0].N
    value = max(values) if values else None
    lacking = next((each.kind for each in found if each.low is None or each.high is None), None)
    if lacking is not None:
        return Interval(value, None, None, n, asked, LEVEL, lacking)
    kind = next((each.kind for each in found if not each.kind.startswith("exact")), found[-1].kind)
    return Interval(value, max(lows), max(highs), n, asked, LEVEL, kind)


def _satisfied(tried: Tried, policy: str, worlds: Sequence[str], enough: float) -> Interval:
    """Each future counts by the share of worlds in which it is satisfied; one with a failed run counts as failed."""
    values = np.array([tried.column(_id(policy, world), "fulfilment") for world in worlds])
    satisfied = np.where(np.isnan(values), np.nan, (values >= enough).astype(float)).mean(axis=0)
    return mean_share(satisfied, tried.stratified)


def robustness(
    policies: Sequence[str],
    worlds: Sequence[World],
    futures: Futures,
    enough: float = ENOUGH,
    progress: Progress | None = None,
) -> Finding:
    """Try every policy in every world and say what each is worth there.

    Raises
    ------
    TheirsError
        If a world does not have one of the policies.
    OursError
        If more runs fail than is put up with.
    """
    tried = futures.run(cases_of(policies, worlds), progress)
    found = robust(tried, policies, worlds, enough)
    scenario = worlds[0].scenario
    about: dict[str, Any] = {
        "scenario": scenario.id,
        "title": scenario.title,
        **futures.about(),
        "enough": enough,
        "failed": tried.failed(),
        "minimax": found.minimax(),
        "level": found.level_with_least(),
        "joint": list(scenario.joint),
        "titles": {
            "policies": {policy: scenario.policies[policy].title for policy in policies},
            "worlds": {world.id: world.title for world in worlds},
            "missions": {mission.id: mission.title for mission in scenario.missions.values()},
        },
    }
    return Finding(NAME, about, _grids(found))


def _grids(found: Robust) -> dict[str, Grid]:
    return {
        "cells": Grid(("policy", "world", "measure", *INTERVAL), tuple(_cells(found))),
        "policies": Grid(
            ("policy", "measure", *INTERVAL),
            tuple(
                (policy, measure, *cells(by_policy[policy]))
                for measure, by_policy in (
                    ("worst_regret", found.worst),
                    ("beyond_the_least", found.beyond),
                    ("satisficing_share", found.satisficing),
                )
                for policy in by_policy
            ),
        ),
    }


def _cells(found: Robust) -> Iterator[tuple[Any, ...]]:
    for (policy, world), interval in found.fulfilment.items():
        yield policy, world, "fulfilment", *cells(interval)
    for (policy, world), interval in found.regret.items():
        yield policy, world, "regret", *cells(interval)
    for (policy, world, measure), interval in found.chances.items():
        yield policy, world, measure, *cells(interval)
