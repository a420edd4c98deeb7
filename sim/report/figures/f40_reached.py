"""When the target is reached: the share of all futures that have reached it by each day.

Every run is in the denominator until the horizon, the common day on which all are cut off; failed runs make a band,
from none of them having reached it to all.

Why: a mission that misses its day by a month and one that never comes are told apart only after the deadline.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from math import ceil
from typing import Any, Final, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.report import wording
from sim.report.chart import Asked, Chart, Numbers, Words, chart_name
from sim.report.house import EDGE_IN, POINTS, QUIET, WIDTH_IN, Room, look, say_at_right, sheet, width_pt, wrapped
from sim.report.material import Material, mission_of
from sim.report.time_axis import due, fiscal_years
from sim.study.answer import PolicyAnswer

NAME: Final = "reached"
HEADING: Final = "When the targets are reached"
ACROSS: Final = 3


class Curve(NamedTuple):
    """Days on which runs first reached the target, in order; runs that had not by the horizon have none."""

    policy: PolicyAnswer
    mission: str
    days: NDArray[Any]
    n: int
    N: int

    def share(self, day: int) -> float:
        """Of the runs that did not fail, reached by the end of a day."""
        return float(np.searchsorted(self.days, day, side="right")) / self.n if self.n else 0.0


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
    for mission in missions:
        own = found["mission"] == mission
        days = np.sort(found["reached_day"][own & found["reached"]])
        yield Curve(policy, mission, days, int(own.sum()), material.answer.replications)


def _words(
    material: Material, policies: Sequence[PolicyAnswer], missions: Sequence[str], curves: Sequence[Curve]
) -> Words:
    last = wording.long_date(material.clock.horizon_day, material.calendar)
    band = " Grey band: from no failed run having reached it to all of them." if any(c.n < c.N for c in curves) else ""
    return Words(
        _of_one(material, policies, missions[0]) if len(missions) == 1 else _of_all(material, missions, curves),
        "Share of all futures in which the mission has reached its target by the day, in percent. It may fall short again later.",
        f"All futures are in the denominator until they are cut off on {last}. The upright is the due day; ’27 is fiscal 2027.{band}"
        f" {material.footing(policies)}",
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
    how = f"{late:,} days late" if late > 0 else f"{-late:,} days early" if late else "on the due day"
    date = wording.long_date(int(days[soonest]), material.calendar)
    which = f"under “{soonest}”" if len(policies) == 1 else f"at the earliest, under “{soonest}”"
    return f"{name}: half of the futures have reached the target by {date}, {how}, {which}"


def _of_all(material: Material, missions: Sequence[str], curves: Sequence[Curve]) -> str:
    def half_by(day_of: dict[str, int]) -> int:
        reached = {curve.mission for curve in curves if curve.share(day_of[curve.mission]) >= 0.5}
        return len(reached)

    due_days = {mission.id: mission.due_day for mission in material.scenario.missions.values()}
    in_time = half_by(due_days)
    at_last = half_by(dict.fromkeys(due_days, material.clock.horizon_day))
    horizon = wording.long_date(material.clock.horizon_day, material.calendar)
    return (
        f"{in_time} of {len(missions)} missions have reached their target by the due day in half of the futures,"
        f" {at_last} by {horizon}{', under one policy or another' if len({c.policy.policy for c in curves}) > 1 else ''}"
    )


def _numbers(material: Material, curves: Sequence[Curve]) -> Numbers:
    rows: list[tuple[Any, ...]] = []
    for curve in curves:
        days, counts = np.unique(curve.days, return_counts=True)
        for day, count in zip(days, np.cumsum(counts), strict=True):
            iso = material.calendar.iso(int(day))
            rows.append((curve.policy.policy, curve.mission, iso, int(count), int(count) / curve.n, curve.n, curve.N))
    return Numbers(("policy", "mission", "day", "runs_reached", "share", "n", "N"), rows)


# -- drawing


def _draw(material: Material, missions: Sequence[str], curves: Sequence[Curve], words: Words) -> Figure:
    alone = len(missions) == 1
    across = min(ACROSS, len(missions))
    policies = list(dict.fromkeys(curve.policy.policy for curve in curves))
    key_in = 0.0 if alone else 0.2 * (_key_lines(material, policies)[-1][2] + 1) + 0.05
    room = Room(
        height=2.9 if alone else 1.15, left=0.45, right=1.65 if alone else 0.15, above=0.32 + key_in, under=0.34, across=0.32,
        down=0.62,
    )  # fmt: skip
    figure, panels = sheet(words, room, rows=ceil(len(missions) / across), columns=across)
    for place, axes in enumerate(panels):
        if place >= len(missions):
            axes.remove()
            continue
        _panel(axes, material, [curve for curve in curves if curve.mission == missions[place]], alone)
    if not alone:
        _key(figure, panels[0], material, policies, room.above)
    return figure


def _panel(axes: Axes, material: Material, curves: Sequence[Curve], alone: bool) -> None:
    horizon = material.clock.horizon_day
    fiscal_years(axes, material.calendar, 0, horizon)
    axes.set_ylim(0, 100)
    axes.set_yticks([0, 50, 100])
    axes.grid(axis="y")
    for curve in curves:
        _line(axes, curve, material.study.policies.index(curve.policy.policy), horizon)
    mission = material.scenario.missions[curves[0].mission]
    due(axes, mission.due_day, material.calendar, said=alone)
    if alone:
        labels = [
            (100 * curve.share(horizon), _end_words(curve, horizon), look(place).colour)
            for curve in curves
            for place in [material.study.policies.index(curve.policy.policy)]
        ]
        say_at_right(axes, labels)
        return
    axes.set_title("\n".join(wrapped(material.missions[mission.id], 145, 8.5, "bold")[:2]), size=8.5)


def _end_words(curve: Curve, horizon: int) -> str:
    lines = wrapped(f"{curve.policy.title} {100 * curve.share(horizon):.0f}", 105, 8.5)
    return "\n".join(lines)


def _line(axes: Axes, curve: Curve, place: int, horizon: int) -> None:
    style = look(place)
    days = np.concatenate([[0], curve.days, [horizon]])
    counts = np.concatenate([np.arange(len(curve.days) + 1), [len(curve.days)]])
    failed = curve.N - curve.n
    if failed:
        low, high = 100 * counts / curve.N, 100 * (counts + failed) / curve.N
        axes.fill_between(days, low, high, step="post", color=QUIET, alpha=0.18, linewidth=0)
    axes.step(
        days, 100 * counts / max(curve.n, 1), where="post", color=style.colour, linestyle=style.dashes, linewidth=1.7,
        clip_on=False,
    )  # fmt: skip


# -- the key


def _key_lines(material: Material, policies: Sequence[str]) -> list[tuple[str, float, int]]:
    """(policy, points from the left, line) of each entry."""
    found, left_pt, line = [], 0.0, 0
    for policy in policies:
        wide_pt = 30 + width_pt(material.policy(policy).title, 8.5) + 16
        if left_pt and left_pt + wide_pt > (WIDTH_IN - 2 * EDGE_IN) * POINTS:
            left_pt, line = 0.0, line + 1
        found.append((policy, left_pt, line))
        left_pt += wide_pt
    return found


def _key(figure: Figure, first: Axes, material: Material, policies: Sequence[str], above_in: float) -> None:
    from matplotlib.lines import Line2D

    wide_pt, tall_pt = figure.get_figwidth() * POINTS, figure.get_figheight() * POINTS
    top_pt = first.get_position().y1 * tall_pt + above_in * POINTS - 12
    for policy, left_pt, line in _key_lines(material, policies):
        style = look(material.study.policies.index(policy))
        x_pt, y = EDGE_IN * POINTS + left_pt, (top_pt - 14.4 * line) / tall_pt
        ends = [x_pt / wide_pt, (x_pt + 24) / wide_pt]
        figure.add_artist(Line2D(ends, [y, y], color=style.colour, linestyle=style.dashes, linewidth=1.7))
        figure.text((x_pt + 29) / wide_pt, y, material.policy(policy).title, size=8.5, va="center")
