"""A real scheduler and two workers on the loopback: the same numbers, also when one of them is killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from sim.errors import TheirsError
from sim.store import load
from sim.study.batch import run_batch
from sim.study.executors import Cluster, Processes
from tests.rooms.study.cheap import ask
from tests.rooms.study.handmade import TOP, tiny
from tests.rooms.study.stub import slow_model

pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")

OURS = {**os.environ, "PYTHONPATH": str(TOP)}
ONE_THREAD = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1", "--death-timeout", "60")


class Running:
    """A scheduler and its workers."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._files = [(place / f"{name}.txt").open("w") for name in ("scheduler", "first", "second")]
        self.scheduler = self._start(0, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self.address = self._said(0, r"Scheduler at:\s+(tcp://\S+)")
        self.workers = [self._start(number, "worker", self.address, *ONE_THREAD) for number in (1, 2)]
        for number in (1, 2):
            self._said(number, r"Registered to:\s+(tcp://\S+)")

    def _start(self, number: int, *command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *command], cwd=self._place, env=OURS,
            stdout=self._files[number], stderr=subprocess.STDOUT,
        )  # fmt: skip

    def _said(self, number: int, pattern: str) -> str:
        file, give_up = Path(self._files[number].name), time.monotonic() + 60
        while time.monotonic() < give_up:
            found = re.search(pattern, file.read_text())
            if found:
                return found[1]
            time.sleep(0.05)
        raise AssertionError(file.read_text())

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()
        for file in self._files:
            file.close()


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    found = Running(tmp_path_factory.mktemp("dask"))
    yield found
    found.end()


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    return load(run_batch(tiny(), ask(tmp_path_factory.mktemp("alone") / "made", 300)))


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("shared", [False, True])
def test_a_cluster_gives_the_same_digests(alone, running, tmp_path, shared):
    asked = ask(tmp_path / "made", 300, cluster=running.address, shared=shared)
    assert load(run_batch(tiny(), asked)).manifest["tables"] == alone.manifest["tables"]


@pytest.mark.filterwarnings("default")
def test_a_worker_killed_on_the_way_costs_no_number(alone, running, tmp_path):
    told: list[int] = []

    def kill_one(done: int, *_: int) -> None:
        if not told:
            running.workers[0].send_signal(signal.SIGKILL)
        told.append(done)

    asked = ask(tmp_path / "made", 300, cluster=running.address)
    study = load(run_batch(tiny(), replace(asked, model=slow_model), kill_one))
    assert running.workers[0].wait(10) == -signal.SIGKILL
    assert study.manifest["tables"] == alone.manifest["tables"]


def test_a_scheduler_that_is_not_there_is_told(tmp_path):
    with pytest.raises(TheirsError, match=r"--cluster 127\.0\.0\.1:x: no scheduler answers"):
        run_batch(tiny(), ask(tmp_path / "made", 64, cluster="127.0.0.1:x"))
    assert list(tmp_path.iterdir()) == []


def test_what_is_asked_decides_where_the_jobs_are_done(tmp_path):
    assert ask(tmp_path, workers=3).how().executor() == Processes(3)
    assert ask(tmp_path, workers=3, cluster="local").how().executor() == Cluster("local", 3)
