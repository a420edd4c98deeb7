"""Run folders: complete or absent, digests that no cut or order can change, frames without surprises."""

from __future__ import annotations

import csv
import datetime
import json
import os
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest

from sim.errors import OursError, TheirsError
from sim.outcome import (
    DeliveryRow,
    LineRow,
    MissionRow,
    MoneyRow,
    MonthRow,
    OfferRow,
    PartRow,
    RunRow,
    SpendingRow,
)
from sim.store import RunFolder, Total, digest, inputs_table, load, tables_of, unit_digests, write_chunk
from sim.store.columns import arrow_of, numbers_of, words_of
from sim.store.folder import folder_name
from sim.store.tables import OF_RUNS, Result, inputs_kind
from tests.rooms.study.handmade import TOP, mission_row, outcome, result, stored, tiny

TINY = tiny()


def missions(number: int) -> list[MissionRow]:
    return [
        mission_row("small_attack", 100, 60 + number % 50, queue=40),
        mission_row("wide_area_surveillance", 12, 6, tender=6),
    ]


def runs(policy: str, count: int) -> list:
    return [outcome(policy, number, missions(number), cost=number) for number in range(count)]


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    made = {"typed": runs("typed", 70), "quantity_first": runs("quantity_first", 70)}
    made["typed"][3] = "EventLimitExceeded: too many"
    return stored(tmp_path_factory.mktemp("store") / "study", TINY, made)


# --- the tables


def test_the_tables_have_the_published_columns_in_order():
    published = {
        "missions": "policy replication mission target opening ordered deployed available met reached_day strength"
        " not_ordered tender approval queue production waiting_parts shipping acceptance waiting_crew fielding lost"
        " retired cancelled",
        "money": "policy replication line fiscal_year appropriated carried_in returned obligated fx_charged lapsed"
        " carried_out owed paid",
        "monthly": "policy replication month mission deployed available in_pipeline",
        "spending": "policy replication month line obligated paid",
        "runs": "policy replication status all_met fulfilment cost fx home_share digest",
    }
    for name, columns in published.items():
        known = OF_RUNS[name].schema.names
        assert known[: len(columns.split())] == columns.split()


def test_every_field_of_an_outcome_has_its_column():
    rows = {"missions": MissionRow, "money": MoneyRow, "monthly": MonthRow, "spending": SpendingRow, "runs": RunRow}
    rows |= {"offers": OfferRow, "deliveries": DeliveryRow, "lines": LineRow, "parts": PartRow}
    for name, row in rows.items():
        assert set(row._fields) <= set(OF_RUNS[name].schema.names)


def test_a_failed_run_is_a_row_of_runs_and_nowhere_else(study):
    failed = study.runs[study.runs.status == "failed"]
    assert failed[["policy", "replication", "error"]].values.tolist() == [["typed", 3, "EventLimitExceeded: too many"]]
    assert failed.cost.isna().all()
    assert len(study.runs) == 140
    assert len(study.missions) == 139 * 2
    assert 3 not in set(study.missions[study.missions.policy == "typed"].replication)


def test_frames_keep_their_types_whether_a_run_failed_or_not(study):
    assert str(study.runs.cost.dtype) == "Int64"
    assert str(study.runs.all_met.dtype) == "boolean"
    assert str(study.missions.deployed.dtype) == "int64"
    assert str(study.missions.met.dtype) == "bool"
    assert str(study.missions.unit_cost.dtype) == "Int64"


def test_a_frame_comes_in_the_order_of_its_key(study):
    ordered = set()
    for name, kind in OF_RUNS.items():
        keys = getattr(study, name)[list(kind.key)].values.tolist()
        assert all(first < second for first, second in pairwise(keys)), name
        if len(keys) > 1:
            ordered.add(name)
    assert ordered >= {"missions", "money", "monthly", "spending", "runs"}
    assert study.inputs.parameter.tolist() == list(range(70))
    assert study.inputs["a.b"].tolist() == [number / 2 for number in range(70)]


def test_one_policy_and_some_columns_can_be_read_alone(study):
    part = study.table("missions", "typed", ["replication", "met"])
    assert part.schema.names == ["replication", "met"]
    assert part.num_rows == 138
    with pytest.raises(TheirsError, match=r"no policy 'tiped'. Did you mean 'typed'"):
        study.table("missions", "tiped")
    with pytest.raises(TheirsError, match=r"no table 'mission'. Did you mean 'missions'"):
        study.table("mission")


