"""What two scenarios say differently: every value by its path, as it stands in the one and in the other.

A quantity is one value, with its unit; sources, notes and titles are counted apart from what decides a number.

Why: two answers differ because two files do, and somebody has to be able to say in what.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

_WORDS: Final = frozenset({"source", "confidence", "note", "notes", "title", "sources", "facts_used", "id"})
"""Keys that decide no number."""
_NOTHING: Final = "nothing"


class InputApart(NamedTuple):
    """One path at which two scenarios differ."""

    path: str
    first: str
    """As words; ``nothing`` where only the other has it."""
    second: str
    only_words: bool
    """Whether it is a source, a note or a title, which decides no number."""


def inputs_apart(first: Mapping[str, object], second: Mapping[str, object]) -> tuple[InputApart, ...]:
    """Every path at which two written scenarios differ, in order of path; values before words.

    Parameters
    ----------
    first, second
        Written forms, all files merged, as ``Loaded.written`` has them.
    """
    return tuple(sorted(_apart(first, second, ()), key=lambda each: (each.only_words, each.path)))


def _apart(first: object, second: object, path: tuple[str, ...]) -> Iterator[InputApart]:
    if first == second:
        return
    if isinstance(first, Mapping) and isinstance(second, Mapping):
        if "unit" in first and "unit" in second and _bare(first) != _bare(second):
            yield _at(path, first, second)
            first, second = _words_of(first), _words_of(second)
        for key in dict.fromkeys([*first, *second]):
            yield from _apart(first.get(key), second.get(key), (*path, str(key)))
    elif isinstance(first, list) and isinstance(second, list) and len(first) == len(second):
        for place, (one, other) in enumerate(zip(first, second, strict=True)):
            yield from _apart(one, other, (*path, _name(one, other, place)))
    else:
        yield _at(path, first, second)


def _at(path: tuple[str, ...], first: object, second: object) -> InputApart:
    return InputApart(".".join(path), _said(first), _said(second), bool(_WORDS.intersection(path)))


def _bare(quantity: Mapping[str, object]) -> dict[str, object]:
    """A quantity without what is said of it."""
    return {key: value for key, value in quantity.items() if key not in _WORDS}


def _words_of(quantity: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in quantity.items() if key in _WORDS}


def _name(one: object, other: object, place: int) -> str:
    """An item of a list by its id, where both have it."""
    ids = {each.get("id") if isinstance(each, Mapping) else None for each in (one, other)}
    return str(ids.pop()) if len(ids) == 1 and None not in ids else str(place)


def _said(value: object) -> str:
    """A value as a person would say it."""
    if value is None:
        return _NOTHING
    if isinstance(value, Mapping) and "unit" in value:
        numbers = {key: number for key, number in _bare(value).items() if key != "unit"}
        words = [str(number) if key == "value" else f"{key} {number}" for key, number in numbers.items()]
        return ", ".join(words) + ("" if value["unit"] == "1" else f" {value['unit']}")
    if isinstance(value, Mapping):
        return f"an entry with {', '.join(list(map(str, value))[:6])}" if value else "an empty entry"
    if isinstance(value, list):
        return ", ".join(map(_said, value)) if len(value) <= 4 else f"a list of {len(value)}"
    return str(value)
