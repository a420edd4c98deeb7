"""Panels under names: several small drawings of one kind side by side, each with its name and a line of its numbers.

A name that is wider than its panel is cut between words, before an ellipsis.

Why: a mission or a line must be found at the same place on every figure, and its name must not lie on its neighbour's.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.chart import Words
from sim.report.house import INK
from sim.report.lettering import one_line
from sim.report.sheet import POINTS, WIDTH_IN, Room, sheet

ACROSS: Final = 2
"""Panels side by side."""
ROOM: Final = Room(height=1.15, left=0.5, right=0.12, above=0.52, under=0.34, across=0.55, down=0.72)
NAME_PT: Final = 8.5
NUMBERS_PT: Final = 8.0


def named_panels(words: Words, names: Sequence[tuple[str, str]], room: Room = ROOM) -> tuple[Figure, list[Axes]]:
    """A sheet with one panel a name.

    Parameters
    ----------
    names
        Of each panel its name, and its numbers in words, which stand below the name.

    Returns
    -------
    The sheet, and the panels in the order of the names.
    """
    across = min(ACROSS, len(names))
    wide_pt = (WIDTH_IN - room.left - room.right - (across - 1) * room.across) / across * POINTS
    figure, panels = sheet(words, room, rows=ceil(len(names) / across), columns=across)
    for spare in panels[len(names) :]:
        spare.remove()
    found = panels[: len(names)]
    for axes, (name, numbers) in zip(found, names, strict=True):
        axes.set_title(one_line(name, wide_pt, NAME_PT, "bold"), size=NAME_PT, pad=16)
        axes.annotate(
            one_line(numbers, wide_pt, NUMBERS_PT), (0, 1), (0, 5), xycoords="axes fraction",
            textcoords="offset points", size=NUMBERS_PT, color=INK, va="bottom", annotation_clip=False,
        )  # fmt: skip
    return figure, found
