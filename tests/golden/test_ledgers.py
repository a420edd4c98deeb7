"""The ledgers of a few runs, by digest: a change that moves one has to say why the old one was wrong.

``pytest tests/golden --update-golden`` shows what moved and writes the new digests.

Why: a number that changes without anybody meaning it is the fault a planner cannot see.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sim.engine import simulate
from sim.future import Sampler, at_modes
from sim.policy import policy_of
from sim.scenario.load import load

HERE = Path(__file__).parent
SCENARIOS = ("tiny", "fy2027_baseline")
REPLICATIONS = (0, 1, 64)


def _ledgers(name: str) -> dict[str, str]:
    scenario = load(HERE.parents[1] / "scenarios" / f"{name}.yaml").scenario
    sampler = Sampler(scenario, 1, "judge")
    found = {}
    for id, spec in scenario.policies.items():
        policy = policy_of(spec, scenario)
        found[f"{id} at modes"] = simulate(policy, at_modes(scenario)).digest()
        for number in REPLICATIONS:
            found[f"{id} {number}"] = simulate(policy, sampler.future(number, number)).digest()
    return found


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_ledgers_are_those_of_the_last_time(name: str, request: pytest.FixtureRequest) -> None:
    stored, found = HERE / f"{name}.json", _ledgers(name)
    if request.config.getoption("--update-golden"):
        before = json.loads(stored.read_text(encoding="utf-8")) if stored.exists() else {}
        moved = [run for run in found if before.get(run) != found[run]]
        stored.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        pytest.skip(f"{name}: {len(moved)} of {len(found)} ledgers moved: {moved}")
    assert found == json.loads(stored.read_text(encoding="utf-8"))
