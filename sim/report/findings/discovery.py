"""Where it fails: the box of inputs in which a target is mostly missed, as a sentence, and how it was peeled.

How often it is missed inside is told from points that did not find the box.

Why: "missed mostly where the slip is at least 1.45 and the budget at most 270 bn" is what a plan can be hedged against.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from matplotlib.figure import Figure

from sim.report import wording
from sim.report.chart import Chart, Numbers, Words, chart_name
from sim.report.findings import TextTable
from sim.report.house import BLUE, ORANGE, QUIET, VERMILION
from sim.report.ranked import not_analysed
from sim.report.sheet import Room, sheet
from sim.report.told import Record, interval_of, only, percent, title_of, told
from sim.store.finding import Finding
from sim.study.statistics import Interval

HEADING: Final = "Where it fails"


def sentence(finding: Finding, row: Record) -> str:
    """The box in one sentence, without its full stop."""
    name = title_of(finding, "measures", row["measure"])
    inside, everywhere = percent(interval_of(row).value or 0.0), percent(_everywhere(row).value or 0.0)
    of_mean = row["measure"] == "fulfilment"
    what = f"{name} falls short by" if of_mean else f"{name} is missed in"
    if not row["conditions"]:
        where = "on average" if of_mean else "of all futures"
        return f"{what} {everywhere} {where}, and no box of inputs holds more of that than its size"
    sure = "" if row["confirmed"] else "; new points do not confirm it"
    where, overall = ("on average where", "by ") if of_mean else ("of futures where", "")
    return f"{what} {inside} {where} {row['conditions']}; in all futures {overall}{everywhere}{sure}"


def _everywhere(row: Record) -> Interval:
    return Interval(*(row[f"everywhere_{name}"] for name in ("value", "low", "high", "n", "N", "level", "kind")))


def tables(finding: Finding) -> Iterator[TextTable]:
    """A table a measure: the sentence, its restrictions, and the trajectory in short."""
    yield from not_analysed(finding)
    for row in finding.grids["boxes"].records():
        restricted = only(finding, "restrictions", measure=row["measure"])
        if not restricted:
            yield TextTable(sentence(finding, row), (), (), _note(finding, row))
            continue
        cells = [
            (
                each["title"], each["told"], f"{each['quasi_p']:.3f}",
                f"{100 * each['same_coverage']:.0f} %, {100 * each['same_density']:.0f} %",
            )
            for each in restricted
        ]  # fmt: skip
        headings = ("Input", "In the box", "Quasi-p", "Resamples that restrict it too")
        yield TextTable(sentence(finding, row), headings, cells, _note(finding, row))
        yield _trajectory(finding, row)


def _luck(numbers: int) -> str:
    if numbers == 1:
        return "Each point is one run; luck was regressed away before peeling, and is in all that is told."
    return f"Each point is the mean of {numbers} luck numbers."


def _note(finding: Finding, row: Record) -> str:
    """Where a box was looked for, and what the points say that did not look for it."""
    about = finding.about
    half = f"{about['points'] // 2} of {about['points']} parameter points"
    searched = (
        f"along the {about['searched']} of {about['inputs']} inputs whose quarters differ most there"
        if about["searched"] < about["inputs"]
        else "along every input"
    )
    opening = f"Under “{about['titles']['policy']}”. Looked for on {half}, {searched}"
    everywhere, ending = told(_everywhere(row), percent), f"{_luck(about['lucks'])} Seed {about['seed']}."
    if not row["conditions"]:
        return f"{opening}; on the others {everywhere}. {ending}"
    return (
        f"{opening}, and told on the others: inside {told(interval_of(row), percent)}, everywhere {everywhere}; the box"
        f" holds {percent(row['coverage'])} of the failures in {percent(row['mass'])} of the points. Quasi-p after"
        f" Bryant & Lempert 2010; resamples with the same coverage, with the same density. {ending}"
    )


def _trajectory(finding: Finding, row: Record) -> TextTable:
    steps = only(finding, "trajectory", measure=row["measure"])
    chosen = next(step["step"] for step in steps if step["chosen"])
    shown = [step for step in steps if step["step"] % max(1, len(steps) // 8) == 0 or step["step"] == chosen]
    cells = [
        (
            f"{step['step']}{' (kept)' if step['chosen'] else ''}", f"{step['points']}", percent(step["coverage"]),
            percent(step["density"]), f"{step['restricted']}",
        )
        for step in shown
    ]  # fmt: skip
    name = title_of(finding, "measures", row["measure"])
    headings = ("Peel", "Points", "Coverage", "Density", "Restricted inputs")
    return TextTable(
        f"How the box was peeled: {name}", headings, cells,
        f"{len(steps)} steps on the points that found it; the step nearest to the box kept, after weak restrictions"
        " were dropped, is marked.", (1, 2, 3, 4),
    )  # fmt: skip


def charts(finding: Finding) -> Iterator[Chart]:
    """Coverage against density along the peels, a chart a measure."""
    for row in finding.grids["boxes"].records():
        steps = only(finding, "trajectory", measure=row["measure"])
        words = Words(
            sentence(finding, row),
            "Coverage (share of all failures that the box holds) against density (how often it fails inside), percent.",
            f"Numbers at the dots: restricted inputs. {_note(finding, row)}",
        )
        numbers = Numbers(finding.grids["trajectory"].columns, tuple(tuple(step.values()) for step in steps))
        name = chart_name("discovery", row["measure"].removeprefix("met/"), finding.about["policy"])
        yield Chart(name, words, numbers, partial(_draw, steps, row))


def _draw(steps: Sequence[Record], row: Record, words: Words) -> Figure:
    figure, panels = sheet(words, Room(2.8, 0.6, 1.9, 0.32, 0.5))
    axes = panels[0]
    x, y = [100 * step["coverage"] for step in steps], [100 * step["density"] for step in steps]
    axes.plot(x, y, "-o", color=BLUE, markersize=3.5, linewidth=1.2, zorder=2)
    before = -1
    for step in steps:
        if step["restricted"] != before:
            at = 100 * step["coverage"], 100 * step["density"]
            axes.annotate(f"{step['restricted']}", at, (4, 4), textcoords="offset points", size=7.5, color=QUIET)
        before = step["restricted"]
    kept = next(step for step in steps if step["chosen"])
    axes.plot(100 * kept["coverage"], 100 * kept["density"], "s", color=ORANGE, markersize=8, zorder=3)
    inside = interval_of(row)
    told_at = 100 * row["coverage"], 100 * (inside.value or 0.0)
    if inside.low is not None and inside.high is not None:
        axes.plot([told_at[0]] * 2, [100 * inside.low, 100 * inside.high], color=VERMILION, linewidth=2)
    axes.plot(*told_at, "D", color=VERMILION, markersize=7, zorder=4)
    for place, (mark, colour, text) in enumerate(
        (("o", BLUE, "the peels"), ("s", ORANGE, "the box kept"), ("D", VERMILION, "the same box on\nnew points"))
    ):
        axes.plot(1.05, 0.92 - 0.11 * place, mark, color=colour, transform=axes.transAxes, clip_on=False, markersize=6)
        axes.text(1.09, 0.92 - 0.11 * place, text, transform=axes.transAxes, size=8.5, va="center")
    axes.set_xlim(0, 105)
    axes.set_ylim(0, 105)
    axes.set_xlabel("coverage, percent")
    axes.set_title("density, percent", weight="normal", size=8.5)
    axes.grid(axis="both")
    return figure


def confirmed(finding: Finding) -> str:
    """The measures whose box new points confirm, in a sentence's words."""
    names = [
        title_of(finding, "measures", row["measure"]) for row in finding.grids["boxes"].records() if row["confirmed"]
    ]
    return wording.listed(names)
