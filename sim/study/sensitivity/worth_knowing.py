"""What is worth finding out before a policy is chosen: everything, each factor, and each sort of input.

In the output's own unit, or in yen where somebody states what a success is worth to him; cost is then taken off.

Why: the list "find these out first" is the order in which a planner's staff should pick up the telephone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.scenario.resolved import Scenario
from sim.streams import generator
from sim.study.sensitivity.extras import PURPOSE
from sim.study.sensitivity.factors import Factor
from sim.study.sensitivity.information import Worth, net_benefit, perfect, worth_of
from sim.study.sensitivity.output import Floats
from sim.study.sensitivity.pooled import Pool
from sim.study.sensitivity.telling import weakest, words

YEN: Final = "yen"


@dataclass(frozen=True, slots=True)
class Sort:
    """Inputs of one sort: all prices, all targets."""

    id: str
    title: str
    columns: tuple[int, ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class Valued:
    """What knowing is worth, on one output."""

    output: str
    unit: str
    usual: str
    """The policy that is best on the whole."""
    everything: Worth
    factors: Sequence[Worth]
    sorts: Sequence[Worth]

    def first(self) -> list[Worth]:
        """What to find out first: factors surely worth something, the most valuable first."""
        return sorted((each for each in self.factors if each.surely), key=lambda each: -each.value)


def sorts_of(factors: Sequence[Factor]) -> list[Sort]:
    """Factors by what they are of: the section of the file and the last step of the path."""
    members: dict[str, list[Factor]] = {}
    for factor in factors:
        steps = factor.paths[0].split(".")
        name = steps[0] if steps[0] in ("parameters", "budget") else f"{steps[0]}, {words(steps[-1])}"
        members.setdefault(name, []).append(factor)
    return [
        Sort(
            f"all of {name}",
            f"All of {words(name)}",
            tuple(column for factor in own for column in factor.columns),
            weakest(factor.confidence for factor in own),
        )
        for name, own in members.items()
        if len(own) > 1
    ]


def valued(found: Pool, factors: Sequence[Factor], output: str, seed: int) -> Valued:
    """What knowing is worth on one output of the pool."""
    return _valued(found, factors, output, "share", found.y[output], seed)


def valued_in_yen(found: Pool, factors: Sequence[Factor], value_yen: float, seed: int) -> Valued:
    """What knowing is worth in yen: the joint list's success at the stated value, less cost."""
    net = net_benefit(found.y["all_met"], found.y["cost"], value_yen)
    return _valued(found, factors, "net_benefit", YEN, net, seed)


def _valued(found: Pool, factors: Sequence[Factor], output: str, unit: str, y: Floats, seed: int) -> Valued:
    means = y.mean(axis=2)
    sorts = sorts_of(factors)
    asked = len(factors)

    def worth(id: str, columns: Sequence[int], family: int) -> Worth:
        return worth_of(id, found.x[:, list(columns)], means, generator(seed, PURPOSE, f"folds/{output}"), family)

    return Valued(
        output,
        unit,
        found.policies[int(np.argmax(means.mean(axis=0)))],
        perfect(y),
        [worth(factor.id, factor.columns, asked) for factor in factors],
        [worth(each.id, each.columns, len(sorts)) for each in sorts],
    )


def titles(scenario: Scenario, factors: Sequence[Factor]) -> Mapping[str, str]:
    """Name of everything that is valued."""
    return {
        "everything": "All inputs together",
        **{factor.id: factor.title for factor in factors},
        **{each.id: each.title for each in sorts_of(factors)},
    }
