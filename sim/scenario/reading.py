"""Reading: from the bytes of one YAML file to a tree that knows its lines.

Nothing is built but text, numbers, lists and mappings; size and depth are bounded, tags, anchors and repeated keys
refused.

Why: a scenario comes from anybody's hand, and the worst file must end in a sentence within two seconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isfinite
from pathlib import Path
from stat import S_ISREG
from typing import Any, Final, NamedTuple, NoReturn

import yaml

from sim.errors import Fault, ScenarioError
from sim.scenario.tree import Branch, Leaf, Mark, Node, Row, Scalar, Unread, dotted, shortened

MOST_BYTES: Final = 4_000_000
MOST_VALUES: Final = 50_000
MOST_ENTRIES: Final = 2_000
MOST_NESTING: Final = 40
MOST_FAULTS: Final = 200
_LONGEST_NUMBER: Final = 40

_WHOLE: Final = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL: Final = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+|(0|[1-9][0-9]*)(?=[eE]))([eE][-+]?[0-9]+)?")
_NOT_FINITE: Final = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_BINARY: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_WORDS: Final[dict[str, Scalar]] = {"": None, "~": None, "null": None, "true": True, "false": False}


class Read(NamedTuple):
    """A file that was read, and the faults that did not keep it from being read on."""

    tree: Branch
    """A value at fault is unread in it, a key at fault is left out."""
    faults: tuple[Fault, ...]
    """Repeated keys, tags, anchors, numbers that are not finite."""


def read_tree(path: Path, name: str) -> Read:
    """Read one scenario file.

    Parameters
    ----------
    path
        The file.
    name
        How errors call it.

    Raises
    ------
    ScenarioError
        If there is nothing to read on: no file, too big, not UTF-8, not YAML, or beyond any scenario's size.
    """
    return tree_of(_text_of(path, name), name)


def tree_of(text: str, name: str) -> Read:
    """Read a scenario's text. Raises ScenarioError as `read_tree` does."""
    binary = _BINARY.search(text)
    if binary:
        line = text.count("\n", 0, binary.start()) + 1
        raise _stop(name, line, f"the control character {binary.group()!r}", "plain text", "Is this the right file?")
    builder = _Builder(name)
    try:
        root = builder.document(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = "; ".join(part for part in (error.context, error.problem) if part)
        way_out = "Lists and mappings must close, and indents must line up (spaces, no tabs)."
        # at the end of the file the parser points past the last line
        last = None if mark is None else min(mark.line, text.count("\n")) + 1
        builder.complain(last, (), f"'{problem}'", "valid YAML", way_out)
        raise ScenarioError(builder.faults) from None
    except yaml.YAMLError as error:
        raise _stop(name, None, f"'{shortened(str(error), 120)}'", "valid YAML", "") from None
    return Read(root, tuple(builder.faults))


def value_of(text: str, name: str) -> Node:
    """Read one YAML value, as after ``--set path=``. Raises ScenarioError with all its faults."""
    read = tree_of(f"value: {text}", name)
    if read.faults:
        raise ScenarioError(read.faults)
    if len(read.tree.items) > 1:
        raise _stop(name, None, "more than one value", "one value", "Set one path at a time.")
    return read.tree.items["value"]


def _stop(name: str, line: int | None, found: str, expected: str, way_out: str) -> ScenarioError:
    return ScenarioError([Fault(name, line, "the file", found, expected, way_out)])


def _text_of(path: Path, name: str) -> str:
    """Text of a file, its size checked before a byte is read."""
    try:
        status = path.stat()
    except FileNotFoundError:
        raise _stop(name, None, "no such file", "a YAML file", "Check the path and its spelling.") from None
    except (OSError, ValueError) as error:
        raise _unreadable(name, error) from None
    if not S_ISREG(status.st_mode):
        raise _stop(name, None, "something that is not a file", "a YAML file", "")
    if status.st_size > MOST_BYTES:
        size = f"{status.st_size:,} bytes"
        raise _stop(name, None, size, f"at most {MOST_BYTES:,} bytes", "A scenario is a text somebody can read.")
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise _unreadable(name, error) from None
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found = f"the byte 0x{raw[error.start]:02x}"
        raise _stop(name, line, found, "text in UTF-8", "Save the file as UTF-8 text.") from None


def _unreadable(name: str, error: Exception) -> ScenarioError:
    return _stop(name, None, f"'{shortened(str(error), 120)}'", "a file that can be read", "")


class _Builder:
    """From the parser's events to nodes; faults are collected as long as reading on makes sense."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[Fault] = []
        self.values = 0

    def complain(self, line: int | None, path: tuple[str, ...], found: str, expected: str, way_out: str) -> None:
        self.faults.append(Fault(self.name, line, dotted(path), found, expected, way_out))
        if len(self.faults) >= MOST_FAULTS:
            raise ScenarioError(self.faults)

    def stop(self, event: Any, path: tuple[str, ...], found: str) -> NoReturn:
        """Read no further: what stands there is beyond any scenario."""
        self.complain(event.start_mark.line + 1, path, found, "a scenario", "No scenario needs so much.")
        raise ScenarioError(self.faults)

    def document(self, events: Iterator[Any]) -> Branch:
        """The one document of the file, a mapping."""
        next(events)  # the stream's start
        if isinstance(next(events), yaml.StreamEndEvent):
            raise _stop(self.name, None, "an empty file", "a scenario", "Start from scenarios/tiny.yaml.")
        root = self.node(next(events), events, (), 1, 0)
        next(events)  # the document's end
        after = next(events)
        if not isinstance(after, yaml.StreamEndEvent):
            self.complain(after.start_mark.line + 1, (), "a second document", "one document", "Cut at the '---'.")
            raise ScenarioError(self.faults)
        if isinstance(root, Branch):
            return root
        if isinstance(root, Leaf) and root.value is None and not self.faults:
            raise _stop(self.name, None, "an empty file", "a scenario", "Start from scenarios/tiny.yaml.")
        self.complain(root.mark.line, (), "text or a list", "a mapping of sections", "Start from scenarios/tiny.yaml.")
        raise ScenarioError(self.faults)

    def node(self, event: Any, events: Iterator[Any], path: tuple[str, ...], line: int, depth: int) -> Node:
        """Node that starts with ``event``; ``line`` is where its key stands."""
        self.values += 1
        if self.values > MOST_VALUES:
            self.stop(event, path, f"more than {MOST_VALUES:,} values")
        if depth > MOST_NESTING:
            self.stop(event, path, f"nesting over {MOST_NESTING}")
        mark = Mark(self.name, line)
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            found = f"the anchor or alias '{shortened(event.anchor)}'"
            self.complain(event.start_mark.line + 1, path, found, "a value", "Write the value out where it is used.")
        if isinstance(event, yaml.AliasEvent):
            return Leaf(Unread.UNREAD, mark)
        if event.tag is not None:
            found = f"the tag '{shortened(event.tag)}'"
            self.complain(event.start_mark.line + 1, path, found, "a value without a tag", "Leave the tag out.")
        if isinstance(event, yaml.ScalarEvent):
            return Leaf(self.scalar(event, path), mark)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.row(events, path, mark, depth)
        return self.branch(events, path, mark, depth)

    def row(self, events: Iterator[Any], path: tuple[str, ...], mark: Mark, depth: int) -> Row:
        items: list[Node] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            if len(items) == MOST_ENTRIES:
                self.stop(event, path, f"more than {MOST_ENTRIES:,} items")
            here = (*path, str(len(items)))
            items.append(self.node(event, events, here, event.start_mark.line + 1, depth + 1))
        return Row(tuple(items), mark)

    def branch(self, events: Iterator[Any], path: tuple[str, ...], mark: Mark, depth: int) -> Branch:
        items: dict[str, Node] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            line = event.start_mark.line + 1
            if len(items) == MOST_ENTRIES:
                self.stop(event, path, f"more than {MOST_ENTRIES:,} keys")
            key = self.key(event, events, path, line, depth)
            if key is None:
                self.node(next(events), events, path, line, depth + 1)
                continue
            here = (*path, key)
            if key in items:
                found = f"the key '{shortened(key)}' a second time"
                self.complain(line, here, found, "each key once", f"It stands on line {items[key].mark.line} too.")
            items[key] = self.node(next(events), events, here, line, depth + 1)
        return Branch(items, mark)

    def key(self, event: Any, events: Iterator[Any], path: tuple[str, ...], line: int, depth: int) -> str | None:
        """Text of a key, as typed; None for a key at fault, whose value is dropped."""
        if isinstance(event, yaml.ScalarEvent) and event.tag is None and event.anchor is None and event.value:
            return str(event.value)
        self.complain(line, path, "a key that is not plain text", "a name as key", "Write 'name: value'.")
        if not isinstance(event, yaml.ScalarEvent):
            self.node(event, events, path, line, depth + 1)
        return None

    def scalar(self, event: Any, path: tuple[str, ...]) -> Scalar:
        """Value of a scalar: quoted is text; plain is a number, true, false, nothing, or text as typed.

        YAML 1.1 would read ``no`` as false, ``1:30`` as 90, ``010`` as 8 and ``2026-04-01`` as a date; here they
        are text, and the field says whether text may stand there.
        """
        text = str(event.value)
        if not event.implicit[0]:
            return text
        if text in _WORDS:
            return _WORDS[text]
        number = _number(text)
        if number is None:
            return text
        if not isfinite(number):
            line = event.start_mark.line + 1
            self.complain(line, path, shortened(text), "a finite number", "Write the number out, or leave the key out.")
            return Unread.UNREAD
        return number


def reads_as_text(text: str) -> bool:
    """Whether a plain scalar of these letters is text here, and neither a number nor a word with a meaning."""
    return text not in _WORDS and _number(text) is None


def _number(text: str) -> int | float | None:
    """Number that a plain scalar spells; None if it spells none, infinity for what no float can hold."""
    if _WHOLE.fullmatch(text):
        return int(text) if len(text) <= _LONGEST_NUMBER else float("inf")
    if _DECIMAL.fullmatch(text):
        return float(text) if len(text) <= _LONGEST_NUMBER else float("inf")
    return float("inf") if _NOT_FINITE.fullmatch(text) else None
