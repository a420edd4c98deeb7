"""Columns: from Python values to Arrow and from Arrow to NumPy, buffer by buffer.

Whole numbers and reals are eight bytes, truths one bit, texts UTF-8; what is not known is a cleared bit of the mask.

Why: pyarrow's own conversions import pandas, which costs every worker more time and memory than its first chunk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

_NUMPY_OF: Final[Mapping[Any, str]] = MappingProxyType(
    {pa.int64(): "<i8", pa.float64(): "<f8", pa.int32(): "<i4", pa.uint8(): "u1"}
)


def arrow_of(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """Values as an Arrow array of whole numbers, reals, truths or texts; None is not known.

    Raises OverflowError or ValueError for what does not fit, TypeError for a real where a whole number belongs.
    """
    known = np.fromiter((value is not None for value in values), bool, len(values))
    mask = None if known.all() else pa.py_buffer(np.packbits(known, bitorder="little"))
    if kind == pa.string():
        return pa.Array.from_buffers(kind, len(values), [mask, *_text_buffers(values)])
    zero = False if kind == pa.bool_() else 0
    filled = [zero if value is None else value for value in values]
    if kind == pa.bool_():
        bits = np.packbits(np.array(filled, bool), bitorder="little")
        return pa.Array.from_buffers(kind, len(values), [mask, pa.py_buffer(bits)])
    if kind == pa.int64() and not all(isinstance(value, int) for value in filled):
        raise TypeError("found a value that is not whole in a column of whole numbers")
    numbers = np.array(filled, _NUMPY_OF[kind])
    return pa.Array.from_buffers(kind, len(values), [mask, pa.py_buffer(numbers)])


def _text_buffers(values: Sequence[str | None]) -> tuple[pa.Buffer, pa.Buffer]:
    encoded = [(value or "").encode() for value in values]
    ends = np.zeros(len(values) + 1, "<i4")
    np.cumsum([len(text) for text in encoded], out=ends[1:])
    return pa.py_buffer(ends), pa.py_buffer(b"".join(encoded))


def numbers_of(column: pa.Array | pa.ChunkedArray) -> NDArray[Any]:
    """Whole numbers, reals or truths of a column; what is not known is zero or False."""
    array = _in_one_piece(column)
    if array.type == pa.bool_():
        truths: NDArray[Any] = numbers_of(array.cast(pa.uint8())).astype(bool)
        return truths
    return _with(0, _raw(array), array)


def words_of(column: pa.Array | pa.ChunkedArray) -> tuple[list[str], NDArray[Any]]:
    """Texts of a column: each different one, and for each row which; what is not known is the empty text."""
    coded = _in_one_piece(_in_one_piece(column).dictionary_encode())
    words: list[str] = coded.dictionary.to_pylist()
    codes = _with(len(words), _raw(coded.indices), coded.indices)
    return ([*words, ""] if coded.null_count else words), codes


def known(column: pa.Array | pa.ChunkedArray) -> NDArray[Any]:
    """For each row whether its value is known."""
    return numbers_of(pc.is_valid(column))


def _with(value: int, numbers: NDArray[Any], array: pa.Array) -> NDArray[Any]:
    """The numbers with ``value`` where the array knows none."""
    return np.where(known(array), numbers, np.array(value, numbers.dtype)) if array.null_count else numbers


def _raw(array: pa.Array) -> NDArray[Any]:
    kind = _NUMPY_OF[array.type]
    if not len(array):
        return np.zeros(0, kind)
    numbers: NDArray[Any] = np.frombuffer(array.buffers()[1], kind)[array.offset : array.offset + len(array)]
    return numbers


def _in_one_piece(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
