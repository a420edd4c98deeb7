"""The small courtesies of the terminal: what was set, what was refused, what is shown again, a pipe that closes."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.typed import BASELINE, TINY, TOP

RUN = [sys.executable, str(TOP / "run_sim.py")]
UNDRAWN = [sys.executable, "undrawn.py"]
"""The same program without the pictures of its reports: what is tested is where the bytes go, not how they are made."""


@pytest.fixture
def undrawn_here(tmp_path) -> None:
    (tmp_path / "undrawn.py").write_text(
        "import runpy, sys\n"
        f"sys.path.insert(0, {str(TOP)!r})\n"
        "from sim.report import files\n"
        "files.pictures_of = lambda material: ()\n"
        f"runpy.run_path({RUN[1]!r}, run_name='__main__')\n"
    )


def words(text: str) -> str:
    return " ".join(text.split())


# --- settings by hand


def test_what_was_set_is_told_with_its_unit_and_what_it_was(say):
    said = say("validate", TINY, "--set", "offers.tb2_baykar.price=12", "--set", "clock.deadline=2028-06-30")
    assert said.code == 0
    assert said.err.splitlines() == [
        "Set offers.tb2_baykar.price to 12 m USD; it was low 5.0, mode 11.3, high 17.8 m USD.",
        "Set clock.deadline to 2028-06-30; it was 2028-03-31.",
    ]
    assert "Set" not in said.out


@pytest.mark.parametrize(
    ("setting", "kind", "hint"),
    [
        ("missions.smal_attack.target=100", "mission", "Did you mean 'small_attack'?"),
        ("offers.tb2_bykar.price=100", "offer", "Did you mean 'tb2_baykar'?"),
        ("policies.quantity_frist.levers.tenders_prepared_days=100", "policy", "Did you mean 'quantity_first'?"),
        ("parameters.shield_shar=0.5", "parameter", "Did you mean 'shield_share'?"),
        ("budget.lines.survellance.title=x", "budget line", "Did you mean 'surveillance'?"),
        ("offers.tb2_bykar=null", "offer", "Did you mean 'tb2_baykar'?"),
    ],
)
def test_a_misspelled_name_is_one_fault_with_the_nearest(say, setting, kind, hint):
    said = say("validate", TINY, "--set", setting)
    assert said.code == 2
    (fault,) = said.err.splitlines()
    assert f"expected the name of a known {kind}. {hint}" in fault
    assert fault.startswith(f"--set {setting}: ")


def test_a_whole_new_entry_is_no_slip_of_the_pen(say):
    said = say("validate", TINY, "--set", "parameters.mine={value: 0.5, unit: share}")
    assert (said.code, said.err) == (0, "Set parameters.mine to 0.5 share; there was nothing.\n")


# --- what is refused and what is shown


@pytest.mark.parametrize("typed", [("-n", "5"), ("--seed", "3"), ("--out", "x"), ("--workers", "1"), ("--no-report",)])
def test_at_modes_refuses_what_it_has_no_use_for(say, tmp_path, typed):
    said = say("run", TINY, "--at-modes", "--policy", "typed", *typed)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("run --at-modes: found --")
    assert list(tmp_path.iterdir()) == []


def test_the_version_is_told(say):
    said = say("--version")
    assert said.code == 0
    name, number, *python = said.out.split()
    assert name == "drone-procurement-sim"
    assert number[0].isdigit()
    assert python[0] == "(Python"


def test_a_scenario_is_told_to_machines_as_to_people(say):
    found = json.loads(say("show", TINY, "--json").out)
    assert [of["mission"] for of in found["missions"]] == ["small_attack", "wide_area_surveillance"]
    assert {of["offer"] for of in found["offers"]} == {"tb2_baykar", "drone40_defendtex", "switchblade_300"}
    assert "inputs" not in found
    inputs = json.loads(say("show", TINY, "inputs", "--json").out)["inputs"]
    assert sum(json.loads(say("show", TINY, "--json").out)["confidences"]["uncertain"].values()) == len(inputs)
    facts = json.loads(say("show", BASELINE, "--facts", "--json").out)["facts"]
    assert len(facts) == len((TOP / "scenarios" / "facts" / "tables.csv").read_text().splitlines()) - 1


def test_the_answer_is_shown_again_with_where_it_lies(say, folder):
    said = say("show", folder)
    assert said.code == 0
    assert said.lines[-1] == f"Results: {folder}"
    assert "Report:" not in said.out
    assert said.out.count("As a whole") == 2
    rows = json.loads(say("show", folder, "--json").out)
    assert (rows["folder"], rows["report"]) == (folder, None)


def test_one_future_is_not_told_as_if_it_were_many(say):
    said = say("run", TINY, "-n", "1", "--workers", "1", "--policy", "typed", "--out", "made")
    assert said.lines[1].startswith("One future; as of 2025-08-26")
    assert "in the one run" in said.out
    assert "The same in every run" not in said.out
    assert "One future says what can happen and not how likely it is." in words(said.out)
    page = Path("made/report.html").read_text()
    assert "In this one future, " in page
    assert "1 futures" not in page and "1 of 1 futures" not in page


# --- a closed pipe, a full disk


@pytest.mark.parametrize("typed", [["show", TINY, "inputs"], ["schema"], ["--help"]])
def test_whoever_reads_only_the_first_line_makes_no_error(typed):
    command = " ".join([*RUN, *typed])
    script = f"{command} | head -n 1 > /dev/null; exit ${{PIPESTATUS[0]}}"
    ran = subprocess.run(["bash", "-c", script], cwd=TOP, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_a_run_that_nobody_reads_is_stored_with_its_report(undrawn_here, tmp_path):
    command = " ".join([*UNDRAWN, "run", TINY, "-n", "2", "--workers", "1", "--policy", "typed", "--out", "made"])
    script = f"{command} | true; exit ${{PIPESTATUS[0]}}"
    ran = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert (tmp_path / "made" / "report.html").exists()


def _limited(program: list[str], room: Path, most_bytes: int, *typed: str) -> subprocess.CompletedProcess[str]:
    """A command that may write no file larger than so much: what a full disk looks like from inside."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))

    command = [*program, *typed]
    return subprocess.run(command, cwd=room, capture_output=True, text=True, check=False, preexec_fn=limit)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_disk_that_is_full_ends_a_run_with_one_sentence_and_nothing_left(tmp_path, workers):
    ran = _limited(RUN, tmp_path, 4096, "run", TINY, "-n", "5", "--workers", workers, "--no-report", "--out", "made")
    assert (ran.returncode, ran.stdout) == (2, "")
    (told,) = ran.stderr.splitlines()
    assert told.startswith("made: cannot be written (File too large); expected a place with room")
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_is_full_leaves_the_report_that_was_there(undrawn_here, tmp_path, folder):
    shutil.copytree(folder, tmp_path / "made")
    (tmp_path / "made" / "report.html").write_text("old")
    before = sorted(path.name for path in (tmp_path / "made").iterdir())
    ran = _limited(UNDRAWN, tmp_path, 4096, "report", "made")
    assert (ran.returncode, ran.stdout) == (2, "")
    (told,) = ran.stderr.splitlines()
    assert told.startswith("made: the report cannot be written (File too large)")
    assert (tmp_path / "made" / "report.html").read_text() == "old"
    assert sorted(path.name for path in (tmp_path / "made").iterdir()) == before
