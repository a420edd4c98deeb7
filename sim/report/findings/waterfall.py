"""The waterfall: a panel a mission, from the target down to what is in service; month by month; by supplier.

Why: the fall shows at once whether a mission was never ordered, is late, or came and was lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, Final

from matplotlib.figure import Figure

from sim.report import wording
from sim.report.chart import Chart, Numbers, Words, chart_name
from sim.report.falling import DEPLOYED, ENDS, OTHERS, TARGET, Fall, area_of, draw_fall, short_number, without_small
from sim.report.findings import TextTable
from sim.report.flowing import draw_months, mission_panels
from sim.report.house import PLACES
from sim.report.key import key_of
from sim.report.late import draw_late, late_rows
from sim.report.told import Record, interval_of, only, rests_on, rests_on_futures, short_titles, title_of, told
from sim.store.finding import Finding
from sim.study.waterfall import ALL, SHORT, steps_of

HEADING: Final = "From the target to what is in service"


def tables(finding: Finding) -> Iterator[TextTable]:
    """Each mission's steps under each policy; then by supplier, where ledgers were made again."""
    for policy in finding.about["policies"]:
        yield _due_table(finding, policy)
        if late_rows(finding, policy):
            yield _supplier_table(finding, policy)


def _due_table(finding: Finding, policy: str) -> TextTable:
    rows: list[tuple[Any, ...]] = []
    resting: list[Record] = []
    for mission, title in short_titles(finding.about["titles"]["missions"]).items():
        for runs in (ALL, SHORT):
            found = only(finding, "due", policy=policy, mission=mission, runs=runs)
            by_step = {row["step"]: row for row in found}
            if runs == SHORT and by_step[TARGET]["n"] in (0, rows[-1][-1].n):
                continue  # as over all runs, or none
            resting.append(by_step[DEPLOYED])
            which = "all" if runs == ALL else f"short: {by_step[TARGET]['n']:,}"
            in_service = interval_of(by_step[DEPLOYED])
            rows.append((title if runs == ALL else "", which, _number(by_step[TARGET]), _fall(found), in_service))
    headings = ("Mission", "Runs", "Target", "On the way, lost or cancelled", "In service and counted")
    note = (
        "Means at the end of the due day, in units; every one has its interval in the stored table. Where all runs fall"
        f" short they have no line of their own. {_rests(resting, finding)}"
    )
    return TextTable(
        _title(finding, policy), headings, [(*row[:-1], told(row[-1], short_number)) for row in rows], note, (2,)
    )


def _fall(rows: Iterable[Record]) -> str:
    """The steps in words, the largest first; and how much was ordered beyond the target, or is not ordered."""
    steps = [row for row in rows if row["step"] not in ENDS and row["value"]]
    ordered = sorted((row for row in steps if row["value"] > 0), key=lambda row: -row["value"])
    said = [f"{wording.PLACES[row['step']]} {_number(row)}" for row in ordered]
    said += [f"ordered beyond the target {short_number(-row['value'])}" for row in steps if row["value"] < 0]
    return ", ".join(said) or "nothing"


def _number(row: Record) -> str:
    return wording.NOTHING if row["value"] is None else short_number(row["value"])


def _supplier_table(finding: Finding, policy: str) -> TextTable:
    late = late_rows(finding, policy)
    missions = short_titles(finding.about["titles"]["missions"])
    rows, before = [], ""
    for each in late:
        name, before = ("" if each.mission == before else missions[each.mission]), each.mission
        where = ", ".join(
            f"{wording.PLACES[place]} {short_number(value)}"
            for place, value in sorted(each.places, key=lambda of: -of[1])
        )
        supplier = title_of(finding, "suppliers", each.supplier)
        rows.append((name, supplier, told(interval_of(each.together), short_number), where))
    headings = ("Mission", "Supplier", "Late, units", "Where they are")
    note = (
        "Means at the end of the due day over the runs that fall short of the mission: what was ordered and is not yet"
        f" in service. {_rests([each.together for each in late], finding)}"
    )
    return TextTable(_late_title(finding, policy), headings, rows, note)


def _title(finding: Finding, policy: str) -> str:
    worst: tuple[float, str, str] | None = None
    for mission in finding.about["titles"]["missions"]:
        rows = only(finding, "due", policy=policy, mission=mission, runs=ALL)
        target = next(row["value"] for row in rows if row["step"] == TARGET) or 0.0
        for row in rows:
            if row["step"] not in ENDS and target:
                fall = (row["value"] or 0.0) / target
                if worst is None or fall > worst[0]:
                    worst = fall, mission, row["step"]
    under = f"“{title_of(finding, 'policies', policy)}”"
    if worst is None or worst[0] <= 0:
        return f"Nothing is missing of any mission on its due day under {under}"
    mission = short_titles(finding.about["titles"]["missions"])[worst[1]]
    return (
        f"The deepest step on a due day under {under}: {100 * worst[0]:.0f} % of {mission}’s target"
        f" {_is(worst[2])}{wording.PLACES[worst[2]]}"
    )


def _is(place: str) -> str:
    return "is in the " if place == "queue" else "awaits " if place == "approval" else "is "


def _late_title(finding: Finding, policy: str) -> str:
    shares = [each for each in late_rows(finding, policy) if each.target]
    under = f"under “{title_of(finding, 'policies', policy)}”"
    if not shares:
        return f"Whose units are late in the runs that fall short {under}"
    most = max(shares, key=lambda each: each.share)
    mission = short_titles(finding.about["titles"]["missions"])[most.mission]
    return (
        f"Most late in the runs that fall short {under}: {100 * most.share:.0f} % of {mission}’s target, from"
        f" {title_of(finding, 'suppliers', most.supplier)}"
    )


