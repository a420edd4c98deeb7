"""Months in bins: monthly series as counts in bins that the scenario fixes, exact to add up from chunk to chunk.

A bin reaches from ``least`` to the next multiple of its step; beside the count stands the exact sum of its values.

Why: a million runs of ten years are a thousand million rows, and what is asked of them is bands and means.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.errors import OursError
from sim.store.columns import coded, numbers_of, whole, with_codes, words_of
from sim.store.tables import MONTHLY, MONTHS, SPENDING, sorted_rows

UNITS: Final = ("deployed", "available", "in_pipeline")
YEN: Final = ("obligated", "paid")
_TOGETHER: Final = 4
"""Chunks whose counts are added up in one go."""
_LARGEST_SUM: Final = 2.0**62


class Steps(NamedTuple):
    """Widths of bins, fixed by the scenario."""

    missions: Mapping[str, int]
    """Mission -> units."""
    lines: Mapping[str, int]
    """Budget line -> yen."""

    def of(self, name: str, measure: str) -> int:
        """The step of one thing's measure."""
        return self.lines[name] if measure in YEN else self.missions[name]


class _Counted(NamedTuple):
    month: NDArray[Any]
    of: NDArray[Any]
    least: NDArray[Any]
    runs: NDArray[Any]
    total: NDArray[Any]


def counted_months(policy: str, tables: Mapping[str, pa.Table], steps: Steps) -> pa.Table:
    """The monthly tables of some runs of one case as counts.

    A line's months without spending have no row there, so they are the runs that its counts lack.

    Raises OursError for a mission or line without a step.
    """
    parts = [_part(policy, tables[MONTHLY.name], "mission", measure, steps.missions) for measure in UNITS]
    parts += [_part(policy, tables[SPENDING.name], "line", measure, steps.lines) for measure in YEN]
    return sorted_rows(MONTHS, pa.concat_tables(parts))


def _part(policy: str, rows: pa.Table, of: str, measure: str, steps: Mapping[str, int]) -> pa.Table:
    names, codes = words_of(rows[of])
    lacking = sorted(set(names) - steps.keys())
    if lacking:
        raise OursError(f"months: found {', '.join(lacking)} without a step; expected one for each")
    step = np.array([steps[name] for name in names] or [1], "<i8")[codes]
    found = _counted(numbers_of(rows["month"]), codes, numbers_of(rows[measure]), step)
    size = len(found.runs)
    arrays = {
        "policy": coded([policy], np.zeros(size)),
        "month": whole(found.month),
        "of": coded(names, found.of),
        "measure": coded([measure], np.zeros(size)),
        "least": whole(found.least),
        "runs": whole(found.runs),
        "total": whole(found.total),
    }
    return pa.Table.from_arrays([arrays[name] for name in MONTHS.schema.names], schema=with_codes(MONTHS.schema))


def _counted(month: NDArray[Any], of: NDArray[Any], values: NDArray[Any], step: NDArray[Any]) -> _Counted:
    """Equal (month, thing, bin) together: how many, and the sum of their values."""
    least = values // step * step
    order = np.lexsort((least, of, month))
    month, of, least, values = month[order], of[order], least[order], values[order]
    opens = np.ones(len(month), bool)
    opens[1:] = (month[1:] != month[:-1]) | (of[1:] != of[:-1]) | (least[1:] != least[:-1])
    first = np.flatnonzero(opens)
    runs = np.diff(np.append(first, len(month)))
    total = np.add.reduceat(values, first) if len(first) else values
    return _Counted(month[first], of[first], least[first], runs.astype("<i8"), total.astype("<i8"))


def added(parts: Iterable[pa.Table]) -> pa.Table:
    """Counts of several chunks of one case added up, a few chunks at a time. Raises OursError if a sum is too large."""
    whole = MONTHS.schema.empty_table()
    for some in _in_batches(parts):
        whole = _sum_of([whole, *some])
    return sorted_rows(MONTHS, whole)


def _in_batches(parts: Iterable[pa.Table]) -> Iterator[list[pa.Table]]:
    some: list[pa.Table] = []
    for part in parts:
        some.append(part)
        if len(some) == _TOGETHER:
            yield some
            some = []
    if some:
        yield some


def _sum_of(tables: list[pa.Table]) -> pa.Table:
    together = pa.concat_tables(tables)
    if float(np.abs(numbers_of(together["total"]).astype(float)).sum()) > _LARGEST_SUM:
        raise OursError("months: the sum over all runs has no room in 64 bits; expected fewer runs or smaller amounts")
    grouped = pa.TableGroupBy(together, list(MONTHS.key), use_threads=False)
    summed = grouped.aggregate([("runs", "sum"), ("total", "sum")])
    columns = [summed[name] for name in MONTHS.key] + [summed["runs_sum"], summed["total_sum"]]
    return pa.Table.from_arrays([column.combine_chunks() for column in columns], schema=MONTHS.schema)
