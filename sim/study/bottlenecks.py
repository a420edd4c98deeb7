"""Bottlenecks: what would have helped, limit by limit and pair by pair, on the same futures (R38).

The policy decides anew in every world. Where all ledgers agree the gain is exactly zero: the limit never held anything
up. A pair is told by what it brings beyond the sum of its two.

Why: relieving a limit that is not the one that binds costs as much as relieving the one that does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any, Final, NamedTuple

from sim.engine.world import LIMITS
from sim.scenario.resolved import Scenario
from sim.store.finding import Finding, Grid
from sim.study.cases import Case
from sim.study.gain import chance_gain, mean_gain, paired_mean
from sim.study.plan import Progress
from sim.study.statistics import Interval
from sim.study.trial import INTERVAL, Futures, Tried, cells, exactly

NAME: Final = "bottlenecks"
REPLICATIONS: Final = 300
HELD: Final = "held"
"""The case in which every limit holds."""
PLUS: Final = "+"


class Gain(NamedTuple):
    """What lifting one limit, or two together, brings."""

    limits: tuple[str, ...]
    fulfilment: Interval
    joint: Interval | None
    """Of the chance of the joint list; None where the scenario names none."""
    missions: dict[str, Interval]
    """Of each mission's chance."""
    beyond: Interval | None
    """Of a pair: fulfilment gained beyond the sum of its two alone; None for one limit."""


def limits_asked(names: Sequence[str]) -> tuple[str, ...]:
    """The engine's limits, or those of these names, sorted."""
    return tuple(sorted(names or LIMITS))


def cases_of(scenario: Scenario, policy: str, limits: Sequence[str], *, pairs: bool) -> list[Case]:
    """The policy as it is, with each limit lifted, and with each two."""
    sets = [(limit,) for limit in limits] + (list(combinations(limits, 2)) if pairs else [])
    return [
        Case(HELD, scenario, policy),
        *(Case(PLUS.join(lifted), scenario, policy, frozenset(lifted)) for lifted in sets),
    ]


def gains(tried: Tried, scenario: Scenario, limits: Sequence[str], *, pairs: bool) -> list[Gain]:
    """What a trial of ``cases_of`` says, the largest gain first, limits before pairs.

    Gains in fulfilment hold together over all limits, and over all pairs; those in chances each by itself.
    """
    alone = [_gain(tried, scenario, (limit,), len(limits)) for limit in limits]
    both = list(combinations(limits, 2)) if pairs else []
    together = [_gain(tried, scenario, pair, len(both)) for pair in both]
    return [*sorted(alone, key=_size), *sorted(together, key=_beyond)]


def _gain(tried: Tried, scenario: Scenario, lifted: tuple[str, ...], claims: int) -> Gain:
    case = PLUS.join(lifted)
    return Gain(
        lifted,
        mean_gain(tried, "fulfilment", HELD, case, claims=claims),
        chance_gain(tried, "all_met", HELD, case) if scenario.joint else None,
        {mission: chance_gain(tried, f"met/{mission}", HELD, case) for mission in scenario.missions},
        _beyond_the_sum(tried, lifted, claims) if len(lifted) > 1 else None,
    )


def _beyond_the_sum(tried: Tried, pair: tuple[str, ...], claims: int) -> Interval:
    """Exactly zero where one of the two changes no ledger, neither alone nor beside the other."""
    case = PLUS.join(pair)
    one, other = pair
    if any(
        tried.same_ledgers(HELD, idle) and tried.same_ledgers(acting, case)
        for idle, acting in ((one, other), (other, one))
    ):
        return exactly(0.0, tried.replications, "exact: one of the two changes no ledger")
    held, first, second, both = (tried.column(each, "fulfilment") for each in (HELD, one, other, case))
    return paired_mean(both - first - second + held, tried.stratified, claims, (-1.0, 1.0))


def _size(gain: Gain) -> float:
    return -(gain.fulfilment.value or 0.0)


def _beyond(gain: Gain) -> float:
    assert gain.beyond is not None
    return -(gain.beyond.value or 0.0)


def bottlenecks(
    scenario: Scenario,
    policy: str,
    limits: Sequence[str],
    futures: Futures,
    *,
    pairs: bool = True,
    progress: Progress | None = None,
) -> Finding:
    """Lift each limit and each two, and say what that brings.

    Raises
    ------
    TheirsError
        For a policy or a limit that does not exist.
    OursError
        If more runs fail than is put up with.
    """
    tried = futures.run(cases_of(scenario, policy, limits, pairs=pairs), progress)
    found = gains(tried, scenario, limits, pairs=pairs)
    about = {
        "scenario": scenario.id,
        "title": scenario.title,
        **futures.about(),
        "policy": policy,
        "joint": list(scenario.joint),
        "failed": tried.failed(),
        "held": {"fulfilment": cells(tried.mean(HELD, "fulfilment")), "all_met": cells(tried.chance(HELD, "all_met"))},
        "titles": {
            "policy": scenario.policies[policy].title,
            "missions": {mission.id: mission.title for mission in scenario.missions.values()},
        },
    }
    return Finding(NAME, about, {"gains": Grid(("lifted", "measure", *INTERVAL), tuple(_rows(found)))})


def _rows(found: Sequence[Gain]) -> Iterator[tuple[Any, ...]]:
    for gain in found:
        lifted = PLUS.join(gain.limits)
        yield lifted, "fulfilment", *cells(gain.fulfilment)
        if gain.beyond is not None:
            yield lifted, "beyond_the_sum", *cells(gain.beyond)
        if gain.joint is not None:
            yield lifted, "all_met", *cells(gain.joint)
        for mission, interval in gain.missions.items():
            yield lifted, f"met/{mission}", *cells(interval)
