"""``discover``: where a policy misses its targets, as a box of inputs in a sentence.

Each parameter point is met with several luck numbers, and their mean is what is looked at; of a run folder, whose
points have one run each, luck is regressed away.

Why: a plan is hedged against the part of the world in which it fails, once that part has a name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sim.cli.analyses import Keep, Lucks, Measures, Points, PolicyName, Source
from sim.cli.options import FindingFolder, Json, Seed, Sets, Shocks, Workers

if TYPE_CHECKING:
    from sim.scenario.resolved import Scenario
    from sim.store.finding import Finding
    from sim.study.sensitivity.from_study import Runs
    from sim.study.sensitivity.output import Floats
    from sim.study.sensitivity.pooled import Pool

NAME: Final = "discover"


def command(
    source: Source,
    policy: PolicyName = None,
    points: Points = 256,
    luck: Lucks = 8,
    measure: Measures = None,
    seed: Seed = None,
    set_: Sets = None,
    shock: Shocks = None,
    workers: Workers = None,
    keep: Keep = None,
    out: FindingFolder = None,
    json: Json = False,
) -> None:
    """Tell where a policy misses its targets."""
    from sim.cli.analyses import asked_of, setup_of, tell_cost
    from sim.cli.bar import Bar
    from sim.cli.found import tell
    from sim.study.cases import Case
    from sim.study.sensitivity.pooled import pool

    if source.is_dir():
        tell(_of_folder(source, policy, measure or ()), out, as_json=json)
        return
    whole, chosen = asked_of(source, shock, set_, policy, out)
    with Bar() as bar:
        setup = setup_of(whole, seed, workers, keep, bar.told)
        tell_cost({"points × luck": points * luck}, Case(chosen, whole, chosen), setup)
        found = pool(whole, [chosen], points, luck, setup, measure or ())
    missed = {each.id: 1 - found.mean(each.id)[:, 0] for each in found.outputs.varying}
    tell(_boxes(whole, chosen, setup.seed, found, missed, luck), out, as_json=json)


def _of_folder(folder: Path, policy: str | None, measures: Sequence[str]) -> Finding:
    """From the runs that are there, one a point."""
    from sim.cli.analyses import policy_of_folder
    from sim.store import load
    from sim.study.sensitivity.from_study import runs_of

    study = load(folder)
    chosen = policy_of_folder(study, policy)
    found = runs_of(study, chosen, measures)
    missed = {each.id: 1 - found.y[each.id] for each in found.outputs.varying}
    return _boxes(study.scenario, chosen, int(study.manifest["seed"]), found, missed, 1)


def _boxes(
    scenario: Scenario, policy: str, seed: int, found: Pool | Runs, missed: Mapping[str, Floats], lucks: int
) -> Finding:
    """A box for each output that has one; where each point was run once, luck is regressed away first."""
    from sim.streams import generator
    from sim.study.sensitivity.boxes import discover
    from sim.study.sensitivity.extras import PURPOSE, library_seed
    from sim.study.sensitivity.prominent import MOST_SEARCHED
    from sim.study.sensitivity.stored import about
    from sim.study.sensitivity.stored_worth import discovery_finding

    boxes, points = {}, len(found.x)
    for each in found.outputs.varying:
        rng = generator(seed, PURPOSE, f"box/{each.id}")
        forest = library_seed(seed, f"forest/{each.id}") if lucks == 1 else None
        box = discover(scenario, found.x, missed[each.id], rng, regressed=forest)
        if box is not None:
            boxes[each.id] = box
    said = about(
        scenario, seed, points * lucks, found.outputs, policy=policy, points=points, lucks=lucks,
        inputs=found.x.shape[1], searched=min(found.x.shape[1], MOST_SEARCHED),
        titles={"policy": scenario.policies[policy].title},
    )  # fmt: skip
    return discovery_finding(said, boxes)
