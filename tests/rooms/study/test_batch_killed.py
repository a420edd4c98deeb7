"""The real command, killed with SIGKILL again and again, ends with the numbers of one that was left alone.

KILLS says how often (``make killed``: twenty times); every other time the workers are left behind as orphans.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim.cli import main
from sim.store import digest, load
from sim.study.batch import Ask, run_batch
from tests.rooms.study.handmade import TOP, tiny

KILLS = int(os.environ.get("KILLS", "1"))
REPLICATIONS = 64 * max(2, KILLS)


def command(place: Path) -> list[str]:
    """What a planner types next: the study again, or on with it."""
    if (place.parent / f"{place.name}.part" / "manifest.json").exists():
        typed = ["resume", str(place)]
    else:
        typed = ["run", "scenarios/tiny.yaml", "--policy", "typed", "-n", str(REPLICATIONS), "--out", str(place)]
    return [sys.executable, "run_sim.py", *typed, "--workers", "2", "--no-report"]


def started(place: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command(place), cwd=TOP, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def chunks(place: Path) -> int:
    return len(list((place.parent / f"{place.name}.part" / "chunks").glob("[!.]*")))


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """Digests of the study that was left alone."""
    asked = Ask(policies=("typed",), replications=REPLICATIONS, out=tmp_path_factory.mktemp("alone") / "made")
    return load(run_batch(tiny(), asked)).manifest["tables"]


def test_killed_at_any_moment_it_goes_on_to_the_same_numbers(tables, tmp_path):
    place, fates = tmp_path / "made", []
    for kill in range(KILLS):
        luck = kill * 2_654_435_761 % 1000 / 1000
        before, process = chunks(place), started(place)
        give_up = time.monotonic() + 60
        while process.poll() is None and chunks(place) <= before and time.monotonic() < give_up:
            time.sleep(0.01)
        time.sleep(0.4 * luck)
        if kill % 2:
            os.kill(process.pid, signal.SIGKILL)
        else:
            os.killpg(process.pid, signal.SIGKILL)
        fates.append(process.wait(60))
    if not place.exists():
        ran = subprocess.run(command(place), cwd=TOP, capture_output=True, text=True, check=False)
        assert (ran.returncode, ran.stderr) == (0, "")
    assert -signal.SIGKILL in fates
    assert load(place).manifest["tables"] == tables == digest(place)
    assert [path.name for path in tmp_path.iterdir()] == ["made"]


@pytest.fixture
def small_disk(tmp_path):
    """A disk of a hundred kilobytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=100k", "none", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only the superuser may make a disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_disk_that_is_full_is_told_and_gone_on_with_when_there_is_room(tables, small_disk):
    place = small_disk / "made"
    ran = subprocess.run(command(place), cwd=TOP, capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert ran.stderr.startswith(f"{place}: cannot be written (No space left on device)")
    assert f"What is done is kept: run_sim.py resume {place} goes on." in ran.stderr
    more = ["mount", "-o", "remount,size=64m", str(small_disk)]
    subprocess.run(more, check=True)
    assert main(command(place)[2:]) == 0  # in this process; the killed one is gone on with by a command of its own
    assert load(place).manifest["tables"] == tables == digest(place)
