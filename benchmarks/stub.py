"""A model that costs next to nothing behind the interface of the real one: one mission, one line, two months.

What it returns depends on the numbers of the future alone, so chunks of it are as good as real ones for whatever
moves, stores and sums them.

Why: a million runs of the real model take a day, and what is measured here is not the model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sim.outcome import MissionRow, MoneyRow, MonthRow, Outcome, RunRow, SpendingRow
from sim.scenario.load import Loaded, load
from sim.study.plan import Case, Plan, Point

TOP = Path(__file__).resolve().parents[1]
POLICIES = 5
_TARGET = 900
_NOWHERE = dict.fromkeys(
    (
        "not_ordered", "tender", "approval", "production", "waiting_parts", "shipping", "acceptance",
        "waiting_crew", "fielding", "lost", "retired", "cancelled",
    ),
    0,
)  # fmt: skip


class Stub:
    """Numbers that look like luck and are not."""

    def __init__(self, plan: Plan) -> None:
        self._shift = {case.id: 20 * place for place, case in enumerate(plan.cases)}

    def outcome(self, case: Case, point: Point) -> Outcome:
        """What one run was worth."""
        luck = point.luck * 2_654_435_761 % 1009
        deployed = luck + self._shift[case.id]
        met = deployed >= _TARGET
        mission = MissionRow(
            mission="small_attack", target=_TARGET, opening=0, ordered=_TARGET, deployed=deployed, available=deployed,
            met=met, reached_day=1000 + deployed % 300, strength=float(deployed), queue=_TARGET - deployed,
            reached=met, deployed_counted=deployed, strength_met=met, unit_cost=None, running_cost=None, **_NOWHERE,
        )  # fmt: skip
        run = RunRow(
            all_met=met, fulfilment=min(1.0, deployed / _TARGET), cost=10**11 + point.luck * 7919 % 10**9, fx=luck,
            home_share=None, owed=0, lapsed=luck * 1000, digest=f"{case.id} {point.luck}", running_cost=None,
        )  # fmt: skip
        return Outcome(
            case.policy, point.parameter, point.luck, (mission,),
            (MoneyRow("small_attack_money", 2026, 1000, 0, 0, 900, 0, luck % 100, 100 - luck % 100, 0, 800),),
            (MonthRow(0, "small_attack", 0, 0, luck), MonthRow(1, "small_attack", luck, luck, 0)),
            (SpendingRow(1, "small_attack_money", 10**9, 10**8 * (luck % 9)),), run,
        )  # fmt: skip

    def inputs(self, case: Case, point: Point) -> Sequence[float]:
        """One input."""
        return (point.parameter / 2**32,)

    def paths(self, case: Case) -> Sequence[str]:
        """Its path."""
        return ("a.b",)


def stub_model(plan: Plan) -> Stub:
    """The model of a plan; workers import it by this name."""
    return Stub(plan)


def scenario_of_one_mission() -> Loaded:
    """The tiny scenario with one of its missions, and five policies that differ in name alone."""
    loaded = load(TOP / "scenarios" / "tiny.yaml")
    like = loaded.scenario.policies["typed"]
    policies = {f"p{number}": replace(like, id=f"p{number}") for number in range(POLICIES)}
    missions = {"small_attack": loaded.scenario.missions["small_attack"]}
    return replace(
        loaded, scenario=replace(loaded.scenario, policies=policies, missions=missions, joint=tuple(missions))
    )
