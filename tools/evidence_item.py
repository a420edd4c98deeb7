"""What an item of the evidence is, and the names that several items share.

An item's commands are what a reader can type; nothing is prepared out of his sight.

Why: the lists of items grow with the plan, and what they are made of does not.
"""

from __future__ import annotations

from typing import NamedTuple

BASELINE = "scenarios/fy2027_baseline.yaml"
TINY = "scenarios/tiny.yaml"
HOME = "scenarios/tiny_home.yaml"
PAPER = "tests/rooms/study/paper.yaml"
"""A scenario whose answers are known on paper."""


class Item(NamedTuple):
    """A numbered item of an issue."""

    number: str
    """The issue's and the item's."""
    title: str
    commands: tuple[str, ...]
    """As a shell takes them; ``$ROOM`` is an empty folder that all of them share."""
    heavy: bool = False
    """Shown only when asked for by its number: it takes minutes, or a machine that does nothing else."""
