"""What home production came to over the runs: deliveries by leg, rates, costs along the curve, parts, waits, flows.

Months without a row are months of nothing and count as such; every mean is over the runs that did not fail.

Why: the second leg of the policy is judged by what it delivers beside the first, and by what held it back.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.scenario.resolved import Scenario

Columns = Mapping[str, NDArray[Any]]
"""Column -> one value a row of one policy's part of a table."""

RATE_MONTHS: Final = 3
"""A monthly rate is the mean of so many months up to it."""
STATES: Final = ("opening_days", "parts_days", "building_days", "idle_days")


class Deliveries(NamedTuple):
    """Units that have entered service by each month's end, by leg."""

    abroad: NDArray[np.float64]
    home: NDArray[np.float64]
    """Means over the runs, a value a month."""
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    """P10 and P90 of both legs together."""


def home_offers(scenario: Scenario) -> tuple[str, ...]:
    """Offers that a home line makes."""
    return tuple(id for id, offer in scenario.offers.items() if offer.line is not None)


def months_of(scenario: Scenario) -> int:
    """Months the clock enters."""
    return scenario.clock.calendar.month_index(scenario.clock.horizon_day) + 1


def deliveries(found: Columns, scenario: Scenario, runs: NDArray[Any], missions: Collection[str]) -> Deliveries:
    """Deliveries of some missions, both legs.

    Parameters
    ----------
    found
        Columns ``replication``, ``offer``, ``month``, ``deployed`` of the table ``deliveries``.
    runs
        Numbers of the replications that did not fail.
    """
    home = set(home_offers(scenario))
    wanted = {id for id, offer in scenario.offers.items() if scenario.products[offer.product].mission in missions}
    legs = []
    for at_home in (False, True):
        rows = np.array([id in wanted and (id in home) == at_home for id in found["offer"]], bool)
        legs.append(_monthly(found, "deployed", rows, runs, months_of(scenario)).cumsum(axis=1))
    both = legs[0] + legs[1]
    low, high = np.quantile(both, (0.1, 0.9), axis=0, method="inverted_cdf")
    return Deliveries(legs[0].mean(axis=0), legs[1].mean(axis=0), low, high)


class Rates(NamedTuple):
    """Units a month, each the mean of three months."""

    quantiles: NDArray[np.float64]
    """P10, P25, P50, P75, P90 by month, 5 × months."""
    mean: NDArray[np.float64]
    promised: NDArray[np.float64]
    """Mean of what the firms promised when their lines were ordered."""
    kept: NDArray[np.float64]
    """Mean of what the lines made that something was promised of."""


def rates(found: Columns, scenario: Scenario, runs: NDArray[Any], offers: Collection[str]) -> Rates:
    """Monthly output of some home lines together, achieved and promised; columns of the table ``lines``."""
    rows = np.array([id in offers for id in found["offer"]], bool)
    months = months_of(scenario)
    made, kept = (
        _smoothed(_monthly(found, "built", which, runs, months) + _monthly(found, "exported", which, runs, months))
        for which in (rows, rows & _of_promised_lines(found))
    )
    promised = _smoothed(_monthly(found, "promised", rows, runs, months))
    quantiles = np.quantile(made, (0.1, 0.25, 0.5, 0.75, 0.9), axis=0)
    return Rates(quantiles, made.mean(axis=0), promised.mean(axis=0), kept.mean(axis=0))


def _of_promised_lines(found: Columns) -> NDArray[np.bool_]:
    """Rows of lines that anything was promised of in the same run; of one that stood from the start nothing was."""
    lines = list(zip(found["replication"], found["offer"], strict=True))
    promised = {line for line, units in zip(lines, found["promised"], strict=True) if units}
    return np.array([line in promised for line in lines], bool)


class CostStep(NamedTuple):
    """Lots of one stretch of the learning curve: units from ``first`` to ``last`` of a line's count."""

    first: int
    last: int
    units: int
    labour: float
    overhead: float
    parts: float
    """Mean yen a unit, over all units of the stretch in all runs."""


