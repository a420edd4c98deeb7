"""The interval: an estimate, how far the truth may lie from it, and what that rests on.

Every procedure of this room returns this one type; where no claim can be made it says why, and gives no bounds.

Why: a number that has lost its n, its level or its procedure cannot be checked, and will be quoted all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LEVEL: Final = 0.95
NEVER_VARIED: Final = "none: never varied"
"""Runs that all agree say nothing of how far the next may differ; a width of zero would claim they do."""


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate, and how far the truth may lie from it."""

    value: float | None
    """None where no run succeeded."""
    low: float | None
    """None: no lower bound can be given at this level."""
    high: float | None
    n: int
    """Runs that succeeded."""
    N: int
    """Runs asked for."""
    level: float
    kind: str
    """The procedure, or the reason why there is no interval."""

    @property
    def half_width(self) -> float | None:
        """Half of the distance between the bounds; None where one is missing."""
        return None if self.low is None or self.high is None else (self.high - self.low) / 2


def no_interval(value: float | None, n: int, asked: int, level: float, reason: str) -> Interval:
    """An estimate about which no more can be claimed.

    >>> no_interval(0.5, 1, 1, 0.95, "fewer than two runs").kind
    'none: fewer than two runs'
    """
    return Interval(value, None, None, n, asked, level, f"none: {reason.removeprefix('none: ')}")
