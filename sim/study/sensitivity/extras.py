"""The libraries of the extra ``analysis``: brought in when an analysis needs them, and named when they are missing.

They draw from numpy.random by themselves, so each call gets a seed that is a function of the study's own.

Why: whoever only runs scenarios should not have to install a machine-learning library first.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

from sim.errors import TheirsError
from sim.streams import generator

EXTRA: Final = "analysis"
PURPOSE: Final = "analysis"
"""Of generators for work after the fact: designs, resamples, permutations."""


def analysis_library(module: str) -> Any:
    """A module of a library that comes with the extra.

    Raises
    ------
    TheirsError
        If it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise TheirsError(
            f"this analysis needs {module.partition('.')[0]}, which cannot be imported ({error}); expected the extra"
            f" '{EXTRA}'. Install it with: pip install 'drone-procurement-sim[{EXTRA}]', or in the project's folder"
            f" with: pip install '.[{EXTRA}]'"
        ) from error


def library_seed(seed: int, name: str) -> int:
    """Seed of a library's own generator, from 1 to 2**31 - 1: zero would mean none to some of them."""
    return int(generator(seed, PURPOSE, name).integers(1, 2**31))
