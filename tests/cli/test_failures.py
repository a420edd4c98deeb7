"""Three of fifty runs failed, and every command says so: n of N beside the numbers, bounds where they apply."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path

import pytest

import sim
from sim.report.figures import figure_names
from sim.study.statistics import wilson
from tests.cli.conftest import LOST
from tests.cli.typed import TINY, failing

POLICIES = ("quantity_first", "typed")


@pytest.fixture
def copy(lossy, tmp_path) -> Path:
    """The study in the empty folder."""
    return Path(shutil.copytree(lossy, tmp_path / "study"))


def words(text: str) -> str:
    return " ".join(text.split())


def test_the_batch_goes_on_and_each_failed_run_is_a_row(lossy):
    study = sim.load(lossy)
    failed = study.runs[study.runs.status == "failed"]
    assert sorted(failed.replication) == sorted([*LOST, *LOST])
    assert set(failed.error) == {"RuntimeError: the test fails it"}
    assert study.manifest["failed"] == 6
    assert set(study.missions.replication) == set(range(50)) - LOST


def test_the_answer_says_how_many_runs_it_rests_on(say, lossy):
    said = say("show", str(lossy))
    assert said.code == 0
    for title in ("Quantity first (quantity_first)", "Orders typed by hand (typed)"):
        part = said.out[said.out.index(title) :]
        assert part.splitlines()[1] == "3 of 50 runs failed; chances are bounds over all of them."
    assert len(re.findall(r"\d+ of 47,", said.out)) == 2 * (2 + 1)  # two missions and the joint chance
    assert said.out.count("As a whole, 47 of 50 runs") == 2
    assert "failed runs as bounds" in words(said.out)


def test_a_chance_is_bounded_by_what_the_failed_runs_may_have_been(say, lossy):
    rows = json.loads(say("show", str(lossy), "--json").out)["answer"]
    assert {row["N"] for row in rows} == {50}
    assert all(row["n"] <= 47 for row in rows)
    chances = [row for row in rows if row["measure"] == "chance"]
    assert len(chances) == 4
    for row in chances:
        met = round(row["value"] * row["n"])
        assert row["n"] == 47
        assert row["low"] == wilson(met, 50).low
        assert row["high"] == wilson(met + 3, 50).high
        assert "failed runs as bounds" in row["kind"]


def test_what_the_run_prints_is_what_show_prints_again(say, lossy, monkeypatch):
    failing(LOST, monkeypatch)
    printed = say("run", TINY, "-n", "50", "--workers", "1", "--no-report", "--out", "again").lines
    shown = say("show", str(lossy)).lines
    assert printed[:-1] == shown[:-1]
    assert say("digest", "again").lines == say("digest", str(lossy)).lines


def test_every_row_of_the_summary_says_n_of_all(lossy):
    with (lossy / "summary.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    assert {row["N"] for row in rows} == {"50"}
    assert {row["n"] for row in rows if row["measure"] == "chance"} == {"47"}


def test_the_report_says_it_before_anything_else(say, copy):
    assert say("report", "study").code == 0
    page = (copy / "report.html").read_text()
    body = words(re.sub(r"<[^>]+>", " ", page[page.index("<body") :]))
    note = "Runs failed: 3 of 50 under “Quantity first” and 3 of 50 under “Orders typed by hand”."
    assert body.index(note) < body.index("Under “")
    assert body.count("47 of 50") > 10


@pytest.mark.parametrize("name", figure_names())
def test_every_figure_counts_them(say, lossy, name):
    said = say("plot", str(lossy), name, "--out", "mine.svg")
    if said.code == 2:  # of home production, which this scenario does not have
        assert f"'{name}' has nothing to show of this study" in said.err
        return
    assert said.code == 0
    with Path("mine.csv").open(newline="") as file:
        assert {(row["n"], row["N"]) for row in csv.DictReader(file)} == {("47", "50")}


@pytest.mark.parametrize("policy", POLICIES)
def test_a_run_that_failed_is_told_with_its_error(say, lossy, monkeypatch, policy):
    said = say("replay", str(lossy), "--policy", policy, "-k", "20")
    assert said.code == 1
    assert said.lines[-2:] == [
        "This run failed when it was stored: RuntimeError: the test fails it",
        "It does not fail now: the program or its libraries have changed since.",
    ]

    def fails(*_):
        raise RuntimeError("the test fails it")

    monkeypatch.setattr("sim.study.replay.simulate", fails)
    said = say("replay", str(lossy), "--policy", policy, "-k", "20")
    assert (said.code, said.lines[-1]) == (0, "It fails again in the same way.")


def test_a_run_beside_them_is_the_one_that_was_stored(say, lossy):
    assert say("replay", str(lossy), "--policy", "typed", "-k", "21").lines[-1].startswith("The ledger is the one")


def test_the_digests_are_those_of_what_is_there(say, lossy):
    said = say("digest", str(lossy))
    assert said.code == 0
    assert "ALTERED" not in said.out
    pair = json.loads(say("digest", str(lossy), "--pairs", "--json").out)["pairs"][0]
    assert (pair["compared"], pair["replications"]) == (47, 50)
    assert "of 47 ledgers differ" in say("digest", str(lossy), "--pairs").out


def test_the_scenario_of_the_folder_can_be_shown(say, lossy):
    assert "small_attack" in say("show", str(lossy), "missions").out
    assert say("show", str(lossy), "--set", "clock.deadline=2028-06-30").code == 2


def test_the_python_face_draws_them(lossy):
    study = sim.load(lossy)
    assert "47 of 50 futures, 3 failed" in " ".join(
        text.get_text() for text in study.plot.fan("small_attack", policy="typed").texts
    )
