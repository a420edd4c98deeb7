"""The tree of a written scenario: plain values that know the file and line they stand on.

A tree is never changed; every step that combines files builds a new one.

Why: a fault found late, in a value that crossed three files, is still reported where its author typed it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import NamedTuple


class Unread(Enum):
    """Stands for a value whose fault is told already."""

    UNREAD = 0


Scalar = str | int | float | bool | None | Unread


class Mark(NamedTuple):
    """Where something was written."""

    file: str
    line: int | None
    """Counted from 1; None for what came from the command line."""


class Leaf(NamedTuple):
    """A single value; numbers are numbers, everything else is text as typed."""

    value: Scalar
    mark: Mark


class Row(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    mark: Mark


class Branch(NamedTuple):
    """A mapping; keys are text as typed, in their written order."""

    items: Mapping[str, Node]
    mark: Mark


Node = Leaf | Row | Branch
Path = tuple[str, ...]


def dotted(path: Sequence[str]) -> str:
    """Path as people write it, ``offers.tb2.price``; the whole file is named so."""
    return ".".join(path) if path else "the file"


def place_in(row: Row, step: str) -> int | None:
    """Place of a list's item that is named by its ``id`` or, where no item has one, by its position from 0."""
    for place, item in enumerate(row.items):
        if isinstance(item, Branch):
            name = item.items.get("id")
            if isinstance(name, Leaf) and name.value == step:
                return place
    if step.isascii() and step.isdigit() and len(step) < 7 and int(step) < len(row.items):
        return int(step)
    return None


def child(node: Node, step: str) -> Node | None:
    """Next node down one step of a path; None if there is none."""
    if isinstance(node, Branch):
        return node.items.get(step)
    if isinstance(node, Row):
        place = place_in(node, step)
        return None if place is None else node.items[place]
    return None


def nearest_mark(root: Node, path: Sequence[str]) -> Mark:
    """Mark of the node at ``path``, or of the deepest node above it that exists."""
    node = root
    for step in path:
        below = child(node, step)
        if below is None:
            break
        node = below
    return node.mark


def at(root: Node, path: Sequence[str]) -> Node | None:
    """Node at ``path``; None if there is none."""
    node: Node | None = root
    for step in path:
        if node is None:
            return None
        node = child(node, step)
    return node


def step_names(root: Node, path: Path) -> Path:
    """Path with the places of list items replaced by their ids, where they have one."""
    node: Node | None = root
    named: list[str] = []
    for step in path:
        below = None if node is None else child(node, step)
        name = below.items.get("id") if isinstance(node, Row) and isinstance(below, Branch) else None
        named.append(str(name.value) if isinstance(name, Leaf) else step)
        node = below
    return tuple(named)


def plain(node: Node) -> object:
    """Tree as dicts, lists and scalars."""
    if isinstance(node, Branch):
        return {key: plain(below) for key, below in node.items.items()}
    if isinstance(node, Row):
        return [plain(below) for below in node.items]
    return None if node.value is Unread.UNREAD else node.value


def marked(node: Node, mark: Mark) -> Node:
    """Tree with one mark throughout."""
    if isinstance(node, Branch):
        return Branch({key: marked(below, mark) for key, below in node.items.items()}, mark)
    if isinstance(node, Row):
        return Row(tuple(marked(below, mark) for below in node.items), mark)
    return Leaf(node.value, mark)


def leaves(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Every value below ``node`` with its path: scalars, and lists as a whole, as an override replaces them."""
    if isinstance(node, Branch) and node.items:
        for key, below in node.items.items():
            yield from leaves(below, (*path, key))
    else:
        yield path, node


def hollow(node: Node, path: Path = ()) -> Iterator[tuple[Path, Leaf]]:
    """Every leaf without a value, empty or unread, with its path."""
    if isinstance(node, Branch):
        for key, below in node.items.items():
            yield from hollow(below, (*path, key))
    elif isinstance(node, Row):
        for place, below in enumerate(node.items):
            yield from hollow(below, (*path, str(place)))
    elif node.value is None or node.value is Unread.UNREAD:
        yield path, node


def shown(node: Node | None) -> str:
    """What was found, short enough for an error.

    >>> shown(Leaf("turkey", Mark("a.yaml", 1))), shown(Leaf(5, Mark("a.yaml", 1))), shown(None)
    ("'turkey'", '5', 'nothing')
    """
    if node is None:
        return "nothing"
    if isinstance(node, Branch):
        keys = ", ".join(list(node.items)[:6])
        return shortened(f"a mapping with {keys}" if keys else "an empty mapping")
    if isinstance(node, Row):
        return f"a list of {len(node.items)}"
    if node.value is None:
        return "an empty value"
    if isinstance(node.value, Unread):
        return "what could not be read"
    if isinstance(node.value, str):
        return f"'{shortened(node.value)}'"
    return shortened(str(node.value).lower() if isinstance(node.value, bool) else repr(node.value))


def shortened(text: str, longest: int = 60) -> str:
    """Text on one line, cut where it would fill the screen, with nothing a terminal could obey."""
    line = "".join(letter if letter.isprintable() else "?" for letter in text[: longest + 1])
    return line if len(line) <= longest else f"{line[: longest - 3]}..."
