"""What a precision costs, as it is read: totals, each measure's price, and the price against the width as a chart.

Why: the curve shows at a glance that half the width is four times the runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullFormatter, NullLocator

from sim.report import wording
from sim.report.chart import Chart, Numbers, Words, chart_name
from sim.report.findings import TextTable
from sim.report.house import POLICIES
from sim.report.sheet import Room, sheet
from sim.report.told import Record, interval_of, only, title_of
from sim.store.finding import Finding

HEADING: Final = "What a wanted precision costs"
RULES: Final = (("fixed", "fixed beforehand"), ("six_looks", "six planned looks"), ("any_looks", "any looks"))


def tables(finding: Finding) -> Iterator[TextTable]:
    """The totals, then each measure's price."""
    yield _totals(finding)
    yield _prices(finding)


def _totals(finding: Finding) -> TextTable:
    rows = []
    for row in only(finding, "totals"):
        minutes = row["minutes"]
        rows.append(
            (
                f"±{100 * row['half_width']:g} points", f"{row['futures']:,}", f"{row['runs']:,}",
                f"{minutes:.1f}" if minutes < 10 else f"{minutes:,.0f}", _held_up_by(finding, row),
            )
        )  # fmt: skip
    headings = ("Half-width", "Futures", "Runs", "Minutes", "Held up by")
    about = finding.about
    note = (
        f"Pilot: {about['replications']:,} futures of {wording.counted(about['policies'], 'policy')} in"
        f" {about['seconds']:.1f} seconds on {wording.counted(about['workers'], 'worker')}; a study has at least 400"
        " futures."
    )
    return TextTable(_title(finding), headings, rows, note, numbers=(1, 2, 3))


def _held_up_by(finding: Finding, total: Record) -> str:
    if total["policy"] is None:
        return "the least number"
    return f"{title_of(finding, 'policies', total['policy'])}: {title_of(finding, 'measures', total['measure'])}"


def _title(finding: Finding) -> str:
    totals = only(finding, "totals")
    if not totals:
        return "Nothing varied in the pilot"
    least = min(totals, key=lambda row: row["half_width"])
    minutes = max(1, round(least["minutes"]))
    return (
        f"Every share to ±{100 * least['half_width']:g} points takes {least['futures']:,} futures, about"
        f" {wording.counted(minutes, 'minute')} here"
    )


def _prices(finding: Finding) -> TextTable:
    rows: list[tuple[str, ...]] = []
    before: Any = None
    for row in only(finding, "prices"):
        key = row["policy"], row["measure"]
        name, pilot = ("", "") if key == before else (_named(finding, row), wording.chance(interval_of(row)))
        before = key
        any_looks = wording.NOTHING if row["any_looks"] is None else f"{row['any_looks']:,}"
        counts = (f"{row[name]:,}" for name in ("fixed", "at_worst", "six_looks"))
        rows.append((name, pilot, f"±{100 * row['half_width']:g}", *counts, any_looks))
    for row in only(finding, "without_price"):
        value = wording.NOTHING if row["value"] is None else f"{wording.percent(row['value'])} %"
        rows.append((_named(finding, row), f"{value} {row['kind'].removeprefix('none: ')}", *("",) * 5))
    headings = ("Policy, measure", "In the pilot", "Points", "Fixed", "At worst", "Six looks", "Any looks")
    note = (
        "Runs of each policy. Fixed: looked at once. At worst: where in the pilot's interval it costs most. Six looks,"
        " any looks: what the rules of `compare --until decided` take for this width."
    )
    return TextTable("What each measure takes", headings, rows, note, numbers=(2, 3, 4, 5, 6))


def _named(finding: Finding, row: Record) -> str:
    return f"{title_of(finding, 'policies', row['policy'])}, {title_of(finding, 'measures', row['measure'])}"


def charts(finding: Finding) -> Iterator[Chart]:
    """The dearest measure by each rule, if anything varied."""
    dearest = max(only(finding, "prices"), key=lambda row: (row["fixed"], row["policy"]), default=None)
    if dearest is None:
        return
    rows = only(finding, "prices", policy=dearest["policy"], measure=dearest["measure"])
    words = Words(
        _title(finding),
        f"Runs of a policy against the half-width, for the measure that takes most: {_named(finding, dearest)}.",
        f"From a pilot of {finding.about['replications']:,} futures; seed {finding.about['seed']}.",
    )
    grid = finding.grids["prices"]
    yield Chart(chart_name("plan"), words, Numbers(grid.columns, grid.rows), partial(_draw, rows))


def _draw(rows: list[dict[str, Any]], words: Words) -> Figure:
    figure, (axes,) = sheet(words, Room(2.4, 0.75, 1.45, 0.1, 0.45))
    widths = [100 * row["half_width"] for row in rows]
    axes.set_xscale("log")
    axes.set_yscale("log")
    for (rule, name), style in zip(RULES, POLICIES, strict=False):
        counts = [row[rule] for row in rows]
        if None in counts:
            continue
        axes.plot(widths, counts, color=style.colour, linestyle=style.dashes, marker=style.marker, markersize=4.5)
        last = widths.index(min(widths))
        axes.annotate(
            name, (widths[last], counts[last]), (8, 0), textcoords="offset points", size=8.5, va="center",
            annotation_clip=False,
        )  # fmt: skip
    axes.margins(x=0.04, y=0.06)
    axes.invert_xaxis()
    axes.xaxis.set_major_locator(FixedLocator(sorted(widths)))
    axes.xaxis.set_major_formatter(lambda value, _: f"±{value:g}")
    axes.xaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.set_xlabel("half-width, points")
    axes.set_ylabel("runs")
    axes.grid(axis="both")
    return figure
