"""The house style: one sheet for every figure, with its finding above it and what it rests on below.

Colours are from Okabe and Ito's set, taken so that they differ in lightness too; lines differ by dashes and
markers, areas by hatches. The same drawing gives the same bytes.

Why: a figure is printed in grey, and read by people who do not see every colour.

Source: Okabe & Ito, *Color Universal Design* (2008).
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.resources import as_file, files
from io import BytesIO
from math import inf
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path
from matplotlib.typing import LineStyleType

from sim.report.chart import Chart, Words

WIDTH_IN: Final = 7.2
POINTS: Final = 72
EDGE_IN: Final = 0.06
STYLE_FILE: Final = "house.mplstyle"

BLACK: Final = "#000000"
BLUE: Final = "#0072B2"
SKY: Final = "#56B4E9"
ORANGE: Final = "#E69F00"
VERMILION: Final = "#D55E00"
GREEN: Final = "#009E73"
PURPLE: Final = "#CC79A7"
YELLOW: Final = "#F0E442"
WHITE: Final = "#FFFFFF"
QUIET: Final = "#6A6A6A"
"""Of what stands behind the data: words, rules."""
PALE: Final = "#D8D8D8"


class Line(NamedTuple):
    """How a policy is drawn."""

    colour: str
    dashes: LineStyleType
    marker: str


class Area(NamedTuple):
    """How a part of a bar is filled."""

    colour: str
    hatch: str = ""
    ink: str = BLACK
    """Of the hatch."""

    def filling(self) -> dict[str, Any]:
        """As options of a bar or a patch, without an edge: hatches are drawn in the edge's colour."""
        return {"facecolor": self.colour, "hatch": self.hatch, "edgecolor": self.ink, "linewidth": 0}


OUTLINE: Final[Mapping[str, Any]] = MappingProxyType({"facecolor": "none", "edgecolor": BLACK, "linewidth": 0.5})
"""Of a bar or a patch, laid over its filling."""

POLICIES: Final = (
    Line(BLUE, "-", "o"),
    Line(ORANGE, (0, (5, 1.5)), "s"),
    Line(BLACK, (0, (1.2, 1.2)), "D"),
    Line(SKY, (0, (6, 1.5, 1.2, 1.5)), "^"),
    Line(VERMILION, (0, (2.5, 1.2)), "v"),
    Line(GREEN, (0, (8, 1.5)), "P"),
    Line(PURPLE, (0, (5, 1.2, 1.2, 1.2, 1.2, 1.2)), "X"),
)
"""In the order of the study; from the eighth policy on they come round again."""

PLACES: Final[Mapping[str, Area]] = MappingProxyType(
    {
        "not_ordered": Area(WHITE, "....", QUIET),
        "tender": Area(SKY, "----", WHITE),
        "approval": Area(SKY, "////", WHITE),
        "queue": Area(BLUE),
        "production": Area(BLUE, "////", WHITE),
        "waiting_parts": Area(BLUE, "xxxx", WHITE),
        "shipping": Area(YELLOW),
        "acceptance": Area(ORANGE),
        "waiting_crew": Area(VERMILION, "\\\\\\\\", WHITE),
        "fielding": Area(ORANGE, "xxxx", WHITE),
        "lost": Area(BLACK),
        "retired": Area(BLACK, "....", WHITE),
        "cancelled": Area(PALE, "xxxx", BLACK),
        "below_quality": Area(PURPLE),
    }
)
"""Where a missing unit is."""


@contextmanager
def house_style() -> Iterator[None]:
    """Draw and save in the house style.

    A letter that the font lacks is drawn as a box; the page has it as text.
    """
    with (
        as_file(files("sim.report") / STYLE_FILE) as path,
        matplotlib.rc_context(fname=path),
        warnings.catch_warnings(),
    ):
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        yield


def drawn(chart: Chart) -> Figure:
    """A chart as a figure."""
    with house_style():
        return chart.draw(chart.words)


def picture(figure: Figure, kind: Literal["png", "svg"]) -> bytes:
    """A figure as a file's bytes: without date or version, so that they depend on the drawing alone."""
    told = {"Date": None, "Creator": None} if kind == "svg" else {"Software": None}
    buffer = BytesIO()
    with house_style():
        figure.savefig(buffer, format=kind, metadata=told)
    return buffer.getvalue()


def look(place: int) -> Line:
    """How the study's policy at this place is drawn."""
    return POLICIES[place % len(POLICIES)]


# -- text

_TOGETHER: Final = re.compile(r"(?<=\d) (?=%|bn|[A-Z][a-z]+ \d{4})|(?<=¥) (?=bn)")
_STAYS: Final = "\u00a0"
_TITLE: Final = (12.0, "bold", 15.5)
_SUBTITLE: Final = (9.0, "normal", 12.5)
_CAPTION: Final = (7.5, "normal", 10.5)
"""Size, weight, distance of lines, in points."""


