"""The progress bar: on stderr, only in a terminal, only when the work takes more than two seconds.

It counts runs, and tells how many have failed as soon as one has.

Why: a script's log is no place for a bar, and two seconds are no time to watch one.
"""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Final

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from sim.cli.screen import screen

QUIET_SECONDS: Final = 2.0


class Bar:
    """A progress bar that appears when it is worth it."""

    def __init__(self) -> None:
        console = screen(stderr=True)
        self._wanted = console.is_terminal
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("runs,"),
            TimeRemainingColumn(),
            TextColumn("left"),
            console=console,
            transient=True,
        )
        self._task = self._progress.add_task("Running", total=None)
        self._timer = threading.Timer(QUIET_SECONDS, self._progress.start)
        self._timer.daemon = True

    def __enter__(self) -> Bar:
        if self._wanted:
            self._timer.start()
        return self

    def told(self, done: int, total: int, failed: int) -> None:
        """Take in how far the work is."""
        what = f"Running ({failed} failed)" if failed else "Running"
        self._progress.update(self._task, completed=done, total=total, description=what)

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._timer.cancel()
        if self._timer.is_alive():
            self._timer.join()
        if self._progress.live.is_started:
            self._progress.stop()
