"""The waterfall: from the target down to what is in service, place by place, mission by mission (R37).

On the due day from the stored tables, over all runs and over those that fall short; month by month and supplier by
supplier from ledgers made again, each of which must be the one that was stored.

Why: a shortfall is mended where it arises, and by whoever holds the units that are missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from math import sqrt
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from sim.engine import Run, simulate
from sim.engine.entries import PLACES
from sim.errors import OursError
from sim.future import Sampler
from sim.outcome.places import OPENING, PlacesOverTime, places_over_time
from sim.policy import policy_of
from sim.policy.belief import Beliefs
from sim.scenario.resolved import Scenario
from sim.store import DONE, Study
from sim.store.finding import Finding, Grid
from sim.streams import Generator, generator
from sim.study.plan import Progress
from sim.study.shortfall import MISSING_PLACES, TOO_LOW
from sim.study.statistics import LEVEL, NEVER_VARIED, Interval, mean_t, no_interval
from sim.study.statistics.from_zero import means_from_zero
from sim.study.stored import about, columns_of, mission_rows
from sim.study.trial import INTERVAL, cells

Units = NDArray[np.int64]
NAME: Final = "waterfall"
ALL, SHORT = "all", "short"
"""Over all runs, or over those in which the mission falls short on its due day."""
NOT_ORDERED: Final = "not_ordered"
LATE: Final = "late"
"""All places together at which a supplier's units are on their way."""
GONE: Final = ("deployed", "lost", "retired", "cancelled")
"""Places from which no unit is awaited any more."""


class Sum(NamedTuple):
    """Whole numbers added up: exact, in any order."""

    runs: int
    total: int
    squares: int

    def plus(self, units: int) -> Sum:
        """One more."""
        return Sum(self.runs + 1, self.total + units, self.squares + units * units)

    def mean(self, asked: int, failed: bool, level: float = LEVEL) -> Interval:
        """Student's t interval of the mean; none where runs failed or all agree."""
        n = self.runs
        value = self.total / n if n else None
        spread = n * self.squares - self.total * self.total
        if failed or n < 2 or not spread:
            reason = "none: runs failed" if failed else NEVER_VARIED if n > 1 else "none: fewer than two runs"
            return Interval(value, None, None, n, asked, level, reason)
        assert value is not None
        half = float(stdtrit(n - 1, (1 + level) / 2)) * sqrt(spread / (n - 1)) / n
        return Interval(value, value - half, value + half, n, asked, level, "t")


NOTHING_YET: Final = Sum(0, 0, 0)


def on_due_day(study: Study, policy: str) -> Iterator[tuple[Any, ...]]:
    """Rows (policy, mission, runs, step, …) of the waterfall on each mission's due day.

    The steps run from ``target`` through the places to ``deployed``: target less all places is what is in service, in
    the means as in each run. Units in service of too low a quality are a step of their own; ``deployed`` counts.
    """
    for mission in study.scenario.missions:
        rows = mission_rows(study, policy, mission, ("target", "deployed", "deployed_counted", *MISSING_PLACES))
        falls = rows["target"] > rows["deployed_counted"]
        steps = {
            "target": rows["target"],
            **{place: rows[place] for place in MISSING_PLACES},
            TOO_LOW: rows["deployed"] - rows["deployed_counted"],
            "deployed": rows["deployed_counted"],
        }
        for runs, which in ((ALL, np.ones(len(falls), bool)), (SHORT, falls)):
            rng = generator(study.manifest["seed"], NAME, f"{policy}/{mission}/{runs}/deployed")
            for step, units in steps.items():
                told = rng if step == "deployed" else None
                yield policy, mission, runs, step, *cells(_mean(units[which], len(falls), study.replications, told))