def test_the_scenario_loads_again_from_the_folder(study):
    assert study.scenario.missions.keys() == TINY.scenario.missions.keys()
    assert study.scenario.inputs == TINY.scenario.inputs


# --- digests


def whole(kind, tables) -> str:
    total, units = Total(kind.name), {}
    for table in tables:
        units |= unit_digests(kind, table)
    total.take(units)
    return total.hexdigest()


@pytest.mark.parametrize("name", [name for name in OF_RUNS if name != "months"])
def test_a_digest_knows_neither_the_cut_nor_the_order_of_the_rows(name):
    kind, made = OF_RUNS[name], runs("typed", 200)
    rows = [(number, result(each, number)) for number, each in enumerate(made)]
    once = tables_of("typed", rows)[name]
    cut = [tables_of("typed", rows[first : first + 64])[name] for first in range(0, 200, 64)]
    uneven = [tables_of("typed", rows[128:])[name], tables_of("typed", rows[:128])[name]]
    shuffled = once.take(np.arange(once.num_rows)[::-1])
    pieces = pa.concat_tables([shuffled.slice(0, 7), shuffled.slice(7)])
    assert len({whole(kind, tables) for tables in ([once], cut, uneven, [shuffled], [pieces])}) == 1


@pytest.mark.parametrize(
    ("column", "value"), [("target", 101), ("met", True), ("strength", 1.5), ("mission", "other"), ("unit_cost", 0)]
)
def test_a_digest_sees_one_changed_cell(column, value):
    kind = OF_RUNS["missions"]
    table = tables_of("typed", [(0, result(outcome("typed", 0, missions(0)), 0))])["missions"]
    cells = table[column].to_pylist()
    place = table.schema.get_field_index(column)
    altered = table.set_column(
        place, kind.schema.field(column), pa.array([value, *cells[1:]], kind.schema.field(column).type)
    )
    assert whole(kind, [altered]) != whole(kind, [table])


def test_not_known_and_zero_have_different_digests():
    kind = OF_RUNS["runs"]
    made = outcome("typed", 0, missions(0))
    nothing = tables_of("typed", [(0, Result(0, 0, made, None))])["runs"]
    zero = tables_of("typed", [(0, Result(0, 0, replace(made, run=made.run._replace(running_cost=0)), None))])["runs"]
    assert whole(kind, [nothing]) != whole(kind, [zero])


def test_the_same_unit_twice_is_refused():
    table = tables_of("typed", [(0, result(outcome("typed", 0, missions(0)), 0))])["runs"]
    total, units = Total("runs"), unit_digests(OF_RUNS["runs"], table)
    total.take(units)
    with pytest.raises(OursError, match="found typed/0 behind typed/0; expected each unit once"):
        total.take(units)


def test_inputs_have_a_digest_by_their_paths():
    points = {0: [1.0], 1: [2.0]}
    one, other = (whole(inputs_kind([path]), [inputs_table([path], points)]) for path in ("a.b", "a.c"))
    assert one != other


def test_the_digest_of_a_folder_is_the_one_in_its_manifest(study):
    assert digest(study.folder) == study.manifest["tables"]
    assert sorted(study.manifest["chunks"]) == sorted(chunk.name for chunk in (study.folder / "chunks").iterdir())


def test_an_altered_chunk_is_told(study, tmp_path):
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(study.folder, copy)
    file = copy / "chunks" / "typed-0-63" / "runs.parquet"
    file.write_bytes(file.read_bytes()[:-40])
    with pytest.raises(TheirsError, match=r"typed-0-63/runs\.parquet: cannot be read"):
        digest(copy)


# --- complete or absent


def test_a_folder_is_hidden_until_it_is_whole(tmp_path):
    folder = RunFolder(tmp_path / "made", {"policies": []}, "id: x\n")
    assert not (tmp_path / "made").exists()
    manifest = json.loads((folder.part / "manifest.json").read_text())
    assert (manifest["status"], manifest["schema_version"]) == ("running", 2)
    folder.finish({"failed": 0})
    assert [path.name for path in tmp_path.iterdir()] == ["made"]
    assert json.loads((tmp_path / "made" / "manifest.json").read_text())["status"] == "complete"


def test_what_is_discarded_leaves_nothing(tmp_path):
    folder = RunFolder(tmp_path / "made", {}, "id: x\n")
    write_chunk(folder.chunks, "typed-0-0", tables_of("typed", [(0, result("ValueError: no", 0))]))
    folder.discard()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("there", ["file", "folder", "link"])
