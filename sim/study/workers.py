"""Workers: jobs go out to this process or to several local ones, and come back as they finish.

A worker ignores the keyboard; one that the system kills is replaced and its job given out again.

Why: a batch that hangs because one process died has lost the night as surely as one that crashed.
"""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any, Final, NamedTuple

from sim.errors import OursError
from sim.study.jobs import Brief, Done, Job, Worker

MOST_ATTEMPTS: Final = 3
"""How often a job is given out before it is taken for what kills the workers."""


def do_jobs(brief: Brief, jobs: Iterable[Job], workers: int) -> Iterator[Done]:
    """Do all jobs and tell of each as it is done, in no fixed order.

    Parameters
    ----------
    workers
        1 works here; more work in processes of their own, which end with the iterator.

    Raises
    ------
    OursError
        When workers keep dying over one job.
    """
    if workers == 1:
        worker = Worker(brief)
        for job in jobs:
            yield worker.do(job)
        return
    crew = _Crew(brief, workers)
    try:
        yield from crew.work(jobs)
    finally:
        crew.dismiss()


class _Hand(NamedTuple):
    """A worker process and the line to it."""

    process: SpawnProcess
    line: Connection


class _Crew:
    """Worker processes, each with at most one job."""

    def __init__(self, brief: Brief, size: int) -> None:
        self._briefed = pickle.dumps(brief, pickle.HIGHEST_PROTOCOL)
        self._hands: list[_Hand] = []
        self._given: dict[Connection, tuple[Job, int]] = {}
        self._size = size

    def work(self, jobs: Iterable[Job]) -> Iterator[Done]:
        """Give out every job, and yield what comes back."""
        waiting = deque((job, 1) for job in jobs)
        self._hands = [_start() for _ in range(min(self._size, len(waiting)))]
        for hand in self._hands:
            self._brief(hand, waiting)
        while self._given:
            for line in wait([hand.line for hand in self._hands if hand.line in self._given]):
                hand = next(hand for hand in self._hands if hand.line is line)
                done = self._receive(hand, waiting)
                if done is not None:
                    yield done

    def _brief(self, hand: _Hand, waiting: deque[tuple[Job, int]]) -> None:
        """Send a new worker what it has to know and its first job; if it is dead, that shows when it is listened to."""
        with suppress(BrokenPipeError, ConnectionResetError):
            hand.line.send_bytes(self._briefed)
        self._give(hand, waiting)

    def _give(self, hand: _Hand, waiting: deque[tuple[Job, int]]) -> None:
        if not waiting:
            return
        self._given[hand.line] = waiting.popleft()
        with suppress(BrokenPipeError, ConnectionResetError):
            hand.line.send(self._given[hand.line][0])

    def _receive(self, hand: _Hand, waiting: deque[tuple[Job, int]]) -> Done | None:
        job, attempt = self._given.pop(hand.line)
        try:
            answer = hand.line.recv()
        except (EOFError, ConnectionResetError):
            self._replace(hand, job, attempt, waiting)
            return None
        if isinstance(answer, BaseException):
            raise answer
        self._give(hand, waiting)
        done: Done = answer
        return done

    def _replace(self, hand: _Hand, job: Job, attempt: int, waiting: deque[tuple[Job, int]]) -> None:
        hand.process.join()
        if attempt == MOST_ATTEMPTS:
            raise OursError(
                f"replications {job.first} to {job.last} of {job.case or 'the inputs'}: the worker process ended"
                f" {attempt} times (exit code {hand.process.exitcode}); expected it to finish. If the machine is"
                " short of memory, use fewer --workers."
            )
        waiting.appendleft((job, attempt + 1))
        hand.line.close()
        place = self._hands.index(hand)
        self._hands[place] = _start()
        self._brief(self._hands[place], waiting)

    def dismiss(self) -> None:
        """End all workers, whatever they are doing."""
        for hand in self._hands:
            hand.process.terminate()
        for hand in self._hands:
            hand.process.join()
            hand.line.close()


def _start() -> _Hand:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    with _deaf_to_the_keyboard(), _without_main_script():
        process.start()
    theirs.close()
    return _Hand(process, ours)


@contextmanager
def _deaf_to_the_keyboard() -> Iterator[None]:
    """A process started in here never hears Ctrl-C: the one that started it ends it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _without_main_script() -> Iterator[None]:
    """A process started in here does not run the caller's script again, so that any script may start one."""
    main = sys.modules["__main__"]
    hidden: dict[str, Any] = {name: main.__dict__.pop(name) for name in ("__file__", "__spec__") if name in vars(main)}
    main.__spec__ = None
    try:
        yield
    finally:
        main.__dict__.update(hidden)


def _serve(line: Connection) -> None:
    """The life of a worker process: its brief, then jobs until the line is cut."""
    try:
        worker = Worker(pickle.loads(line.recv_bytes()))
        while True:
            line.send(worker.do(line.recv()))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
    except Exception as error:  # noqa: BLE001  # told to whoever gave out the jobs, who raises it
        line.send(error)
