"""Published figures: what anybody who reads the scenario believes of an input, before any of it is sampled.

Only the scenario's distributions enter, never a sample; a formula is taken at the means of its parameters.

Why: a plan is made with expected values long before anybody knows the true ones.
"""

from __future__ import annotations

from sim.errors import OursError
from sim.scenario.formula import evaluate, names_in
from sim.scenario.resolved import Input, Scenario


def believed(scenario: Scenario, which: Input) -> float:
    """The mean of an input as believed, in its canonical unit (shares as fractions)."""
    if which.belief is not None:
        return which.belief.mean()
    if which.formula is None:
        raise OursError(f"{which.path} has neither a belief nor a formula")
    names = {name: believed(scenario, scenario.parameters[name]) for name in names_in(which.formula)}
    return evaluate(which.formula, names)
