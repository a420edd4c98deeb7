"""Checks of formulas: a result that makes sense where the parameters are most likely.

A formula is worked out at the modes of its parameters; what it gives there must lie within the field's bounds.

Why: a formula's units cannot be proved, but a budget of 26 yen or of minus 70 bn shows at the modes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sim.scenario.fields import Trouble
from sim.scenario.forms import Arithmetic, number_text
from sim.scenario.formula import FormulaError, evaluate
from sim.scenario.quantity import Quantity
from sim.scenario.survey import Found
from sim.scenario.tree import Path
from sim.scenario.written import WrittenScenario


def check_formulas(scenario: WrittenScenario, numbers: Sequence[Found]) -> Iterator[Trouble]:
    """Every formula has a value within its field's bounds at their modes."""
    modes = {name: _as_it_enters(one) for name, one in scenario.parameters.items() if not _is_formula(one)}
    for found in numbers:
        if isinstance(found.number, Quantity) and _is_formula(found.number) and found.path[0] != "parameters":
            yield from _formula_troubles(found.path, found.number, modes)


def _is_formula(quantity: Quantity) -> bool:
    return isinstance(quantity.form, Arithmetic)


def _as_it_enters(quantity: Quantity) -> float:
    """A parameter's mode as it enters a formula: shares as fractions, the rest as written."""
    mode = quantity.value()
    return mode if quantity.unit.dimension.startswith("share") else mode / quantity.unit.factor


def _formula_troubles(path: Path, quantity: Quantity, modes: Mapping[str, float]) -> Iterator[Trouble]:
    form = quantity.form
    assert isinstance(form, Arithmetic), "the caller has looked"
    if any(name not in modes for name in form.parsed().names):
        return  # a parameter that could not be read, whose fault is told already
    try:
        value = evaluate(form.formula, modes)
    except FormulaError as error:
        found = "no value at the parameters' modes"
        yield Trouble((*path, "formula"), found, "a finite value", f"There it is {error}.")
        return
    bound = quantity.holds.bound_broken(value, value, quantity.unit)
    if bound is not None:
        found = f"{number_text(round(value, 6))} {form.unit} at the parameters' modes"
        yield Trouble((*path, "formula"), found, bound, "Check the formula and the unit of its result.")
