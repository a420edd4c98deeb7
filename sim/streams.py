"""Draws by address: a uniform is a function of (seed, stream, number, index), and of nothing else.

This is the only room with random numbers; it keeps no generator, no state and no order of drawing.

Why: adding an input, a worker or a policy must leave every other draw as it was (rules R5 to R7).

The function is Philox4x32 with ten rounds. Words of the key: the seed's low half, its high half. Words of
the counter: the stream hash's low half, its high half, the number, the index. Of the four words that come
out, the first and the high 20 bits of the second are the 52 bits k of the uniform u = (k + 1/2) / 2**52.

Source: Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11 (2011).
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

_MULTIPLIER_0: Final = 0xD2511F53
_MULTIPLIER_1: Final = 0xCD9E8D57
_WEYL_0: Final = 0x9E3779B9
_WEYL_1: Final = 0xBB67AE85
_ROUNDS: Final = 10
_LOW_32: Final = 0xFFFFFFFF
_UNIFORM_STEP: Final = 2.0**-52

_Words: TypeAlias = NDArray[np.uint64]

Generator: TypeAlias = np.random.Generator
"""What ``generator`` returns; the type's name for rooms that may not import ``numpy.random``."""


def stream_name(purpose: str, name: str) -> str:
    """Name of a stream, with its purpose inside: searching and judging never share a future.

    >>> stream_name("judge", "slip/tb2")
    'judge/slip/tb2'
    """
    return f"{purpose}/{name}"


def stream_hash(name: str) -> int:
    """64-bit address of a stream: the first eight bytes of its name's SHA-256, most significant first."""
    return int.from_bytes(sha256(name.encode()).digest()[:8], "big")


def check_distinct(names: Iterable[str]) -> None:
    """Make sure that no two different names share an address.

    Raises ValueError naming the first two that do.
    """
    owner: dict[int, str] = {}
    for name in names:
        other = owner.setdefault(stream_hash(name), name)
        if other != name:
            raise ValueError(
                f"streams '{other}' and '{name}' have the same 64-bit hash and would share their draws;"
                " rename one of the things they belong to"
            )


def _out_of_range(what: str, found: object, bits: int) -> ValueError:
    return ValueError(f"{what}: found {found}; expected a whole number from 0 to 2**{bits} - 1")


def _check_address(seed: int, hashed_stream: int, number: int, index: int) -> None:
    """Raise ValueError for the first part of an address that is out of its range."""
    for what, value, bits in (
        ("seed", seed, 64), ("stream hash", hashed_stream, 64), ("number", number, 32), ("index", index, 32),
    ):  # fmt: skip
        if not 0 <= value < 1 << bits:
            raise _out_of_range(what, value, bits)


