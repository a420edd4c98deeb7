"""Columns: from Python values to Arrow and from Arrow to NumPy, buffer by buffer.

Whole numbers and reals are eight bytes, truths one bit, texts UTF-8; what is not known is a cleared bit of the mask.

Why: pyarrow's own conversions import pandas, which costs every worker more time and memory than its first chunk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType, NoneType
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

_NUMPY_OF: Final[Mapping[Any, str]] = MappingProxyType(
    {pa.int64(): "<i8", pa.float64(): "<f8", pa.int32(): "<i4", pa.uint8(): "u1"}
)


_TYPES: Final[Mapping[Any, frozenset[type]]] = MappingProxyType(
    {
        pa.int64(): frozenset((int, NoneType)),
        pa.float64(): frozenset((float, int, NoneType)),
        pa.bool_(): frozenset((bool, NoneType)),
        pa.string(): frozenset((str, NoneType)),
    }
)
_BLANK: Final[Mapping[Any, Any]] = MappingProxyType(
    {pa.int64(): 0, pa.float64(): 0.0, pa.bool_(): False, pa.string(): ""}
)


def arrow_of(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """Values as an Arrow array of whole numbers, reals, truths or texts; None is not known.

    Raises OverflowError for a number that does not fit, TypeError for a value of another kind.
    """
    kinds = set(map(type, values))
    mask = None
    if NoneType in kinds:
        mask = pa.py_buffer(np.packbits([value is not None for value in values], bitorder="little"))
        values = [_BLANK[kind] if value is None else value for value in values]
    if not kinds <= _TYPES[kind]:
        found = ", ".join(sorted(each.__name__ for each in kinds))
        raise TypeError(f"found values of type {found} in a column of {kind}")
    return pa.Array.from_buffers(kind, len(values), [mask, *_buffers(values, kind)])


def _buffers(values: Sequence[Any], kind: pa.DataType) -> tuple[pa.Buffer, ...]:
    if kind == pa.bool_():
        return (pa.py_buffer(np.packbits(np.array(values, bool), bitorder="little")),)
    if kind != pa.string():
        return (pa.py_buffer(np.array(values, _NUMPY_OF[kind])),)
    # A column names the same few things over and over.
    bytes_of = {text: text.encode() for text in dict.fromkeys(values)}
    encoded = [bytes_of[text] for text in values]
    ends = np.zeros(len(encoded) + 1, "<i4")
    np.cumsum(list(map(len, encoded)), out=ends[1:])
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
