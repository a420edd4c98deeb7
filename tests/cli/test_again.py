"""The commands about what was run before: the same again, and two beside each other."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.typed import TINY

SEATS = "policies.quantity_first.seats.0.extra_share=100"


@pytest.fixture
def seats(tmp_path) -> str:
    """The tiny scenario with more seats, as a file."""
    text = Path(TINY).read_text()
    assert text.count("extra_share: {value: 25") == 1
    (tmp_path / "seats.yaml").write_text(text.replace("extra_share: {value: 25", "extra_share: {value: 100"))
    shutil.copytree(Path(TINY).parent / "facts", tmp_path / "facts")
    return "seats.yaml"


def test_a_folder_reproduces_itself(say, folder):
    said = say("reproduce", folder, "--workers", "1")
    assert (said.code, said.err) == (0, "")
    assert said.lines[0].startswith("Identical: ")
    assert said.lines[0].endswith(" tables of 12 runs, row by row.")
    assert json.loads(say("reproduce", folder, "--workers", "1", "--json").out)["identical"] is True


def test_a_folder_that_does_not_says_where_and_ends_with_1(say, bare):
    said = say("reproduce", str(bare), "--workers", "1")  # future 4 failed when it was run, and does not now
    assert said.code == 1
    assert "Differs: runs of typed in 1 of 6 replications: 4." in said.lines
    assert f"See one: run_sim.py replay {bare} --policy quantity_first -k 4" in said.lines


def test_two_files_are_told_apart_in_what_they_say_and_what_follows(say, seats):
    said = say("diff", TINY, seats, "-n", "8", "--workers", "1", "--policies", "quantity_first")
    assert said.code == 0
    assert "Inputs: one value differs." in said.lines
    assert "  policies.quantity_first.seats.0.extra_share: 25 percent -> 100 percent" in said.lines
    assert any(line.startswith("Ledgers differ in ") and line.endswith(" of 8 futures.") for line in said.lines)
    assert "weighted fulfilment" in said.out
    only = say("diff", TINY, seats, "--inputs")
    assert "weighted fulfilment" not in only.out
    raw = json.loads(say("diff", TINY, seats, "--inputs", "--json").out)
    assert raw["inputs"][0]["second"] == "100 percent"


def test_two_folders_are_told_apart(say, folder, bare):
    said = say("diff", folder, str(bare))
    assert said.code == 0
    assert "Inputs: no values differ." in said.lines
    assert "Ledgers differ in 1 of 6 futures." in said.lines
    assert "5 of 6" in said.out


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("diff", "{}", TINY), "expected two of one kind"),
        (("diff", "{}", "{}", "-n", "4"), "stored runs have their own futures"),
        (("diff", "{}", "{}", "--policies", "typd"), "no policy 'typd' in both. Did you mean 'typed'?"),
        (("diff", TINY, "nowhere.yaml"), "nowhere.yaml"),
        (("reproduce", TINY), "no run folder"),
        (("reproduce", "nowhere"), "no run folder"),
    ],
)
def test_what_cannot_be_done_is_a_sentence_and_exit_2(say, folder, typed, told):
    said = say(*(each.format(folder) for each in typed))
    assert (said.code, said.out) == (2, "")
    assert told in said.err
    assert "Traceback" not in said.err


# --- runs worth reading


def test_the_typical_runs_come_with_the_command_that_tells_them(say, bare):
    said = say("typical", str(bare), "--policies", "typed")
    assert said.code == 0
    assert said.lines[0] == "Orders typed by hand (typed)"
    commands = [line.strip() for line in said.lines if line.strip().startswith("run_sim.py ")]
    assert len(commands) == 3
    told = say(*commands[0].split()[1:])
    assert told.lines[-1] == "The ledger is the one that was stored."
    rows = json.loads(say("typical", str(bare), "--json").out)["typical"]
    assert [each["of"] for each in rows["typed"]][:2] == ["median", "worst tenth"]


@pytest.mark.parametrize("place", ["{}", TINY])
def test_two_policies_are_told_apart_on_one_future(say, folder, place):
    said = say("replay", place.format(folder), "--compare", "typed", "quantity_first", "-k", "3")
    assert said.code == 0
    assert said.lines[0].startswith("Until 2026-04-11 they are one: ")
    assert "Only Orders typed by hand (typed)" in said.lines
    assert "In service: typed" in said.out
    same = say("replay", place.format(folder), "--compare", "typed", "typed", "-k", "3")
    assert "have one ledger of this future" in same.out


@pytest.mark.parametrize(
    "typed",
    [("-k", "3"), ("--policy", "typed", "--compare", "typed", "quantity_first", "-k", "3"),
     ("--compare", "typed", "quick_first", "-k", "3"), ("--compare", "typed", "quantity_first", "-k", "77")],
)  # fmt: skip
def test_replay_wants_one_policy_or_two_that_are_there(say, folder, typed):
    said = say("replay", folder, *typed)
    assert (said.code, said.out) == (2, "")
    assert said.err.count("\n") == 1


def test_a_run_is_drawn_with_its_numbers_beside_it(say, folder, tmp_path):
    said = say("replay", folder, "--policy", "typed", "-k", "3", "--gantt", "run.svg")
    assert said.code == 0
    assert said.lines[1] == "  run.svg"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["run.csv", "run.svg"]
    again = say("replay", TINY, "--policy", "typed", "-k", "3", "--gantt", "run.svg")
    assert again.code == 2
    assert "something is there already" in again.err
