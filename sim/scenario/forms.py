"""The eight forms a quantity may take: a value, three points, a span, two quantiles, a normal, outcomes, observed
values, a formula.

Each form knows the rule its numbers keep, the belief they state, and how a table shows them.

Why: an uncertain number without its unit and its source is how a study fools its reader.
"""

import re
from abc import abstractmethod
from collections.abc import Mapping
from typing import Annotated, ClassVar, Final, Literal

from pydantic import AfterValidator, Field, StringConstraints

from sim.distributions import (
    Constant,
    Discrete,
    Distribution,
    Empirical,
    Lognormal,
    Normal,
    Pert,
    Triangular,
    Uniform,
)
from sim.scenario.fields import Number, Sourced, Text, Trouble, troubles
from sim.scenario.formula import LONGEST, Formula, parse

_WIDEST_RATIO: Final = 10_000
_NUMBER: Final = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")


def _number_key(key: str) -> str:
    if not _NUMBER.fullmatch(key):
        raise troubles(Trouble((), None, "a number as key", "Write 'value: chance', as 11: 0.14."))
    return key


NumberKey = Annotated[str, AfterValidator(_number_key)]


class Form(Sourced):
    """What every form of a quantity states."""

    rule: ClassVar[str]
    """What the form's numbers must satisfy, in words."""

    unit: Text
    """The unit of every number of the quantity; its dimension must be the field's."""

    @abstractmethod
    def text(self) -> str:
        """The numbers as written, for tables."""


class Believed(Form):
    """A form that states a distribution by itself."""

    @abstractmethod
    def belief(self) -> Distribution:
        """The belief in the written unit. Raises ValueError if the numbers break the form's rule."""


class OneValue(Believed):
    """A number without doubt."""

    rule = "a number"

    value: Number
    """The number."""

    def belief(self) -> Distribution:
        """Certain."""
        return Constant(self.value)

    def text(self) -> str:
        """The number."""
        return number_text(self.value)


class ThreePoints(Believed):
    """Low, most likely, high."""

    rule = "low <= mode <= high"

    distribution: Literal["triangular", "pert"] = "triangular"
    """How the three points are read."""
    low: Number
    """As low as it may be."""
    mode: Number
    """The most likely value, not the average."""
    high: Number
    """As high as it may be."""

    def belief(self) -> Distribution:
        """Triangular or PERT."""
        return (Pert if self.distribution == "pert" else Triangular)(self.low, self.mode, self.high)

    def text(self) -> str:
        """Three numbers; PERT is named."""
        points = " / ".join(number_text(point) for point in (self.low, self.mode, self.high))
        return f"pert {points}" if self.distribution == "pert" else points


class Span(Believed):
    """Any value between two ends."""

    rule = "low <= high"

    distribution: Literal["uniform"]
    """All values equally likely."""
    low: Number
    """The lower end."""
    high: Number
    """The upper end."""

    def belief(self) -> Distribution:
        """Uniform."""
        return Uniform(self.low, self.high)

    def text(self) -> str:
        """Both ends."""
        return f"uniform {number_text(self.low)} / {number_text(self.high)}"


class TwoQuantiles(Believed):
    """A lognormal by two quantiles."""

    rule = f"0 < p10 < p90 <= {_WIDEST_RATIO:,} x p10"

    distribution: Literal["lognormal"]
    """Skewed to the right, never below zero."""
    p10: Number
    """One case in ten stays below."""
    p90: Number
    """Nine cases in ten stay below."""

    def belief(self) -> Distribution:
        """Lognormal."""
        if self.p90 > _WIDEST_RATIO * self.p10:
            raise ValueError("quantiles too far apart")
        return Lognormal(self.p10, self.p90)

    def text(self) -> str:
        """Both quantiles."""
        return f"P10 {number_text(self.p10)}, P90 {number_text(self.p90)}"


