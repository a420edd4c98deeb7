"""Joint confidence: each future's cost and day, the four quadrants, and the line on which both keep the wanted chance.

Why: the two one-sided answers that a budget and a schedule give do not add up to a plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report import wording
from sim.report.chart import Chart, Numbers, Words, chart_name
from sim.report.findings import TextTable
from sim.report.house import BLACK, BLUE, PALE, QUIET, VERMILION
from sim.report.sheet import Room, sheet
from sim.report.told import calendar_of, interval_of, only, percent, rests_on, short_titles, title_of, told, yen
from sim.store.finding import Finding

HEADING: Final = "Cost, day and quantity together"
BILLION: Final = 1e9
QUADRANTS: Final = {
    "both": "in time and within the sum",
    "late": "within the sum, too late",
    "dear": "in time, dearer",
    "neither": "too late and dearer",
}


def tables(finding: Finding) -> Iterator[TextTable]:
    """The quadrants, and the price of the wanted chance."""
    chances = only(finding, "chances")
    rows = [(QUADRANTS[row["quadrant"]], told(interval_of(row), percent)) for row in chances]
    note = f"{_asked(finding)} {rests_on(chances, finding)}"
    yield TextTable(_title(finding), ("Quadrant", "Chance"), rows, note)
    (price,) = only(finding, "price")
    wanted = f"{100 * price['wanted']:.0f} %"
    found = interval_of(price)
    rows = [(f"{wanted} to be in time and within", told(found, yen))]
    title = f"The price of {wanted}"
    yield TextTable(title, ("Chance", "The least sum"), rows, rests_on([price], finding))


def _asked(finding: Finding) -> str:
    """What is to hold together, in a sentence."""
    about = finding.about
    missions = [short_titles(about["titles"]["missions"])[mission] for mission in about["missions"]]
    day = wording.long_date(about["day"], calendar_of(finding))
    sum_ = f"{yen(about['cost_yen'])}{'' if about['cost_was_given'] else ', chosen here'}"
    wanted = "its own target" if about["quantity"] is None else f"{about['quantity']:,} in service"
    each = "each of " if len(missions) > 1 else ""
    return f"In time: {each}{wording.listed(missions)} has reached {wanted} by {day}. The sum: {sum_}."


def _title(finding: Finding) -> str:
    about = finding.about
    both = only(finding, "chances", quadrant="both")[0]
    (price,) = only(finding, "price")
    day = wording.long_date(about["day"], calendar_of(finding))
    first = f"{percent(both['value'] or 0.0)} chance to be in time by {day} for {yen(about['cost_yen'])} or less"
    wanted = f"{100 * price['wanted']:.0f} %"
    policy = title_of(finding, "policies", about["policy"])
    after = f"no sum buys {wanted}" if price["value"] is None else f"{wanted} costs {yen(price['value'])}"
    return f"{first}; {after}, under “{policy}”"


def charts(finding: Finding) -> Iterator[Chart]:
    """One scatter."""
    grid = finding.grids["futures"]
    chances = only(finding, "chances")
    words = Words(
        _title(finding),
        "A mark is one future: what it costs, and the day on which it is there. In each corner: the share of futures."
        f" {_line_in_words(finding)}",
        f"{_asked(finding)} {rests_on(chances, finding)}",
    )
    name = chart_name("confidence", finding.about["policy"])
    yield Chart(name, words, Numbers(grid.columns, grid.rows), partial(_draw, finding))


def _line_in_words(finding: Finding) -> str:
    wanted = f"{100 * finding.about['wanted']:.0f} %"
    if not only(finding, "line"):
        return f"No line: no cost and day together have a chance of {wanted}."
    return f"Line: cost and day that together have a chance of {wanted}."


def _draw(finding: Finding, words: Words) -> Figure:
    about, calendar = finding.about, calendar_of(finding)
    figure, (axes,) = sheet(words, Room(3.4, 1.0, 0.25, 0.3, 0.5))
    futures = only(finding, "futures")
    never = about["horizon_day"] + 1
    there = [row for row in futures if row["day"] < never]
    cost, days = [row["cost_yen"] / BILLION for row in there], [row["day"] for row in there]
    axes.plot(cost, days, "o", markersize=3.5, color=BLUE, alpha=0.5, markeredgewidth=0)
    first = min([*days, about["day"]])
    top = max([*days, about["day"]])
    room = max(60, (top - first) // 8)
    lost = len(there) < len(futures)
    ceiling = top + (3 if lost else 1) * room
    if lost:
        late = [row["cost_yen"] / BILLION for row in futures if row["day"] >= never]
        axes.plot(
            late, [top + 2 * room] * len(late), "o", markersize=3.5, color=VERMILION, alpha=0.5, markeredgewidth=0
        )
    axes.set_ylim(first - room, ceiling)
    ticks = [each for each in calendar.month_starts(first - room, top + room) if calendar.date(each).month in (4, 10)]
    labels = [calendar.iso(each)[:7] for each in ticks]
    axes.set_yticks(
        [*ticks, *([top + 2 * room] if lost else [])],
        [*labels, *([f"not by {calendar.iso(never - 1)[:7]}"] if lost else [])],
    )
    axes.margins(x=0.04)
    axes.axvline(about["cost_yen"] / BILLION, color=BLACK, linewidth=1.2)
    axes.axhline(about["day"], color=BLACK, linewidth=1.2)
    _line(axes, finding, ceiling)
    _corners(axes, finding)
    axes.set_xlabel("cost, ¥ bn")
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.grid(axis="both", color=PALE, linewidth=0.5)
    axes.set_title("day on which it is there", weight="normal", size=8.5)
    return figure


def _line(axes: Axes, finding: Finding, ceiling: float) -> None:
    """Stairs from the right edge, along the first day, down in cost as the day goes out."""
    steps = [(row["day"], row["cost_yen"] / BILLION) for row in only(finding, "line")]
    if not steps:
        return
    left, right = axes.get_xlim()
    corners = [(right, steps[0][0])]
    for (day, cost), later in zip(steps, [*(day for day, _ in steps[1:]), ceiling], strict=True):
        corners += [(cost, day), (cost, later)]
    axes.plot(*zip(*corners, strict=True), color=QUIET, linewidth=1.6, zorder=3)
    axes.set_xlim(left, right)


def _corners(axes: Axes, finding: Finding) -> None:
    places = {"both": (0.02, 0.03, "left", "bottom"), "late": (0.02, 0.97, "left", "top"),
              "dear": (0.98, 0.03, "right", "bottom"), "neither": (0.98, 0.97, "right", "top")}  # fmt: skip
    for row in only(finding, "chances"):
        x, y, across, up = places[row["quadrant"]]
        words = f"{QUADRANTS[row['quadrant']]}: {percent(row['value'] or 0.0)}"
        axes.text(x, y, words, transform=axes.transAxes, size=8.5, ha=across, va=up,
                  bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5, "alpha": 0.85}, zorder=5)  # fmt: skip
