"""The scenario grammar as a JSON Schema, for editors: completion, descriptions and red lines while typing.

It is generated from the written models; a description is the docstring under its field.

Why: the docstrings are read from the sources here, once, and not at every start of the program, where the schema
library's own reading of them would take longer than loading a scenario.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from typing import Any, Final, get_args

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaValue, models_json_schema

from sim.scenario.fields import DEFINED, Sourced
from sim.scenario.forms import FORMS, Form, Span
from sim.scenario.written import WrittenScenario

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_FORMS: Final[tuple[type[Form], ...]] = (*dict.fromkeys(FORMS.values()), Span)
_NULL: Final = {"type": "null"}
_ROOT: Final = "WrittenScenario"


def json_schema() -> dict[str, Any]:
    """Schema of a scenario file, of a base or a file that extends one, and of an overriding file.

    A file with a clock and no base must be whole; the others may hold any part, and null to delete a key of their base.
    """
    models: list[type[BaseModel]] = [WrittenScenario, Sourced, *_FORMS]
    _, schema = models_json_schema([(model, "validation") for model in models], by_alias=True)
    defs: dict[str, Any] = _referred(schema["$defs"])
    defs["Quantity"] = {
        "title": "Quantity",
        "description": "A number as somebody believes it: " + ", ".join(_summary(form) for form in _FORMS) + ".",
        "anyOf": [{"$ref": f"#/$defs/{form.__name__}"} for form in _FORMS],
    }
    for model in (*_models(WrittenScenario, set()), *models):
        _describe(defs[model.__name__], model)
    partial = {f"Part{name}": _part(one) for name, one in defs.items()}
    header = {"kind": {"enum": ["shocks", "policies", "override"]}, "extends": {"type": "string"}}
    partial[f"Part{_ROOT}"]["properties"] |= header
    return {
        "$schema": _DIALECT,
        "title": "Scenario of the drone-procurement simulator",
        "if": {"anyOf": [{"required": ["extends"]}, {"required": ["kind"]}, {"not": {"required": ["clock"]}}]},
        "then": {"$ref": f"#/$defs/Part{_ROOT}"},
        "else": {"$ref": f"#/$defs/{_ROOT}"},
        "$defs": dict(sorted({**defs, **partial}.items())),
    }


def _referred(schema: Any) -> Any:
    """Schema with its stand-ins for references replaced, and without null: a key without a value is left out."""
    if isinstance(schema, list):
        return [_referred(below) for below in schema if below != _NULL]
    if not isinstance(schema, dict):
        return schema
    return {
        "$ref" if key == DEFINED else key: f"#/$defs/{below}" if key == DEFINED else _referred(below)
        for key, below in schema.items()
        if (key, below) != ("default", None)
    }


def _summary(form: type[Form]) -> str:
    text = inspect.getdoc(form) or form.__name__
    return text.split(".")[0][0].lower() + text.split(".")[0][1:]


def _models(kind: Any, seen: set[type[BaseModel]]) -> set[type[BaseModel]]:
    """All models at and below a type."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        if kind not in seen:
            seen.add(kind)
            for field in kind.model_fields.values():
                _models(field.annotation, seen)
    else:
        for part in get_args(kind):
            _models(part, seen)
    return seen


def _describe(schema: JsonSchemaValue, model: type[BaseModel]) -> None:
    """Put the docstrings of a model's fields into its schema."""
    told = dict(_docstrings(model))
    for name, field in model.model_fields.items():
        described = schema["properties"].get(field.alias or name)
        if described is not None and name in told:
            described["description"] = told[name]


def _docstrings(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    """Fields of a model and its bases with the docstring that stands under each."""
    for owner in reversed(model.__mro__):
        if not issubclass(owner, BaseModel) or owner is BaseModel:
            continue
        body = ast.parse(inspect.cleandoc(f"\n{inspect.getsource(owner)}")).body[0]
        assert isinstance(body, ast.ClassDef), "a model is defined by a class statement"
        for field, text in zip(body.body, body.body[1:], strict=False):
            name, docstring = _field_name(field), _text_of(text)
            if name is not None and docstring is not None:
                yield name, docstring


def _field_name(statement: ast.stmt) -> str | None:
    """Name of the field that a statement defines."""
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return statement.target.id
    return None


def _text_of(statement: ast.stmt) -> str | None:
    """Text that a statement is, on one line."""
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return " ".join(str(statement.value.value).split())
    return None


def _part(schema: Any) -> Any:
    """Schema of any part of what a schema describes: nothing is required, null deletes, references stay among parts."""
    if isinstance(schema, list):
        return [_part(below) for below in schema]
    if not isinstance(schema, dict):
        return schema
    part = {key: _part(below) for key, below in schema.items() if key != "required"}
    if "$ref" in part:
        part["$ref"] = part["$ref"].replace("#/$defs/", "#/$defs/Part")
    for keyword in ("properties", "patternProperties"):
        if keyword in part and part.get("type") == "object":
            part[keyword] = {key: {"anyOf": [below, _NULL]} for key, below in part[keyword].items()}
    if isinstance(part.get("additionalProperties"), dict):
        part["additionalProperties"] = {"anyOf": [part["additionalProperties"], _NULL]}
    return part
