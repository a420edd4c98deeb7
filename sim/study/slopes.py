"""Slopes: what a little more buys, line by line and lever by lever, in five steps on the same futures.

Each future has its own slope over the steps, and the interval is over futures: orders are lumpy, so that one step alone
may buy nothing, or a whole lot. What a lever costs is measured, and its slope told per billion yen spent.

Why: money should be moved to where the next billion buys most, and that is not where most of it lies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from math import sqrt
from typing import Any, Final, NamedTuple

import numpy as np
from scipy.special import stdtrit

from sim.errors import TheirsError
from sim.scenario.resolved import PolicySpec, Scenario
from sim.store.finding import Finding, Grid
from sim.study.asked import policy_asked
from sim.study.cases import Case
from sim.study.gain import mean_gain, paired_mean
from sim.study.plan import Progress
from sim.study.statistics import LEVEL, Interval, no_interval
from sim.study.statistics.family import bonferroni
from sim.study.statistics.pairs import no_difference
from sim.study.trial import INTERVAL, Futures, Reals, Tried, cells
from sim.study.variants import (
    with_margin,
    with_money,
    with_policies,
    with_safety_stock,
    with_seats,
    with_subsidy,
    with_tooling,
)

NAME: Final = "slopes"
STEPS: Final = 5
STEP_YEN: Final = 2_000_000_000
"""More for a line in each fiscal year, a step, unless told otherwise."""
MARGIN_STEP: Final = 500
SEATS_STEP: Final = 1_000
"""Basis points a step, of the target and of the mission's own seats."""
SUBSIDY_STEP: Final = 1_000
STOCK_STEP: Final = 5_000
"""Basis points a step, of a line's capital and of a month's use of parts."""
BILLION: Final = 1e9
AS_IT_IS: Final = "as_it_is"


class Handle(NamedTuple):
    """Something of which there can be more."""

    id: str
    kind: str
    """``line``, ``margin``, ``seats``, ``subsidy``, ``tooling`` or ``stock``."""
    subject: str
    """The line, mission or offer; empty for the whole policy."""
    step: int
    """What one step adds: yen in all its years together, steps of tooling, or basis points."""
    turned: Callable[[int], Scenario]
    """The scenario with so many steps more, holding the one policy."""


def handles_of(scenario: Scenario, policy: str, step_yen: int) -> list[Handle]:
    """Every line that pays for a mission, the margin, course seats, and what the policy does for home production."""
    spec = policy_asked(scenario, policy)
    paying = {line for mission in scenario.missions.values() for line in mission.lines}
    lines = [_line(scenario, spec, line, step_yen) for line in scenario.lines if line in paying]
    levers = [_margin(scenario, spec)] if spec.missions else []
    seats = [_seats(scenario, spec, each.id) for each in scenario.missions.values() if each.crew is not None]
    return [*lines, *levers, *seats, *_at_home(scenario, spec)]


def money_years(scenario: Scenario) -> tuple[int, ...]:
    """Fiscal years whose 1 April lies after ``as_of`` and not after the deadline: money still to be decided on."""
    clock, calendar = scenario.clock, scenario.clock.calendar
    years = range(calendar.fiscal_year(clock.as_of_day), calendar.fiscal_year(clock.deadline_day) + 1)
    return tuple(year for year in years if calendar.fiscal_year_start(year) > clock.as_of_day)


def _line(scenario: Scenario, spec: PolicySpec, line: str, step_yen: int) -> Handle:
    years, alone = money_years(scenario), with_policies(scenario, [spec])
    if not years:
        raise TheirsError("no fiscal year begins between as_of and the deadline; expected one whose money is open.")
    return Handle(
        f"line:{line}",
        "line",
        line,
        step_yen * len(years),
        lambda steps: with_money(alone, line, steps * step_yen, years),
    )


def _margin(scenario: Scenario, spec: PolicySpec) -> Handle:
    return Handle(
        "margin", "margin", "", MARGIN_STEP,
        lambda steps: with_policies(scenario, [with_margin(spec, steps * MARGIN_STEP)]),
    )  # fmt: skip


def _seats(scenario: Scenario, spec: PolicySpec, mission: str) -> Handle:
    first = scenario.clock.as_of_day
    return Handle(
        f"seats:{mission}", "seats", mission, SEATS_STEP,
        lambda steps: with_policies(scenario, [with_seats(spec, mission, steps * SEATS_STEP, first)]),
    )  # fmt: skip


