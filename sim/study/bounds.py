"""Bounds: the least and the most that an input, an event or a formula can be.

Where a belief has no end, one case in a thousand lies beyond the bound; formulas are worked out in intervals, so
a bound may be wider than need be and is never too narrow.

Why: "short even at best" must be true of the best, or nobody will believe it of the rest.
"""

from __future__ import annotations

from math import inf, isfinite
from typing import Final, NamedTuple

from sim.distributions import Distribution
from sim.scenario.formula import parse
from sim.scenario.resolved import Input, Luck, Scenario

_BEYOND: Final = 0.001


class Range(NamedTuple):
    """From the least to the most, in canonical units."""

    low: float
    high: float

    def __mul__(self, other: object) -> Range:  # a tuple's own product is of no use here
        if not isinstance(other, Range):
            return NotImplemented
        products = [mine * theirs for mine in self for theirs in other]
        return Range(min(products), max(products))


def of_belief(belief: Distribution) -> Range:
    """The ends of a belief."""
    low, high = belief.low(), belief.high()
    return Range(
        low if isfinite(low) else belief.quantile(_BEYOND), high if isfinite(high) else belief.quantile(1 - _BEYOND)
    )


def of_luck(luck: Luck | None) -> Range:
    """The ends of one event's belief; zero where the stage does not exist."""
    return Range(0.0, 0.0) if luck is None else of_belief(luck.belief)


def of_input(scenario: Scenario, which: Input) -> Range:
    """The ends of an input, its formula worked out over the ends of the parameters."""
    if which.belief is not None:
        return of_belief(which.belief)
    assert which.formula is not None, "an input has a belief or a formula"
    return _of_formula(scenario, which.formula)


def _of_formula(scenario: Scenario, formula: str) -> Range:
    stack: list[Range] = []
    for step, what in parse(formula).steps:
        if step == "number":
            stack.append(Range(float(what), float(what)))
        elif step == "name":
            stack.append(of_input(scenario, scenario.parameters[str(what)]))
        else:
            values = stack[-int(what) :]
            del stack[-int(what) :]
            stack.append(_worked(step, values))
    return stack[0]


def _worked(step: str, values: list[Range]) -> Range:
    if step == "negative":
        return Range(-values[0].high, -values[0].low)
    if step in ("min", "max"):
        chosen = min if step == "min" else max
        return Range(chosen(value.low for value in values), chosen(value.high for value in values))
    first, second = values
    if step == "+":
        return Range(first.low + second.low, first.high + second.high)
    if step == "-":
        return Range(first.low - second.high, first.high - second.low)
    if step == "*":
        return first * second
    if second.low <= 0 <= second.high:
        return Range(-inf, inf)
    return first * Range(1 / second.high, 1 / second.low)
