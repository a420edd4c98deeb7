"""What remains after the deadline: what is made at home, what it costs to run, how long stocks last (R36).

Everything is read from a stored study, policy by policy. How long stocks last is asked of a study that has a shock of
losses after the deadline; the count begins on that day.

Why: a plan that meets its date by leaning on abroad has bought a fleet and no industry.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.scenario.resolved import Scenario
from sim.store import Study
from sim.store.finding import Finding, Grid
from sim.study.answer import Estimates
from sim.study.gain import mean_share
from sim.study.statistics import Interval
from sim.study.stored import about, columns_of, estimates_of, runs_of
from sim.study.trial import INTERVAL, cells

NAME: Final = "aftermath"
FLOOR: Final = 0.5
"""Share of the eve's stock down to which it counts as lasting, unless told otherwise."""
OF_A_RUN: Final = (
    ("home_share", "share"),
    ("home_value_share", "share"),
    ("home_rate", "units a month"),
    ("home_rate_later", "units a month"),
    ("running_cost", "yen"),
)
"""Measures of the run as a whole (R35, R36), with their units."""
LEVELS: Final = (("p10", 0.1), ("p50", 0.5), ("p90", 0.9))


class Contingency(NamedTuple):
    """Losses that begin after the deadline."""

    day: int
    missions: tuple[str, ...]


def contingency_of(scenario: Scenario) -> Contingency | None:
    """First day of the scenario's loss shocks after the deadline, and the missions they strike; None: there is none."""
    shocks = [each for each in scenario.shocks if each.kind == "losses" and each.day > scenario.clock.deadline_day]
    if not shocks:
        return None
    struck = {scenario.products[product].mission for shock in shocks for product in shock.subjects}
    return Contingency(
        min(shock.day for shock in shocks), tuple(mission for mission in scenario.missions if mission in struck)
    )


def days_of_supply(
    ends: Sequence[int], stock: NDArray[Any], first_day: int, floor: float, horizon_day: int
) -> NDArray[Any]:
    """Days from the contingency's first day to the month end at which stock is below the floor.

    Parameters
    ----------
    ends
        Day of each month end.
    stock
        Units in service, a row a future and a column a month end.
    floor
        Share of what was in service at the last month end before the first day.

    Returns
    -------
    Days, one a future; ``horizon_day + 1 - first_day`` where it never falls so low; 0 where nothing was there.

    >>> stock = np.array([[10, 8, 4, 0], [10, 9, 8, 8], [0, 0, 0, 0]])
    >>> days_of_supply([29, 59, 89, 119], stock, 30, 0.5, 119).tolist()
    [60, 90, 0]
    """
    at = np.asarray(ends)
    eve = int(np.flatnonzero(at < first_day)[-1])
    later = stock[:, eve + 1 :]
    below = later < floor * stock[:, [eve]]
    never = horizon_day + 1 - first_day
    first_below = np.where(below.any(axis=1), at[eve + 1 :][below.argmax(axis=1)] + 1 - first_day, never)
    found: NDArray[Any] = np.where(stock[:, eve] == 0, 0, first_below)
    return found


def aftermath(study: Study, policies: Sequence[str], floor: float = FLOOR) -> Finding:
    """What each policy leaves behind.

    Parameters
    ----------
    floor
        Share of the stock on the contingency's eve below which it no longer counts as lasting.
    """
    scenario = study.scenario
    struck = contingency_of(scenario)
    rows = [row for policy in policies for row in _policy_rows(study, policy, floor, struck)]
    said = {
        **about(study),
        "policies": list(policies),
        "floor": floor,
        "contingency_day": None if struck is None else struck.day,
        "deadline_day": scenario.clock.deadline_day,
        "horizon_day": scenario.clock.horizon_day,
        "start": scenario.clock.calendar.start.isoformat(),
    }
    return Finding(NAME, said, {"left": Grid(("policy", "mission", "measure", "unit", *INTERVAL), tuple(rows))})


def _policy_rows(study: Study, policy: str, floor: float, struck: Contingency | None) -> Iterator[tuple[Any, ...]]:
    estimates = estimates_of(study)
    for measure, unit in OF_A_RUN:
        values, none = _of_runs(study, policy, measure)
        of_known = Estimates(study.replications - none, study.manifest["design"])
        for name, found in _spread(values, of_known):
            yield policy, "", f"{measure} {name}", unit, *cells(found)
    yield from _part_rows(study, policy)
    months = columns_of(study, "monthly", policy, ("replication", "mission", "month", "deployed"))
    ends = study.scenario.clock.calendar.month_ends(0, study.scenario.clock.horizon_day)
    for mission in study.scenario.missions:
        own = months["mission"] == mission
        stock = months["deployed"][own].reshape(-1, len(ends)) if own.any() else np.zeros((0, len(ends)), int)
        for name, found in _spread(stock[:, -1].tolist(), estimates):
            yield policy, mission, f"in_service_at_horizon {name}", "units", *cells(found)
        if struck is not None and mission in struck.missions:
            days = days_of_supply(ends, stock, struck.day, floor, study.scenario.clock.horizon_day)
            for name, found in _spread(days.tolist(), estimates):
                yield policy, mission, f"days_of_supply {name}", "days", *cells(found)


def _part_rows(study: Study, policy: str) -> Iterator[tuple[Any, ...]]:
    """Each origin's share of the value of the parts that went into home lots, over the runs that built any."""
    parts = columns_of(study, "parts", policy, ("replication", "origin", "yen"))
    total: dict[int, int] = {}
    of: dict[str, dict[int, int]] = {}
    for replication, origin, yen in zip(*(column.tolist() for column in parts.values()), strict=True):
        total[replication] = total.get(replication, 0) + yen
        by_run = of.setdefault(origin, {})
        by_run[replication] = by_run.get(replication, 0) + yen
    worth = [replication for replication, yen in total.items() if yen]
    for origin in sorted(of):
        shares = np.array([of[origin].get(replication, 0) / total[replication] for replication in worth])
        found = mean_share(shares, stratified=study.manifest["design"] != "independent")
        yield policy, "", f"parts_from {origin}", "share", *cells(found)


def _of_runs(study: Study, policy: str, measure: str) -> tuple[list[float], int]:
    """A measure of the runs that have one, and how many did not fail and have none."""
    values = runs_of(study, policy, (measure,))[measure].astype(float)
    return values[~np.isnan(values)].tolist(), int(np.isnan(values).sum())


def _spread(values: Sequence[float], estimates: Estimates) -> Iterator[tuple[str, Interval]]:
    for name, p in LEVELS:
        yield name, estimates.quantile(values, p)