class Bell(Believed):
    """A normal."""

    rule = "sd > 0"

    distribution: Literal["normal"]
    """Symmetric, without ends."""
    mean: Number
    """The centre."""
    sd: Number
    """The standard deviation."""

    def belief(self) -> Distribution:
        """Normal."""
        return Normal(self.mean, self.sd)

    def text(self) -> str:
        """Mean and standard deviation."""
        return f"normal {number_text(self.mean)}, sd {number_text(self.sd)}"


class Outcomes(Believed):
    """Single values with their chances."""

    rule = "different numbers with chances of zero or more that add up to 1"

    distribution: Literal["discrete"] = "discrete"
    """Single values."""
    outcomes: Annotated[dict[NumberKey, Number], Field(min_length=1, max_length=1_000)]
    """Value: chance; the chances add up to 1."""

    def belief(self) -> Distribution:
        """Discrete."""
        pairs = sorted((float(value), chance) for value, chance in self.outcomes.items())
        return Discrete(tuple(value for value, _ in pairs), tuple(chance for _, chance in pairs))

    def text(self) -> str:
        """Value: chance, in order of value."""
        pairs = sorted((float(value), chance) for value, chance in self.outcomes.items())
        return ", ".join(f"{number_text(value)}: {number_text(chance)}" for value, chance in pairs)


class Observed(Believed):
    """Values seen, each as likely as the others."""

    rule = "at least one number"

    distribution: Literal["empirical"] = "empirical"
    """One of the values."""
    values: Annotated[list[Number], Field(min_length=1, max_length=2_000)]
    """The values seen."""

    def belief(self) -> Distribution:
        """Empirical."""
        return Empirical(tuple(self.values))

    def text(self) -> str:
        """Their number and ends."""
        return f"{len(self.values)} values, {number_text(min(self.values))} to {number_text(max(self.values))}"


class Arithmetic(Form):
    """A formula over the scenario's parameters."""

    rule = "arithmetic over the ids of the parameters section"

    formula: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST)]
    """Numbers, ids of parameters, + - * /, parentheses, min and max; the unit states what the result is in."""

    def text(self) -> str:
        """The formula."""
        return self.formula

    def parsed(self) -> Formula:
        """The formula, read. Raises FormulaError, a ValueError, if it cannot be."""
        return parse(self.formula)


FORMS: Final[Mapping[str, type[Form]]] = {
    "formula": Arithmetic,
    "outcomes": Outcomes,
    "values": Observed,
    "value": OneValue,
    "p10": TwoQuantiles,
    "p90": TwoQuantiles,
    "mean": Bell,
    "sd": Bell,
    "mode": ThreePoints,
    "low": ThreePoints,
    "high": ThreePoints,
}
"""Form by the first of these keys that stands in the mapping."""

DISTRIBUTIONS: Final[Mapping[str, type[Form]]] = {
    "triangular": ThreePoints,
    "pert": ThreePoints,
    "uniform": Span,
    "lognormal": TwoQuantiles,
    "normal": Bell,
    "discrete": Outcomes,
    "empirical": Observed,
}


def number_text(number: float) -> str:
    """Number as a person writes it.

    >>> number_text(5.0), number_text(0.256), number_text(1e15)
    ('5', '0.256', '1000000000000000')
    """
    return str(int(number)) if number == int(number) else repr(number)


def form_of(written: Mapping[str, object]) -> type[Form]:
    """Which form a mapping is in. Raises the trouble that it is in none."""
    name = written.get("distribution")
    if name is not None:
        form = DISTRIBUTIONS.get(name) if isinstance(name, str) else None
        if form is None:
            raise troubles(
                Trouble(("distribution",), None, "a known distribution", "", str(name), DISTRIBUTIONS.keys())
            )
        return form
    stated = [form for key, form in FORMS.items() if key in written]
    if stated:
        return max(stated, key=stated.count)  # of equally many keys the first
    way_out = "For example {value: 6, unit: ...} or {low: 4, mode: 6, high: 9, unit: ...}."
    raise troubles(Trouble((), None, "a value, a distribution or a formula", way_out))