def cost_steps(found: Columns, offer: str) -> tuple[CostStep, ...]:
    """What a unit cost along the curve: stretches that double, from the first unit on.

    A month's units count in the stretch in which the first of them lies.
    """
    own = np.flatnonzero(found["offer"] == offer)
    order = own[np.lexsort((found["month"][own], found["replication"][own]))]
    made = (found["built"] + found["exported"])[order].astype(np.int64)
    replications = found["replication"][order]
    before = np.zeros(len(order), np.int64)
    for place in range(1, len(order)):
        if replications[place] == replications[place - 1]:
            before[place] = before[place - 1] + made[place - 1]
    steps, first = [], 1
    while first <= (before.max() + 1 if len(before) else 0):
        last = 2 * first - 1
        inside = (before + 1 >= first) & (before + 1 <= last) & (made > 0)
        units = int(made[inside].sum())
        if units:
            costs = [float(found[name][order][inside].sum()) / units for name in _COSTS]
            steps.append(CostStep(first, last, units, *costs))
        first = last + 1
    return tuple(steps)


_COSTS: Final = ("labour_yen", "overhead_yen", "parts_yen")


def parts_by_origin(found: Columns, runs: int) -> dict[tuple[str, str], float]:
    """(Family, origin) -> mean yen of parts used; columns of the table ``parts``."""
    sums: dict[tuple[str, str], float] = {}
    for family, origin, yen in zip(found["family"], found["origin"], found["yen"], strict=True):
        sums[family, origin] = sums.get((family, origin), 0.0) + float(yen)
    return {key: yen / runs for key, yen in sorted(sums.items())}


def waits(found: Columns, scenario: Scenario, runs: NDArray[Any], offer: str) -> dict[str, NDArray[np.float64]]:
    """What a line did with its days: state -> mean days of each month; a line not ordered has none."""
    rows = np.array([id == offer for id in found["offer"]], bool)
    months = months_of(scenario)
    return {state: _monthly(found, state, rows, runs, months).mean(axis=0) for state in STATES}


class Flow(NamedTuple):
    """What went from one supplier or firm to one mission: means over the runs."""

    supplier: str
    mission: str
    at_home: bool
    signed: float
    deployed_due: float
    yen: float


def flows(found: Columns, scenario: Scenario, runs: int) -> tuple[Flow, ...]:
    """Flows from suppliers and firms to missions, largest sums of money first; columns of the table ``offers``."""
    sums: dict[tuple[str, str], list[float]] = {}
    for place, offer in enumerate(found["offer"]):
        key = scenario.offers[offer].supplier, str(found["mission"][place])
        held = sums.setdefault(key, [0.0, 0.0, 0.0])
        for column, name in enumerate(("signed", "deployed_due", "cost")):
            held[column] += float(found[name][place])
    made = [
        Flow(supplier, mission, supplier in scenario.firms, *(value / runs for value in values))
        for (supplier, mission), values in sums.items()
    ]
    return tuple(sorted(made, key=lambda flow: (-flow.yen, flow.supplier, flow.mission)))


def _monthly(found: Columns, column: str, rows: NDArray[Any], runs: NDArray[Any], months: int) -> NDArray[np.float64]:
    """A column summed by run and month, runs × months; what has no row is zero."""
    places = {int(number): place for place, number in enumerate(runs)}
    table = np.zeros((len(runs), months))
    where = np.array([places[int(number)] for number in found["replication"][rows]], np.int64)
    np.add.at(table, (where, found["month"][rows].astype(np.int64)), found[column][rows].astype(np.float64))
    return table


def _smoothed(table: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each month's mean over the months up to it, ``RATE_MONTHS`` of them or as many as there are."""
    sums = np.cumsum(np.pad(table, ((0, 0), (RATE_MONTHS, 0))), axis=1)
    counts = np.minimum(np.arange(1, table.shape[1] + 1), RATE_MONTHS)
    smooth: NDArray[np.float64] = (sums[:, RATE_MONTHS:] - sums[:, :-RATE_MONTHS]) / counts
    return smooth


def offers_of(scenario: Scenario, firm: str) -> Sequence[str]:
    """Offers of one firm's lines."""
    return [id for id, offer in scenario.offers.items() if offer.line is not None and offer.line.firm == firm]
