"""When the target is reached: the share of all futures that have reached it by each day.

Every run is in the denominator until the horizon, the common day on which all are cut off; failed runs make a band,
from none of them having reached it to all.

Why: a mission that misses its day by a month and one that never comes are told apart only after the deadline.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from math import ceil
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report import wording
from sim.report.chart import Asked, Chart, Numbers, Words, chart_name
from sim.report.house import QUIET, Line, look
from sim.report.key import draw_key, key_of, name_lines
from sim.report.lettering import wrapped
from sim.report.material import Material, mission_of
from sim.report.sheet import POINTS, WIDTH_IN, Room, panels_across, sheet
from sim.report.time_axis import due, fiscal_years
from sim.study.answer import PolicyAnswer
from sim.study.curves import Curve, curve_of

NAME: Final = "reached"
HEADING: Final = "When the targets are reached"
ACROSS: Final = (3, 4, 5)
"""Panels side by side: as many as leave the fewest places empty."""
RIGHT_IN: Final = 1.9
"""For the names of the lines, where a mission stands alone."""


def charts(material: Material, asked: Asked) -> Iterator[Chart]:
    """A panel a mission and a line a policy, of all or of those asked for."""
    policies, missions = material.policies(asked.policy), material.mission_ids(asked.mission)
    curves = [curve for policy in policies for curve in _curves(material, policy, missions)]
    yield Chart(
        chart_name(NAME, asked.mission, asked.policy),
        _words(material, policies, missions, curves),
        _numbers(material, curves),
        partial(_draw, material, missions, curves),
    )


def _curves(material: Material, policy: PolicyAnswer, missions: Sequence[str]) -> Iterator[Curve]:
    found = material.columns("missions", policy.policy, ("mission", "reached", "reached_day"))
    return (curve_of(found, policy.policy, mission, material.answer.replications) for mission in missions)


def _words(
    material: Material, policies: Sequence[PolicyAnswer], missions: Sequence[str], curves: Sequence[Curve]
) -> Words:
    last = wording.long_date(material.clock.horizon_day, material.calendar)
    band = " Grey: from no failed run having reached it to all of them." if any(c.n < c.N for c in curves) else ""
    return Words(
        _of_one(material, policies, missions[0]) if len(missions) == 1 else _of_all(material, missions, curves),
        "Share of all futures that have reached the target by the day, in percent; some fall short again later.",
        f"All futures are in the denominator until they are cut off on {last}. The upright is the due day; ’27 is"
        f" fiscal 2027.{band} {material.footing(policies)}",
    )


def _of_one(material: Material, policies: Sequence[PolicyAnswer], mission: str) -> str:
    horizon = material.clock.horizon_day
    found = {policy.title: mission_of(policy, mission) for policy in policies}
    days = {title: each.reached_day.value for title, each in found.items() if each.reached_day.value is not None}
    name = material.missions[mission]
    soonest = min(days, key=lambda title: days[title]) if days else None
    if soonest is None or days[soonest] > horizon:
        which = f"under “{policies[0].title}”" if len(policies) == 1 else "under any policy"
        return f"{name}: fewer than half of the futures ever reach the target {which}"
    late = int(days[soonest]) - found[soonest].due_day
    off = wording.counted(abs(late), "day")
    how = f"{off} late" if late > 0 else f"{off} early" if late else "on the due day"
    date = wording.long_date(int(days[soonest]), material.calendar)
    which = f"under “{soonest}”" if len(policies) == 1 else f"at the earliest, under “{soonest}”"
    return f"{name}: half of the futures have reached the target by {date}, {how}, {which}"


def _of_all(material: Material, missions: Sequence[str], curves: Sequence[Curve]) -> str:
    due_days = {mission: material.scenario.missions[mission].due_day for mission in missions}
    in_time = _half_by(curves, due_days)
    at_last = _half_by(curves, dict.fromkeys(missions, material.clock.horizon_day))
    several = len({curve.policy for curve in curves}) > 1
    start = "Under one policy or another, half" if several else f"Under “{_title(material, curves[0])}”, half"
    horizon = wording.long_date(material.clock.horizon_day, material.calendar)
    return (
        f"{start} of the futures reach {in_time or 'none'} of {len(missions)} targets by the due day,"
        f" {'and no more' if at_last == in_time else at_last} by {horizon}"
    )


def _title(material: Material, curve: Curve) -> str:
    return material.scenario.policies[curve.policy].title


def _half_by(curves: Sequence[Curve], day_of: Mapping[str, int]) -> int:
    """Missions that at least half of the futures have reached by a day, under any policy."""
    return len({curve.mission for curve in curves if curve.share(day_of[curve.mission]) >= 0.5})


def _numbers(material: Material, curves: Sequence[Curve]) -> Numbers:
    rows: list[tuple[Any, ...]] = []
    for curve in curves:
        days, counts = np.unique(curve.days, return_counts=True)
        for day, count in zip(days, np.cumsum(counts), strict=True):
            iso = material.calendar.iso(int(day))
            rows.append((curve.policy, curve.mission, iso, int(count), int(count) / curve.n, curve.n, curve.N))
    return Numbers(("policy", "mission", "day", "runs_reached", "share", "n", "N"), rows)


# -- drawing


def _draw(material: Material, missions: Sequence[str], curves: Sequence[Curve], words: Words) -> Figure:
    if len(missions) == 1:
        figure, panels = sheet(words, Room(height=2.9, left=0.45, right=RIGHT_IN, above=0.2, under=0.34))
        _panel(panels[0], material, curves, said=True)
        _name_lines(panels[0], material, curves)
        return figure
    across = panels_across(len(missions), ACROSS)
    policies = {curve.policy: _title(material, curve) for curve in curves}
    key = key_of([(title, _look(material, policy)) for policy, title in policies.items()])
    room = Room(height=1.15, left=0.45, right=0.15, above=0.5 + key.tall_in, under=0.34, across=0.32, down=0.62)
    wide_pt = (WIDTH_IN - room.left - room.right - (across - 1) * room.across) / across * POINTS
    figure, panels = sheet(words, room, rows=ceil(len(missions) / across), columns=across)
    for spare in panels[len(missions) :]:
        spare.remove()
    for axes, mission in zip(panels, missions, strict=False):
        _panel(axes, material, [curve for curve in curves if curve.mission == mission])
        axes.set_title("\n".join(wrapped(material.missions[mission], wide_pt, 8.5, "bold")[:2]), size=8.5)
    draw_key(figure, panels[0], room.above, key)
    return figure


def _panel(axes: Axes, material: Material, curves: Sequence[Curve], *, said: bool = False) -> None:
    fiscal_years(axes, material.calendar, 0, material.clock.horizon_day)
    axes.set_ylim(0, 100)
    axes.set_yticks([0, 50, 100])
    axes.grid(axis="y")
    for curve in curves:
        _line(axes, curve, _look(material, curve.policy), material.clock.horizon_day)
    due(axes, material.scenario.missions[curves[0].mission].due_day, material.calendar, said=said)


def _look(material: Material, policy: str) -> Line:
    return look(material.study.policies.index(policy))


def _name_lines(axes: Axes, material: Material, curves: Sequence[Curve]) -> None:
    """Each policy's name where its line ends, with the share that has reached the target by then."""
    last, labels = material.clock.horizon_day, []
    for curve in curves:
        share = 100 * curve.share(last)
        labels.append((share, f"{_title(material, curve)}, {share:.0f} %", _look(material, curve.policy)))
    name_lines(axes, labels, RIGHT_IN)


def _line(axes: Axes, curve: Curve, style: Line, horizon: int) -> None:
    days = np.concatenate([[0], curve.days, [horizon]])
    counts = np.concatenate([np.arange(len(curve.days) + 1), [len(curve.days)]])
    failed = curve.N - curve.n
    if failed:
        low, high = 100 * counts / curve.N, 100 * (counts + failed) / curve.N
        axes.fill_between(days, low, high, step="post", color=QUIET, alpha=0.18, linewidth=0)
    shares = 100 * counts / max(curve.n, 1)
    axes.step(days, shares, where="post", color=style.colour, linestyle=style.dashes, linewidth=1.7, clip_on=False)
