"""The figures: one file each, found by the registry, drawn in the one house style.

A file says its name, its heading, and which charts it makes of a study.

Why: a plotter that draws everything becomes the module that nobody dares to touch.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from sim.errors import OursError
from sim.report.chart import FigureFile
from sim.report.registry import files_of


def figures() -> Mapping[str, FigureFile]:
    """Every figure by its name, in the order of the report. Raises OursError if two have one name."""
    found = [cast("FigureFile", module) for module in files_of(__name__)]
    named = {figure.NAME: figure for figure in found}
    if len(named) < len(found):
        raise OursError(f"found {len(found)} figures with {len(named)} names; expected each its own")
    return named
