"""``typical``: which stored runs are worth reading, and the command that tells each.

Of each policy the run nearest the median, the one nearest the worst tenth, and one that fails in the commonest way.

Why: reading run 0 teaches what happened in run 0.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sim.cli.options import Json, Policies, RunFolder, named

if TYPE_CHECKING:
    from sim.store import Study
    from sim.study.typical import Typical

NAME: Final = "typical"


def command(folder: RunFolder, policies: Policies = None, json: Json = False) -> None:
    """Find the runs nearest the median and the worst tenth, and of the commonest way of failing."""
    from sim.cli.machine import print_json
    from sim.store import load
    from sim.study.stored import policies_asked
    from sim.study.typical import typical

    study = load(folder)
    found = {policy: typical(study, policy) for policy in policies_asked(study, named(policies))}
    if json:
        print_json({"typical": {policy: [asdict(each) for each in own] for policy, own in found.items()}})
        return
    for policy, own in found.items():
        print(f"{study.scenario.policies[policy].title} ({policy})")
        for line in _told(folder, study, policy, own):
            print(f"  {line}")


def _told(folder: Path, study: Study, policy: str, found: tuple[Typical, ...]) -> Iterator[str]:
    from sim.report import wording
    from sim.study.typical import FAILING, way_in_words

    if not found:
        yield f"None of {study.replications:,} runs succeeded."
    for each in found:
        what = f"Nearest the {each.of}"
        if each.of == FAILING:
            what = f"The {each.of}, {each.like_it:,} of {each.among:,} that fall short"
        share, cost = wording.percent(each.fulfilment), wording.billions(each.cost_yen)
        yield f"{what}: replication {each.replication}, fulfilment {share} %, cost {cost}."
        if each.way:
            yield f"  {way_in_words(each.way, study.scenario, wording.PLACES)}."
        yield "  " + shlex.join(["run_sim.py", "replay", str(folder), "--policy", policy, "-k", str(each.replication)])
    if found and not any(each.of == FAILING for each in found):
        yield "No run falls short."
