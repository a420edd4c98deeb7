"""The registry: what a package of figures or of sections holds, file by file in the order of their names.

A file is found because it is there; no list has to be kept, and a name given twice is our fault.

Why: one more figure should be one more file, and no line anywhere else.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType


def names_in(package: str) -> tuple[str, ...]:
    """The names of a package's modules, in order; none of them is imported."""
    return tuple(sorted(found.name for found in iter_modules(import_module(package).__path__)))


def files_of(package: str) -> tuple[ModuleType, ...]:
    """The modules of a package, imported, in order of their names."""
    return tuple(import_module(f"{package}.{name}") for name in names_in(package))
