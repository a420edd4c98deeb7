"""What each home line did with its days, month by month: opening, waiting for parts, building, nothing to build.

Mean days of each month over the runs; a line that was not ordered has no days.

Why: a line that stands still for want of parts and one for want of orders need two different cures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.report.chart import Asked, Chart, Numbers, Words, chart_name
from sim.report.house import BLUE, ORANGE, PALE, VERMILION, WHITE, Area
from sim.report.key import draw_key, key_of
from sim.report.material import Material
from sim.report.means import in_percent, mean_units, whole_months
from sim.report.panels import ROOM, named_panels
from sim.report.time_axis import due, fiscal_years, month_ends
from sim.study.answer import PolicyAnswer
from sim.study.home import STATES, home_offers, waits

NAME: Final = "waits"
HEADING: Final = "What the home lines wait for"
LOOKS: Final = {
    "building_days": ("building", Area(BLUE)),
    "parts_days": ("waiting for parts", Area(VERMILION, "xxxx", WHITE)),
    "opening_days": ("opening", Area(ORANGE, "////", WHITE)),
    "idle_days": ("no order", Area(PALE)),
}


class Panel(NamedTuple):
    """One line."""

    offer: str
    days: Mapping[str, NDArray[np.float64]]


def charts(material: Material, asked: Asked) -> Iterator[Chart]:
    """One chart of the leading policy or the one asked for: a panel a line that was ordered in any run."""
    policy = material.policy(asked.policy)
    runs = material.of_runs(policy.policy, ("replication",))["replication"]
    if not material.scenario.firms or not len(runs):
        return
    found = material.columns("lines", policy.policy, ("replication", "offer", "month", *STATES))
    panels = [Panel(offer, waits(found, material.scenario, runs, offer)) for offer in home_offers(material.scenario)]
    panels = [panel for panel in panels if any(days.any() for days in panel.days.values())]
    if panels:
        yield Chart(
            chart_name(NAME, policy.policy),
            _words(material, policy, panels),
            _numbers(material, policy, panels),
            partial(_draw, material, panels),
        )


def _words(material: Material, policy: PolicyAnswer, panels: Sequence[Panel]) -> Words:
    whole = whole_months([material.clock.deadline_day], material.calendar)
    return Words(
        _title(policy, [_to_deadline(material, panel) for panel in panels]),
        "Days of a month that a line spends building, waiting for parts with nothing under way, being developed or"
        " prepared, and with no order, mean of the futures. A line counts from the day it is ordered. Under each name:"
        " days to the deadline.",
        f"Means without interval; a line that few futures order has low columns.{whole} {material.footing([policy])}",
    )


def _to_deadline(material: Material, panel: Panel) -> dict[str, float]:
    """Mean days of a line in each state through the month of the deadline."""
    month = material.calendar.month_index(material.clock.deadline_day) + 1
    return {state: float(panel.days[state][:month].sum()) for state in STATES}


def _title(policy: PolicyAnswer, lines: Sequence[Mapping[str, float]]) -> str:
    sums = {state: sum(line[state] for line in lines) for state in STATES}
    total = sum(sums.values())
    if not total:
        return f"No home line is ordered by the deadline under “{policy.title}”"
    shares = {state: in_percent(days, total) for state, days in sums.items()}
    return (
        f"To the deadline the home lines under “{policy.title}” spend {shares['opening_days']} of their days opening,"
        f" {shares['building_days']} building, {shares['parts_days']} waiting for parts and {shares['idle_days']}"
        " without an order"
    )


def _numbers(material: Material, policy: PolicyAnswer, panels: Sequence[Panel]) -> Numbers:
    n, asked = policy.cost.p50.n, policy.cost.p50.N
    rows: list[tuple[Any, ...]] = [
        (policy.policy, offer, material.calendar.iso(day), *(float(days[state][place]) for state in STATES), n, asked)
        for offer, days in panels
        for place, day in enumerate(month_ends(material.clock))
    ]
    return Numbers(("policy", "offer", "month_end", *(f"mean_{state}" for state in STATES), "n", "N"), rows)


def _draw(material: Material, panels: Sequence[Panel], words: Words) -> Figure:
    key = key_of(list(LOOKS.values()))
    room = ROOM._replace(height=0.9, above=ROOM.above + key.tall_in)
    names = [(material.scenario.offers[panel.offer].title, _under(_to_deadline(material, panel))) for panel in panels]
    figure, axes = named_panels(words, names, room)
    draw_key(figure, axes[0], room.above, key)
    for each, panel in zip(axes, panels, strict=True):
        _panel(each, material, panel.days)
        due(each, material.clock.deadline_day, material.calendar, said=False)
    return figure


def _under(days: Mapping[str, float]) -> str:
    return f"{mean_units(days['building_days'])} building, {mean_units(days['parts_days'])} waiting for parts"


def _panel(axes: Axes, material: Material, days: Mapping[str, NDArray[np.float64]]) -> None:
    """A month is a column, from the end of the month before to its own."""
    ends = [0, *month_ends(material.clock)]
    fiscal_years(axes, material.calendar, 0, material.clock.horizon_day)
    below = np.zeros(len(ends))
    for state, (_, area) in LOOKS.items():
        above = below + np.concatenate((days[state][:1], days[state]))
        axes.fill_between(ends, below, above, step="pre", **area.filling())
        below = above
    axes.set_ylim(0, 31)
    axes.set_yticks([0, 15, 30])
