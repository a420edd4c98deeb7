"""Slopes: what a little more buys, line by line and lever by lever, in five steps on the same futures.

Each future has its own slope over the steps, and the interval is over futures: orders are lumpy, so that one step alone
may buy nothing, or a whole lot. What a lever costs is measured, and its slope told per billion yen spent. Of a lever
that stands at the most it may be, the five steps go down, and the slope is what the last of it buys.

Why: money should be moved to where the next billion buys most, and that is not where most of it lies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sim.scenario.resolved import Scenario
from sim.store.finding import Finding, Grid
from sim.study.cases import Case
from sim.study.gain import mean_gain
from sim.study.handles import AS_IT_IS, STEP_YEN, Handle, handles_of, money_years
from sim.study.home import home_offers
from sim.study.plan import Progress
from sim.study.ramp import LINE_COLUMNS, line_rows, ramps_of
from sim.study.statistics import Interval
from sim.study.steepness import per_billion, steep
from sim.study.trial import INTERVAL, Futures, Tried, cells

NAME: Final = "slopes"


def cases_of(scenario: Scenario, policy: str, handles: Sequence[Handle]) -> list[Case]:
    """The policy as it is, and each handle turned one step after the other."""
    turned = [
        Case(handle.case(place), handle.turned(place), policy) for handle in handles for place in handle.ladder if place
    ]
    return [Case(AS_IT_IS, scenario, policy), *turned]


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
    return Slope(
        handle,
        steep(tried, handle, "fulfilment", claims, (0.0, 1.0)),
        steep(tried, handle, "cost"),
        per_billion(tried, handle, "fulfilment", claims),
    )


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
    at_home = bool(home_offers(scenario))
    tried = futures.run(cases_of(scenario, policy, handles), progress, at_home=at_home)
    ramps = ramps_of(tried, handles, scenario) if at_home else {}
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
        "slopes": Grid(("handle", "subject", "step", "down", "measure", *INTERVAL), tuple(_slope_rows(found, ramps))),
        "steps": Grid(("handle", "subject", "more", "measure", *INTERVAL), tuple(_step_rows(tried, handles, at_home))),
        "lines": Grid(LINE_COLUMNS, tuple(line_rows(tried, handles, scenario))),
    }
    return Finding(NAME, said, grids)


def _slope_rows(found: Sequence[Slope], ramps: Mapping[str, Mapping[str, Interval]]) -> Iterator[tuple[Any, ...]]:
    for each in found:
        of = each.handle.kind, each.handle.subject, each.handle.step, each.handle.down
        yield *of, "fulfilment_a_step", *cells(each.fulfilment)
        yield *of, "cost_yen_a_step", *cells(each.cost)
        yield *of, "fulfilment_per_billion_spent", *cells(each.per_billion)
        for measure, interval in ramps.get(each.handle.id, {}).items():
            yield *of, measure, *cells(interval)


def _step_rows(tried: Tried, handles: Sequence[Handle], at_home: bool) -> Iterator[tuple[Any, ...]]:
    for handle in handles:
        for place in (place for place in handle.ladder if place):
            of = handle.kind, handle.subject, place * handle.step
            case = handle.case(place)
            yield *of, "fulfilment", *cells(mean_gain(tried, "fulfilment", AS_IT_IS, case))
            yield *of, "cost_yen", *cells(mean_gain(tried, "cost", AS_IT_IS, case, unit=None))
            if at_home:
                yield *of, "home_units", *cells(mean_gain(tried, "home_units", AS_IT_IS, case, unit=None))
