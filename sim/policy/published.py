"""Published figures: what anybody who reads the scenario believes of an input, before any of it is sampled.

Only the scenario's distributions enter, never a sample; a formula is taken at the means, or modes, of its parameters.

Why: a plan is made with expected values long before anybody knows the true ones.
"""

from __future__ import annotations

from sim.errors import OursError
from sim.scenario.formula import evaluate, names_in
from sim.scenario.resolved import Input, Scenario
from sim.units import BASIS_POINTS, round_half_up


def believed(scenario: Scenario, which: Input) -> float:
    """The mean of an input as believed, in its canonical unit (shares as fractions)."""
    if which.belief is not None:
        return which.belief.mean()
    if which.formula is None:
        raise OursError(f"{which.path} has neither a belief nor a formula")
    names = {name: believed(scenario, scenario.parameters[name]) for name in names_in(which.formula)}
    return evaluate(which.formula, names)


def at_mode(scenario: Scenario, which: Input) -> int:
    """The most likely value of an input as it enters: basis points of shares and factors, else whole units."""
    return round_half_up(_mode(scenario, which) * (BASIS_POINTS if which.unit in ("share", "factor") else 1))


def _mode(scenario: Scenario, which: Input) -> float:
    if which.belief is not None:
        return which.belief.mode()
    if which.formula is None:
        raise OursError(f"{which.path} has neither a belief nor a formula")
    names = {name: _mode(scenario, scenario.parameters[name]) for name in names_in(which.formula)}
    return evaluate(which.formula, names)
