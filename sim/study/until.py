"""Running until narrow enough: a study grows until every share it reports is known as closely as wanted.

Looked at from 400 futures on. That is a property of the intervals and no test: whether two policies differ is another
question, with another rule.

Why: a number of replications is a guess at a precision, and it is the precision that somebody wants.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path
from typing import NamedTuple

from sim.errors import TheirsError
from sim.scenario.load import Loaded
from sim.store import load
from sim.study.answer import Answer, answer
from sim.study.batch import Ask, run_batch
from sim.study.plan import Progress
from sim.study.resume import extend
from sim.study.statistics import BLOCK, LEAST_BLOCKS, NEVER_VARIED, Interval
from sim.study.statistics.looks import first_look, narrow_enough, next_look
from sim.study.statistics.needed import needed_for_chance, needed_for_mean


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


def shares(found: Answer) -> Iterator[Reported]:
    """The headline of each policy: weighted fulfilment, the joint chance, each mission's; those that varied."""
    for policy in found.policies:
        named = [("weighted fulfilment", policy.fulfilment)]
        if policy.joint is not None:
            named.append(("chance of the joint list", policy.joint))
        named += [(f"chance of {mission.mission}", mission.chance) for mission in policy.missions]
        for name, share in named:
            if share.kind != NEVER_VARIED and share.value not in (0.0, 1.0):
                yield Reported(policy.policy, name, share)


def widest_of(found: Answer) -> Reported | None:
    """The share that is known least closely; one without an interval before all others; None: nothing varied."""
    return max(shares(found), key=lambda each: _width(each.found), default=None)


def _width(found: Interval) -> float:
    return 2.0 if found.half_width is None else found.half_width


def most_ever(half_width: float) -> int:
    """Futures, in whole blocks, after which every share is as narrow, whatever it is, if no run fails.

    Raises TheirsError for a half-width that no study should want.
    """
    if not 0.0005 <= half_width < 0.5:
        raise TheirsError(f"until: found {half_width}; expected a share from 0.0005 to below 0.5; 0.01 is a point.")
    # no share varies more than zeros and ones in equal parts; their mean by t takes a few runs more than by Wilson
    most = max(needed_for_chance(0.5, half_width).fixed, needed_for_mean(0.5, half_width).fixed + 1)
    return BLOCK * max(LEAST_BLOCKS, ceil(most / BLOCK))


def run_until(
    half_width: float,
    most: int,
    first: Callable[[int], Path],
    further: Callable[[Path, int], Path],
    answered: Callable[[Path], Answer],
    told: Callable[[Look], None] = lambda look: None,
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
    told
        Called with each look.

    Source: Chow & Robbins (1965); Glynn & Whitt (1992).
    """
    replications = first_look(most)
    folder = first(replications)
    looks = []
    while True:
        widest = widest_of(answered(folder))
        looks.append(Look(replications, widest))
        told(looks[-1])
        if widest is None or narrow_enough(widest.found, half_width) or replications >= most:
            return Grown(folder, half_width, tuple(looks))
        replications = next_look(widest.found, half_width, most)
        folder = further(folder, replications)


def run_batch_until(
    loaded: Loaded,
    ask: Ask,
    half_width: float,
    progress: Progress | None = None,
    told: Callable[[Look], None] = lambda look: None,
) -> Grown:
    """Run and store a batch, and extend it until it is narrow enough.

    Parameters
    ----------
    ask
        Its replications are the most; None: as many as any share can take.
    told
        Called with each look.

    Raises what ``run_batch`` and ``extend`` raise; TheirsError for a half-width that no study should want, or a shard.
    What was stored at the last look stays.
    """
    if ask.shard is not None:
        raise TheirsError("until: found --shard; expected a whole study, since a part cannot tell how narrow it is.")
    enough = most_ever(half_width)
    return run_until(
        half_width,
        enough if ask.replications is None else ask.replications,
        lambda replications: run_batch(loaded, replace(ask, replications=replications), progress),
        lambda folder, replications: extend(folder, replications, ask.how(), progress),
        lambda folder: answer(load(folder), loaded.scenario),
        told,
    )
