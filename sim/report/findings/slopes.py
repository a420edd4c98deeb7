"""What a little more buys: the slope of fulfilment over five steps, line by line and lever by lever, and of the ramp.

Why: a line in which money lies idle and a line that starves look alike in a budget.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from matplotlib.figure import Figure

from sim.report import ramping
from sim.report.chart import Chart, Numbers, Words, chart_name
from sim.report.findings import TextTable
from sim.report.sheet import Room, sheet
from sim.report.stepped import (
    HOLLOW,
    LEAST_ROWS,
    ROW_IN,
    a_step_of_any,
    draw_slopes,
    handle_of,
    is_down,
    left_of,
    name_of,
    names_left,
    slopes_of,
    step_in_title,
    step_of,
    surely,
    why_down,
)
from sim.report.told import Record, hundredths, interval_of, rests_on, told
from sim.store.finding import Finding

HEADING: Final = "What a little more buys"


def tables(finding: Finding) -> Iterator[TextTable]:
    """Each handle with its slope, what it costs and what that is per billion yen; then what it does to the ramp."""
    slopes = slopes_of(finding, "fulfilment_a_step")
    cost = {handle_of(row): row for row in slopes_of(finding, "cost_yen_a_step")}
    ratio = {handle_of(row): row for row in slopes_of(finding, "fulfilment_per_billion_spent")}
    rows = [
        (
            name_of(finding, row),
            step_of(row),
            told(interval_of(row), hundredths),
            told(interval_of(cost[handle_of(row)]), _spent),
            told(interval_of(ratio[handle_of(row)]), hundredths),
        )
        for row in slopes
    ]
    headings = ("More of", "A step", "Fulfilment a step", "Spent a step", "Fulfilment for each ¥1 bn spent")
    rests = rests_on([*slopes, *ratio.values()], finding)
    note = (
        "Five steps on the same futures; spent is what the whole run costs more, with the orders that follow."
        f"{_years_told(finding, slopes)}{why_down(slopes)} {rests}"
    )
    yield TextTable(_title(finding), headings, rows, note)
    yield from ramping.tables(finding)


def _years_told(finding: Finding, rows: Sequence[Record]) -> str:
    if not any(row["handle"] == "line" for row in rows):
        return ""
    years = ", ".join(f"FY{year}" for year in finding.about["years"])
    return f" Lines have more on 1 April of {years}; uses that take a share of a line take it of this too."


def _spent(yen_: float) -> str:
    """Yen in billions with two decimals: a step of seats costs little."""
    sign = "−" if round(yen_ / 1e9, 2) < 0 else ""
    return f"{sign}¥{abs(yen_) / 1e9:,.2f} bn"


def _title(finding: Finding) -> str:
    policy, rows = finding.about["titles"]["policy"], slopes_of(finding, "fulfilment_a_step")
    sure = surely(rows)
    if not sure:
        return f"Of no line or lever is it sure that {a_step_of_any(rows)} buys any fulfilment, under “{policy}”"
    gain = hundredths(float(str(sure[0]["value"]))).removeprefix("+")
    return f"{step_in_title(finding, sure[0])} buys {gain} under “{policy}”, the most of {len(rows)} lines and levers"


def charts(finding: Finding) -> Iterator[Chart]:
    """Fulfilment, the steepest first; then the ramp."""
    rows = slopes_of(finding, "fulfilment_a_step")
    shown = [row for row in rows if row["value"] or row["low"] or row["high"]] or rows
    left_out = len(rows) - len(shown)
    without = f" Of {len(rows)} lines and levers, {left_out} left out: no fulfilment changes." if left_out else ""
    hollow = HOLLOW if any(map(is_down, shown)) else ""
    words = Words(
        _title(finding),
        f"Points of weighted fulfilment that one step more buys; beside a name: how large its step is.{hollow}",
        f"Least-squares slope over five steps, future by future.{without}{why_down(rows)} {rests_on(rows, finding)}",
    )
    grid = finding.grids["slopes"]
    numbers = Numbers(grid.columns, grid.rows)
    yield Chart(chart_name("slopes", finding.about["policy"]), words, numbers, partial(_draw, finding, shown))
    yield from ramping.charts(finding)


def _draw(finding: Finding, rows: Sequence[Record], words: Words) -> Figure:
    left_in = left_of(finding, rows, 3.6)
    figure, (axes,) = sheet(words, Room(ROW_IN * max(LEAST_ROWS, len(rows)), left_in, 0.6, 0.1, 0.45))
    names_left(axes, finding, rows, left_in)
    draw_slopes(axes, rows, _bare_points, "points of fulfilment a step", scale=100)
    return figure


def _bare_points(share: float) -> str:
    return hundredths(share).removesuffix(" points")
