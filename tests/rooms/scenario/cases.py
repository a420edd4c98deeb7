"""One change of the tutorial's scenario and the one fault that must come of it.

The fault must name the file, the line and the path of the change, what stands there, what was expected, a way out.

Why: a table of mistakes stays readable only if each is one row.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from tests.rooms.scenario.texts import changed, line_of, only_fault, written


class Case(NamedTuple):
    """A mistake, and the words in which it must be told."""

    name: str
    old: str
    new: str
    where: str
    at: str
    """A snippet of the changed file, on the line that the fault must name."""
    found: str
    expected: str
    way_out: str = ""


def assert_told(case: Case, folder: Path) -> None:
    """The changed scenario has this one fault, in this place and with these words."""
    text = changed((case.old, case.new))
    path = written(folder, text)
    fault = only_fault(path)
    assert (fault.file, fault.line, fault.where) == (str(path), line_of(text, case.at), case.where)
    assert case.found in fault.found
    assert case.expected in fault.expected
    assert case.way_out in fault.way_out
