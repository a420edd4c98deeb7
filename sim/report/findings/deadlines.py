"""The decision calendar: by when each order, signature and course must be decided to keep a chance of being in time.

Why: dates that lie beside the budget's own dates show which ones cannot be kept in any year's ordinary course.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report import wording
from sim.report.chart import Chart, Numbers, Words, chart_name
from sim.report.deciding import (
    ALONE,
    PURCHASES,
    Decision,
    amount,
    date,
    decisions_of,
    limits_left,
    name_of,
    title,
    what,
)
from sim.report.findings import TextTable
from sim.report.findings.bottlenecks import in_words
from sim.report.house import BLACK, BLUE, GREEN, ORANGE, PALE, QUIET, SKY, Line
from sim.report.key import draw_key, key_of
from sim.report.lettering import one_line, width_pt
from sim.report.sheet import POINTS, Room, beside, sheet
from sim.report.time_axis import as_of, fiscal_years
from sim.report.told import calendar_of, interval_of, only, percent, points, rests_on, title_of, told
from sim.store.finding import Finding

HEADING: Final = "By when to decide"
ROW_IN: Final = 0.24
FIRST: Final = ("Decision", "On", "Amount")
MARKS: Final = (Line(BLUE, "-", "o"), Line(ORANGE, (0, (4, 1)), "s"), Line(GREEN, (0, (1, 1)), "D"))
"""Of the confidences, in their order; from the fourth on they come round again."""


def tables(finding: Finding) -> Iterator[TextTable]:
    """Every decision's latest dates, then how likely it is with the decision at once and without it."""
    calendar = calendar_of(finding)
    found = decisions_of(finding)
    rows = [(*_first(finding, of), *(date(row, calendar) for row in of.dates)) for of in found]
    headings = (*FIRST, *(f"{100 * each:.0f} %" for each in finding.about["confidences"]))
    note = _note(finding, found, "In brackets", "; --whole-plan lifts none")
    yield TextTable(title(finding, found), headings, rows, note)
    if "gains" in finding.grids:
        yield _at_once_table(finding, found)


def _first(finding: Finding, of: Decision) -> tuple[str, str, str]:
    return what(of), name_of(finding, of), amount(of)


def _at_once_table(finding: Finding, found: Sequence[Decision]) -> TextTable:
    """Of an order alone nothing is there without it: what it brings is its chance, and not told twice."""
    at_once, brings = finding.about["as_of_day"], any(of.decision not in ALONE for of in found)
    rows, resting = [], []
    for of in found:
        own = {"decision": of.decision, "subject": of.subject, "detail": of.detail, "quantity": of.quantity}
        by_day = {row["day"]: row for row in only(finding, "chances", **own)}
        shown = [(by_day[day], percent) for day in (at_once, None)]
        if brings:
            shown += [(only(finding, "gains", **own)[0], points)]
        rows.append((*_first(finding, of), *(told(interval_of(row), number) for row, number in shown)))
        resting += [row for row, _ in shown]
    headings = (*FIRST, f"On {calendar_of(finding).iso(at_once)}", "Never", *(["It brings"] if brings else []))
    note = f"{'It brings: paired by future. ' if brings else ''}{rests_on(resting, finding)}"
    return TextTable("Chance with the decision at once, and without it", headings, rows, note)


def _note(finding: Finding, found: Sequence[Decision], between: str, way_out: str = "") -> str:
    """What the dates rest on.

    Parameters
    ----------
    between
        Where the days are told or drawn between which a date lies.
    way_out
        How the terminal is asked to leave the limits as they are.
    """
    first = found[0].dates[0]
    return (
        f"{_limited(finding, found, way_out)}{between}: between which days the date lies at"
        f" {100 * first['level']:.0f} %, from the intervals of all days of its grid together."
        f" As of {calendar_of(finding).iso(finding.about['as_of_day'])}; budgets pass: {_passages(finding)}."
        f" {wording.runs(first['n'], first['N'])}; seed {finding.about['seed']}."
    )


def _passages(finding: Finding) -> str:
    """The days on which budgets pass, then the years of which that is not known."""
    calendar, passages = calendar_of(finding), finding.about["passages"]
    known = [f"FY{year} {calendar.iso(day)}" for year, day in passages.items() if day is not None]
    unknown = [f"FY{year}" for year, day in passages.items() if day is None]
    return "; ".join([", ".join(known), *([f"not known of {wording.listed(unknown)}"] if unknown else [])])


