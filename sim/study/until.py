"""Running until narrow enough: a study grows until every share it reports is known as closely as wanted.

Looked at from 400 futures on. That is a property of the intervals and no test: whether two policies differ is another
question, with another rule.

Why: a number of replications is a guess at a precision, and it is the precision that somebody wants.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sim.errors import TheirsError
from sim.study.answer import Answer
from sim.study.statistics import NEVER_VARIED, Interval
from sim.study.statistics.looks import first_look, narrow_enough, next_look
from sim.study.statistics.needed import needed_for_chance


class Reported(NamedTuple):
    """A share that a study reports."""

    policy: str
    measure: str
    found: Interval


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a study that grows."""

    replications: int
    widest: Reported | None
    """None where nothing varied."""


@dataclass(frozen=True, slots=True)
class Grown:
    """A study that was grown until it was narrow enough, or as large as allowed."""

    folder: Path
    half_width: float
    looks: tuple[Look, ...]

    @property
    def narrow(self) -> bool:
        """Whether every share is as narrow as wanted."""
        widest = self.looks[-1].widest
        return widest is None or narrow_enough(widest.found, self.half_width)


def shares(answer: Answer) -> Iterator[Reported]:
    """The headline of each policy: weighted fulfilment, the joint chance, each mission's; those that varied."""
    for policy in answer.policies:
        named = [("weighted fulfilment", policy.fulfilment)]
        if policy.joint is not None:
            named.append(("chance of the joint list", policy.joint))
        named += [(f"chance of {mission.mission}", mission.chance) for mission in policy.missions]
        for name, found in named:
            if found.kind != NEVER_VARIED and found.value not in (0.0, 1.0):
                yield Reported(policy.policy, name, found)


def widest_of(answer: Answer) -> Reported | None:
    """The share that is known least closely; one without an interval before all others; None: nothing varied."""
    return max(shares(answer), key=lambda each: _width(each.found), default=None)


def _width(found: Interval) -> float:
    return 2.0 if found.half_width is None else found.half_width


def most_ever(half_width: float) -> int:
    """Futures after which every share is as narrow, whatever it is, if no run fails.

    Raises TheirsError for a half-width that no study should want.
    """
    if not 0.0005 <= half_width < 0.5:
        raise TheirsError(f"until: found {half_width}; expected a share from 0.0005 to below 0.5; 0.01 is a point.")
    return needed_for_chance(0.5, half_width).fixed


def run_until(
    half_width: float,
    most: int,
    first: Callable[[int], Path],
    further: Callable[[Path, int], Path],
    answered: Callable[[Path], Answer],
) -> Grown:
    """Grow a study until it is narrow enough.

    Parameters
    ----------
    most
        Futures at most.
    first, further
        Run a study of so many futures; extend one to so many.
    answered
        What a study says.

    Source: Chow & Robbins (1965); Glynn & Whitt (1992).
    """
    replications = first_look(most)
    folder = first(replications)
    looks = []
    while True:
        widest = widest_of(answered(folder))
        looks.append(Look(replications, widest))
        if widest is None or narrow_enough(widest.found, half_width) or replications >= most:
            return Grown(folder, half_width, tuple(looks))
        replications = next_look(widest.found, half_width, most)
        folder = further(folder, replications)