# -- charts


def charts(finding: Finding) -> Iterator[Chart]:
    """A chart of the due day a policy; of the months and the suppliers where ledgers were made again."""
    for policy in finding.about["policies"]:
        yield _due_chart(finding, policy)
        if "months" in finding.grids:
            yield from _months_charts(finding, policy)
        if late_rows(finding, policy):
            yield _late_chart(finding, policy)


def _due_chart(finding: Finding, policy: str) -> Chart:
    rows = only(finding, "due", policy=policy, step=DEPLOYED)
    words = Words(
        _title(finding, policy),
        "Mean units at the end of the due day: from the target, place by place, down to what is in service and counted."
        " Columns: the runs that fall short (all runs where none does); marks: over all runs.",
        "A step upwards: more was ordered than wanted. Places with less than 2 % of the target each stand together."
        f" Intervals are not drawn: every step has its own in the stored table. {_runs(rows, finding)}",
    )
    grid = finding.grids["due"]
    numbers = Numbers(grid.columns, [row for row in grid.rows if row[0] == policy])
    return Chart(chart_name("waterfall", policy), words, numbers, partial(_draw_due, finding, policy))


def _rests(rows: Iterable[Record], finding: Finding) -> str:
    """What means rest on, over runs of which some were left out because they do not fall short: not failed ones."""
    return _none_failed(rests_on(rows, finding))


def _runs(rows: Iterable[Record], finding: Finding) -> str:
    """The same of means whose intervals are not drawn."""
    return _none_failed(rests_on_futures(rows, finding))


def _none_failed(rests: str) -> str:
    counted, seed, rest = rests.partition("; seed")
    return counted.split(", ")[0] + seed + rest


def _draw_due(finding: Finding, policy: str, words: Words) -> Figure:
    titles = short_titles(finding.about["titles"]["missions"])
    falls = {mission: _falls(finding, policy, mission) for mission in titles}
    seen = {step for fall, _ in falls.values() for step, _ in fall}
    names = {TARGET: "target", **wording.PLACES, OTHERS: "smaller ones together", DEPLOYED: "in service"}
    shown = [step for step in (TARGET, *PLACES, OTHERS, DEPLOYED) if step in seen]
    key = key_of([(names[step], area_of(step)) for step in shown])
    figure, panels = mission_panels(words, key, len(titles), under_in=0.15, down_in=0.38)
    for axes, mission in zip(panels, titles, strict=True):
        draw_fall(axes, *falls[mission])
        axes.set_title(titles[mission], size=8.5, pad=4)
    return figure


def _falls(finding: Finding, policy: str, mission: str) -> tuple[Fall, dict[str, float]]:
    """The steps over the runs that fall short (or all, where none does), and each step over all runs."""
    over_all = dict(steps_of(only(finding, "due", policy=policy, mission=mission, runs=ALL)))
    short = steps_of(only(finding, "due", policy=policy, mission=mission, runs=SHORT))
    fall = short if short and short[0][1] is not None else list(over_all.items())
    return without_small(fall), over_all


def _months_charts(finding: Finding, policy: str) -> Iterator[Chart]:
    """Over all runs; and over those in which the mission falls short, where any does."""
    grid = finding.grids["months"]
    for runs, whose in ((ALL, "over all runs"), (SHORT, "over the runs that fall short of that mission")):
        rows = only(finding, "months", policy=policy, runs=runs)
        if not rows:
            continue
        words = Words(
            _months_title(finding, policy, runs),
            f"Mean units at each place at each month’s end, {whose}; level line: the target; upright line: the due day."
            " What of the target lies above the areas is not ordered.",
            f"Intervals are not drawn: every mean has its own in the stored table. {_runs(rows, finding)}",
        )
        name = chart_name("waterfall-months" if runs == ALL else "waterfall-months-short", policy)
        numbers = Numbers(grid.columns, [row for row in grid.rows if (row[0], row[2]) == (policy, runs)])
        yield Chart(name, words, numbers, partial(draw_months, finding, policy, runs))


def _months_title(finding: Finding, policy: str, runs: str) -> str:
    """Of how many missions enough is ordered, and in service, when it is due."""
    asked = ordered = served = 0
    for mission, day in finding.about["due"].items():
        rows = only(finding, "months", policy=policy, runs=runs, mission=mission, day=day)
        mean = {row["place"]: row["value"] or 0.0 for row in rows}
        if rows:
            asked += 1
            ordered += mean["not_ordered"] <= 0
            served += mean[DEPLOYED] >= mean[TARGET]
    where = "" if runs == ALL else " in the runs that fall short"
    return (
        f"On the due day enough is ordered of {ordered} of {asked} missions and in service of {served}, in the"
        f" mean{where}, under “{title_of(finding, 'policies', policy)}”"
    )


def _late_chart(finding: Finding, policy: str) -> Chart:
    late = late_rows(finding, policy)
    words = Words(
        _late_title(finding, policy),
        "Mean units ordered and not yet in service at the end of the due day, by supplier and by where they are, in"
        " percent of the mission’s mean target; beside: in units. Bars and intervals: the runs that fall short of the"
        " mission; marks: over all runs.",
        _rests([each.together for each in late], finding),
    )
    grid = finding.grids["suppliers"]
    numbers = Numbers(grid.columns, [row for row in grid.rows if row[0] == policy])
    return Chart(chart_name("waterfall-suppliers", policy), words, numbers, partial(draw_late, finding, policy))
