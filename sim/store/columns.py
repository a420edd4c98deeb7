"""Columns: from Python values to Arrow and from Arrow to NumPy, buffer by buffer.

Whole numbers and reals are eight bytes, truths one bit, texts codes in a list of words; what is not known is a cleared
bit of the mask.

Why: pyarrow's own conversions import pandas, which costs every worker more time and memory than its first chunk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType, NoneType
from typing import Any, Final, TypeGuard

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
_CODED: Final = pa.dictionary(pa.int32(), pa.string())
"""Text while a table is made: a column names the same few things over and over."""


def arrow_of(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """Values as an Arrow array of whole numbers, reals, truths or texts, these as codes; None is not known.

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
    if kind == pa.string():
        words = list(dict.fromkeys(values))
        place_of = {word: place for place, word in enumerate(words)}
        return coded(words, np.fromiter(map(place_of.__getitem__, values), "<i4", len(values)), mask)
    numbers = np.array(values, bool if kind == pa.bool_() else _NUMPY_OF[kind])
    if kind == pa.bool_():
        numbers = np.packbits(numbers, bitorder="little")
    return pa.Array.from_buffers(kind, len(values), [mask, pa.py_buffer(numbers)])


def coded(words: Sequence[str], codes: NDArray[Any], mask: pa.Buffer | None = None) -> pa.DictionaryArray:
    """Texts from the different ones and, for each row, which; ``mask`` has a bit for each row that is known."""
    indices = pa.Array.from_buffers(pa.int32(), len(codes), [mask, pa.py_buffer(np.ascontiguousarray(codes, "<i4"))])
    encoded = [word.encode() for word in words]
    ends = np.cumsum([0, *map(len, encoded)], dtype="<i4")
    texts = [None, pa.py_buffer(ends), pa.py_buffer(b"".join(encoded))]
    return pa.DictionaryArray.from_arrays(indices, pa.Array.from_buffers(pa.string(), len(words), texts))


def whole(numbers: NDArray[Any]) -> pa.Array:
    """Whole numbers that are all known."""
    return pa.Array.from_buffers(pa.int64(), len(numbers), [None, pa.py_buffer(np.ascontiguousarray(numbers, "<i8"))])


def with_codes(schema: pa.Schema) -> pa.Schema:
    """A table's schema while its texts are codes."""
    return pa.schema([field.with_type(_CODED) if field.type == pa.string() else field for field in schema])


def plain(data: pa.Table) -> pa.Table:
    """The same table with its texts written out."""
    fields = [field.with_type(pa.string()) if field.type == _CODED else field for field in data.schema]
    return data.cast(pa.schema(fields))


def is_text(kind: pa.DataType) -> TypeGuard[pa.DataType]:
    """Whether a column of this type holds texts, written out or as codes."""
    return kind in (pa.string(), _CODED)


def numbers_of(column: pa.Array | pa.ChunkedArray) -> NDArray[Any]:
    """Whole numbers, reals or truths of a column; what is not known is zero or False."""
    array = _in_one_piece(column)
    if array.type == pa.bool_():
        truths: NDArray[Any] = numbers_of(array.cast(pa.uint8())).astype(bool)
        return truths
    return _with(0, _raw(array), array)


def words_of(column: pa.Array | pa.ChunkedArray) -> tuple[list[str], NDArray[Any]]:
    """Texts of a column: each different one, and for each row which; what is not known is the empty text."""
    array = _in_one_piece(column)
    encoded = array if array.type == _CODED else _in_one_piece(array.dictionary_encode())
    words: list[str] = encoded.dictionary.to_pylist()
    codes = _with(len(words), _raw(encoded.indices), encoded.indices)
    return ([*words, ""] if encoded.null_count else words), codes


def in_order(data: pa.Table, key: Sequence[str]) -> pa.Table:
    """The rows in the order of some columns, which know every value; text by its bytes."""
    if not data.num_rows:
        return data
    order = np.lexsort([_ranks(data[column]) for column in reversed(key)])
    if bool((order[1:] > order[:-1]).all()):
        return data  # nearly always: most rows are made in their order
    return data.take(whole(order))


def _ranks(column: pa.ChunkedArray) -> NDArray[Any]:
    if not is_text(column.type):
        return numbers_of(column)
    words, codes = words_of(column)
    rank = np.empty(len(words), "<i4")
    rank[sorted(range(len(words)), key=lambda place: words[place].encode())] = np.arange(len(words))
    ranks: NDArray[Any] = rank[codes]
    return ranks


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
