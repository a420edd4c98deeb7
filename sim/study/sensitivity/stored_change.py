"""What deliveries taught, and what a sweep gave, as tables that are kept.

Why: prior and posterior belong on one page, and the page must be the same one tomorrow.
"""

from __future__ import annotations

from typing import Any, Final

from sim.scenario.resolved import Scenario
from sim.store.finding import Finding, Grid
from sim.study.sensitivity.running import Outputs
from sim.study.sensitivity.stored import about
from sim.study.sensitivity.swept import Swept
from sim.study.sensitivity.telling import confidence_of, value_of
from sim.study.sensitivity.updated import Evidence, Updated, surely_moved
from sim.study.trial import INTERVAL, cells

LEARNING: Final = "learning"
SWEEP: Final = "sweep"
ANSWERS: Final = ("measure", *INTERVAL, *(f"prior_{name}" for name in INTERVAL))
INPUTS: Final = (
    "path", "title", "confidence", *INTERVAL, "surely", "prior_p10", "prior_p50", "prior_p90", "posterior_p10",
    "posterior_p50", "posterior_p90", "prior_told", "posterior_told",
)  # fmt: skip
"""``value``: shift of the mean in standard deviations of the prior."""
ARRIVALS: Final = (
    "offer", "day", "date", "actual", "prior_p10", "prior_p50", "prior_p90", "posterior_p10", "posterior_p50",
    "posterior_p90",
)  # fmt: skip


def learning_finding(found: Updated, evidence: Evidence, scenario: Scenario, seed: int) -> Finding:
    """Prior, actual and posterior."""
    iso = scenario.clock.calendar.iso
    inputs = {which.path: which for which in scenario.inputs}
    sure = {moved.path for moved in surely_moved(found)}
    outputs = Outputs(tuple(each.output for each in found.answers), ())
    said = about(
        scenario, seed, len(found.weights), outputs, policy=found.policy, until=iso(evidence.until_day),
        tolerance_days=evidence.tolerance_days, effective=found.effective, delivered=len(evidence.rows),
        titles={"policy": scenario.policies[found.policy].title,
                "offers": {offer: scenario.offers[offer].title for offer in evidence.offers}},
    )  # fmt: skip
    moved = [
        (
            each.path, each.title, confidence_of(scenario, each.path), *cells(each.shift), each.path in sure,
            *each.prior, *each.posterior,
            *(" to ".join(value_of(scenario, inputs[each.path], band[k]) for k in (0, 2))
              for band in (each.prior, each.posterior)),
        )
        for each in found.inputs
    ]  # fmt: skip
    bands = [(each.offer, each.day, iso(each.day), each.actual, *each.prior, *each.posterior) for each in found.bands]
    answers = [(each.output.id, *cells(each.posterior), *cells(each.prior)) for each in found.answers]
    grids = {
        "answers": Grid(ANSWERS, tuple(answers)),
        "inputs": Grid(INPUTS, tuple(moved)),
        "arrivals": Grid(ARRIVALS, tuple(bands)),
    }
    return Finding(LEARNING, said, grids)


def sweep_finding(found: Swept, policy: str, seed: int, futures: int) -> Finding:
    """Every combination, output by output."""
    axes = [axis.path for axis in found.axes]
    rows: list[tuple[Any, ...]] = [
        (each.id, *cell.texts, *cells(cell.means[each.id])) for each in found.outputs.varying for cell in found.cells
    ]
    said = about(
        found.scenario, seed, futures, found.outputs, policy=policy, axes=axes,
        titles={"policy": found.scenario.policies[policy].title},
    )  # fmt: skip
    columns = ("measure", *(f"at_{place}" for place in range(len(axes))), *INTERVAL)
    return Finding(SWEEP, said, {"cells": Grid(columns, tuple(rows))})
