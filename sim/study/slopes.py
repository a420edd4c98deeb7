"""Slopes: what a little more buys, line by line and lever by lever, in five steps on the same futures.

Each future has its own slope over the steps, and the interval is over futures: orders are lumpy, so that one step alone
may buy nothing, or a whole lot. What a lever costs is measured, and its slope told per billion yen spent. Of a lever
that stands at the most it may be, the five steps go down, and the slope is what the last of it buys.

Why: money should be moved to where the next billion buys most, and that is not where most of it lies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import sqrt
from typing import Any, Final, NamedTuple

import numpy as np
from scipy.special import stdtrit

from sim.scenario.resolved import Scenario
from sim.store.finding import Finding, Grid
from sim.study.cases import Case
from sim.study.gain import mean_gain, paired_mean
from sim.study.handles import STEP_YEN, Handle, handles_of, money_years
from sim.study.plan import Progress
from sim.study.statistics import LEVEL, NEVER_VARIED, Interval, no_interval
from sim.study.statistics.family import bonferroni
from sim.study.statistics.pairs import no_difference
from sim.study.trial import INTERVAL, Futures, Reals, Tried, cells

NAME: Final = "slopes"
BILLION: Final = 1e9
AS_IT_IS: Final = "as_it_is"


def cases_of(scenario: Scenario, policy: str, handles: Sequence[Handle]) -> list[Case]:
    """The policy as it is, and each handle turned one step after the other."""
    turned = [
        Case(_id(handle, step), handle.turned(step), policy) for handle in handles for step in handle.ladder if step
    ]
    return [Case(AS_IT_IS, scenario, policy), *turned]


def _id(handle: Handle, step: int) -> str:
    return AS_IT_IS if step == 0 else f"{handle.id}/{step}"


def slope(values: Sequence[Reals]) -> Reals:
    """Least-squares slope of a measure over its steps, the least of the handle first, future by future.

    >>> slope([np.array([0.0, 1.0]), np.array([0.5, 1.0]), np.array([1.0, 1.0])]).tolist()
    [0.5, 0.0]
    """
    steps = np.arange(len(values)) - (len(values) - 1) / 2
    gained = np.array(values) - values[0]  # where nothing is gained the slope is zero to the last bit
    total: Reals = np.tensordot(steps, gained, axes=1) / float(steps @ steps)
    return total


class Slope(NamedTuple):
    """What one step more of a handle does; of one that was turned down: the last step of it."""

    handle: Handle
    fulfilment: Interval
    """A step."""
    cost: Interval
    """Yen spent, a step."""
    per_billion: Interval
    """Fulfilment for each billion yen more that is spent."""


def slope_of(tried: Tried, handle: Handle, claims: int) -> Slope:
    """What a trial of ``cases_of`` says of one handle; fulfilment holds at once over all of them."""
    names = [_id(handle, step) for step in handle.ladder]
    if all(tried.same_ledgers(AS_IT_IS, name) for name in names):
        nothing = no_difference(tried.replications)
        unknown = no_interval(None, tried.replications, tried.replications, LEVEL, "nothing more is spent")
        return Slope(handle, nothing, nothing, unknown)
    fulfilment = slope([tried.column(name, "fulfilment") for name in names])
    cost = slope([tried.column(name, "cost") for name in names])
    return Slope(
        handle,
        paired_mean(fulfilment, tried.stratified, claims, (0.0, 1.0)),
        paired_mean(cost, tried.stratified),
        ratio(fulfilment * BILLION, cost, stratified=tried.stratified, claims=claims),
    )


def ratio(tops: Reals, bottoms: Reals, *, stratified: bool, claims: int = 1) -> Interval:
    """Ratio of two means over the same futures; no interval where the lower mean may be zero, or a run failed.

    Nor where all futures agree on both, or none gained anything: that claims nothing of others.

    Source: Fieller, Journal of the Royal Statistical Society B 16 (1954), 175-185.

    >>> found = ratio(np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0]), stratified=False)
    >>> found.value, found.kind
    (0.5, 'none: what is spent may not grow at all')
    """
    known = ~np.isnan(tops + bottoms)
    n, asked = int(known.sum()), len(tops)
    top, bottom = tops[known], bottoms[known]
    value = float(top.mean() / bottom.mean()) if n and bottom.mean() else None
    if stratified or n < asked or n < 2:
        reason = "stratified design" if stratified else "runs failed" if n < asked else "fewer than two runs"
        return no_interval(value, n, asked, LEVEL, reason)
    if value is not None and _constant(top) and (_constant(bottom) or top[0] == 0):
        return no_interval(value, n, asked, LEVEL, NEVER_VARIED)
    covariance = np.cov(top, bottom) / n
    t2 = float(stdtrit(n - 1, (1 + bonferroni(LEVEL, claims)) / 2)) ** 2
    a = float(bottom.mean()) ** 2 - t2 * float(covariance[1, 1])
    if a <= 0:
        return no_interval(value, n, asked, LEVEL, "what is spent may not grow at all")
    b = float(top.mean() * bottom.mean()) - t2 * float(covariance[0, 1])
    c = float(top.mean()) ** 2 - t2 * float(covariance[0, 0])
    root = sqrt(max(0.0, b * b - a * c))
    kind = "fieller" if claims == 1 else f"fieller, Bonferroni over {claims}"
    return Interval(value, (b - root) / a, (b + root) / a, n, asked, LEVEL, kind)


def _constant(values: Reals) -> bool:
    return float(values.min()) == float(values.max())


def slopes(
    scenario: Scenario,
    policy: str,
    futures: Futures,
    *,
    step_yen: int = STEP_YEN,
    only: Sequence[str] = (),
    progress: Progress | None = None,
) -> Finding:
    """What more money in each line, and more of each lever, buys; ``only``: of these handles or kinds of them.

    Raises
    ------
    TheirsError
        For a policy or handle that does not exist, or where no year's money is open any more.
    OursError
        If more runs fail than is put up with.
    """
    handles = handles_of(scenario, policy, step_yen, only)
    tried = futures.run(cases_of(scenario, policy, handles), progress)
    found = [slope_of(tried, handle, len(handles)) for handle in handles]
    said = {
        "scenario": scenario.id,
        "title": scenario.title,
        **futures.about(),
        "policy": policy,
        "failed": tried.failed(),
        "step_yen": step_yen,
        "years": list(money_years(scenario)),
        "titles": {
            "policy": scenario.policies[policy].title,
            "lines": {line.id: line.title for line in scenario.lines.values()},
            "missions": {mission.id: mission.title for mission in scenario.missions.values()},
            "offers": {offer.id: offer.title for offer in scenario.offers.values()},
        },
    }
    grids = {
        "slopes": Grid(("handle", "subject", "step", "down", "measure", *INTERVAL), tuple(_slope_rows(found))),
        "steps": Grid(("handle", "subject", "more", "measure", *INTERVAL), tuple(_step_rows(tried, handles))),
    }
    return Finding(NAME, said, grids)


def _slope_rows(found: Sequence[Slope]) -> Iterator[tuple[Any, ...]]:
    for each in found:
        of = each.handle.kind, each.handle.subject, each.handle.step, each.handle.down
        yield *of, "fulfilment_a_step", *cells(each.fulfilment)
        yield *of, "cost_yen_a_step", *cells(each.cost)
        yield *of, "fulfilment_per_billion_spent", *cells(each.per_billion)


def _step_rows(tried: Tried, handles: Sequence[Handle]) -> Iterator[tuple[Any, ...]]:
    for handle in handles:
        for step in (step for step in handle.ladder if step):
            of = handle.kind, handle.subject, step * handle.step
            yield *of, "fulfilment", *cells(mean_gain(tried, "fulfilment", AS_IT_IS, _id(handle, step)))
            yield *of, "cost_yen", *cells(mean_gain(tried, "cost", AS_IT_IS, _id(handle, step), unit=None))
