"""The editor's schema: it accepts what loads, refuses what does not, and describes every key.

The scenario files of the house are checked by a validator of the few keywords the schema uses.

Why: a schema that drifts from the loader would paint good files red, and be switched off.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sim.scenario.json_schema import json_schema
from sim.scenario.reading import tree_of
from sim.scenario.tree import plain
from tests.rooms.scenario.test_overrides import DERIVED, OVERRIDE, SHOCK
from tests.rooms.scenario.texts import TEXT, TINY, changed

SCHEMA = cache(json_schema)
TYPES: dict[str, Any] = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
KEYWORDS = {
    "$schema", "$defs", "$ref", "title", "description", "default", "format", "type", "enum", "const", "anyOf",
    "oneOf", "not", "if", "then", "else", "required", "properties", "patternProperties",
    "additionalProperties", "propertyNames", "items", "minItems", "maxItems", "minLength", "maxLength",
    "minProperties", "maxProperties", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "pattern",
}  # fmt: skip


def is_type(value: object, name: str) -> bool:
    if name in ("number", "integer"):
        return (
            not isinstance(value, bool) and isinstance(value, int | float) and (name == "number" or value == int(value))
        )
    return isinstance(value, TYPES[name])


def valid(value: object, schema: Any) -> bool:
    """Whether a value satisfies a schema of these keywords."""
    if isinstance(schema, bool):
        return schema
    assert schema.keys() <= KEYWORDS, schema.keys() - KEYWORDS
    if "$ref" in schema and not valid(value, referred(schema["$ref"])):
        return False
    if "not" in schema and valid(value, schema["not"]):
        return False
    if "if" in schema:
        return valid(value, schema["then"] if valid(value, schema["if"]) else schema["else"])
    for keyword in ("anyOf", "oneOf"):
        if keyword in schema and not any(valid(value, one) for one in schema[keyword]):
            return False
    if "type" in schema and not is_type(value, schema["type"]):
        return False
    if value not in schema.get("enum", [value]) or value != schema.get("const", value):
        return False
    if isinstance(value, dict):
        return valid_mapping(value, schema)
    if isinstance(value, list):
        return schema.get("minItems", 0) <= len(value) and all(valid(one, schema.get("items", True)) for one in value)
    if isinstance(value, str):
        return schema.get("minLength", 0) <= len(value) and re.search(schema.get("pattern", ""), value) is not None
    if isinstance(value, int | float):
        low, high = schema.get("minimum", value), schema.get("maximum", value)
        return bool(
            low <= value <= high
            and schema.get("exclusiveMinimum", value - 1) < value < schema.get("exclusiveMaximum", value + 1)
        )
    return True


def valid_mapping(value: dict[str, object], schema: Any) -> bool:
    properties, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    if any(key not in value for key in schema.get("required", ())):
        return False
    for key, below in value.items():
        rules = [properties[key]] if key in properties else []
        rules += [rule for pattern, rule in patterns.items() if re.search(pattern, key)]
        rules = rules or [schema.get("additionalProperties", True)]
        if not all(valid(below, rule) for rule in rules):
            return False
    return True


def referred(reference: str) -> Any:
    found: Any = SCHEMA()
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    return found


def data(text: str) -> object:
    return plain(tree_of(text, "text").tree)


def every_part(schema: Any) -> list[Any]:
    if isinstance(schema, dict):
        return [schema, *(part for below in schema.values() for part in every_part(below))]
    if isinstance(schema, list):
        return [part for below in schema for part in every_part(below)]
    return []


@pytest.mark.parametrize("path", sorted(TINY.parent.rglob("*.yaml")), ids=lambda path: path.name)
def test_the_house_s_own_files_satisfy_the_schema(path: Path) -> None:
    assert valid(data(path.read_text(encoding="utf-8")), SCHEMA())


@pytest.mark.parametrize(
    "text",
    [DERIVED, SHOCK, OVERRIDE, OVERRIDE + "offers: {tb2_baykar: {rate: null, lot: 3}}\nsuppliers: {baykar: null}\n"],
)
def test_parts_may_be_partial_and_delete(text: str) -> None:
    assert valid(data(text), SCHEMA())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("minimum_order: 6 # a set", "minimum_order: six"),
        ("    shipping: {low: 40,", "    shiping: {low: 40,"),
        ("shipping: {low: 40, mode: 50, high: 70, unit: day,", "shipping: {low: 40, mode: 50, high: 70, unit: m USD,"),
        ("domain: air\n    counted_as: aircraft", "domain: space\n    counted_as: aircraft"),
        ("later_share: 0.6, source: suppliers 4; its", "later_share: 6, source: suppliers 4; its"),
        ("  baykar: {title", "  Baykar: {title"),
        ("price: {value: 4, unit: m JPY}", "price: {low: 1, mode: 4, high: 5, unit: m JPY}"),
        ("confidence: assumption\n\n# The days", "confidence: guess\n\n# The days"),
        ("source: demand 3a; budgets of 2013 to 2026, ", "source: demand 3a, "),
        ("experiment: {replications: 100, seed: 1}", ""),
    ],
)
def test_what_does_not_load_is_red_in_the_editor(old: str, new: str) -> None:
    assert valid(data(TEXT), SCHEMA())
    assert not valid(data(changed((old, new))), SCHEMA())


def test_every_reference_leads_somewhere_and_nothing_is_left_to_put_in() -> None:
    parts = every_part(SCHEMA())
    references = {part["$ref"] for part in parts if isinstance(part.get("$ref"), str)}
    assert len(references) > 60
    assert all(referred(reference) for reference in references)
    assert "x-defined" not in json.dumps(SCHEMA())


def test_every_key_of_the_grammar_is_described() -> None:
    silent = [
        f"{name}.{key}"
        for name, one in SCHEMA()["$defs"].items()
        for key, below in one.get("properties", {}).items()
        if not name.startswith("Part") and not below.get("description")
    ]
    assert silent == []


def test_a_quantity_s_field_offers_its_units() -> None:
    shipping = SCHEMA()["$defs"]["OfferWritten"]["properties"]["shipping"]
    assert shipping["properties"]["unit"]["enum"] == ["day", "week", "month", "year"]
    assert shipping["description"] == "From the works to the dock."


def test_the_schema_is_the_same_every_time() -> None:
    assert json.dumps(json_schema()) == json.dumps(json_schema())
