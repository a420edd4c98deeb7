"""Merging: one tree over another, key by key, without losing whose number is whose.

Mappings merge, lists replace, an empty value (null) deletes; a quantity that changes form is replaced, its unit kept
unless stated. What a file says of its sources covers what that file says, and nothing it merely lies over.

Why: an override that silently borrowed the source of the number it replaced would be a forged citation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from sim.errors import Fault
from sim.scenario.tree import Branch, Leaf, Node, Path, Row, dotted, leaves, place_in, shown

SOURCES: Final = "sources"
_CITED: Final = ("source", "confidence")
_STATED: Final = ("source", "confidence", "note")
_NOT_MERGED: Final = ("schema_version", "kind", "extends", "source", "confidence", "note")
_TITLES: Final = ("id", "title", "notes")
_NO_FACTS: Final = (*_TITLES, "experiment", "joint", "mission_sets", "policies", "facts_used")


class Cover(NamedTuple):
    """What the overriding file says of the sources of its own numbers."""

    source: Node | None = None
    confidence: Node | None = None

    def nearer(self, branch: Branch) -> Cover:
        """Cover inside a mapping that may state its own."""
        return Cover(branch.items.get("source", self.source), branch.items.get("confidence", self.confidence))

    def cited(self, at: Node) -> Branch:
        """The cover as an entry of the ``sources`` section; it may be empty, and then the number has no source."""
        said = {name: node for name, node in zip(_CITED, self, strict=True) if node is not None}
        return Branch(said, at.mark)


def is_quantity(node: Node | None) -> bool:
    """Whether a mapping is a quantity: they all state a unit, and no other mapping does."""
    return isinstance(node, Branch) and "unit" in node.items


def merge(base: Branch, over: Branch, *, derived: bool) -> tuple[Branch, list[Fault]]:
    """Lay one file over another.

    Parameters
    ----------
    base, over
        The trees.
    derived
        True if ``over`` extends ``base`` and so brings its own id and title; False for shocks and overrides.

    Returns
    -------
    The merged tree, and the faults of what deletes nothing.
    """
    skipped = _NOT_MERGED if derived else (*_NOT_MERGED, *_TITLES)
    said = Branch({key: node for key, node in over.items.items() if key not in skipped}, over.mark)
    merging = _Merging(dict(_sources_of(base)))
    merged = merging.lay(base, said, (), Cover().nearer(over))
    items = {key: node for key, node in merged.items.items() if key != SOURCES}
    cited = {**merging.sources, **_sources_of(over)}
    if cited:
        items[SOURCES] = Branch(cited, over.mark)
    return Branch(items, base.mark), merging.faults


def _sources_of(tree: Branch) -> dict[str, Node]:
    section = tree.items.get(SOURCES)
    return dict(section.items) if isinstance(section, Branch) else {}


@dataclass
class _Merging:
    """One merge under way: the growing ``sources`` section, and faults."""

    sources: dict[str, Node]
    faults: list[Fault] = field(default_factory=list)

    def lay(self, base: Branch, over: Branch, path: Path, cover: Cover) -> Branch:
        """Mapping ``over`` laid over mapping ``base``."""
        items = dict(base.items)
        told = [key for key in over.items if not path or key not in _STATED]
        if not told:
            return Branch({**items, **over.items}, base.mark)  # it only corrects a citation
        for key in told:
            if not path and key == SOURCES:
                continue
            here, node = (*path, key), over.items[key]
            if _is_null(node):
                self._delete(items, key, here, node)
            else:
                items[key] = self.put(items.get(key), node, here, cover)
        return Branch(items, base.mark)

    def put(self, old: Node | None, node: Node, path: Path, cover: Cover) -> Node:
        """What stands at a path after ``node`` was laid over ``old``."""
        if isinstance(node, Branch) and isinstance(old, Branch) and not is_quantity(old):
            return self.lay(old, node, path, cover.nearer(node))
        if isinstance(node, Branch) and isinstance(old, Row) and _names_items(old, node):
            return self._into(old, node, path, cover)
        if is_quantity(old) and isinstance(old, Branch):
            number = isinstance(node, Leaf) and isinstance(node.value, int | float)
            told = Branch({"value": node}, node.mark) if number else node
            if isinstance(told, Branch):
                node = _changed(old, told)
        if path[0] not in _NO_FACTS:
            self._uncite(path)
            self.sources[dotted(path)] = cover.cited(node)
        return node

    def _into(self, old: Row, node: Branch, path: Path, cover: Cover) -> Row:
        """Items of a list changed in place, named by id or position."""
        items = list(old.items)
        for step, below in node.items.items():
            place = place_in(old, step)
            assert place is not None, "the caller has looked"
            items[place] = self.put(items[place], below, (*path, step), cover)
        return Row(tuple(items), old.mark)

    def _uncite(self, path: Path) -> None:
        """Forget what was noted at or below a path: the numbers it was noted for are gone."""
        name = dotted(path)
        for noted in [noted for noted in self.sources if noted == name or noted.startswith(f"{name}.")]:
            del self.sources[noted]

    def _delete(self, items: dict[str, Node], key: str, path: Path, node: Node) -> None:
        if items.pop(key, None) is None:
            expected, way_out = "a key of the base to delete", "Check the path, or leave the line out."
            self.faults.append(Fault(*node.mark, dotted(path), "an empty value", expected, way_out))
        self._uncite(path)


def _names_items(row: Row, branch: Branch) -> bool:
    """Whether the keys of a mapping name items of a list, by id or position."""
    return all(place_in(row, step) is not None for step in branch.items)


def _changed(old: Branch, new: Branch) -> Branch:
    """A quantity after an override: numbers of the same form are exchanged, another form replaces the old one."""
    said = {key: node for key, node in new.items.items() if not (_is_null(node) and key in old.items)}
    numbers = [
        key for key, node in said.items() if key not in ("unit", "distribution", *_STATED) and not _is_null(node)
    ]
    cites_only = not numbers and "distribution" not in said
    same_form = cites_only or all(key in old.items for key in numbers)
    left = {key: node for key, node in old.items.items() if key not in new.items or key in said}
    kept = {
        key: node for key, node in left.items() if (same_form and (cites_only or key not in _STATED)) or key == "unit"
    }
    return Branch({**kept, **said}, new.mark)


def _is_null(node: Node) -> bool:
    return isinstance(node, Leaf) and node.value is None


def clashes(first: Branch, second: Branch) -> list[Fault]:
    """Faults of two overriding files that set one path to different values; both places are named."""
    set_by_first = dict(_told(first))
    found = []
    for path, node in _told(second):
        for length in range(1, len(path) + 1):
            other = set_by_first.get(path[:length])
            if other is not None and not (length == len(path) and _same(other, node)):
                found.append(_clash(path, node, other))
        below = (other for at, other in set_by_first.items() if at[: len(path)] == path and len(at) > len(path))
        found.extend(_clash(path, node, other) for other in below)
    return found


def _told(tree: Branch) -> Sequence[tuple[Path, Node]]:
    skipped = (*_NOT_MERGED, *_TITLES)
    return [(path, node) for path, node in leaves(tree) if path and path[0] not in skipped and path[-1] not in _STATED]


def _same(one: Node, other: Node) -> bool:
    """Whether two nodes say the same, wherever they stand."""
    if isinstance(one, Leaf) and isinstance(other, Leaf):
        return one.value == other.value and type(one.value) is type(other.value)
    if isinstance(one, Row) and isinstance(other, Row):
        pairs = zip(one.items, other.items, strict=False)
        return len(one.items) == len(other.items) and all(_same(*pair) for pair in pairs)
    if isinstance(one, Branch) and isinstance(other, Branch):
        return list(one.items) == list(other.items) and all(_same(one.items[k], other.items[k]) for k in one.items)
    return False


def _clash(path: Path, node: Node, other: Node) -> Fault:
    place = other.mark.file if other.mark.line is None else f"{other.mark.file}:{other.mark.line}"
    way_out = f"{place} sets it to {shown(other)}: leave one of them out."
    return Fault(*node.mark, dotted(path), shown(node), "one value from all overriding files", way_out)


def set_tree(path: Sequence[str], value: Node) -> Branch:
    """Tree of a single ``--set``: the value at the end of its path."""
    node = value
    for step in reversed(path):
        node = Branch({step: node}, value.mark)
    assert isinstance(node, Branch), "a path has at least one step"
    return node
