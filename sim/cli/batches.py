"""The commands that make a study: begin it, go on with it, make it larger, put it together.

Why: they are one thing in four words, and stand together wherever commands are listed.
"""

from __future__ import annotations

from typing import Final

from sim.cli import extend, merge, resume, run

BATCHES: Final = (run, resume, extend, merge)
