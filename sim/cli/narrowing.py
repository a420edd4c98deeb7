"""``run --until``: a study that grows until it is narrow enough, each look told on stderr.

Why: whoever waits for a precision wants to see it come closer.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from sim.scenario.load import Loaded
    from sim.study.batch import Ask
    from sim.study.until import Grown, Look


def run_narrow(loaded: Loaded, ask: Ask, half_width: float) -> Path:
    """Run, look and extend until every share is as narrow; returns the run folder."""
    from sim.cli.bar import Bar
    from sim.cli.stop import stoppable
    from sim.study.until import run_batch_until

    with Bar() as bar, stoppable():
        grown = run_batch_until(loaded, ask, half_width, bar.told, lambda look: print(told(look), file=sys.stderr))
    print(ended(grown), file=sys.stderr)
    return grown.folder


def told(look: Look) -> str:
    """One look in words."""
    futures = f"{look.replications:,} futures"
    if look.widest is None:
        return f"{futures}: nothing varied."
    policy, measure, found = look.widest
    width = "no interval" if found.half_width is None else f"±{100 * found.half_width:.2f} points"
    return f"{futures}: {width} at the widest ({policy}: {measure})."


def ended(grown: Grown) -> str:
    """How it ended, in words."""
    wanted = f"±{100 * grown.half_width:g} points"
    if grown.narrow:
        return f"Every share that varied is known to {wanted}."
    return f"Not narrow enough: {wanted} takes more futures than --replications allows, or runs failed."