def _limited(finding: Finding, found: Sequence[Decision], way_out: str) -> str:
    """What else was a limit while a purchase was moved."""
    left = limits_left(finding)
    kinds = {of.decision: what(of) for of in found if of.decision in PURCHASES and len(left.get(of.decision, ())) == 1}
    if not kinds:
        return ""
    each = ", ".join(f"{words}: {in_words(left[kind][0])}" for kind, words in kinds.items())
    return f"Every limit is lifted but the one that the purchase is to relieve ({each}){way_out}. "


def charts(finding: Finding) -> Iterator[Chart]:
    """One calendar."""
    found = decisions_of(finding)
    alone = "The order alone: money and losses are no limits." if any(of.decision in ALONE for of in found) else ""
    inside = finding.about["policy"] and title_of(finding, "policies", finding.about["policy"])
    words = Words(
        title(finding, found),
        "The last day up to which each day of the grid keeps the chance that all units are in service on the due day"
        f" (circle, square, diamond, in the order of the key); bars: between which days it lies. {alone}".strip(),
        f"{f'Inside “{inside}”. ' if inside and not alone else ''}{_note(finding, found, 'Bars')}",
    )
    grid = finding.grids["dates"]
    yield Chart(chart_name("deadlines"), words, Numbers(grid.columns, grid.rows), partial(_draw, finding, found))


def _draw(finding: Finding, found: Sequence[Decision], words: Words) -> Figure:
    about, calendar = finding.about, calendar_of(finding)
    key = key_of(
        [(f"{100 * each:.0f} % chance", MARKS[place % len(MARKS)]) for place, each in enumerate(about["confidences"])]
    )
    names = [_label(finding, of) for of in found]
    left_in = min(3.1, max(width_pt(name, 8.0) for name in names) / POINTS + 0.15)
    above_in = 0.2 + key.tall_in
    figure, (axes,) = sheet(words, Room(ROW_IN * max(3, len(found)), left_in, 0.85, above_in, 0.32))
    draw_key(figure, axes, above_in, key)
    axes.set_ylim(max(3, len(found)) - 0.5, -0.9)
    labels = [one_line(name, left_in * POINTS - 10, 8.0) for name in names]
    axes.set_yticks(range(len(found)), labels, size=8.0)
    last = max(of.due_day for of in found)
    first_day = calendar.fiscal_year_start(calendar.fiscal_year(about["as_of_day"]))
    fiscal_years(axes, calendar, first_day, last + 10)
    as_of(axes, about["as_of_day"], calendar)
    for day in about["passages"].values():
        if day is not None and day >= about["as_of_day"]:
            axes.axvline(day, color=QUIET, linewidth=0.8, linestyle=(0, (1, 2)))
    for place, of in enumerate(found):
        _row(axes, place, of, about["as_of_day"])
    return figure


def _label(finding: Finding, of: Decision) -> str:
    """The decision before what it is on, of which a long name is cut."""
    quantity = "" if of.quantity is None else f" {amount(of)}"
    return f"{what(of)}{quantity}: {name_of(finding, of)}"


def _row(axes: Axes, place: int, of: Decision, first: int) -> None:
    """The bars of dates that may not be there at all begin on the first day that can be chosen."""
    axes.axhline(place, color=PALE, linewidth=0.5, zorder=0)
    axes.plot([of.due_day, of.due_day], [place - 0.35, place + 0.35], color=BLACK, linewidth=1.2)
    for order, row in enumerate(of.dates):
        mark, offset = MARKS[order % len(MARKS)], place + 0.18 * (order - (len(of.dates) - 1) / 2)
        if row["needless"]:
            continue
        sure, most = row["surely_day"], row["at_most_day"]
        if most is not None:
            axes.plot([first if sure is None else sure, most], [offset, offset], color=SKY, linewidth=2.5, zorder=2)
        if row["latest_day"] is not None:
            axes.plot(row["latest_day"], offset, mark.marker, color=mark.colour, markersize=4.5, zorder=4)
    if all(row["needless"] for row in of.dates):
        beside(axes, place, "not needed")
    elif all(row["latest_day"] is None for row in of.dates):
        beside(axes, place, "not at once")
