"""What a little more buys: the slope of fulfilment over five steps, line by line and lever by lever.

A lever that stood at the most it may be was turned down; what is told of it is what its last step buys.

Why: a line in which money lies idle and a line that starves look alike in a budget.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from matplotlib.figure import Figure

from sim.report.chart import Chart, Numbers, Words, chart_name
from sim.report.findings import TextTable
from sim.report.house import BLACK, BLUE, ORANGE, PALE, SKY
from sim.report.lettering import one_line, width_pt
from sim.report.sheet import POINTS, Room, beside, sheet
from sim.report.told import Record, hundredths, interval_of, only, rests_on, short_titles, told, yen
from sim.store.finding import Finding

HEADING: Final = "What a little more buys"
ROW_IN: Final = 0.27


def tables(finding: Finding) -> Iterator[TextTable]:
    """Each handle with its slope, what it costs and what that is per billion yen."""
    slopes = _slopes(finding, "fulfilment_a_step")
    cost = {_key(row): row for row in _slopes(finding, "cost_yen_a_step")}
    ratio = {_key(row): row for row in _slopes(finding, "fulfilment_per_billion_spent")}
    rows = [
        (
            _name(finding, row),
            _step(row),
            told(interval_of(row), hundredths),
            told(interval_of(cost[_key(row)]), _spent),
            told(interval_of(ratio[_key(row)]), hundredths),
        )
        for row in slopes
    ]
    headings = ("More of", "A step", "Fulfilment a step", "Spent a step", "Fulfilment for each ¥1 bn spent")
    note = f"Five steps on the same futures.{_ways(finding, slopes)} {rests_on([*slopes, *ratio.values()], finding)}"
    yield TextTable(_title(finding), headings, rows, note)


def _ways(finding: Finding, rows: Sequence[Record]) -> str:
    """Which way the steps went, and why."""
    lines = [row for row in rows if row["handle"] == "line"]
    years = ", ".join(f"FY{year}" for year in finding.about["years"])
    money = (
        f" Lines have more on 1 April of {years}; uses that take a share of a line take it of this too."
        if lines
        else ""
    )
    return f"{money}{_down_told(rows)}"


def _down_told(rows: Sequence[Record]) -> str:
    """Why some were turned down, and how that is to be read; empty where none was."""
    down = [row for row in rows if _is_down(row)]
    if not down:
        return ""
    subsidies = sum(row["handle"] == "subsidy" for row in rows)
    which = "Every subsidy" if len(down) == subsidies else f"{len(down)} of {subsidies} subsidies"
    stand = "stand" if 1 < len(down) < subsidies else "stands"
    return (
        f" {which} {stand} at the most that may be paid, so no more can be tried: five steps go down to none, and what"
        " is told is what its last step buys and one step less would lose."
    )


def _is_down(row: Record) -> bool:
    return bool(row.get("down"))  # findings of before the way was told went up


def _slopes(finding: Finding, measure: str) -> list[dict[str, object]]:
    rows = only(finding, "slopes", measure=measure)
    return sorted(rows, key=lambda row: -(row["value"] or 0.0))


def _key(row: Record) -> tuple[str, str]:
    return row["handle"], row["subject"]


def _name(finding: Finding, row: Record) -> str:
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


def _step(row: Record) -> str:
    step = _size(row)
    return f"the last {step}" if _is_down(row) else step


def _size(row: Record) -> str:
    match row["handle"]:
        case "line":
            return yen(row["step"])
        case "tooling":
            return f"{row['step']} more"
        case "stock":
            return f"{row['step'] / 10_000:g} months"
    return f"{row['step'] / 100:g} %"


def _spent(yen_: float) -> str:
    """Yen in billions with two decimals: a step of seats costs little."""
    sign = "−" if round(yen_ / 1e9, 2) < 0 else ""
    return f"{sign}¥{abs(yen_) / 1e9:,.2f} bn"


def _title(finding: Finding) -> str:
    policy = finding.about["titles"]["policy"]
    sure = [row for row in _slopes(finding, "fulfilment_a_step") if (interval_of(row).low or 0.0) > 0]
    if not sure:
        what = "the last of it" if all(map(_is_down, _slopes(finding, "fulfilment_a_step"))) else "a little more"
        return f"Of no line or lever is it sure that {what} buys any fulfilment, under “{policy}”"
    gain = hundredths(float(str(sure[0]["value"]))).removeprefix("+")
    step = _step(sure[0])
    much = step if _is_down(sure[0]) or step.endswith("more") else f"{step} more"
    what = f"{much[0].upper()}{much[1:]} of {_name(finding, sure[0])}"
    return f"{what} buys {gain} under “{policy}”, the most of {_handles(finding)}"


def _handles(finding: Finding) -> str:
    return f"{len(_slopes(finding, 'fulfilment_a_step'))} lines and levers"


def charts(finding: Finding) -> Iterator[Chart]:
    """One chart, the steepest first."""
    rows = _slopes(finding, "fulfilment_a_step")
    shown = [row for row in rows if row["value"] or row["low"] or row["high"]] or rows
    without = f" {len(rows) - len(shown)} more lines and levers change nothing." if len(shown) < len(rows) else ""
    words = Words(
        _title(finding),
        "Points of weighted fulfilment that one step more buys; beside a name: how large its step is.",
        f"Least-squares slope over five steps, future by future.{without}{_down_told(rows)} {rests_on(rows, finding)}",
    )
    grid = finding.grids["slopes"]
    numbers = Numbers(grid.columns, grid.rows)
    yield Chart(chart_name("slopes", finding.about["policy"]), words, numbers, partial(_draw, finding, shown))


def _draw(finding: Finding, rows: Sequence[Record], words: Words) -> Figure:
    names = [f"{_name(finding, row)}, {_step(row)}" for row in rows]
    left_in = min(3.6, max(width_pt(name, 8.5) for name in names) / POINTS + 0.15)
    figure, (axes,) = sheet(words, Room(ROW_IN * max(3, len(rows)), left_in, 0.6, 0.1, 0.45))
    axes.set_ylim(max(3, len(rows)) - 0.5, -0.5)
    axes.set_yticks(range(len(names)), [one_line(name, left_in * POINTS - 10, 8.5) for name in names])
    axes.grid(axis="x")
    axes.axvline(0, color=BLACK, linewidth=0.9)
    axes.spines["left"].set_visible(False)
    for place, row in enumerate(rows):
        found = interval_of(row)
        axes.axhline(place, color=PALE, linewidth=0.5, zorder=0)
        if found.low is not None and found.high is not None:
            axes.plot([100 * found.low, 100 * found.high], [place, place], color=SKY, linewidth=5, zorder=2)
        colour = BLUE if row["handle"] == "line" else ORANGE
        axes.plot(100 * (found.value or 0.0), place, "o", markersize=4.5, color=colour, zorder=4)
        beside(axes, place, hundredths(found.value or 0.0).removesuffix(" points"))
    axes.set_xlabel("points of fulfilment a step")
    return figure
