"""The list of facts: each row of the facts tables, whether the scenarios use it, and where or why not.

The list lies beside the scenarios and is read whole or not at all. A row that names paths is used by a scenario
only if one of them stands in it.

Why: a reader who doubts that the public figures went in should find each of them, and those left out.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from sim.errors import Fault, ScenarioError

FACTS_LIST: Final = Path("facts") / "tables.csv"
"""From the folder of a scenario."""
_YES, _NO = "yes", "no"
_PATH: Final = re.compile(r"\b[a-z_]+(?:\.(?:[A-Za-z0-9_]+|<[a-z_]+>))+\b(?!\.yaml)")
"""A path of a scenario; ``<id>`` stands for any one name."""


class FactRow(NamedTuple):
    """One row of a facts table."""

    table: str
    row: str
    used: bool
    where: str
    """Where it is used, or why it is not."""

    def stands_in(self, paths: str) -> bool:
        """Whether a scenario of these paths, one a line, uses it, as far as the row names paths."""
        named = [path for path in _PATH.findall(self.where) if not path.endswith("yaml")]
        return not named or any(_pattern(path).search(paths) for path in named)


def _pattern(path: str) -> re.Pattern[str]:
    parts = [re.escape(part) for part in re.split(r"<[a-z_]+>", path)]
    return re.compile(rf"^{'[^.]+'.join(parts)}$", re.MULTILINE)


def paths_of(written: Mapping[str, object]) -> str:
    """Every path of a scenario's merged written form, one a line; entries of a list go by their id or place."""
    return "\n".join(_paths(written, ""))


def _paths(value: object, path: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        named = [(str(key), below) for key, below in value.items()]
    elif isinstance(value, list | tuple):
        named = [(_name(below, place), below) for place, below in enumerate(value)]
    else:
        return
    for name, below in named:
        here = f"{path}.{name}" if path else name
        yield here
        yield from _paths(below, here)


def _name(entry: object, place: int) -> str:
    return str(entry.get("id", place)) if isinstance(entry, Mapping) else str(place)


def facts_used(path: Path) -> tuple[FactRow, ...]:
    """Read the list of facts. Raises ScenarioError with every fault of it."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        way_out = "A scenario that cites facts tables has this list in the folder facts beside it."
        raise ScenarioError([Fault(str(path), None, "the file", str(error), "a list of facts", way_out)]) from error
    heading, *rows = csv.reader(lines) if lines else ([],)
    expected = ["table", "row_id", "used", "where"]
    if heading != expected:
        found = ",".join(heading) or "nothing"
        raise ScenarioError([Fault(str(path), 1, "heading", found, ",".join(expected), "")])
    faults = [fault for number, row in enumerate(rows, start=2) for fault in _faults(path, number, row)]
    if faults:
        raise ScenarioError(faults)
    return tuple(FactRow(table, row, used == _YES, where) for table, row, used, where in rows)


def _faults(path: Path, number: int, row: list[str]) -> list[Fault]:
    if len(row) != len(FactRow._fields) or not all(cell.strip() for cell in row):
        found = f"{sum(bool(cell.strip()) for cell in row)} values"
        return [Fault(str(path), number, "row", found, "four values", "Say where it is used, or why it is not.")]
    if row[2] not in (_YES, _NO):
        return [Fault(str(path), number, "used", f"'{row[2]}'", "yes or no", "")]
    return []
