"""Comparing until it is decided: more futures until every verdict on one measure is reached, or none are left.

It is looked at six times at most, planned beforehand, and every look pays for all; or by a confidence sequence, as
often as one likes, which takes more runs.

Why: whoever adds runs until the difference is clear finds one sooner or later, also where there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Final

from sim.scenario.resolved import Scenario
from sim.study.compare import Compared, How, compare, undecided
from sim.study.growing import Growing
from sim.study.measures_compared import Measured
from sim.study.statistics import BLOCK
from sim.study.statistics.looks import LOOKS, first_look, level_of_a_look, planned_looks
from sim.study.trial import Tried

_FURTHER: Final = 1.25
"""From one look at a sequence to the next."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a study that grows."""

    replications: int
    level: float
    """Of the family at this look."""
    still_open: tuple[str, ...]
    """Policies whose verdict was not reached."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a study that was grown until decided came to."""

    rows: tuple[Compared, ...]
    """All measures, at the last look and at its level."""
    looks: tuple[Look, ...]
    planned: tuple[int, ...]
    """Numbers of futures at which it would have been looked at; empty for a sequence."""
    tried: Tried

    @property
    def decided(self) -> bool:
        """Whether every verdict on the measure was reached."""
        return not self.looks[-1].still_open


def until_decided(
    growing: Growing, scenario: Scenario, measures: Sequence[Measured], primary: Measured, how: How, most: int
) -> Decision:
    """Grow a study until every policy's verdict on ``primary`` is reached.

    Parameters
    ----------
    most
        Futures at most.

    Raises OursError if more runs fail than is put up with.
    """
    planned = () if how.sequence else tuple(planned_looks(most, LOOKS))
    at_a_look = how if how.sequence else replace(how, level=level_of_a_look(len(planned), how.level))
    looks: list[Look] = []
    for replications in planned or _sequence_looks(most):
        tried = growing.to(replications)
        rows = compare(tried, scenario, [primary], at_a_look, savings=False)
        still_open = tuple(row.policy for row in undecided(rows))
        looks.append(Look(replications, at_a_look.level, still_open))
        if not still_open:
            break
    return Decision(tuple(compare(tried, scenario, measures, at_a_look)), tuple(looks), planned, tried)


def compared_once(
    growing: Growing, scenario: Scenario, measures: Sequence[Measured], primary: Measured, how: How, replications: int
) -> Decision:
    """Compare on a number of futures fixed beforehand. Raises OursError as ``until_decided``."""
    tried = growing.to(replications)
    rows = compare(tried, scenario, measures, how)
    still_open = tuple(row.policy for row in undecided(rows) if row.measure == primary)
    return Decision(tuple(rows), (Look(replications, how.level, still_open),), (), tried)


def _sequence_looks(most: int) -> Iterator[int]:
    """Numbers of futures, in whole blocks but for the last, each a quarter further."""
    replications = first_look(most)
    while replications < most:
        yield replications
        replications = BLOCK * ceil(replications * _FURTHER / BLOCK)
    yield most
