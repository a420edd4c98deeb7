"""A sweep: curves along one value that was set by hand, or a map over two with the lines of 50, 80 and 90 percent.

Between the combinations that were run the lines are drawn straight; the numbers in the cells are the runs' own.

Why: the next yen or the next month has a price on a map, and none in a single run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import Final

from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from sim.report.chart import Chart, Numbers, Words, chart_name
from sim.report.contrast import ink_in
from sim.report.findings import TextTable
from sim.report.house import BLACK, BLUE, SKY, WHITE, look
from sim.report.key import name_lines
from sim.report.ranked import not_analysed
from sim.report.sheet import Room, sheet
from sim.report.told import Record, interval_of, only, percent, rests_on, title_of, told
from sim.store.finding import Finding

HEADING: Final = "What if it were set otherwise"
CONTOURS: Final = (50.0, 80.0, 90.0)
_DASHES: Final = ("dotted", "dashed", "solid")


def tables(finding: Finding) -> Iterator[TextTable]:
    """All combinations, one table a measure."""
    yield from not_analysed(finding)
    axes = finding.about["axes"]
    for measure in finding.about["titles"]["measures"]:
        rows = only(finding, "cells", measure=measure)
        cells = [(*(row[f"at_{place}"] for place in range(len(axes))), told(interval_of(row), percent)) for row in rows]
        yield TextTable(_title(finding, measure), (*axes, "Mean or chance"), cells, _note(finding, rows))


def _note(finding: Finding, rows: Sequence[Record]) -> str:
    return (
        f"Under “{finding.about['titles']['policy']}”, the same futures in every combination. {rests_on(rows, finding)}"
    )


def _title(finding: Finding, measure: str) -> str:
    rows = only(finding, "cells", measure=measure)
    best, worst = (pick(rows, key=lambda row: row["value"]) for pick in (max, min))
    name = title_of(finding, "measures", measure)
    low, high = (f"{percent(row['value'])} at {_at(finding, row)}" for row in (worst, best))
    return f"{name}: from {low} to {high}"


def _at(finding: Finding, row: Record) -> str:
    leaves = [path.split(".")[-1].replace("_", " ") for path in finding.about["axes"]]
    return ", ".join(f"{leaf} {row[f'at_{place}']}" for place, leaf in enumerate(leaves))


def charts(finding: Finding) -> Iterator[Chart]:
    """One chart of curves, or a map a measure."""
    grid, policy = finding.grids["cells"], finding.about["policy"]
    numbers = Numbers(grid.columns, grid.rows)
    measures = list(finding.about["titles"]["measures"])
    if len(finding.about["axes"]) == 1:
        words = Words(
            _title(finding, measures[0]),
            f"Mean fulfilment and the missions’ chances, in percent, by {finding.about['axes'][0]}.",
            _note(finding, grid.records()),
        )
        yield Chart(chart_name("sweep", policy), words, numbers, partial(_draw_curves, finding, measures))
        return
    for measure in measures:
        words = Words(
            _title(finding, measure),
            "In percent, by two values set by hand; lines at 50 (dotted), 80 (dashed) and 90 percent (solid).",
            _note(finding, only(finding, "cells", measure=measure)),
        )
        name = chart_name("sweep", measure.removeprefix("met/"), policy)
        yield Chart(name, words, numbers, partial(_draw_map, finding, measure))


def _places(texts: Sequence[str]) -> tuple[list[float], bool]:
    """Where the values stand on an axis: at their numbers where these ascend, else side by side."""
    try:
        found = [float(text.split()[0]) for text in texts]
    except ValueError:
        return [float(place) for place in range(len(texts))], False
    ascending = all(a < b for a, b in pairwise(found))
    return (found, True) if ascending else ([float(place) for place in range(len(texts))], False)


def _draw_curves(finding: Finding, measures: Sequence[str], words: Words) -> Figure:
    figure, panels = sheet(words, Room(3.1, 0.5, 2.3, 0.15, 0.5))
    axes, labels = panels[0], []
    for place, measure in enumerate(measures):
        rows = only(finding, "cells", measure=measure)
        at, numeric = _places([row["at_0"] for row in rows])
        line = look(place)
        values = [100 * row["value"] for row in rows]
        axes.plot(at, values, color=line.colour, linestyle=line.dashes, marker=line.marker, markersize=4, linewidth=1.6)
        for x, row in zip(at, rows, strict=True):
            if row["low"] is not None:
                axes.plot([x, x], [100 * row["low"], 100 * row["high"]], color=line.colour, linewidth=0.9)
        if not numeric or len(at) < 8:
            axes.set_xticks(at, [row["at_0"] for row in rows])
        labels.append((values[-1], title_of(finding, "measures", measure), line))
    axes.set_xlabel(finding.about["axes"][0])
    axes.set_ylim(0, 100)
    axes.margins(x=0.03)
    axes.grid(axis="y")
    name_lines(axes, labels, 2.3)
    return figure


def _draw_map(finding: Finding, measure: str, words: Words) -> Figure:
    rows = only(finding, "cells", measure=measure)
    firsts, seconds = (list(dict.fromkeys(row[f"at_{place}"] for row in rows)) for place in (0, 1))
    values = [[100 * rows[k * len(seconds) + j]["value"] for k in range(len(firsts))] for j in range(len(seconds))]
    figure, panels = sheet(words, Room(max(2.4, 0.36 * len(seconds)), 1.0, 0.4, 0.32, 0.5))
    axes = panels[0]
    scale = LinearSegmentedColormap.from_list("of the house", [WHITE, SKY, BLUE])
    x, y = list(range(len(firsts))), list(range(len(seconds)))
    cells = axes.pcolormesh(
        x, y, values, cmap=scale, vmin=0.0, vmax=100.0, shading="nearest", edgecolors=WHITE, linewidth=0.5
    )
    if len(firsts) > 1 and len(seconds) > 1:
        low, high = min(map(min, values)), max(map(max, values))
        crossed = [(level, dash) for level, dash in zip(CONTOURS, _DASHES, strict=True) if low < level < high]
        if crossed:
            axes.contour(x, y, values, levels=[level for level, _ in crossed], colors=BLACK,
                         linestyles=[dash for _, dash in crossed], linewidths=1.6)  # fmt: skip
    for j, row in enumerate(values):
        for k, value in enumerate(row):
            ink = ink_in(cells, value)
            axes.text(k, j + 0.28, f"{value:.0f}", size=8, color=ink, ha="center", va="center")
    axes.set_xticks(x, firsts)
    axes.set_yticks(y, seconds)
    axes.set_xlabel(finding.about["axes"][0])
    axes.set_title(finding.about["axes"][1], weight="normal", size=8.5)
    return figure
