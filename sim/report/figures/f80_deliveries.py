"""The two legs: units delivered from abroad and from home, one on the other, against what is needed.

Means over the runs by the month a unit entered service; the band is the spread of both legs together.

Why: "cheap foreign now, home production behind" is a claim about this picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.chart import Asked, Chart, Numbers, Words, chart_name
from sim.report.house import BLACK, ORANGE, SKY, VERMILION, WHITE, Area
from sim.report.material import Material, mission_of, or_zero
from sim.report.means import in_percent, mean_units, whole_months
from sim.report.panels import named_panels
from sim.report.sheet import thousands
from sim.report.time_axis import due, fiscal_years, month_ends
from sim.study.answer import MissionAnswer, PolicyAnswer
from sim.study.home import Deliveries, deliveries, home_offers

NAME: Final = "deliveries"
HEADING: Final = "Two legs: delivered from abroad and from home"
ABROAD, HOME = Area(SKY), Area(ORANGE, "////", WHITE)


class Panel(NamedTuple):
    """One mission's deliveries."""

    mission: MissionAnswer
    found: Deliveries


def charts(material: Material, asked: Asked) -> Iterator[Chart]:
    """One chart of the leading policy or the one asked for, of all missions or the one asked for."""
    if not home_offers(material.scenario):
        return
    policy = material.policy(asked.policy)
    runs = material.of_runs(policy.policy, ("replication",))["replication"]
    if not len(runs):
        return
    found = material.columns("deliveries", policy.policy, ("replication", "offer", "month", "deployed"))
    panels = [
        Panel(mission_of(policy, mission), deliveries(found, material.scenario, runs, (mission,)))
        for mission in material.mission_ids(asked.mission)
    ]
    yield Chart(
        chart_name(NAME, asked.mission, policy.policy),
        _words(material, policy, panels),
        _numbers(material, policy, panels),
        partial(_draw, material, panels),
    )


def _when_due(material: Material, panel: Panel) -> tuple[float, float]:
    """Mean units from abroad and from home by the end of the month of the due day."""
    month = material.calendar.month_index(panel.mission.due_day)
    return float(panel.found.abroad[month]), float(panel.found.home[month])


def _words(material: Material, policy: PolicyAnswer, panels: Sequence[Panel]) -> Words:
    whole = whole_months((panel.mission.due_day for panel in panels), material.calendar)
    return Words(
        _title(policy, [_when_due(material, panel) for panel in panels]),
        "Units that have entered service since the start, from abroad (plain) and from home (hatched), against the"
        " target (dashed). Under each name: delivered from abroad and from home when due.",
        "Areas: means of the futures. Thin lines: P10 and P90 of both legs together. Units lost or retired later are"
        f" not taken off, opening stock is not counted.{whole} {material.footing([policy])}",
    )


def _title(policy: PolicyAnswer, delivered: Sequence[tuple[float, float]]) -> str:
    home, both = sum(home for _, home in delivered), sum(map(sum, delivered))
    if not both:
        return f"By the due days nothing is delivered under “{policy.title}”, neither from abroad nor from home"
    return (
        f"By the due days {in_percent(home, both)} of the units delivered under “{policy.title}” are made at home:"
        f" {mean_units(home)} of {mean_units(both)} in the mean"
    )


def _numbers(material: Material, policy: PolicyAnswer, panels: Sequence[Panel]) -> Numbers:
    columns = ("policy", "mission", "month_end", "abroad_mean", "home_mean", "both_p10", "both_p90", "n", "N")
    rows: list[tuple[Any, ...]] = []
    days = month_ends(material.clock)
    for of, found in panels:
        n, asked = of.deployed.p50.n, of.deployed.p50.N
        for day, *values in zip(days, found.abroad, found.home, found.low, found.high, strict=True):
            rows.append((policy.policy, of.mission, material.calendar.iso(int(day)), *map(float, values), n, asked))
    return Numbers(columns, rows)


def _draw(material: Material, panels: Sequence[Panel], words: Words) -> Figure:
    legs = [tuple(map(mean_units, _when_due(material, panel))) for panel in panels]
    names = [
        (material.missions[panel.mission.mission], f"{abroad} from abroad, {home} from home")
        for panel, (abroad, home) in zip(panels, legs, strict=True)
    ]
    figure, axes = named_panels(words, names)
    for each, panel in zip(axes, panels, strict=True):
        _panel(each, material, panel)
        due(each, panel.mission.due_day, material.calendar, said=False)
    return figure


def _panel(axes: Axes, material: Material, panel: Panel) -> None:
    days, found, target = month_ends(material.clock), panel.found, or_zero(panel.mission.target.p50)
    fiscal_years(axes, material.calendar, 0, material.clock.horizon_day)
    top = found.abroad + found.home
    axes.fill_between(days, 0, found.abroad, **ABROAD.filling())
    axes.fill_between(days, found.abroad, top, **HOME.filling())
    axes.plot(days, top, color=BLACK, linewidth=0.9)
    for edge in (found.low, found.high):
        axes.plot(days, edge, color=BLACK, linewidth=0.5, dashes=(2, 2))
    axes.axhline(target, color=VERMILION, linewidth=1.4, dashes=(5, 2), zorder=2)
    axes.set_ylim(0, 1.15 * max(float(np.max(found.high)), target, 1.0))
    thousands(axes, "y")
    axes.grid(axis="y")
