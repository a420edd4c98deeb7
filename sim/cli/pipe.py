"""A pipe that somebody closed: from then on the output goes nowhere, and the command does the rest of its work.

It is no error: the exit code stays the command's own.

Why: whoever types ``| head`` has read enough, and a run that stops there would be stored without its report.
"""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import Buffer


class _Patient(io.FileIO):
    """Standard output that nobody has to read to the end."""

    def write(self, data: Buffer, /) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)
            return super().write(data)


def go_on_when_nobody_reads() -> None:
    """Let standard output outlive its reader."""
    before = sys.stdout
    if isinstance(before, io.TextIOWrapper) and before.isatty():
        return
    before.flush()
    raw = _Patient(before.fileno(), "w", closefd=False)
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(raw), before.encoding, before.errors, write_through=False)
