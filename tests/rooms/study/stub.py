"""A model that costs nothing behind the interface of the real one: outcomes worked out from the numbers alone."""

from __future__ import annotations

import time
from collections.abc import Sequence

from sim.outcome import MissionRow, MoneyRow, MonthRow, Outcome, RunRow, SpendingRow
from sim.study.plan import Case, Plan, Point

_PLACES = (
    "not_ordered", "tender", "approval", "queue", "production", "waiting_parts", "shipping", "acceptance",
    "waiting_crew", "fielding", "lost", "retired", "cancelled",
)  # fmt: skip


class Cheap:
    """Numbers that look like luck and are not."""

    def __init__(self, plan: Plan) -> None:
        self._shift = {case.id: place for place, case in enumerate(plan.cases)}
        self._seed = plan.seed

    def outcome(self, case: Case, point: Point) -> Outcome:
        """What one run was worth."""
        luck = (point.luck * 2_654_435_761 + self._seed) % 1009
        shift = 10 * self._shift[case.id]
        missions = tuple(_mission(id, 900 + point.parameter % 7, luck + shift) for id in case.scenario.missions)
        line = next(iter(case.scenario.lines))
        cost = 10**9 * (300 + shift) + point.luck % 9973 * 10**6
        run = RunRow(
            all_met=all(row.met for row in missions), fulfilment=min(1.0, luck / 900), cost=cost, fx=luck - 500,
            home_share=None, owed=0, lapsed=luck * 1000, digest=f"{case.id} {point.parameter} {point.luck}",
            running_cost=None,
        )  # fmt: skip
        months = tuple(
            MonthRow(m, row.mission, luck * m // 4, luck * m // 5, luck) for m in range(3) for row in missions
        )
        return Outcome(
            case.policy, point.parameter, point.luck, missions,
            (MoneyRow(line, 2026, 1000, 0, 0, 900, 0, luck % 100, 100 - luck % 100, 0, 800),), months,
            (SpendingRow(1, line, 10**9, 10**8 * (luck % 9)),), run,
        )  # fmt: skip

    def inputs(self, case: Case, point: Point) -> Sequence[float]:
        """One input."""
        return (point.parameter / 1009,)

    def paths(self, case: Case) -> Sequence[str]:
        """Its path."""
        return ("a.b",)


def _mission(id: str, target: int, deployed: int) -> MissionRow:
    places = dict.fromkeys(_PLACES, 0) | {"queue": target - deployed}
    return MissionRow(
        mission=id, target=target, opening=0, ordered=target, deployed=deployed, available=deployed,
        met=deployed >= target, reached_day=1000 + deployed % 300, strength=float(deployed), reached=deployed >= target,
        deployed_counted=deployed, strength_met=deployed >= target, unit_cost=None, running_cost=None, **places,
    )  # fmt: skip


def cheap_model(plan: Plan) -> Cheap:
    """The model of a plan."""
    return Cheap(plan)


class Slow(Cheap):
    """The same, so slow that something can happen meanwhile."""

    def outcome(self, case: Case, point: Point) -> Outcome:
        """What one run was worth, two milliseconds later."""
        time.sleep(0.002)
        return super().outcome(case, point)


def slow_model(plan: Plan) -> Slow:
    """The model of a plan."""
    return Slow(plan)
