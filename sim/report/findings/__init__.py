"""Stored findings as tables of text and as charts: one file an analysis, named as its finding is.

The terminal and the page show the same tables, and both are made of the stored numbers alone.

Why: an analysis that could only be seen on the day it was run would have to be run again for the report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol, cast

from sim.report.chart import Chart
from sim.report.registry import files_of, names_in
from sim.store.finding import Finding


class TextTable(NamedTuple):
    """A table as it is read."""

    title: str
    """What it says, as a sentence without its full stop."""
    headings: Sequence[str]
    """None where the title says all there is."""
    rows: Sequence[Sequence[str]]
    note: str
    """What it rests on."""
    numbers: Sequence[int] = ()
    """Columns that align to the right."""


class FindingFile(Protocol):
    """What a file in ``sim.report.findings`` says."""

    HEADING: str

    def tables(self, finding: Finding) -> Iterator[TextTable]:
        """The finding as tables."""
        ...

    def charts(self, finding: Finding) -> Iterator[Chart]:
        """The finding as charts."""
        ...


def finding_files() -> Mapping[str, FindingFile]:
    """Name of a finding -> how it is told, for those that can be."""
    names = names_in(__name__)
    return dict(zip(names, (cast("FindingFile", module) for module in files_of(__name__)), strict=True))
