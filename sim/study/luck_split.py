"""Two kinds of uncertainty: each measure's spread split into what knowing the inputs would end and what is luck.

Every set of parameters is met twice, by other luck each time; all policies meet the same pairs.

Why: spread that is luck calls for reserves, spread that is ignorance for asking; a planner must know which she has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Any, Final

import numpy as np

from sim.scenario.resolved import Scenario
from sim.store.finding import Finding, Grid
from sim.streams import generator
from sim.study.cases import Case, Point, run_cases
from sim.study.measures_compared import Measured
from sim.study.plan import Progress
from sim.study.statistics.components import Components, components
from sim.study.trial import INTERVAL, Futures, Tried, cells

NAME: Final = "split"
LUCKS: Final = 2
"""Luck numbers of each set of parameters."""


@dataclass(frozen=True, slots=True)
class Split:
    """The spread of one measure under one policy."""

    policy: str
    measure: Measured
    mean: float | None
    deviation: float | None
    """Standard deviation over all runs that did not fail, in the measure's unit."""
    parts: Components


def paired_points(sets: int) -> list[Point]:
    """Parameter number k with luck numbers 2k and 2k + 1: no two runs share luck."""
    return [Point(number, LUCKS * number + luck) for number in range(sets) for luck in range(LUCKS)]


def luck_split(
    scenario: Scenario,
    policies: Sequence[str],
    measures: Sequence[Measured],
    futures: Futures,
    progress: Progress | None = None,
) -> list[Split]:
    """Split every measure's spread, policy by policy.

    Parameters
    ----------
    futures
        The key; its replications are the sets of parameters, each run twice. Sets are drawn independently whatever
        the scenario's design, since the interval is taken over them.

    Raises OursError if more runs fail than is put up with.
    """
    independent = replace(scenario, experiment=replace(scenario.experiment, design="independent"))
    frame = run_cases(
        [Case(policy, independent, policy) for policy in policies],
        paired_points(futures.replications),
        seed=futures.seed,
        purpose=futures.purpose,
        workers=futures.workers,
        most_failures=futures.most_failures,
        progress=progress,
    )
    tried = Tried(frame, LUCKS * futures.replications)
    return [_split(tried, policy, measure, futures.seed) for policy in policies for measure in measures]


def _split(tried: Tried, policy: str, measure: Measured, seed: int) -> Split:
    values = tried.column(policy, measure.id)
    known = values[~np.isnan(values)]
    parts = components(values.reshape(-1, LUCKS), generator(seed, "split", f"{policy}/{measure.id}"))
    mean = float(known.mean()) if len(known) else None
    return Split(policy, measure, mean, float(known.std(ddof=1)) if len(known) > 1 else None, parts)


def root(variance: float | None) -> float | None:
    """A variance as a standard deviation; None for one that came out negative."""
    return None if variance is None or variance < 0 else sqrt(variance)


def split_finding(scenario: Scenario, rows: Sequence[Split], futures: Futures) -> Finding:
    """A split as a table: a row a policy and measure, each part with its interval."""
    about: dict[str, Any] = {
        "scenario": scenario.id,
        "title": scenario.title,
        **futures.about(),
        "lucks": LUCKS,
        "titles": {
            "policies": {row.policy: scenario.policies[row.policy].title for row in rows},
            "measures": {row.measure.id: row.measure.title for row in rows},
        },
    }
    parts = ("knowledge_variance", "luck_variance", "knowledge_share")
    columns = (
        "policy",
        "measure",
        "unit",
        "mean",
        "deviation",
        *(f"{part}_{name}" for part in parts for name in INTERVAL),
    )
    return Finding(NAME, about, {"parts": Grid(columns, tuple(_row(row) for row in rows))})


def _row(row: Split) -> tuple[Any, ...]:
    parts = [cell for part in row.parts for cell in cells(part)]
    return row.policy, row.measure.id, row.measure.unit, row.mean, row.deviation, *parts
