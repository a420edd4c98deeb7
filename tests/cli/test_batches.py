"""The commands that make a study: begun, gone on with, made larger and put together, as somebody types them."""

from __future__ import annotations

import json

import pytest

from sim.store import load
from tests.rooms.study.faked import PAPER

RUN = ("run", str(PAPER), "--policy", "tossed", "--workers", "1", "--no-report")


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """Digests of seventy replications at once."""
    from sim.cli import main

    place = tmp_path_factory.mktemp("at_once") / "made"
    assert main([*RUN, "-n", "70", "--out", str(place)]) == 0
    return load(place).manifest["tables"]


def test_extended_by_command_is_run_at_once(say, tables, tmp_path):
    place = tmp_path / "made"
    assert say(*RUN, "-n", "20", "--out", str(place), "--chunk", "128").code == 0
    said = say("extend", str(place), "-n", "70", "--workers", "1", "--no-report")
    assert said.code == 0
    assert said.lines[-1] == f"Results: {place}"
    assert "70 futures" in said.out
    assert load(place).manifest["tables"] == tables
    again = say("extend", str(place), "-n", "70")
    assert again.code == 2
    assert "expected more than the 70 there are" in again.err


def test_interrupted_says_how_to_go_on_and_resume_does(say, tables, tmp_path, monkeypatch):
    from sim.study import batch, carry_on

    place = tmp_path / "made"
    sound = carry_on.counted

    def counted(*given, **named):
        for each in sound(*given, **named):
            yield each
            if each.job.case is not None:
                raise KeyboardInterrupt

    monkeypatch.setattr(carry_on, "counted", counted)
    said = say(*RUN, "-n", "70", "--out", str(place))
    assert said.code == 130
    assert said.err == f"Interrupted; what is done is kept: run_sim.py resume {place} goes on.\n"
    monkeypatch.undo()
    assert batch.part_of(place).is_dir()
    resumed = say("resume", str(place), "--workers", "1", "--json", "--no-report")
    assert resumed.code == 0
    assert json.loads(resumed.out)["folder"] == str(place)
    assert load(place).manifest["tables"] == tables


def test_shards_are_run_and_merged(say, tables, tmp_path):
    place = tmp_path / "made"
    for shard in ("2/2", "1/2"):
        said = say(*RUN, "-n", "70", "--out", str(place), "--shard", shard)
        assert (said.code, said.out) == (0, f"Shard {shard[0]} of 2: {place}.shard-{shard[0]}-of-2\n")
    assert say("merge", str(place), "--no-report").code == 0
    assert load(place).manifest["tables"] == tables


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ((*RUN, "--shard", "1of2", "--out", "x"), "--shard: found '1of2'; expected i/n, such as 3/16."),
        ((*RUN, "--chunk", "65"), "chunk: found 65; expected a multiple of 64"),
        (("resume", "nowhere"), "nowhere: no unfinished study (nowhere.part) there"),
        (("extend", "nowhere", "-n", "9"), "nowhere: no run folder"),
        (("merge", "nowhere"), "nowhere: found shards of 0 ways to divide the study"),
        (("resume", "nowhere", "--workers", "0"), "workers: found 0"),
    ],
)
def test_what_cannot_be_done_is_told_with_exit_2(say, tmp_path, monkeypatch, typed, told):
    monkeypatch.chdir(tmp_path)
    said = say(*typed)
    assert said.code == 2
    assert told in said.err
    assert list(tmp_path.iterdir()) == []
