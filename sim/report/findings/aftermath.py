"""What remains after the deadline: home production, running cost, and how long stocks last, policy by policy.

Why: two plans that are equal on the deadline may leave an industry, or a bill.
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
from sim.report.house import PALE, look
from sim.report.key import draw_key, key_of
from sim.report.lettering import width_pt, wrapped
from sim.report.sheet import POINTS, Room, beside, sheet
from sim.report.told import (
    Record,
    calendar_of,
    interval_of,
    only,
    percent,
    rests_on,
    rests_on_futures,
    short_titles,
    title_of,
    told,
    units,
    yen,
)
from sim.store.finding import Finding

HEADING: Final = "What remains after the deadline"
ROW_IN: Final = 0.3
MEASURES: Final = (
    ("home_share", "Home-made share of units", "share"),
    ("home_value_share", "Home share of the contracts’ cost", "share"),
    ("home_rate", "Home lines at the deadline, units a month", "units"),
    ("home_rate_later", "Home lines a year after, units a month", "units"),
    ("running_cost", "Running cost from the deadline to the horizon", "yen"),
)
PARTS: Final = "parts_from "
TELLERS: Final = {"share": percent, "units": units, "yen": yen}


def tables(finding: Finding) -> Iterator[TextTable]:
    """The whole, the parts of home production where there is any, then the missions."""
    yield _whole(finding)
    if any(row["measure"].startswith(PARTS) for row in only(finding, "left")):
        yield _parts(finding)
    yield _missions(finding)


def _spread(finding: Finding, policy: str, mission: str, measure: str, unit: str) -> str:
    """Median, and between which two tenths."""
    rows = [
        only(finding, "left", policy=policy, mission=mission, measure=f"{measure} {level}")
        for level in ("p50", "p10", "p90")
    ]
    if not all(rows) or rows[0][0]["value"] is None:
        return wording.NOTHING
    middle, low, high = (row[0]["value"] for row in rows)
    tell = TELLERS[unit]
    return tell(middle) if low == high else f"{tell(middle)} ({tell(low)} to {tell(high)})"


def _whole(finding: Finding) -> TextTable:
    policies = finding.about["policies"]
    told_ = [
        (title, [_spread(finding, policy, "", measure, unit) for policy in policies])
        for measure, title, unit in MEASURES
    ]
    known = [(title, cells) for title, cells in told_ if any(cell != wording.NOTHING for cell in cells)]
    rows = [
        (title_of(finding, "policies", policy), *(cells[place] for _, cells in known))
        for place, policy in enumerate(policies)
    ]
    shown = [row for row in only(finding, "left", mission="") if row["value"] is not None]
    lacking = wording.listed([title for title, cells in told_ if (title, cells) not in known])
    absent = f" Nothing is known of: {lacking}." if lacking else ""
    note = f"Medians, in brackets P10 and P90.{absent} {rests_on_futures(shown, finding)}"
    return TextTable(_title(finding), ("Policy", *(title for title, _ in known)), rows, note)


def _parts(finding: Finding) -> TextTable:
    shown = [row for row in only(finding, "left") if row["measure"].startswith(PARTS)]
    rows = [
        (
            title_of(finding, "policies", row["policy"]),
            row["measure"].removeprefix(PARTS),
            told(interval_of(row), percent),
        )
        for row in shown
    ]
    note = f"Means over the runs that built anything at home. {rests_on(shown, finding)}"
    return TextTable(
        "Where the parts of home production come from, by value", ("Policy", "Origin", "Share"), rows, note
    )


def _missions(finding: Finding) -> TextTable:
    policies, rows = finding.about["policies"], []
    horizon = calendar_of(finding).iso(finding.about["horizon_day"])
    lasting = finding.about["contingency_day"] is not None
    for mission, title in short_titles(finding.about["titles"]["missions"]).items():
        for place, policy in enumerate(policies):
            stock = _spread(finding, policy, mission, "in_service_at_horizon", "units")
            days = _spread(finding, policy, mission, "days_of_supply", "units")
            name = title_of(finding, "policies", policy)
            rows.append((title if not place else "", name, stock, *([days] if lasting else [])))
    headings = ("Mission", "Policy", f"In service on {horizon}", *(["Days of supply"] if lasting else []))
    return TextTable(_stock_title(finding), headings, rows, _stock_note(finding))


def _stock_title(finding: Finding) -> str:
    return "What is in service at the horizon" + (
        "" if finding.about["contingency_day"] is None else ", and how long it lasts"
    )


def _stock_note(finding: Finding) -> str:
    about = finding.about
    shown = only(finding, "left", measure="in_service_at_horizon p50")
    if about["contingency_day"] is None:
        said = "Days of supply need a shock of losses after the deadline: run the study with one."
    else:
        day = wording.long_date(about["contingency_day"], calendar_of(finding))
        most = about["horizon_day"] + 1 - about["contingency_day"]
        said = (
            f"Days of supply: from {day} to the month end at which less than {100 * about['floor']:.0f} % of the eve’s"
            f" stock is in service; {most:,} is the horizon."
        )
    return f"Medians, in brackets P10 and P90. {said} {rests_on_futures(shown, finding)}"


def _title(finding: Finding) -> str:
    cost = [
        (row["value"], row["policy"])
        for row in only(finding, "left", measure="running_cost p50")
        if row["value"] is not None
    ]
    home = [(row["value"], row["policy"]) for row in only(finding, "left", measure="home_share p50") if row["value"]]
    first = "Nothing of what is in service is made at home"
    if home:
        share, policy = max(home)
        first = (
            f"In the median run {percent(share)} of the units are made at home at most, under"
            f" “{title_of(finding, 'policies', policy)}”"
        )
    if not cost:
        return first
    yen_, policy = max(cost)
    many = len(finding.about["policies"]) > 1
    after = f", the dearest “{title_of(finding, 'policies', policy)}”" if many else ""
    return f"{first}; to run it costs up to {yen(yen_)} to the horizon{after}"


def charts(finding: Finding) -> Iterator[Chart]:
    """One chart: what is in service at the horizon, or how long it lasts."""
    lasting = finding.about["contingency_day"] is not None
    measure = "days_of_supply" if lasting else "in_service_at_horizon"
    missions = [
        mission
        for mission in finding.about["titles"]["missions"]
        if only(finding, "left", mission=mission, measure=f"{measure} p50")
    ]
    what = (
        "Days of supply" if lasting else "Units in service at the horizon, in percent of the most that any policy has"
    )
    words = Words(_title(finding), f"{what}: mark, median; line, P10 to P90, policy by policy.", _stock_note(finding))
    grid = finding.grids["left"]
    yield Chart(
        chart_name("aftermath"), words, Numbers(grid.columns, grid.rows), partial(_draw, finding, measure, missions)
    )


def _draw(finding: Finding, measure: str, missions: Sequence[str], words: Words) -> Figure:
    policies, titles = finding.about["policies"], short_titles(finding.about["titles"]["missions"])
    key = key_of([(title_of(finding, "policies", policy), look(place)) for place, policy in enumerate(policies)])
    names = [titles[mission] for mission in missions]
    left_in = min(2.2, max(width_pt(name, 8.5) for name in names) / POINTS + 0.15)
    above_in, row_in = 0.2 + key.tall_in, max(ROW_IN, 0.09 * len(policies))
    figure, (axes,) = sheet(words, Room(row_in * max(2, len(missions)), left_in, 0.5, above_in, 0.45))
    draw_key(figure, axes, above_in, key)
    axes.set_ylim(max(2, len(missions)) - 0.5, -0.5)
    labels = ["\n".join(wrapped(name, left_in * POINTS - 10, 8.5)[:2]) for name in names]
    axes.set_yticks(range(len(missions)), labels, linespacing=1.0)
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)
    for row, mission in enumerate(missions):
        axes.axhline(row + 0.5, color=PALE, linewidth=0.5, zorder=0)
        scale = 1.0 if measure == "days_of_supply" else _scale(finding, mission, measure)
        for place, policy in enumerate(policies):
            of = [
                only(finding, "left", policy=policy, mission=mission, measure=f"{measure} {level}")
                for level in ("p10", "p50", "p90")
            ]
            _mark(axes, row + 0.7 * ((place + 0.5) / len(policies) - 0.5), place, [each[0] for each in of], scale)
        if scale == 0:
            beside(axes, row, "none")
    axes.set_xlim(left=0)
    axes.set_axisbelow(True)
    axes.set_xlabel("days" if measure == "days_of_supply" else "percent")
    return figure


def _scale(finding: Finding, mission: str, measure: str) -> float:
    """From units to percent of the most."""
    rows = only(finding, "left", mission=mission, measure=f"{measure} p90")
    most = max((row["value"] or 0.0 for row in rows), default=0.0)
    return 100 / most if most else 0.0


def _mark(axes: Axes, at: float, place: int, rows: Sequence[Record], scale: float) -> None:
    low, middle, high = (row["value"] for row in rows)
    if middle is None or low is None or high is None:
        return
    style = look(place)
    axes.plot([scale * low, scale * high], [at, at], color=style.colour, linestyle=style.dashes, linewidth=1.4)
    axes.plot(scale * middle, at, style.marker, markersize=4.5, color=style.colour, zorder=4, clip_on=False)
