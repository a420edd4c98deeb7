"""Being stopped: Ctrl-C and a request to end (SIGTERM) break a study off in the same orderly way.

Exit codes are those of shells, 128 and the signal's number: 130 for Ctrl-C, 143 for SIGTERM.

Why: a job queue ends a job with SIGTERM, and the hour before that must not be lost.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

from sim.errors import EXIT_INTERRUPTED

EXIT_TERMINATED: Final = 143


class Stopped(Exception):
    """A command that was stopped: what became of its work, and the exit code."""

    def __init__(self, text: str, exit_code: int) -> None:
        super().__init__(text)
        self.exit_code = exit_code


class _Terminated(KeyboardInterrupt):
    """SIGTERM came."""


def _terminate(_: int, __: FrameType | None) -> None:
    raise _Terminated


@contextmanager
def stoppable() -> Iterator[None]:
    """What is done in here may be stopped by either signal. Raises Stopped if it was."""
    from sim.study.carry_on import Interrupted

    of_a_thread = threading.current_thread() is not threading.main_thread()
    before = None if of_a_thread else signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    except Interrupted as stop:
        raise Stopped(
            str(stop), EXIT_TERMINATED if isinstance(stop.__context__, _Terminated) else EXIT_INTERRUPTED
        ) from None
    finally:
        if before is not None:
            signal.signal(signal.SIGTERM, before)
