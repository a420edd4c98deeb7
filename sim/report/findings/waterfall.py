"""The waterfall: a panel a mission, from the target down to what is in service; and the same, month by month.

Why: the fall shows at once whether a mission was never ordered, is late, or came and was lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from math import ceil
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.engine.entries import PLACES as ALL_PLACES
from sim.report import wording
from sim.report.chart import Chart, Numbers, Words, chart_name
from sim.report.findings import TextTable
from sim.report.house import BLACK, GREEN, OUTLINE, PALE, PLACES, Area
from sim.report.key import draw_key, key_of
from sim.report.sheet import Room, sheet, thousands
from sim.report.time_axis import due, fiscal_years
from sim.report.told import calendar_of, interval_of, only, rests_on, short_titles, title_of, told, units
from sim.store.finding import Finding
from sim.study.waterfall import ALL, SHORT, steps_of

HEADING: Final = "From the target to what is in service"
ACROSS: Final = 2
IN_SERVICE: Final = Area(GREEN)
TARGET: Final = Area(PALE)
DEPLOYED: Final = "deployed"


def tables(finding: Finding) -> Iterator[TextTable]:
    """Each mission's steps under each policy; then by supplier, where ledgers were made again."""
    for policy in finding.about["policies"]:
        yield _due_table(finding, policy)
        if "suppliers" in finding.grids:
            yield _supplier_table(finding, policy)


def _due_table(finding: Finding, policy: str) -> TextTable:
    rows, resting = [], []
    for mission, title in short_titles(finding.about["titles"]["missions"]).items():
        for runs in (ALL, SHORT):
            found = only(finding, "due", policy=policy, mission=mission, runs=runs)
            resting += found
            by_step = {row["step"]: row for row in found}
            places = [row for row in found if row["step"] not in ("target", DEPLOYED) and row["value"]]
            fall = ", ".join(
                f"{wording.PLACES[row['step']]} {_number(row)}" for row in sorted(places, key=lambda row: -row["value"])
            )
            rows.append(
                (
                    title if runs == ALL else "",
                    "all" if runs == ALL else f"short: {by_step['target']['n']:,}",
                    _number(by_step["target"]),
                    fall or "nothing",
                    told(interval_of(by_step[DEPLOYED]), units),
                )
            )
    headings = ("Mission", "Runs", "Target", "Less, at the end of the due day", "In service and counted")
    note = f"Means; every step has its interval in the stored table. {rests_on(resting, finding)}"
    return TextTable(_title(finding, policy), headings, rows, note)


def _number(row: Mapping[str, Any]) -> str:
    return wording.NOTHING if row["value"] is None else f"{row['value']:,.1f}".replace("-", "−").removesuffix(".0")


def _supplier_table(finding: Finding, policy: str) -> TextTable:
    rows, resting = [], []
    missions = short_titles(finding.about["titles"]["missions"])
    gone = (DEPLOYED, "lost", "retired", "cancelled")
    for mission in missions:
        of = only(finding, "suppliers", policy=policy, mission=mission, runs=SHORT)
        late = [row for row in of if row["place"] not in gone]
        resting += late
        suppliers = dict.fromkeys(row["supplier"] for row in late)
        for supplier in suppliers:
            own = sorted((row for row in late if row["supplier"] == supplier), key=lambda row: -row["value"])
            where = ", ".join(f"{wording.PLACES[row['place']]} {_number(row)}" for row in own)
            rows.append((missions[mission], title_of(finding, "suppliers", supplier), where))
    headings = ("Mission", "Supplier", "Ordered and not in service, units")
    title = f"Whose units are late in the runs that fall short under “{title_of(finding, 'policies', policy)}”"
    return TextTable(title, headings, rows, f"Means at the end of the due day. {rests_on(resting, finding)}")


def _title(finding: Finding, policy: str) -> str:
    worst: tuple[float, str, str] | None = None
    for mission in finding.about["titles"]["missions"]:
        rows = only(finding, "due", policy=policy, mission=mission, runs=ALL)
        target = next(row["value"] for row in rows if row["step"] == "target") or 0.0
        for row in rows:
            if row["step"] not in ("target", DEPLOYED) and target:
                fall = (row["value"] or 0.0) / target
                if worst is None or fall > worst[0]:
                    worst = fall, mission, row["step"]
    under = f"under “{title_of(finding, 'policies', policy)}”"
    if worst is None or worst[0] <= 0:
        return f"Nothing is missing of any mission on its due day {under}"
    mission = short_titles(finding.about["titles"]["missions"])[worst[1]]
    step = f"{wording.PLACES[worst[2]]}, {100 * worst[0]:.0f} % of its target"
    return f"The deepest step of all missions on their due days is {mission}’s “{step}” {under}"


