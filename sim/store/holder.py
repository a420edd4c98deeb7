"""Who holds a folder: one process at a time writes a study, and the next one is told who that is.

The system gives the hold back when its process ends, however it ends; the file only says who it was.

Why: two batches in one folder would each take the other's chunks for its own.
"""

from __future__ import annotations

import datetime
import fcntl
import json
import os
import platform
from pathlib import Path
from typing import Final

from sim.errors import TheirsError

HOLDER: Final = "holder.json"


class Hold:
    """The hold of this process on a folder, until ``release`` or its end.

    Raises
    ------
    TheirsError
        When another process holds the folder; it says which one, where and since when.
    OSError
        When the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / HOLDER
        self._descriptor = self._opened()
        while not self._is_there():  # whoever held it gave it back, file and all, between our two steps
            os.close(self._descriptor)
            self._descriptor = self._opened()
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, _said().encode(), 0)

    def _opened(self) -> int:
        descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            folder = self._file.parent
            raise TheirsError(
                f"{folder}: {told_holder(folder)} is writing this study; expected nobody. Wait for it to end, or"
                " stop it."
            ) from None
        return descriptor

    def _is_there(self) -> bool:
        try:
            return self._file.stat().st_ino == os.fstat(self._descriptor).st_ino
        except FileNotFoundError:
            return False

    def release(self) -> None:
        """Let others write; may be called twice."""
        if self._descriptor >= 0:
            self._file.unlink(missing_ok=True)
            os.close(self._descriptor)
            self._descriptor = -1


def _said() -> str:
    since = datetime.datetime.now(datetime.UTC).astimezone().isoformat(timespec="seconds")
    return json.dumps({"pid": os.getpid(), "host": platform.node(), "since": since}) + "\n"


def told_holder(folder: Path) -> str:
    """Who holds a folder, in words."""
    try:
        said = json.loads((folder / HOLDER).read_bytes())
        return f"process {said['pid']} on {said['host']}, since {said['since']},"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"  # it has the hold and has not yet said its name
