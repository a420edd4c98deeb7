"""Reading a file with faults as far as it goes.

What fails is missing, what can be read is there; asking an entry for a field that failed raises NotReadError.

Why: what is wrong between entries can be told at the same time as what is wrong inside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from sim.scenario.fields import HEADINGS, Known
from sim.scenario.shape import inner


class _UnreadableError(ValueError):
    """What stands there cannot be read even in part; its fault is told already."""


def nothing_of(model: type[BaseModel]) -> Any:
    """A model of which nothing could be read."""
    made = model.model_construct()
    made.__dict__.clear()
    return made


class PartReading:
    """Reading as far as it goes: what fails is missing, what can be read is there."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._adapters: dict[tuple[type[BaseModel], str], TypeAdapter[Any]] = {}

    def model(self, model: type[BaseModel], data: object) -> BaseModel:
        """Model with the fields that can be read; asking it for another raises NotReadError."""
        if not isinstance(data, dict):
            raise _UnreadableError
        made: BaseModel = nothing_of(model)
        for name, field in model.model_fields.items():
            key = field.alias or name
            if key not in data:
                if not field.is_required():
                    made.__dict__[name] = field.get_default(call_default_factory=True)
                continue
            adapter = self._adapters.get((model, name))
            if adapter is None:
                adapter = self._adapters[model, name] = TypeAdapter(field.rebuild_annotation())
            try:
                made.__dict__[name] = self._value(adapter, field.annotation, data[key])
            except _UnreadableError:
                continue
            made.model_fields_set.add(name)
        return made

    def _value(self, adapter: TypeAdapter[Any], kind: Any, data: object) -> object:
        """Value of a field; mappings are read as far as they go."""
        try:
            return adapter.validate_python(data, context=self._known)
        except ValidationError:
            kind = inner(kind)
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return self.model(kind, data)
        if get_origin(kind) is dict and isinstance(data, dict):
            key_kind, entry_kind = get_args(kind)
            return self._entries(key_kind, entry_kind, data)
        raise _UnreadableError

    def _entries(self, key_kind: Any, kind: Any, data: Mapping[str, object]) -> dict[Any, object]:
        """Entries of a mapping that can be read, each as far as it goes."""
        key_adapter: TypeAdapter[Any] = TypeAdapter(key_kind)
        adapter: TypeAdapter[Any] = TypeAdapter(kind)
        entries: dict[Any, object] = {}
        told = [key for key in data if key not in HEADINGS]
        for key in told:
            try:
                name = key_adapter.validate_python(key, context=self._known)
                entries[name] = self._value(adapter, kind, data[key])
            except (ValidationError, _UnreadableError):
                continue
        if told and not entries:
            raise _UnreadableError  # to a check, nothing readable must not look like nothing written
        return entries