def charts(finding: Finding) -> Iterator[Chart]:
    """A chart of the due day a policy, and of the months where ledgers were made again."""
    for policy in finding.about["policies"]:
        yield _due_chart(finding, policy)
        if "months" in finding.grids:
            yield from _months_charts(finding, policy)


def _due_chart(finding: Finding, policy: str) -> Chart:
    rows = only(finding, "due", policy=policy)
    words = Words(
        _title(finding, policy),
        "Mean units at the end of the due day: from the target, place by place, down to what is in service and counted."
        " Columns: the runs that fall short (all runs where none does); marks: over all runs.",
        f"A step upwards: more was ordered than wanted. {rests_on(rows, finding)}",
    )
    grid = finding.grids["due"]
    numbers = Numbers(grid.columns, [row for row in grid.rows if row[0] == policy])
    return Chart(chart_name("waterfall", policy), words, numbers, partial(_draw_due, finding, policy))


def _draw_due(finding: Finding, policy: str, words: Words) -> Figure:
    titles = short_titles(finding.about["titles"]["missions"])
    falls = {mission: _falls(finding, policy, mission) for mission in titles}
    shown = [place for place in PLACES if any(place in dict(fall) for fall, _ in falls.values())]
    samples = [(wording.PLACES[place], PLACES[place]) for place in shown]
    key = key_of([("target", TARGET), *samples, ("in service", IN_SERVICE)])
    rows = ceil(len(titles) / ACROSS)
    above_in = 0.42 + key.tall_in
    room = Room(0.95, 0.5, 0.1, above_in, 0.12, 0.5, 0.38)
    figure, panels = sheet(words, room, rows=rows, columns=min(ACROSS, len(titles)))
    draw_key(figure, panels[0], above_in, key)
    for spare in panels[len(titles) :]:
        spare.remove()
    for axes, mission in zip(panels, titles, strict=False):
        fall, over_all = falls[mission]
        _columns(axes, fall, over_all)
        axes.set_title(titles[mission], size=8.5, pad=4)
    return figure


def _falls(finding: Finding, policy: str, mission: str) -> tuple[list[tuple[str, float]], dict[str, float]]:
    """The steps over the runs that fall short (or all, where none does), and each step over all runs."""
    over_all = dict(steps_of(only(finding, "due", policy=policy, mission=mission, runs=ALL)))
    short = steps_of(only(finding, "due", policy=policy, mission=mission, runs=SHORT))
    fall = short if short and short[0][1] is not None else list(over_all.items())
    return fall, over_all


def _columns(axes: Axes, fall: Sequence[tuple[str, float]], over_all: Mapping[str, float]) -> None:
    top = dict(fall)["target"]
    level = top
    for place, (step, value) in enumerate(fall):
        if step in ("target", DEPLOYED):
            low, tall = 0.0, value
        else:
            level -= value
            low, tall = (level, value) if value >= 0 else (level + value, -value)
            axes.plot([place - 1, place + 0.4], [level + value, level + value], color=BLACK, linewidth=0.5)
        area = TARGET if step == "target" else IN_SERVICE if step == DEPLOYED else PLACES[step]
        for options in (area.filling(), OUTLINE):
            axes.bar(place, tall, bottom=low, width=0.8, **options)
        mark = over_all[step] if step in ("target", DEPLOYED) else low + tall
        axes.annotate(
            _short(value), (place, max(low + tall, mark)), (0, 4 if step in ("target", DEPLOYED) else 1), size=7,
            textcoords="offset points", ha="center", va="bottom",
        )  # fmt: skip
        if step in ("target", DEPLOYED):
            axes.plot(place, mark, "D", markersize=4.5, color="white", markeredgecolor=BLACK, zorder=5, clip_on=False)
    axes.set_xlim(-0.6, max(len(fall), 6) - 0.4)
    axes.set_ylim(min(0.0, axes.get_ylim()[0]), axes.get_ylim()[1] * 1.2)
    axes.set_xticks([])
    axes.axhline(0, color=BLACK, linewidth=0.9)
    axes.yaxis.set_major_locator(_few())
    axes.yaxis.set_major_formatter("{x:,.0f}")


