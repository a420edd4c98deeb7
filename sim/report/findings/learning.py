"""What the deliveries teach: arrivals before and after they were known, the answer before and after, inputs that moved.

Why: whoever held the old belief must see what moved it, and by how much.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report import wording
from sim.report.chart import Chart, Numbers, Words, chart_name
from sim.report.findings import TextTable
from sim.report.house import BLACK, BLUE, ORANGE, PALE, QUIET, Area
from sim.report.key import draw_key, key_of
from sim.report.lettering import wrapped
from sim.report.sheet import POINTS, WIDTH_IN, Room, sheet, thousands
from sim.report.time_axis import fiscal_years
from sim.report.told import Record, calendar_of, interval_of, only, percent, points, title_of, told
from sim.store.finding import Finding
from sim.study.statistics import Interval

HEADING: Final = "What the deliveries teach"
MOST: Final = 10


def tables(finding: Finding) -> Iterator[TextTable]:
    """The answer before and after; then arrivals by the last day; then the inputs that moved most."""
    yield _answers(finding)
    yield _arrivals(finding)
    yield _inputs(finding)


def _note(finding: Finding) -> str:
    about = finding.about
    return (
        f"{about['replications']:,} futures under “{about['titles']['policy']}”, weighted by how near their arrivals"
        f" come to the actual ones until {about['until']} (normal kernel, {about['tolerance_days']:g} days a unit and"
        f" offer); effective futures: {about['effective']:.0f}. Seed {about['seed']}; 95 % intervals."
    )


def _prior(row: Record) -> Interval:
    return Interval(*(row[f"prior_{name}"] for name in ("value", "low", "high", "n", "N", "level", "kind")))


def _answers(finding: Finding) -> TextTable:
    rows = finding.grids["answers"].records()
    cells = [
        (
            title_of(finding, "measures", row["measure"]), told(_prior(row), percent), told(interval_of(row), percent),
            points((row["value"] or 0.0) - (_prior(row).value or 0.0)),
        )
        for row in rows
    ]  # fmt: skip
    headings = ("", "Before", "With the deliveries", "Change")
    return TextTable(_title(finding), headings, cells, _note(finding))


def _title(finding: Finding) -> str:
    row = only(finding, "answers", measure="fulfilment")[0]
    before, after = _prior(row).value or 0.0, row["value"] or 0.0
    return (
        f"With what had arrived by {finding.about['until']}, fulfilment goes from {percent(before)} to {percent(after)}"
    )


def _arrivals(finding: Finding) -> TextTable:
    rows = only(finding, "arrivals", date=finding.about["until"])
    cells = [
        (
            title_of(finding, "offers", row["offer"]), wording.whole(row["actual"]), _band(row, "prior"),
            _band(row, "posterior"),
        )
        for row in rows
    ]  # fmt: skip
    headings = ("Offer", "Arrived", "Futures before", "Futures after")
    note = "Median, with P10 to P90, of units that had arrived since the as-of day."
    return TextTable(f"Arrived by {finding.about['until']}", headings, cells, note, (1,))


def _band(row: Record, which: str) -> str:
    return f"{row[f'{which}_p50']:,.0f} ({row[f'{which}_p10']:,.0f}–{row[f'{which}_p90']:,.0f})"


def _inputs(finding: Finding) -> TextTable:
    rows = finding.grids["inputs"].records()
    sure = sum(row["surely"] for row in rows)
    cells = [
        (
            row["title"], row["confidence"], row["prior_told"], row["posterior_told"],
            f"{row['value']:+.2f} sd".replace("-", "−") + (" ✓" if row["surely"] else ""),
        )
        for row in rows[:MOST]
    ]  # fmt: skip
    headings = ("Input", "Confidence", "P10 to P90 before", "After", "Mean moved by")
    note = f"✓: surely moved, as one of {len(rows)} looked at."
    return TextTable(f"{sure} of {len(rows)} inputs have surely moved", headings, cells, note)


def charts(finding: Finding) -> Iterator[Chart]:
    """Arrivals by offer, and the answer before and after."""
    offers = list(finding.about["titles"]["offers"])
    numbers = Numbers(finding.grids["arrivals"].columns, finding.grids["arrivals"].rows)
    words = Words(
        f"What had arrived by {finding.about['until']}, and what the futures like it bring",
        "Units arrived since the as-of day: median and P10 to P90 of all futures, and as weighted by the deliveries.",
        _note(finding),
    )
    policy = finding.about["policy"]
    yield Chart(chart_name("learning", "arrivals", policy), words, numbers, partial(_draw_arrivals, finding, offers))
    answers = finding.grids["answers"]
    said = Words(
        _title(finding), "Mean fulfilment and the missions’ chances before and after, in percent.", _note(finding)
    )
    yield Chart(chart_name("learning", "answer", policy), said, Numbers(answers.columns, answers.rows),
                partial(_draw_answers, finding))  # fmt: skip


def _draw_arrivals(finding: Finding, offers: Sequence[str], words: Words) -> Figure:
    columns = min(2, len(offers))
    key = key_of([("all futures", Area(PALE)), ("weighted by the deliveries", Area(BLUE)), ("actual", Area(BLACK))])
    room = Room(1.6, 0.55, 0.15, 0.5 + key.tall_in, 0.34, 0.5, 0.6)
    rows = -(-len(offers) // columns)
    figure, panels = sheet(words, room, rows=rows, columns=columns)
    wide_pt = (WIDTH_IN - 0.7) / columns * POINTS - 20
    for spare in panels[len(offers) :]:
        spare.remove()
    for axes, offer in zip(panels, offers, strict=False):
        _panel(axes, finding, only(finding, "arrivals", offer=offer))
        axes.set_title("\n".join(wrapped(title_of(finding, "offers", offer), wide_pt, 8.5, "bold")[:2]), size=8.5)
    draw_key(figure, panels[0], room.above, key)
    return figure


def _panel(axes: Axes, finding: Finding, rows: Sequence[Record]) -> None:
    days = [row["day"] for row in rows]
    fiscal_years(axes, calendar_of(finding), days[0], days[-1])
    for which, colour, alpha in (("prior", PALE, 1.0), ("posterior", BLUE, 0.35)):
        low, high = ([row[f"{which}_{end}"] for row in rows] for end in ("p10", "p90"))
        axes.fill_between(days, low, high, step="post", color=colour, alpha=alpha, linewidth=0)
        line = QUIET if which == "prior" else BLUE
        axes.step(days, [row[f"{which}_p50"] for row in rows], where="post", color=line, linewidth=1.6)
    known = [row for row in rows if row["actual"] is not None]
    axes.step([row["day"] for row in known], [row["actual"] for row in known], where="post", color=BLACK, linewidth=2.2)
    axes.plot(known[-1]["day"], known[-1]["actual"], "o", color=BLACK, markersize=5)
    thousands(axes, "y")
    axes.grid(axis="y")


def _draw_answers(finding: Finding, words: Words) -> Figure:
    rows = finding.grids["answers"].records()
    names = [wrapped(title_of(finding, "measures", row["measure"]), 190, 8.5)[:2] for row in rows]
    figure, panels = sheet(words, Room(0.36 * len(rows), 2.9, 1.1, 0.15, 0.5))
    axes = panels[0]
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlim(0, 100)
    axes.set_yticks(range(len(rows)), ["\n".join(lines) for lines in names], linespacing=1.0)
    axes.grid(axis="x")
    for place, row in enumerate(rows):
        for found, shift, colour, mark in ((_prior(row), -0.14, QUIET, "o"), (interval_of(row), 0.14, ORANGE, "D")):
            if found.low is not None and found.high is not None:
                axes.plot([100 * found.low, 100 * found.high], [place + shift] * 2, color=colour, linewidth=2)
            axes.plot(100 * (found.value or 0.0), place + shift, mark, color=colour, markersize=5.5, clip_on=False)
    axes.set_xlabel("percent; grey circle: before, orange diamond: with the deliveries")
    return figure
