"""A study read chunk by chunk says to the last digit what it says read at once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.store import load
from sim.study import answer as answers
from sim.study.answer import answer
from sim.study.batch import Ask, run_batch
from sim.study.order_statistics import order_statistics
from sim.study.plan import Plan
from tests.rooms.study.handmade import tiny
from tests.rooms.study.stub import Cheap


class Failing(Cheap):
    def outcome(self, case, point):
        if point.luck % 97 == 5:
            raise RuntimeError("the test fails it")
        return super().outcome(case, point)


def failing_model(plan: Plan) -> Failing:
    return Failing(plan)


def cheap_model(plan: Plan) -> Cheap:
    return Cheap(plan)


@pytest.mark.parametrize("design", ["independent", "latin_hypercube"])
@pytest.mark.parametrize("model", [cheap_model, failing_model])
@pytest.mark.parametrize("replications", [70, 300])  # two chunks of 64, and five
def test_read_by_chunk_is_read_at_once(tmp_path, monkeypatch, design, model, replications):
    loaded = tiny()
    experiment = replace(loaded.scenario.experiment, design=design)
    loaded = replace(loaded, scenario=replace(loaded.scenario, experiment=experiment))
    asked = Ask(replications=replications, out=tmp_path / "made", model=model, most_failures=50)
    study = load(run_batch(loaded, asked))
    at_once = answer(study, loaded.scenario)
    monkeypatch.setattr(answers, "READ_AT_ONCE", 0)
    assert answer(study, loaded.scenario) == at_once
    assert at_once.policies[0].failed == (0 if model is cheap_model else {70: 1, 300: 4}[replications])


@pytest.mark.parametrize("seed", range(6))
def test_ranks_are_those_of_the_sorted_values(seed):
    spread = (1, 5, 1000, 10**13, 10**6, 2)[seed]
    values = (np.arange(5000) * 2_654_435_761 * (seed + 1) % 100_003) * spread - 7
    if seed == 4:
        values = values / 7.0
    if seed == 5:
        values = np.minimum(values, 50)  # most are one value
    parts = np.split(values, [3, 1000, 1000, 4100])
    ranks = [1, 2, 17, 2500, 2501, 4999, 5000, 0, 5001]
    found = order_statistics(lambda: ({"a": part, "b": part[:1]} for part in parts), lambda n: ranks)
    ordered = np.sort(values)
    assert found["a"].values == {rank: ordered[rank - 1] for rank in ranks if 1 <= rank <= 5000}
    assert (found["a"].n, found["a"].least, found["a"].greatest) == (5000, ordered[0], ordered[-1])
    assert found["b"].n == 4


def test_a_measure_without_values_has_no_ranks():
    assert order_statistics(lambda: [{"a": np.zeros(0)}], lambda n: [1]) == {}
