"""How often two policies made different runs of one future, pair by pair.

Ledgers are compared by their digests; a replication in which either run failed is not compared, and is counted.

Why: policies that rarely part would be compared by luck, and a lever that does nothing would pass for one.
"""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

from sim.store import Study
from sim.store.tables import DONE


class Pair(NamedTuple):
    """Two policies on the same futures."""

    first: str
    second: str
    differing: int
    compared: int
    """Replications in which both runs succeeded."""
    replications: int


def pairs(study: Study) -> list[Pair]:
    """Every pair of the study's policies, in order of id."""
    runs = study.runs
    told = runs[runs["status"] == DONE].pivot(index="replication", columns="policy", values="digest")
    total = runs["replication"].nunique()
    found = []
    for first, second in combinations(sorted(told.columns), 2):
        both = told[[first, second]].dropna()
        found.append(Pair(first, second, int((both[first] != both[second]).sum()), len(both), total))
    return found
