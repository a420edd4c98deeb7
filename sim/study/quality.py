"""Quantity against quality: what the high tier's share of the money brings, counted and weighed by strength (R34).

The share runs over a grid, and so does λ, from the linear law to the square law; futures are the same everywhere. By
count λ changes nothing; by strength the preferred share may move with it, and where it does is the line of the map.

Why: "quantity before quality" is a statement about λ, and should be made as one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np

from sim.errors import TheirsError
from sim.rules.measures import strength_target
from sim.scenario.resolved import Scenario
from sim.store.finding import Finding, Grid
from sim.study.asked import policy_asked
from sim.study.cases import Case
from sim.study.gain import mean_share, paired_mean
from sim.study.plan import Progress
from sim.study.statistics import Interval
from sim.study.trial import INTERVAL, Futures, Reals, Tried, cells
from sim.study.variants import has_both_tiers, with_high_share, with_policies

NAME: Final = "quality"
SHARES: Final = (0, 2_000, 4_000, 6_000, 8_000, 10_000)
LAMBDAS: Final = (10_000, 12_500, 15_000, 17_500, 20_000)
"""Basis points."""


class Preferred(NamedTuple):
    """The share that is strongest at one λ."""

    strength_lambda: int
    share: int
    level: tuple[int, ...]
    """Other shares that cannot be told from it."""


def cases_of(scenario: Scenario, policy: str, shares: Sequence[int], lambdas: Sequence[int]) -> list[Case]:
    """The policy with each share, measured with each λ. Raises TheirsError if no mission of it has both tiers."""
    spec = policy_asked(scenario, policy)
    if not any(has_both_tiers(rule.levers) for rule in spec.missions):
        raise TheirsError(
            f"policy {policy}: found no mission with offers of both tiers; expected one, or the share of the high tier"
            " changes nothing. Name another policy with --policy."
        )
    worlds = [
        (share, by, replace(with_policies(scenario, [with_high_share(spec, share)]), strength_lambda=by))
        for share in shares
        for by in lambdas
    ]
    return [Case(_id(share, by), world, policy) for share, by, world in worlds]


def _id(share: int, strength_lambda: int) -> str:
    return f"{share}@{strength_lambda}"


def by_strength(tried: Tried, scenario: Scenario, share: int, strength_lambda: int) -> Reals:
    """Weighted fulfilment by strength, future by future: the mean of min(1, S ÷ target^λ) over the missions."""
    case = _id(share, strength_lambda)
    total = np.zeros(tried.replications)
    for mission in scenario.missions.values():
        targets = tried.column(case, f"target/{mission.id}")
        wanted = np.array([strength_target(int(each), strength_lambda) if each == each else np.nan for each in targets])
        with np.errstate(divide="ignore", invalid="ignore"):
            reached = tried.column(case, f"strength/{mission.id}") / wanted
        total += mission.weight * np.where(wanted == 0, 1.0, np.minimum(1.0, reached))
    return total / sum(mission.weight for mission in scenario.missions.values())


def preferred(
    tried: Tried, scenario: Scenario, shares: Sequence[int], lambdas: Sequence[int]
) -> tuple[list[Preferred], dict[tuple[int, int], Interval]]:
    """The strongest share at each λ, and what every other has less: (share, λ) -> the difference to the strongest.

    All differences hold at once over the map.
    """
    found, behind = [], {}
    claims = len(lambdas) * (len(shares) - 1)
    for by in lambdas:
        values = {share: by_strength(tried, scenario, share, by) for share in shares}
        best = max(shares, key=lambda share: _mean(values[share]))
        level = []
        for share in shares:
            if share == best:
                continue
            less = paired_mean(values[share] - values[best], tried.stratified, claims, (0.0, 1.0))
            behind[share, by] = less
            if less.high is None or less.high >= 0:
                level.append(share)
        found.append(Preferred(by, best, tuple(level)))
    return found, behind


def _mean(values: Reals) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else -1.0


def changes(found: Sequence[Preferred]) -> list[tuple[float, int, int]]:
    """Where the preferred share changes: (λ between two of the grid, share below it, share above it).

    >>> changes([Preferred(10_000, 8_000, ()), Preferred(12_500, 8_000, ()), Preferred(15_000, 0, ())])
    [(1.375, 8000, 0)]
    """
    return [
        ((below.strength_lambda + above.strength_lambda) / 20_000, below.share, above.share)
        for below, above in pairwise(found)
        if below.share != above.share
    ]


def quality(
    scenario: Scenario,
    policy: str,
    futures: Futures,
    *,
    shares: Sequence[int] = SHARES,
    lambdas: Sequence[int] = LAMBDAS,
    progress: Progress | None = None,
) -> Finding:
    """The map of one policy.

    Raises
    ------
    TheirsError
        For a policy that does not exist or has nothing to choose between.
    OursError
        If more runs fail than is put up with.
    """
    tried = futures.run(cases_of(scenario, policy, shares, lambdas), progress)
    found, behind = preferred(tried, scenario, shares, lambdas)
    spec = scenario.policies[policy]
    said = {
        "scenario": scenario.id,
        "title": scenario.title,
        **futures.about(),
        "policy": policy,
        "failed": tried.failed(),
        "strength_lambda": scenario.strength_lambda,
        "missions": [rule.mission for rule in spec.missions if has_both_tiers(rule.levers)],
        "titles": {"policy": spec.title, "missions": {each.id: each.title for each in scenario.missions.values()}},
        "preferred": [[each.strength_lambda, each.share, list(each.level)] for each in found],
        "changes": changes(found),
    }
    rows = tuple(_rows(tried, scenario, shares, lambdas, behind))
    return Finding(NAME, said, {"map": Grid(("high_share_bp", "lambda_bp", "measure", *INTERVAL), rows)})


def _rows(
    tried: Tried,
    scenario: Scenario,
    shares: Sequence[int],
    lambdas: Sequence[int],
    behind: dict[tuple[int, int], Interval],
) -> Iterator[tuple[Any, ...]]:
    for share in shares:
        yield share, None, "fulfilment", *cells(tried.mean(_id(share, lambdas[0]), "fulfilment"))
        for by in lambdas:
            values = by_strength(tried, scenario, share, by)
            yield share, by, "strength", *cells(mean_share(values, tried.stratified))
            if (share, by) in behind:
                yield share, by, "behind_the_strongest", *cells(behind[share, by])
