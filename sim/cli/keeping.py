"""What an analysis found, kept in a folder if one was named, and told: tables for people, or one line for machines.

Why: the numbers on the screen, in the file and in the JSON are the same ones, or none of them can be trusted.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from sim.store.finding import Finding


def keep_and_tell(finding: Finding, out: Path | None, tell: Callable[[Console], None], *, as_json: bool) -> None:
    """Store a finding where somebody named a place, then print it. Raises TheirsError if it cannot be stored."""
    from sim.cli.machine import print_json
    from sim.cli.screen import screen
    from sim.store.finding import write_finding

    folder = None if out is None else write_finding(finding, out)
    if as_json:
        grids = {name: grid.records() for name, grid in finding.grids.items()}
        print_json({"folder": None if folder is None else str(folder), "about": dict(finding.about), **grids})
        return
    console = screen()
    tell(console)
    if folder is not None:
        console.print(f"Tables: {folder}", soft_wrap=True)
