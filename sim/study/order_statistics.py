"""Order statistics of more numbers than are held at once: found by counting, in three passes.

The first finds how many there are and between what they lie, the second counts them in narrow bins, the third looks at
the values in the bins that hold a rank that is asked for. What comes out is the runs' own value, whatever the cut.

Why: a median of a million runs is one of them, and a sketch of it would be another on two workers than on three.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

BINS: Final = 1 << 14

K = TypeVar("K", bound=Hashable)


@dataclass(slots=True)
class Ordered:
    """What is known of one measure's values in order."""

    n: int = 0
    least: float | None = None
    greatest: float | None = None
    values: dict[int, float] = field(default_factory=dict)
    """Rank, from 1 -> value, for the ranks that were asked for and are there."""


def order_statistics(
    parts: Callable[[], Iterable[Mapping[K, NDArray[Any]]]], ranks_of: Callable[[int], Iterable[int]]
) -> dict[K, Ordered]:
    """The values at some ranks of each measure.

    Parameters
    ----------
    parts
        Called for each pass; gives the same numbers each time, part by part: measure -> values.
    ranks_of
        The ranks wanted of so many values; those below 1 and above n are left out.
    """
    found: dict[K, Ordered] = {}
    for measure, values in _each(parts()):
        _take_range(found.setdefault(measure, Ordered()), values)
    wanted = {key: sorted({rank for rank in ranks_of(of.n) if 1 <= rank <= of.n}) for key, of in found.items()}
    counts = {key: np.zeros(BINS, np.int64) for key in found}
    for measure, values in _each(parts()):
        counts[measure] += np.bincount(_bins(found[measure], values), minlength=BINS)
    ends = {key: np.cumsum(of_key) for key, of_key in counts.items()}
    holding = {key: {rank: int(np.searchsorted(ends[key], rank)) for rank in wanted[key]} for key in found}
    inside: dict[K, dict[int, dict[float, int]]] = {key: {b: {} for b in holding[key].values()} for key in found}
    for measure, values in _each(parts()):
        _take_inside(inside[measure], _bins(found[measure], values), values)
    for key, of in found.items():
        for rank, place in holding[key].items():
            before = int(ends[key][place - 1]) if place else 0
            of.values[rank] = _at(inside[key][place], rank - before)
    return found


def _each(parts: Iterable[Mapping[K, NDArray[Any]]]) -> Iterator[tuple[K, NDArray[Any]]]:
    for part in parts:
        yield from ((measure, values) for measure, values in part.items() if len(values))


def _take_range(of: Ordered, values: NDArray[Any]) -> None:
    least, greatest = values.min().item(), values.max().item()
    of.n += len(values)
    of.least = least if of.least is None else min(of.least, least)
    of.greatest = greatest if of.greatest is None else max(of.greatest, greatest)


def _bins(of: Ordered, values: NDArray[Any]) -> NDArray[np.int64]:
    """The bin of each value; a larger value is never in an earlier bin."""
    assert of.least is not None and of.greatest is not None, "a measure with values has a range"
    width = float(of.greatest) - float(of.least)
    if width <= 0:
        return np.zeros(len(values), np.int64)
    places = (values.astype(float) - float(of.least)) / width * BINS
    return np.minimum(places, BINS - 1).astype(np.int64)


def _take_inside(inside: dict[int, dict[float, int]], bins: NDArray[np.int64], values: NDArray[Any]) -> None:
    """Count the different values in the bins that are looked into."""
    for place, counted in inside.items():
        different, how_many = np.unique(values[bins == place], return_counts=True)
        for value, count in zip(different.tolist(), how_many.tolist(), strict=True):
            counted[value] = counted.get(value, 0) + count


def _at(counted: Mapping[float, int], rank: int) -> float:
    """The value at a rank, from 1, of values that are counted."""
    for value in sorted(counted):
        rank -= counted[value]
        if rank <= 0:
            return value
    raise ValueError(f"found {sum(counted.values())} values; expected {rank} more: the parts changed between passes")