def test_what_is_at_the_place_is_left_as_it_is(tmp_path, there):
    place = tmp_path / "made"
    if there == "file":
        place.write_text("mine")
    elif there == "folder":
        place.mkdir()
    else:
        place.symlink_to(tmp_path / "nowhere")
    with pytest.raises(TheirsError, match="something is there already"):
        RunFolder(place, {}, "id: x\n")
    assert [path.name for path in tmp_path.iterdir()] == ["made"]


def test_a_place_taken_while_it_ran_is_left_as_it_is(tmp_path):
    folder = RunFolder(tmp_path / "made", {}, "id: x\n")
    (tmp_path / "made").mkdir()
    with pytest.raises(TheirsError, match="something is there already"):
        folder.finish({})


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_may_not_be_written_is_told(tmp_path):
    (tmp_path / "locked").mkdir(mode=0o500)
    with pytest.raises(TheirsError, match="cannot be written"):
        RunFolder(tmp_path / "locked" / "made", {}, "id: x\n")


def test_a_file_where_a_folder_should_be_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(TheirsError, match=r"made: cannot be written \(.*\); .* Name another with --out DIR"):
        RunFolder(tmp_path / "file" / "made", {}, "id: x\n")


def test_only_a_complete_run_folder_opens(tmp_path):
    with pytest.raises(TheirsError, match="no run folder"):
        load(tmp_path)
    folder = RunFolder(tmp_path / "made", {}, "id: x\n")
    with pytest.raises(TheirsError, match="found a study that is 'running'"):
        load(folder.part)
    (folder.part / "manifest.json").write_text('{"schema_version": 99}')
    with pytest.raises(TheirsError, match="found schema_version 99; expected 2"):
        load(folder.part)


def test_a_run_folder_is_named_by_scenario_time_and_study():
    assert (
        folder_name("tiny", datetime.datetime(2027, 4, 1, 0, 0, 5), "abcdef0123456789")
        == "tiny-20270401-000005-abcdef01"
    )


# --- the spreadsheet


def test_no_cell_of_the_summary_runs_as_a_formula(tmp_path):
    folder = RunFolder(tmp_path / "made", {}, "id: x\n")
    cells = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "plain", -3, None, 2.5]
    folder.write_summary(["a"] * len(cells), [cells])
    with (folder.part / "summary.csv").open(newline="") as file:
        read = list(csv.reader(file))[1]
    assert read == ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\tx", "plain", "-3", "", "2.5"]


# --- columns


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([1, -2, 2**62], pa.int64()), ([1, None, 3], pa.int64()), ([0.5, None], pa.float64()),
        ([True, None, False] * 5, pa.bool_()), (["a", None, "", "日本", "a"], pa.string()), ([], pa.int64()),
        ([], pa.string()), ([None], pa.string()),
    ],
)  # fmt: skip
def test_a_column_keeps_every_value_and_what_is_not_known(values, kind):
    made = arrow_of(values, kind)
    made.validate(full=True)
    assert made.to_pylist() == values
    assert made.cast(kind).equals(pa.array(values, kind))
    if kind == pa.string():
        words, codes = words_of(made)
        assert [words[code] for code in codes] == [value or "" for value in values]
    else:
        assert numbers_of(made).tolist() == [value or 0 for value in values]
        assert numbers_of(made.slice(1)).tolist() == [value or 0 for value in values[1:]]


@pytest.mark.parametrize(
    ("values", "kind"), [([1, 2.5], pa.int64()), ([True], pa.int64()), ([1], pa.bool_()), ([1], pa.string())]
)
def test_a_value_of_another_kind_is_refused(values, kind):
    with pytest.raises(TypeError, match="found values of type"):
        arrow_of(values, kind)


def test_a_worker_starts_without_pandas():
    script = (
        "import sys\n"
        "from sim.store import Result, tables_of, unit_digests\n"
        "from sim.store.tables import OF_RUNS\n"
        "import sim.study.workers\n"
        "tables = tables_of('typed', [(0, Result(0, 0, None, 'ValueError: no'))])\n"
        "unit_digests(OF_RUNS['runs'], tables['runs'])\n"
        "print(sorted({'pandas', 'scipy', 'pydantic', 'typer', 'rich'} & set(sys.modules)))\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], cwd=TOP, capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
