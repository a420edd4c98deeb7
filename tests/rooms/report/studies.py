"""Studies made by hand for the report: fifty futures of two policies, with numbers that can be counted off.

Small attack wants 1,760 units by 31 March 2028. Under ``typed`` three futures in ten have them; of the rest, each has
1,000 in service, 660 in production and 100 not ordered. Under ``quantity_first`` one in two has them; of the rest, each
has ordered 200 too many, 500 of which wait for crews. Wide-area watch wants 12 aircraft and never has more than 6.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sim.outcome import MissionRow, MoneyRow, MonthRow, Outcome, RunRow, SpendingRow
from sim.scenario.canonical import resolved_yaml
from sim.scenario.load import Loaded
from sim.store import RunFolder, Study, chunk_name, inputs_table, tables_of, write_chunk
from sim.store.study import opened
from sim.study.answer import answer
from sim.study.summary import SUMMARY_COLUMNS, summary_rows
from tests.rooms.study.handmade import mission_row, result, tiny

ATTACK, WATCH = "small_attack", "wide_area_surveillance"
TYPED, QUANTITY = "typed", "quantity_first"
RUNS = 50
MONTHS = 48
DUE_MONTH = 35
DUE_DAY, HORIZON_DAY = 1095, 1460
BILLION = 10**9


def attack_row(policy: str, number: int) -> MissionRow:
    """Small attack at the end of its due day."""
    if number % 10 < (3 if policy == TYPED else 5):
        return mission_row(ATTACK, 1760, 1760, reached_day=1000 + number)._replace(reached=True)
    if policy == TYPED:
        return mission_row(ATTACK, 1760, 1000, production=660, not_ordered=100)._replace(reached_day=HORIZON_DAY + 1)
    late = mission_row(ATTACK, 1760, 1260, waiting_crew=500, queue=200, not_ordered=-200)
    return late._replace(reached_day=1200 + number, reached=True)


def watch_row(number: int) -> MissionRow:
    """Wide-area watch at the end of its due day: 0 to 6 of 12."""
    units = number % 7
    return mission_row(WATCH, 12, units, acceptance=12 - units)._replace(reached_day=HORIZON_DAY + 1, reached=False)


def months(rows: tuple[MissionRow, ...]) -> tuple[MonthRow, ...]:
    """In service from nothing in month 23 to what there is on the due day, and the same from then on."""
    found = []
    for month in range(MONTHS):
        done = min(max(month - 23, 0), DUE_MONTH - 23)
        for row in rows:
            units = row.deployed * done // (DUE_MONTH - 23)
            found.append(MonthRow(month, row.mission, units, units, row.ordered - units))
    return tuple(found)


def money(number: int) -> tuple[MoneyRow, ...]:
    """Each line has 100 bn a year, of which 60 bn are obligated, 4 bn carried over and the rest lapses.

    Future 7 owes 5 bn in its last year.
    """
    rows = []
    for line in ("small_attack_money", "surveillance"):
        carried = 0
        for year in range(2025, 2029):
            owed = 5 * BILLION if (number, line, year) == (7, "surveillance", 2028) else 0
            lapsed = 36 * BILLION + carried
            rows.append(
                MoneyRow(
                    line, year, 100 * BILLION, carried, 0, 60 * BILLION, 0, lapsed, 4 * BILLION, owed, 50 * BILLION
                )
            )
            carried = 4 * BILLION
    return tuple(rows)


def outcome_of(policy: str, number: int) -> Outcome:
    """One future under one policy."""
    rows = (attack_row(policy, number), watch_row(number))
    cost = (300 if policy == TYPED else 400) + number
    fulfilment = sum(weight * row.deployed / row.target for weight, row in zip((15, 12), rows, strict=True)) / 27
    run = RunRow(
        all_met=False, fulfilment=fulfilment, cost=cost * BILLION, fx=number * 10**7, home_share=None,
        owed=5 * BILLION if number == 7 else 0, lapsed=(300 + number) * BILLION, digest=f"{policy} {number}",
        running_cost=None,
    )  # fmt: skip
    spending = (SpendingRow(14, "surveillance", 60 * BILLION, 50 * BILLION),)
    return Outcome(policy, number, number, rows, money(number), months(rows), spending, run)


def study_of(
    place: Path,
    *,
    loaded: Loaded | None = None,
    failed: tuple[int, ...] = (),
    policies: tuple[str, ...] = (QUANTITY, TYPED),
    runs: int = RUNS,
    made: Callable[[str, int], Outcome] = outcome_of,
    design: str = "independent",
) -> Study:
    """A whole run folder; runs of ``typed`` whose number is in ``failed`` have an error instead of an outcome."""
    loaded = tiny() if loaded is None else loaded
    folder = RunFolder(place, manifest_of(loaded, policies, runs, design), resolved_yaml(loaded))
    for first in range(0, runs, 64):
        numbers = range(first, min(first + 64, runs))
        for policy in policies:
            results = [
                (number, result("ValueError: the test fails it" if policy == TYPED and number in failed else
                                made(policy, number), number))
                for number in numbers
            ]  # fmt: skip
            write_chunk(folder.chunks, chunk_name(policy, first, numbers[-1]), tables_of(policy, results))
        points = {number: [number / 2] for number in numbers}
        write_chunk(
            folder.chunks, chunk_name("inputs", first, numbers[-1]), {"inputs": inputs_table(["parameters.a"], points)}
        )
    folder.write_summary(SUMMARY_COLUMNS, summary_rows(answer(opened(folder.part), loaded.scenario)))
    return opened(folder.finish({"failed": len(failed), "ended": "2026-11-25T08:31:00+00:00"}))


def manifest_of(loaded: Loaded, policies: tuple[str, ...], runs: int, design: str) -> dict[str, object]:
    """What a batch writes before it begins."""
    return {
        "scenario": {
            "id": loaded.scenario.id, "title": loaded.scenario.title, "files": ["scenarios/tiny.yaml"],
            "digest": "5" * 64,
        },
        "seed": 1, "purpose": "judge", "design": design, "policies": list(policies), "replications": runs,
        "study_digest": "7" * 64, "command": ["run_sim.py", "run", "scenarios/tiny.yaml", "-n", str(runs)],
        "chunk_replications": 64, "versions": {"python": "3.11.7", "simpy": "4.1.2"},
        "started": "2026-11-25T08:30:12+00:00",
    }  # fmt: skip
