"""Inputs: the survey's quantities as the futures need them, in canonical units and numbered.

Inputs are numbered in order of path, constants included; formulas are rewritten to canonical units.

Why: a parameter's place in the design is its path's, so a line added to a file moves no other number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from sim.distributions import Normal
from sim.scenario.forms import Arithmetic
from sim.scenario.formula import scaled
from sim.scenario.quantity import Quantity
from sim.scenario.resolved import BeliefUnit, Input, Luck
from sim.scenario.survey import Found
from sim.scenario.tree import dotted
from sim.units import BASIS_POINTS, RATE_SCALE, round_half_up

_BY_DIMENSION: Final[Mapping[str, BeliefUnit]] = {
    "money:JPY": "yen",
    "duration": "day",
    "share": "share",
    "share/year": "share",
    "share/month": "share",
    "rate": "rate",
    "exchange": "exchange",
    "factor": "factor",
    "events/year": "event",
    "pieces": "rate",
    "work": "minute",
    "JPY/hour": "yen",
}
_BY_NAME: Final[Mapping[str, BeliefUnit]] = {"unit": "unit", "person": "person", "place": "place"}
_ENTERED: Final[Mapping[str, int]] = {
    "share": BASIS_POINTS,
    "factor": BASIS_POINTS,
    "event": BASIS_POINTS,
    "exchange": RATE_SCALE,
}


def belief_unit(quantity: Quantity) -> BeliefUnit:
    """What the resolved belief is counted in."""
    if quantity.holds.counted_in is not None:
        return cast(BeliefUnit, quantity.holds.counted_in)
    unit = quantity.unit
    if unit.name in _BY_NAME:
        return _BY_NAME[unit.name]
    return _BY_DIMENSION.get(unit.dimension, "minor")


def whole(quantity: Quantity) -> int:
    """A certain quantity as the model enters it: whole days, yen, basis points, 1/10,000 yen."""
    return round_half_up(quantity.value() * _ENTERED.get(belief_unit(quantity), 1))


@dataclass(frozen=True, slots=True)
class Inputs:
    """All quantities of a scenario, by path."""

    parameters: tuple[Input, ...]
    by_path: Mapping[str, Input]
    luck: Mapping[str, Luck]
    fixed: Mapping[str, int]


def inputs_of(numbers: Sequence[Found], suppliers: Sequence[str]) -> Inputs:
    """Number the parameters, each supplier's lateness among them, and collect luck and fixed quantities."""
    quantities = {dotted(found.path): found.number for found in numbers if isinstance(found.number, Quantity)}
    parameters = {path: one for path, one in quantities.items() if one.holds.kind == "parameter"}
    divisors = {
        path.removeprefix("parameters."): _divisor(one)
        for path, one in parameters.items()
        if path.startswith("parameters.")
    }
    lateness = {f"suppliers.{supplier}.lateness" for supplier in suppliers}
    numbered = tuple(
        Input(number, path, "sd", Normal(0.0, 1.0), None)
        if path in lateness
        else _input(number, path, parameters[path], divisors)
        for number, path in enumerate(sorted({*parameters, *lateness}))
    )
    luck = {
        path: Luck(path, belief_unit(one), one.belief()) for path, one in quantities.items() if one.holds.kind == "luck"
    }
    fixed = {path: whole(one) for path, one in quantities.items() if one.holds.kind == "fixed"}
    return Inputs(numbered, {one.path: one for one in numbered}, luck, fixed)


def _input(number: int, path: str, quantity: Quantity, divisors: Mapping[str, float]) -> Input:
    unit = belief_unit(quantity)
    if isinstance(quantity.form, Arithmetic):
        return Input(number, path, unit, None, scaled(quantity.form.formula, divisors, quantity.unit.factor))
    return Input(number, path, unit, quantity.belief(), None)


def _divisor(quantity: Quantity) -> float:
    """What a sampled value is divided by to enter a formula: shares enter as fractions, the rest as written."""
    return 1.0 if quantity.unit.dimension.startswith("share") else quantity.unit.factor
