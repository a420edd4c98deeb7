"""Worst regrets apart: how much more one policy loses where it loses most than another, on the same futures.

In any one world two regrets are measured from the same best policy, so that they differ by what the two policies fulfil
there, future by future. The other's worst regret is at least its regret in that world, and at least any other lower
bound of it. All of this follows from intervals that hold together already: nothing more is claimed than they say.

Why: two regrets whose intervals overlap may still be told apart in every future, and a planner should hear which.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sim.study.statistics import LEVEL, Interval, no_interval

Ahead = Callable[[str, str, str], Interval]
"""(world, one policy, another) -> how much more the one fulfils there, paired; all hold together."""


def apart(
    ahead: Ahead,
    regret: Mapping[tuple[str, str], Interval],
    worst: Mapping[str, Interval],
    worlds: Sequence[str],
    base: str,
    other: str,
) -> Interval:
    """The worst regret of ``other`` less that of ``base``.

    Parameters
    ----------
    regret
        (policy, world) -> regret there, from the same intervals as ``ahead``.
    worst
        Policy -> the largest of its regrets.
    """
    found = [ahead(world, base, other) for world in worlds]
    n, asked = min(each.n for each in found), found[0].N
    low = _at_least(ahead, regret, worst, worlds, base, other)
    reverse = _at_least(ahead, regret, worst, worlds, other, base)
    value = (worst[other].value or 0.0) - (worst[base].value or 0.0)
    if low is None or reverse is None:
        lacking = next((each.kind for each in found if each.low is None), found[0].kind)
        return no_interval(value, n, asked, LEVEL, lacking)
    open_ = [each for each in found if each.low != each.high] or found
    return Interval(value, low, -reverse, n, asked, LEVEL, min(open_, key=lambda each: each.n).kind)


def _at_least(
    ahead: Ahead,
    regret: Mapping[tuple[str, str], Interval],
    worst: Mapping[str, Interval],
    worlds: Sequence[str],
    base: str,
    other: str,
) -> float | None:
    """How much larger the worst regret of ``other`` is at least, whichever world is the worst of ``base``.

    None where nothing bounds it.
    """
    least: list[float] = []
    for world in worlds:
        same_world = ahead(world, base, other).low
        floor, ceiling = worst[other].low, regret[base, world].high
        bounds = [] if same_world is None else [same_world]
        if floor is not None and ceiling is not None:
            bounds.append(floor - ceiling)
        if not bounds:
            return None
        least.append(max(bounds))
    return min(least)
