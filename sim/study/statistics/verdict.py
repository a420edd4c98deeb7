"""Verdicts: what an interval of a difference says to somebody who has stated which differences do not matter.

It is read from the interval alone, and an open question says how many runs more would close it.

Why: "not significant" is read as "equal", and costs a ministry a year.
"""

from __future__ import annotations

from math import ceil
from typing import Final, Literal, NamedTuple, TypeAlias

from sim.study.statistics.blocks import BLOCK
from sim.study.statistics.interval import Interval

Word: TypeAlias = Literal["better", "worse", "inside the indifference zone", "not enough runs", "no interval"]
DECIDED: Final = frozenset({"better", "worse", "inside the indifference zone"})


class Verdict(NamedTuple):
    """What may be said of a policy against the reference."""

    word: Word
    more: int | None
    """Runs more of each policy that would probably decide; None where it is decided, or where runs cannot."""
    reason: str
    """Why there is no interval; else empty."""

    @property
    def decided(self) -> bool:
        """Whether no more runs are called for."""
        return self.word in DECIDED

    def told(self) -> str:
        """The verdict in words.

        >>> Verdict("not enough runs", 640, "").told()
        'not enough runs: 640 more'
        """
        if self.more is not None:
            return f"{self.word}: {self.more:,} more"
        return f"{self.word}: {self.reason}" if self.reason else self.word


def verdict(difference: Interval, zone: float, *, more_is_better: bool = True) -> Verdict:
    """Read a difference (policy less reference).

    Inside the zone: the whole interval lies between −zone and +zone. Better, worse: it lies on one side of zero and
    reaches out of the zone. Else more runs are needed: as many as bring the half-width below the wider of the
    distance from zero and the distance from the zone's end, so that their number is always finite.

    Parameters
    ----------
    zone
        Differences up to this one do not matter, in the measure's unit; above 0.
    more_is_better
        False for a cost or a day.

    Raises ValueError unless zone > 0.
    """
    if not zone > 0:
        raise ValueError(f"zone: found {zone}; expected a number above 0")
    if difference.value is None or difference.low is None or difference.high is None:
        return Verdict("no interval", None, difference.kind.removeprefix("none: "))
    sign = 1 if more_is_better else -1
    value = sign * difference.value
    low, high = sorted((sign * difference.low, sign * difference.high))
    if -zone <= low and high <= zone:
        return Verdict("inside the indifference zone", None, "")
    if low > 0:
        return Verdict("better", None, "")
    if high < 0:
        return Verdict("worse", None, "")
    if difference.n < difference.N:
        return Verdict("not enough runs", None, "runs failed, and more runs do not bring them back")
    return Verdict("not enough runs", runs_more(difference.n, (high - low) / 2, value, zone), "")


def runs_more(n: int, half_width: float, value: float, zone: float) -> int:
    """Runs more, in whole blocks, that would decide if the estimate stayed where it is.

    >>> runs_more(400, 0.05, 0.0, 0.025)
    1216
    """
    needed = n * (half_width / max(abs(value), zone - abs(value))) ** 2
    return BLOCK * max(1, ceil((needed - n) / BLOCK))
