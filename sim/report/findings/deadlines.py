"""The decision calendar: by when each order, signature and course must be decided to keep a chance of being in time.

Why: dates that lie beside the budget's own dates show which ones cannot be kept in any year's ordinary course.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from types import MappingProxyType
from typing import Final, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.calendar import Calendar
from sim.report import wording
from sim.report.chart import Chart, Numbers, Words, chart_name
from sim.report.findings import TextTable
from sim.report.house import BLACK, BLUE, GREEN, ORANGE, PALE, QUIET, SKY, Line
from sim.report.key import draw_key, key_of
from sim.report.lettering import width_pt, wrapped
from sim.report.sheet import POINTS, Room, beside, sheet
from sim.report.time_axis import as_of, fiscal_years
from sim.report.told import Record, calendar_of, only, short_titles
from sim.store.finding import Finding

HEADING: Final = "By when to decide"
ROW_IN: Final = 0.24
DECISIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "order": "order",
        "signing": "signature",
        "start": "first order in the plan",
        "seats": "course seats",
        "subsidies": "subsidy",
        "tooling": "tooling",
        "second_sources": "second source",
        "long_lead": "parts ahead",
    }
)
MARKS: Final = (Line(BLUE, "-", "o"), Line(ORANGE, (0, (4, 1)), "s"), Line(GREEN, (0, (1, 1)), "D"))
"""Of the confidences, in their order; from the fourth on they come round again."""


class Decision(NamedTuple):
    """One decision with its dates, confidence by confidence."""

    decision: str
    subject: str
    detail: str
    quantity: int | None
    mission: str
    due_day: int
    dates: Sequence[Record]


def decisions_of(finding: Finding) -> list[Decision]:
    """Each decision once, in the order of the finding."""
    columns = ("decision", "subject", "detail", "quantity", "mission", "due_day")
    found = []
    for _, rows in groupby(only(finding, "dates"), key=lambda row: [row[column] for column in columns]):
        dates = list(rows)
        found.append(Decision(**{column: dates[0][column] for column in columns}, dates=dates))
    return found


def tables(finding: Finding) -> Iterator[TextTable]:
    """Every decision's latest dates."""
    calendar = calendar_of(finding)
    confidences = finding.about["confidences"]
    found = decisions_of(finding)
    rows = [(_what(of), _name(finding, of), _quantity(of), *(_date(row, calendar) for row in of.dates)) for of in found]
    headings = ("Decision", "On", "Units", *(f"{100 * each:.0f} %" for each in confidences))
    yield TextTable(_title(finding, found), headings, rows, _note(finding, found))


def _note(finding: Finding, found: Sequence[Decision]) -> str:
    calendar = calendar_of(finding)
    first = found[0].dates[0]
    passed = ", ".join(
        f"FY{year} {calendar.iso(day) if day is not None else 'not known'}"
        for year, day in finding.about["passages"].items()
    )
    return (
        f"In brackets: between which days the date lies at {100 * first['level']:.0f} %, from the intervals of all days"
        f" of its grid together. As of {calendar.iso(finding.about['as_of_day'])}; budgets pass: {passed}."
        f" {wording.runs(first['n'], first['N'])}; seed {finding.about['seed']}."
    )


def _what(of: Decision) -> str:
    return DECISIONS.get(of.decision, of.decision.replace("_", " "))


def _name(finding: Finding, of: Decision) -> str:
    """The offer or mission, and what tells this decision from others on it."""
    titles = [finding.about["titles"][kind] for kind in ("offers", "missions")]
    name = next((short_titles(each)[of.subject] for each in titles if of.subject in each), of.subject)
    return f"{name}: {of.detail}" if of.detail else name


def _quantity(of: Decision) -> str:
    if of.quantity is None:
        return wording.NOTHING
    if of.decision in ("order", "signing"):
        return f"{of.quantity:,}"
    return f"{of.quantity:,}" if of.decision in ("tooling", "long_lead") else f"{of.quantity / 100:g} %"


def _date(row: Record, calendar: Calendar) -> str:
    """A latest date and between which it lies.

    A decision that is not needed has none; one that comes too late already has a reason.
    """
    if row["needless"]:
        return "not needed"
    latest = "too late already" if row["latest_day"] is None else calendar.iso(row["latest_day"])
    sure, most = ("too late" if row[end] is None else calendar.iso(row[end]) for end in ("surely_day", "at_most_day"))
    return latest if sure == most else f"{latest} ({sure} to {most})"


def _title(finding: Finding, found: Sequence[Decision]) -> str:
    calendar, wanted = calendar_of(finding), _middle(finding)
    open_ = [
        (row["latest_day"], of)
        for of in found
        for row in of.dates
        if row["confidence"] == wanted and not row["needless"]
    ]
    late = [of for day, of in open_ if day is None]
    percent = f"{100 * wanted:.0f} %"
    if not open_:
        return f"None of the decisions is needed for {percent}"
    come = "comes" if len(late) == 1 else "come"
    first = f"{len(late)} of {len(open_)} decisions {come} too late already for {percent}"
    dated = [(day, of) for day, of in open_ if day is not None]
    if not dated:
        return first
    day, of = min(dated, key=lambda each: each[0])
    latest = f"due by {wording.long_date(day, calendar)}: {_what(of)}, {_name(finding, of)}"
    return f"{first}; the first of the others is {latest}" if late else f"For {percent}, the first decision is {latest}"


def _middle(finding: Finding) -> float:
    """80 % where it was asked about, else the middle one."""
    asked: Sequence[float] = finding.about["confidences"]
    return 0.8 if 0.8 in asked else asked[len(asked) // 2]


def charts(finding: Finding) -> Iterator[Chart]:
    """One calendar."""
    found = decisions_of(finding)
    alone = "The order alone: money and losses are no limits." if any(of.decision == "order" for of in found) else ""
    inside = finding.about["policy"]
    words = Words(
        _title(finding, found),
        "The last day up to which each day of the grid keeps the chance that all units are in service on the due day"
        f" (circle, square, diamond, in the order of the key); bars: between which days it lies. {alone}".strip(),
        f"{f'Inside “{inside}”. ' if inside and not alone else ''}{_note(finding, found)}",
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
    labels = ["\n".join(wrapped(name, left_in * POINTS - 10, 8.0)[:1]) for name in names]
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
    quantity = "" if of.quantity is None else f", {_quantity(of)}"
    return f"{_name(finding, of)}{quantity}: {_what(of)}"


def _row(axes: Axes, place: int, of: Decision, first: int) -> None:
    """The bars of dates that may be too late already begin on the first day that can be chosen."""
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
        beside(axes, place, "too late")
