"""The policies beside each other: the whole, then each mission's chance, then the leading policy mission by mission.

The numbers are the answer's, in the words of the terminal.

Why: a reader who wants another number than the five sentences give looks for a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sim.report import wording
from sim.report.material import Material, mission_of
from sim.report.picture import Picture
from sim.study.answer import MissionAnswer, PolicyAnswer, Spread
from sim.study.statistics import LEVEL, Interval

TITLE: Final = "The policies"


def content(material: Material, pictures: Sequence[Picture]) -> dict[str, Any]:
    """Three tables of text."""
    answer = material.answer
    joint = [material.missions[mission] for mission in material.scenario.joint]
    return {
        "level": f"{LEVEL:.0%}",
        "joint": joint,
        "policies": [_whole(policy, answer.replications) for policy in answer.policies],
        "chances": [_chances(material, mission) for mission in material.missions],
        "titles": [(policy.title, _rests_on(policy)) for policy in answer.policies],
        "leading": material.leading.title,
        "missions": [_mission(material, mission) for mission in material.leading.missions],
        "kinds": _kinds(answer.policies),
        "constant": [
            (policy.title, wording.listed(policy.never_varied()))
            for policy in answer.policies
            if policy.never_varied() and policy.cost.p50.n > 1
        ],
    }


def _whole(policy: PolicyAnswer, asked: int) -> dict[str, Any]:
    return {
        "title": policy.title,
        "id": policy.policy,
        "fulfilment": _cell(policy.fulfilment),
        "joint": None if policy.joint is None else _cell(policy.joint),
        "money": [wording.in_billions(spread) for spread in (policy.cost, policy.lapsed, policy.fx, policy.owed)],
        "runs": f"{asked - policy.failed:,} of {asked:,}",
    }


def _rests_on(policy: PolicyAnswer) -> str:
    """How many runs the policy's chances rest on: the same for each mission."""
    chance = policy.missions[0].chance
    return f"{chance.n:,} of {chance.N:,} runs"


def _cell(found: Interval) -> tuple[str, str]:
    """Value and interval."""
    if found.value is None:
        return wording.NOTHING, ""
    between = "no interval"
    if found.low is not None and found.high is not None:
        between = f"{wording.percent(found.low)}–{wording.percent(found.high)}"
    return f"{wording.percent(found.value)} %", between


def _chances(material: Material, mission: str) -> tuple[str, list[tuple[str, str]]]:
    return material.missions[mission], [
        _cell(mission_of(policy, mission).chance) for policy in material.answer.policies
    ]


def _mission(material: Material, of: MissionAnswer) -> dict[str, Any]:
    missing = (wording.NOTHING, "")
    if of.missing is not None:
        units = f"{of.missing.units:,.0f}; {of.missing.of_units:,.0f} short; {of.missing.runs:,} runs"
        missing = (wording.PLACES[of.missing.place], units)
    due = "" if of.due_day == material.clock.deadline_day else material.calendar.iso(of.due_day)
    return {
        "title": of.title,
        "counted_as": of.counted_as,
        "due": due,
        "target": _middle(of.target),
        "met": wording.times(of.chance),
        "deployed": _middle(of.deployed),
        "reached": wording.day_or_not(of.reached_day, material.calendar, material.clock.horizon_day),
        "missing": missing,
    }


def _middle(found: Spread) -> tuple[str, str]:
    """Median, and the two tenths where any two runs differ."""
    tenths = f"{wording.whole(found.p10.value)}–{wording.whole(found.p90.value)}" if found.varies else ""
    return wording.whole(found.p50.value), tenths


def _kinds(policies: Sequence[PolicyAnswer]) -> str:
    found = [policy.fulfilment for policy in policies]
    found += [mission.chance for policy in policies for mission in policy.missions]
    return wording.procedures(found)
