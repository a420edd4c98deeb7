"""The map of quantity against quality: strength over the high tier's share and λ, and the preferred share.

Why: the slogan is true on one side of a line, and the line should be on the map.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from sim.report import wording
from sim.report.chart import Chart, Numbers, Words, chart_name
from sim.report.contrast import ink_in
from sim.report.findings import TextTable
from sim.report.house import BLUE, VERMILION, WHITE
from sim.report.sheet import Room, sheet
from sim.report.told import interval_of, only, percent, points, rests_on, short_titles, told
from sim.store.finding import Finding

HEADING: Final = "Quantity against quality"
ROW_IN: Final = 0.34


def tables(finding: Finding) -> Iterator[TextTable]:
    """By count, then by strength at each λ, and which share is preferred."""
    shares, lambdas = _axes_of(finding)
    strengths = {(row["high_share_bp"], row["lambda_bp"]): row for row in only(finding, "map", measure="strength")}
    counts = {row["high_share_bp"]: row for row in only(finding, "map", measure="fulfilment")}
    rows = [
        (
            _share(share),
            told(interval_of(counts[share]), percent),
            *(told(interval_of(strengths[share, by]), percent) for by in lambdas),
        )
        for share in shares
    ]
    headings = ("High tier’s money", "By count", *(f"By strength, λ = {by / 10_000:g}" for by in lambdas))
    note = f"{_of(finding)} {rests_on([*counts.values(), *strengths.values()], finding)}"
    yield TextTable(_title(finding), headings, rows, note)
    yield _preferred_table(finding)


def _preferred_table(finding: Finding) -> TextTable:
    rows = []
    for by, share, level in finding.about["preferred"]:
        behind = only(finding, "map", lambda_bp=by, measure="behind_the_strongest")
        worst = min(behind, key=lambda row: row["value"] or 0.0)
        rows.append(
            (
                f"{by / 10_000:g}",
                _share(share),
                wording.listed([_share(other) for other in level]) or "none",
                f"{_share(worst['high_share_bp'])}: {told(interval_of(worst), points)}",
            )
        )
    headings = ("λ", "Strongest share", "Not to be told from it", "Weakest, and how far behind")
    note = rests_on(only(finding, "map", measure="behind_the_strongest"), finding)
    return TextTable("The strongest share of the high tier at each λ", headings, rows, note)


def _axes_of(finding: Finding) -> tuple[list[int], list[int]]:
    rows = only(finding, "map", measure="strength")
    return (
        list(dict.fromkeys(row["high_share_bp"] for row in rows)),
        list(dict.fromkeys(row["lambda_bp"] for row in rows)),
    )


def _share(share: int) -> str:
    return f"{share / 100:g} %"


def _of(finding: Finding) -> str:
    titles = short_titles(finding.about["titles"]["missions"])
    missions = wording.listed([titles[mission] for mission in finding.about["missions"]])
    return f"The share is of the money of {missions}. By strength: mean of min(1, S ÷ target^λ), by weight."


def _title(finding: Finding) -> str:
    policy, preferred = finding.about["titles"]["policy"], finding.about["preferred"]
    changes = finding.about["changes"]
    if not changes:
        _, share, level = preferred[0]
        unsure = ", as far as the futures can tell" if level else ""
        return f"{_share(share)} for the high tier is strongest whatever λ under “{policy}”{unsure}"
    between = wording.listed([f"λ = {by:g}" for by, _, _ in changes])
    first, last = preferred[0], preferred[-1]
    unsure = "; the shares cannot be told apart" if all(each[2] for each in preferred) else ""
    return (
        f"The strongest share of the high tier falls from {_share(first[1])} to {_share(last[1])} near {between} under"
        f" “{policy}”{unsure}"
        if first[1] > last[1]
        else f"The strongest share of the high tier changes near {between} under “{policy}”{unsure}"
    )


def charts(finding: Finding) -> Iterator[Chart]:
    """One map."""
    grid = finding.grids["map"]
    rows = only(finding, "map", measure="strength")
    words = Words(
        _title(finding),
        "Fulfilment by strength, in percent, over the high tier’s share of the money and λ (1: linear, 2: square law)."
        " Ring: the strongest share; dots: those that cannot be told from it; line: where the strongest changes.",
        f"{_of(finding)} {rests_on(rows, finding)}",
    )
    name = chart_name("quality", finding.about["policy"])
    yield Chart(name, words, Numbers(grid.columns, grid.rows), partial(_draw, finding))


def _draw(finding: Finding, words: Words) -> Figure:
    shares, lambdas = _axes_of(finding)
    of = {(row["high_share_bp"], row["lambda_bp"]): row["value"] for row in only(finding, "map", measure="strength")}
    counts = {row["high_share_bp"]: row["value"] for row in only(finding, "map", measure="fulfilment")}
    values = [[of[share, by] or 0.0 for share in shares] for by in reversed(lambdas)]
    values.append([counts[share] or 0.0 for share in shares])
    figure, (axes,) = sheet(words, Room(ROW_IN * len(values), 0.9, 0.3, 0.12, 0.5))
    _cells(axes, values)
    labels = [*(f"λ = {by / 10_000:g}" for by in reversed(lambdas)), "by count"]
    axes.set_yticks([place + 0.5 for place in range(len(labels))], labels)
    axes.set_xticks([place + 0.5 for place in range(len(shares))], [_share(share) for share in shares])
    axes.set_xlabel("high tier’s share of the money")
    axes.axhline(len(lambdas), color=WHITE, linewidth=5)
    _preferences(axes, finding, shares, lambdas)
    return figure


def _cells(axes: Axes, values: Sequence[Sequence[float]]) -> None:
    most = max(0.01, *(max(row) for row in values))
    least = min(min(row) for row in values)
    scale = LinearSegmentedColormap.from_list("of the house", [WHITE, BLUE])
    cells = axes.pcolormesh(
        values, cmap=scale, vmin=least - 0.1 * (most - least), vmax=most, edgecolors=WHITE, linewidth=1.5
    )
    for row, of_row in enumerate(values):
        for column, value in enumerate(of_row):
            ink = ink_in(cells, value)
            axes.text(column + 0.5, row + 0.5, f"{100 * value:.1f}", size=8.5, color=ink, ha="center", va="center")
    axes.set_xlim(0, len(values[0]))
    axes.set_ylim(len(values), 0)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)


def _preferences(axes: Axes, finding: Finding, shares: Sequence[int], lambdas: Sequence[int]) -> None:
    rows = {by: len(lambdas) - 1 - place for place, by in enumerate(lambdas)}
    before: int | None = None
    for by, share, level in finding.about["preferred"]:
        row, column = rows[by], shares.index(share)
        axes.plot(column + 0.5, row + 0.5, "o", markersize=24, markerfacecolor="none", markeredgecolor=VERMILION,
                  markeredgewidth=1.8)  # fmt: skip
        for other in level:
            axes.plot(shares.index(other) + 0.86, row + 0.22, "o", markersize=3.5, color=VERMILION)
        if before is not None and before != share:
            axes.axhline(row + 1, color=VERMILION, linewidth=1.8, linestyle=(0, (4, 2)))
        before = share
