"""Home columns: what home lines came to in each run of a frame of cases; asked for, since few analyses need them.

A run without a row of an offer delivered none of it, and a line without a month was never ordered: the day of what did
not happen by the horizon is the day after it, as it is for a target that is not reached.

Why: the ramp is to be compared case by case on the same futures, as fulfilment is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.scenario.resolved import Scenario
from sim.store.columns import known, numbers_of
from sim.store.tables import DONE, LINES, OFFERS, RUNS
from sim.study.home import home_offers
from sim.study.plan import Case

READ_AT_HOME: Final = (OFFERS.name, LINES.name)
"""Tables beside ``runs`` that the columns are made of."""
OF_A_RUN: Final = ("home_rate", "home_rate_later")
"""Columns of the table ``runs`` (R36)."""
AFTER_OPENING: Final = ("building_days", "parts_days", "idle_days")
_OF_A_LINE: Final = ("units", "units_later", "order_day", "open_day", *AFTER_OPENING)

Columns = dict[str, NDArray[Any]]


def home_columns(cases: Sequence[Case], rows: int) -> Columns:
    """Columns of so many runs, unknown yet.

    ``home_rate`` and ``home_rate_later`` (R36); ``home_units``, delivered by the missions' due days on home offers; and
    of each home offer ``units/<o>`` (of these), ``units_later/<o>`` (by the horizon), ``order_day/<o>`` and
    ``open_day/<o>`` (days on which its line was ordered, and ready to build; 0 and on for one that runs at the start),
    ``building_days/<o>``, ``parts_days/<o>`` and ``idle_days/<o>`` (what its line did from there to the end of the
    deadline's month).
    """
    offers = dict.fromkeys(offer for case in cases for offer in home_offers(case.scenario))
    names = (*OF_A_RUN, "home_units", *(f"{name}/{offer}" for offer in offers for name in _OF_A_LINE))
    return {name: np.full(rows, np.nan) for name in names}


def enter_at_home(
    columns: Columns, name: str, rows: pa.Table, places: NDArray[Any], scenarios: Mapping[str, Scenario]
) -> None:
    """Enter rows of one case, with the place of each one's run, from ``runs`` or a table of ``READ_AT_HOME``.

    Of the same runs those of ``runs`` come first.
    """
    scenario = scenarios[rows["policy"][0].as_py()]
    if name == RUNS.name:
        _enter_runs(columns, rows, places, scenario)
    elif name == OFFERS.name:
        _enter_offers(columns, rows, places, scenario)
    else:
        _enter_lines(columns, rows, places, scenario)


def _enter_runs(columns: Columns, rows: pa.Table, places: NDArray[Any], scenario: Scenario) -> None:
    """Of runs that are done nothing is delivered and no line is ordered, until a row says otherwise."""
    for measure in OF_A_RUN:
        columns[measure][places] = np.where(known(rows[measure]), numbers_of(rows[measure]), np.nan)
    done = places[np.array([status == DONE for status in rows["status"].to_pylist()], bool)]
    columns["home_units"][done] = 0
    for offer in home_offers(scenario):
        for name in _OF_A_LINE:
            never = scenario.clock.horizon_day + 1 if name in ("order_day", "open_day") else 0
            columns[f"{name}/{offer}"][done] = never


def _enter_offers(columns: Columns, rows: pa.Table, places: NDArray[Any], scenario: Scenario) -> None:
    """What entered service."""
    of_row = np.array(rows["offer"].to_pylist(), object)
    by_due, by_horizon = numbers_of(rows["deployed_due"]), numbers_of(rows["deployed"])
    for offer in home_offers(scenario):
        own = of_row == offer
        np.add.at(columns["home_units"], places[own], by_due[own])
        np.add.at(columns[f"units/{offer}"], places[own], by_due[own])
        np.add.at(columns[f"units_later/{offer}"], places[own], by_horizon[own])


def _enter_lines(columns: Columns, rows: pa.Table, places: NDArray[Any], scenario: Scenario) -> None:
    """What lines did. A line's months reach from the day it was ordered to the horizon: its days tell when that was."""
    clock = scenario.clock
    in_time = numbers_of(rows["month"]) <= clock.calendar.month_index(clock.deadline_day)
    of_row = np.array(rows["offer"].to_pylist(), object)
    opening = numbers_of(rows["opening_days"])
    after = {name: numbers_of(rows[name]) for name in AFTER_OPENING}
    open_days = sum(after.values(), np.zeros(len(of_row), np.int64))
    for offer in home_offers(scenario):
        own = of_row == offer
        np.subtract.at(columns[f"open_day/{offer}"], places[own], open_days[own])
        np.subtract.at(columns[f"order_day/{offer}"], places[own], (opening + open_days)[own])
        for name, days in after.items():
            np.add.at(columns[f"{name}/{offer}"], places[own & in_time], days[own & in_time])
