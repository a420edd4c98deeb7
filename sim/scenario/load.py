"""Loading: from a scenario file, its base, its shocks and settings to one resolved scenario.

A base lies in the scenario's own folder tree; shock files may lie anywhere but extend nothing. A load either returns a
whole scenario or raises every fault it found.

Why: this is the one door through which numbers enter, so it is the one place that has to distrust them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sim.errors import Fault, ScenarioError
from sim.scenario.by_hand import Setting, astray, what_changed
from sim.scenario.check import check
from sim.scenario.merge import clashes, merge, set_tree
from sim.scenario.reading import MOST_FAULTS, Read, read_tree, value_of
from sim.scenario.resolve import resolve
from sim.scenario.resolved import Scenario
from sim.scenario.survey import Citations, survey
from sim.scenario.tree import Branch, Leaf, Mark, Node, dotted, hollow, marked, plain, shown, step_names
from sim.scenario.understand import fault_of, headings_troubles, understand
from sim.scenario.written import SCHEMA_VERSION

_LONGEST_CHAIN: Final = 8
_KINDS: Final[Mapping[str, tuple[str, ...] | None]] = {
    "shocks": ("shocks",),
    "policies": ("policies",),
    "override": None,
}
"""Kind of an overriding file: the sections it may hold; None is all of them."""
_HEADER: Final = ("schema_version", "kind", "id", "title", "notes", "source", "confidence", "note")
_CITED: Final = ("source", "confidence")
_SET: Final = Leaf("assumption: set by hand with --set", Mark("--set", None))


@dataclass(frozen=True, slots=True)
class Loaded:
    """A scenario that was loaded."""

    scenario: Scenario
    """The resolved form."""
    written: Mapping[str, object]
    """The written form, all files merged."""
    sources: tuple[str, ...]
    """The files it was made of, the scenario first, then its bases, then the overriding files."""
    settings: tuple[Setting, ...] = ()
    """What each ``--set`` came to, in order."""
    titles: tuple[str, ...] = ()
    """Of the overriding files, in order."""


def load(path: Path | str, shocks: Sequence[Path | str] = (), sets: Sequence[str] = ()) -> Loaded:
    """Load a scenario.

    Parameters
    ----------
    path
        The scenario file.
    shocks
        Overriding files (``kind: shocks``, ``policies`` or ``override``), laid over it in this order.
    sets
        Settings ``path=value``, laid over all files; a bare number on a quantity is its new value.

    Returns
    -------
    The resolved scenario, the merged written form and the names of the files.

    Raises
    ------
    ScenarioError
        With every fault found: file, line, path, value, what was expected, a way out.
    """
    root, files, faults = _with_bases(Path(path))
    overrides = _overrides(shocks, sets, faults)
    for over in overrides[: len(shocks)]:
        root, found = merge(root, over, derived=False)
        faults += found
    settings = []
    for setting, over in zip(sets, overrides[len(shocks) :], strict=True):
        slip, before = astray(root, over, setting), root
        if slip is None:
            root, found = merge(root, over, derived=True)
            settings.append(what_changed(before, root, setting))
        faults += found if slip is None else [slip]
    files += tuple(str(file) for file in shocks)
    titles = tuple(str(_mapping(over).get("title", "")) for over in overrides[: len(shocks)])
    return Loaded(_understood(root, faults), _mapping(root), files, tuple(settings), titles)


def _overrides(shocks: Sequence[Path | str], sets: Sequence[str], told: Sequence[Fault]) -> list[Branch]:
    """Trees that are laid over the scenario, in this order.

    Raises ScenarioError if one of them does not say what it is, or if two contradict each other: what would come of
    such a merge is nobody's scenario, and its faults would be nobody's.
    """
    read = [_override(Path(file)) for file in shocks]
    overrides = [one.tree for one in read] + [_setting(setting) for setting in sets]
    faults = [fault for one in read for fault in one.faults]
    for place, one in enumerate(overrides):
        faults += [fault for other in overrides[:place] for fault in clashes(other, one)]
    if faults:
        raise ScenarioError([*told, *faults])
    return overrides


def _understood(root: Branch, told: Sequence[Fault]) -> Scenario:
    """The resolved scenario of a merged tree.

    Raises ScenarioError with all its faults, those already ``told`` among them.
    """
    read = understand(root)
    numbers = survey(read.scenario)
    citations = Citations(root)
    troubles = [*headings_troubles(root), *citations.troubles(numbers), *check(read.scenario, numbers)]
    found = [*read.faults, *(fault_of(root, trouble) for trouble in troubles[:MOST_FAULTS])]
    faults = [*told, *_empty_values(root), *_own(found, told, root)]
    if faults:
        raise ScenarioError(sorted(set(faults), key=lambda fault: (fault.file, fault.line or 0, fault.where)))
    return resolve(read.scenario, numbers, citations)


def _empty_values(root: Branch) -> list[Fault]:
    """Faults of keys without a value that are left after merging."""
    way_out = "Write the value, or leave the key out; null deletes a base's key, and there is none here."
    return [
        Fault(*leaf.mark, dotted(step_names(root, path)), shown(leaf), "a value", way_out)
        for path, leaf in hollow(root)
        if leaf.value is None
    ]


def _own(found: Sequence[Fault], told: Sequence[Fault], root: Branch) -> list[Fault]:
    """Faults that are no mere consequence of one that is told, or of a value that is not there."""
    places = {(fault.file, fault.line, fault.where) for fault in told}
    missing = {dotted(step_names(root, path)) for path, _ in hollow(root)}
    return [fault for fault in found if fault[:3] not in places and not _at_or_above(fault.where) & missing]


def _at_or_above(where: str) -> set[str]:
    steps = where.split(".")
    return {".".join(steps[:length]) for length in range(1, len(steps) + 1)}


def _mapping(root: Branch) -> dict[str, object]:
    written = plain(root)
    assert isinstance(written, dict), "the root is a mapping"
    return written


def _with_bases(top: Path) -> tuple[Branch, tuple[str, ...], list[Fault]]:
    """A scenario over all its bases, the files' names, and the faults told so far."""
    names: list[str] = []
    trees: list[Branch] = []
    seen: list[Path] = []
    faults: list[Fault] = []
    step: Path | None = top
    name = str(top)
    while step is not None:
        read = read_tree(step, name)
        faults += read.faults
        faults += _version_faults(read.tree)
        _refuse_kind(read.tree)
        names.append(name)
        trees.append(read.tree)
        seen.append(step.resolve())
        step = _base(read.tree, step.parent, top.parent.resolve(), seen)
        name = name if step is None else str(top.parent / step.relative_to(top.parent.resolve()))
    root = trees.pop()
    while trees:
        root, found = merge(root, trees.pop(), derived=True)
        faults += found
    return root, tuple(names), faults


