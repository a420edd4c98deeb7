"""What the world would have to look like: for each policy, how often it is the best, and the inputs under which it is.

Which policy is best at a point is decided by the mean over its luck; how often is told from one half of the luck while
the other half chose.

Why: an argument about policies is mostly an argument about the world, and can be had about that instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.scenario.resolved import Scenario
from sim.streams import Generator
from sim.study.sensitivity.boxes import Discovered, discover
from sim.study.sensitivity.information import basis_of, best_of, fitted
from sim.study.sensitivity.output import Floats
from sim.study.statistics import Interval, mean_t


@dataclass(frozen=True, slots=True)
class World:
    """One policy's world."""

    policy: str
    best: Interval
    """Share of points at which it is the best; points at which several are level count in parts."""
    lead: Interval
    """How far it is ahead of the best of the others there, on luck that did not choose; below zero: noise."""
    box: Discovered | None
    """Where it is best; None where it is best everywhere or nowhere."""


def worlds(scenario: Scenario, policies: Sequence[str], x: Floats, y: Floats, generator: Generator) -> list[World]:
    """Each policy's world.

    Parameters
    ----------
    x
        Natural values of the sampled inputs, points × inputs.
    y
        Points × policies × luck numbers, at least two of these.
    """
    share = best_shares(y.mean(axis=2))
    half = y.shape[2] // 2
    chosen = best_shares(y[:, :, :half].mean(axis=2)) == 1.0
    valued = y[:, :, half:].mean(axis=2)
    found = []
    for place, policy in enumerate(policies):
        others = np.delete(valued, place, axis=1).max(axis=1) if len(policies) > 1 else valued[:, 0]
        leads = (valued[:, place] - others)[chosen[:, place]]
        box = discover(scenario, x, share[:, place], generator)
        best = mean_t(share[:, place].tolist(), within=(0.0, 1.0))
        found.append(World(policy, best, mean_t(leads.tolist()), box))
    return found


def best_shares(means: Floats) -> Floats:
    """1 for the best policy of each row, an equal part for each of several that are level."""
    best = means == means.max(axis=1, keepdims=True)
    found: Floats = best / best.sum(axis=1, keepdims=True)
    return found


@dataclass(frozen=True, slots=True)
class Switch:
    """Where the best policy changes as one input grows."""

    policies: tuple[str, ...]
    """The best one of each stretch, from the input's lowest value on."""
    values: tuple[float, ...]
    """Where one stretch ends and the next begins; one fewer."""


def switches(policies: Sequence[str], known: Floats, y: Floats) -> Switch:
    """The best policy along one input, by the curves that value it.

    Parameters
    ----------
    known
        The input at each point.
    y
        Points × policies, means over luck.
    """
    basis = basis_of(known[:, None])
    curves = fitted(basis, y, basis)
    order = np.argsort(known, kind="stable")
    best = best_of(curves, int(np.argmax(y.mean(axis=0))))[order]
    ends = np.flatnonzero(best[1:] != best[:-1])
    middles = (known[order][ends] + known[order][ends + 1]) / 2
    firsts = [0, *(ends + 1).tolist()]
    return Switch(tuple(policies[int(best[place])] for place in firsts), tuple(middles.tolist()))
