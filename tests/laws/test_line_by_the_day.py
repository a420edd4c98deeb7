"""A line's completion days, by division, equal those of a twin that lives every day.

The twin keeps no sum since the start: it lives a day at a time, gives what the day has to the lot in hand, and
what the lot does not take to the next one if that is ready the same day.

Why: the engine never steps through the days, so something else must have done so.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from sim.rules.production import NEVER, completion_day, passed_on
from sim.streams import generator

LINES = 3_000
LAST_DAY = 800
"""What is not done by then is never done: the last lot of ``random_line`` is ready and the last piece begun before
day 120, and 8 lots of at most 39 minutes and 29 of tooling need no more than 544 days at one a day."""


class Line(NamedTuple):
    """Lots with the day each may start at the earliest, and the capacity of the line."""

    ready: tuple[int, ...]
    work: tuple[tuple[int, int], ...]
    changes: tuple[int, ...]
    labour: tuple[int, ...]
    tooling: tuple[int, ...]


def random_line(luck) -> Line:
    """Small numbers, so that days end exactly, left-overs cover whole lots and rates of zero are common."""
    lots, pieces = int(luck.integers(1, 9)), int(luck.integers(1, 7))
    gaps = luck.choice((0, 0, 0, 1, 2, 15), lots)
    limited = luck.integers(0, 3)  # no tooling limit in a third of the lines
    work = [(int(luck.integers(0, 40)), int(limited and luck.integers(0, 30))) for _ in range(lots)]
    changes = np.cumsum(luck.integers(1, 12, pieces))
    changes += -int(changes[0]) - int(luck.integers(0, 3))
    return Line(
        tuple(int(day) for day in np.cumsum(gaps)),
        tuple(lot if any(lot) else (1, 0) for lot in work),
        tuple(int(day) for day in changes),
        tuple(int(rate) for rate in luck.choice((0, 1, 2, 5, 11, 40), pieces)),
        tuple(int(rate) for rate in luck.choice((0, 1, 3, 30), pieces)),
    )


def by_division(line: Line) -> list[int]:
    """Completion days as the engine reckons them: each lot starts when it is ready and the line is free."""
    days: list[int] = []
    free, left = 0, (0, 0)
    for ready, work in zip(line.ready, line.work, strict=True):
        start = max(ready, free)
        free, left = completion_day(start, work, passed_on(free, left, start), line.changes, line.labour, line.tooling)
        if free == NEVER:
            return days
        days.append(free)
    return days


def by_the_day(line: Line) -> list[int]:
    """Completion days as the foreman sees them; a lot that starts on an idle line begins work the next day."""
    days: list[int] = []
    in_hand: list[int] | None = None
    for day in range(LAST_DAY):
        piece = max(place for place, change in enumerate(line.changes) if change <= day)
        rest = [line.labour[piece], line.tooling[piece]] if in_hand else [0, 0]
        while len(days) < len(line.work):
            if in_hand is None:
                if line.ready[len(days)] > day:
                    break
                in_hand = list(line.work[len(days)])
            for meter in (0, 1):
                taken = min(in_hand[meter], rest[meter])
                in_hand[meter] -= taken
                rest[meter] -= taken
            if any(in_hand):
                break
            days.append(day)
            in_hand = None
        if len(days) == len(line.work):
            break
    return days


def test_completions_by_division_are_those_of_a_twin_that_lives_every_day() -> None:
    luck = generator(2027, "laws", "lines")
    done = same_day = unfinished = 0
    for number in range(LINES):
        line = random_line(luck)
        days = by_division(line)
        assert days == by_the_day(line), f"line {number}: {line}"
        done += len(days)
        same_day += sum(late == early for early, late in pairwise(days))
        unfinished += len(days) < len(line.work)
    # the corners were met: left-overs that cover a whole lot, and lines that stop for good
    assert (done > 2 * LINES, same_day > LINES // 4, unfinished > LINES // 10) == (True, True, True)


def test_the_twin_tells_the_story_of_four_units() -> None:
    story = Line((0, 0, 0, 0), ((6_000, 0), (4_800, 0), (4_213, 0), (3_840, 0)), (0,), (4_800,), (0,))
    assert by_the_day(story) == by_division(story) == [2, 3, 4, 4]
