"""The sheet: one frame for every figure, its finding above it and what it rests on below.

Panels stand at places given in inches, and the sheet grows with its words.

Why: thirteen figures that each lay themselves out look like thirteen authors.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, StrMethodFormatter

from sim.report.chart import Words
from sim.report.house import BLACK, INK, QUIET, picture
from sim.report.lettering import apart, even, wrapped

WIDTH_IN: Final = 7.2
POINTS: Final = 72
EDGE_IN: Final = 0.06
HINTED_PT: Final = 6.0
"""A line of words may be drawn wider than it is measured, since letters stand on whole dots."""

_TITLE: Final = (12.0, "bold", 15.5)
_SUBTITLE: Final = (9.0, "normal", 12.5)
_CAPTION: Final = (7.5, "normal", 10.5)
"""Size, weight, distance of lines, in points."""


class Room(NamedTuple):
    """Where the drawing stands on its sheet, in inches."""

    height: float
    """Of one panel."""
    left: float = 0.7
    right: float = 0.3
    above: float = 0.1
    """Between the words and the first panel."""
    under: float = 0.5
    """Between the last panel and the caption: for ticks and their label."""
    across: float = 0.2
    """Between two panels side by side."""
    down: float = 0.5
    """Between two panels one above the other."""


class Sheet(Figure):
    """A figure that a notebook shows as it would be stored."""

    def _repr_png_(self) -> bytes:
        return picture(self, "png")


def sheet(words: Words, room: Room, rows: int = 1, columns: int = 1) -> tuple[Figure, list[Axes]]:
    """A sheet with its words, and its empty panels row by row."""
    most_pt = (WIDTH_IN - 2 * EDGE_IN) * POINTS - HINTED_PT
    parts = [
        (cut(text, most_pt, style[0], style[1]), style, colour)
        for text, cut, style, colour in zip(
            words, (even, wrapped, wrapped), (_TITLE, _SUBTITLE, _CAPTION), (BLACK, INK, QUIET), strict=True
        )
    ]
    tall_pt = [len(lines) * style[2] for lines, style, _ in parts]
    top_pt = EDGE_IN * POINTS + tall_pt[0] + 2 + tall_pt[1]
    panels_in = rows * room.height + (rows - 1) * room.down
    height_in = top_pt / POINTS + room.above + panels_in + room.under + tall_pt[2] / POINTS + EDGE_IN
    figure = Sheet(figsize=(WIDTH_IN, height_in))
    edge_pt, bottom_pt = EDGE_IN * POINTS, height_in * POINTS
    starts_pt = (edge_pt, edge_pt + tall_pt[0] + 2, bottom_pt - edge_pt - tall_pt[2])
    for (lines, style, colour), start_pt in zip(parts, starts_pt, strict=True):
        _write(figure, lines, start_pt, style, colour)
    return figure, list(_panels(figure, room, top_pt / POINTS + room.above, rows, columns))


def _panels(figure: Figure, room: Room, top_in: float, rows: int, columns: int) -> Iterator[Axes]:
    height_in = figure.get_figheight()
    wide_in = (WIDTH_IN - room.left - room.right - (columns - 1) * room.across) / columns
    for row in range(rows):
        for column in range(columns):
            left_in = room.left + column * (wide_in + room.across)
            bottom_in = height_in - top_in - (row + 1) * room.height - row * room.down
            yield figure.add_axes(
                (left_in / WIDTH_IN, bottom_in / height_in, wide_in / WIDTH_IN, room.height / height_in)
            )


def _write(figure: Figure, lines: Sequence[str], top_pt: float, style: tuple[float, str, float], colour: str) -> None:
    size, weight, step = style
    height_pt = figure.get_figheight() * POINTS
    for place, line in enumerate(lines):
        y = 1 - (top_pt + place * step) / height_pt
        figure.text(EDGE_IN / WIDTH_IN, y, line, size=size, weight=weight, color=colour, va="top", ha="left")


def panels_across(panels: int, choices: Sequence[int]) -> int:
    """How many panels stand side by side: of some choices the one that leaves the fewest places empty.

    >>> panels_across(10, (3, 4, 5)), panels_across(9, (3, 4, 5)), panels_across(2, (3, 4, 5))
    (5, 3, 2)
    """
    if panels <= min(choices):
        return panels
    return min(choices, key=lambda across: (-panels % across, across))


def panel_pt(axes: Axes) -> tuple[float, float]:
    """Width and height of a panel, in points."""
    figure = axes.get_figure()
    assert isinstance(figure, Figure), "a panel stands on its sheet"
    box = axes.get_position()
    return box.width * figure.get_figwidth() * POINTS, box.height * figure.get_figheight() * POINTS


def say_at_right(axes: Axes, labels: Sequence[tuple[float, str, str]], size_pt: float = 8.5) -> None:
    """Words at the right end of a panel, beside their height in data: (height, words, colour)."""
    bottom, top = axes.get_ylim()
    _, tall_pt = panel_pt(axes)
    scale = tall_pt / (top - bottom)
    heights = apart([(height - bottom) * scale for height, _, _ in labels], size_pt * 1.2)
    for place_pt, (_, words, colour) in zip(heights, labels, strict=True):
        axes.annotate(
            words, (1, place_pt / tall_pt), (5, 0), xycoords="axes fraction", textcoords="offset points", color=colour,
            size=size_pt, va="center", ha="left", annotation_clip=False,
        )  # fmt: skip


def beside(axes: Axes, row: float, words: str, gap_pt: float = 6) -> None:
    """Words at the right end of a row."""
    axes.annotate(
        words, (1, row), (gap_pt, 0), xycoords=("axes fraction", "data"), textcoords="offset points", size=8.5,
        va="center", annotation_clip=False,
    )  # fmt: skip


def thousands(axes: Axes, which: Literal["x", "y"]) -> None:
    """Ticks as counts: 1,760."""
    axis = axes.xaxis if which == "x" else axes.yaxis
    axis.set_major_locator(MaxNLocator(nbins=5, integer=True, steps=(1, 2, 5, 10)))
    axis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
