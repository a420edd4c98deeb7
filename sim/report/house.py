"""The house style: colours, dashes, marks and hatches, and how a figure becomes the bytes of a file.

Colours are from Okabe and Ito's set, taken so that they differ in lightness too; lines differ by dashes and
markers, areas by hatches. The same drawing gives the same bytes.

Why: a figure is printed in grey, and read by people who do not see every colour.

Source: Okabe & Ito, *Color Universal Design* (2008).
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.resources import as_file, files
from io import BytesIO
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple

import matplotlib
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.typing import LineStyleType

from sim.report.chart import Chart

Kind = Literal["png", "svg"]

STYLE_FILE: Final = "house.mplstyle"
HOUSE_FONT: Final = "DejaVu Sans"
JAPANESE: Final = ("Noto Sans CJK JP", "Noto Sans JP", "IPAexGothic", "Hiragino Sans", "Yu Gothic", "Meiryo")
"""Fonts to look for, since the house's own has no Japanese."""

BLACK: Final = "#000000"
BLUE: Final = "#0072B2"
SKY: Final = "#56B4E9"
ORANGE: Final = "#E69F00"
VERMILION: Final = "#D55E00"
GREEN: Final = "#009E73"
PURPLE: Final = "#CC79A7"
YELLOW: Final = "#F0E442"
WHITE: Final = "#FFFFFF"
PALE_SKY: Final = "#A9D3EF"
NAVY: Final = "#00466E"
RUST: Final = "#A34700"
"""Blue and vermilion dark enough for words."""
INK: Final = "#333333"
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
    Line(VERMILION, (0, (2.5, 1.2)), "v"),
    Line(SKY, (0, (6, 1.5, 1.2, 1.5)), "^"),
    Line(GREEN, (0, (8, 1.5)), "P"),
    Line(PURPLE, (0, (5, 1.2, 1.2, 1.2, 1.2, 1.2)), "X"),
)
"""In the order of the study; from the eighth policy on they come round again."""

PLACES: Final[Mapping[str, Area]] = MappingProxyType(
    {
        "not_ordered": Area(WHITE, "..", QUIET),
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
        "retired": Area(BLACK, "..", WHITE),
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
    with matplotlib.rc_context(_style()), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        yield


@cache
def _style() -> Any:
    """The style sheet, read once, with the fonts of this machine."""
    with as_file(files("sim.report") / STYLE_FILE) as path:
        read: Any = matplotlib.rc_params_from_file(path, use_default_template=False)
    return {**read, "font.family": _families()}


def _families() -> list[str]:
    """The house's font, and one for Japanese where the machine has one."""
    here = font_manager.fontManager.get_font_names()
    return [HOUSE_FONT, *[name for name in JAPANESE if name in here][:1]]


def drawn(chart: Chart) -> Figure:
    """A chart as a figure."""
    with house_style():
        return chart.draw(chart.words)


def picture(figure: Figure, kind: Kind) -> bytes:
    """A figure as a file's bytes: without date or version, so that they depend on the drawing alone."""
    with house_style():
        return _saved(figure, kind)


def pictured(chart: Chart, kinds: Sequence[Kind]) -> list[bytes]:
    """A chart, drawn once, as the bytes of its files."""
    with house_style():
        figure = chart.draw(chart.words)
        return [_saved(figure, kind) for kind in kinds]


def _saved(figure: Figure, kind: Kind) -> bytes:
    told = {"Date": None, "Creator": None} if kind == "svg" else {"Software": None}
    buffer = BytesIO()
    figure.savefig(buffer, format=kind, metadata=told)
    return buffer.getvalue()


def look(place: int) -> Line:
    """How the study's policy at this place is drawn."""
    return POLICIES[place % len(POLICIES)]
