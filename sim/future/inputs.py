"""Inputs: from one uniform each to the values of a future, formulas included.

A formula is worked out on unrounded canonical values; every input is rounded by itself, where it enters.

Why: a line's money that is a share of an uncertain total must move with that total.
"""

from __future__ import annotations

from collections.abc import Sequence

from sim.distributions import Constant
from sim.errors import nearest
from sim.future.entry import canonical_of, entered_or_score
from sim.scenario.formula import evaluate, names_in
from sim.scenario.resolved import Input, Scenario


class InputSheet:
    """A scenario's inputs, in the order in which their values can be worked out."""

    __slots__ = ("_formulas", "_inputs", "_modes", "_names", "_uncertain")

    def __init__(self, scenario: Scenario) -> None:
        self._inputs = scenario.inputs
        self._names = {name: parameter.number for name, parameter in scenario.parameters.items()}
        self._formulas = _in_order(scenario)
        self._uncertain = tuple(
            (which.number, which.belief)
            for which in scenario.inputs
            if which.belief is not None and not isinstance(which.belief, Constant)
        )
        self._modes = tuple(0.0 if which.belief is None else which.belief.mode() for which in scenario.inputs)

    @property
    def uncertain(self) -> tuple[int, ...]:
        """Numbers of the inputs that a uniform decides."""
        return tuple(number for number, _ in self._uncertain)

    def at_modes(self) -> tuple[float, ...]:
        """Canonical value of each input, every belief at its mode."""
        return self._complete(list(self._modes))

    def at(self, uniforms: Sequence[float]) -> tuple[float, ...]:
        """Canonical value of each input at its uniform; both by number."""
        natural = list(self._modes)
        for number, belief in self._uncertain:
            natural[number] = belief.quantile(uniforms[number])
        return self._complete(natural)

    def with_value(self, natural: Sequence[float], path: str, value: float) -> tuple[float, ...]:
        """Canonical values after one input is set, in the unit in which it enters; formulas follow.

        Raises ValueError for an unknown path, a formula, or a number that cannot enter.
        """
        which = self.by_path(path)
        if which.formula is not None:
            raise ValueError(
                f"{path}: found a value for an input that is worked out from '{which.formula}'; expected"
                f" an input with a belief of its own. Set {' or '.join(names_in(which.formula))} instead"
            )
        changed = list(natural)
        changed[which.number] = canonical_of(which.unit, value, path)
        return self._complete(changed)

    def by_path(self, path: str) -> Input:
        """The input at a path. Raises ValueError, naming the nearest, if there is none."""
        for which in self._inputs:
            if which.path == path:
                return which
        raise ValueError(f"no input '{path}'. {nearest(path, [which.path for which in self._inputs])}")

    def entered(self, natural: Sequence[float]) -> tuple[int | float, ...]:
        """The values as the rules see them: whole numbers, but for scores."""
        return tuple(entered_or_score(which.unit, value) for which, value in zip(self._inputs, natural, strict=True))

    def behind(self, number: int) -> set[int]:
        """Numbers of an input and of every parameter its formula leans on."""
        formula = self._inputs[number].formula
        numbers = {number}
        for name in () if formula is None else names_in(formula):
            numbers |= self.behind(self._names[name])
        return numbers

    def _complete(self, natural: list[float]) -> tuple[float, ...]:
        """The same with every formula worked out."""
        known = {name: natural[number] for name, number in self._names.items()}
        for number, formula, name in self._formulas:
            try:
                natural[number] = evaluate(formula, known)
            except ValueError as error:
                raise ValueError(f"{self._inputs[number].path}: {error}") from error
            if name is not None:
                known[name] = natural[number]
        return tuple(natural)


def _in_order(scenario: Scenario) -> tuple[tuple[int, str, str | None], ...]:
    """Number, formula and own name of each formula, each after those it leans on.

    Raises ValueError if some lean on each other or on a name that is no parameter.
    """
    names = {parameter.number: name for name, parameter in scenario.parameters.items()}
    waiting = [(which.number, which.formula) for which in scenario.inputs if which.formula is not None]
    known = {name for name, parameter in scenario.parameters.items() if parameter.formula is None}
    ordered: list[tuple[int, str, str | None]] = []
    while waiting:
        ready = [(number, formula) for number, formula in waiting if known.issuperset(names_in(formula))]
        if not ready:
            paths = ", ".join(scenario.inputs[number].path for number, _ in waiting)
            raise ValueError(
                f"{paths}: formulas that lean on each other or on unknown names;"
                f" expected names among the parameters: {', '.join(scenario.parameters)}"
            )
        ordered += [(number, formula, names.get(number)) for number, formula in ready]
        known |= {names[number] for number, _ in ready if number in names}
        waiting = [entry for entry in waiting if entry not in ready]
    return tuple(ordered)
