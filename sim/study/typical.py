"""Typical runs of a stored study: nearest the median, nearest the worst tenth, and of the commonest way of failing.

Runs are ranked by weighted fulfilment; where several are as near, the one whose cost is nearest the median cost is
taken. A way of failing is which missions fall short, and where most of their missing units are on the due day.

Why: one future is worth reading when somebody can say of what it is an example.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.scenario.resolved import Scenario
from sim.store import DONE, Study
from sim.study.shortfall import OF_A_MISSION, shortfall_of
from sim.study.stored import columns_of

MEDIAN: Final = "median"
TENTH: Final = "worst tenth"
FAILING: Final = "commonest way of failing"

Way = tuple[tuple[str, str], ...]
"""(mission, place that holds most of its missing units) of each mission that falls short."""


@dataclass(frozen=True, slots=True)
class Typical:
    """One run, and of what it is an example."""

    of: str
    replication: int
    fulfilment: float
    cost_yen: int
    way: Way
    """How it fails; empty where it does not."""
    like_it: int
    """Runs that fail in the same way; for a rank, runs that did not fail to run."""
    among: int
    """Of so many that fall short; for a rank, of so many asked for."""


def typical(study: Study, policy: str) -> tuple[Typical, ...]:
    """The typical runs of one policy; without a failing one where no run falls short of what is wanted.

    Falling short is judged by the joint missions, and by all of them where the scenario names none.

    Raises TheirsError for a policy that the study does not have.
    """
    runs = columns_of(study, "runs", policy, ("replication", "status", "fulfilment", "cost"))
    done = runs["status"] == DONE
    numbers, fulfilment, cost = (runs[name][done] for name in ("replication", "fulfilment", "cost"))
    if not len(numbers):
        return ()
    ways = _ways(study, policy, study.scenario.joint or tuple(study.scenario.missions))
    middle = float(np.median(cost))

    def nearest(of: str, wanted: float, among: NDArray[Any], like_it: int, all_of: int) -> Typical:
        places = np.flatnonzero(among)
        place = min(places, key=lambda at: (abs(fulfilment[at] - wanted), abs(cost[at] - middle), numbers[at]))
        number = int(numbers[place])
        return Typical(of, number, float(fulfilment[place]), int(cost[place]), ways.get(number, ()), like_it, all_of)

    every = np.ones(len(numbers), bool)
    ranks = ((MEDIAN, 0.5), (TENTH, 0.1))
    n, asked = len(numbers), study.replications
    found = [nearest(of, _at(fulfilment, level), every, n, asked) for of, level in ranks]
    if ways:
        way, times = min(Counter(ways.values()).items(), key=lambda each: (-each[1], each[0]))
        own = np.array([ways.get(int(number)) == way for number in numbers])
        found.append(nearest(FAILING, _at(fulfilment[own], 0.5), own, times, len(ways)))
    return tuple(found)


def _at(values: NDArray[Any], level: float) -> float:
    """The smallest value that at least such a share of the runs do not exceed."""
    return float(np.sort(values)[max(1, int(np.ceil(len(values) * level))) - 1])


def _ways(study: Study, policy: str, missions: Sequence[str]) -> dict[int, Way]:
    """Replication -> how it fails, of those that fall short in one of these missions."""
    found = columns_of(study, "missions", policy, ("replication", "mission", *OF_A_MISSION))
    ways: dict[int, list[tuple[str, str]]] = {}
    for mission in missions:
        rows = {name: column[found["mission"] == mission] for name, column in found.items()}
        for place, number in enumerate(rows["replication"].tolist()):
            short = shortfall_of({name: column[place : place + 1] for name, column in rows.items()})
            if short.runs:
                ways.setdefault(number, []).append((mission, short.largest()))
    return {number: tuple(way) for number, way in ways.items()}


def way_in_words(way: Way, scenario: Scenario, places: Mapping[str, str]) -> str:
    """How a run fails; ``places`` has the words for a place."""
    return "; ".join(f"{scenario.missions[mission].title} short, mostly {places[place]}" for mission, place in way)
