"""The commands that ask why, as somebody types them: what they print, what they keep, what they refuse."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

import pytest

from sim.cli import main
from sim.cli.causes import COMMANDS

TOP = Path(__file__).resolve().parents[2]
TINY = str(TOP / "scenarios" / "tiny.yaml")
LATE = str(TOP / "scenarios" / "shocks" / "budget_late.yaml")
QUICK = ("-n", "3", "--workers", "1")
OF_A_SCENARIO = {
    "robustness": ("--shock", LATE),
    "bottlenecks": ("--policy", "typed", "--limit", "money", "--limit", "parts"),
    "slopes": ("--policy", "typed", "--only", "seats"),
    "deadlines": ("--offer", "drone40_defendtex", "--every", "12"),
    "quality": ("--policy", "quantity_first", "--shares", "2"),
}
OF_A_FOLDER = {
    "waterfall": ("--policies", "typed"),
    "confidence": ("--policy", "typed", "--mission", "small_attack"),
    "aftermath": (),
}


class Said:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def say(capsys, monkeypatch, tmp_path):
    """Run a command in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Said:
        code = main(arguments)
        captured = capsys.readouterr()
        return Said(code, captured.out, captured.err)

    return run


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> str:
    """A stored study of four replications."""
    place = tmp_path_factory.mktemp("causes") / "study"
    assert main(["run", TINY, "-n", "4", "--workers", "1", "--out", str(place), "--no-report"]) == 0
    return str(place)


@pytest.fixture(scope="module")
def single(tmp_path_factory) -> str:
    """A stored study of one replication."""
    place = tmp_path_factory.mktemp("single") / "study"
    assert main(["run", TINY, "-n", "1", "--workers", "1", "--out", str(place), "--no-report"]) == 0
    return str(place)


def typed(name: str, folder: str) -> tuple[str, ...]:
    if name in OF_A_SCENARIO:
        return (name, TINY, *QUICK, *OF_A_SCENARIO[name])
    return (name, folder, *OF_A_FOLDER[name])


def test_every_command_is_one_of_these():
    assert {command.NAME for command in COMMANDS} == {*OF_A_SCENARIO, *OF_A_FOLDER}


@pytest.mark.parametrize("name", [*OF_A_SCENARIO, *OF_A_FOLDER])
def test_it_prints_tables_and_keeps_them_with_their_figure(say, folder, tmp_path, name):
    said = say(*typed(name, folder), "--out", "kept")
    assert said.code == 0, said.err
    assert name != "waterfall" or (tmp_path / "kept" / "figures" / "waterfall-suppliers-typed.png").is_file()
    assert said.out.startswith("Two missions, three offers, two budget lines\n")
    assert "futures; seed 1" in said.out
    assert (tmp_path / "kept" / "findings" / f"{name}.json").is_file()
    figures = sorted(path.suffix for path in (tmp_path / "kept" / "figures").iterdir())
    assert figures and set(figures) == {".csv", ".png", ".svg"}
    if name in OF_A_SCENARIO:
        assert " runs, " in said.err and " in 3 futures: " in said.err  # the cost, told first


ONE: Final = re.compile(
    r"(?<![\d.,])1 (?:cases|days|futures|inputs|minutes|missions|policies|replications|runs|workers)\b"
)


@pytest.mark.parametrize("name", [*OF_A_SCENARIO, *OF_A_FOLDER])
def test_one_of_anything_is_told_as_one(say, tmp_path, single, name):
    said = say(*typed(name, single), *(("-n", "1") if name in OF_A_SCENARIO else ()), "--out", "kept")
    assert said.code == 0, said.err
    assert not ONE.findall(f"{said.out}{said.err}")
    pictures = [path.read_text() for path in (tmp_path / "kept" / "figures").glob("*.svg")]
    assert pictures
    assert not [found for picture in pictures for found in ONE.findall(picture)]


def test_the_cost_of_one_run_is_told_in_the_singular(say):
    said = say("bottlenecks", TINY, "-n", "1", "--workers", "1", "--policy", "typed", "--limit", "money", "--no-pairs")
    assert said.err.startswith("2 cases in 1 future: 2 runs, less than a minute on 1 worker. ")
    said = say("validate", TINY)
    assert "no fault, 0 warnings; 2 missions" in said.out


