"""A comparison as it is read: a table a measure with differences and verdicts, and the primary one as a chart.

Why: the verdict, the interval behind it and the size that matters belong side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report import wording
from sim.report.chart import Chart, Numbers, Words, chart_name
from sim.report.findings import TextTable
from sim.report.house import BLACK, BLUE, PALE, SKY
from sim.report.lettering import width_pt, wrapped
from sim.report.sheet import POINTS, Room, beside, sheet
from sim.report.signed import amount, change_unit, saved, scaled, size, with_interval
from sim.report.told import Record, interval_of, listed_titles, only, title_of
from sim.report.verdicts import chances_together, shown_whole
from sim.store.finding import Finding
from sim.study.statistics import NEVER_VARIED, Interval

HEADING: Final = "Which policy is better"
ROW_IN: Final = 0.3
LESS_IS_BETTER: Final = frozenset({"cost"})
_GROUPS: Final = (
    ("better", "better"),
    ("worse", "worse"),
    ("inside the indifference zone", "no different by what matters"),
    ("not enough runs", "not decided"),
)


def tables(finding: Finding) -> Iterator[TextTable]:
    """One table a measure, the primary one first."""
    for measure in finding.about["titles"]["measures"]:
        yield _table(finding, measure)


def first_tables(finding: Finding) -> Iterator[TextTable]:
    """The tables that a planner reads first: those of the headline measures, the missions' chances in one."""
    for measure in shown_whole(finding):
        yield _table(finding, measure)
    together = chances_together(finding)
    if together is not None:
        yield together


def _table(finding: Finding, measure: str) -> TextTable:
    rows = only(finding, "comparisons", measure=measure)
    unit = rows[0]["unit"]
    headings = ("Policy", "Mean", f"Difference, {change_unit(unit)}", "Verdict", "p (Holm)", "Correlation, runs saved")
    return TextTable(
        _title(finding, measure), headings, [_cells(finding, row) for row in rows], _note(finding, rows), numbers=(1, 4)
    )


def _cells(finding: Finding, row: Record) -> tuple[str, ...]:
    p = row["holm_p"]
    return (
        title_of(finding, "policies", row["policy"]),
        amount(row["unit"], row["mean"]),
        with_interval(row["unit"], interval_of(row)),
        verdict_of(row),
        wording.NOTHING if p is None else "<0.001" if p < 0.001 else f"{p:.3f}",
        saved(row["correlation_value"], _part(row, "variance_ratio")),
    )


def verdict_of(row: Record) -> str:
    """The verdict of a row in words."""
    if row["runs_more"] is not None:
        return f"{row['verdict']}: {row['runs_more']:,} more"
    if row["kind"] == NEVER_VARIED:
        return "never varied"
    return str(row["verdict"])


def _part(row: Record, name: str) -> Interval:
    return Interval(*(row[f"{name}_{column}"] for column in ("value", "low", "high", "n", "N", "level", "kind")))


def _title(finding: Finding, measure: str) -> str:
    rows = only(finding, "comparisons", measure=measure)
    groups = [
        f"{listed_titles([title_of(finding, 'policies', row['policy']) for row in of_word])} {said}"
        for word, said in _GROUPS
        if (of_word := [row for row in rows if row["verdict"] == word])
    ]
    against = title_of(finding, "policies", finding.about["reference"])
    return f"{_named(finding, measure)} against “{against}”: {', '.join(groups) if groups else 'nothing to tell apart'}"


def _named(finding: Finding, measure: str) -> str:
    title = title_of(finding, "measures", measure)
    return f"{title[0].upper()}{title[1:]}"


def _note(finding: Finding, rows: Sequence[Record]) -> str:
    about, first = finding.about, rows[0]
    less = " Less is better." if first["measure"] in LESS_IS_BETTER else ""
    kinds = dict.fromkeys(row["kind"] for row in rows if row["low"] is not None)
    level = f"{100 * about['family_level']:.4g} % intervals that hold together ({'; '.join(kinds)}); " if kinds else ""
    failed = ""
    if about["failed"]:
        failed = f"{wording.counted(about['failed'], 'run')} failed, each counts as what widens an interval; "
    return (
        f"“{title_of(finding, 'policies', about['reference'])}” {amount(first['unit'], first['reference_mean'])};"
        f" indifference zone ±{size(first['unit'], first['zone'])}.{less}"
        f" {_rule(finding)}; {level}{failed}seed {about['seed']}."
    )


def _rule(finding: Finding) -> str:
    about = finding.about
    futures = wording.counted(about["replications"], "future")
    if about["rule"] == "fixed number of futures":
        return futures
    looks = ", ".join(f"{look['replications']:,}" for look in only(finding, "looks"))
    ended = "decided" if about["decided"] else "not decided"
    if about["planned_looks"]:
        planned = ", ".join(f"{each:,}" for each in about["planned_looks"])
        return f"{ended} at {futures} (looks planned at {planned}, taken at {looks})"
    return f"{ended} at {futures} (confidence sequence, looked at {looks})"


def charts(finding: Finding) -> Iterator[Chart]:
    """The primary measure."""
    measure = finding.about["primary"]
    rows = only(finding, "comparisons", measure=measure)
    unit = change_unit(rows[0]["unit"])
    words = Words(
        _title(finding, measure),
        f"{_named(finding, measure)}: difference to the reference on the same futures, in {unit}. Grey: differences"
        " that do not matter.",
        _note(finding, rows),
    )
    grid = finding.grids["comparisons"]
    numbers = Numbers(grid.columns, [row for row in grid.rows if row[0] == measure])
    yield Chart(chart_name("compare"), words, numbers, partial(_draw, finding, rows))


def _draw(finding: Finding, rows: Sequence[Record], words: Words) -> Figure:
    names = [title_of(finding, "policies", row["policy"]) for row in rows]
    labels = [verdict_of(row) for row in rows]
    left_in = min(2.6, max(width_pt(name, 8.5) for name in names) / POINTS + 0.15)
    right_in = max(width_pt(label, 8.5) for label in labels) / POINTS + 0.2
    figure, (axes,) = sheet(words, Room(max(0.6, ROW_IN * len(rows)), left_in, right_in, 0.12, 0.42))
    unit = rows[0]["unit"]
    lines = [wrapped(name, left_in * POINTS - 10, 8.5)[:2] for name in names]
    axes.set_yticks(range(len(rows)), ["\n".join(each) for each in lines], linespacing=1.0)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.axvspan(-scaled(unit, rows[0]["zone"]), scaled(unit, rows[0]["zone"]), color=PALE, zorder=0, linewidth=0)
    axes.axvline(0, color=BLACK, linewidth=0.9)
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)
    for place, row in enumerate(rows):
        _mark(axes, place, interval_of(row), unit)
        beside(axes, place, labels[place])
    axes.margins(x=0.03)
    axes.set_xlabel(f"{change_unit(unit)} more than “{title_of(finding, 'policies', finding.about['reference'])}”")
    return figure


def _mark(axes: Axes, place: int, found: Interval, unit: str) -> None:
    if found.low is not None and found.high is not None:
        ends: list[Any] = [scaled(unit, found.low), scaled(unit, found.high)]
        axes.plot(ends, [place, place], color=SKY, linewidth=5, zorder=2, solid_capstyle="butt")
    if found.value is not None:
        axes.plot(scaled(unit, found.value), place, "o", markersize=4.5, color=BLUE, zorder=4)
