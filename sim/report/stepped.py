"""Handles turned step by step: how each is named, how large its step is and which way it went, and how it is drawn.

Of a handle that stood at the most it may be, what is told is its last step, and it is drawn hollow.

Why: fulfilment and the ramp are told of the same handles, and must name them alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from sim.report.house import BLACK, BLUE, ORANGE, PALE, SKY, WHITE
from sim.report.lettering import one_line, width_pt
from sim.report.sheet import POINTS, beside, panel_pt
from sim.report.told import Record, interval_of, only, short_titles, yen
from sim.store.finding import Finding

ROW_IN: Final = 0.27
NAME_PT: Final = 8.5
LEAST_ROWS: Final = 3
WIDE_PT: Final = 150
"""A panel that is narrower has room for few ticks."""
HOLLOW: Final = " Hollow: it stood at the most it may be and was turned down."


def slopes_of(finding: Finding, measure: str) -> list[Record]:
    """The rows of a measure, the largest first."""
    return sorted(only(finding, "slopes", measure=measure), key=lambda row: -(row["value"] or 0.0))


def handle_of(row: Record) -> tuple[str, str]:
    """What was turned: its kind and its subject."""
    return row["handle"], row["subject"]


def is_down(row: Record) -> bool:
    """Whether it stood at the most it may be, so that its steps went down."""
    return bool(row.get("down"))  # findings of before the way was told went up


def name_of(finding: Finding, row: Record) -> str:
    """A handle in words."""
    titles, subject = finding.about["titles"], row["subject"]
    match row["handle"]:
        case "line":
            return f"money: {short_titles(titles['lines'])[subject]}"
        case "seats":
            return f"course seats: {short_titles(titles['missions'])[subject]}"
        case "subsidy" | "tooling":
            return f"{row['handle']}: {short_titles(titles['offers'])[subject]}"
        case "stock":
            return "safety stock of parts"
    return "margin over the target"


def step_of(row: Record) -> str:
    """How large its step is; of one that went down: the last of it."""
    return f"the last {_size(row)}" if is_down(row) else _size(row)


def _size(row: Record) -> str:
    match row["handle"]:
        case "line":
            return yen(row["step"])
        case "tooling":
            return f"{row['step']} more"
        case "stock":
            return f"{row['step'] / 10_000:g} months"
    return f"{row['step'] / 100:g} %"


def step_in_title(finding: Finding, row: Record) -> str:
    """A step at the head of a sentence: "10 % more of …", or "The last 10 % of …"."""
    step = step_of(row)
    much = step if is_down(row) or step.endswith("more") else f"{step} more"
    return f"{much[0].upper()}{much[1:]} of {name_of(finding, row)}"


def a_step_of_any(rows: Sequence[Record]) -> str:
    """What is not sure to bring anything, where no handle is."""
    return "the last of it" if all(map(is_down, rows)) else "a little more"


def surely(rows: Sequence[Record]) -> list[Record]:
    """Those of which it is sure that a step more adds something."""
    return [row for row in rows if (interval_of(row).low or 0.0) > 0]


def why_down(rows: Sequence[Record]) -> str:
    """Why some were turned down, and how that is to be read; empty where none was."""
    down = [row for row in rows if is_down(row)]
    if not down:
        return ""
    subsidies = sum(row["handle"] == "subsidy" for row in rows)
    which = "Every subsidy" if len(down) == subsidies else f"{len(down)} of {subsidies} subsidies"
    stand = "stand" if 1 < len(down) < subsidies else "stands"
    return (
        f" {which} {stand} at the most that may be paid, so no more can be tried: five steps go down to none, and what"
        " is told is what its last step buys and one step less would lose."
    )


def signed(number: float, decimals: int = 1) -> str:
    """A difference, signed.

    >>> signed(3.24), signed(-0.04), signed(-12.5), signed(0.126, 2)
    ('+3.2', '0.0', '−12.5', '+0.13')
    """
    rounded = round(number, decimals)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return f"{sign}{abs(rounded):,.{decimals}f}"


# -- drawn


def left_of(finding: Finding, rows: Sequence[Record], most_in: float) -> float:
    """Inches that the names of handles and their steps need, at most so many."""
    whole = (f"{name_of(finding, row)}, {step_of(row)}" for row in rows)
    return min(most_in, max(width_pt(name, NAME_PT) for name in whole) / POINTS + 0.15)


def names_left(axes: Axes, finding: Finding, rows: Sequence[Record], left_in: float) -> None:
    """Names and steps left of a panel of handles; of a long name the end is left out, never the step."""
    names = []
    for row in rows:
        step = f", {step_of(row)}"
        room_pt = left_in * POINTS - 10 - width_pt(step, NAME_PT)
        names.append(one_line(name_of(finding, row), room_pt, NAME_PT) + step)
    axes.set_yticks(range(len(names)), names)


def draw_slopes(
    axes: Axes, rows: Sequence[Record | None], number: Callable[[float], str], label: str, scale: float = 1.0
) -> None:
    """A panel of handles, one a row from above: value, interval, and the number at the right; None: an empty row."""
    axes.set_ylim(max(LEAST_ROWS, len(rows)) - 0.5, -0.5)
    axes.margins(x=0.05)
    axes.grid(axis="x")
    axes.axvline(0, color=BLACK, linewidth=0.9)
    axes.spines["left"].set_visible(False)
    for place, row in enumerate(rows):
        axes.axhline(place, color=PALE, linewidth=0.5, zorder=0)
        if row is None:
            continue
        found = interval_of(row)
        if found.low is not None and found.high is not None:
            axes.plot([scale * found.low, scale * found.high], [place, place], color=SKY, linewidth=5, zorder=2)
        colour = BLUE if row["handle"] == "line" else ORANGE
        inside = WHITE if is_down(row) else colour
        value = found.value or 0.0
        axes.plot(scale * value, place, "o", markersize=4.5, color=colour, markerfacecolor=inside, zorder=4)
        beside(axes, place, number(value))
    if all(row is None or not (row["value"] or row["low"] or row["high"]) for row in rows):
        axes.set_xlim(-1, 1)  # nothing to measure a scale by
    axes.xaxis.set_major_locator(MaxNLocator(5 if panel_pt(axes)[0] > WIDE_PT else 3, steps=(1, 2, 5, 10)))
    axes.set_xlabel(label)
