"""Ranked rows: a name, an estimate and its interval each, the largest first, coloured by how sure the file is of it.

Colours differ in lightness and marks in shape, so that print in grey says the same.

Why: what matters most and what is known least should meet the eye as one thing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Final, NamedTuple

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from sim.report.chart import Chart, Numbers, Words
from sim.report.contrast import ink_in
from sim.report.findings import TextTable
from sim.report.house import BLACK, BLUE, GREEN, INK, ORANGE, PALE, QUIET, SKY, WHITE
from sim.report.lettering import width_pt, wrapped
from sim.report.sheet import POINTS, Room, beside, sheet
from sim.store.finding import Finding

ROW_IN: Final = 0.3
LEFT_IN: Final = 3.0
MARKS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "official": (GREEN, "P"),
        "reported": (BLUE, "s"),
        "inferred": (SKY, "D"),
        "assumption": (ORANGE, "o"),
        "": (BLACK, "v"),
    }
)
"""Confidence -> colour and mark; the last one is of what no line of the file is about."""


def not_analysed(finding: Finding) -> Iterator[TextTable]:
    """What never varied, or not enough, with its value or the reason: named, and not analysed."""
    rows = [(title, f"{100 * value:.0f} % in every run") for title, value in finding.about["never_varied"]]
    rows += [(finding.about["titles"]["measures"][id], why) for id, why in finding.about.get("refused", {}).items()]
    if rows:
        note = "What never varies has no drivers, and nothing that could be found out would change it."
        yield TextTable("Not analysed", ("Answer", "Why"), rows, note)


class Row(NamedTuple):
    """One row."""

    label: str
    value: float
    low: float | None
    high: float | None
    confidence: str
    beside: str
    """Words at the right end."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What a row's numbers are drawn as."""

    label: str
    number: Callable[[float], float] = float


def ranked(name: str, words: Words, numbers: Numbers, rows: Sequence[Row], scale: Scale) -> Chart:
    """A chart of rows."""
    key = "Colour and mark: how sure the file is of it – " + ", ".join(
        f"{_mark_name(each)} {each or 'luck and the rest'}"
        for each in MARKS
        if any(row.confidence == each for row in rows)
    )
    said = words._replace(caption=f"{key}. {words.caption}")
    return Chart(name, said, numbers, partial(_draw, tuple(rows), scale))


def _mark_name(confidence: str) -> str:
    return {"P": "✚", "s": "■", "D": "◆", "o": "●", "v": "▼"}[MARKS[confidence][1]]


def _draw(rows: Sequence[Row], scale: Scale, words: Words) -> Figure:
    labels = [two_lines(row.label) for row in rows]
    left_in = min(LEFT_IN, max(width_pt(line, 8.5) for lines in labels for line in lines) / POINTS + 0.2)
    right_in = max(width_pt(row.beside, 8.5) for row in rows) / POINTS + 0.25
    tall = [0.34 if len(lines) > 1 else ROW_IN for lines in labels]
    figure, panels = sheet(words, Room(max(sum(tall), 0.6), left_in, right_in, 0.15, 0.5))
    axes = panels[0]
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks(range(len(rows)), ["\n".join(lines) for lines in labels], linespacing=1.0)
    axes.grid(axis="x")
    axes.axvline(0, color=BLACK, linewidth=0.9)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(scale.label)
    for place, row in enumerate(rows):
        _row(axes, place, row, scale)
    axes.margins(x=0.03)
    return figure


def _row(axes: Axes, place: int, row: Row, scale: Scale) -> None:
    colour, mark = MARKS[row.confidence]
    axes.axhline(place, color=PALE, linewidth=0.5, zorder=0)
    value = scale.number(row.value)
    axes.plot([0, value], [place, place], color=colour, linewidth=6, alpha=0.45, zorder=1)
    if row.low is not None and row.high is not None:
        axes.plot([scale.number(row.low), scale.number(row.high)], [place, place], color=INK, linewidth=1.2, zorder=3)
    axes.plot(value, place, mark, markersize=5.5, color=colour, markeredgecolor=BLACK, markeredgewidth=0.5, zorder=4)
    beside(axes, place, row.beside)


class Matrix(NamedTuple):
    """Numbers by row and column; None where there is none."""

    rows: Sequence[str]
    columns: Sequence[str]
    values: Sequence[Sequence[float | None]]


def matrix(name: str, words: Words, numbers: Numbers, of: Matrix, told: Callable[[float], str]) -> Chart:
    """A chart of a table whose cells are the darker the larger they are."""
    return Chart(name, words, numbers, partial(_draw_matrix, of, told))


def _draw_matrix(of: Matrix, told: Callable[[float], str], words: Words) -> Figure:
    labels = [two_lines(label) for label in of.rows]
    left_in = min(LEFT_IN, max(width_pt(line, 8.5) for lines in labels for line in lines) / POINTS + 0.2)
    wide_pt = (7.2 - left_in - 0.1) / len(of.columns) * POINTS
    heads = [wrapped(head, wide_pt - 4, 7.0) for head in of.columns]
    upright = all(width_pt(word, 7.0) <= wide_pt - 4 for head in of.columns for word in head.split(" "))
    tall_in = 0.13 * max(len(lines) for lines in heads)
    if not upright:  # a word that has no room is turned rather than cut
        heads = [[head] for head in of.columns]
        tall_in = max(width_pt(head, 7.0) for head in of.columns) / POINTS
    above_in = tall_in + 0.2
    figure, panels = sheet(words, Room(0.34 * len(labels), left_in, 0.1, above_in, 0.1))
    axes = panels[0]
    most = max((value for row in of.values for value in row if value is not None), default=1.0) or 1.0
    shown = [[value or 0.0 for value in row] for row in of.values]
    scale = LinearSegmentedColormap.from_list("of the house", [WHITE, BLUE])
    cells = axes.pcolormesh(shown, cmap=scale, vmin=0.0, vmax=most, edgecolors=WHITE, linewidth=1.5)
    for y, row in enumerate(of.values):
        for x, value in enumerate(row):
            ink = QUIET if value is None else ink_in(cells, value)
            axes.text(
                x + 0.5, y + 0.5, "–" if value is None else told(value), size=8, color=ink, ha="center", va="center"
            )
    axes.set_ylim(len(labels), 0)
    axes.set_xticks(
        [x + 0.5 for x in range(len(heads))], ["\n".join(lines) for lines in heads], size=7, linespacing=1.0,
        rotation=0 if upright else 90,
    )  # fmt: skip
    axes.set_yticks([y + 0.5 for y in range(len(labels))], ["\n".join(lines) for lines in labels], linespacing=1.0)
    axes.xaxis.tick_top()
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    return figure


def two_lines(label: str) -> list[str]:
    """A row's name in at most two lines; one that needs more ends in an ellipsis, and stands whole in the table."""
    lines = wrapped(label, LEFT_IN * POINTS - 14, 8.5)
    return lines if len(lines) <= 2 else [lines[0], lines[1].rstrip(" :,;") + " …"]
