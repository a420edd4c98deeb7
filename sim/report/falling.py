"""The columns of a waterfall: from the target, step by step, down to what is in service and counted.

Small places stand together in one column, and no number lies on another.

Why: thirteen columns in half a sheet leave no room for the two that matter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from sim.report.house import BLACK, GREEN, OUTLINE, PALE, PLACES, WHITE, Area
from sim.report.lettering import width_pt
from sim.report.sheet import panel_pt

TARGET, DEPLOYED, OTHERS = "target", "deployed", "others"
ENDS: Final = (TARGET, DEPLOYED)
SMALL: Final = 0.02
"""Of the target: places with fewer units stand together."""
LABEL_PT: Final = 7.0
_LINE_PT: Final = 8.0
_ABOVE_PT: Final = (2.0, 6.0)
"""Between a column and its number: a step's, and an end's, which bears a mark."""

Fall = Sequence[tuple[str, float]]
"""Steps in order: the target, places, what is in service."""


def area_of(step: str) -> Area:
    """How a step's column is filled."""
    ends = {TARGET: Area(PALE), DEPLOYED: Area(GREEN), OTHERS: Area(WHITE, "||||", BLACK)}
    return ends[step] if step in ends else PLACES[step]


def without_small(fall: Fall) -> Fall:
    """The same fall, with places that hold less than ``SMALL`` of the target in one column, where they are several.

    >>> without_small([("target", 100.0), ("queue", 1.0), ("lost", 9.0), ("tender", 1.5), ("deployed", 88.5)])
    [('target', 100.0), ('lost', 9.0), ('others', 2.5), ('deployed', 88.5)]
    >>> without_small([("target", 100.0), ("queue", 1.0), ("lost", 9.0), ("deployed", 90.0)])[1]
    ('queue', 1.0)
    """
    least = SMALL * dict(fall)[TARGET]
    small = [step for step, value in fall if step not in ENDS and abs(value) < least]
    if len(small) < 2:
        return fall
    kept = [(step, value) for step, value in fall if step not in small]
    together = sum(value for step, value in fall if step in small)
    return [*kept[:-1], (OTHERS, together), kept[-1]]


def short_number(value: float) -> str:
    """A mean of units: one decimal below ten.

    >>> short_number(1869.8), short_number(-1.83), short_number(4.0), short_number(0.03), short_number(-0.03)
    ('1,870', '−1.8', '4', '<0.1', '0')
    """
    if 0 < abs(value) < 0.05:
        return "<0.1" if value > 0 else "0"
    rounded = f"{value:,.0f}" if abs(value) >= 9.95 else f"{value:,.1f}".removesuffix(".0")
    return rounded.replace("-", "−")


def draw_fall(axes: Axes, fall: Fall, over_all: Mapping[str, float]) -> None:
    """Draw a fall in its panel; ``over_all`` has the ends over all runs, which are marked."""
    level = dict(fall)[TARGET]
    tops: list[float] = []
    for place, (step, value) in enumerate(fall):
        low, high = (0.0, value) if step in ENDS else (min(level - value, level), max(level - value, level))
        if step not in ENDS:
            axes.plot([place - 1, place + 0.4], [level, level], color=BLACK, linewidth=0.5)
            level -= value
        for options in (area_of(step).filling(), OUTLINE):
            axes.bar(place, high - low, bottom=low, width=0.8, **options)
        if step in ENDS:
            axes.plot(
                place, over_all[step], "D", markersize=4.5, color="white", markeredgecolor=BLACK, zorder=5,
                clip_on=False,
            )  # fmt: skip
        tops.append(max(high, over_all[step]) if step in ENDS else high)
    axes.set_xlim(-0.6, max(len(fall), 6) - 0.4)
    axes.set_ylim(min(0.0, axes.get_ylim()[0]), axes.get_ylim()[1] * 1.25)
    axes.set_xticks([])
    axes.axhline(0, color=BLACK, linewidth=0.9)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    axes.yaxis.set_major_formatter("{x:,.0f}")
    _say(axes, fall, tops)


def _say(axes: Axes, fall: Fall, tops: Sequence[float]) -> None:
    """Each column's number above it; one that would lie on the number before it is raised by a line."""
    (low, high), (left, right) = axes.get_ylim(), axes.get_xlim()
    wide_pt, tall_pt = panel_pt(axes)
    end_pt, before_pt = float("-inf"), 0.0
    for place, ((step, value), top) in enumerate(zip(fall, tops, strict=True)):
        words = short_number(value)
        half_pt = width_pt(words, LABEL_PT) / 2
        middle_pt = (place - left) / (right - left) * wide_pt
        wanted_pt = (top - low) / (high - low) * tall_pt + _ABOVE_PT[step in ENDS]
        at_pt = wanted_pt
        if middle_pt - half_pt < end_pt + 1.5 and abs(at_pt - before_pt) < _LINE_PT:
            at_pt = before_pt + _LINE_PT
        axes.annotate(
            words, (place, top), (0, at_pt - wanted_pt + _ABOVE_PT[step in ENDS]), size=LABEL_PT,
            textcoords="offset points", ha="center", va="bottom", annotation_clip=False,
        )  # fmt: skip
        end_pt, before_pt = middle_pt + half_pt, at_pt
