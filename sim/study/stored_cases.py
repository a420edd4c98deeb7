"""Cases in a folder: chunks that stay, so that a second call does only what is missing or altered.

The folder says which cases, worlds, points and futures it is of; for others it is refused with what differs.

Why: an analysis of ten thousand points should survive the evening it was interrupted, and not be mixed with another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

from sim.errors import TheirsError
from sim.scenario.resolved import Scenario
from sim.store import BLOCK, RunFolder, Study
from sim.store import load as open_study
from sim.store.folder import is_whole
from sim.store.place import part_of
from sim.study.carry_on import How, broken_off, fill, layout
from sim.study.changed import differences
from sim.study.jobs import Failure
from sim.study.plan import Plan, Progress
from sim.study.steps import steps_of
from sim.study.versions import versions

MOST_TOLD: Final = 10
_GOES_ON: Final = "What is done is kept: the same call goes on."


def stored_cases(
    plan: Plan, place: Path, how: How, progress: Progress | None, again: Callable[[Failure], str]
) -> Study:
    """The plan's runs as a complete study at this place; only what is not there is run.

    Raises
    ------
    TheirsError
        When the place holds other cases, with what differs, or another process is writing there.
    """
    said = identity(plan)
    expected = {job.chunk for job in layout(said, inputs=False)}
    if part_of(place).is_dir():
        folder = RunFolder.again(place)
        with broken_off(folder, _GOES_ON):
            _require_same(place, folder.manifest, said)
    elif place.exists():
        there = open_study(place)
        _require_same(place, there.manifest, said)
        if is_whole(place, expected):
            return there
        folder = RunFolder.beside(place, {**said, "versions": versions()}, [place])
    else:
        folder = RunFolder(place, {**said, "versions": versions()}, None)
    with broken_off(folder, _GOES_ON):
        kept = folder.intact(expected)
        failed = fill(folder, plan, how, progress, kept, again=again, goes_on=_GOES_ON, inputs=False)
        return open_study(folder.finish({"failed": failed}))


def identity(plan: Plan) -> dict[str, Any]:
    """What decides every number of the runs, and how they lie in chunks."""
    scenarios = {id(case.scenario): case.scenario for case in plan.cases}
    digests = {place: _digests(scenario) for place, scenario in scenarios.items()}
    points = hashlib.sha256()
    for point in plan.points:
        points.update(f"{point.parameter} {point.luck} {point.at}\n".encode())
    return {
        "kind": "cases",
        "policies": [case.id for case in plan.cases],
        "cases": [
            {
                "id": case.id,
                "policy": case.policy,
                "lifted": sorted(case.lifted),
                "scenario": digests[id(case.scenario)],
            }
            for case in plan.cases
        ],
        "points": points.hexdigest(),
        "replications": len(plan.points),
        "seed": plan.seed,
        "purpose": plan.purpose,
        "design": plan.cases[0].scenario.experiment.design,
        "chunk_replications": BLOCK,
        "extended_from": [],
        "shard": None,
        "keep_monthly": False,
        "steps": steps_of(scenarios.values())._asdict(),
    }


def _digests(scenario: Scenario) -> dict[str, str]:
    """Section -> digest; frozen dataclasses, tuples and sorted mappings say themselves in one way only.

    What was worked out from the scenario on the way is no part of it, and is there sooner or later.
    """
    said = {each.name: repr(getattr(scenario, each.name)) for each in fields(scenario) if each.compare}
    return {name: hashlib.sha256(text.encode()).hexdigest()[:16] for name, text in said.items()}


def _require_same(place: Path, there: Mapping[str, Any], said: Mapping[str, Any]) -> None:
    differs = list(differences({key: there.get(key) for key in said}, said))
    if differs:
        told = "\n".join(f"  {one}" for one in differs[:MOST_TOLD])
        raise TheirsError(
            f"{place}: found runs of something else; expected those asked for now:\n{told}\n"
            "Name another folder, or take this one away."
        )
