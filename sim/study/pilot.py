"""A pilot: some runs, to tell what a wanted precision costs in runs and in minutes before anybody waits for it.

Its futures are the first ones of the study that it plans, so that nothing is wasted; its speed is this machine's, now.

Why: four times the precision is sixteen times the night.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from scipy.special import chdtri

from sim.errors import TheirsError
from sim.scenario.resolved import Scenario
from sim.store.finding import Finding, Grid
from sim.study.choose import cases_of
from sim.study.measures_compared import Measured
from sim.study.plan import Progress
from sim.study.statistics import NEVER_VARIED, Interval, mean_t, wilson
from sim.study.statistics.looks import LEAST_RUNS
from sim.study.statistics.needed import Needed, needed_for_chance, needed_for_mean
from sim.study.trial import INTERVAL, Futures, Reals, Tried, cells

NAME: Final = "plan"
LEAST_PILOT: Final = 30
"""Fewer futures tell no spread."""


class Price(NamedTuple):
    """What one half-width of one measure costs."""

    half_width: float
    needed: Needed
    """Runs of each policy, if the pilot's estimate is right."""
    at_worst: int
    """Runs fixed beforehand, if the truth lies where in the pilot's interval it costs most."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What a pilot says of one measure under one policy."""

    policy: str
    measure: Measured
    pilot: Interval
    prices: tuple[Price, ...]
    """Empty where the measure never varied, or runs failed."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a study would cost."""

    rows: tuple[Planned, ...]
    policies: int
    pilot_futures: int
    seconds: float
    """That the pilot took."""

    @property
    def half_widths(self) -> tuple[float, ...]:
        """Those asked for that some measure has a price for."""
        return tuple(dict.fromkeys(price.half_width for row in self.rows for price in row.prices))

    def most(self, half_width: float) -> int:
        """Futures at which every measure of every policy is as narrow as wanted, and never fewer than 400."""
        return max(LEAST_RUNS, max(self._fixed(half_width), key=lambda each: each[0])[0])

    def held_up_by(self, half_width: float) -> Planned | None:
        """The measure that takes longest; None where 400 futures are more than any takes."""
        futures, place = max(self._fixed(half_width), key=lambda each: each[0])
        return self.rows[place] if futures > LEAST_RUNS else None

    def _fixed(self, half_width: float) -> list[tuple[int, int]]:
        return [
            (price.needed.fixed, place)
            for place, row in enumerate(self.rows)
            for price in row.prices
            if price.half_width == half_width
        ]

    def minutes(self, futures: int) -> float:
        """How long so many futures of every policy take at the pilot's speed, with as many workers."""
        return self.seconds / self.pilot_futures * futures / 60


def plan(
    scenario: Scenario,
    policies: Sequence[str],
    measures: Sequence[Measured],
    half_widths: Sequence[float],
    futures: Futures,
    progress: Progress | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> Plan:
    """Run a pilot and say what each half-width costs.

    Parameters
    ----------
    measures
        Between 0 and 1.
    futures
        The pilot's; they are independent whatever the scenario's design, so that a stratified study costs less.

    Raises
    ------
    TheirsError
        For fewer futures than tell a spread.
    OursError
        If more runs fail than is put up with.
    """
    if futures.replications < LEAST_PILOT:
        raise TheirsError(f"pilot: found {futures.replications} futures; expected at least {LEAST_PILOT}.")
    before = clock()
    tried = futures.run(cases_of(scenario, policies), progress)
    seconds = clock() - before
    rows = tuple(_planned(tried, policy, measure, half_widths) for policy in policies for measure in measures)
    return Plan(rows, len(policies), futures.replications, seconds)


def _planned(tried: Tried, policy: str, measure: Measured, half_widths: Sequence[float]) -> Planned:
    values = tried.column(policy, measure.id)
    known = values[~np.isnan(values)]
    asked = len(values)
    if measure.sort == "chance":
        found = wilson(int(known.sum()), len(known), asked)
    else:
        found = mean_t(known.tolist(), asked, within=measure.within)
    varied = len(known) > 1 and bool(np.ptp(known) > 0)
    if not varied or len(known) < asked:
        kind = found.kind if varied else NEVER_VARIED
        found = Interval(found.value, None, None, found.n, found.N, found.level, kind)
        return Planned(policy, measure, found, ())
    return Planned(policy, measure, found, tuple(_prices(found, known, measure, half_widths)))


def _prices(found: Interval, known: Reals, measure: Measured, wanted: Sequence[float]) -> Iterator[Price]:
    value, low, high = found.value, found.low, found.high
    assert value is not None, "it varied"
    assert low is not None, "it varied"
    assert high is not None, "it varied"
    for half_width in wanted:
        if measure.sort == "chance":
            worst = needed_for_chance(min(max(0.5, low), high), half_width).fixed
            yield Price(half_width, needed_for_chance(value, half_width), worst)
        else:
            deviation = float(known.std(ddof=1))
            needed = needed_for_mean(deviation, half_width, within=measure.within, mean=value)
            yield Price(
                half_width, needed, needed_for_mean(_largest_deviation(deviation, len(known)), half_width).fixed
            )


def _largest_deviation(deviation: float, n: int) -> float:
    """The upper limit of a standard deviation, as if the values were normal: one in forty is larger."""
    return deviation * float(np.sqrt((n - 1) / chdtri(n - 1, 0.975)))


def plan_finding(scenario: Scenario, found: Plan, futures: Futures) -> Finding:
    """What a pilot says, as tables."""
    about: dict[str, Any] = {
        "scenario": scenario.id,
        "title": scenario.title,
        **futures.about(),
        "policies": found.policies,
        "seconds": found.seconds,
        "workers": futures.workers,
        "titles": {
            "policies": {row.policy: scenario.policies[row.policy].title for row in found.rows},
            "measures": {row.measure.id: row.measure.title for row in found.rows},
        },
    }
    totals = [_total(found, half_width) for half_width in found.half_widths]
    prices = [
        (
            row.policy,
            row.measure.id,
            *cells(row.pilot),
            each.half_width,
            each.needed.fixed,
            each.at_worst,
            each.needed.six_looks,
            each.needed.sequence,
        )
        for row in found.rows
        for each in row.prices
    ]
    still = [(row.policy, row.measure.id, *cells(row.pilot)) for row in found.rows if not row.prices]
    grids = {
        "totals": Grid(("half_width", "futures", "runs", "minutes", "policy", "measure"), tuple(totals)),
        "prices": Grid(
            ("policy", "measure", *INTERVAL, "half_width", "fixed", "at_worst", "six_looks", "any_looks"), tuple(prices)
        ),
        "without_price": Grid(("policy", "measure", *INTERVAL), tuple(still)),
    }
    return Finding(NAME, about, grids)


def _total(found: Plan, half_width: float) -> tuple[Any, ...]:
    """What all measures together take, and the one that takes longest; none where the least number is enough."""
    futures, row = found.most(half_width), found.held_up_by(half_width)
    held = (None, None) if row is None else (row.policy, row.measure.id)
    return half_width, futures, futures * found.policies, found.minutes(futures), *held
