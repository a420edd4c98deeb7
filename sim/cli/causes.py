"""The commands that ask why a target is missed and by when to decide, in the order of the help.

Why: they share their options and their way of telling, and are looked for together.
"""

from __future__ import annotations

from typing import Final

from sim.cli import aftermath, bottlenecks, confidence, deadlines, quality, robustness, slopes, waterfall

COMMANDS: Final = (robustness, waterfall, bottlenecks, slopes, deadlines, confidence, quality, aftermath)
