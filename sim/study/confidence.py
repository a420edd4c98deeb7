"""Joint confidence: the chance that cost, day and quantity all hold together, and what a given chance costs.

Cost and day are taken from one and the same future. A future that never gets there has a day beyond every day, and a
price beyond every price.

Why: a plan with 70 % for its cost and 70 % for its date may have 50 % for both.

Source: NASA, *Cost Estimating Handbook* 4.0 (2015), appendix J: joint cost and schedule confidence level.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.errors import TheirsError
from sim.store import Study
from sim.store.finding import Finding, Grid
from sim.study.answer import Estimates
from sim.study.statistics import Interval
from sim.study.stored import Columns, about, columns_of, estimates_of, mission_rows, missions_asked, runs_of
from sim.study.trial import INTERVAL, cells

NAME: Final = "confidence"
WANTED: Final = 0.7
"""NASA's level for a budget."""
QUADRANTS: Final = ("both", "late", "dear", "neither")
"""Within cost and day; within cost alone; in time alone; not even one."""


class Scatter(NamedTuple):
    """Cost and day of each future that did not fail."""

    replications: NDArray[Any]
    cost_yen: NDArray[Any]
    day: NDArray[Any]
    """Horizon + 1: not by then."""


class Asked(NamedTuple):
    """What is to hold together."""

    policy: str
    missions: tuple[str, ...]
    quantity: int | None
    """Units in service, of the one mission; None: each mission's own target."""
    day: int
    cost_yen: int | None
    wanted: float


class Step(NamedTuple):
    """A corner of the line of equal confidence: with this day, no less money has the wanted chance."""

    day: int
    cost_yen: int


def scatter_of(study: Study, asked: Asked) -> Scatter:
    """Cost and day, future by future.

    The day is the first on which every mission asked about has reached its own target; for a quantity, the first month
    end with so many in service.
    """
    runs = runs_of(study, asked.policy, ("replication", "cost"))
    days = [_days(study, asked, mission) for mission in asked.missions]
    return Scatter(runs["replication"], runs["cost"], np.max(days, axis=0))


def _days(study: Study, asked: Asked, mission: str) -> NDArray[Any]:
    if asked.quantity is None:
        return mission_rows(study, asked.policy, mission, ("reached_day",))["reached_day"]
    months = columns_of(study, "monthly", asked.policy, ("replication", "mission", "month", "deployed"))
    return _first_month_ends(study, months, mission, asked.quantity)


def _first_month_ends(study: Study, months: Columns, mission: str, quantity: int) -> NDArray[Any]:
    clock = study.scenario.clock
    ends = np.array([*clock.calendar.month_ends(0, clock.horizon_day), clock.horizon_day + 1])
    own = months["mission"] == mission
    never = len(ends) - 1
    found: dict[int, int] = dict.fromkeys(np.unique(months["replication"][own]).tolist(), never)
    enough = own & (months["deployed"] >= quantity)
    for replication, month in zip(months["replication"][enough], months["month"][enough], strict=True):
        found[int(replication)] = min(found[int(replication)], int(month))
    return np.array([ends[found[replication]] for replication in sorted(found)], np.int64)


def quadrants(scatter: Scatter, estimates: Estimates, day: int, cost_yen: float) -> dict[str, Interval]:
    """The chance of each quadrant about a day and a cost."""
    cheap, in_time = scatter.cost_yen <= cost_yen, scatter.day <= day
    held = (cheap & in_time, cheap & ~in_time, ~cheap & in_time, ~cheap & ~in_time)
    return {
        name: estimates.chance(dict(zip(scatter.replications.tolist(), which.tolist(), strict=True)))
        for name, which in zip(QUADRANTS, held, strict=True)
    }


