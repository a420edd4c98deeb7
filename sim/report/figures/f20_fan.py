"""The fan: units in service month by month, as it spreads over the futures, against target and due day.

Bands are quantiles at each month's end, of the runs that did not fail; they are no paths that a run would follow.

Why: a mission that is six months late in the middle is another problem than one that never moves.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from math import ceil
from typing import Any, Final, NamedTuple

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.report import wording
from sim.report.chart import Asked, Chart, Numbers, Words, chart_name
from sim.report.house import BLUE, NAVY, PALE_SKY, RUST, SKY, VERMILION
from sim.report.material import Material, mission_of, or_zero
from sim.report.sheet import Room, say_at_right, sheet, thousands
from sim.report.time_axis import as_of, due, fiscal_years
from sim.study.answer import MissionAnswer, PolicyAnswer

NAME: Final = "fan"
HEADING: Final = "Units in service, month by month"
LEVELS: Final = (0.10, 0.25, 0.50, 0.75, 0.90)
_UNCOUNTED: Final = " Drawn are all units in service; those of too low a quality do not count towards the target."


class Fan(NamedTuple):
    """Units in service at the ends of months."""

    days: NDArray[Any]
    quantiles: NDArray[Any]
    """(levels, months)."""
    mission: MissionAnswer


def charts(material: Material, asked: Asked) -> Iterator[Chart]:
    """One chart a mission, of the leading policy or the one asked for."""
    policy = material.policy(asked.policy)
    paths, uncounted = _paths(material, policy), _uncounted(material, policy)
    for mission in material.mission_ids(asked.mission):
        of = mission_of(policy, mission)
        fan = Fan(paths[mission][0], _quantiles(paths[mission][1]), of)
        yield Chart(
            chart_name(NAME, mission, policy.policy),
            _words(material, policy, of, uncounted),
            _numbers(material, policy, fan),
            partial(_draw, material, fan),
        )


def _paths(material: Material, policy: PolicyAnswer) -> dict[str, tuple[NDArray[Any], NDArray[Any]]]:
    """Mission -> (days of the month ends, units in service by run and month)."""
    found = material.columns("monthly", policy.policy, ("month", "mission", "deployed"))
    ends = material.calendar.month_ends(0, material.clock.horizon_day)
    by_month = {material.calendar.month_index(day): day for day in ends}
    paths = {}
    for mission in material.missions:
        own = found["mission"] == mission
        months = np.unique(found["month"][own])
        days = np.array([by_month[int(month)] for month in months])
        paths[mission] = days, found["deployed"][own].reshape(-1, len(months))
    return paths


def _uncounted(material: Material, policy: PolicyAnswer) -> set[str]:
    """Missions with units in service of too low a quality."""
    found = material.columns("missions", policy.policy, ("mission", "deployed", "deployed_counted"))
    return set(found["mission"][found["deployed"] > found["deployed_counted"]])


def _quantiles(units: NDArray[Any]) -> NDArray[Any]:
    """At each month the smallest value that at least such a share of the runs do not exceed."""
    ordered = np.sort(units, axis=0)
    return np.array([ordered[max(1, ceil(len(units) * level)) - 1] for level in LEVELS])


def _words(material: Material, policy: PolicyAnswer, of: MissionAnswer, uncounted: set[str]) -> Words:
    date = wording.long_date(of.due_day, material.calendar)
    target = "the target" if of.target.varies else wording.counted(or_zero(of.target.p50), of.counted_as)
    reach = wording.so_many(of.chance, "reaches", "reach")
    return Words(
        f"{material.missions[of.mission]}: {wording.inside(reach)} {target} by {date}",
        f"In service under “{policy.title}”, counted as {of.counted_as}. On the due day, median and P10–P90:"
        f" {wording.spread(of.deployed)} in service, of {wording.spread(of.target)} wanted.",
        f"Light band P10–P90, dark band P25–P75, line the median of the futures at each month’s end."
        f" Chance {wording.percent(or_zero(of.chance))} %, {wording.interval_percent(of.chance)}."
        f"{_UNCOUNTED if of.mission in uncounted else ''} {material.footing([policy])}",
    )


def _numbers(material: Material, policy: PolicyAnswer, fan: Fan) -> Numbers:
    n, asked = fan.mission.deployed.p50.n, fan.mission.deployed.p50.N
    columns = ("policy", "mission", "month_end", *(f"p{100 * level:.0f}_units" for level in LEVELS), "n", "N")
    return Numbers(
        columns,
        [
            (policy.policy, fan.mission.mission, material.calendar.iso(int(day)), *map(int, units), n, asked)
            for day, units in zip(fan.days, fan.quantiles.T, strict=True)
        ],
    )


def _draw(material: Material, fan: Fan, words: Words) -> Figure:
    figure, (axes,) = sheet(words, Room(height=2.7, left=0.62, right=1.15, above=0.12, under=0.34))
    clock, target = material.clock, fan.mission.target
    fiscal_years(axes, material.calendar, 0, clock.horizon_day)
    low, quarter, middle, three, high = fan.quantiles
    axes.fill_between(fan.days, low, high, color=PALE_SKY, linewidth=0)
    axes.fill_between(fan.days, quarter, three, color=SKY, linewidth=0)
    axes.plot(fan.days, middle, color=BLUE)
    axes.set_ylim(0, 1.18 * max(float(high.max()), or_zero(target.p90), 1.0))
    thousands(axes, "y")
    axes.grid(axis="y")
    if target.varies:
        axes.axhspan(or_zero(target.p10), or_zero(target.p90), color=VERMILION, alpha=0.12, linewidth=0, zorder=0)
    axes.axhline(or_zero(target.p50), color=VERMILION, linewidth=1.4, dashes=(5, 2), zorder=2)
    axes.annotate(
        f"target {wording.spread(target)}", (clock.as_of_day, or_zero(target.p50)), (4, 3), color=RUST, size=8.5,
        textcoords="offset points", va="bottom",
    )  # fmt: skip
    as_of(axes, clock.as_of_day, material.calendar)
    due(axes, fan.mission.due_day, material.calendar)
    say_at_right(axes, [(value, words, NAVY) for value, words in _ends(fan.quantiles[:, -1])])
    return figure


def _ends(last: NDArray[Any]) -> list[tuple[float, str]]:
    """What stands at the end of each line; lines that end at one value share their words."""
    names = ("P10", "P25", "median", "P75", "P90")
    found: list[tuple[float, str]] = []
    for value in sorted({float(value) for value in last}):
        own = [name for name, other in zip(names, last, strict=True) if float(other) == value]
        name = own[0] if len(own) == 1 else f"{own[0]}–{own[-1]}".replace("median", "P50")
        found.append((value, f"{name} {wording.whole(value)}"))
    return found