def _fault(node: Node, where: str, found: str, expected: str, way_out: str = "") -> ScenarioError:
    return ScenarioError([Fault(*node.mark, where, found, expected, way_out)])


def _base(tree: Branch, beside: Path, folder: Path, seen: Sequence[Path]) -> Path | None:
    """The base a file extends, resolved; its path counts from ``beside`` and must end in the top file's ``folder``."""
    stated = tree.items.get("extends")
    if stated is None:
        return None
    if not isinstance(stated, Leaf) or not isinstance(stated.value, str) or "\0" in stated.value:
        raise _fault(stated, "extends", shown(stated), "the path of one base file")
    try:
        base = (beside / stated.value).resolve()
        followed = not base.is_symlink()
    except (OSError, RuntimeError):
        followed = False
    if not followed:
        raise _fault(stated, "extends", shown(stated), "a path that can be followed")
    if Path(stated.value).is_absolute() or not base.is_relative_to(folder):
        way_out = "Copy the base beside the scenario; links that lead out are not followed."
        raise _fault(stated, "extends", shown(stated), "a file in the scenario's own folder or below", way_out)
    if base in seen:
        found = f"{shown(stated)}, which extends this file"
        raise _fault(stated, "extends", found, "bases that end somewhere", "Cut the circle.")
    if len(seen) >= _LONGEST_CHAIN:
        raise _fault(stated, "extends", f"a chain of {len(seen) + 1} files", f"at most {_LONGEST_CHAIN}")
    if not base.exists():
        raise _fault(stated, "extends", shown(stated), "a file that exists", "The path counts from this file's folder.")
    return base


