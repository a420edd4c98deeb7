"""Outcomes written by hand, and studies made of them: numbers that a test can work out on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from sim.outcome import MissionRow, MoneyRow, MonthRow, Outcome, RunRow, SpendingRow
from sim.scenario.canonical import resolved_yaml
from sim.scenario.load import Loaded
from sim.scenario.load import load as load_scenario
from sim.store import Result, RunFolder, Study, chunk_name, counted_months, inputs_table, tables_of, write_chunk
from sim.store.study import opened
from sim.study.steps import steps_of

TOP = Path(__file__).resolve().parents[3]


def tiny(*sets: str) -> Loaded:
    """The tiny scenario, with settings."""
    return load_scenario(TOP / "scenarios" / "tiny.yaml", (), sets)


PLACES = (
    "not_ordered", "tender", "approval", "queue", "production", "waiting_parts", "shipping", "acceptance",
    "waiting_crew", "fielding", "lost", "retired", "cancelled",
)  # fmt: skip


def mission_row(mission: str, target: int, deployed: int, reached_day: int = 999, **places: int) -> MissionRow:
    """A mission whose missing units are where ``places`` says."""
    where = {place: places.get(place, 0) for place in PLACES}
    return MissionRow(
        mission=mission, target=target, opening=0, ordered=target - where["not_ordered"], deployed=deployed,
        available=deployed, met=deployed >= target, reached_day=reached_day, strength=float(deployed),
        reached=reached_day < 999, deployed_counted=deployed, strength_met=deployed >= target, unit_cost=None,
        running_cost=None, **where,
    )  # fmt: skip


def outcome(policy: str, number: int, missions: Sequence[MissionRow], cost: int = 100) -> Outcome:
    run = RunRow(
        all_met=all(row.met for row in missions), fulfilment=0.5, cost=cost, fx=0, home_share=None, owed=0, lapsed=7,
        digest=f"{policy} {number}", running_cost=None,
    )  # fmt: skip
    return Outcome(
        policy, number, number, tuple(missions),
        (MoneyRow("surveillance", 2026, 10, 0, 0, 8, 0, 2, 0, 0, 8),),
        tuple(MonthRow(0, row.mission, 0, 0, row.ordered) for row in missions),
        (SpendingRow(3, "surveillance", 8, 8),), run,
    )  # fmt: skip


def result(made: Outcome | str, number: int) -> Result:
    """An outcome, or the error of a run that failed."""
    if isinstance(made, str):
        return Result(number, number, None, made)
    return Result(number, number, made, None)


def stored(
    place: Path, loaded: Loaded, runs: Mapping[str, Sequence[Outcome | str]], design: str = "independent"
) -> Study:
    """A complete study of these runs: policy -> what its replications came to, in order."""
    replications = len(next(iter(runs.values())))
    manifest = {"policies": list(runs), "replications": replications, "design": design, "seed": 1, "purpose": "judge"}
    steps = steps_of([loaded.scenario])
    folder = RunFolder(place, {**manifest, "steps": steps._asdict()}, resolved_yaml(loaded))
    for first in range(0, replications, 64):
        last = min(first + 64, replications) - 1
        numbers = range(first, last + 1)
        for policy, made in runs.items():
            tables = tables_of(policy, [(number, result(made[number], number)) for number in numbers])
            tables["months"] = counted_months(policy, tables, steps)
            write_chunk(folder.chunks, chunk_name(policy, first, last), tables)
        points = {number: [number / 2] for number in numbers}
        write_chunk(folder.chunks, chunk_name("inputs", first, last), {"inputs": inputs_table(["a.b"], points)})
    return opened(folder.finish({}))
