"""Versions: of Python, the libraries that may touch a number, and the program.

Why: a number that another version would not give again has to say which one gave it.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from platform import python_version
from typing import Final

_LIBRARIES: Final = ("numpy", "scipy", "simpy", "pyarrow", "pandas", "pydantic")
PACKAGE: Final = "drone-procurement-sim"


def versions() -> dict[str, str]:
    """Name -> version."""
    return {"python": python_version(), **{name: _version(name) for name in (*_LIBRARIES, PACKAGE)}}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
