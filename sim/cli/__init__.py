"""The command line: arguments in, exit code out; the only room that prints.

One file a command; what a command needs is imported when it runs.

Why: help that takes a second to appear is not asked for twice.
"""

from __future__ import annotations

from sim.cli.app import main

__all__ = ["main"]
