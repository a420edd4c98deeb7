"""The key of a figure whose parts have no room for their names: samples and words in a line under the subtitle.

It is laid out before the sheet, since its lines decide how far down the panels begin.

Why: a name beside its line is better, and where twelve places share a bar there is no beside.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from sim.report.house import OUTLINE, Area, Line
from sim.report.lettering import apart, width_pt, wrapped
from sim.report.sheet import EDGE_IN, POINTS, WIDTH_IN, panel_pt

SIZE_PT: Final = 8.5
STEP_PT: Final = 14.0
_BETWEEN_PT: Final = 10.0


class Entry(NamedTuple):
    """One sample and its words, and where it stands."""

    words: str
    sample: Line | Area
    left_pt: float
    line: int


class Key(NamedTuple):
    """A key laid out."""

    entries: tuple[Entry, ...]

    @property
    def tall_in(self) -> float:
        """How much room it takes."""
        return (self.entries[-1].line + 1) * STEP_PT / POINTS if self.entries else 0.0


def key_of(samples: Sequence[tuple[str, Line | Area]]) -> Key:
    """Lay out samples in lines across the sheet."""
    entries: list[Entry] = []
    left_pt, line = 0.0, 0
    for words, sample in samples:
        wide_pt = _sample_pt(sample) + width_pt(words, SIZE_PT)
        if left_pt and left_pt + wide_pt > (WIDTH_IN - 2 * EDGE_IN) * POINTS:
            left_pt, line = 0.0, line + 1
        entries.append(Entry(words, sample, left_pt, line))
        left_pt += wide_pt + _BETWEEN_PT
    return Key(tuple(entries))


def _sample_pt(sample: Line | Area) -> float:
    return 29.0 if isinstance(sample, Line) else 15.0


def draw_key(figure: Figure, first: Axes, above_in: float, key: Key) -> None:
    """Draw a key between the words and the first panel, which begins ``above_in`` below them."""
    wide_pt, tall_pt = WIDTH_IN * POINTS, figure.get_figheight() * POINTS
    top_pt = first.get_position().y1 * tall_pt + above_in * POINTS - 13
    for entry in key.entries:
        x_pt, y_pt = EDGE_IN * POINTS + entry.left_pt, top_pt - STEP_PT * entry.line
        _sample(figure, entry.sample, x_pt / wide_pt, y_pt / tall_pt, wide_pt, tall_pt)
        figure.text(
            (x_pt + _sample_pt(entry.sample)) / wide_pt, y_pt / tall_pt, entry.words, size=SIZE_PT, va="center_baseline"
        )


def name_lines(axes: Axes, labels: Sequence[tuple[float, str, Line]], room_in: float) -> None:
    """Names at the right end of a panel with one line each: (height in data, words, line)."""
    bottom, top = axes.get_ylim()
    wide_pt, tall_pt = panel_pt(axes)
    names = [wrapped(words, room_in * POINTS - 38, SIZE_PT) for _, words, _ in labels]
    wanted = [(height - bottom) / (top - bottom) * tall_pt for height, _, _ in labels]
    step = 11.0 * max(len(lines) for lines in names) + 3
    heights = apart(wanted, step, step / 2, tall_pt - step / 2)
    for lines, at_pt, (_, _, line) in zip(names, heights, labels, strict=True):
        y, ends = at_pt / tall_pt, (1 + 5 / wide_pt, 1 + 25 / wide_pt)
        axes.plot(
            ends, (y, y), color=line.colour, linestyle=line.dashes, transform=axes.transAxes, linewidth=1.7,
            clip_on=False,
        )  # fmt: skip
        axes.text(1 + 30 / wide_pt, y, "\n".join(lines), transform=axes.transAxes, size=SIZE_PT, va="center")


def _sample(figure: Figure, sample: Line | Area, x: float, y: float, wide_pt: float, tall_pt: float) -> None:
    if isinstance(sample, Line):
        ends = [x, x + 24 / wide_pt]
        figure.add_artist(Line2D(ends, [y, y], color=sample.colour, linestyle=sample.dashes, linewidth=1.7))
        return
    for options in (sample.filling(), OUTLINE):
        corner = (x, y - 4 / tall_pt)
        figure.add_artist(Rectangle(corner, 11 / wide_pt, 8 / tall_pt, transform=figure.transFigure, **options))
