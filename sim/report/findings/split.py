"""Knowledge against luck as it is read: a table and a chart a policy, a bar a measure.

Why: which part of a spread asking would end is a question about each measure, and the answers differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from matplotlib.figure import Figure

from sim.report import wording
from sim.report.chart import Chart, Numbers, Words, chart_name
from sim.report.findings import TextTable
from sim.report.house import BLACK, BLUE, SKY
from sim.report.lettering import width_pt
from sim.report.sheet import POINTS, Room, beside, sheet
from sim.report.signed import amount
from sim.report.told import Record, only, title_of
from sim.store.finding import Finding
from sim.study.luck_split import root
from sim.study.statistics import NEVER_VARIED

HEADING: Final = "Knowledge and luck"
ROW_IN: Final = 0.25


def tables(finding: Finding) -> Iterator[TextTable]:
    """One table a policy."""
    headings = ("Measure", "Mean", "Standard deviation", "Of it luck", "Share of variance that is knowledge")
    for policy in finding.about["titles"]["policies"]:
        rows = only(finding, "parts", policy=policy)
        told = [
            (
                title_of(finding, "measures", row["measure"]),
                amount(row["unit"], row["mean"]),
                amount(row["unit"], row["deviation"]),
                amount(row["unit"], root(row["luck_variance_value"])),
                share_of(row),
            )
            for row in rows
        ]
        yield TextTable(_title(finding, policy), headings, told, _note(finding), numbers=(1, 2, 3))


def share_of(row: Record) -> str:
    """The share of knowledge in words: in percent with its interval, or why there is none."""
    value, low, high, kind = (row[f"knowledge_share_{name}"] for name in ("value", "low", "high", "kind"))
    if kind == NEVER_VARIED:
        return "never varied"
    if value is None:
        return f"{wording.NOTHING} ({kind.removeprefix('none: ')})"
    told = f"{100 * value:.0f} %"
    told += f" ({kind.removeprefix('none: ')})" if low is None else f" ({100 * low:.0f} to {100 * high:.0f})"
    return told.replace("-", "−")


def _title(finding: Finding, policy: str) -> str:
    varied = [row for row in only(finding, "parts", policy=policy) if row["knowledge_share_value"] is not None]
    name = title_of(finding, "policies", policy)
    if not varied:
        return f"Under “{name}” there is no spread to split"
    known = [row for row in varied if row["knowledge_share_value"] > 0.5]
    if len(known) in (0, len(varied)):
        return f"{'Knowledge' if known else 'Luck'} makes most of the spread of every measure under “{name}”"
    most = f"Knowledge makes most of the spread of {len(known)} of {len(varied)} measures"
    return f"{most} under “{name}”, luck of the others"


def _note(finding: Finding) -> str:
    about = finding.about
    return (
        f"{about['replications']:,} sets of inputs, each met by two lucks; (MSB − MSW)/2, which can come out below zero"
        f" where there is little of it; 95 % intervals by bootstrap over the sets; seed {about['seed']}."
    )


def charts(finding: Finding) -> Iterator[Chart]:
    """One chart a policy."""
    grid = finding.grids["parts"]
    for policy in finding.about["titles"]["policies"]:
        rows = [row for row in only(finding, "parts", policy=policy) if row["knowledge_share_value"] is not None]
        if rows:
            words = Words(
                _title(finding, policy),
                "Share of each measure's variance that knowing the inputs would end, in percent; the rest is luck.",
                _note(finding),
            )
            numbers = Numbers(grid.columns, [row for row in grid.rows if row[0] == policy])
            yield Chart(chart_name("split", policy), words, numbers, partial(_draw, finding, rows))


def _draw(finding: Finding, rows: Sequence[Record], words: Words) -> Figure:
    names = [title_of(finding, "measures", row["measure"]) for row in rows]
    left_in = min(3.0, max(width_pt(name, 8.5) for name in names) / POINTS + 0.15)
    figure, (axes,) = sheet(words, Room(max(0.6, ROW_IN * len(rows)), left_in, 1.25, 0.12, 0.42))
    axes.set_yticks(range(len(rows)), names)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.grid(axis="x")
    axes.axvline(0, color=BLACK, linewidth=0.9)
    for place, row in enumerate(rows):
        if row["knowledge_share_low"] is not None:
            ends = [100 * row["knowledge_share_low"], 100 * row["knowledge_share_high"]]
            axes.plot(ends, [place, place], color=SKY, linewidth=5, zorder=2, solid_capstyle="butt")
        axes.plot(100 * row["knowledge_share_value"], place, "o", markersize=4.5, color=BLUE, zorder=4)
        beside(axes, place, share_of(row))
    lowest = min([0.0, *(100 * row["knowledge_share_low"] for row in rows if row["knowledge_share_low"] is not None)])
    axes.set_xlim(lowest - 3, 103)
    axes.set_xlabel("knowledge, percent of variance")
    return figure