def _mean(units: Units, done: int, asked: int, rng: Generator | None) -> Interval:
    """Over all runs, or over some of them: then of so many as fall short, and failed runs leave no interval.

    ``rng``: for a mean whose interval is shown, and is not to lie below zero.
    """
    values = units.astype(float).tolist()
    found = mean_t(values, None if values else asked)
    if rng is not None and values:
        (found,) = means_from_zero([units.astype(float)], rng)
    if done < asked and values:
        return Interval(found.value, None, None, len(values), asked, LEVEL, "none: runs failed")
    return Interval(found.value, found.low, found.high, len(values), asked, LEVEL, found.kind)


# -- ledgers made again


def ledgers_again(study: Study, policy: str, progress: Progress | None = None) -> Iterator[tuple[int, Run]]:
    """Every stored run of a policy that did not fail, made again.

    Raises OursError if a ledger is not the one that was stored.
    """
    scenario = study.scenario
    made_of = policy_of(scenario.policies[policy], scenario, Beliefs(scenario))
    sampler = Sampler(scenario, study.manifest["seed"], study.manifest["purpose"], study.manifest["design"])
    stored = columns_of(study, "runs", policy, ("replication", "status", "digest", "parameter", "luck"))
    total = len(stored["status"])
    rows = zip(
        *(stored[name].tolist() for name in ("replication", "status", "digest", "parameter", "luck")), strict=True
    )
    for done, (replication, status, digest, parameter, luck) in enumerate(rows, start=1):
        if status == DONE:
            run = simulate(made_of, sampler.future(parameter, luck))
            if run.digest() != digest:
                raise OursError(
                    f"{study.folder}: replication {replication} of {policy} has another ledger than was stored: the"
                    " program or its libraries have changed since. Run the study again."
                )
            yield replication, run
        if progress is not None:
            progress(done, total, 0)


Key = tuple[str, str, int, str, str]
"""(mission, runs, day, supplier, place); no supplier: all together."""


class Flow:
    """Places added up over runs, month by month and supplier by supplier."""

    def __init__(self, scenario: Scenario) -> None:
        self._supplier_of = {offer.id: offer.supplier for offer in scenario.offers.values()} | {OPENING: OPENING}
        self._due = {mission.id: mission.due_day for mission in scenario.missions.values()}
        self.sums: dict[Key, Sum] = {}
        self.seen: dict[Key, Counter[int]] = {}
        """Of each supplier, in how many runs so many units were there; runs without an order of it are left out."""

    def add(self, places: PlacesOverTime, short: Mapping[str, bool]) -> None:
        """One run; ``short`` says of each mission whether it falls short in it."""
        for key, units in self._counts(places).items():
            mission = key[0]
            for runs in (ALL, SHORT) if short[mission] else (ALL,):
                of = mission, runs, *key[1:]
                self.sums[of] = self.sums.get(of, NOTHING_YET).plus(units)
                if key[2]:
                    self.seen.setdefault(of, Counter())[units] += 1

    def _counts(self, places: PlacesOverTime) -> dict[tuple[str, int, str, str], int]:
        """(mission, day, supplier, place) -> units in this run; suppliers on the due day alone."""
        found: dict[tuple[str, int, str, str], int] = {}
        for target in places.targets:
            found[target.mission, target.day, "", "target"] = target.target
            found[target.mission, target.day, "", NOT_ORDERED] = target.not_ordered
            for place in PLACES:
                found[target.mission, target.day, "", place] = 0
        for row in places.offers:
            on_due_day = row.day == self._due[row.mission]
            for place, units in zip(PLACES, row.places, strict=True):
                found[row.mission, row.day, "", place] += units
                if on_due_day and row.offer != OPENING:
                    key = row.mission, row.day, self._supplier_of[row.offer], place
                    found[key] = found.get(key, 0) + units
                    together = *key[:3], LATE
                    found[together] = found.get(together, 0) + (0 if place in GONE else units)
        return found


def flow_of(study: Study, policy: str, progress: Progress | None = None) -> Flow:
    """Where units were in every run of a policy. Raises OursError if a ledger is not the one that was stored."""
    flow = Flow(study.scenario)
    short = _short_runs(study, policy)
    for replication, run in ledgers_again(study, policy, progress):
        flow.add(places_over_time(run), short[replication])
    return flow


