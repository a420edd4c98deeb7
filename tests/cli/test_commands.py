"""The commands as somebody types them: what they print, their exit codes, and what they leave behind."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sim.store.tables import INPUTS, OF_RUNS
from tests.cli.typed import BASELINE, TINY, TOP, failing
from tests.rooms.study.handmade import mission_row, outcome, stored, tiny

# --- help and usage


def test_help_names_every_command_and_ends_with_0(say):
    said = say("--help")
    assert said.code == 0
    for command in ("run", "validate", "show", "replay", "digest", "schema", "fit"):
        assert f"\n  {command} " in said.out


@pytest.mark.parametrize("command", ["run", "validate", "show", "replay", "digest", "schema", "fit"])
def test_every_command_has_help(say, command):
    said = say(command, "--help")
    assert said.code == 0
    assert said.out.startswith(f"Usage: run_sim.py {command}")


@pytest.mark.parametrize(
    "typed",
    [
        ("rum", TINY), ("run",), ("run", TINY, "--replications", "many"), ("run", TINY, "--polcy", "typed"),
        ("run", TINY, "--policy", "tiped"), ("run", TINY, "-n", "0"), ("run", TINY, "--workers", "0"),
        ("run", TINY, "--seed", "-1"), ("run", "nowhere.yaml"), ("run", TINY, "--set", "clock"),
        ("run", TINY, "--shock", "nowhere.yaml"), ("run", TINY, "--at-modes", "--policy", "tiped"),
        ("validate", "nowhere.yaml"), ("show", TINY, "drones"), ("replay", TINY, "--policy", "typed"),
        ("replay", TINY, "--policy", "tiped", "-k", "0"), ("replay", TINY, "--policy", "tiped", "--at-modes"),
        ("replay", TINY, "--policy", "typed", "-k", "-1"), ("digest", "."), ("digest", "nowhere"),
        ("fit", "nowhere.csv"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_ends_with_2_a_sentence_and_no_trace(say, tmp_path, typed):
    said = say(*typed)
    assert said.code == 2
    assert said.out == ""
    assert said.err.strip()
    assert "Traceback" not in said.err
    assert list(tmp_path.iterdir()) == []


def test_the_command_starts_without_what_it_does_not_need():
    heavy = "{'numpy', 'scipy', 'pandas', 'pyarrow', 'simpy', 'matplotlib'}"
    script = (
        "import sys; from sim.cli import main\n"
        f"assert main(sys.argv[1:]) == 0; print(sorted({heavy} & set(sys.modules)))"
    )
    for typed in (["--help"], ["validate", TINY]):
        ran = subprocess.run(
            [sys.executable, "-c", script, *typed], cwd=TOP, capture_output=True, text=True, check=True
        )
        assert ran.stdout.splitlines()[-1] == "[]"


# --- validate, show, schema, fit


def test_a_sound_scenario_is_told_so(say):
    said = say("validate", TINY)
    assert said.code == 0
    assert "no fault, 0 warnings; 2 missions, 3 offers, 2 policies" in said.out


def test_a_warning_is_no_fault(say):
    said = say("validate", TINY, "--set", "missions.small_attack.target={value: 9000, unit: unit}")
    assert said.code == 0
    assert said.lines[0].startswith("warning: missions.small_attack: ")
    assert "short even at best on 2028-03-31" in said.lines[0]


def test_all_faults_of_a_file_come_together_with_their_places(say, tmp_path):
    broken = tmp_path / "broken.yaml"
    text = Path(TINY).read_text()
    broken.write_text(text.replace("lot: 50", "lot: -50").replace("deadline: 2028-03-31", "deadline: soon"))
    said = say("validate", str(broken))
    assert said.code == 2
    faults = said.err.splitlines()
    assert len(faults) >= 2
    assert all(fault.startswith(f"{broken}:") for fault in faults)


def test_show_reads_the_scenario_back(say):
    said = say("show", TINY)
    assert said.code == 0
    assert "Long-endurance" in said.out
    assert "tb2_baykar" in said.out
    assert "Uncertain inputs by confidence:" in said.out
    inputs = say("show", TINY, "inputs")
    assert "parameters.shield_share" in inputs.out
    assert "tb2_baykar" not in say("show", TINY, "missions").out


def test_show_facts_lists_every_row_once(say):
    said = say("show", BASELINE, "--facts")
    rows = len((TOP / "scenarios" / "facts" / "tables.csv").read_text().splitlines()) - 1
    uses = [line.split()[0] for line in said.lines[:rows]]
    assert set(uses) <= {"used", "unused", "elsewhere"}
    assert f"{rows} rows of" in said.out
    assert f"{uses.count('used')} used here" in said.out


def test_another_scenario_does_not_use_what_only_the_baseline_has(say):
    tiny, baseline = say("show", TINY, "--facts").out, say("show", BASELINE, "--facts").out
    assert tiny.count("\nused") < baseline.count("\nused")


def test_fit_prints_the_record_beside_the_scenarios_class(say):
    said = say("fit", str(TOP / "scenarios" / "facts" / "slip_ratios.csv"), "--scenario", TINY)
    assert said.code == 0
    assert "0.256 ± 0.077" in said.out
    assert "us_government_open" in said.out


# --- run


def test_run_prints_the_answer_and_where_the_results_lie(say, undrawn, tmp_path):
    said = say("run", TINY, "-n", "6", "--workers", "1")
    assert (said.code, said.err) == (0, "")
    (stored,) = (tmp_path / "results").iterdir()
    assert said.lines[-1] == f"Results: results/{stored.name}"
    assert stored.name.startswith("tiny-")
    for words in ("Orders typed by hand (typed)", "Chance (95%)", "Weighted fulfilment, mean", " of 6", "not by"):
        assert words in said.out
    assert max(len(line) for line in said.lines) <= 100


def test_json_is_one_line_that_parses(say, undrawn, tmp_path):
    said = say("run", TINY, "-n", "6", "--workers", "1", "--policy", "typed", "--json", "--out", "made")
    assert (said.code, said.err, len(said.lines)) == (0, "", 1)
    found = json.loads(said.out)
    assert (found["folder"], found["failed"]) == ("made", 0)
    chance = next(row for row in found["answer"] if row["measure"] == "chance")
    assert (chance["policy"], chance["n"], chance["N"], chance["level"], chance["kind"]) == (
        "typed",
        6,
        6,
        0.95,
        "wilson",
    )
    assert (tmp_path / "made" / "manifest.json").exists()


def test_the_manifest_keeps_the_command(folder):
    manifest = json.loads((Path(folder) / "manifest.json").read_text())
    assert manifest["command"][0] == "run_sim.py"


def test_a_folder_that_exists_is_refused_and_left(say, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "note").write_text("mine")
    said = say("run", TINY, "-n", "2", "--out", "mine")
    assert said.code == 2
    assert said.err == (
        "mine: something is there already; expected a new folder. It was left as it is: name another with --out DIR.\n"
    )
    assert [path.name for path in tmp_path.rglob("*")] == ["mine", "note"]


def test_a_place_that_cannot_be_written_is_refused(say, tmp_path):
    (tmp_path / "file").write_text("")
    said = say("run", TINY, "-n", "2", "--out", "file/made")
    assert said.code == 2
    assert said.err.startswith("file/made: cannot be written (")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_failed_runs_are_told_beside_the_chances(say, undrawn, monkeypatch):
    failing({0, 3}, monkeypatch)
    said = say("run", TINY, "-n", "6", "--workers", "1", "--policy", "typed")
    assert said.code == 0
    assert "2 of 6 runs failed; chances are bounds over all of them." in said.out
    assert "of 4, 2" in said.out


def test_too_many_failures_end_with_1_and_say_how_to_see_one(say, monkeypatch, tmp_path):
    failing({0, 3, 4}, monkeypatch)
    said = say("run", TINY, "-n", "6", "--workers", "1", "--policy", "typed", "--max-failures", "2")
    assert said.code == 1
    assert "3 of 6 runs failed" in said.err
    assert "run_sim.py replay" in said.err
    assert [path.suffix for path in (tmp_path / "results").iterdir()] == [".part"]  # what is done can be gone on with


def test_at_modes_prints_lots_and_stores_nothing(say, tmp_path):
    said = say("run", TINY, "--at-modes", "--policy", "typed")
    assert said.code == 0
    assert "tb2_baykar#1: 6 of TB2 from Baykar" in said.out
    assert "decided 2026-04-11 · signed 2026-12-07 · permit 2027-01-21" in said.out
    assert max(len(line) for line in said.lines) <= 100
    assert list(tmp_path.iterdir()) == []
    found = json.loads(say("run", TINY, "--at-modes", "--policy", "typed", "--json").out)
    order = next(each for each in found["at_modes"]["typed"] if each["contract"] == "tb2_baykar#1")
    assert (order["signed"], order["lots"][0]["left"]) == ("2026-12-07", "2028-02-25")


def test_a_setting_changes_the_run(say):
    late = say("run", TINY, "--at-modes", "--policy", "typed", "--set", "offers.tb2_baykar.promise.first_days=100")
    assert "2028-02-25" not in next(line for line in late.lines if line.startswith("  1") and "  6 " in line)


# --- replay and digest


def test_replay_of_a_folder_says_that_it_is_the_same_run(say, folder):
    said = say("replay", folder, "--policy", "typed", "--replication", "3")
    assert said.code == 0
    assert said.lines[-1] == "The ledger is the one that was stored."
    assert said.lines[0].startswith("2025-04-01  ")


def test_a_ledger_that_is_not_the_stored_one_is_told_and_ends_with_1(say, tmp_path):
    missions = [mission_row("small_attack", 1, 1), mission_row("wide_area_surveillance", 1, 1)]
    stored(tmp_path / "made", tiny(), {"typed": [outcome("typed", 0, missions)]})  # its digest is written by hand
    said = say("replay", "made", "--policy", "typed", "-k", "0")
    assert said.code == 1
    assert said.lines[-1].startswith("The ledger differs from the one that was stored")


def test_replay_of_a_scenario_tells_the_same_run(say, folder):
    stored = say("replay", folder, "--policy", "typed", "-k", "3", "--all").lines[:-1]
    assert say("replay", TINY, "--policy", "typed", "-k", "3", "--all").lines == stored


def test_replay_at_modes(say):
    said = say("replay", TINY, "--policy", "typed", "--at-modes")
    assert said.code == 0
    assert any(line.startswith("2026-04-11  The buyer decides on 6 of TB2 from Baykar") for line in said.lines)


def test_a_stored_run_has_its_own_seed(say, folder):
    said = say("replay", folder, "--policy", "typed", "-k", "3", "--seed", "5")
    assert said.code == 2
    assert "a stored run has its own seed" in said.err


def test_digest_prints_every_table_and_finds_an_altered_one(say, folder, tmp_path):
    import shutil

    said = say("digest", folder)
    assert said.code == 0
    assert [line.split()[1] for line in said.lines] == [*OF_RUNS, INPUTS]
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    shutil.copy(copy / "chunks/typed-0-5/money.parquet", tmp_path / "kept")
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest["tables"]["money"] = "0" * 64
    (copy / "manifest.json").write_text(json.dumps(manifest))
    altered = say("digest", str(copy))
    assert altered.code == 1
    assert "money  ALTERED since it was stored" in altered.out
    assert json.loads(say("digest", str(copy), "--json").out)["altered"] == ["money"]


# --- our own faults


@pytest.fixture
def broken(monkeypatch):
    def load(*_: object) -> None:
        raise KeyError("a fault of ours")

    monkeypatch.setattr("sim.scenario.load.load", load)


def test_a_fault_of_ours_is_one_line_and_exit_1(say, broken):
    said = say("validate", TINY)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("The program is at fault: KeyError: 'a fault of ours'.")
    assert len(said.err.splitlines()) == 1


@pytest.mark.parametrize("typed", [("--debug", "validate", TINY), ("validate", TINY, "--debug")])
def test_debug_shows_where_it_arose(say, broken, typed):
    said = say(*typed)
    assert said.code == 1
    assert "Traceback" in said.err
    assert "KeyError" in said.err


def test_the_keyboard_ends_with_130(say, monkeypatch):
    def load(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.scenario.load.load", load)
    said = say("validate", TINY)
    assert (said.code, said.out, said.err) == (130, "", "Interrupted; nothing was stored.\n")
    kept = say("sensitivity", TINY, "--policy", "typed", "--keep", "kept")
    told = "Interrupted; runs that were done are kept, and the same command goes on.\n"
    assert (kept.code, kept.out, kept.err) == (130, "", told)


# --- the Python face


def test_the_python_face_gives_what_the_command_gives(tmp_path, folder):
    import sim

    study = sim.run(TINY, replications=6, out=tmp_path / "made")
    assert study.manifest["tables"] == sim.load(folder).manifest["tables"]
    assert study.missions.shape[0] == 6 * 2 * 2
    assert "run" in dir(sim)
    with pytest.raises(AttributeError, match=r"no attribute 'rum'. Known: load, run"):
        _ = sim.rum
