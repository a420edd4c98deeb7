"""The chances: how likely each mission is under each policy, with what the number of futures leaves open.

A panel a policy, a row a mission; the line through a dot is its interval, and no dot stands without one or a reason.

Why: this is the question, and a chance without its interval is read as a fact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from math import ceil
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report import wording
from sim.report.chart import Asked, Chart, Numbers, Words, chart_name
from sim.report.house import BLACK, PALE, SKY
from sim.report.lettering import width_pt, wrapped
from sim.report.material import Material, mission_of, or_zero
from sim.report.sheet import POINTS, WIDTH_IN, Room, beside, sheet
from sim.study.answer import PolicyAnswer
from sim.study.statistics import LEVEL

NAME: Final = "chance"
HEADING: Final = "How likely each mission is in time"
ACROSS: Final = 5
"""Policies side by side, at most."""
ROW_IN: Final = 0.27
RIGHT_IN: Final = 0.35
BETWEEN_IN: Final = 0.42


def charts(material: Material, asked: Asked) -> Iterator[Chart]:
    """One chart of all policies and missions, or of those asked for."""
    policies, missions = material.policies(asked.policy), material.mission_ids(asked.mission)
    yield Chart(
        chart_name(NAME, asked.mission, asked.policy),
        _words(material, policies, missions),
        _numbers(policies, missions),
        partial(_draw, material, policies, missions),
    )


def _words(material: Material, policies: Sequence[PolicyAnswer], missions: Sequence[str]) -> Words:
    found = [mission_of(policy, mission).chance for policy in policies for mission in missions]
    return Words(
        _title(material, policies, missions),
        "Chance that a mission’s target is in service at the end of its due day, in percent.",
        f"Dot: share of the futures; bar: {LEVEL:.0%} interval ({wording.procedures(found)})."
        f"{' Every policy meets the same futures.' if len(policies) > 1 else ''} {material.footing(policies)}",
    )


def _title(material: Material, policies: Sequence[PolicyAnswer], missions: Sequence[str]) -> str:
    if len(missions) == 1:
        return _title_of_one(material, policies, missions[0])
    best = max(policies, key=lambda policy: _likely(policy, missions))
    likely, of = _likely(best, missions), f"of {len(missions)} missions"
    if not likely and len(policies) > 1:
        return f"No policy has any {of} in time in half of the futures"
    if not likely:
        return f"None {of} is in time in half of the futures under “{best.title}”"
    in_time = f"{likely} {of} {'is' if likely == 1 else 'are'} in time in at least half of the futures"
    return f"At most {in_time}, under “{best.title}”" if len(policies) > 1 else f"{in_time} under “{best.title}”"


def _title_of_one(material: Material, policies: Sequence[PolicyAnswer], mission: str) -> str:
    best = max(policies, key=lambda policy: or_zero(mission_of(policy, mission).chance))
    reach = wording.inside(wording.so_many(mission_of(best, mission).chance, "reaches", "reach"))
    most = f"at best {reach}" if len(policies) > 1 else reach
    return f"{material.missions[mission]}: {most} the target in time, under “{best.title}”"


def _likely(policy: PolicyAnswer, missions: Sequence[str]) -> int:
    """How many missions are in time in at least half of the futures."""
    return sum(or_zero(mission_of(policy, mission).chance) >= 0.5 for mission in missions)


def _numbers(policies: Sequence[PolicyAnswer], missions: Sequence[str]) -> Numbers:
    rows = []
    for policy in policies:
        for mission in missions:
            chance = mission_of(policy, mission).chance
            ends = chance.low, chance.high, chance.n, chance.N, chance.level, chance.kind
            rows.append((policy.policy, mission, chance.value, *ends))
    return Numbers(("policy", "mission", "chance", "low", "high", "n", "N", "level", "kind"), rows)


def _draw(material: Material, policies: Sequence[PolicyAnswer], missions: Sequence[str], words: Words) -> Figure:
    names = [material.missions[mission] for mission in missions]
    left_in = min(2.2, max(width_pt(name, 8.5) for name in names) / POINTS + 0.2)
    across = min(ACROSS, len(policies))
    wide_pt = (WIDTH_IN - left_in - RIGHT_IN - (across - 1) * BETWEEN_IN) / across * POINTS + 22
    titles = [wrapped(policy.title, wide_pt, 8.5, "bold") for policy in policies]
    above_in = 0.16 * max(len(lines) for lines in titles) + 0.12
    rows = [wrapped(name, left_in * POINTS - 12, 8.5) for name in names]
    row_in = max(ROW_IN, 0.15 * max(len(lines) for lines in rows))
    room = Room(row_in * max(2, len(missions)), left_in, RIGHT_IN, above_in, 0.34, BETWEEN_IN, above_in + 0.3)
    figure, panels = sheet(words, room, rows=ceil(len(policies) / across), columns=across)
    for spare in panels[len(policies) :]:
        spare.remove()
    for place, (axes, policy) in enumerate(zip(panels, policies, strict=False)):
        axes.set_title("\n".join(titles[place]), size=8.5, pad=6)
        _panel(axes, policy, missions)
        if place % across == 0:
            axes.set_yticks(range(len(names)), ["\n".join(lines) for lines in rows], linespacing=1.0)
    return figure


def _panel(axes: Axes, policy: PolicyAnswer, missions: Sequence[str]) -> None:
    axes.set_xlim(0, 100)
    axes.set_ylim(len(missions) - 0.5, -0.5)
    axes.set_xticks([0, 50, 100])
    axes.set_yticks([])
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)
    for row, mission in enumerate(missions):
        chance = mission_of(policy, mission).chance
        axes.axhline(row, color=PALE, linewidth=0.5, zorder=0)
        if chance.low is not None and chance.high is not None:
            axes.plot([100 * chance.low, 100 * chance.high], [row, row], color=SKY, linewidth=6)
        axes.plot(100 * or_zero(chance), row, "o", markersize=4, color=BLACK, clip_on=False, zorder=4)
        beside(axes, row, f"{100 * or_zero(chance):.0f}")
