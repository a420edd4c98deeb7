"""The ramp: what home lines build a month, as it spreads over the futures, against what their firms promised.

Each month's rate is the mean of three months; promised is the plan on the day a line was ordered.

Why: every ramp on record fell behind its promise, and by how much is what a minister should hear.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from math import ceil
from typing import Any, Final, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.chart import Asked, Chart, Numbers, Words, chart_name
from sim.report.house import BLUE, INK, PALE_SKY, SKY, VERMILION
from sim.report.material import Material
from sim.report.sheet import Room, sheet
from sim.report.time_axis import due, fiscal_years, month_ends
from sim.study.answer import PolicyAnswer
from sim.study.home import Rates, offers_of, rates

NAME: Final = "ramp"
HEADING: Final = "The ramp at home, promised and achieved"
ACROSS: Final = 2
LEAST: Final = 0.05
"""Units a month below which nothing is said to be promised: it would read as 0.0."""
_COLUMNS: Final = ("replication", "offer", "month", "built", "exported", "promised")


class Panel(NamedTuple):
    """One firm's lines together."""

    firm: str
    found: Rates


def charts(material: Material, asked: Asked) -> Iterator[Chart]:
    """One chart of the leading policy or the one asked for: a panel a firm that built or promised anything."""
    policy = material.policy(asked.policy)
    runs = material.of_runs(policy.policy, ("replication",))["replication"]
    if not material.scenario.firms or not len(runs):
        return
    columns = material.columns("lines", policy.policy, _COLUMNS)
    found = [
        Panel(firm, rates(columns, material.scenario, runs, offers_of(material.scenario, firm)))
        for firm in material.scenario.firms
    ]
    panels = [panel for panel in found if panel.found.promised.any() or panel.found.mean.any()]
    if panels:
        yield Chart(
            chart_name(NAME, policy.policy),
            _words(material, policy, panels),
            _numbers(material, policy, panels),
            partial(_draw, material, panels),
        )


def _words(material: Material, policy: PolicyAnswer, panels: Sequence[Panel]) -> Words:
    month = material.calendar.month_index(material.clock.deadline_day)
    made = sum(float(panel.found.mean[month]) for panel in panels)
    title = f"At the deadline home lines build {made:,.1f} units a month under “{policy.title}”"
    # What firms with a promise build is held against it; what stood from the start was promised by nobody.
    bound = [panel.found for panel in panels if panel.found.promised[month] >= LEAST]
    if bound:
        kept = sum(float(found.mean[month]) for found in bound)
        promised = sum(float(found.promised[month]) for found in bound)
        whose = "" if len(bound) == len(panels) else "firms with newly ordered lines "
        title += f"; {whose}keep {kept:,.1f} of the {promised:,.1f} promised"
    return Words(
        title,
        "Units a month of each firm’s lines together, exports included; dashed: what the firms promised when their"
        " lines were ordered. Under each name: mean built a month at the deadline, of the mean promised.",
        "Light band P10–P90, dark band P25–P75, line the mean of the futures; promised is a mean too. Each month with"
        " the two before it. A firm’s promise follows its capacity, not the orders it has."
        f" {material.footing([policy])}",
    )


def _numbers(material: Material, policy: PolicyAnswer, panels: Sequence[Panel]) -> Numbers:
    columns = ("policy", "firm", "month_end", "p10", "p25", "p50", "p75", "p90", "mean", "promised_mean", "n", "N")
    n, asked = policy.cost.p50.n, policy.cost.p50.N
    rows: list[tuple[Any, ...]] = [
        (policy.policy, firm, material.calendar.iso(day), *map(float, spread), float(mean), float(promised), n, asked)
        for firm, found in panels
        for day, spread, mean, promised in zip(
            month_ends(material.clock), found.quantiles.T, found.mean, found.promised, strict=True
        )
    ]
    return Numbers(columns, rows)


def _draw(material: Material, panels: Sequence[Panel], words: Words) -> Figure:
    across = min(ACROSS, len(panels))
    room = Room(height=1.3, left=0.5, right=0.12, above=0.52, under=0.34, across=0.55, down=0.72)
    figure, axes = sheet(words, room, rows=ceil(len(panels) / across), columns=across)
    for spare in axes[len(panels) :]:
        spare.remove()
    month = material.calendar.month_index(material.clock.deadline_day)
    for each, panel in zip(axes, panels, strict=False):
        _panel(each, material, panel.found)
        due(each, material.clock.deadline_day, material.calendar, said=False)
        each.set_title(material.scenario.firms[panel.firm].title, size=8.5, pad=16)
        made, promised = float(panel.found.mean[month]), float(panel.found.promised[month])
        against = f" of {promised:,.1f} promised" if promised >= LEAST else ", nothing promised by then"
        each.annotate(
            f"{made:,.1f}{against}", (0, 1), (0, 5), xycoords="axes fraction", textcoords="offset points", size=8,
            color=INK, va="bottom", annotation_clip=False,
        )  # fmt: skip
    return figure


def _panel(axes: Axes, material: Material, found: Rates) -> None:
    days = month_ends(material.clock)
    fiscal_years(axes, material.calendar, 0, material.clock.horizon_day)
    low, quarter, _, three, high = found.quantiles
    axes.fill_between(days, low, high, color=PALE_SKY, linewidth=0)
    axes.fill_between(days, quarter, three, color=SKY, linewidth=0)
    axes.plot(days, found.mean, color=BLUE)
    axes.plot(days, found.promised, color=VERMILION, linewidth=1.4, dashes=(5, 2))
    axes.set_ylim(0, 1.15 * max(float(np.max(high)), float(np.max(found.promised)), 0.1))
    axes.grid(axis="y")