def _few() -> Any:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(nbins=4, integer=True)


def _short(value: float) -> str:
    rounded = f"{value:,.0f}" if abs(value) >= 10 else f"{value:,.1f}".removesuffix(".0")
    return rounded.replace("-", "−")


# -- month by month


def _months_charts(finding: Finding, policy: str) -> Iterator[Chart]:
    """Over all runs; and over those in which the mission falls short, where any does."""
    grid = finding.grids["months"]
    for runs, whose in ((ALL, "over all runs"), (SHORT, "over the runs that fall short of that mission")):
        rows = only(finding, "months", policy=policy, runs=runs)
        if not rows:
            continue
        words = Words(
            f"Where the units are, month by month, {whose}, under “{title_of(finding, 'policies', policy)}”",
            f"Mean units at each place at each month’s end, {whose}; line: the target. What of the target lies above"
            " the areas is not ordered.",
            rests_on(rows, finding),
        )
        name = chart_name("waterfall-months" if runs == ALL else "waterfall-months-short", policy)
        numbers = Numbers(grid.columns, [row for row in grid.rows if (row[0], row[2]) == (policy, runs)])
        yield Chart(name, words, numbers, partial(_draw_months, finding, policy, runs))


def _draw_months(finding: Finding, policy: str, runs: str, words: Words) -> Figure:
    titles = short_titles(finding.about["titles"]["missions"])
    flows = {mission: _flow(finding, policy, mission, runs) for mission in titles}
    order = (DEPLOYED, *(place for place in reversed(ALL_PLACES) if place in PLACES and place != "cancelled"))
    shown = [place for place in order if any(any(flow.get(place, ())) for flow in flows.values())]
    samples = [("in service" if place == DEPLOYED else wording.PLACES[place], _area(place)) for place in shown]
    key = key_of(samples)
    above_in = 0.42 + key.tall_in
    room = Room(1.0, 0.5, 0.1, above_in, 0.25, 0.5, 0.5)
    figure, panels = sheet(words, room, rows=ceil(len(titles) / ACROSS), columns=min(ACROSS, len(titles)))
    draw_key(figure, panels[0], above_in, key)
    for spare in panels[len(titles) :]:
        spare.remove()
    for axes, mission in zip(panels, titles, strict=False):
        axes.set_title(titles[mission], size=8.5, pad=4)
        if flows[mission]["day"]:
            _areas(axes, flows[mission], shown, finding, mission)
        else:
            axes.set_axis_off()
            axes.text(0.0, 0.9, "never falls short", transform=axes.transAxes, size=8.5, va="top")
    return figure


def _area(place: str) -> Area:
    return IN_SERVICE if place == DEPLOYED else PLACES[place]


def _flow(finding: Finding, policy: str, mission: str, runs: str) -> dict[str, list[float]]:
    """Place -> mean units at each day; ``day`` has the days, none where the mission never falls short."""
    rows = only(finding, "months", policy=policy, mission=mission, runs=runs)
    days = sorted({row["day"] for row in rows})
    found: dict[str, list[float]] = {"day": [float(day) for day in days]}
    by = {(row["place"], row["day"]): row["value"] or 0.0 for row in rows}
    for place in dict.fromkeys(row["place"] for row in rows):
        found[place] = [by[place, day] for day in days]
    return found


def _areas(
    axes: Axes, flow: Mapping[str, Sequence[float]], shown: Sequence[str], finding: Finding, mission: str
) -> None:
    level = [0.0] * len(flow["day"])
    for place in shown:
        top = [low + more for low, more in zip(level, flow[place], strict=True)]
        area = _area(place)
        axes.fill_between(
            flow["day"], level, top, facecolor=area.colour, hatch=area.hatch, edgecolor=area.ink, linewidth=0
        )
        level = top
    axes.plot(flow["day"], flow["target"], color=BLACK, linewidth=1.2)
    calendar = calendar_of(finding)
    fiscal_years(axes, calendar, int(flow["day"][0]), int(flow["day"][-1]))
    due(axes, finding.about["due"][mission], calendar, said=False)
    axes.set_ylim(bottom=0)
    thousands(axes, "y")
