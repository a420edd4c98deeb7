"""Swings: what an output does when one factor moves through its belief and all else stays, on common futures.

The ends of a tornado are the tenths of each belief; more levels make a curve. Correlated inputs move together.

Why: a planner thinks in "if this went badly", one thing at a time, and the answer should come with its interval.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sim.scenario.resolved import Scenario
from sim.study.cases import Case, inputs_at
from sim.study.sensitivity.factors import Bench, Factor
from sim.study.sensitivity.output import Floats
from sim.study.sensitivity.running import PURPOSE, Outputs, Setup, column, outputs_of, run_whole
from sim.study.statistics import Interval, mean_t

ENDS: Final = (0.1, 0.9)
CURVE: Final = (0.1, 0.3, 0.5, 0.7, 0.9)
FUTURES: Final = 64


@dataclass(frozen=True, slots=True)
class Level:
    """An output with one factor at one quantile."""

    factor: str
    share: float
    """Of the belief that lies below."""
    values: tuple[float, ...]
    """Of its inputs, canonical."""
    mean: Interval


@dataclass(frozen=True, slots=True)
class Swung:
    """What came of it, output by output."""

    outputs: Outputs
    levels: Mapping[str, Sequence[Level]]
    swings: Mapping[str, Mapping[str, Interval]]
    """Output -> factor -> difference from the lowest quantile to the highest, on the same futures."""


def swing_runs(looked_at: Sequence[Factor], shares: Sequence[float], futures: int) -> int:
    """Runs that it takes."""
    return len(looked_at) * len(shares) * futures


def swing(
    scenario: Scenario, policy: str, looked_at: Sequence[Factor], shares: Sequence[float], futures: int, setup: Setup,
    asked: Sequence[str] = (),
) -> Swung:  # fmt: skip
    """Move each factor by itself.

    Parameters
    ----------
    shares
        Quantiles at which it stands, ascending.
    futures
        In each of which all else is drawn once.

    Raises
    ------
    OursError
        If a run failed.
    TheirsError
        If the policy does not exist or no output varied.
    """
    bench = Bench(scenario, setup.seed, PURPOSE)
    rows = [(factor, share) for factor in looked_at for share in shares]
    points = [bench.point(number, factor, share) for factor, share in rows for number in range(futures)]
    frame = run_whole([Case(policy, scenario, policy)], points, setup)
    outputs = outputs_of(scenario, frame, asked)
    firsts = inputs_at(scenario, points[::futures], seed=setup.seed, purpose=PURPOSE)
    at = [firsts[list(factor.paths)].to_numpy(float) for factor, _ in rows]
    values = [tuple(of_factor[k].tolist()) for k, of_factor in enumerate(at)]
    levels, swings = {}, {}
    for each in outputs.varying:
        y = column(frame, each.id).reshape(len(rows), futures)
        levels[each.id] = [
            Level(factor.id, share, values[k], mean_t(y[k].tolist(), within=(0.0, 1.0)))
            for k, (factor, share) in enumerate(rows)
        ]
        swings[each.id] = {
            factor.id: _swing(y[k * len(shares)], y[(k + 1) * len(shares) - 1]) for k, factor in enumerate(looked_at)
        }
    return Swung(outputs, levels, swings)


def _swing(low: Floats, high: Floats) -> Interval:
    return mean_t((high - low).tolist())
