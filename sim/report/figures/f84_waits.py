"""What each home line did with its days, month by month: opening, waiting for parts, building, nothing to build.

Mean days of each month over the runs; a line that was not ordered has no days.

Why: a line that stands still for want of parts and one for want of orders need two different cures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from math import ceil
from typing import Any, Final, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from numpy.typing import NDArray

from sim.report.chart import Asked, Chart, Numbers, Words, chart_name
from sim.report.house import BLUE, ORANGE, PALE, VERMILION, WHITE, Area
from sim.report.lettering import one_line
from sim.report.material import Material
from sim.report.sheet import POINTS, WIDTH_IN, Room, panels_across, sheet
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
    month = material.calendar.month_index(material.clock.deadline_day) + 1
    sums = {state: sum(float(panel.days[state][:month].sum()) for panel in panels) for state in STATES}
    total = sum(sums.values())
    return Words(
        f"To the deadline the home lines under “{policy.title}” spend {_share(sums, 'opening_days', total)} of their"
        f" days opening, {_share(sums, 'building_days', total)} building,"
        f" {_share(sums, 'parts_days', total)} waiting for parts",
        "Days of a month that a line spends building, waiting for parts with nothing under way, being developed or"
        " prepared, and with no order, mean of the futures. A line counts from the day it is ordered.",
        f"Means without interval; a line that few futures order has low columns. {material.footing([policy])}",
    )


def _share(sums: Mapping[str, float], state: str, total: float) -> str:
    return f"{100 * sums[state] / total:.0f} %" if total else "0 %"


def _numbers(material: Material, policy: PolicyAnswer, panels: Sequence[Panel]) -> Numbers:
    n, asked = policy.cost.p50.n, policy.cost.p50.N
    rows: list[tuple[Any, ...]] = [
        (policy.policy, offer, material.calendar.iso(day), *(float(days[state][place]) for state in STATES), n, asked)
        for offer, days in panels
        for place, day in enumerate(month_ends(material.clock))
    ]
    return Numbers(("policy", "offer", "month_end", *(f"mean_{state}" for state in STATES), "n", "N"), rows)


def _draw(material: Material, panels: Sequence[Panel], words: Words) -> Figure:
    across = panels_across(len(panels), (2, 3))
    room = Room(height=0.9, left=0.42, right=0.12, above=0.55, under=0.34, across=0.4, down=0.62)
    wide_pt = (WIDTH_IN - room.left - room.right - (across - 1) * room.across) / across * POINTS
    figure, axes = sheet(words, room, rows=ceil(len(panels) / across), columns=across)
    for spare in axes[len(panels) :]:
        spare.remove()
    for each, panel in zip(axes, panels, strict=False):
        _panel(each, material, panel.days)
        due(each, material.clock.deadline_day, material.calendar, said=False)
        each.set_title(one_line(material.scenario.offers[panel.offer].title, wide_pt, 8, "bold"), size=8)
    axes[0].legend(
        handles=[Patch(label=words, **area.filling()) for words, area in LOOKS.values()],
        loc="lower left", bbox_to_anchor=(0, 1.22), ncols=4, frameon=False, borderaxespad=0,
    )  # fmt: skip
    return figure


def _panel(axes: Axes, material: Material, days: Mapping[str, NDArray[np.float64]]) -> None:
    ends = month_ends(material.clock)
    fiscal_years(axes, material.calendar, 0, material.clock.horizon_day)
    axes.stackplot(
        ends, *(days[state] for state in LOOKS), colors=[area.colour for _, area in LOOKS.values()], linewidth=0
    )
    for patch, (_, area) in zip(axes.collections, LOOKS.values(), strict=False):
        patch.set(hatch=area.hatch, edgecolor=area.ink)
    axes.set_ylim(0, 31)
    axes.set_yticks([0, 15, 30])
