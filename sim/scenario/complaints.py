"""Complaints: what the schema library found wrong, said in the words of a planner.

Every kind of its errors has its sentence here; a kind nobody foresaw is passed on in the library's own words.

Why: "Input should be a valid integer" tells a planner neither where, nor what stands there, nor what to write.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from pydantic_core import ErrorDetails

from sim.scenario.fields import LIST, WORD, Trouble
from sim.scenario.tree import Path, shortened

_KEY: Final = "[key]"
_A_NUMBER: Final = ("a number", "Plain decimal: no quotes, no thousands separators, no leading zeros.")
_WHOLE: Final = ("a whole number", "Plain decimal: no quotes, no thousands separators, no leading zeros.")
_MAPPING: Final = ("a mapping", "Write 'key: value' lines below it, or {key: value}.")
_SAID: Final[Mapping[str, tuple[str, str]]] = {
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _A_NUMBER,
    "float_parsing": _A_NUMBER,
    "finite_number": _A_NUMBER,
    "string_type": ("text", "Put it in quotes if it is meant as text."),
    "string_pattern_mismatch": (
        "an id: small letters, digits and _, a letter first; a currency is three capitals",
        "",
    ),
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "list_type": ("a list", "Write [a, b] or '- a' lines below it."),
    "is_instance_of": ("a list", "Write [a, b] or '- a' lines below it."),
    "sequence_str": ("a list", "Write [a, b] or '- a' lines below it."),
}
_BOUNDS: Final[Mapping[str, tuple[str, str]]] = {
    "greater_than_equal": ("ge", "at least"),
    "greater_than": ("gt", "more than"),
    "less_than_equal": ("le", "at most"),
    "less_than": ("lt", "less than"),
}
_LENGTHS: Final[Mapping[str, tuple[str, str]]] = {
    "string_too_short": ("min_length", "at least {} characters"),
    "string_too_long": ("max_length", "at most {} characters"),
    "too_short": ("min_length", "at least {} of them"),
    "too_long": ("max_length", "at most {} of them"),
}


def steps_of(error: ErrorDetails) -> Path:
    """Path of an error as steps of text, without the schema library's own marks."""
    return tuple(str(step) for step in error["loc"] if step not in (_KEY, WORD, LIST))


def _complaint(error: ErrorDetails, path: Path, known: Collection[str]) -> Trouble:
    """One error of the schema library as a trouble at its path; ``known`` are the keys its mapping may have."""
    kind = error["type"]
    context: Mapping[str, Any] = error.get("ctx", {})
    if kind == "missing":
        return Trouble(path, "nothing", f"the key '{path[-1]}'", "Add it.")
    if kind == "extra_forbidden":
        found = f"the unknown key '{shortened(path[-1])}'"
        return Trouble(path, found, "a key that is known here", "", path[-1], known)
    if kind == "literal_error":
        return Trouble(path, None, f"one of {context['expected']}", "")
    if kind in _BOUNDS:
        name, words = _BOUNDS[kind]
        return Trouble(path, None, f"{words} {context[name]:,}", "")
    if kind in _LENGTHS:
        name, words = _LENGTHS[kind]
        return Trouble(path, None, words.format(context[name]), "")
    if kind in _SAID:
        return Trouble(path, None, *_SAID[kind])
    return Trouble(path, None, error["msg"], "")


def complaints(error: ErrorDetails, path: Path, known: Collection[str]) -> tuple[Trouble, ...]:
    """All troubles that one error of the schema library carries, at their paths."""
    found = (_complaint(error, path, known),)
    if error["type"] == "troubles":
        found = tuple(one._replace(path=path + one.path) for one in error["ctx"]["troubles"])
    if _KEY in error["loc"]:
        return tuple(one._replace(found=f"the key '{shortened(path[-1])}'") for one in found)
    return found
