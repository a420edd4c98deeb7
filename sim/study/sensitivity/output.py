"""One output of a model over the rows of a design, checked before anything is made of it.

A row without a number stops the analysis, and an output that never varied is named and not analysed.

Why: libraries answer both with zeros, and zero reads as "does not matter".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.errors import TheirsError

Floats: TypeAlias = NDArray[np.float64]
_TOLD: Final = 10


def constant(y: Floats) -> bool:
    """Whether an output never varied."""
    return bool(np.ptp(y) == 0.0) if len(y) else True


def require_finite(name: str, y: Floats) -> None:
    """Raise TheirsError, with the rows, if an output is not a number somewhere."""
    broken = np.flatnonzero(~np.isfinite(y))
    if len(broken):
        raise TheirsError(
            f"{name}: no number in {len(broken)} of {len(y)} rows ({_listed(broken.tolist())}); expected one in each."
            " Nothing was analysed."
        )


def require_varying(name: str, y: Floats) -> None:
    """Raise TheirsError if an output is not a number somewhere, or never varied."""
    require_finite(name, y)
    if constant(y):
        raise TheirsError(
            f"{name}: the same in all {len(y)} rows; expected an output that varies. What never varies has no drivers."
        )


def require_shape(what: str, found: tuple[int, ...], expected: tuple[int, ...]) -> None:
    """Raise ValueError if an array has another shape."""
    if found != expected:
        raise ValueError(f"{what}: found the shape {found}; expected {expected}")


def _listed(rows: Sequence[Any]) -> str:
    told = ", ".join(str(row) for row in rows[:_TOLD])
    return f"rows {told}{' …' if len(rows) > _TOLD else ''}"