def _version_faults(tree: Branch) -> list[Fault]:
    """The fault of a file that states no version. Raises ScenarioError for a file of another grammar."""
    version = tree.items.get("schema_version")
    expected, way_out = (
        f"{SCHEMA_VERSION}, the grammar known here",
        f"Write 'schema_version: {SCHEMA_VERSION}' at the top.",
    )
    if version is None:
        return [Fault(*tree.mark, "schema_version", shown(version), expected, way_out)]
    if not isinstance(version, Leaf) or version.value != SCHEMA_VERSION or isinstance(version.value, bool):
        raise ScenarioError([Fault(*version.mark, "schema_version", shown(version), expected, way_out)])
    return []


def _refuse_kind(tree: Branch) -> None:
    kind = tree.items.get("kind")
    if kind is not None:
        way_out = "A file with a kind is laid over a scenario with --shock; a scenario has none."
        raise _fault(kind, "kind", shown(kind), "a scenario", way_out)


def _override(path: Path) -> Read:
    """An overriding file, and the faults of its header among those of its text."""
    read = read_tree(path, str(path))
    tree = read.tree
    kind = tree.items.get("kind")
    allowed = kind.value if isinstance(kind, Leaf) and isinstance(kind.value, str) else ""
    faults = [*read.faults, *_version_faults(tree)]

    def complain(key: str, expected: str, way_out: str) -> None:
        node = tree.items.get(key)
        mark = tree.mark if node is None else node.mark
        faults.append(Fault(*mark, key, shown(node), expected, way_out))

    if allowed not in _KINDS:
        complain("kind", f"one of {', '.join(_KINDS)}", "An overriding file says what it overrides.")
    if "extends" in tree.items:
        complain("extends", "no base", "A file laid over a scenario extends nothing itself.")
    for key in ("id", "title") if allowed == "policies" else ("id", "title", *_CITED):
        if not isinstance(tree.items.get(key), Leaf):
            complain(key, f"the file's {key}", "It covers what the file says." if key in _CITED else "")
    sections = _KINDS.get(allowed)
    for key in tree.items:
        if sections is not None and key not in (*sections, *_HEADER, "extends"):
            complain(key, f"only {', '.join(sections)} in a file of kind {allowed}", "Or write 'kind: override'.")
    return Read(tree, tuple(faults))


def _setting(setting: str) -> Branch:
    """The tree of one ``path=value``; its source is the person at the keyboard."""
    name = f"--set {setting}"
    path, sign, text = setting.partition("=")
    steps = tuple(path.strip().split("."))
    if not sign or not all(steps) or not text.strip() or steps[0] in _HEADER[:2] or steps[-1] in _HEADER[-3:]:
        way_out = "For example --set offers.tb2_baykar.lot=6; sources and versions are not set by hand."
        raise ScenarioError([Fault("--set", None, path.strip() or "--set", f"'{setting}'", "path=value", way_out)])
    if text.strip().startswith("#"):
        raise ScenarioError(
            [Fault("--set", None, path.strip(), f"'{setting}'", "a value", "Write null to delete a key.")]
        )
    try:
        value = value_of(text, name)
    except ScenarioError as error:
        raise ScenarioError(fault._replace(line=None, where=path) for fault in error.faults) from None
    said = set_tree(steps, marked(value, Mark(name, None)))
    return Branch({**said.items, "source": _SET, "confidence": _SET._replace(value="assumption")}, said.mark)
