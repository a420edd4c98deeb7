"""Where a mission's units are at each month's end: areas over each other, a panel a mission.

Why: what piles up in one place for a year is seen as a wedge, and in a table of means by nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.engine.entries import PLACES as ALL_PLACES
from sim.report import wording
from sim.report.chart import Words
from sim.report.falling import DEPLOYED, TARGET, area_of
from sim.report.house import BLACK, PLACES
from sim.report.key import Key, draw_key, key_of
from sim.report.sheet import Room, sheet, thousands
from sim.report.time_axis import due, fiscal_years
from sim.report.told import calendar_of, only, short_titles
from sim.store.finding import Finding

ACROSS: Final = 2
DAY: Final = "day"


def mission_panels(words: Words, key: Key, count: int, under_in: float, down_in: float) -> tuple[Figure, list[Axes]]:
    """So many panels two abreast below a key; inches under each panel and from row to row."""
    above_in = 0.42 + key.tall_in
    room = Room(1.0, 0.5, 0.1, above_in, under_in, 0.5, down_in)
    figure, panels = sheet(words, room, rows=ceil(count / ACROSS), columns=min(ACROSS, count))
    draw_key(figure, panels[0], above_in, key)
    for spare in panels[count:]:
        spare.remove()
    return figure, list(panels[:count])


def draw_months(finding: Finding, policy: str, runs: str, words: Words) -> Figure:
    """Draw the months of a ``waterfall`` finding under one policy, over all runs or over the short ones."""
    titles = short_titles(finding.about["titles"]["missions"])
    flows = {mission: _flow(finding, policy, mission, runs) for mission in titles}
    order = (DEPLOYED, *(place for place in reversed(ALL_PLACES) if place in PLACES and place != "cancelled"))
    shown = [place for place in order if any(any(flow.get(place, ())) for flow in flows.values())]
    samples = [("in service" if place == DEPLOYED else wording.PLACES[place], area_of(place)) for place in shown]
    key = key_of(samples)
    figure, panels = mission_panels(words, key, len(titles), under_in=0.25, down_in=0.5)
    for axes, mission in zip(panels, titles, strict=True):
        axes.set_title(titles[mission], size=8.5, pad=4)
        if flows[mission][DAY]:
            _areas(axes, flows[mission], shown, finding, mission)
        else:
            axes.set_axis_off()
            axes.text(0.0, 0.9, "never falls short", transform=axes.transAxes, size=8.5, va="top")
    return figure


def _flow(finding: Finding, policy: str, mission: str, runs: str) -> dict[str, list[float]]:
    """Place -> mean units at each day; ``day`` has the days, none where the mission never falls short."""
    rows = only(finding, "months", policy=policy, mission=mission, runs=runs)
    days = sorted({row[DAY] for row in rows})
    found: dict[str, list[float]] = {DAY: [float(day) for day in days]}
    by = {(row["place"], row[DAY]): row["value"] or 0.0 for row in rows}
    for place in dict.fromkeys(row["place"] for row in rows):
        found[place] = [by[place, day] for day in days]
    return found


def _areas(
    axes: Axes, flow: Mapping[str, Sequence[float]], shown: Sequence[str], finding: Finding, mission: str
) -> None:
    level = [0.0] * len(flow[DAY])
    for place in shown:
        top = [low + more for low, more in zip(level, flow[place], strict=True)]
        area = area_of(place)
        axes.fill_between(
            flow[DAY], level, top, facecolor=area.colour, hatch=area.hatch, edgecolor=area.ink, linewidth=0
        )
        level = top
    axes.plot(flow[DAY], flow[TARGET], color=BLACK, linewidth=1.2)
    calendar = calendar_of(finding)
    fiscal_years(axes, calendar, int(flow[DAY][0]), int(flow[DAY][-1]))
    due(axes, finding.about["due"][mission], calendar, said=False)
    axes.set_ylim(bottom=0)
    thousands(axes, "y")