def _at_home(scenario: Scenario, spec: PolicySpec) -> Iterator[Handle]:
    """Each line's subsidy and tooling that the policy buys, and its stock of parts."""

    def of(change: Callable[[int], PolicySpec]) -> Callable[[int], Scenario]:
        return lambda steps: with_policies(scenario, [change(steps)])

    for offer in dict.fromkeys(each.offer for each in spec.home.subsidies):
        line = scenario.offers[offer].line
        assert line is not None, "only a home line is subsidised"
        turned = of(partial(_more_subsidy, spec, offer, line.most_subsidy))
        yield Handle(f"subsidy:{offer}", "subsidy", offer, SUBSIDY_STEP, turned)
    for offer in dict.fromkeys(each.offer for each in spec.home.tooling):
        yield Handle(f"tooling:{offer}", "tooling", offer, 1, of(partial(with_tooling, spec, offer)))
    if spec.home.safety_months:
        yield Handle("stock", "stock", "", STOCK_STEP, of(lambda steps: with_safety_stock(spec, steps * STOCK_STEP)))


def _more_subsidy(spec: PolicySpec, offer: str, most: int, steps: int) -> PolicySpec:
    return with_subsidy(spec, offer, steps * SUBSIDY_STEP, most)


def cases_of(scenario: Scenario, policy: str, handles: Sequence[Handle], steps: int = STEPS) -> list[Case]:
    """The policy as it is, and each handle turned one step after the other."""
    turned = [
        Case(_id(handle, step), handle.turned(step), policy) for handle in handles for step in range(1, steps + 1)
    ]
    return [Case(AS_IT_IS, scenario, policy), *turned]


def _id(handle: Handle, step: int) -> str:
    return AS_IT_IS if step == 0 else f"{handle.id}/{step}"


def slope(values: Sequence[Reals]) -> Reals:
    """Least-squares slope of a measure over its steps 0, 1, 2 …, future by future.

    >>> slope([np.array([0.0, 1.0]), np.array([0.5, 1.0]), np.array([1.0, 1.0])]).tolist()
    [0.5, 0.0]
    """
    steps = np.arange(len(values)) - (len(values) - 1) / 2
    gained = np.array(values) - values[0]  # where nothing is gained the slope is zero to the last bit
    total: Reals = np.tensordot(steps, gained, axes=1) / float(steps @ steps)
    return total


class Slope(NamedTuple):
    """What one step more of a handle does."""

    handle: Handle
    fulfilment: Interval
    """A step."""
    cost: Interval
    """Yen spent, a step."""
    per_billion: Interval
    """Fulfilment for each billion yen more that is spent."""


def slope_of(tried: Tried, handle: Handle, claims: int, steps: int = STEPS) -> Slope:
    """What a trial of ``cases_of`` says of one handle; fulfilment holds at once over all of them."""
    names = [_id(handle, step) for step in range(steps + 1)]
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


def slopes(
    scenario: Scenario,
    policy: str,
    futures: Futures,
    *,
    step_yen: int = STEP_YEN,
    progress: Progress | None = None,
) -> Finding:
    """What more money in each line, and more of each lever, buys.

    Raises
    ------
    TheirsError
        For a policy that does not exist, or where no year's money is open any more.
    OursError
        If more runs fail than is put up with.
    """
    handles = handles_of(scenario, policy, step_yen)
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
        "slopes": Grid(("handle", "subject", "step", "measure", *INTERVAL), tuple(_slope_rows(found))),
        "steps": Grid(("handle", "subject", "more", "measure", *INTERVAL), tuple(_step_rows(tried, handles))),
    }
    return Finding(NAME, said, grids)


def _slope_rows(found: Sequence[Slope]) -> Iterator[tuple[Any, ...]]:
    for each in found:
        of = each.handle.kind, each.handle.subject, each.handle.step
        yield *of, "fulfilment_a_step", *cells(each.fulfilment)
        yield *of, "cost_yen_a_step", *cells(each.cost)
        yield *of, "fulfilment_per_billion_spent", *cells(each.per_billion)


def _step_rows(tried: Tried, handles: Sequence[Handle]) -> Iterator[tuple[Any, ...]]:
    for handle in handles:
        for step in range(1, STEPS + 1):
            of = handle.kind, handle.subject, step * handle.step
            yield *of, "fulfilment", *cells(mean_gain(tried, "fulfilment", AS_IT_IS, _id(handle, step)))
            yield *of, "cost_yen", *cells(mean_gain(tried, "cost", AS_IT_IS, _id(handle, step), unit=None))
