"""A chart before it is drawn: its finding in words, its numbers as a table, and how to draw it.

The title is worked out from the same numbers that are drawn.

Why: a title that somebody typed is true of last month's run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.figure import Figure

    from sim.report.material import Material


class Asked(NamedTuple):
    """Which part of a study a chart is asked to show; None: all, or the leading policy where it shows one."""

    policy: str | None = None
    mission: str | None = None


class Words(NamedTuple):
    """What stands around a drawing."""

    title: str
    """The finding, as a sentence without its full stop."""
    subtitle: str
    """What is drawn, in which unit."""
    caption: str
    """What it rests on: futures, seed, kind of interval."""


class Numbers(NamedTuple):
    """The numbers of a chart, for a spreadsheet."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart."""

    name: str
    """Also of its files: the figure's, then what it is of."""
    words: Words
    numbers: Numbers
    draw: Callable[[Words], Figure]


class FigureFile(Protocol):
    """What a file in ``sim.report.figures`` says."""

    HEADING: str
    """Over its charts in the report."""

    def charts(self, material: Material, asked: Asked) -> Iterator[Chart]:
        """The charts of this figure; in the report, those of ``Asked()``."""
        ...


def chart_name(figure: str, *parts: str | None) -> str:
    """Name of a chart and of its files.

    >>> chart_name("fan", "small_attack", "balanced"), chart_name("chance", None)
    ('fan-small_attack-balanced', 'chance')
    """
    return "-".join([figure, *(part for part in parts if part is not None)])
