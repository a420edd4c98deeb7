"""How far a run is, told to people, to machines and to whoever watches a file."""

from __future__ import annotations

import json
from pathlib import Path

from tests.rooms.study.faked import PAPER

TWO = ("--policy", "ten", "--policy", "tossed")
RUN = ("run", str(PAPER), *TWO, "-n", "70", "--workers", "1", "--no-report", "--out", "made")


def test_a_file_says_how_far_the_study_is(say, monkeypatch):
    seen = []
    from sim.store import standing_file

    sound = standing_file.write_standing

    def spy(place, standing):
        sound(place, standing)
        seen.append(json.loads(Path(place).read_text()))

    monkeypatch.setattr(standing_file, "write_standing", spy)
    said = say(*RUN, "--progress", "how_far.json")
    assert (said.code, said.err) == (0, "")
    assert [each["runs"] for each in seen] == sorted(each["runs"] for each in seen)
    last = json.loads(Path("how_far.json").read_text())
    assert (last["runs"], last["asked"], last["failed"], last["left_seconds"]) == (140, 140, 0, 0.0)
    assert {each["policy"] for each in last["so_far"]} == {"ten", "tossed"}
    assert all(each["fulfilment"]["n"] == 70 for each in last["so_far"])
    assert sorted(path.name for path in Path().iterdir()) == ["how_far.json", "made"]


def test_machines_get_lines_when_it_takes_a_while(say, monkeypatch):
    monkeypatch.setattr("sim.cli.bar.QUIET_SECONDS", 0.0)
    monkeypatch.setattr("sim.cli.bar.BETWEEN_SECONDS", 0.0)
    said = say(*RUN, "--json")
    assert said.code == 0
    assert len(said.lines) == 1
    told = [json.loads(line)["progress"] for line in said.err.splitlines()]
    assert told[-1]["runs"] == told[-1]["asked"] == 140
    assert len(told) >= 4  # two policies, two blocks each


def test_a_progress_file_that_cannot_be_written_is_refused_in_a_sentence(say):
    said = say(*RUN, "--progress", "nowhere/how_far.json")
    assert said.code == 2
    assert said.err.startswith("nowhere/how_far.json: cannot be written (No such file or directory)")
