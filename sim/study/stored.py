"""Columns of a stored study, policy by policy, as arrays.

Runs that failed have no rows but in the table of runs, where their numbers are left out and counted.

Why: an analysis of stored runs should read them once, and as they were stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.errors import TheirsError, nearest
from sim.store import DONE, Study
from sim.store.columns import known, numbers_of, words_of
from sim.study.answer import Estimates

Columns = Mapping[str, NDArray[Any]]


def columns_of(study: Study, table: str, policy: str, columns: Sequence[str]) -> Columns:
    """Some columns of one policy's part of a table, in order of replication; reals are NaN where not known."""
    data = study.table(table, policy, columns)
    return {column: _values(data[column]) for column in columns}


def runs_of(study: Study, policy: str, columns: Sequence[str]) -> Columns:
    """Columns of the runs that did not fail."""
    found = columns_of(study, "runs", policy, ("status", *columns))
    done = found["status"] == DONE
    return {column: found[column][done] for column in columns}


def mission_rows(study: Study, policy: str, mission: str, columns: Sequence[str]) -> Columns:
    """Columns of one mission's rows."""
    found = columns_of(study, "missions", policy, ("mission", *columns))
    own = found["mission"] == mission
    return {column: found[column][own] for column in columns}


def estimates_of(study: Study) -> Estimates:
    """The procedures that suit the study's design."""
    return Estimates(study.replications, study.manifest["design"])


def about(study: Study) -> dict[str, Any]:
    """What a finding says of a stored study."""
    scenario = study.scenario
    return {
        "scenario": scenario.id,
        "title": scenario.title,
        "seed": study.manifest["seed"],
        "purpose": study.manifest["purpose"],
        "replications": study.replications,
        "design": study.manifest["design"],
        "titles": {
            "policies": {policy: scenario.policies[policy].title for policy in study.policies},
            "missions": {mission.id: mission.title for mission in scenario.missions.values()},
        },
    }


def policies_asked(study: Study, names: Sequence[str]) -> tuple[str, ...]:
    """The study's policies, or those of these names. Raises TheirsError for one it does not have."""
    for name in names:
        if name not in study.policies:
            raise TheirsError(f"{study.folder}: no policy '{name}'. {nearest(name, study.policies)}")
    return tuple(names) or study.policies


def missions_asked(study: Study, names: Sequence[str]) -> tuple[str, ...]:
    """The scenario's missions, or those of these names. Raises TheirsError for one it does not have."""
    known_missions = list(study.scenario.missions)
    for name in names:
        if name not in known_missions:
            raise TheirsError(f"{study.folder}: no mission '{name}'. {nearest(name, known_missions)}")
    return tuple(names) or tuple(known_missions)


def leading_policy(study: Study) -> str:
    """The policy with the highest mean fulfilment, the first of those that are level."""
    means = {policy: runs_of(study, policy, ("fulfilment",))["fulfilment"] for policy in study.policies}
    return max(means, key=lambda policy: float(means[policy].mean()) if len(means[policy]) else -1.0)


def _values(column: pa.ChunkedArray) -> NDArray[Any]:
    if column.type == pa.string():
        words, codes = words_of(column)
        return np.array(words, object)[codes] if words else np.zeros(0, object)
    numbers = numbers_of(column)
    if column.null_count:
        return np.where(known(column), numbers.astype(float), np.nan)
    return numbers