@pytest.mark.parametrize("name", ["bottlenecks", "deadlines", "confidence", "waterfall"])
def test_a_machine_gets_one_line_with_every_interval_complete(say, folder, tmp_path, name):
    said = say(*typed(name, folder), "--json")
    assert said.code == 0
    assert said.out.count("\n") == 1
    found = json.loads(said.out)
    assert found["about"]["scenario"] == "tiny"
    assert found["folder"] is None
    tables = [rows for key, rows in found.items() if isinstance(rows, list) and rows and "low" in rows[0]]
    tables += [rows for key, rows in found.items() if key == "dates"]
    assert tables
    assert all({"n", "N", "level", "kind"} <= set(row) for rows in tables for row in rows)
    assert list(tmp_path.iterdir()) == []


def test_a_finding_joins_the_study_it_explains(say, folder):
    assert say("confidence", folder, "--policy", "typed", "--out", folder).code == 0
    said = say("plot", folder, "findings")
    assert said.code == 0
    assert "confidence-typed.png" in said.out


def test_slopes_look_at_what_they_are_asked_for_and_say_what_that_costs(say):
    said = say("slopes", TINY, *QUICK, "--policy", "quantity_first", "--only", "margin", "--json")
    assert {row["handle"] for row in json.loads(said.out)["slopes"]} == {"margin"}
    assert said.err.startswith("6 cases in 3 futures: 18 runs")


def test_the_policy_is_the_best_on_search_futures_where_none_is_named(say):
    said = say("bottlenecks", TINY, *QUICK, "--no-pairs", "--limit", "losses", "--json")
    assert json.loads(said.out)["about"]["policy"] == "quantity_first"


def test_one_kind_of_decision_costs_less_and_is_all_that_is_told(say):
    every = say("deadlines", TINY, *QUICK, "--every", "12", "--json")
    one = say("deadlines", TINY, *QUICK, "--every", "12", "--json", "--decision", "signing")
    kinds = [{row["decision"] for row in json.loads(said.out)["dates"]} for said in (every, one)]
    assert kinds == [{"order", "signing"}, {"signing"}]
    most = [int(said.err.split(" cases")[0].removeprefix("at most ").replace(",", "")) for said in (every, one)]
    assert most[1] < most[0]


@pytest.mark.parametrize(
    "typed_",
    [
        ("robustness", TINY), ("robustness", TINY, "--shock", LATE, "--enough", "2"),
        ("robustness", TINY, "--shock", LATE, "--policies", "tiped"), ("robustness", TINY, "--shock", "nowhere.yaml"),
        ("robustness", TINY, "--shock", LATE, "--shock", LATE),
        ("bottlenecks", TINY, "--policy", "tiped"), ("bottlenecks", TINY, "--policy", "typed", "--limit", "mony"),
        ("bottlenecks", TINY, "-n", "0"), ("slopes", TINY, "--policy", "typed", "--step", "0"),
        ("slopes", TINY, "--policy", "typed", "--only", "subsidy"),
        ("deadlines", TINY, "--offer", "drone"), ("deadlines", TINY, "--quantity", "1"),
        ("deadlines", TINY, "--confidence", "80"), ("deadlines", TINY, "--every", "0"),
        ("deadlines", TINY, "--decision", "seat"), ("deadlines", TINY, "--policy", "typed", "--decision", "subsidies"),
        ("deadlines", TINY, "--whole-plan"), ("deadlines", TINY, "--policy", "typed", "--quantity", "100"),
        ("quality", TINY, "--policy", "typed"), ("quality", TINY, "--shares", "1"),
        ("confidence", "nowhere"), ("waterfall", "."), ("aftermath", "nowhere"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_ends_with_2_a_sentence_and_no_trace(say, tmp_path, typed_):
    said = say(*typed_)
    assert said.code == 2
    assert said.out == ""
    assert said.err.strip() and "Traceback" not in said.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "options",
    [
        ("--policy", "tiped"), ("--mission", "watch"), ("--day", "soon"), ("--wanted", "70"), ("--quantity", "5"),
    ],
)  # fmt: skip
def test_what_the_folder_does_not_have_is_refused(say, folder, options):
    said = say("confidence", folder, *options)
    assert said.code == 2
    assert said.out == ""
    assert say("aftermath", folder, "--floor", "0").code == 2
    assert say("waterfall", folder, "--policies", "tiped").code == 2
