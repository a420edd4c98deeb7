"""What follows from a difference: two studies on the same futures, measure by measure, second less first.

A policy stands against itself in the other study. On common futures the difference is paired; where the two studies
have no futures in common, each stands with its own interval and the difference with that of independent samples.

Why: a changed number in a file matters by what it changes in the answer, and by nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.scenario.resolved import Scenario
from sim.store import DONE, Study
from sim.study.cases import Case, run_cases
from sim.study.compare import How, compare
from sim.study.measures_compared import Measured, measures_of
from sim.study.plan import Progress
from sim.study.statistics import LEVEL, Interval, no_interval
from sim.study.statistics.apart import chances_apart, means_apart
from sim.study.stored import columns_of
from sim.study.trial import Futures, Reals, Tried

if TYPE_CHECKING:
    import pandas as pd

FIRST: Final = "first"
SECOND: Final = "second"


@dataclass(frozen=True, slots=True)
class Consequence:
    """One measure of one policy in two studies."""

    policy: str
    measure: Measured
    first: float | None
    """Mean over the runs; for a chance their share."""
    second: float | None
    difference: Interval
    """Second less first."""
    verdict: str
    """Of the second against the first; empty where they share no futures."""
    ledgers_apart: int | None
    """In how many futures the two ledgers differ, or either run failed; None where they share no futures."""


def shared(first: Scenario, second: Scenario, policies: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """The policies that stand in both."""
    return tuple(each for each in policies if each in others and each in first.policies and each in second.policies)


def consequences_of_files(
    first: Scenario, second: Scenario, policies: Sequence[str], futures: Futures, progress: Progress | None = None
) -> Iterator[Consequence]:
    """Run both scenarios on the same futures. Raises OursError if more runs fail than is put up with."""
    cases = [
        Case(f"{side}:{policy}", scenario, policy)
        for policy in policies
        for side, scenario in ((FIRST, first), (SECOND, second))
    ]
    frame = run_cases(
        cases, futures.points(), seed=futures.seed, purpose=futures.purpose, workers=futures.workers,
        most_failures=futures.most_failures, progress=progress,
    )  # fmt: skip
    for policy in policies:
        own = frame[frame["case"].isin([f"{FIRST}:{policy}", f"{SECOND}:{policy}"])]
        named = own.assign(case=[case.partition(":")[0] for case in own["case"]])
        stratified = any(of.experiment.design != "independent" for of in (first, second))
        tried = Tried(named, futures.replications, stratified=stratified)
        yield from _paired(tried, _measures_of_both(first, second), first, policy, futures.seed)


def consequences_of_folders(first: Study, second: Study, policies: Sequence[str]) -> Iterator[Consequence]:
    """Compare two stored studies; on as many futures as both have, where they are the same futures."""
    import pandas as pd

    measures = _measures_of_both(first.scenario, second.scenario)
    paired = same_futures(first, second)
    both = min(first.replications, second.replications)
    stratified = any(study.manifest["design"] != "independent" for study in (first, second))
    for policy in policies:
        sides = [_frame(study, policy, side) for side, study in ((FIRST, first), (SECOND, second))]
        if paired:
            frame = pd.concat([side[side["row"] < both] for side in sides], ignore_index=True)
            tried = Tried(frame, both, stratified=stratified)
            yield from _paired(tried, measures, first.scenario, policy, int(first.manifest["seed"]))
        else:
            yield from _apart(sides, measures, policy)


def same_futures(first: Study, second: Study) -> bool:
    """Whether replication k of both is the same future: one seed, purpose and design."""
    return all(first.manifest[key] == second.manifest[key] for key in ("seed", "purpose", "design"))


def _measures_of_both(first: Scenario, second: Scenario) -> tuple[Measured, ...]:
    """Measures that both scenarios have."""
    others = {measure.id for measure in measures_of(second)}
    return tuple(measure for measure in measures_of(first) if measure.id in others)


def _paired(
    tried: Tried, measures: Sequence[Measured], scenario: Scenario, policy: str, seed: int
) -> Iterator[Consequence]:
    digests = zip(tried.digests(FIRST), tried.digests(SECOND), strict=True)
    apart = sum(one is None or one != other for one, other in digests)
    for row in compare(tried, scenario, measures, How(FIRST, seed=seed), savings=False):
        yield Consequence(policy, row.measure, row.reference, row.own, row.difference, row.verdict.told(), apart)


def _apart(sides: Sequence[pd.DataFrame], measures: Sequence[Measured], policy: str) -> Iterator[Consequence]:
    """Two samples that share nothing."""
    for measure in measures:
        first, second = (side[measure.id].to_numpy(np.float64) for side in sides)
        known = [values[~np.isnan(values)] for values in (first, second)]
        means = [float(values.mean()) if len(values) else None for values in known]
        yield Consequence(policy, measure, means[0], means[1], _difference(known, (first, second), measure), "", None)


def _difference(known: Sequence[Reals], asked: Sequence[Reals], measure: Measured) -> Interval:
    n, most = min(map(len, known)), min(map(len, asked))
    if not n or any(len(own) < len(whole) for own, whole in zip(known, asked, strict=True)):
        value = float(known[1].mean() - known[0].mean()) if n else None
        return no_interval(value, n, most, LEVEL, "runs failed")
    return (chances_apart if measure.sort == "chance" else means_apart)(known[1], known[0])


def _frame(study: Study, policy: str, side: str) -> pd.DataFrame:
    """One policy's stored runs as ``run_cases`` would give them, one row a replication."""
    import pandas as pd

    runs = columns_of(study, "runs", policy, ("replication", "status", "digest", "all_met", "fulfilment", "cost"))
    size = study.replications
    columns: dict[str, NDArray[Any]] = {
        "case": np.full(size, side, object),
        "row": np.arange(size),
        "status": np.where(runs["status"] == DONE, "ok", "failed").astype(object),
        "digest": runs["digest"],
    }
    columns |= {name: runs[name].astype(float) for name in ("all_met", "fulfilment", "cost")}
    rows = columns_of(study, "missions", policy, ("replication", "mission", "target", "deployed", "met"))
    for mission in study.scenario.missions:
        own = rows["mission"] == mission
        for name in ("target", "deployed", "met"):
            values = np.full(size, np.nan)
            values[rows["replication"][own]] = rows[name][own]
            columns[f"{name}/{mission}"] = values
    return pd.DataFrame(columns)
