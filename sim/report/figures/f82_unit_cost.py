"""The unit cost along the learning curve: labour, overhead and parts of a home unit, stretch by stretch.

A stretch is a doubling of the line's own count; each bar is the mean over all units of it in all runs.

Why: learning is believed where it is promised, and has to be shown where it is paid for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from math import ceil
from typing import Any, Final, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report import wording
from sim.report.chart import Asked, Chart, Numbers, Words, chart_name
from sim.report.house import BLUE, ORANGE, OUTLINE, PALE, Area
from sim.report.lettering import one_line
from sim.report.material import Material
from sim.report.sheet import POINTS, WIDTH_IN, Room, panels_across, sheet
from sim.study.answer import PolicyAnswer
from sim.study.home import CostStep, cost_steps, home_offers

NAME: Final = "unit_cost"
HEADING: Final = "What a home unit costs, along the learning curve"
MILLION: Final = 1e6
PARTS: Final = (("parts", Area(PALE)), ("overhead", Area(ORANGE)), ("labour", Area(BLUE)))
_COLUMNS: Final = ("replication", "offer", "month", "built", "exported", "labour_yen", "overhead_yen", "parts_yen")


class Panel(NamedTuple):
    """One line."""

    offer: str
    steps: tuple[CostStep, ...]


def charts(material: Material, asked: Asked) -> Iterator[Chart]:
    """One chart of the leading policy or the one asked for: a panel a line that built anything."""
    if not material.scenario.firms:
        return
    policy = material.policy(asked.policy)
    found = material.columns("lines", policy.policy, _COLUMNS)
    panels = [Panel(offer, cost_steps(found, offer)) for offer in home_offers(material.scenario)]
    panels = [panel for panel in panels if panel.steps]
    if panels:
        yield Chart(
            chart_name(NAME, policy.policy),
            _words(material, policy, panels),
            _numbers(policy, panels),
            partial(_draw, material, panels),
        )


def _yen(step: CostStep) -> float:
    return step.labour + step.overhead + step.parts


def _words(material: Material, policy: PolicyAnswer, panels: Sequence[Panel]) -> Words:
    longest = max(panels, key=lambda panel: len(panel.steps))
    first, last = longest.steps[0], longest.steps[-1]
    title = f"{material.scenario.offers[longest.offer].title} costs ¥{_yen(first) / MILLION:,.3g} m in its first month"
    if len(longest.steps) > 1:
        title += f" and ¥{_yen(last) / MILLION:,.3g} m from unit {last.first:,} on"
    return Words(
        f"{title} under “{policy.title}”",
        "Cost of a unit in ¥ m by the units its line had built before, in doublings: parts (grey), overhead (light),"
        " labour (dark). Under each name: units built in a future, in the mean.",
        "Means over the units of all futures that reach a stretch, without interval: later stretches rest on fewer"
        f" futures. {material.footing([policy])}",
    )


def _numbers(policy: PolicyAnswer, panels: Sequence[Panel]) -> Numbers:
    columns = (
        "policy",
        "offer",
        "first_unit",
        "last_unit",
        "units",
        "labour_yen",
        "overhead_yen",
        "parts_yen",
        "n",
        "N",
    )
    n, asked = policy.cost.p50.n, policy.cost.p50.N
    rows: list[tuple[Any, ...]] = [(policy.policy, offer, *step, n, asked) for offer, steps in panels for step in steps]
    return Numbers(columns, rows)


def _draw(material: Material, panels: Sequence[Panel], words: Words) -> Figure:
    across = panels_across(len(panels), (2, 3))
    room = Room(height=1.2, left=0.5, right=0.12, above=0.6, under=0.42, across=0.5, down=0.95)
    wide_pt = (WIDTH_IN - room.left - room.right - (across - 1) * room.across) / across * POINTS
    figure, axes = sheet(words, room, rows=ceil(len(panels) / across), columns=across)
    for spare in axes[len(panels) :]:
        spare.remove()
    runs = len(material.of_runs(material.leading.policy, ("replication",))["replication"])
    for each, panel in zip(axes, panels, strict=False):
        _panel(each, panel.steps)
        each.set_title(one_line(material.scenario.offers[panel.offer].title, wide_pt, 8.5, "bold"), size=8.5, pad=16)
        each.annotate(
            _a_future(sum(step.units for step in panel.steps) / runs), (0, 1), (0, 5),
            xycoords="axes fraction", textcoords="offset points", size=8, va="bottom", annotation_clip=False,
        )  # fmt: skip
    return figure


def _a_future(units: float) -> str:
    return f"{units:,.1f} a future" if units >= 0.05 else "fewer than 0.1 a future"


def _panel(axes: Axes, steps: Sequence[CostStep]) -> None:
    for place, step in enumerate(steps):
        bottom = 0.0
        for name, area in PARTS:
            height = getattr(step, name) / MILLION
            axes.bar(place, height, bottom=bottom, width=0.8, **area.filling())
            bottom += height
        axes.bar(place, bottom, width=0.8, **OUTLINE)
    axes.set_xticks(range(len(steps)), [wording.whole(step.first) for step in steps], size=7.5)
    axes.tick_params(axis="x", length=0)
    axes.set_ylim(0, 1.12 * max(_yen(step) for step in steps) / MILLION)
    axes.grid(axis="y")
