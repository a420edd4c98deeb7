"""The figures: one file each, found by the registry, drawn in the one house style.

A file is named by its place and its name; it says its heading, and which charts it makes of a study.

Why: a plotter that draws everything becomes the module that nobody dares to touch.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from sim.report.chart import FigureFile
from sim.report.registry import files_of, names_in


def figure_names() -> tuple[str, ...]:
    """The figures' names in the order of the report, without what it takes to draw one."""
    return tuple(_name(module) for module in names_in(__name__))


def figures() -> Mapping[str, FigureFile]:
    """Every figure by its name, in the order of the report."""
    return {_name(module.__name__): cast("FigureFile", module) for module in files_of(__name__)}


def _name(module: str) -> str:
    """What stands behind the number: the figure of ``f20_fan.py`` is ``fan``."""
    return module.rpartition(".")[2].partition("_")[2]
