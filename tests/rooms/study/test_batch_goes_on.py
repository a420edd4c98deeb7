"""A study that was broken off, damaged, extended, divided or run elsewhere is the one that was not."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from sim.errors import OursError, TheirsError
from sim.store import RunFolder, digest, load
from sim.study import model
from sim.study.batch import Ask, MadeOf, run_batch
from sim.study.carry_on import How
from sim.study.jobs import jobs_of
from sim.study.resume import resume
from tests.rooms.study.cheap import CHEAP, ask, broken_off, jobs_done, undisturbed
from tests.rooms.study.handmade import TOP, tiny


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return undisturbed(tmp_path_factory)


# --- broken off and gone on with


def test_what_is_broken_off_goes_on_and_does_only_what_is_left(whole, tmp_path, monkeypatch):
    part = broken_off(tmp_path / "made")
    there = {chunk.name for chunk in (part / "chunks").iterdir()}
    written = jobs_done(monkeypatch)
    study = load(resume(part, CHEAP))
    assert set(written) == {job.chunk for job in jobs_of(whole.policies, 200)} - there
    assert study.manifest["tables"] == whole.manifest["tables"] == digest(study.folder)
    assert [path.name for path in tmp_path.iterdir()] == ["made"]
    assert not (study.folder / "holder.json").exists()


def test_progress_counts_what_was_done_before(tmp_path):
    broken_off(tmp_path / "made")
    told: list[tuple[int, int, int]] = []
    resume(tmp_path / "made", CHEAP, lambda *now: told.append(now))
    assert told[0][0] > 3 * 64
    assert told[-1] == (400, 400, 0)


@pytest.mark.parametrize("harm", ["truncated", "flipped", "lost", "digests", "digest lost", "aside", "stranger"])
def test_a_damaged_chunk_is_told_from_a_whole_one_and_done_again(whole, tmp_path, monkeypatch, harm):
    part = broken_off(tmp_path / "made")
    chunk = part / "chunks" / "typed-0-63"
    file = chunk / "missions.parquet"
    data = file.read_bytes()
    if harm == "truncated":
        file.write_bytes(data[: len(data) // 2])
    elif harm == "flipped":
        middle = len(data) // 2
        file.write_bytes(data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :])
    elif harm == "lost":
        file.unlink()
    elif harm == "digests":
        text = (chunk / "digest.json").read_text()
        (chunk / "digest.json").write_text(text.replace('"failed": 0', '"failed": 1'))
    elif harm == "digest lost":
        (chunk / "digest.json").unlink()
    elif harm == "aside":
        chunk.rename(part / "chunks" / ".typed-0-63.elsewhere.1")
    else:
        chunk.rename(part / "chunks" / "typed-0-62")
    written = jobs_done(monkeypatch)
    study = load(resume(tmp_path / "made", CHEAP))
    assert "typed-0-63" in written
    assert study.manifest["tables"] == whole.manifest["tables"] == digest(study.folder)
    assert sorted(chunk.name for chunk in (study.folder / "chunks").iterdir()) == sorted(study.manifest["chunks"])


def test_a_study_that_was_whole_but_for_its_name_only_gets_it(whole, tmp_path, monkeypatch):
    place = tmp_path / "made"
    run_batch(tiny(), ask(place))
    place.rename(tmp_path / "made.part")
    written = jobs_done(monkeypatch)
    assert load(resume(place, CHEAP)).manifest["tables"] == whole.manifest["tables"]
    assert written == []


def test_a_folder_that_has_not_said_what_it_is_is_begun_anew(whole, tmp_path):
    (tmp_path / "made.part").mkdir()
    assert load(run_batch(tiny(), ask(tmp_path / "made"))).manifest["tables"] == whole.manifest["tables"]


def test_an_unfinished_study_is_neither_opened_nor_begun_again(tmp_path):
    broken_off(tmp_path / "made")
    with pytest.raises(TheirsError, match=r"found a study that is 'running'; .* run_sim\.py resume .*made goes on"):
        load(tmp_path / "made")
    with pytest.raises(TheirsError, match=r"an unfinished study is there already \(made\.part\)"):
        run_batch(tiny(), ask(tmp_path / "made"))
    with pytest.raises(TheirsError, match="no unfinished study"):
        resume(tmp_path / "other", CHEAP)


# --- what changed


def changed(tmp_path: Path) -> Path:
    """A study of a copy of the scenario, broken off, whose file then says another price."""
    file = tmp_path / "mine.yaml"
    shutil.copy(TOP / "scenarios" / "tiny.yaml", file)
    made_of = MadeOf(str(file), (), ("missions.small_attack.weight=14",))
    loaded = tiny("missions.small_attack.weight=14")
    asked = replace(ask(tmp_path / "made"), made_of=made_of)

    def stop(*_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_batch(loaded, asked, stop)
    return file


def test_a_changed_scenario_is_refused_with_what_changed(tmp_path):
    file = changed(tmp_path)
    file.write_text(
        file.read_text().replace("opening_stock: 0\n    crew: # operators", "opening_stock: 3\n    crew: #")
    )
    with pytest.raises(TheirsError) as refused:
        resume(tmp_path / "made", CHEAP)
    assert "changed since" in str(refused.value)
    assert "  missions.small_attack.opening_stock: was 0, is 3\n" in str(refused.value)
    study = load(resume(tmp_path / "made", CHEAP, regardless=True))
    assert study.scenario.missions["small_attack"].opening_stock == 0


def test_what_is_as_it_was_goes_on_with_its_settings(tmp_path):
    changed(tmp_path)
    assert load(resume(tmp_path / "made", CHEAP)).scenario.missions["small_attack"].weight == 14


def test_a_scenario_that_is_gone_is_no_hindrance(tmp_path):
    changed(tmp_path).unlink()
    assert load(resume(tmp_path / "made", CHEAP)).scenario.missions["small_attack"].weight == 14


def test_an_altered_copy_of_the_scenario_is_never_gone_on_with(tmp_path):
    copy = broken_off(tmp_path / "made") / "scenario.resolved.yaml"
    copy.write_text(copy.read_text().replace("title: ", "title:  ", 1))
    with pytest.raises(TheirsError, match=r"scenario\.resolved\.yaml: found another scenario than the one"):
        resume(tmp_path / "made", CHEAP, regardless=True)


def test_other_libraries_are_refused_with_their_versions(tmp_path):
    manifest = broken_off(tmp_path / "made") / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"numpy": "', '"numpy": "0.'))
    with pytest.raises(TheirsError, match=r"numpy: was 0\.\S+, is \d"):
        resume(tmp_path / "made", CHEAP)


# --- two at once


def test_a_second_writer_is_told_who_the_first_is(tmp_path):
    folder = RunFolder(tmp_path / "made", {"policies": []}, "id: x\n")
    script = (
        "import sys\nfrom sim.study.carry_on import How\nfrom sim.study.resume import resume\n"
        "from pathlib import Path\n"
        "try:\n    resume(Path(sys.argv[1]), How())\nexcept Exception as error:\n    print(error)\n"
    )
    second = [sys.executable, "-c", script, str(folder.place)]
    told = subprocess.run(second, cwd=TOP, capture_output=True, text=True, check=True).stdout
    assert f"made.part: process {os.getpid()} on {os.uname().nodename}, since 20" in told
    assert "is writing this study; expected nobody." in told
    with pytest.raises(TheirsError, match=f"process {os.getpid()} on"):
        run_batch(tiny(), ask(tmp_path / "made"))
    folder.discard()


def test_the_hold_of_a_dead_process_is_taken_over(whole, tmp_path):
    part = broken_off(tmp_path / "made")
    (part / "holder.json").write_text('{"pid": 1, "host": "elsewhere", "since": "2026-11-25"}')
    assert load(resume(tmp_path / "made", CHEAP)).manifest["tables"] == whole.manifest["tables"]


# --- failures that stay put up with


def test_failures_of_before_count_when_the_study_goes_on(tmp_path, monkeypatch):
    sound = model.simulate

    def simulate(policy, future, *, lifted):
        if future.luck_number in (1, 2, 70):
            raise RuntimeError("the test fails it")
        return sound(policy, future, lifted=lifted)

    monkeypatch.setattr(model, "simulate", simulate)
    asked = Ask(policies=("typed",), replications=72, out=tmp_path / "made", most_failures=1)
    with pytest.raises(OursError, match="2 of 64 runs failed"):
        run_batch(tiny(), asked)
    with pytest.raises(OursError, match="3 of 72 runs failed"):
        resume(tmp_path / "made", How(most_failures=2))
    assert load(resume(tmp_path / "made", How(most_failures=3))).manifest["failed"] == 3


# --- the disk


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="needs a limit on the size of files")
def test_a_full_disk_keeps_what_is_done(whole, tmp_path):
    script = (
        "import resource, signal, sys\nfrom pathlib import Path\n"
        "from tests.rooms.study.handmade import tiny\nfrom tests.rooms.study.cheap import ask\n"
        "from sim.study.batch import run_batch\nfrom sim.errors import TheirsError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "def fill(done, *_):\n    if done > 100:\n        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\n"
        "try:\n    run_batch(tiny(), ask(Path(sys.argv[1])), fill)\nexcept TheirsError as error:\n    print(error)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "made")], cwd=TOP, capture_output=True, text=True, check=True
    )
    assert "made: cannot be written (" in ran.stdout
    assert f"What is done is kept: run_sim.py resume {tmp_path / 'made'} goes on." in ran.stdout
    assert load(resume(tmp_path / "made", CHEAP)).manifest["tables"] == whole.manifest["tables"]


def test_a_disk_that_is_full_from_the_start_keeps_nothing_and_promises_nothing(monkeypatch, tmp_path):
    def full(*_):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("sim.study.jobs.write_chunk", full)
    with pytest.raises(TheirsError) as told:
        run_batch(tiny(), ask(tmp_path / "made"))
    assert str(told.value).endswith("(No space left on device); expected a place with room that you may write to."
                                    " Name another with --out DIR.")  # fmt: skip
    assert list(tmp_path.iterdir()) == []


def test_a_manifest_says_how_the_study_is_cut(whole):
    said = json.loads((whole.folder / "manifest.json").read_text())
    assert (said["chunk_replications"], said["extended_from"], said["shard"]) == (64, [], None)
    assert said["steps"]["missions"] == {"small_attack": 5, "wide_area_surveillance": 1}
