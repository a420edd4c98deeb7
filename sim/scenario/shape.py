"""The grammar's shape: which type may stand at which path of a scenario file.

It is read off the written models; nothing is said twice.

Why: the keys that would have been right are told beside the one that was wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel


def keys_at(model: type[BaseModel], path: Sequence[str]) -> tuple[str, ...]:
    """Keys that the mapping at a path may have."""
    kind = inner(kind_at(model, path))
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return tuple(field.alias or name for name, field in kind.model_fields.items())
    return ()


def kind_at(model: type[BaseModel], path: Sequence[str]) -> Any:
    """Type of what may stand at a path below a model; None where nothing may."""
    kind: Any = model
    for step in path:
        kind = _below(kind, step)
    return kind


def inner(kind: Any) -> Any:
    """A type without its marks and without the choice of leaving it out."""
    if get_origin(kind) is Annotated:
        return inner(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        choices = [choice for choice in get_args(kind) if choice is not type(None)]
        return inner(choices[-1])
    return kind


def _below(kind: Any, step: str) -> Any:
    kind = inner(kind)
    if get_origin(kind) is dict:
        return get_args(kind)[1]
    if get_origin(kind) is list:
        return get_args(kind)[0]
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, field in kind.model_fields.items():
            if step == (field.alias or name):
                return field.annotation
    return None
