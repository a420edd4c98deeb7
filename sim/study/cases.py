"""Cases: several policies, or one policy in several worlds, on the same futures, as one frame.

Row k of every case meets the k-th point; one run alone equals the same run in any batch.

Why: comparison, sensitivity and search all ask what differs when one thing differs, so they must share one answer to
which futures were met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.engine.world import LIMITS
from sim.errors import TheirsError, nearest
from sim.scenario.resolved import Scenario
from sim.store import DONE
from sim.store.columns import known, numbers_of
from sim.store.tables import MISSIONS, RUNS
from sim.study.asked import policy_asked
from sim.study.carry_on import How
from sim.study.counted import counted
from sim.study.home_columns import READ_AT_HOME, enter_at_home, home_columns
from sim.study.jobs import Brief, Failure, jobs_of
from sim.study.model import Simulated, sampled_paths
from sim.study.plan import Case, Plan, Point, Progress
from sim.study.stored_cases import stored_cases
from sim.study.workers import do_jobs

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Case", "Point", "inputs_at", "require_whole", "run_cases", "sampled_paths"]

MOST_FAILURES: Final = 20
"""Failed runs that are put up with."""
OK: Final = "ok"
FAILED: Final = "failed"
_READ: Final = (RUNS.name, MISSIONS.name)
_OF_A_RUN: Final = ("all_met", "fulfilment", "cost", "home_share")
_OF_A_MISSION: Final = (
    ("deployed", "deployed"), ("target", "target"), ("met", "met"), ("reached_day", "reached_day"),
    ("strength", "strength"),
)  # fmt: skip
"""Column of the frame, before the mission's name, and of the table."""


