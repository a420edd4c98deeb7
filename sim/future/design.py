"""Designs: which uniform each uncertain input gets in a future, before anything is correlated (R6).

A replication's uniforms depend on its own number alone, or on its place in its own block of 64; never on how
many replications there are.

Why: a study that was too small can be extended, and an input added, without moving a single point.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.streams import stream_hash, stream_name, uniforms

BLOCK = 64
"""Replications of one stratified block: replication k is point k mod 64 of block k div 64."""

DesignName: TypeAlias = Literal["independent", "latin_hypercube"]

_POINT_BITS = 46
"""A uniform has 52 bits; in a stratum of 1/64 its first six are the stratum's number."""


def parameter_stream(path: str) -> str:
    """Stream, without its purpose, of an input's own uniform (index 0)."""
    return f"parameter/{path}"


def strata_stream(path: str) -> str:
    """Stream, without its purpose, of the order in which an input visits its strata; number: the block."""
    return f"strata/{path}"


def within_stratum(stratum: int, u: float) -> float:
    """Uniform in one of 64 strata, placed there by another uniform; on the same grid, so never 0 nor 1.

    >>> within_stratum(32, 0.5) > 0.5, within_stratum(63, 1 - 2**-53) < 1.0
    (True, True)
    """
    point = int(u * 2.0**_POINT_BITS)
    return ((stratum << _POINT_BITS | point) + 0.5) * 2.0**-52


class Design:
    """The uniforms of some inputs, future by future."""

    __slots__ = ("_block", "_kind", "_seed", "_stream_hashes", "_strata", "_strata_hashes")

    def __init__(self, seed: int, purpose: str, paths: Sequence[str], kind: DesignName) -> None:
        self._seed = seed
        self._kind = kind
        self._stream_hashes = _hashes(purpose, [parameter_stream(path) for path in paths])
        self._strata_hashes = _hashes(purpose, [strata_stream(path) for path in paths])
        # the last block's strata, kept because replications mostly come in order; no answer depends on it
        self._block = -1
        self._strata: list[list[int]] = []

    def uniforms(self, number: int) -> list[float]:
        """Uniform of each input, in the order of the paths, for one parameter number."""
        own: list[float] = uniforms(self._seed, self._stream_hashes, number, 0).tolist()
        if self._kind == "independent":
            return own
        block, place = divmod(number, BLOCK)
        strata = self._strata_of(block)[place]
        return [within_stratum(stratum, u) for stratum, u in zip(strata, own, strict=True)]

    def _strata_of(self, block: int) -> list[list[int]]:
        """Stratum of each input for each of a block's 64 replications."""
        if block != self._block:
            self._strata = self._drawn_strata(block)
            self._block = block
        return self._strata

    def _drawn_strata(self, block: int) -> list[list[int]]:
        """Each input's keyed permutation of the strata: the order of its stream's first 64 uniforms.

        In one call for all inputs; input by input it is what ``streams.permutation`` gives.
        """
        draws = uniforms(self._seed, self._strata_hashes[:, np.newaxis], block, np.arange(BLOCK)[np.newaxis])
        strata: list[list[int]] = np.argsort(draws, axis=1, kind="stable").T.tolist()
        return strata


def _hashes(purpose: str, names: Sequence[str]) -> NDArray[np.uint64]:
    return np.array([stream_hash(stream_name(purpose, name)) for name in names], np.uint64)
