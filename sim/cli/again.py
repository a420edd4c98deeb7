"""Commands about what was run before: the same study again, two of them beside each other, its typical runs.

Why: a second look at a run folder should need no second tool.
"""

from __future__ import annotations

from typing import Final

from sim.cli import diff, reproduce, typical

COMMANDS: Final = (reproduce, diff, typical)
"""In the order of the help."""
