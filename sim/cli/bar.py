"""The progress: on stderr, when the work takes more than two seconds; a bar in a terminal, lines for a machine, a file.

It counts runs, tells how many have failed as soon as one has, how fast they are made, and what they say so far.

Why: a script's log is no place for a bar, and two seconds are no time to watch one.
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Final

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from sim.cli.screen import screen

if TYPE_CHECKING:
    from sim.study.standing import Standing, Watch

QUIET_SECONDS: Final = 2.0
BETWEEN_SECONDS: Final = 1.0
"""At least, between two lines for a machine."""


class Bar:
    """A progress bar that appears when it is worth it.

    Parameters
    ----------
    lines
        Lines of JSON on stderr instead, one a second at most.
    file
        A file that always says how far the work is.
    """

    def __init__(self, *, lines: bool = False, file: Path | None = None) -> None:
        console = screen(stderr=True)
        self._wanted = console.is_terminal and not lines
        self._lines, self._file = lines, file
        self._began = self._last_line = monotonic()
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("runs{task.fields[rate]},"),
            TimeRemainingColumn(),
            TextColumn("left{task.fields[so_far]}"),
            console=console,
            transient=True,
        )
        self._task = self._progress.add_task("Running", total=None, rate="", so_far="")
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

    def watch(self) -> Watch:
        """A progress for a batch that stores chunks: it also knows the rate and what the runs say so far."""
        from sim.study.standing import Watch

        return Watch(self._stands)

    def _stands(self, standing: Standing) -> None:
        self.told(standing.runs, standing.asked, standing.failed)
        rate = "" if standing.per_second is None else f", {standing.per_second:,.0f} a second"
        self._progress.update(self._task, rate=rate, so_far=_so_far(standing))
        if self._file is not None:
            from sim.store.standing_file import write_standing

            write_standing(self._file, standing.raw())
        now, whole = monotonic(), standing.runs == standing.asked
        due = now - self._last_line >= BETWEEN_SECONDS or whole
        if self._lines and due and now - self._began >= QUIET_SECONDS:
            self._last_line = now
            print(json.dumps({"progress": standing.raw()}, ensure_ascii=False), file=sys.stderr, flush=True)

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._timer.cancel()
        if self._timer.is_alive():
            self._timer.join()
        if self._progress.live.is_started:
            self._progress.stop()


def _so_far(standing: Standing) -> str:
    """The best mean fulfilment so far, with its interval."""
    known = [each for each in standing.so_far if each.fulfilment.value is not None]
    if not known:
        return ""
    best = max(known, key=lambda each: each.fulfilment.value or 0.0)
    found = best.fulfilment
    between = "" if found.low is None or found.high is None else f" ({100 * found.low:.0f}–{100 * found.high:.0f})"
    return f"; so far {best.policy} {100 * (found.value or 0.0):.0f} %{between}"
