"""Robustness as a map: each policy in each world, what it fulfils there and what it is short of the best.

Why: which policy breaks in which world is seen at a glance, and argued about for an hour from a list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from sim.report import wording
from sim.report.chart import Chart, Numbers, Words, chart_name
from sim.report.contrast import ink_in
from sim.report.findings import TextTable
from sim.report.house import BLUE, VERMILION, WHITE
from sim.report.lettering import width_pt, wrapped
from sim.report.sheet import POINTS, WIDTH_IN, Room, sheet
from sim.report.told import (
    Record,
    interval_of,
    listed_titles,
    only,
    percent,
    points,
    rests_on,
    short_titles,
    title_of,
    told,
)
from sim.store.finding import Finding

HEADING: Final = "How each policy fares in other worlds"
ROW_IN: Final = 0.3
ABOVE: Final = "beyond_the_least"


def tables(finding: Finding) -> Iterator[TextTable]:
    """World by world, then policy by policy."""
    policies, worlds = _keys(finding)
    cells = {(row["policy"], row["world"], row["measure"]): row for row in only(finding, "cells")}
    rows = [
        (
            title_of(finding, "worlds", world) if policy == policies[0] else "",
            title_of(finding, "policies", policy),
            told(interval_of(cells[policy, world, "fulfilment"]), percent),
            told(interval_of(cells[policy, world, "all_met"]), percent) if finding.about["joint"] else wording.NOTHING,
            told(interval_of(cells[policy, world, "regret"]), points).replace("+", ""),
        )
        for world in worlds
        for policy in policies
    ]
    of_cells = [row for key, row in cells.items() if key[2] in ("fulfilment", "regret")]
    headings = ("World", "Policy", "Weighted fulfilment", "All of the joint list", "Regret")
    note = f"Regret: fulfilment below the best policy of the same world. {rests_on(of_cells, finding)}"
    yield TextTable(_title(finding), headings, rows, note)
    yield _by_policy(finding, policies)


def _by_policy(finding: Finding, policies: Sequence[str]) -> TextTable:
    of = {(row["policy"], row["measure"]): row for row in only(finding, "policies")}
    rows = [
        (
            title_of(finding, "policies", policy),
            told(interval_of(of[policy, "worst_regret"]), points).replace("+", ""),
            _beyond(finding, policy, of),
            told(interval_of(of[policy, "satisficing_share"]), percent),
        )
        for policy in policies
    ]
    enough = f"{100 * finding.about['enough']:.0f} %"
    headings = ("Policy", "Worst regret", "Above the least", "Good enough")
    note = (
        "Above the least: paired by future, so that it may be told from zero where the regrets’ own intervals overlap."
        f" Good enough: futures in which at least {enough} is fulfilled, over all worlds alike."
        f" {rests_on([row for key, row in of.items() if key != (finding.about['minimax'], ABOVE)], finding)}"
    )
    return TextTable("The worst regret of each policy, and how often it is good enough", headings, rows, note)


def _beyond(finding: Finding, policy: str, of: Mapping[tuple[str, str], Record]) -> str:
    """How far the worst regret lies above the least one, which itself has nothing to tell."""
    if policy == finding.about["minimax"]:
        return "the least"
    return told(interval_of(of[policy, ABOVE]), points)


def _keys(finding: Finding) -> tuple[list[str], list[str]]:
    return list(finding.about["titles"]["policies"]), list(finding.about["titles"]["worlds"])


def _title(finding: Finding) -> str:
    best, worlds = finding.about["minimax"], len(finding.about["titles"]["worlds"])
    worst = only(finding, "policies", policy=best, measure="worst_regret")[0]["value"] or 0.0
    level = [title_of(finding, "policies", policy) for policy in finding.about["level"]]
    best_title = title_of(finding, "policies", best)
    if not worst:
        first = f"“{best_title}” is best in every one of {worlds} worlds"
    else:
        lost = points(worst).removeprefix("+")
        first = f"“{best_title}” loses least where it loses most: at worst {lost} in {worlds} worlds"
    if not level:
        return first
    return f"{first}; {listed_titles(level)} cannot be told from it"


def charts(finding: Finding) -> Iterator[Chart]:
    """One map of two panels."""
    cells = only(finding, "cells")
    numbers = Numbers(finding.grids["cells"].columns, finding.grids["cells"].rows)
    of_cells = [row for row in cells if row["measure"] in ("fulfilment", "regret")]
    words = Words(
        _title(finding),
        "Mean weighted fulfilment in percent, and regret: how many points it lies below the best policy of the same"
        " world.",
        f"Every policy meets the same futures in every world. {rests_on(of_cells, finding)}",
    )
    yield Chart(chart_name("robustness"), words, numbers, partial(_draw, finding))


def _draw(finding: Finding, words: Words) -> Figure:
    policies, worlds = _keys(finding)
    names = [title_of(finding, "worlds", world) for world in worlds]
    left_in = min(2.3, max(width_pt(name, 8.5) for name in names) / POINTS + 0.2)
    labels = [wrapped(name, left_in * POINTS - 12, 8.5)[:2] for name in names]
    wide_pt = (WIDTH_IN - left_in - 0.3) / 2 / len(policies) * POINTS
    short = short_titles(finding.about["titles"]["policies"])
    heads = [wrapped(short[policy], wide_pt - 4, 7.5) for policy in policies]
    tall_in = 0.125 * max(len(lines) for lines in heads)
    above_in = tall_in + 0.34
    row_in = ROW_IN if all(len(lines) == 1 for lines in labels) else 0.34
    room = Room(row_in * len(worlds), left_in, 0.1, above_in, 0.12, 0.2)
    figure, panels = sheet(words, room, columns=2)
    for axes, measure, colour in zip(panels, ("fulfilment", "regret"), (BLUE, VERMILION), strict=True):
        values = _values(finding, policies, worlds, measure)
        _map(axes, values, colour, 1.0 if measure == "fulfilment" else max(0.05, *(max(row) for row in values)))
        axes.set_xticks(
            [place + 0.5 for place in range(len(policies))],
            ["\n".join(lines) for lines in heads],
            size=7.5,
            linespacing=1.0,
        )
        axes.xaxis.tick_top()
        axes.set_title("fulfilment" if measure == "fulfilment" else "regret", size=8.5, pad=tall_in * POINTS + 10)
        axes.set_yticks([])
    panels[0].set_yticks(
        [place + 0.5 for place in range(len(worlds))], ["\n".join(lines) for lines in labels], linespacing=1.0
    )
    return figure


def _values(finding: Finding, policies: Sequence[str], worlds: Sequence[str], measure: str) -> list[list[float]]:
    of = {(row["policy"], row["world"]): row["value"] for row in only(finding, "cells", measure=measure)}
    return [[of[policy, world] or 0.0 for policy in policies] for world in worlds]


def _map(axes: Axes, values: Sequence[Sequence[float]], colour: str, most: float) -> None:
    scale = LinearSegmentedColormap.from_list("of the house", [WHITE, colour])
    cells = axes.pcolormesh(values, cmap=scale, vmin=0.0, vmax=most, edgecolors=WHITE, linewidth=1.5)
    for row, of_row in enumerate(values):
        for column, value in enumerate(of_row):
            ink = ink_in(cells, value)
            axes.text(column + 0.5, row + 0.5, f"{100 * value:.0f}", size=8.5, color=ink, ha="center", va="center")
    # labels stand in the middle of their cells
    axes.set_xlim(0, len(values[0]))
    axes.set_ylim(len(values), 0)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)
