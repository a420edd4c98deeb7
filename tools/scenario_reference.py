"""The scenario reference: every key of a scenario file with what it takes, as a page for people.

Everything on the page is read from the generated schema and from the table of units; the page is never edited.

Why: a key that is described by hand is described wrongly from the next change on.

Usage: python tools/scenario_reference.py > docs/scenario_reference.md
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sim.scenario.json_schema import json_schema
from sim.units import UNITS

WIDTH = 120
_CITED = ("source", "confidence", "note")
_FORMS = ("OneValue", "ThreePoints", "Span", "TwoQuantiles", "Bell", "Outcomes", "Observed", "Arithmetic")
_NUMBERS = ("OneValue", "Quantity")
_EXAMPLES: Mapping[str, str] = {
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

Every key of a scenario file, under the path that `--set` and the error messages use for it. `<id>` stands for a name of your
own, `<year>` for a fiscal year by the calendar year it starts in, `<n>` for a place in a list, from 0. A key in **bold** must
be there. Keys that no section names are refused. For an editor, the same grammar is in `scenario.schema.json`: put
`# yaml-language-server: $schema=../docs/scenario.schema.json` at the top of a file in `scenarios`.

## Source and confidence

Every number needs both. They may stand beside it, or in any mapping around it that takes them; the nearest holds. A section
below that says "cited" takes them.
"""
_NUMBERS_OPENING = """\
## How a number is written

A number that somebody believes is a mapping with a unit, in one of eight forms. The form is told by its keys; `distribution`
has to be written only where the keys alone would mean another form.
"""
_OVERLAYS = """\
## Other files

- A file with `extends: <file>` holds only what differs from that file, which lies in the same folder or below it.
- A file with `kind: shocks`, `policies` or `override` is laid over a scenario with `--shock FILE`.
- Mappings merge key by key, lists replace each other, `null` deletes a key. A bare number laid over a number with a unit
  keeps the unit and makes it certain: `--set missions.small_attack.target=1000`.
"""

Schema = Mapping[str, Any]


class Reference:
    """The page, from one schema."""

    def __init__(self, schema: Schema) -> None:
        self._models: Mapping[str, Schema] = schema["$defs"]

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
            yield from _item(f"`{_EXAMPLES[name]}` {self._models[name]['description']}")
        yield from ("", "Units, by what they measure:", "")
        for dimension, units in _units_by_dimension().items():
            yield from _item(f"{dimension}: {', '.join(f'`{unit}`' for unit in units)}")
        yield from ("", *_OVERLAYS.splitlines())
        yield from self._section("", self._models["WrittenScenario"])

    def _section(self, path: str, model: Schema) -> Iterator[str]:
        """One mapping's keys, then the sections below it, in the order of the file."""
        cited = " Cited." if "source" in model["properties"] else ""
        yield from ("", f"## {f'`{path}`' if path else 'The file'}", "", f"{model['description']}{cited}", "")
        below: list[tuple[str, Schema]] = []
        for name, schema in model["properties"].items():
            if name in _CITED and path:
                continue
            if name not in _CITED:
                yield from self._key(name, schema, required=name in model.get("required", ()))
            below += self._below(f"{path}.{name}" if path else name, schema)
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

    def _key(self, name: str, schema: Schema, *, required: bool) -> Iterator[str]:
        shown = f"**`{name}`**" if required else f"`{name}`"
        text = schema.get("description", "").replace("``", "`")
        default = schema.get("default")
        by_default = "" if default is None or isinstance(default, dict) else f" By default {default}."
        yield from _item(f"{shown} · {self._takes(schema)}. {text}{by_default}")

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
            return "section below"
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
                return f"by name: {self._takes(entry)}"
        raise ValueError(f"the schema has a form that the reference cannot tell: {dict(schema)}")


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
    return "<year>" if path.rpartition(".")[2] in ("years", "planning_rates") else "<id>"


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
    return f"{bound:,g}" if isinstance(bound, int | float) else str(bound or "")


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
    for dimension, units in _units_by_dimension().items():
        if len(units) > 2 and set(units) <= set(left):
            told.append(dimension)
            left = [name for name in left if name not in units]
    return ", ".join([*told, *(f"`{name}`" for name in left)]) or "a unit of its kind"


def _item(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False)


def reference() -> str:
    """The whole page."""
    lines = Reference(json_schema()).page()
    wrapped = (line if len(line) <= WIDTH else "\n".join(textwrap.wrap(line, WIDTH)) for line in lines)
    return "\n".join(wrapped) + "\n"


if __name__ == "__main__":
    sys.stdout.write(reference())
