"""What every distribution asks of the numbers it is given.

A number that cannot be used is refused in words; nothing is clipped into range.

Why: a NaN that gets in here comes out as a wrong delivery date, far from its cause.
"""

from __future__ import annotations

from math import isfinite


def require_uniform(u: float) -> None:
    """Raise ValueError unless ``u`` lies strictly between 0 and 1."""
    if not 0.0 < u < 1.0:
        raise ValueError(f"u must lie strictly between 0 and 1, got {u}")


def require_finite(kind: str, *values: float) -> None:
    """Raise ValueError, naming the kind of distribution, unless every value is finite."""
    for value in values:
        if not isfinite(value):
            raise ValueError(f"{kind}: expected finite numbers, got {value}")


def require_factor(factor: float) -> None:
    """Raise ValueError unless a distribution can be scaled by ``factor``: finite and above zero."""
    if not (isfinite(factor) and factor > 0.0):
        raise ValueError(f"a distribution is scaled by a finite factor above zero, got {factor}")
