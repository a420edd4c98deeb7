"""The ramp of home production under a handle: home units, home rate, and when its own firm enters and its line opens.

What does not happen by the horizon counts as happening the day after it, as a target does that is never reached.

Why: a subsidy is paid for a factory, and what it does to the factory shows before it shows in fulfilment, or never.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np

from sim.scenario.resolved import Scenario
from sim.study.handles import AS_IT_IS, Handle
from sim.study.home_columns import AFTER_OPENING
from sim.study.statistics import Interval
from sim.study.steepness import per_billion, steep
from sim.study.trial import Reals, Tried

MONTHS_LATER: Final = 12
LINE_COLUMNS: Final = (
    "handle", "subject", "down", "runs_at_start", "ordered", "ordered_turned", "opened", "opened_turned", "in_time",
    "unmoved", "due_differs", "later_differs", "opening_days", *AFTER_OPENING, "n", "N",
)  # fmt: skip
"""Of the table ``lines``: in how many futures it is so, as it is and turned as far as it goes; and means of days, from
order to opening where it opens, and of what it does then up to the end of the deadline's month."""


def ramps_of(tried: Tried, handles: Sequence[Handle], scenario: Scenario) -> Mapping[str, Mapping[str, Interval]]:
    """Handle -> measure -> what a step more of it does.

    ``home_units`` are those delivered by the missions' due days, ``home_rate`` is that of R36. Handles with a line of
    their own have its units by the due day and by the horizon, and how many days earlier the firm enters (its first
    contract is signed) and the line is ready to build. Each measure holds at once over all handles that have it.
    """
    own = [handle for handle in handles if handle.home_offer is not None]
    return {
        handle.id: {**_of_all_lines(tried, handle, scenario, len(handles)), **_of_its_own(tried, handle, scenario, own)}
        for handle in handles
    }


def _of_all_lines(tried: Tried, handle: Handle, scenario: Scenario, claims: int) -> dict[str, Interval]:
    found = {
        "home_units_a_step": steep(tried, handle, "home_units", claims),
        "home_units_per_billion_spent": per_billion(tried, handle, "home_units", claims),
        "home_rate_a_step": steep(tried, handle, "home_rate", claims),
    }
    clock = scenario.clock
    last, later = (clock.calendar.month_index(day) for day in (clock.horizon_day, clock.deadline_day))
    if later + MONTHS_LATER <= last:
        found["home_rate_later_a_step"] = steep(tried, handle, "home_rate_later", claims)
    return found


def _of_its_own(tried: Tried, handle: Handle, scenario: Scenario, own: Sequence[Handle]) -> dict[str, Interval]:
    offer = handle.home_offer
    if offer is None:
        return {}
    found = {
        "own_units_a_step": steep(tried, handle, f"units/{offer}", len(own)),
        "own_units_later_a_step": steep(tried, handle, f"units_later/{offer}", len(own)),
    }
    if not _runs_at_start(scenario, offer):
        opening = [each for each in own if each.home_offer and not _runs_at_start(scenario, each.home_offer)]
        found["entry_earlier_a_step"] = steep(tried, handle, f"order_day/{offer}", len(opening), sign=-1)
        found["days_earlier_a_step"] = steep(tried, handle, f"open_day/{offer}", len(opening), sign=-1)
        found["days_earlier_per_billion_spent"] = per_billion(tried, handle, f"open_day/{offer}", len(opening), sign=-1)
    return found


def _runs_at_start(scenario: Scenario, offer: str) -> bool:
    line = scenario.offers[offer].line
    return line is not None and line.runs_at_start


def line_rows(tried: Tried, handles: Sequence[Handle], scenario: Scenario) -> Iterator[tuple[Any, ...]]:
    """Rows of ``LINE_COLUMNS``: what each handle's own line did as it is, and turned as far as it goes."""
    never = scenario.clock.horizon_day + 1
    for handle in handles:
        offer = handle.home_offer
        if offer is None:
            continue
        turned = handle.case(handle.ladder[0] or handle.ladder[-1])

        def both(name: str, offer: str = offer, turned: str = turned) -> tuple[Reals, Reals]:
            first, second = (tried.column(case, f"{name}/{offer}") for case in (AS_IT_IS, turned))
            done = ~np.isnan(first + second)
            return first[done], second[done]

        ordered, opened = both("order_day"), both("open_day")
        units, later = both("units"), both("units_later")
        opens = opened[0] < never
        yield (
            handle.kind, offer, handle.down, _runs_at_start(scenario, offer),
            *(int((days < never).sum()) for days in (*ordered, *opened)),
            int((opened[0] <= scenario.clock.deadline_day).sum()),
            int(((ordered[0] == ordered[1]) & (opened[0] == opened[1])).sum()),
            *(int((before != after).sum()) for before, after in (units, later)),
            _mean((opened[0] - ordered[0])[opens]),
            *(_mean(both(name)[0]) for name in AFTER_OPENING),
            len(opened[0]), tried.replications,
        )  # fmt: skip


def _mean(values: Reals) -> float | None:
    return float(values.mean()) if len(values) else None