def philox(counter: tuple[int, int, int, int], key: tuple[int, int]) -> tuple[int, int, int, int]:
    """Philox4x32-10: four words from a counter of four words and a key of two, all of 32 bits."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(_ROUNDS):
        product_0 = _MULTIPLIER_0 * c0
        product_1 = _MULTIPLIER_1 * c2
        c0 = (product_1 >> 32) ^ c1 ^ k0
        c1 = product_1 & _LOW_32
        c2 = (product_0 >> 32) ^ c3 ^ k1
        c3 = product_0 & _LOW_32
        k0 = (k0 + _WEYL_0) & _LOW_32
        k1 = (k1 + _WEYL_1) & _LOW_32
    return c0, c1, c2, c3


def uniform(seed: int, hashed_stream: int, number: int, index: int) -> float:
    """One uniform, strictly between 0 and 1.

    Parameters
    ----------
    seed
        0 to 2**64 - 1.
    hashed_stream
        From ``stream_hash``.
    number
        Parameter number or luck number, 0 to 2**32 - 1.
    index
        Which draw of the stream, 0 to 2**32 - 1.

    Raises ValueError if a part of the address is out of its range.
    """
    if (number | index) >> 32 or (seed | hashed_stream) >> 64:  # negative numbers keep bits set, too
        _check_address(seed, hashed_stream, number, index)
    counter = (hashed_stream & _LOW_32, hashed_stream >> 32, number, index)
    first, second, _, _ = philox(counter, (seed & _LOW_32, seed >> 32))
    return (((first << 20) | (second >> 12)) + 0.5) * _UNIFORM_STEP


def _checked(what: str, values: NDArray[Any] | int, bits: int) -> _Words:
    """The values as 64-bit words; ValueError if one is not a whole number of ``bits`` bits."""
    given = np.atleast_1d(np.asarray(values))
    if given.dtype.kind not in "ui":
        raise _out_of_range(what, f"numbers of type {given.dtype}", bits)
    if given.size and not (given.dtype.kind == "u" and given.dtype.itemsize * 8 <= bits):
        lowest, highest = int(given.min()), int(given.max())
        if lowest < 0 or highest >> bits:
            raise _out_of_range(what, lowest if lowest < 0 else highest, bits)
    return given.astype(np.uint64)


def uniforms(
    seed: int, streams: NDArray[Any] | int, numbers: NDArray[Any] | int, indices: NDArray[Any] | int
) -> NDArray[np.float64]:
    """Many uniforms in one call, bit for bit those of ``uniform``.

    Parameters
    ----------
    seed
        0 to 2**64 - 1.
    streams
        Stream hashes, unsigned 64-bit; one for all or one a draw.
    numbers, indices
        32-bit whole numbers; one for all or one a draw.

    Returns
    -------
    The draws, in the common (broadcast) shape of the three, of one axis at least.

    Raises ValueError if a part of an address is out of its range or the shapes do not go together.
    """
    _check_address(seed, 0, 0, 0)
    stream, number, index = np.broadcast_arrays(
        _checked("stream hash", streams, 64), _checked("number", numbers, 32), _checked("index", indices, 32)
    )
    first, second = _philox_in_place(
        seed, stream & np.uint64(_LOW_32), stream >> np.uint64(32), number.copy(), index.copy()
    )
    bits = (first << np.uint64(20)) | (second >> np.uint64(12))
    return (bits.astype(np.float64) + 0.5) * _UNIFORM_STEP


def _philox_in_place(seed: int, c0: _Words, c1: _Words, c2: _Words, c3: _Words) -> tuple[_Words, _Words]:
    """First two words of Philox4x32-10 for arrays of counters of one shape, which it overwrites.

    In place because the time goes into fresh memory, not into the arithmetic.
    """
    multiplier_0, multiplier_1 = np.uint64(_MULTIPLIER_0), np.uint64(_MULTIPLIER_1)
    low, half = np.uint64(_LOW_32), np.uint64(32)
    k0, k1 = seed & _LOW_32, seed >> 32
    product_0, product_1 = np.empty_like(c0), np.empty_like(c0)
    for _ in range(_ROUNDS):
        np.multiply(c0, multiplier_0, out=product_0)
        np.multiply(c2, multiplier_1, out=product_1)
        np.right_shift(product_1, half, out=c0)
        np.bitwise_xor(c0, c1, out=c0)
        np.bitwise_xor(c0, np.uint64(k0), out=c0)
        np.bitwise_and(product_1, low, out=c1)
        np.right_shift(product_0, half, out=c2)
        np.bitwise_xor(c2, c3, out=c2)
        np.bitwise_xor(c2, np.uint64(k1), out=c2)
        np.bitwise_and(product_0, low, out=c3)
        k0 = (k0 + _WEYL_0) & _LOW_32
        k1 = (k1 + _WEYL_1) & _LOW_32
    return c0, c1


def permutation(seed: int, hashed_stream: int, number: int, size: int) -> tuple[int, ...]:
    """Keyed permutation of 0 … size - 1: the order of the stream's first ``size`` uniforms under ``number``.

    Raises ValueError if a part of the address is out of its range or ``size`` is negative.
    """
    if not 0 <= size <= _LOW_32:
        raise _out_of_range("size", size, 32)
    _check_address(seed, hashed_stream, number, 0)
    draws = uniforms(seed, np.full(size, hashed_stream, np.uint64), number, np.arange(size))
    return tuple(int(place) for place in np.argsort(draws, kind="stable"))


def generator(seed: int, purpose: str, name: str) -> np.random.Generator:
    """A NumPy generator for work after the fact (bootstrap, permutation tests, libraries); never for futures.

    Raises ValueError if the seed is out of its range.
    """
    _check_address(seed, 0, 0, 0)
    key = np.array((seed, stream_hash(stream_name(purpose, name))), np.uint64)
    return np.random.Generator(np.random.Philox(key=key))
