"""The scenario reference: every key of a scenario file with what it takes, as a page for people.

Everything on the page is read from the generated schema and from the table of units; the page is never edited.

Why: a key that is described by hand is described wrongly from the next change on.

Usage: python tools/scenario_reference.py > docs/scenario_reference.md
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.scenario.check_shock import KINDS
from sim.scenario.fields import Names
from sim.scenario.json_schema import json_schema
from sim.units import UNITS

WIDTH = 120
_CITED = ("source", "confidence", "note")
_FORMS = ("OneValue", "ThreePoints", "Span", "TwoQuantiles", "Bell", "Outcomes", "Observed", "Arithmetic")
_NUMBERS = ("OneValue", "Quantity")
EXAMPLES: Mapping[str, str] = {
    "OneValue": "{value: 2200, unit: day}",
    "ThreePoints": "{low: 5.0, mode: 11.3, high: 17.8, unit: m USD}",
    "Span": "{distribution: uniform, low: 0.5, high: 0.8, unit: share}",
    "TwoQuantiles": "{distribution: lognormal, p10: 200, p90: 400, unit: day}",
    "Bell": '{distribution: normal, mean: 1.0, sd: 0.1, unit: "1"}',
    "Outcomes": "{outcomes: {0: 0.79, 11: 0.14, 50: 0.07}, unit: day}",
    "Observed": "{values: [310, 420, 395], unit: day}",
    "Arithmetic": '{formula: "0.2 * shield_share * unmanned_fy2027", unit: bn JPY}',
}
_MADE = "<!-- Made by tools/scenario_reference.py from the models; write it anew with `make schema`. -->"
_OPENING = f"""\
{_MADE}
# Scenario reference

Every key of a scenario file, under the path that `--set` and the error messages use for it. `<id>` stands for a name,
`<year>` for a fiscal year by the calendar year it starts in, `<n>` for a place in a list, from 0. A key in **bold**
must be there. A key that is not listed is refused. Editors read the same grammar from `scenario.schema.json`: put
`# yaml-language-server: $schema=../docs/scenario.schema.json` at the top of a file in `scenarios`.

## Source and confidence

Every number needs both. They may stand beside it, or in a mapping around it; the nearest holds. A section that says
"Cited." takes them for all below it.
"""
_NUMBERS_OPENING = """\
## How a number is written

A number that somebody believes is a mapping with a unit, in one of eight forms, of which these are examples. Three
points are triangular, or PERT with `distribution: pert`.
"""
_OVERLAYS = """\
## Other files

- A file with `extends: FILE` holds only what differs from that file, which lies in the scenario's folder or below.
- A file with `kind: shocks`, `policies` or `override` is laid over a scenario with `--shock FILE`. It has an `id` and a
  `title`, and but for policies a `source` and a `confidence` of its own; it extends nothing.
- Mappings merge key by key, a list replaces a list, `null` deletes a key. A bare number laid over a number with a unit
  keeps the unit and makes it certain: `--set missions.small_attack.target=1000`.
