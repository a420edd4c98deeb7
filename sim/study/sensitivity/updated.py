"""Updating a finished study by what has been delivered: its futures weighted by how near they come.

Each run of one policy is made again for its arrivals and must have the ledger that was stored. A weight is that of the
whole future, luck included; prior and posterior are the same runs.

Why: the same model a year later should not start from the beliefs of a year ago.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from sim.engine import simulate
from sim.engine.entries import Arrived
from sim.engine.ledger import Run
from sim.errors import OursError, TheirsError, nearest
from sim.future import Sampler
from sim.policy import policy_of
from sim.policy.belief import Beliefs
from sim.scenario.delivered import Delivered
from sim.scenario.resolved import Scenario
from sim.store import BLOCK, DONE, Study
from sim.store.kept import kept
from sim.study.sensitivity.learning import (
    Delivery,
    days_off,
    require_effective,
    require_near,
    weighted_chance,
    weighted_mean,
    weighted_quantile,
    weights_of,
)
from sim.study.sensitivity.output import Floats, constant
from sim.study.sensitivity.running import Headline, candidates
from sim.study.sensitivity.telling import title_of
from sim.study.statistics import Interval, mean_t, wilson
from sim.study.versions import versions

if TYPE_CHECKING:
    import pandas as pd

TOLERANCE_DAYS: Final = 30.0
BANDS: Final = (0.1, 0.5, 0.9)
Arrivals = Mapping[str, Sequence[Delivery]]
"""Offer -> what came, by day."""
Told = Callable[[int, int], None]
"""Told after each run: runs made, runs in all."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What has happened, and how near is near."""

    rows: tuple[Delivered, ...]
    until_day: int
    """Last day of which it is known what came."""
    tolerance_days: float = TOLERANCE_DAYS

    @property
    def offers(self) -> tuple[str, ...]:
        """The offers that something is known of."""
        return tuple(sorted({row.offer for row in self.rows}))

    def of(self, offer: str) -> list[Delivery]:
        """What came of an offer by the last day."""
        return [Delivery(row.day, row.units) for row in self.rows if row.offer == offer and row.units]


class Moved(NamedTuple):
    """An input before and after."""

    path: str
    title: str
    prior: tuple[float, float, float]
    """P10, median, P90, canonical."""
    posterior: tuple[float, float, float]
    shift: Interval
    """Of the mean, in standard deviations of the prior."""


class Answered(NamedTuple):
    """An output before and after."""

    output: Headline
    prior: Interval
    posterior: Interval


class Band(NamedTuple):
    """Units of an offer that had arrived by a day."""

    offer: str
    day: int
    prior: tuple[float, float, float]
    posterior: tuple[float, float, float]
    actual: int | None
    """None: after the last day that is known."""


@dataclass(frozen=True, slots=True)
class Updated:
    """What the deliveries taught."""

    policy: str
    effective: float
    weights: Floats
    answers: Sequence[Answered]
    inputs: Sequence[Moved]
    """Largest shift first."""
    bands: Sequence[Band]


def update(
    study: Study, policy: str, evidence: Evidence, told: Told | None = None, keep: Path | None = None
) -> Updated:
    """Weigh a study's futures by what has been delivered.

    Parameters
    ----------
    keep
        Where arrivals are kept, so that an update that was broken off goes on; None: nowhere.

    Raises
    ------
    TheirsError
        If the study lacks the policy or has failed runs, the last day lies before the deliveries' or outside the
        clock, or too few futures are like what has happened.
    OursError
        If a run made again has another ledger than the stored one.
    """
    scenario = study.scenario
    _check(study, policy, evidence)
    arrivals = list(_arrivals(study, policy, evidence, told, keep))
    first, last = scenario.clock.as_of_day + 1, evidence.until_day
    off = np.array(
        [[days_off(evidence.of(offer), of_run[offer], first, last) for offer in evidence.offers] for of_run in arrivals]
    )
    require_near(off, evidence.tolerance_days)
    weights = weights_of(off, evidence.tolerance_days)
    effective = require_effective(weights)
    return Updated(
        policy, effective, weights, list(_answers(study, policy, weights)), _inputs(study, weights),
        list(_bands(scenario, evidence, arrivals, weights)),
    )  # fmt: skip


def _check(study: Study, policy: str, evidence: Evidence) -> None:
    if policy not in study.policies:
        raise TheirsError(f"{study.folder}: no policy '{policy}'. {nearest(policy, study.policies)}")
    clock, latest = study.scenario.clock, max(row.day for row in evidence.rows)
    if not latest <= evidence.until_day <= clock.horizon_day:
        iso = clock.calendar.iso
        raise TheirsError(
            f"until: found {iso(evidence.until_day)}; expected a day from the last delivery, {iso(latest)}, to the"
            f" horizon, {iso(clock.horizon_day)}."
        )
    runs = study.table("runs", policy, ["replication", "status", "error"]).to_pylist()
    failed = [f"replication {run['replication']}: {run['error']}" for run in runs if run["status"] != DONE]
    if failed:
        raise TheirsError(
            f"{study.folder}: {len(failed)} of {len(runs)} runs failed ({'; '.join(failed[:10])}). Nothing was"
            " analysed."
        )


