"""What a folder of cases says of itself: the scenario as the file has it, and nothing that was worked out on the way.

Two loads of one file stand for two commands, the second after the first was broken off.

Why: a command that does not know its own runs again runs them all once more.
"""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from sim.policy.promises import typicals
from sim.scenario.load import load
from sim.study.plan import Case, Diagonal, Plan
from sim.study.stored_cases import identity
from tests.rooms.study.handmade import TOP


def plan(name):
    scenario = load(TOP / "scenarios" / f"{name}.yaml").scenario
    policy = next(iter(scenario.policies))
    return Plan((Case(policy, scenario, policy),), Diagonal(64), 1, "judge")


@pytest.mark.parametrize("name", ["tiny", "tiny_home"])
def test_a_second_command_finds_the_runs_of_the_first(name):
    first, second = plan(name), plan(name)
    typicals(first.cases[0].scenario)
    assert first.cases[0].scenario.worked_out
    assert json.dumps(identity(first)) == json.dumps(identity(second))


def test_another_value_makes_other_runs():
    here = plan("tiny_home")
    [case] = here.cases
    clock = replace(case.scenario.clock, horizon_day=case.scenario.clock.horizon_day - 1)
    there = replace(here, cases=(replace(case, scenario=replace(case.scenario, clock=clock)),))
    assert identity(here)["cases"] != identity(there)["cases"]
