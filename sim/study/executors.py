"""Executors: where jobs are done, behind one interface: in this process, in local ones, or on a Dask cluster.

An executor takes jobs and yields each as it is done, in any order; what it yields depends on the jobs alone.

Why: whether a study fits one machine is a question of time, and must not become one of numbers.
"""

from __future__ import annotations

import importlib
import itertools
import logging
import pickle
import threading
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Protocol

from sim.errors import OursError, TheirsError
from sim.store import write_chunk
from sim.study.jobs import Brief, Done, Job, Worker
from sim.study.workers import MOST_ATTEMPTS, do_jobs

LOCAL: Final = "local"
_AHEAD: Final = 2
"""Jobs that a cluster holds for each of its threads, so that none waits for the next and results do not pile up."""


class Executor(Protocol):
    """A place where jobs are done."""

    def do(self, brief: Brief, jobs: Iterable[Job]) -> Iterator[Done]:
        """Do all jobs and tell of each as it is done. Raises OursError when workers keep dying."""


@dataclass(frozen=True, slots=True)
class Processes:
    """This process where ``workers`` is 1, else so many of their own on this machine."""

    workers: int = 1

    def do(self, brief: Brief, jobs: Iterable[Job]) -> Iterator[Done]:
        """Do all jobs."""
        return do_jobs(brief, jobs, self.workers)


@dataclass(frozen=True, slots=True)
class Cluster:
    """A Dask cluster.

    Its workers write their chunks where they share the folder; else the tables come back and are written here.
    """

    address: str
    """Of a scheduler, ``tcp://host:port``; ``local``: one with ``workers`` processes on this machine."""
    workers: int = 1
    shared: bool = False
    """Whether its workers see the study's folder under the same path."""

    def do(self, brief: Brief, jobs: Iterable[Job]) -> Iterator[Done]:
        """Do all jobs. Raises TheirsError when the scheduler cannot be reached or the extra is not installed."""
        home = brief.chunks
        away = brief if self.shared or self.address == LOCAL or home is None else replace(brief, chunks=None)
        with ExitStack() as open_things:
            client = self._client(open_things)
            for done in _as_they_come(client, zlib.compress(pickle.dumps(away, pickle.HIGHEST_PROTOCOL)), jobs):
                yield _at_home(done, home)

    def _client(self, open_things: ExitStack) -> Any:
        try:
            distributed: Any = importlib.import_module("distributed")
        except ModuleNotFoundError as error:
            raise TheirsError(
                f"--cluster: found no package '{error.name}'; expected the extra 'cluster':"
                " pip install 'drone-procurement-sim[cluster]'."
            ) from error
        address = self.address
        if address == LOCAL:
            cluster = distributed.LocalCluster(
                n_workers=self.workers, threads_per_worker=1, dashboard_address=None, silence_logs=logging.ERROR
            )
            address = open_things.enter_context(cluster)
        try:
            return open_things.enter_context(distributed.Client(address, timeout="10s"))
        except (OSError, ValueError) as error:
            raise TheirsError(
                f"--cluster {address}: no scheduler answers ({' '.join(str(error).split())[:200]}); expected"
                " tcp://host:port of one that runs, or 'local'."
            ) from error


def _at_home(done: Done, chunks: Path | None) -> Done:
    """A job whose tables came back is written here."""
    if chunks is None or done.tables is None:
        return done
    write_chunk(chunks, done.job.chunk, done.tables)
    return done._replace(tables=None)


def _as_they_come(client: Any, briefed: bytes, jobs: Iterable[Job]) -> Iterator[Done]:
    """Give out jobs a few ahead of the workers; yield what comes back. Raises what a job raised."""
    as_completed: Any = importlib.import_module("distributed").as_completed
    waiting = iter(jobs)

    def given(count: int) -> list[Any]:
        some = itertools.islice(waiting, count)
        return [client.submit(_done, briefed, job, pure=False, retries=0) for job in some]

    threads = max(1, sum(client.nthreads().values()))
    under_way = as_completed(given(_AHEAD * threads))
    for future in under_way:
        yield _result_of(future)
        under_way.update(given(1))


def _result_of(future: Any) -> Done:
    killed_worker: Any = importlib.import_module("distributed").KilledWorker
    try:
        done: Done = future.result()
    except killed_worker as error:
        raise OursError(
            f"the cluster's workers kept ending over one job ({' '.join(str(error).split())[:200]}); expected it to"
            f" finish within {MOST_ATTEMPTS} attempts. If they are short of memory, use a smaller --chunk."
        ) from error
    return done


@dataclass(frozen=True, slots=True)
class _Hands:
    """A worker that the threads of one process take turns with."""

    worker: Worker
    turn: Any


@lru_cache(maxsize=1)
def _hands(briefed: bytes) -> _Hands:
    """The worker of a brief, kept from job to job; nothing it answers depends on what it did before."""
    return _Hands(Worker(pickle.loads(zlib.decompress(briefed))), threading.Lock())


def _done(briefed: bytes, job: Job) -> Done:
    """One job, on a worker of the cluster."""
    hands = _hands(briefed)
    with hands.turn:
        return hands.worker.do(job)
