"""Understanding: from a tree to the written models, with every fault in the file's own words and places.

A file with faults is read as far as it goes, so that what is wrong between entries is told at the same time as what
is wrong inside them.

Why: nobody should repair a file one error at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches
from itertools import islice
from typing import Final, NamedTuple, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sim.errors import Fault, nearest
from sim.scenario.complaints import complaints, steps_of
from sim.scenario.fields import HEADINGS, Known, Sourced, Trouble
from sim.scenario.part_reading import PartReading, nothing_of
from sim.scenario.reading import MOST_FAULTS
from sim.scenario.shape import inner, keys_at, kind_at
from sim.scenario.tree import Branch, Leaf, at, dotted, nearest_mark, plain, shown, step_names
from sim.scenario.written import WrittenScenario

_MOST_LISTED: Final = 2_000
_MOST_ENTRIES: Final = 100
_MOST_NAMES: Final = 50
_NAMED_SECTIONS: Final = (
    "offers",
    "missions",
    "products",
    "suppliers",
    "slip_classes",
    "windows",
    "benches",
    "type_approvals",
    "groundings",
    "firms",
    "part_families",
    "part_sources",
)


class Understood(NamedTuple):
    """A scenario as far as it could be read, and what is wrong with it."""

    scenario: WrittenScenario
    faults: tuple[Fault, ...]


def known_names(root: Branch) -> Known:
    """Names that other entries may refer to, by section, whether or not their entries can be read."""
    known = {section: tuple(sorted(_ids(root, section))) for section in _NAMED_SECTIONS}
    known["imports"], known["home_offers"] = known["offers"], tuple(sorted(_ids(root, "home_offers")))
    known["offers"] = tuple(sorted({*known["imports"], *known["home_offers"]}))
    known["parameters"] = tuple(sorted(_ids(root, "parameters")))
    known["lines"] = tuple(sorted(_ids(root, "budget", "lines")))
    known["foreign_currencies"] = tuple(sorted(_ids(root, "currencies")))
    known["currencies"] = ("JPY", *known["foreign_currencies"])
    known["countries"] = _texts(root, "suppliers", "country")
    known["origins"] = _texts(root, "part_sources", "origin")
    return known


def _texts(root: Branch, section: str, key: str) -> tuple[str, ...]:
    """What the entries of a section say under one key."""
    said = (at(root, (section, name, key)) for name in _ids(root, section))
    return tuple(sorted({str(leaf.value) for leaf in said if isinstance(leaf, Leaf)}))


def _ids(root: Branch, *path: str) -> tuple[str, ...]:
    section = at(root, path)
    return tuple(key for key in section.items if key not in HEADINGS) if isinstance(section, Branch) else ()


def fault_of(root: Branch, trouble: Trouble) -> Fault:
    """A trouble with its file and line; a path that does not exist gets the place of what is nearest above it."""
    mark = nearest_mark(root, trouble.path)
    found = shown(at(root, trouble.path)) if trouble.found is None else trouble.found
    way_out = trouble.way_out if trouble.known is None else _nearest(trouble.name, trouble.known)
    return Fault(*mark, dotted(step_names(root, trouble.path)), found, trouble.expected, way_out)


def _nearest(name: str, known: Collection[str]) -> str:
    """Way out for a slip of the pen: the nearest known name, and all of them where they fit on a screen."""
    if len(known) <= _MOST_NAMES:
        return nearest(name[:60], list(known))
    close = get_close_matches(name[:60], known, n=1)
    return f"Did you mean '{close[0]}'?" if close else f"{len(known)} names are known."


def understand(root: Branch) -> Understood:
    """Read a whole tree into the written models."""
    known, data = known_names(root), plain(root)
    try:
        return Understood(WrittenScenario.model_validate(data, context=known), ())
    except ValidationError as error:
        count = error.error_count()
        if count <= _MOST_LISTED:
            found = error.errors(include_url=False, include_input=False)
    if count > _MOST_LISTED:
        found = _first_errors(data, known)
    faults = [fault_of(root, trouble) for one in found[:MOST_FAULTS] for trouble in _troubles(one)]
    if count > MOST_FAULTS:
        told = f"{count - MOST_FAULTS} more faults like these"
        faults.append(Fault(root.mark.file, None, "the file", told, "a scenario", "Mend the first ones first."))
        return Understood(nothing_of(WrittenScenario), tuple(faults))
    readable = PartReading(known).model(WrittenScenario, data)
    assert isinstance(readable, WrittenScenario), "a model is read as itself"
    return Understood(readable, tuple(faults))


def _first_errors(data: object, known: Known) -> list[ErrorDetails]:
    """Errors of a file's beginning, where listing all of them would take longer than anybody waits."""
    try:
        WrittenScenario.model_validate(_beginning(data), context=known)
    except ValidationError as error:
        return error.errors(include_url=False, include_input=False)
    return []


def _beginning(data: object) -> object:
    """Data with no more than the first entries of any mapping or list."""
    if isinstance(data, dict):
        return {key: _beginning(data[key]) for key in islice(data, _MOST_ENTRIES)}
    if isinstance(data, list):
        return [_beginning(below) for below in data[:_MOST_ENTRIES]]
    return data


def _troubles(error: ErrorDetails) -> Iterable[Trouble]:
    """Troubles of one error of the schema library; its path is made the file's."""
    path = steps_of(error)
    known = keys_at(WrittenScenario, path[:-1]) if error["type"] == "extra_forbidden" else ()
    return complaints(error, path, known)


def headings_troubles(root: Branch) -> list[Trouble]:
    """Troubles of ``source``, ``confidence`` and ``note`` that stand beside a section's entries."""
    found: list[Trouble] = []
    for path in (*((name,) for name in root.items), ("budget", "lines")):
        section = at(root, path)
        if not isinstance(section, Branch) or get_origin(inner(kind_at(WrittenScenario, path))) is not dict:
            continue
        stated = {key: plain(node) for key, node in section.items.items() if key in HEADINGS}
        try:
            Sourced.model_validate(stated)
        except ValidationError as error:
            for one in error.errors(include_url=False, include_input=False):
                found += complaints(one, path + steps_of(one), HEADINGS)
    return found