"""
_SHOCKS_OPENING = """\
What each kind needs: the groups of `subjects` that may name what it strikes, and the unit of its size.
"""

_WRAP = partial(textwrap.wrap, width=WIDTH, break_on_hyphens=False, break_long_words=False)

Schema = Mapping[str, Any]


class Reference:
    """The page, from one schema."""

    def __init__(self, schema: Schema) -> None:
        self._models: Mapping[str, Schema] = schema["$defs"]
        self._classes = {one.__name__: one for one in _written(BaseModel)}

    def page(self) -> Iterator[str]:
        """Lines of the page."""
        yield from _OPENING.splitlines()
        yield ""
        for name in _CITED:
            yield from self._key(name, self._models["Sourced"]["properties"][name], required=False)
        yield ""
        yield from _NUMBERS_OPENING.splitlines()
        yield ""
        for name in _FORMS:
            yield from _item(f"`{EXAMPLES[name]}` · {self._models[name]['description']}")
        yield from ("", "Units, by what they measure:", "")
        for dimension, units in _units_by_dimension().items():
            yield from _item(f"{dimension}: {', '.join(f'`{unit}`' for unit in units)}")
        yield from ("", *_OVERLAYS.splitlines())
        yield from self._section("", self._models["WrittenScenario"])

    def _section(self, path: str, model: Schema) -> Iterator[str]:
        """One mapping's keys, then the sections below it, in the order of the file."""
        cited = " Cited." if "source" in model["properties"] else ""
        description = model["description"].replace("``", "`")
        yield from ("", f"## {f'`{path}`' if path else 'The file'}", "", f"{description}{cited}", "")
        below: list[tuple[str, Schema]] = []
        for name, schema in model["properties"].items():
            if name in _CITED and path:
                continue
            if name not in _CITED:
                kind = _named(self._classes[model["title"]], name) if "title" in model else None
                yield from self._key(name, schema, required=name in model.get("required", ()), kind=kind)
            below += self._below(f"{path}.{name}" if path else name, schema)
        if path == "shocks.<id>":
            yield from _kinds_of_shocks()
        for where, one in below:
            yield from self._section(where, one)

    def _below(self, path: str, schema: Schema) -> Iterator[tuple[str, Schema]]:
        """Sections of their own that one key opens."""
        for step, one in _inside(path, schema):
            name = _referred(one)
            if name is None:
                yield from self._below(step, one) if one is not schema else ()
            elif name not in _NUMBERS and "properties" in self._models[name]:
                yield step, self._models[name]

    def _key(self, name: str, schema: Schema, *, required: bool, kind: str | None = None) -> Iterator[str]:
        shown = f"**`{name}`**" if required else f"`{name}`"
        text = schema.get("description", "").replace("``", "`")
        default = schema.get("default")
        by_default = "" if default is None or isinstance(default, dict) else f" By default {default}."
        takes = self._takes(schema)
        if kind is not None:
            takes = takes.replace("text", f"name of {'an' if kind[0] in 'aeiou' else 'a'} {kind}")
        yield from _item(f"{shown} · {takes}. {text}{by_default}")

    def _takes(self, schema: Schema) -> str:
        """What a key takes, in a few words."""
        for choice in ("anyOf", "oneOf"):
            if choice in schema and "properties" not in schema:
                return " or ".join(self._takes(one) for one in schema[choice])
        name = _referred(schema)
        if name in _NUMBERS:
            unit = schema.get("properties", {}).get("unit", {})
            return f"{'one certain value' if name == 'OneValue' else 'number'} in {_measured(unit)}"
        if name is not None:
            return "a section"
        if "const" in schema:
            return f"`{schema['const']}`"
        if "enum" in schema:
            return ", ".join(f"`{one}`" for one in schema["enum"])
        return self._plainly(schema)

    def _plainly(self, schema: Schema) -> str:
        match schema.get("type"):
            case "string":
                return "date" if schema.get("format") == "date" else "id" if "pattern" in schema else "text"
            case "integer" | "number" as kind:
                return f"{'whole number' if kind == 'integer' else 'plain number'}{_between(schema)}"
            case "array":
                return f"list: {self._takes(schema['items'])}"
            case "object":
                entry = next(iter(schema.get("patternProperties", {}).values()), None) or schema["additionalProperties"]
                return f"by key: {self._takes(entry)}"
        raise ValueError(f"the schema has a form that the reference cannot tell: {dict(schema)}")


