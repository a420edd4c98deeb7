"""What drives the answer: effects of a screening, shares of the variance, and swings of one input at a time.

The headline's rows are drawn; every measure stands in the tables and in the map.

Why: most inputs are assumptions, and only a few of them are worth an argument.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from matplotlib.figure import Figure

from sim.report import wording
from sim.report.chart import Chart, Numbers, Words, chart_name
from sim.report.findings import TextTable
from sim.report.house import look
from sim.report.key import name_lines
from sim.report.ranked import Matrix, Row, Scale, matrix, not_analysed, ranked
from sim.report.sheet import Room, sheet
from sim.report.told import Record, interval_of, only, percent, points, rests_on, short_titles, title_of, told
from sim.store.finding import Finding

HEADING: Final = "What drives the answer"
MOST: Final = 12
"""Rows of a table or a chart; the stored table has all."""
CURVES: Final = 6
MOST_BESIDE: Final = 30
"""Letters beside a row; longer values stand in the table only."""


def tables(finding: Finding) -> Iterator[TextTable]:
    """Screening, shares and swings, measure by measure."""
    yield from not_analysed(finding)
    for measure in finding.about["titles"]["measures"]:
        for grid, table in (("screening", _screening), ("shares", _shares), ("swings", _swings)):
            rows = only(finding, grid, measure=measure)
            if any(map(_did_anything, rows)):
                yield table(finding, measure, rows)


def _name(finding: Finding, row: Record) -> str:
    return title_of(finding, "factors", row["factor"])


def _of(finding: Finding, measure: str) -> str:
    return f"{title_of(finding, 'measures', measure)} under “{finding.about['titles']['policy']}”"


def _did_anything(row: Record) -> bool:
    """Whether an input ever changed the answer; what did not has no line, and is counted in the note."""
    return any(row.get(column) for column in ("value", "low", "high", "first", "first_low", "first_high"))


def _still(rows: Sequence[Record]) -> str:
    still = sum(not _did_anything(row) for row in rows)
    return f" {still} of {len(rows)} never changed it, and stand in the stored table only." if still else ""


def _moving(rows: Sequence[Record]) -> list[Record]:
    return [row for row in rows if row["value"]][:MOST]


def _screening(finding: Finding, measure: str, rows: Sequence[Record]) -> TextTable:
    cells = [
        (
            _name(finding, row), row["confidence"] or wording.NOTHING, told(interval_of(row), points).replace("+", ""),
            wording.NOTHING if row["sigma"] is None else points(row["sigma"]).replace("+", ""),
        )
        for row in _moving(rows)
    ]  # fmt: skip
    still = sum(not row["value"] for row in rows)
    note = (
        "μ*: mean size of the change when an input moves by half of its belief, on trajectories; σ: how the changes"
        " differ, by curvature and interplay (none for correlated inputs, which have no common sign). Luck keeps its"
        f" number along a trajectory but for its own step. {still} of {len(rows)} factors never moved it."
        f" {rows[0]['n']} trajectories. {_how(rows, finding)}"
    )
    return TextTable(f"Screening: {_of(finding, measure)}", ("Input", "Confidence", "μ*", "σ"), cells, note)


def _shares(finding: Finding, measure: str, rows: Sequence[Record]) -> TextTable:
    cells = [
        (
            _name(finding, row), row["confidence"] or wording.NOTHING, _with(row, "first", "first_low", "first_high"),
            _with(row, "value", "low", "high"),
        )
        for row in rows
        if _did_anything(row)
    ]  # fmt: skip
    headings = ("Input", "Confidence", "Alone", "With all its company")
    note = (
        "Shares of the variance: what would go if the input were known, and what would stay if all others were."
        f" Estimates may fall below 0 or pass 100 %. {finding.about['luck_told']}"
        f" {rows[0]['n']} base points.{_still(rows)} {_how(rows, finding)}"
    )
    return TextTable(f"Shares: {_of(finding, measure)}", headings, cells, note)


def _with(row: Record, value: str, low: str, high: str) -> str:
    return f"{_whole(row[value])} % ({_whole(row[low])} to {_whole(row[high])})"


def _whole(share: float) -> str:
    """Whole percent, never a zero with a sign."""
    return f"{round(100 * share)}".replace("-", "−")


def _swings(finding: Finding, measure: str, rows: Sequence[Record]) -> TextTable:
    cells = [
        (
            _name(finding, row), row["confidence"], f"{row['told_low']} → {row['told_high']}",
            f"{percent(row['mean_low'])} → {percent(row['mean_high'])}", told(interval_of(row), points),
        )
        for row in rows
        if _did_anything(row)
    ]  # fmt: skip
    headings = ("Input", "Confidence", "From P10 to P90", "Mean there", "Swing")
    note = f"One input moves, all else is as drawn, on the same futures.{_still(rows)} {rests_on(rows, finding)}"
    return TextTable(f"Swings: {_of(finding, measure)}", headings, cells, note)


def _how(rows: Sequence[Record], finding: Finding) -> str:
    kind = next((row["kind"] for row in rows if row["low"] is not None), rows[0]["kind"])
    return f"Seed {finding.about['seed']}; intervals {100 * rows[0]['level']:.0f} % ({kind})."


def charts(finding: Finding) -> Iterator[Chart]:
    """Each part's rows on the first measure, the map of all measures, and the curves."""
    first = next(iter(finding.about["titles"]["measures"]))
    policy = finding.about["policy"]
    for grid in ("screening", "shares", "swings"):
        rows = _moving(only(finding, grid, measure=first))
        if rows:
            yield _ranked(finding, grid, first, rows, chart_name("sensitivity", grid, policy))
    for grid in ("shares", "screening"):
        if len(finding.about["titles"]["measures"]) > 1 and finding.grids.get(grid):
            yield _map(finding, grid, chart_name("sensitivity", "map", policy))
            break
    levels = only(finding, "levels", measure=first)
    if len({row["share"] for row in levels}) > 2:
        yield _curves(finding, first, levels, chart_name("sensitivity", "curves", policy))


