"""A study run again from its folder: identical, or the table, the policy and the replication in which it is not."""

from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sim.errors import TheirsError
from sim.store import load
from sim.study import model
from sim.study.batch import Ask, run_batch
from sim.study.reproduce import Differing, replications_apart, reproduce
from tests.rooms.study.handmade import tiny


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """Sixty-six futures: two blocks, the second of two."""
    place = tmp_path_factory.mktemp("reproduce") / "study"
    return run_batch(tiny(), Ask(policies=("typed",), replications=66, seed=3, out=place))


def test_a_study_comes_out_row_by_row_the_same(made, tmp_path):
    before = sorted(path for path in made.rglob("*"))
    found = reproduce(load(made), workers=2, out=tmp_path / "kept")
    assert found.identical
    assert found.versions == ()
    assert sorted(path for path in made.rglob("*")) == before
    assert load(tmp_path / "kept").manifest["tables"] == load(made).manifest["tables"]


def test_where_it_differs_is_said(made, monkeypatch):
    sound = model.measure

    def measure(run):
        outcome = sound(run)
        if run.policy_id == "typed" and run.luck_number in (7, 65):
            return dataclasses.replace(outcome, run=outcome.run._replace(cost=outcome.run.cost + 1))
        return outcome

    monkeypatch.setattr(model, "measure", measure)
    found = reproduce(load(made))
    assert not found.identical
    assert found.differing == (Differing("runs", "typed", (7, 65)),)
    assert found.altered == ()


def test_a_run_that_failed_then_fails_again(tmp_path, monkeypatch):
    sound = model.simulate

    def simulate(policy, future, *, lifted):
        if future.luck_number == 2:
            raise RuntimeError("the test fails it")
        return sound(policy, future, lifted=lifted)

    monkeypatch.setattr(model, "simulate", simulate)
    place = run_batch(tiny(), Ask(policies=("typed",), replications=4, out=tmp_path / "study"))
    assert reproduce(load(place)).identical
    monkeypatch.undo()
    found = reproduce(load(place))
    assert {each.table for each in found.differing} >= {"runs", "missions", "money"}
    assert {each.replications for each in found.differing if each.table != "months"} == {(2,)}


def test_an_altered_table_is_told_as_that(made, tmp_path):
    copy = Path(shutil.copytree(made, tmp_path / "copy"))
    file = copy / "chunks" / "typed-0-63" / "runs.parquet"
    rows = pq.read_table(file)
    cost = rows["cost"].to_pylist()
    cost[5] += 1
    changed = rows.set_column(
        rows.schema.get_field_index("cost"), rows.schema.field("cost"), pa.array(cost, pa.int64())
    )
    pq.write_table(changed, file)
    found = reproduce(load(copy))
    assert found.altered == ("runs",)
    assert found.differing == (Differing("runs", "typed", (5,)),)


def test_a_changed_scenario_or_manifest_is_refused(made, tmp_path):
    copy = Path(shutil.copytree(made, tmp_path / "copy"))
    scenario = copy / "scenario.resolved.yaml"
    scenario.write_text(scenario.read_text().replace("minimum_order: 6", "minimum_order: 7"))
    with pytest.raises(TheirsError, match=r"that of the scenario which was run\. Somebody has changed it since"):
        reproduce(load(copy))
    shutil.copy(made / "scenario.resolved.yaml", scenario)
    manifest = json.loads((copy / "manifest.json").read_text())
    (copy / "manifest.json").write_text(json.dumps({**manifest, "seed": 4}))
    with pytest.raises(TheirsError, match="Its manifest was changed since"):
        reproduce(load(copy))


def test_rows_are_compared_whatever_their_order(made):
    rows = load(made).table("missions", "typed")
    assert list(replications_apart("missions", rows, rows.take(list(reversed(range(rows.num_rows)))))) == []
    assert list(replications_apart("missions", rows, rows.slice(2))) == [0]