def _written(of: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """All models below one."""
    for one in of.__subclasses__():
        yield one
        yield from _written(one)


def _named(model: type[BaseModel], key: str) -> str | None:
    """What a key's text is the name of; None if it is no name."""
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    kinds = set(_names_in(fields[key]))
    return kinds.pop() if len(kinds) == 1 else None


def _names_in(kind: Any) -> Iterator[str]:
    metadata = kind.metadata if isinstance(kind, FieldInfo) else getattr(kind, "__metadata__", ())
    yield from (one.kind for one in metadata if isinstance(one, Names))
    parts = (kind.annotation,) if isinstance(kind, FieldInfo) else get_args(kind)
    for part in parts:
        if not (isinstance(part, type) and issubclass(part, BaseModel)):
            yield from _names_in(part)


def _kinds_of_shocks() -> Iterator[str]:
    yield from ("", *_SHOCKS_OPENING.splitlines(), "")
    for name, kind in KINDS.items():
        subjects = f"{', '.join(f'`{group}`' for group in kind.named_by)}; " if kind.named_by else ""
        size = f"size in {_measured({'enum': kind.units})}" if kind.units else "no size"
        year = "; `fiscal_year`" if kind.fiscal_year else ""
        yield from _item(f"`{name}` · {subjects}{size}{year}")


def _referred(schema: Schema) -> str | None:
    """The model that a schema refers to."""
    place = schema.get("$ref")
    return None if place is None else str(place).rpartition("/")[2]


def _inside(path: str, schema: Schema) -> Iterator[tuple[str, Schema]]:
    """Schemas within a key's schema, with the path at which each holds."""
    if "$ref" in schema:
        yield path, schema
    for choice in ("anyOf", "oneOf"):
        for one in schema.get(choice, ()):
            yield from _inside(path, one)
    if isinstance(schema.get("items"), dict):
        yield from _inside(f"{path}.<n>", schema["items"])
    for entry in (*schema.get("patternProperties", {}).values(), schema.get("additionalProperties")):
        if isinstance(entry, dict):
            yield from _inside(f"{path}.{_name_of_an_entry(path)}", entry)


def _name_of_an_entry(path: str) -> str:
    return "<year>" if path.rpartition(".")[2] == "years" else "<id>"


def _between(schema: Schema) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    if "exclusiveMinimum" in schema:
        low = f"more than {schema['exclusiveMinimum']:g}"
    if isinstance(high, float | int) and high >= 1e9:
        high = None
    if "exclusiveMaximum" in schema and schema["exclusiveMaximum"] < 1e9:
        high = f"less than {schema['exclusiveMaximum']:g}"
    told = [_told(low), _told(high)]
    if told == ["", ""]:
        return ""
    if not told[1]:
        return f", {told[0]}{' or more' if isinstance(low, int | float) else ''}"
    return f", {told[0]} to {told[1]}"


def _told(bound: object) -> str:
    if isinstance(bound, int | float):
        return f"{int(bound):,}" if bound == int(bound) else f"{bound:g}"
    return str(bound or "")


def _units_by_dimension() -> dict[str, list[str]]:
    """Dimension in words -> its units, in the order of the table of units."""
    found: dict[str, list[str]] = {}
    for unit in UNITS.values():
        dimension = "money" if unit.dimension.startswith("money:") else unit.dimension
        found.setdefault(dimension, []).append(unit.name)
    return found


def _measured(unit: Schema) -> str:
    """The units a number may have: dimensions where all of their units will do, else the units."""
    if "anyOf" in unit:
        return f"{_measured(unit['anyOf'][0])}, or any `unit/<n> days`"
    left: Sequence[str] = unit.get("enum", ())
    told = []
    yen = [unit.name for unit in UNITS.values() if unit.dimension == "money:JPY"]
    for dimension, units in (*_units_by_dimension().items(), ("yen", yen)):
        if len(units) > 2 and set(units) <= set(left):
            told.append(dimension)
            left = [name for name in left if name not in units]
    return ", ".join([*told, *(f"`{name}`" for name in left)]) or "a unit of its kind"


def _item(text: str) -> list[str]:
    return _WRAP(text, initial_indent="- ", subsequent_indent="  ")


def reference() -> str:
    """The whole page."""
    lines = Reference(json_schema()).page()
    return "".join(f"{line}\n" for one in lines for line in (_WRAP(one) if len(one) > WIDTH else [one]))


if __name__ == "__main__":
    sys.stdout.write(reference())
