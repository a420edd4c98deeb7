"""The unit cost along the learning curve: labour, overhead and parts of a home unit, stretch by stretch.

A stretch is a doubling of the line's own count; each bar is the mean over all units of it in all runs.

Why: learning is believed where it is promised, and has to be shown where it is paid for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, StrMethodFormatter

from sim.report import wording
from sim.report.chart import Asked, Chart, Numbers, Words, chart_name
from sim.report.house import BLUE, ORANGE, OUTLINE, PALE, Area
from sim.report.material import Material
from sim.report.means import MILLION, mean_units, yen_in_millions
from sim.report.panels import ROOM, named_panels
from sim.study.answer import PolicyAnswer
from sim.study.home import CostStep, cost_steps, home_offers

NAME: Final = "unit_cost"
HEADING: Final = "What a home unit costs, along the learning curve"
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
            partial(_draw, material, policy.cost.p50.n, panels),
        )


def _yen(step: CostStep) -> float:
    return step.labour + step.overhead + step.parts


def _words(material: Material, policy: PolicyAnswer, panels: Sequence[Panel]) -> Words:
    longest = max(panels, key=lambda panel: len(panel.steps))
    first, last = longest.steps[0], longest.steps[-1]
    title = f"{material.scenario.offers[longest.offer].title}: a unit costs {yen_in_millions(_yen(first))} in its"
    title += " line’s first month"
    if len(longest.steps) > 1:
        title += f" and {yen_in_millions(_yen(last))} from unit {last.first:,} on, in futures that get so far,"
    return Words(
        f"{title} under “{policy.title}”",
        "Cost of a unit in ¥ m: parts (grey), overhead (light), labour (dark). Below a column: the first unit of its"
        " stretch of the line’s count, which doubles. Under each name: units built in a future, in the mean.",
        "Means over the units of all futures that reach a stretch, without interval: later stretches rest on fewer"
        f" futures. A month’s units stand where its first one does. {material.footing([policy])}",
    )


def _numbers(policy: PolicyAnswer, panels: Sequence[Panel]) -> Numbers:
    columns = (
        "policy", "offer", "first_unit", "last_unit", "units", "labour_yen", "overhead_yen", "parts_yen", "n", "N",
    )  # fmt: skip
    n, asked = policy.cost.p50.n, policy.cost.p50.N
    rows: list[tuple[Any, ...]] = [(policy.policy, offer, *step, n, asked) for offer, steps in panels for step in steps]
    return Numbers(columns, rows)


def _draw(material: Material, runs: int, panels: Sequence[Panel], words: Words) -> Figure:
    names = [
        (
            material.scenario.offers[panel.offer].title,
            f"{mean_units(sum(step.units for step in panel.steps) / runs)} a future",
        )
        for panel in panels
    ]
    figure, axes = named_panels(words, names, ROOM._replace(height=1.1))
    for each, panel in zip(axes, panels, strict=True):
        _panel(each, panel.steps)
    return figure


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
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, steps=(1, 2, 2.5, 5, 10)))
    if axes.get_ylim()[1] >= 1000:
        axes.yaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    axes.grid(axis="y")
