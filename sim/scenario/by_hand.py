"""Settings by hand: where one ``path=value`` leads, and what it put in place of what.

A path through a name that nothing has is told once, with the nearest name, and is not laid over the scenario.

Why: a misspelled offer would otherwise be half a new one, and ten faults of it would hide the one slip of the pen.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from sim.errors import Fault
from sim.scenario.fields import HEADINGS, Trouble
from sim.scenario.tree import Branch, Leaf, Node, Path, at, child, dotted, plain, shown
from sim.scenario.understand import fault_of

_NAMED: Final[Mapping[Path, str]] = {
    ("offers",): "offer",
    ("home_offers",): "home offer",
    ("firms",): "firm",
    ("part_families",): "part family",
    ("part_sources",): "part source",
    ("part_windows",): "part window",
    ("export_requests",): "export request",
    ("missions",): "mission",
    ("policies",): "policy",
    ("parameters",): "parameter",
    ("products",): "product",
    ("suppliers",): "supplier",
    ("currencies",): "currency",
    ("slip_classes",): "slip class",
    ("windows",): "window",
    ("benches",): "bench",
    ("type_approvals",): "type approval",
    ("groundings",): "grounding",
    ("dated_orders",): "dated order",
    ("shocks",): "shock",
    ("budget", "lines"): "budget line",
}
"""Sections whose keys are names, and what each names."""
_NOT_NUMBERS: Final = ("unit", "distribution", "source", "confidence", "note")


class Setting(NamedTuple):
    """What one ``--set`` came to."""

    path: str
    before: str
    """As words; empty where nothing stood there."""
    now: str
    """With its unit, which stays the file's where only a number was given."""


def steps_of(setting: str) -> Path:
    """The path of a ``path=value``."""
    return tuple(setting.partition("=")[0].strip().split("."))


def astray(root: Branch, over: Branch, setting: str) -> Fault | None:
    """The fault of a setting whose path goes through a name that nothing has; None where it leads somewhere.

    A whole new entry, a mapping at its own name, is no slip of the pen.
    """
    steps = steps_of(setting)
    for section, kind in _NAMED.items():
        place = len(section)
        if steps[:place] == section and len(steps) > place:
            return _unknown(root, over, steps[: place + 1], kind, setting)
    return None


def _unknown(root: Branch, over: Branch, path: Path, kind: str, setting: str) -> Fault | None:
    held, name = at(root, path[:-1]), path[-1]
    if not isinstance(held, Branch) or child(held, name) is not None or name in HEADINGS:
        return None
    if path == steps_of(setting) and isinstance(at(over, path), Branch):
        return None
    known = [each for each in held.items if each not in HEADINGS]
    fault = fault_of(root, Trouble(path, f"'{name}'", f"the name of a known {kind}", "", name, known))
    return fault._replace(file=f"--set {setting}", line=None)


def what_changed(before: Branch, after: Branch, setting: str) -> Setting:
    """What a setting changed."""
    path = steps_of(setting)
    old, new = at(before, path), at(after, path)
    return Setting(dotted(path), "" if old is None else _said(old), "nothing" if new is None else _said(new))


def _said(node: Node) -> str:
    """A value as a person would say it: a quantity with its numbers and its unit."""
    if not isinstance(node, Branch) or "unit" not in node.items:
        return str(node.value) if isinstance(node, Leaf) and isinstance(node.value, str) else shown(node)
    numbers = [(key, below) for key, below in node.items.items() if key not in _NOT_NUMBERS and isinstance(below, Leaf)]
    words = [str(below.value) if key == "value" else f"{key} {below.value}" for key, below in numbers]
    unit = plain(node.items["unit"])
    return " ".join([", ".join(words), *([] if unit == "1" else [str(unit)])])
