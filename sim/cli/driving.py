"""The commands that ask what drives the answer and what is worth finding out, in the order of the help.

Why: they share their options and what they tell of their cost, and are looked for together.
"""

from __future__ import annotations

from typing import Final

from sim.cli import discover, sensitivity, sweep, update, voi

COMMANDS: Final = (sensitivity, discover, voi, update, sweep)