def price_of(scatter: Scatter, estimates: Estimates, day: int, wanted: float) -> Interval:
    """The least sum that has the wanted chance to cover the cost and to be in time; None: no sum has.

    It is the quantile of a cost that is beyond all sums where the day is missed, with that quantile's interval.
    """
    priced = np.where(scatter.day <= day, scatter.cost_yen.astype(float), np.inf)
    found = estimates.quantile(priced.tolist(), wanted)
    value, low, high = (_finite(each) for each in (found.value, found.low, found.high))
    kind = found.kind if value is not None else "none: no sum has this chance"
    return Interval(value, low if value is not None else None, high, found.n, found.N, found.level, kind)


def _finite(number: float | None) -> float | None:
    return None if number is None or not np.isfinite(number) else float(number)


def iso_line(scatter: Scatter, asked: int, wanted: float, last_day: int) -> list[Step]:
    """The line on which cost and day together have the wanted chance among all futures asked for, up to a day.

    >>> three = Scatter(np.arange(3), np.array([30, 10, 20]), np.array([5, 7, 6]))
    >>> [tuple(map(int, step)) for step in iso_line(three, 3, 0.6, 9)]
    [(6, 30), (7, 20)]
    """
    need = int(np.ceil(wanted * asked - 1e-9))
    steps: list[Step] = []
    order = np.argsort(scatter.day, kind="stable")
    days, costs = scatter.day[order], scatter.cost_yen[order]
    for place, day in enumerate(days):
        last_of_day = place + 1 == len(days) or days[place + 1] != day
        if day > last_day:
            break
        if not last_of_day or place + 1 < need:
            continue
        cost = int(np.partition(costs[: place + 1], need - 1)[need - 1])
        if not steps or cost < steps[-1].cost_yen:
            steps.append(Step(int(day), cost))
    return steps


def asked_of(
    study: Study,
    policy: str,
    missions: Sequence[str],
    *,
    quantity: int | None,
    day: int | None,
    cost_yen: int | None,
    wanted: float,
) -> Asked:
    """What is asked, with what was left open filled in: the joint list (or all missions), and the deadline.

    Raises TheirsError for what the study does not have, or a quantity of several missions.
    """
    scenario = study.scenario
    names = missions_asked(study, missions) if missions else (scenario.joint or tuple(scenario.missions))
    if quantity is not None and len(names) != 1:
        raise TheirsError(f"quantity: found {quantity} for {len(names)} missions; expected one, named with --mission.")
    if not 0 < wanted < 1:
        raise TheirsError(f"wanted chance: found {wanted}; expected a share between 0 and 1, such as 0.7.")
    return Asked(policy, names, quantity, scenario.clock.deadline_day if day is None else day, cost_yen, wanted)


def joint_confidence(study: Study, asked: Asked) -> Finding:
    """What a stored study says of cost, day and quantity together."""
    scatter, estimates = scatter_of(study, asked), estimates_of(study)
    price = price_of(scatter, estimates, asked.day, asked.wanted)
    cost = asked.cost_yen
    if cost is None:
        cost = int(price.value if price.value is not None else np.median(scatter.cost_yen))
    found = quadrants(scatter, estimates, asked.day, cost)
    said = {
        **about(study),
        "policy": asked.policy,
        "missions": list(asked.missions),
        "quantity": asked.quantity,
        "day": asked.day,
        "cost_yen": cost,
        "cost_was_given": asked.cost_yen is not None,
        "wanted": asked.wanted,
        "horizon_day": study.scenario.clock.horizon_day,
        "start": study.scenario.clock.calendar.start.isoformat(),
    }
    line = iso_line(scatter, study.replications, asked.wanted, study.scenario.clock.horizon_day)
    chances = [(name, *cells(interval)) for name, interval in found.items()]
    grids = {
        "chances": Grid(("quadrant", *INTERVAL), tuple(chances)),
        "price": Grid(("wanted", "day", *INTERVAL), ((asked.wanted, asked.day, *cells(price)),)),
        "line": Grid(("day", "cost_yen"), tuple(map(tuple, line))),
        "futures": Grid(
            ("replication", "cost_yen", "day"),
            tuple(tuple(int(cell) for cell in row) for row in zip(*scatter, strict=True)),
        ),
    }
    return Finding(NAME, said, grids)
