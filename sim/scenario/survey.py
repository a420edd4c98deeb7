"""The survey: every number of a scenario with its path, its source, and what it is for.

A source or confidence that a number does not state is that of the nearest mapping around it which does.

Why: the table of assumptions, the inputs of the futures and the check that nothing is without a source are one walk.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple, cast

from pydantic import BaseModel

from sim.scenario.fields import Counts, Trouble
from sim.scenario.forms import Arithmetic, number_text
from sim.scenario.merge import SOURCES
from sim.scenario.quantity import Quantity
from sim.scenario.resolved import Fact
from sim.scenario.tree import Branch, Leaf, Node, Path, child, dotted, nearest_mark
from sim.scenario.written import WrittenScenario

_CHOSEN: Final = frozenset({"experiment", "policies", "joint", "mission_sets", "strength_lambda", "schema_version"})
"""Sections of choices: the study's size and the buyer's levers are no facts of the world and need no source."""


class Found(NamedTuple):
    """A number of the file."""

    path: Path
    number: Quantity | float | datetime.date
    unit: str


class Citation(NamedTuple):
    """Where a number comes from; None where nobody says."""

    source: str | None
    confidence: str | None


def survey(scenario: WrittenScenario) -> tuple[Found, ...]:
    """All numbers that are facts or beliefs, in order of path."""
    found: list[Found] = []
    for name, value in scenario.__dict__.items():
        if name not in _CHOSEN:
            found += _in_value(value, (name,), None)
    return tuple(sorted(found, key=lambda one: dotted(one.path)))


def _in_value(value: Any, path: Path, unit: str | None) -> Iterator[Found]:
    if isinstance(value, Quantity):
        yield Found(path, value, value.form.unit)
    elif isinstance(value, BaseModel):
        yield from _in_model(value, path)
    elif isinstance(value, dict):
        for key, below in value.items():
            yield from _in_value(below, (*path, str(key)), unit)
    elif isinstance(value, list):
        for place, below in enumerate(value):
            name = getattr(below, "id", None) if isinstance(below, BaseModel) else None
            yield from _in_value(below, (*path, str(place) if name is None else name), unit)
    elif isinstance(value, datetime.date):
        yield Found(path, value, "date")
    elif unit is not None and value is not None:
        yield Found(path, value, unit)


def _in_model(model: BaseModel, path: Path) -> Iterator[Found]:
    fields = type(model).model_fields
    for name, value in model.__dict__.items():
        if value is None or value == [] or value == {}:
            continue
        field = fields[name]
        if name not in model.model_fields_set and not isinstance(value, BaseModel):
            continue  # a default is the grammar's, not the file's
        unit = next((mark.unit for mark in field.metadata if isinstance(mark, Counts)), None)
        yield from _in_value(value, (*path, field.alias or name), unit)


class Citations:
    """Sources and confidences of a tree, by path."""

    def __init__(self, root: Branch) -> None:
        self._root = root
        section = root.items.get(SOURCES)
        self._noted: Mapping[str, Node] = section.items if isinstance(section, Branch) else {}
        self._seen: dict[Path, tuple[Citation, Node | None]] = {}

    def of(self, path: Path) -> Citation:
        """What holds at a path."""
        return self._at(path)[0]

    def _at(self, path: Path) -> tuple[Citation, Node | None]:
        if path in self._seen:
            return self._seen[path]
        if path:
            around, above = self._at(path[:-1])
            node = None if above is None else child(above, path[-1])
            noted = self._noted.get(dotted(path))
            # an override's numbers have the override's sources or none, never those of what they replaced
            around = around if noted is None else _stated(noted, Citation(None, None))
        else:
            around, node = Citation(None, None), self._root
        found = (around if node is None else _stated(node, around), node)
        self._seen[path] = found
        return found

    def troubles(self, numbers: Sequence[Found]) -> Iterator[Trouble]:
        """Numbers without a source or a confidence, and notes of sources at paths where nothing stands."""
        for found in numbers:
            for what, said in zip(Citation._fields, self.of(found.path), strict=True):
                if said is None:
                    way_out = f"Write '{what}:' there or in a mapping around it."
                    yield Trouble(found.path, f"a number without {what}", f"a {what}", way_out)
        for name in self._noted:
            if self._at(tuple(name.split(".")))[1] is None:
                yield Trouble((SOURCES, name), "a path where nothing stands", "the path of a number or mapping")

    def facts(self, numbers: Sequence[Found]) -> tuple[Fact, ...]:
        """All numbers with their sources; none may be without."""
        return tuple(self._fact(found) for found in numbers)

    def _fact(self, found: Found) -> Fact:
        source, confidence = self.of(found.path)
        assert source is not None, "checked before"
        mark = nearest_mark(self._root, found.path)
        place = mark.file if mark.line is None else f"{mark.file}:{mark.line}"
        kind, text = _kind(found.number), _text(found.number)
        believed = cast(Literal["official", "reported", "inferred", "assumption"], confidence)
        return Fact(dotted(found.path), text, found.unit, kind, source, believed, place)


def _stated(node: Node, around: Citation) -> Citation:
    """Citation inside a mapping: its own words before those around it."""
    if not isinstance(node, Branch):
        return around
    said = (node.items.get(name) for name in Citation._fields)
    return Citation(
        *(str(leaf.value) if isinstance(leaf, Leaf) else old for leaf, old in zip(said, around, strict=True))
    )


def _kind(number: Quantity | float | datetime.date) -> Literal["fixed", "parameter", "luck", "formula"]:
    if not isinstance(number, Quantity) or number.holds.kind == "choice":
        return "fixed"
    return "formula" if isinstance(number.form, Arithmetic) else number.holds.kind


def _text(number: Quantity | float | datetime.date) -> str:
    if isinstance(number, Quantity):
        return number.form.text()
    return number.isoformat() if isinstance(number, datetime.date) else number_text(number)