def run_cases(
    cases: Sequence[Case],
    points: Sequence[Point],
    *,
    seed: int,
    purpose: str,
    workers: int = 1,
    folder: Path | None = None,
    most_failures: int = MOST_FAILURES,
    at_home: bool = False,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Run every case at every point.

    Parameters
    ----------
    cases
        At least one; their ids differ.
    points
        At least one. ``at`` is in the order of ``sampled_paths`` of the first case's scenario; a case whose scenario
        samples other inputs takes of it what it samples, and draws the rest by the parameter number.
    seed, purpose
        The key to the futures.
    workers
        Local processes; any number gives the same frame.
    folder
        Where the runs are stored, as a folder of its own. A second call with the same cases, points and key runs only
        what is missing or altered there; for other ones it is refused. None: in memory.
    at_home
        Whether the columns of ``home_columns`` are there too.

    Returns
    -------
    A row a case and point, in the order cases × points. ``case``, ``row`` (place of the point), ``parameter``,
    ``luck``, ``status`` ("ok" or "failed"), ``error`` (missing where there is none), ``digest`` of the ledger; as real
    numbers, NaN where the run failed: ``all_met`` (0 or 1), ``fulfilment`` (0 to 1), ``cost`` (yen), ``home_share``
    (NaN also where nothing was ordered), and per mission of any case ``deployed/<m>`` (all units in service),
    ``target/<m>``, ``met/<m>`` (0 or 1), ``reached_day/<m>`` (horizon + 1: not by then) and ``strength/<m>``.

    Raises
    ------
    TheirsError
        For a policy or limit that does not exist, two cases of one id, a point that no future has, or a folder of
        other runs.
    OursError
        If more runs fail than ``most_failures``, or all of them.
    """
    plan = plan_of_cases(cases, points, seed, purpose)
    again = _again(plan)
    read = (*_READ, *READ_AT_HOME) if at_home else _READ
    if folder is not None:
        how = How(workers=workers, most_failures=most_failures)
        study = stored_cases(plan, folder, how, progress, again)
        return _frame(plan, ({name: data} for name in read for data in study.pieces(name)), at_home)
    jobs = jobs_of([case.id for case in cases], len(points), inputs=False)
    done = list(counted(plan, do_jobs(Brief(plan, read), jobs, workers), most_failures, progress, again))
    return _frame(plan, [each.tables for each in done if each.tables is not None], at_home)


def require_whole(frame: pd.DataFrame, *, broken_is_told: bool = False) -> None:
    """Refuse a design of which runs failed, unless the caller has been told to go on with what is left.

    Raises TheirsError saying how many failed, of which cases, and why.
    """
    failed = frame[frame["status"] == FAILED]
    if len(failed) and not broken_is_told:
        causes = ", ".join(f"{count} times {error}" for error, count in failed["error"].value_counts()[:3].items())
        cases = ", ".join(dict.fromkeys(failed["case"]))
        raise TheirsError(
            f"{len(failed)} of {len(frame)} runs failed (cases {cases}: {causes}); expected a whole design, since what"
            " is left of a broken one is another. Mend the cause, or say that it is to be analysed all the same."
        )


def plan_of_cases(cases: Sequence[Case], points: Sequence[Point], seed: int, purpose: str) -> Plan:
    """A plan that can be run. Raises TheirsError for what cannot."""
    if not cases or not points:
        raise TheirsError(f"found {len(cases)} cases and {len(points)} points; expected at least one of each.")
    ids = [case.id for case in cases]
    twice = sorted({id for id in ids if ids.count(id) > 1})
    if twice:
        raise TheirsError(f"cases: found {', '.join(twice)} more than once; expected each id once.")
    for case in cases:
        policy_asked(case.scenario, case.policy)
        for limit in sorted(case.lifted - LIMITS):
            raise TheirsError(f"case {case.id}: no limit '{limit}'. {nearest(limit, sorted(LIMITS))}")
    axes = len(sampled_paths(cases[0].scenario))
    for place, point in enumerate(points):
        _check_point(place, point, axes)
    return Plan(tuple(cases), tuple(points), seed, purpose)


def _check_point(place: int, point: Point, axes: int) -> None:
    if not (0 <= point.parameter < 2**32 and 0 <= point.luck < 2**32):
        raise TheirsError(
            f"point {place}: found the numbers {point.parameter} and {point.luck}; expected each from 0 to 2**32 - 1."
        )
    if point.at is not None and (len(point.at) != axes or not all(0.0 < u < 1.0 for u in point.at)):
        raise TheirsError(
            f"point {place}: found {len(point.at)} coordinates from {min(point.at, default=None)} to"
            f" {max(point.at, default=None)}; expected {axes}, one a sampled input, each inside 0 to 1."
        )


def inputs_at(scenario: Scenario, points: Sequence[Point], *, seed: int, purpose: str) -> pd.DataFrame:
    """The sampled inputs at some points.

    Returns
    -------
    A row a point, in their order, and a column a path of ``sampled_paths``; canonical units, unrounded.

    Raises TheirsError for a point that no future has.
    """
    import pandas as pd

    paths = sampled_paths(scenario)
    for place, point in enumerate(points):
        _check_point(place, point, len(paths))
    case = Case("inputs", scenario, "")
    model = Simulated(Plan((case,), points, seed, purpose))
    values = np.array([model.inputs(case, point) for point in points], float).reshape(len(points), len(paths))
    return pd.DataFrame(values, columns=paths)


def _again(plan: Plan) -> Callable[[Failure], str]:
    """Where a failed run lies; it has no command of its own, since a case may be a world that no file holds."""

    def told(failure: Failure) -> str:
        case = next(case for case in plan.cases if case.id == failure.case)
        point = plan.points[failure.row]
        given = "" if point.at is None else ", at the point given"
        return (
            f"case {case.id}, policy {case.policy}, scenario {case.scenario.id}, seed {plan.seed}, purpose"
            f" {plan.purpose}, parameter number {point.parameter}, luck number {point.luck}{given}"
        )

    return told


def _frame(plan: Plan, chunks: Iterable[Any], at_home: bool) -> pd.DataFrame:
    """The tables of all chunks as the one frame, whatever order they came in."""
    import pandas as pd

    per_case = len(plan.points)
    first_row = {case.id: place * per_case for place, case in enumerate(plan.cases)}
    columns: dict[str, NDArray[Any]] = {
        "case": np.repeat(np.array([case.id for case in plan.cases], object), per_case),
        "row": np.tile(np.arange(per_case), len(plan.cases)),
        "parameter": np.tile([point.parameter for point in plan.points], len(plan.cases)),
        "luck": np.tile([point.luck for point in plan.points], len(plan.cases)),
    }
    rows = per_case * len(plan.cases)
    columns |= {name: np.full(rows, None, object) for name in ("status", "error")}
    columns |= {name: np.full(rows, np.nan) for name in _OF_A_RUN} | {"digest": np.full(rows, None, object)}
    missions = dict.fromkeys(mission for case in plan.cases for mission in case.scenario.missions)
    columns |= {f"{name}/{mission}": np.full(rows, np.nan) for mission in missions for name, _ in _OF_A_MISSION}
    columns |= home_columns(plan.cases, rows) if at_home else {}
    scenarios = {case.id: case.scenario for case in plan.cases}
    for tables in chunks:
        if RUNS.name in tables:
            _enter_runs(columns, tables[RUNS.name], first_row)
        if MISSIONS.name in tables:
            _enter_missions(columns, tables[MISSIONS.name], first_row)
        for name in (RUNS.name, *READ_AT_HOME) if at_home else ():
            if name in tables and tables[name].num_rows:
                enter_at_home(columns, name, tables[name], _places(tables[name], first_row), scenarios)
    return pd.DataFrame(columns)


def _places(table: pa.Table, first_row: dict[str, int]) -> NDArray[Any]:
    """For each row of a table of one case, its row in the frame."""
    first = first_row[table["policy"][0].as_py()] if table.num_rows else 0
    places: NDArray[Any] = numbers_of(table["replication"]) + first
    return places


def _enter_runs(columns: dict[str, NDArray[Any]], runs: pa.Table, first_row: dict[str, int]) -> None:
    places = _places(runs, first_row)
    columns["status"][places] = [OK if status == DONE else FAILED for status in runs["status"].to_pylist()]
    for name in ("error", "digest"):
        columns[name][places] = runs[name].to_pylist()
    for name in _OF_A_RUN:
        columns[name][places] = np.where(known(runs[name]), numbers_of(runs[name]).astype(float), np.nan)


def _enter_missions(columns: dict[str, NDArray[Any]], rows: pa.Table, first_row: dict[str, int]) -> None:
    places = _places(rows, first_row)
    of_mission = np.array(rows["mission"].to_pylist(), object)
    for mission in dict.fromkeys(of_mission.tolist()):
        own = of_mission == mission
        for name, column in _OF_A_MISSION:
            columns[f"{name}/{mission}"][places[own]] = numbers_of(rows[column])[own]