def width_pt(text: str, size_pt: float, weight: str = "normal") -> float:
    """Width of a text when it is drawn, in points: of its words and the spaces between them."""
    words = text.split(" ")
    return sum(_word_pt(word, size_pt, weight) for word in words) + (len(words) - 1) * _space_pt(size_pt, weight)


@cache
def _word_pt(word: str, size_pt: float, weight: str) -> float:
    prop = FontProperties(size=size_pt, weight=weight)
    return float(text_to_path.get_text_width_height_descent(word, prop, ismath=False)[0])


@cache
def _space_pt(size_pt: float, weight: str) -> float:
    return _word_pt("n n", size_pt, weight) - 2 * _word_pt("n", size_pt, weight)


def wrapped(text: str, most_pt: float, size_pt: float, weight: str = "normal") -> list[str]:
    """A text in lines no wider than ``most_pt`` points; a number stays with its unit, a day with its month."""
    space_pt = _space_pt(size_pt, weight)
    lines: list[str] = []
    wide_pt = most_pt
    for word in _TOGETHER.sub(_STAYS, text).split(" "):
        word_pt = _word_pt(word, size_pt, weight)
        if lines and wide_pt + space_pt + word_pt <= most_pt:
            lines[-1] += f" {word}"
            wide_pt += space_pt + word_pt
        else:
            lines.append(word)
            wide_pt = word_pt
    return lines


def even(text: str, most_pt: float, size_pt: float, weight: str) -> list[str]:
    """The same in as many lines, of about one width: no last line of a single word."""
    lines = wrapped(text, most_pt, size_pt, weight)
    widest = most_pt
    while widest > most_pt / 2 and len(wrapped(text, widest - 12, size_pt, weight)) == len(lines):
        widest -= 12
    return wrapped(text, widest, size_pt, weight)


def _write(figure: Figure, lines: Sequence[str], top_pt: float, style: tuple[float, str, float], colour: str) -> None:
    size, weight, step = style
    height_pt = figure.get_figheight() * POINTS
    for place, line in enumerate(lines):
        y = 1 - (top_pt + place * step) / height_pt
        figure.text(EDGE_IN / WIDTH_IN, y, line, size=size, weight=weight, color=colour, va="top", ha="left")


# -- the sheet


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


def sheet(words: Words, room: Room, rows: int = 1, columns: int = 1) -> tuple[Figure, list[Axes]]:
    """A sheet with its words, and its empty panels row by row."""
    most_pt = (WIDTH_IN - 2 * EDGE_IN) * POINTS
    parts = [
        (cut(text, most_pt, style[0], style[1]), style, colour)
        for text, cut, style, colour in zip(
            words, (even, wrapped, wrapped), (_TITLE, _SUBTITLE, _CAPTION), (BLACK, "#333333", QUIET), strict=True
        )
    ]
    tall_pt = [len(lines) * style[2] for lines, style, _ in parts]
    top_pt = EDGE_IN * POINTS + tall_pt[0] + 2 + tall_pt[1]
    panels_in = rows * room.height + (rows - 1) * room.down
    height_in = top_pt / POINTS + room.above + panels_in + room.under + tall_pt[2] / POINTS + EDGE_IN
    figure = Figure(figsize=(WIDTH_IN, height_in))
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


def apart(wanted: Sequence[float], least: float, most: float = inf) -> list[float]:
    """Places on a line as near to the wanted ones as they can be with ``least`` between neighbours.

    None is higher than ``most``, whatever that pushes down.

    >>> apart([5.0, 0.0, 5.0], 2.0), apart([5.0, 0.0, 5.0], 2.0, most=5.0)
    ([4.0, 0.0, 6.0], [3.0, 0.0, 5.0])
    """
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    groups: list[tuple[float, list[int]]] = []
    for place in order:
        group = (wanted[place], [place])
        while groups and group[0] - groups[-1][0] < least * (len(group[1]) + len(groups[-1][1])) / 2:
            members = groups.pop()[1] + group[1]
            middle = sum(wanted[each] for each in members) / len(members)
            group = (middle, members)
        groups.append(group)
    found = [0.0] * len(wanted)
    for middle, members in groups:
        for step, place in enumerate(members):
            found[place] = middle + least * (step - (len(members) - 1) / 2)
    for place in sorted(order, key=lambda each: found[each], reverse=True):
        found[place] = min(found[place], most)
        most = found[place] - least
    return found


def say_at_right(axes: Axes, labels: Sequence[tuple[float, str, str]], size_pt: float = 8.5) -> None:
    """Words at the right end of a panel, beside their height in data: (height, words, colour)."""
    bottom, top = axes.get_ylim()
    tall_pt = axes.get_position().height * axes.get_figure().get_figheight() * POINTS  # type: ignore[union-attr]
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
    from matplotlib.ticker import MaxNLocator, StrMethodFormatter

    axis = axes.xaxis if which == "x" else axes.yaxis
    axis.set_major_locator(MaxNLocator(nbins=5, integer=True, steps=(1, 2, 5, 10)))
    axis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
