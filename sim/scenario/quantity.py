"""Quantities: what a field asks of a number that somebody believes, and the number once it was read.

A quantity states its unit; the unit's dimension, the bounds and whether it is sampled are its field's.

Why: a unit that is checked at the door cannot turn 200 days into 200 months behind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Final, Literal

from pydantic import ValidationError, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from sim.distributions import Distribution
from sim.scenario.complaints import complaints, steps_of
from sim.scenario.fields import DEFINED, MOST, Trouble, troubles
from sim.scenario.forms import Arithmetic, Believed, Bell, Form, OneValue, TwoQuantiles, form_of, number_text
from sim.scenario.formula import FormulaError
from sim.units import UNITS, Unit

_RATE: Final = re.compile(r"unit/([1-9][0-9]{0,3}) days")


def unit_called(name: str) -> Unit | None:
    """Unit by its name; besides the table's, ``unit/<n> days`` for any period of days. None if there is none.

    >>> unit_called("unit/90 days")
    Unit(name='unit/90 days', dimension='rate', factor=1.0)
    """
    if name in UNITS:
        return UNITS[name]
    return Unit(name, "rate", 1.0) if _RATE.fullmatch(name) else None


def period_days(name: str) -> int:
    """Days of a rate's period: 365 for ``unit/month`` too, whose rates are entered times twelve.

    >>> period_days("unit/90 days"), period_days("unit/month")
    (90, 365)
    """
    found = _RATE.fullmatch(name)
    return int(found[1]) if found else 365


@dataclass(frozen=True, slots=True)
class Holds:
    """Marks a quantity's field: whether it is a parameter or luck, in which units, between which bounds.

    Bounds are in the canonical unit and include their ends; a belief must lie between them whole.
    """

    kind: Literal["fixed", "parameter", "luck", "choice"]
    units: tuple[str, ...]
    counted_in: str | None
    """The belief's unit in the resolved scenario; None: by the unit as written."""
    low: float | None = None
    high: float | None = None
    why: str = ""
    """A way out when a bound is broken."""
    any_period: bool = False
    """Whether ``unit/<n> days`` may be written for any n."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], CoreSchema]) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(self._read)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: Callable[[CoreSchema], JsonSchemaValue]
    ) -> JsonSchemaValue:
        form = "OneValue" if self.kind in ("fixed", "choice") else "Quantity"
        unit: JsonSchemaValue = {"enum": list(self.units)}
        if self.any_period:
            unit = {"anyOf": [unit, {"type": "string", "pattern": f"^{_RATE.pattern}$"}]}
        return {DEFINED: form, "properties": {"unit": unit}}

    def _read(self, written: object, info: ValidationInfo) -> Quantity:
        """Quantity as written. Raises its troubles, all of them; names of parameters come with the context."""
        if not isinstance(written, dict):
            example = f"{{value: ..., unit: {self.units[0]}}}"
            raise troubles(Trouble((), None, "a quantity: a mapping with a unit", f"For example {example}."))
        form = form_of(written)
        keys = tuple(form.model_fields)
        try:
            read = form.model_validate(written)
        except ValidationError as error:
            raise troubles(
                *(
                    trouble
                    for one in error.errors(include_url=False)
                    for trouble in complaints(one, steps_of(one), keys)
                ),
                *self._unit_troubles(written.get("unit")),
            ) from None
        known = (info.context or {}).get("parameters", ())
        found = [*self._unit_troubles(read.unit), *self._kind_troubles(read), *self._number_troubles(read, known)]
        if found:
            raise troubles(*found)
        return Quantity(read, self)

    def _unit_troubles(self, unit: object) -> list[Trouble]:
        if not isinstance(unit, str) or unit in self.units or (self.any_period and _RATE.fullmatch(unit)):
            return []
        units = f"one of the units {', '.join(self.units)}" if len(self.units) > 1 else f"the unit {self.units[0]}"
        return [Trouble(("unit",), None, units, "", unit, None if unit in UNITS else UNITS.keys())]

    def _kind_troubles(self, form: Form) -> list[Trouble]:
        if self.kind in ("fixed", "choice") and not isinstance(form, OneValue):
            return [Trouble((), form.text(), "one certain value", "This number is not sampled; write {value: ...}.")]
        if self.kind == "luck" and isinstance(form, Arithmetic):
            return [Trouble((), form.text(), "a distribution", "Only parameters may be formulas; this is luck.")]
        return []

    def _number_troubles(self, form: Form, parameters: Collection[str]) -> list[Trouble]:
        """Numbers that break the form's rule or the field's bounds; names in a formula that are no parameters."""
        if isinstance(form, Arithmetic):
            return _formula_troubles(form, parameters)
        assert isinstance(form, Believed), "whatever is no formula states a distribution"
        try:
            belief = form.belief()
        except ValueError:
            return [Trouble((), form.text(), form.rule, "")]
        unit = unit_called(form.unit)
        return [] if unit is None or self._unit_troubles(form.unit) else self._bound_troubles(form, belief, unit)

    def bound_broken(self, low: float, high: float, unit: Unit) -> str | None:
        """The bound that values from ``low`` to ``high`` in ``unit`` break, in words; None if they keep them all."""
        if self.low is not None and low * unit.factor < self.low:
            return f"no value below {number_text(self.low / unit.factor)} {unit.name}"
        if self.high is not None and high * unit.factor > self.high:
            return f"no value above {number_text(self.high / unit.factor)} {unit.name}"
        return None

    def _bound_troubles(self, form: Form, belief: Distribution, unit: Unit) -> list[Trouble]:
        bound = self.bound_broken(belief.low(), belief.high(), unit)
        if bound is None and max(-belief.quantile(0.001), belief.quantile(0.999)) * unit.factor > MOST:
            bound = f"a size the model can count, at most {number_text(MOST / unit.factor)} {unit.name}"
        if bound is None:
            return []
        endless = isinstance(form, Bell | TwoQuantiles)
        way_out = "This distribution has no end there; use low, mode and high." if endless else self.why
        return [Trouble((), f"{form.text()} {form.unit}", bound, way_out)]


def _formula_troubles(form: Arithmetic, parameters: Collection[str]) -> list[Trouble]:
    try:
        names = form.parsed().names
    except FormulaError as error:
        return [Trouble(("formula",), None, form.rule, f"Cannot be read: {error}.")]
    unknown = [name for name in names if name not in parameters]
    return [Trouble(("formula",), f"'{name}'", "the id of a parameter", "", name, parameters) for name in unknown]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity that was read, and what its field asks of it."""

    form: Form
    holds: Holds

    @property
    def unit(self) -> Unit:
        """The unit as written."""
        unit = unit_called(self.form.unit)
        assert unit is not None, "the unit was checked when the quantity was read"
        return unit

    def belief(self) -> Distribution:
        """The belief in the canonical unit. Raises TypeError for a formula, whose parameters alone are believed."""
        if not isinstance(self.form, Believed):
            raise TypeError(f"a formula states no distribution of its own: {self.form.text()}")
        belief = self.form.belief()
        return belief if self.unit.factor == 1.0 else belief.scaled(self.unit.factor)

    def value(self) -> float:
        """A certain quantity's number in the canonical unit, or the mode of an uncertain one."""
        return self.belief().mode()


def units_of(*dimensions: str) -> tuple[str, ...]:
    """Names of all units of some dimensions; ``money`` stands for every currency's."""
    return tuple(
        name
        for name, unit in UNITS.items()
        if unit.dimension in dimensions or ("money" in dimensions and re.match("money:", unit.dimension))
    )
