"""A choice as it is read: who was chosen with what promise, who left when, what they are worth; scores as a chart.

Why: a recommendation is taken up with its conditions, or it is taken for more than it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from matplotlib.figure import Figure

from sim.report import wording
from sim.report.chart import Chart, Numbers, Words, chart_name
from sim.report.findings import TextTable
from sim.report.house import BLUE, ORANGE, SKY
from sim.report.lettering import width_pt, wrapped
from sim.report.sheet import POINTS, Room, beside, sheet
from sim.report.signed import size, with_interval
from sim.report.told import Record, listed_titles, only, percent, title_of, told
from sim.store.finding import Finding
from sim.study.statistics import Interval

HEADING: Final = "The best policy, chosen and then judged"
ROW_IN: Final = 0.32
_COLUMNS: Final = ("value", "low", "high", "n", "N", "level", "kind")


def tables(finding: Finding) -> Iterator[TextTable]:
    """One table: the race and the scores, the best when judged first."""
    headings = ("Policy", "In the search", "Runs", "Score there", "Score when judged", "Fell by, points")
    rows = [_cells(finding, row) for row in _rows(finding)]
    yield TextTable(_title(finding), headings, rows, f"{_promise(finding)} {_futures(finding)}", numbers=(2,))


def _rows(finding: Finding) -> list[Record]:
    return sorted(only(finding, "policies"), key=lambda row: -(row["judged_value"] or 0.0))


def _cells(finding: Finding, row: Record) -> tuple[str, ...]:
    fell = _part(row, "fell")
    return (
        title_of(finding, "policies", row["policy"]),
        row["fate"],
        f"{row['search_runs']:,}",
        _score(_part(row, "search")),
        _score(_part(row, "judged")),
        wording.NOTHING if fell is None else with_interval("share", fell),
    )


def _part(row: Record, name: str) -> Interval | None:
    values = [row[f"{name}_{column}"] for column in _COLUMNS]
    return None if values[-1] is None else Interval(*values)


def _score(found: Interval | None) -> str:
    return wording.NOTHING if found is None else told(found, percent)


def _title(finding: Finding) -> str:
    about = finding.about
    if about["chosen"] is None:
        left = [title_of(finding, "policies", policy) for policy in about["left"]]
        return f"Not chosen yet: {listed_titles(left)} are still in the race"
    chosen = f"“{title_of(finding, 'policies', about['chosen'])}” is chosen"
    if not about["doubles"]:
        return chosen
    same = listed_titles([title_of(finding, "policies", policy) for policy in about["doubles"]])
    return f"{chosen}; in every future judged on {same} did the same"


def _promise(finding: Finding) -> str:
    about = finding.about
    if about["chosen"] is None:
        return (
            f"After {about['over_at_the_latest_after']:,} runs of each the race is over at the latest: give more with"
            f" --most, or widen --zone ({size('share', about['zone'])})."
        )
    return (
        f"If the best is better than every other by {size('share', about['zone'])} or more, it is the one chosen in at"
        f" least {100 * about['confidence']:.4g} of 100 such races (Kim & Nelson 2001, groups of"
        f" {about['macro_runs']} runs)."
    )


def _futures(finding: Finding) -> str:
    about = finding.about
    return (
        f"Scores: {about['titles']['measure']}. Those when judged come from {about['replications']:,} futures on which"
        f" nothing was chosen; only they should be quoted. Seed {about['seed']}."
    )


def charts(finding: Finding) -> Iterator[Chart]:
    """The scores where the policies were judged, and where they were searched."""
    rows = _rows(finding)
    words = Words(
        _title(finding),
        "Score on the futures for judging, in percent, with its 95 % interval; square: on those of the search.",
        f"{_promise(finding)} {_futures(finding)}",
    )
    grid = finding.grids["policies"]
    yield Chart(chart_name("choose"), words, Numbers(grid.columns, grid.rows), partial(_draw, finding, rows))


def _draw(finding: Finding, rows: Sequence[Record], words: Words) -> Figure:
    names = [title_of(finding, "policies", row["policy"]) for row in rows]
    labels = [f"{row['fate']} after {row['search_runs']:,} runs" for row in rows]
    left_in = min(2.6, max(width_pt(name, 8.5) for name in names) / POINTS + 0.15)
    right_in = max(width_pt(label, 8.5) for label in labels) / POINTS + 0.2
    figure, (axes,) = sheet(words, Room(max(0.6, ROW_IN * len(rows)), left_in, right_in, 0.12, 0.42))
    lines = [wrapped(name, left_in * POINTS - 10, 8.5)[:2] for name in names]
    axes.set_yticks(range(len(rows)), ["\n".join(each) for each in lines], linespacing=1.0)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)
    for place, row in enumerate(rows):
        if row["judged_low"] is not None and row["judged_high"] is not None:
            ends = [100 * row["judged_low"], 100 * row["judged_high"]]
            axes.plot(ends, [place, place], color=SKY, linewidth=5, zorder=2, solid_capstyle="butt")
        if row["judged_value"] is not None:
            axes.plot(100 * row["judged_value"], place, "o", markersize=4.5, color=BLUE, zorder=4)
        if row["search_value"] is not None:
            axes.plot(
                100 * row["search_value"], place, "s", markersize=7, color=ORANGE, markerfacecolor="none", zorder=5
            )
        beside(axes, place, labels[place])
    axes.margins(x=0.03)
    axes.set_xlabel(f"{finding.about['titles']['measure']}, percent")
    return figure