def _short_runs(study: Study, policy: str) -> dict[int, dict[str, bool]]:
    rows = columns_of(study, "missions", policy, ("replication", "mission", "target", "deployed_counted"))
    found: dict[int, dict[str, bool]] = {}
    for replication, mission, target, counted in zip(
        *(rows[name].tolist() for name in ("replication", "mission", "target", "deployed_counted")), strict=True
    ):
        found.setdefault(replication, {})[mission] = target > counted
    return found


def waterfall(
    study: Study, policies: Sequence[str], *, again: bool = True, progress: Progress | None = None
) -> Finding:
    """Where the missing units are, of each policy.

    Parameters
    ----------
    again
        Make the ledgers again, for the months and the suppliers.

    Raises OursError if a ledger is not the one that was stored.
    """
    scenario = study.scenario
    said = about(study)
    said["policies"] = list(policies)
    said["titles"]["suppliers"] = {supplier.id: supplier.title for supplier in scenario.suppliers.values()}
    said["due"] = {mission.id: mission.due_day for mission in scenario.missions.values()}
    said["start"] = scenario.clock.calendar.start.isoformat()
    due = [row for policy in policies for row in on_due_day(study, policy)]
    grids = {"due": Grid(("policy", "mission", "runs", "step", *INTERVAL), tuple(due))}
    if again:
        flows = {policy: flow_of(study, policy, progress) for policy in policies}
        grids["months"] = Grid(
            ("policy", "mission", "runs", "day", "place", *INTERVAL),
            tuple(_month_rows(flows, study.replications)),
        )
        grids["suppliers"] = Grid(
            ("policy", "mission", "runs", "supplier", "place", *INTERVAL),
            tuple(supplier_rows(flows, study)),
        )
    return Finding(NAME, said, grids)


def _month_rows(flows: Mapping[str, Flow], asked: int) -> Iterator[tuple[Any, ...]]:
    for policy, flow in flows.items():
        done = _done(flow)
        for (mission, runs, day, supplier, place), held in flow.sums.items():
            if not supplier:
                yield policy, mission, runs, day, place, *cells(held.mean(asked, failed=done < asked))


def supplier_rows(flows: Mapping[str, Flow], study: Study) -> Iterator[tuple[Any, ...]]:
    """A run without any order of a supplier has none of its units at any place."""
    for policy, flow in flows.items():
        failed = _done(flow) < study.replications
        for (mission, runs, day), keys in groupby(sorted(flow.seen, key=lambda key: key[:3]), lambda key: key[:3]):
            held = [key for key in keys if flow.sums[key].total]
            n = flow.sums[mission, runs, day, "", "target"].runs
            rng = generator(study.manifest["seed"], NAME, f"{policy}/{mission}/{runs}")
            units = [np.array(sorted(flow.seen[key].elements()), float) for key in held]
            columns = [np.concatenate([np.zeros(n - len(each)), each]) for each in units]
            found = means_from_zero(columns, rng)
            for (*_, supplier, place), each in zip(held, found, strict=True):
                of_all = replace(each, N=study.replications)
                if failed:
                    of_all = no_interval(each.value, n, study.replications, LEVEL, "runs failed")
                yield policy, mission, runs, supplier, place, *cells(of_all)


def _done(flow: Flow) -> int:
    return max((held.runs for held in flow.sums.values()), default=0)


def steps_of(rows: Iterable[Mapping[str, Any]]) -> list[tuple[str, float]]:
    """A waterfall's steps from its rows: what each takes from the target, the empty ones left out.

    >>> rows = [{"step": "target", "value": 10.0}, {"step": "queue", "value": 4.0}, {"step": "lost", "value": 0.0}]
    >>> steps_of([*rows, {"step": "deployed", "value": 6.0}])
    [('target', 10.0), ('queue', 4.0), ('deployed', 6.0)]
    """
    ends = ("target", "deployed")
    return [(row["step"], row["value"]) for row in rows if row["value"] or row["step"] in ends]
