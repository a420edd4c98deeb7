"""The sections of the report: one file each with a template beside it, in the order of their names.

A file says its title and what its template is filled with; the registry finds both.

Why: whoever adds a section should not have to read the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, cast

from sim.report.material import Material
from sim.report.picture import Picture
from sim.report.registry import files_of


class SectionFile(Protocol):
    """What a file in ``sim.report.sections`` says."""

    TITLE: str
    __name__: str

    def content(self, material: Material, pictures: Sequence[Picture]) -> dict[str, Any]:
        """The names in its template."""
        ...


def sections() -> tuple[SectionFile, ...]:
    """Every section, in the order of the page."""
    return tuple(cast("SectionFile", module) for module in files_of(__name__))