def _arrivals(
    study: Study, policy: str, evidence: Evidence, told: Told | None, keep: Path | None
) -> Iterator[Arrivals]:
    """What came in each run, in order of replication; made block by block."""
    again = _Again(study, policy)
    identity = repr((study.manifest["study_digest"], policy, sorted(versions().items())))
    for first in range(0, study.replications, BLOCK):
        numbers = range(first, min(first + BLOCK, study.replications))
        made = partial(again.frame, numbers)
        rows = made() if keep is None else kept(keep, identity, f"arrivals-{first}", made)
        if told is not None:
            told(numbers[-1] + 1, study.replications)
        for number in numbers:
            own = rows[rows["replication"] == number]
            yield {
                offer: [Delivery(int(day), int(units)) for day, units in of[["day", "units"]].to_numpy()]
                for offer in evidence.offers
                for of in (own[own["offer"] == offer],)
            }


class _Again:
    """Runs of a study, made again."""

    def __init__(self, study: Study, policy: str) -> None:
        scenario = study.scenario
        stored = study.table("runs", policy, ["replication", "digest"]).to_pylist()
        self._name, self._study = policy, study
        self._digests = {row["replication"]: row["digest"] for row in stored}
        self._sampler = Sampler(scenario, study.manifest["seed"], study.manifest["purpose"])
        self._policy = policy_of(scenario.policies[policy], scenario, Beliefs(scenario))

    def frame(self, numbers: Iterable[int]) -> pd.DataFrame:
        """Everything that arrived after ``as_of`` in some replications. Raises OursError for another ledger."""
        import pandas as pd

        rows = []
        for number in numbers:
            run = simulate(self._policy, self._sampler.future(number, number))
            if run.digest() != self._digests[number]:
                raise OursError(
                    f"{self._study.folder}: replication {number} of '{self._name}' has another ledger than the one"
                    " stored: the program or its libraries have changed since. Run the study again."
                )
            rows += [(number, offer, day, units) for offer, of in arrivals_in(run).items() for day, units in of]
        return pd.DataFrame(rows, columns=["replication", "offer", "day", "units"])


def arrivals_in(run: Run) -> Arrivals:
    """Units of each offer that arrived in a run after ``as_of``."""
    owner = {order.id: order.offer for order in run.scenario.dated_orders}
    found: dict[str, list[Delivery]] = {}
    for entry in run.entries:
        if isinstance(entry, Arrived) and entry.day > run.scenario.clock.as_of_day:
            found.setdefault(offer_of(entry.order, owner), []).append(Delivery(entry.day, entry.units))
    return found


def offer_of(key: str, owner: Mapping[str, str]) -> str:
    """Offer of an order's key: ``offer#2``, or a dated order's id, perhaps with the number of its part behind a dot.

    >>> offer_of("tb2#2.1", {}), offer_of("fy2025", {"fy2025": "tb2"}), offer_of("fy2025.2", {"fy2025": "tb2"})
    ('tb2', 'tb2', 'tb2')
    """
    if key in owner:
        return owner[key]
    before, hash_sign, _ = key.partition("#")
    return before if hash_sign else owner[key.rpartition(".")[0]]


def _answers(study: Study, policy: str, weights: Floats) -> Iterator[Answered]:
    scenario = study.scenario
    runs = study.table("runs", policy).to_pandas().sort_values("replication")
    missions = study.table("missions", policy, ["replication", "mission", "met"]).to_pandas()
    met = missions.pivot(index="replication", columns="mission", values="met").sort_index()
    for output in candidates(scenario):
        kind, _, mission = output.id.partition("/")
        values = (met[mission] if kind == "met" else runs[kind]).to_numpy(np.float64)
        if kind == "fulfilment":
            yield Answered(output, mean_t(values.tolist()), weighted_mean(values, weights))
        else:
            yield Answered(output, wilson(int(values.sum()), len(values)), weighted_chance(values, weights))


def _inputs(study: Study, weights: Floats) -> list[Moved]:
    inputs, found = study.inputs.sort_values("parameter"), []
    even = np.full(len(weights), 1 / len(weights))
    for path in inputs.columns.drop("parameter"):
        values = inputs[path].to_numpy(np.float64)
        if constant(values):
            continue
        shift = weighted_mean((values - values.mean()) / values.std(), weights)
        found.append(
            Moved(path, title_of(study.scenario, path), _quantiles(values, even), _quantiles(values, weights), shift)
        )
    return sorted(found, key=lambda moved: -abs(moved.shift.value or 0.0))


def _quantiles(values: Floats, weights: Floats) -> tuple[float, float, float]:
    low, middle, high = (weighted_quantile(values, weights, p) for p in BANDS)
    return low, middle, high


def _bands(scenario: Scenario, evidence: Evidence, arrivals: Sequence[Arrivals], weights: Floats) -> Iterator[Band]:
    clock = scenario.clock
    even = np.full(len(weights), 1 / len(weights))
    days = [*clock.calendar.month_ends(clock.as_of_day + 1, clock.deadline_day)]
    for offer in evidence.offers:
        for day in sorted({*days, evidence.until_day}):
            units = np.array(
                [sum(each.units for each in of_run[offer] if each.day <= day) for of_run in arrivals], float
            )
            known = day <= evidence.until_day
            actual = sum(each.units for each in evidence.of(offer) if each.day <= day) if known else None
            yield Band(offer, day, _quantiles(units, even), _quantiles(units, weights), actual)


def surely_moved(found: Updated) -> list[Moved]:
    """Inputs whose posterior mean is surely another, even as one of so many looked at."""
    from scipy.special import ndtri

    asked = max(1, len(found.inputs))
    return [
        moved
        for moved in found.inputs
        if moved.shift.half_width is not None
        and abs(moved.shift.value or 0.0)
        > moved.shift.half_width
        * float(ndtri(1 - (1 - moved.shift.level) / 2 / asked) / ndtri((1 + moved.shift.level) / 2))
    ]
