"""The answer as rows: one number a row, with its interval and what it rests on.

The rows are those that the terminal's tables are printed from.

Why: a planner takes numbers away in a spreadsheet, and a number without its interval gets there first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from sim.study.answer import Answer, MissionAnswer, PolicyAnswer, Spread
from sim.study.statistics import Interval


class SummaryRow(NamedTuple):
    """One number of the answer."""

    policy: str
    mission: str
    """Empty for the policy as a whole."""
    measure: str
    unit: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    N: int
    level: float
    kind: str


SUMMARY_COLUMNS: Final = SummaryRow._fields


def summary_rows(answer: Answer) -> Iterator[SummaryRow]:
    """All numbers of an answer, policy by policy."""
    for policy in answer.policies:
        for mission in policy.missions:
            yield from _of_mission(policy.policy, mission)
        yield from _of_policy(policy)


def _of_mission(policy: str, of: MissionAnswer) -> Iterator[SummaryRow]:
    yield _row(policy, of.mission, "chance", "share", of.chance)
    yield from _spread(policy, of.mission, "target", "units", of.target)
    yield from _spread(policy, of.mission, "deployed", "units", of.deployed)
    yield _row(policy, of.mission, "reached_day p50", "days from the start", of.reached_day)
    if of.missing is not None:
        for measure, units in (
            ("missing when short", of.missing.of_units),
            (f"of them {of.missing.place}", of.missing.units),
        ):
            without = Interval(units, None, None, of.missing.runs, of.chance.N, of.chance.level, "none: mean only")
            yield _row(policy, of.mission, measure, "units", without)


def _of_policy(of: PolicyAnswer) -> Iterator[SummaryRow]:
    yield _row(of.policy, "", "fulfilment", "share", of.fulfilment)
    if of.joint is not None:
        yield _row(of.policy, "", "joint chance", "share", of.joint)
    for measure in ("cost", "lapsed", "fx", "owed"):
        yield from _spread(of.policy, "", measure, "yen", getattr(of, measure))


def _spread(policy: str, mission: str, measure: str, unit: str, spread: Spread) -> Iterator[SummaryRow]:
    for name in ("p10", "p50", "p90"):
        yield _row(policy, mission, f"{measure} {name}", unit, getattr(spread, name))


def _row(policy: str, mission: str, measure: str, unit: str, found: Interval) -> SummaryRow:
    return SummaryRow(
        policy, mission, measure, unit, found.value, found.low, found.high, found.n, found.N, found.level, found.kind
    )
