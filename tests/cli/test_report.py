"""The report at the command line: at the end of a run, again from its folder, and one figure at a time."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from sim.cli import main
from sim.report import files
from tests.cli.typed import TINY, failing

TYPED = ("--policy", "typed")


@pytest.fixture(scope="module")
def reported(tmp_path_factory) -> Path:
    """A run with its report, of which one of six runs failed."""
    place = tmp_path_factory.mktemp("reported") / "study"
    with pytest.MonkeyPatch.context() as patch:
        failing({4}, patch)
        assert main(["run", TINY, "-n", "6", "--workers", "1", "--out", str(place)]) == 0
    return place


def test_a_run_ends_with_its_report_and_the_tables_are_the_same(reported, bare):
    assert not (bare / "report.html").exists() and not (bare / "figures").exists()
    assert "5 of 6" in (reported / "report.html").read_text()
    page = (reported / "report.html").read_text()
    assert len(list((reported / "figures").iterdir())) == 3 * page.count("<figure ") >= 3 * 7
    first, second = (json.loads((place / "manifest.json").read_text()) for place in (reported, bare))
    assert first["tables"] == second["tables"]


def test_the_report_can_be_written_again_from_the_folder_alone(say, reported, tmp_path):
    copy = tmp_path / "study"
    shutil.copytree(reported, copy)
    (copy / "report.html").unlink()
    shutil.rmtree(copy / "figures")
    said = say("report", "study")
    assert (said.code, said.err, said.lines) == (0, "", ["Report: study/report.html"])
    assert (copy / "report.html").read_bytes() == (reported / "report.html").read_bytes()
    assert say("digest", "study").code == 0


def test_the_resolved_scenario_gives_the_digests_that_the_page_tells(say, reported, monkeypatch):
    failing({4}, monkeypatch)
    size = ("--replications", "6", "--seed", "1", "--policy", "quantity_first", *TYPED)
    said = say(
        "run", str(reported / "scenario.resolved.yaml"), *size, "--workers", "1", "--no-report", "--out", "again"
    )
    assert said.code == 0
    again = json.loads(Path("again/manifest.json").read_text())["tables"]
    assert again == json.loads((reported / "manifest.json").read_text())["tables"]


def test_json_says_where_the_report_is(say, undrawn):
    said = say("run", TINY, "-n", "2", "--workers", "1", *TYPED, "--json", "--out", "made")
    assert (said.code, len(said.lines)) == (0, 1)
    assert json.loads(said.out)["report"] == "made/report.html"
    said = say("run", TINY, "-n", "2", "--workers", "1", *TYPED, "--json", "--no-report", "--out", "other")
    assert json.loads(said.out)["report"] is None


def test_a_report_that_cannot_be_written_loses_no_results(say, undrawn, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "_fill", full)
    said = say("run", TINY, "-n", "2", "--workers", "1", *TYPED, "--out", "made")
    assert (said.code, said.lines[-1]) == (2, "Results: made")
    assert said.err.startswith("made: the report cannot be written (No space left on device)")
    assert say("digest", "made").code == 0
    assert not Path("made/report.html").exists()


@pytest.mark.parametrize("typed", [("report",), ("run", TINY, "-n", "2", "--workers", "1", *TYPED, "--out", "made")])
def test_ctrl_c_while_the_report_is_written_says_that_the_results_are_whole(say, monkeypatch, bare, typed):
    def stop(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(files, "pictures_of", stop)
    folder = "made" if typed[0] == "run" else str(bare)
    said = say(*typed, *(() if typed[0] == "run" else (folder,)))
    assert said.code == 130
    assert said.err == (
        f"Interrupted while the report was written; the results are whole. Write it with: run_sim.py report {folder}\n"
    )
    assert say("digest", folder).code == 0


def test_plot_draws_one_figure_and_says_what_it_shows(say, bare):
    said = say("plot", str(bare), "fan", *TYPED, "--mission", "small_attack", "--out", "mine.png")
    assert (said.code, said.err, len(said.lines)) == (0, "", 2)
    assert said.lines[0].startswith("Small attack: ") and " of 5 futures " in said.lines[0]
    assert said.lines[1] == "  mine.png"
    assert sorted(path.name for path in Path().iterdir()) == ["mine.csv", "mine.png"]


def test_plot_puts_figures_into_the_folder(say, bare, tmp_path):
    shutil.copytree(bare, tmp_path / "study")
    said = say("plot", "study", "fan", *TYPED)
    assert said.lines[1::2] == ["  study/figures/fan-typed.png"]
    assert len(list(Path("study/figures").iterdir())) == 3


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("plot", "{}", "fam"), "no figure 'fam'. Did you mean 'fan'? Known: chance, fan, missing"),
        (("plot", "{}", "fan", "--policy", "tiped"), "no policy 'tiped' in this study. Did you mean 'typed'?"),
        (("plot", "{}", "fan", "--mission", "x"), "no mission 'x' in this study."),
        (("plot", "{}", "cost", "--out", "y.gif"), "expected a name that ends in .png or .svg"),
        (("plot", "nowhere", "fan"), "nowhere: no run folder"),
        (("report", "nowhere"), "nowhere: no run folder"),
        (("report",), "Missing argument"),
        (("plot", "{}"), "Missing argument"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_2(say, bare, typed, told):
    said = say(*(each.format(bare) for each in typed))
    assert (said.code, said.out) == (2, "")
    assert told in said.err
    assert "Traceback" not in said.err
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize("command", ["report", "plot"])
def test_both_have_help_that_loads_nothing_heavy(say, command):
    said = say(command, "--help")
    assert said.code == 0
    assert said.out.startswith(f"Usage: run_sim.py {command}")