_DRAWN: Final = (
    ("screening", "Mean size of the change when the input moves by half of its belief, in points.", "points"),
    ("shares", "Share of the variance with all interplay, in percent.", "percent of the variance"),
    ("swings", "Difference between the input at its P90 and at its P10, in points.", "points, P10 to P90"),
)  # fmt: skip


def _ranked(finding: Finding, grid: str, measure: str, rows: Sequence[Record], name: str) -> Chart:
    subtitle, label = next((each[1], each[2]) for each in _DRAWN if each[0] == grid)
    leader = max(rows, key=lambda row: abs(row["value"]))
    what = {"screening": "moves", "shares": "accounts for most of", "swings": "swings"}[grid]
    most = "" if grid == "shares" else " most"
    title = f"“{_name(finding, leader)}” {what} {title_of(finding, 'measures', measure).lower()}{most}"
    bars = [
        Row(_name(finding, row), row["value"], row["low"], row["high"], row["confidence"], _beside(grid, row))
        for row in rows
    ]
    caption = f"Under “{finding.about['titles']['policy']}”. {_how(rows, finding)}"
    numbers = Numbers(finding.grids[grid].columns, finding.grids[grid].rows)
    return ranked(name, Words(title, subtitle, caption), numbers, bars, Scale(label, _hundred))


def _hundred(share: float) -> float:
    return 100 * share


def _beside(grid: str, row: Record) -> str:
    if grid == "shares":
        return f"{_whole(row['value'])} %"
    if grid == "screening":
        return f"{100 * row['value']:.1f}"
    swing = points(row["value"]).removesuffix(" points")
    told_values = f"{row['told_low']} → {row['told_high']}"
    return swing if ", " in row["told_low"] or len(told_values) > MOST_BESIDE else f"{swing}: {told_values}"


def _map(finding: Finding, grid: str, name: str) -> Chart:
    measures = short_titles(finding.about["titles"]["measures"])
    rows = finding.grids[grid].records()
    best: dict[str, float] = {}
    for row in rows:
        top = max((each["value"] for each in rows if each["measure"] == row["measure"]), default=0.0)
        best[row["factor"]] = max(best.get(row["factor"], 0.0), row["value"] / top if top > 0 else 0.0)
    factors = sorted(best, key=lambda factor: -best[factor])[: MOST + 2]
    value = {(row["factor"], row["measure"]): row["value"] for row in rows}
    of = Matrix(
        [title_of(finding, "factors", factor) for factor in factors],
        list(measures.values()),
        [[value.get((factor, measure)) for measure in measures] for factor in factors],
    )
    what = "Total share of the variance" if grid == "shares" else "Mean absolute effect (μ*)"
    title = f"What drives each of {len(measures)} answers under “{finding.about['titles']['policy']}”"
    words = Words(title, f"{what}, in {'percent' if grid == 'shares' else 'points'}.", _how(rows, finding))
    numbers = Numbers(finding.grids[grid].columns, finding.grids[grid].rows)
    return matrix(name, words, numbers, of, _whole)


def _curves(finding: Finding, measure: str, levels: Sequence[Record], name: str) -> Chart:
    factors = [row["factor"] for row in only(finding, "swings", measure=measure)][:CURVES]
    words = Words(
        f"{title_of(finding, 'measures', measure)} along the {len(factors)} inputs that swing it most",
        "Mean with one input at a quantile of its belief and all else as drawn, in percent.",
        f"Under “{finding.about['titles']['policy']}”. Bars: {rests_on(levels, finding)}",
    )
    numbers = Numbers(finding.grids["levels"].columns, finding.grids["levels"].rows)
    return Chart(name, words, numbers, partial(_draw_curves, finding, factors, levels))


def _draw_curves(finding: Finding, factors: Sequence[str], levels: Sequence[Record], words: Words) -> Figure:
    figure, panels = sheet(words, Room(3.0, 0.5, 2.5, 0.15, 0.5))
    axes, labels = panels[0], []
    for place, factor in enumerate(factors):
        rows = sorted((row for row in levels if row["factor"] == factor), key=lambda row: row["share"])
        line = look(place)
        at = [100 * row["share"] + place - len(factors) / 2 for row in rows]
        axes.plot(at, [100 * row["value"] for row in rows], color=line.colour, linestyle=line.dashes, linewidth=1.7)
        for x, row in zip(at, rows, strict=True):
            if row["low"] is not None:
                axes.plot([x, x], [100 * row["low"], 100 * row["high"]], color=line.colour, linewidth=0.9)
        labels.append((100 * rows[-1]["value"], title_of(finding, "factors", factor), line))
    axes.set_xlabel("quantile of the belief, percent")
    axes.grid(axis="y")
    axes.margins(x=0.03, y=0.05)
    name_lines(axes, labels, 2.5)
    return figure
