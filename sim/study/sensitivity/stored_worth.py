"""What discovery, the value of information and the policies' worlds came to, as tables that are kept.

Why: a sentence with a box in it must be traceable to the points that the box was found on and told on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from typing import Any, Final

import numpy as np

from sim.scenario.resolved import Scenario
from sim.store.finding import Finding, Grid
from sim.study.sensitivity.boxes import Discovered, conditions
from sim.study.sensitivity.factors import Factor
from sim.study.sensitivity.information import Worth
from sim.study.sensitivity.pooled import Pool
from sim.study.sensitivity.prim import Box
from sim.study.sensitivity.telling import value_of, weakest
from sim.study.sensitivity.worlds import World, switches
from sim.study.sensitivity.worth_knowing import Valued, sorts_of
from sim.study.statistics import mean_t
from sim.study.trial import INTERVAL, cells

DISCOVERY: Final = "discovery"
INFORMATION: Final = "information"
BOXES: Final = (
    "measure", *INTERVAL, *(f"everywhere_{name}" for name in INTERVAL), "coverage", "mass", "confirmed", "conditions",
)  # fmt: skip
"""``value``: how often it is missed inside, by points that did not find the box."""
RESTRICTIONS: Final = (
    "measure", "path", "title", "low", "high", "told", "quasi_p", "same_coverage", "same_density",
)  # fmt: skip
TRAJECTORY: Final = ("measure", "step", "points", "mass", "coverage", "density", "restricted", "chosen")
WORTH: Final = ("measure", "unit", "of", "kind_of", "confidence", *INTERVAL, "plug_in", "changes", "surely")
MEANS: Final = ("measure", "policy", *INTERVAL)
WORLDS: Final = (
    "measure", "policy", *INTERVAL, *(f"lead_{name}" for name in INTERVAL), "conditions", "confirmed",
    *(f"inside_{name}" for name in INTERVAL),
)  # fmt: skip
SWITCHES: Final = ("measure", "factor", "path", "policies", "values")
MOST_SWITCHES: Final = 8


def discovery_finding(said: Mapping[str, Any], found: Mapping[str, Discovered]) -> Finding:
    """Each output's box, its restrictions and how it was peeled."""
    return Finding(
        DISCOVERY,
        said,
        {
            "boxes": Grid(BOXES, tuple(_box(measure, each) for measure, each in found.items())),
            "restrictions": Grid(RESTRICTIONS, tuple(_restrictions(found))),
            "trajectory": Grid(TRAJECTORY, tuple(_trajectory(found))),
        },
    )


def _box(measure: str, each: Discovered) -> tuple[Any, ...]:
    return (
        measure, *cells(each.inside), *cells(each.everywhere), each.coverage, each.mass, each.confirmed,
        conditions(each),
    )  # fmt: skip


def _restrictions(found: Mapping[str, Discovered]) -> Iterator[tuple[Any, ...]]:
    for measure, of in found.items():
        for each in of.restrictions:
            low, high = (end if isfinite(end) else None for end in each.range)
            yield measure, each.path, each.title, low, high, each.told, each.quasi_p, *each.again


def _trajectory(found: Mapping[str, Discovered]) -> Iterator[tuple[Any, ...]]:
    for measure, of in found.items():
        chosen = _nearest(of.trajectory, of.found)
        for step, box in enumerate(of.trajectory):
            yield (
                measure, step, box.points, box.mass, box.coverage, box.density, len(box.ranges), step == chosen,
            )  # fmt: skip


def _nearest(trajectory: Sequence[Box], found: Box) -> int:
    """The step whose box is most like the one that was kept."""
    gaps = [abs(box.coverage - found.coverage) + abs(box.density - found.density) for box in trajectory]
    return gaps.index(min(gaps))


def information_finding(
    said: Mapping[str, Any], scenario: Scenario, found: Pool, factors: Sequence[Factor], values: Sequence[Valued],
    worlds: Mapping[str, Sequence[World]],
) -> Finding:  # fmt: skip
    """What is worth knowing, what each policy made of the points, and each policy's world."""
    grids = {
        "worth": Grid(WORTH, tuple(row for each in values for row in _worth(each, factors))),
        "policies": Grid(MEANS, tuple(_means(found))),
        "worlds": Grid(WORLDS, tuple(_world(measure, each) for measure, of in worlds.items() for each in of)),
        "switches": Grid(SWITCHES, tuple(row for each in values for row in _switches(scenario, found, factors, each))),
    }
    return Finding(INFORMATION, said, grids)


def _worth(found: Valued, factors: Sequence[Factor]) -> Iterator[tuple[Any, ...]]:
    sure = {factor.id: factor.confidence for factor in factors}
    sure |= {each.id: each.confidence for each in sorts_of(factors)}
    sure["everything"] = weakest(sure.values())
    for kind, of in (("everything", (found.everything,)), ("input", found.factors), ("sort", found.sorts)):
        for each in sorted(of, key=lambda worth: -worth.value):
            yield (found.output, found.unit, each.of, kind, sure[each.of], *_cells(each), each.plug_in, each.changes,
                   each.surely)  # fmt: skip


def _cells(each: Worth) -> tuple[Any, ...]:
    return each.value, each.low, each.high, each.n, each.n, each.level, each.kind


def _means(found: Pool) -> Iterator[tuple[Any, ...]]:
    for measure in found.y:
        means = found.mean(measure)
        for place, policy in enumerate(found.policies):
            yield measure, policy, *cells(mean_t(means[:, place].tolist()))


def _world(measure: str, each: World) -> tuple[Any, ...]:
    box = each.box
    inside = (None,) * len(INTERVAL) if box is None else cells(box.inside)
    told = "" if box is None else conditions(box)
    return (
        measure,
        each.policy,
        *cells(each.best),
        *cells(each.lead),
        told,
        box is not None and box.confirmed,
        *inside,
    )


def _switches(scenario: Scenario, found: Pool, factors: Sequence[Factor], of: Valued) -> Iterator[tuple[Any, ...]]:
    """Where the best policy changes along the inputs that are worth most; of a group, along its first."""
    if of.output not in found.y:
        return
    inputs = {which.path: which for which in scenario.inputs}
    by_id = {factor.id: factor for factor in factors}
    for each in of.first()[:MOST_SWITCHES]:
        factor = by_id[each.of]
        known = found.x[:, factor.columns[0]]
        if np.ptp(known) == 0.0:
            continue
        switch = switches(found.policies, known, found.mean(of.output))
        told = [value_of(scenario, inputs[factor.paths[0]], value) for value in switch.values]
        yield of.output, factor.id, factor.paths[0], list(switch.policies), told
