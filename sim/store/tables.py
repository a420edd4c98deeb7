"""The result tables: their columns and types, and how outcomes become rows of them.

A run that failed is a row of ``runs`` with its error and no row elsewhere; nothing is left out of a count.

Why: a format that changes makes last year's study unreadable, so it is written down once, column by column.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import pyarrow as pa

from sim.errors import OursError
from sim.outcome import (
    DeliveryRow,
    LineRow,
    MissionRow,
    MoneyRow,
    MonthRow,
    OfferRow,
    Outcome,
    PartRow,
    RunRow,
    SpendingRow,
)
from sim.store.columns import arrow_of, in_order, with_codes

SCHEMA_VERSION: Final = 2
"""Of the folder and its tables; it changes when a column does."""

DONE: Final = "done"
FAILED: Final = "failed"

_TEXT: Final = pa.string()
_WHOLE: Final = pa.int64()
_REAL: Final = pa.float64()
_TRUTH: Final = pa.bool_()

_PLACES: Final = (
    "not_ordered", "tender", "approval", "queue", "production", "waiting_parts", "shipping", "acceptance",
    "waiting_crew", "fielding", "lost", "retired", "cancelled",
)  # fmt: skip
_YEN: Final = (
    "appropriated", "carried_in", "returned", "obligated", "fx_charged", "lapsed", "carried_out", "owed", "paid",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """One result table."""

    name: str
    key: tuple[str, ...]
    """Columns that name a row; rows are sorted by them."""
    schema: pa.Schema
    numbered: str | None = "replication"
    """The column that numbers futures; None: counts over all of a case's runs, which add up from chunk to chunk."""


class Result(NamedTuple):
    """What came of one replication: an outcome, or the error that ended it."""

    parameter: int
    luck: int
    outcome: Outcome | None
    error: str | None


def _table(name: str, key: str, columns: Mapping[str, pa.DataType], may_lack: Mapping[str, pa.DataType]) -> Table:
    fields = [pa.field(column, kind, nullable=False) for column, kind in columns.items()]
    fields += [pa.field(column, kind) for column, kind in may_lack.items()]
    return Table(name, tuple(key.split()), pa.schema(fields))


_OF_A_RUN: Final = {"policy": _TEXT, "replication": _WHOLE}

MISSIONS: Final = _table(
    "missions",
    "policy replication mission",
    {
        **_OF_A_RUN, "mission": _TEXT, "target": _WHOLE, "opening": _WHOLE, "ordered": _WHOLE,
        "deployed": _WHOLE, "available": _WHOLE, "met": _TRUTH, "reached_day": _WHOLE, "strength": _REAL,
        **dict.fromkeys(_PLACES, _WHOLE),
        "reached": _TRUTH, "deployed_counted": _WHOLE, "strength_met": _TRUTH,
    },
    {"unit_cost": _WHOLE, "running_cost": _WHOLE},
)  # fmt: skip

MONEY: Final = _table(
    "money",
    "policy replication line fiscal_year",
    {**_OF_A_RUN, "line": _TEXT, "fiscal_year": _WHOLE, **dict.fromkeys(_YEN, _WHOLE)},
    {},
)

MONTHLY: Final = _table(
    "monthly",
    "policy replication month mission",
    {
        **_OF_A_RUN, "month": _WHOLE, "mission": _TEXT, "deployed": _WHOLE, "available": _WHOLE,
        "in_pipeline": _WHOLE,
    },
    {},
)  # fmt: skip

SPENDING: Final = _table(
    "spending",
    "policy replication month line",
    {**_OF_A_RUN, "month": _WHOLE, "line": _TEXT, "obligated": _WHOLE, "paid": _WHOLE},
    {},
)

OFFERS: Final = _table(
    "offers",
    "policy replication offer mission",
    {
        **_OF_A_RUN, "offer": _TEXT, "mission": _TEXT, "signed": _WHOLE, "deployed": _WHOLE,
        "deployed_due": _WHOLE, "cost": _WHOLE,
    },
    {},
)  # fmt: skip

DELIVERIES: Final = _table(
    "deliveries",
    "policy replication offer month",
    {**_OF_A_RUN, "offer": _TEXT, "month": _WHOLE, "deployed": _WHOLE},
    {},
)

LINES: Final = _table(
    "lines",
    "policy replication offer month",
    {
        **_OF_A_RUN, "offer": _TEXT, "month": _WHOLE, "built": _WHOLE, "exported": _WHOLE, "promised": _WHOLE,
        "opening_days": _WHOLE, "building_days": _WHOLE, "parts_days": _WHOLE, "idle_days": _WHOLE,
        "minutes": _WHOLE, "labour_yen": _WHOLE, "overhead_yen": _WHOLE, "parts_yen": _WHOLE,
    },
    {},
)  # fmt: skip

PARTS: Final = _table(
    "parts",
    "policy replication family origin",
    {**_OF_A_RUN, "family": _TEXT, "origin": _TEXT, "pieces": _WHOLE, "yen": _WHOLE},
    {},
)

MONTHS: Final = Table(
    "months",
    ("policy", "month", "of", "measure", "least"),
    pa.schema(
        [
            pa.field(name, kind, nullable=False)
            for name, kind in (
                ("policy", _TEXT), ("month", _WHOLE), ("of", _TEXT), ("measure", _TEXT), ("least", _WHOLE),
                ("runs", _WHOLE), ("total", _WHOLE),
            )
        ]
    ),
    numbered=None,
)  # fmt: skip
"""``monthly`` and ``spending``, counted: how many runs lie from ``least`` to the next step, and their sum."""

RUNS: Final = _table(
    "runs",
    "policy replication",
    {**_OF_A_RUN, "status": _TEXT},
    {
        "all_met": _TRUTH, "fulfilment": _REAL, "cost": _WHOLE, "fx": _WHOLE, "home_share": _REAL,
        "digest": _TEXT, "owed": _WHOLE, "lapsed": _WHOLE, "running_cost": _WHOLE,
        "parameter": _WHOLE, "luck": _WHOLE, "error": _TEXT, "home_value_share": _REAL, "home_rate": _REAL,
        "home_rate_later": _REAL,
    },
)  # fmt: skip

OF_RUNS: Final[Mapping[str, Table]] = MappingProxyType(
    {
        table.name: table
        for table in (MISSIONS, MONEY, MONTHLY, SPENDING, MONTHS, OFFERS, DELIVERIES, LINES, PARTS, RUNS)
    }
)
"""The tables of what cases did, by name."""
IN_FULL: Final = (MONTHLY.name, SPENDING.name)
"""The tables that a study keeps where it is small, or was run with ``--keep-monthly``; else it has their counts."""

_FIELDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        MISSIONS.name: MissionRow._fields,
        MONEY.name: MoneyRow._fields,
        MONTHLY.name: MonthRow._fields,
        SPENDING.name: SpendingRow._fields,
        OFFERS.name: OfferRow._fields,
        DELIVERIES.name: DeliveryRow._fields,
        LINES.name: LineRow._fields,
        PARTS.name: PartRow._fields,
    }
)

_NO_RUN: Final = (None,) * len(RunRow._fields)

INPUTS: Final = "inputs"
"""The table with one row a future."""


def inputs_kind(paths: Sequence[str]) -> Table:
    """The table of sampled inputs: the parameter number, then one column an input, in canonical units."""
    fields = [pa.field("parameter", _WHOLE, nullable=False)]
    fields += [pa.field(path, _REAL, nullable=False) for path in paths]
    return Table(INPUTS, ("parameter",), pa.schema(fields), numbered="parameter")


def inputs_table(paths: Sequence[str], points: Mapping[int, Sequence[float]]) -> pa.Table:
    """Sampled inputs as a table.

    Parameters
    ----------
    paths
        The inputs' paths in the scenario file.
    points
        Parameter number -> one canonical, unrounded value a path.
    """
    columns = ["parameter", *paths]
    return _filled(inputs_kind(paths), columns, [(number, *point) for number, point in points.items()])


def tables_of(policy: str, results: Iterable[tuple[int, Result]]) -> dict[str, pa.Table]:
    """The rows that one policy's replications add to each table, sorted by the table's key.

    Parameters
    ----------
    results
        Replication number and what came of it.

    Raises
    ------
    OursError
        If a row has a column that its table does not know, or lacks one.
    """
    rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in (*_FIELDS, RUNS.name)}
    owners: dict[str, list[int]] = {name: [] for name in rows}
    for replication, result in results:
        of_run = {RUNS.name: (_run_row(result),)}
        for name, some in (of_run if result.outcome is None else of_run | _rows_of(result.outcome)).items():
            rows[name] += some
            owners[name] += [replication] * len(some)
    return {
        name: _filled(OF_RUNS[name], _columns_of(OF_RUNS[name]), some, _beside(policy, owners[name]))
        for name, some in rows.items()
    }


def _beside(policy: str, replications: Sequence[int]) -> dict[str, Sequence[Any]]:
    """What stands beside each row of an outcome: whose it is."""
    return dict(zip(_OF_A_RUN, ([policy] * len(replications), replications), strict=True))


def _rows_of(outcome: Outcome) -> dict[str, Sequence[tuple[Any, ...]]]:
    return {
        MISSIONS.name: outcome.missions,
        MONEY.name: outcome.money,
        MONTHLY.name: outcome.monthly,
        SPENDING.name: outcome.spending,
        OFFERS.name: outcome.offers,
        DELIVERIES.name: outcome.deliveries,
        LINES.name: outcome.lines,
        PARTS.name: outcome.parts,
    }


def _columns_of(table: Table) -> list[str]:
    """Columns in the order in which an outcome's rows give them."""
    if table is RUNS:
        return ["status", "parameter", "luck", "error", *RunRow._fields]
    return list(_FIELDS[table.name])


def _run_row(result: Result) -> tuple[Any, ...]:
    status, of_run = (FAILED, _NO_RUN) if result.outcome is None else (DONE, result.outcome.run)
    return (status, result.parameter, result.luck, result.error, *of_run)


def _filled(
    table: Table,
    columns: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
    beside: Mapping[str, Sequence[Any]] = MappingProxyType({}),
) -> pa.Table:
    """Rows as a sorted table; ``columns`` says what stands where in a row, ``beside`` has columns of their own."""
    given = [*beside, *columns]
    if sorted(given) != sorted(table.schema.names):
        raise OursError(f"{table.name}: found the columns {', '.join(given)}; expected {', '.join(table.schema.names)}")
    across = zip(*rows, strict=True) if rows else ((),) * len(columns)
    values: dict[str, Sequence[Any]] = {**beside, **dict(zip(columns, across, strict=True))}
    arrays = [arrow_of(values[field.name], field.type) for field in table.schema]
    filled = pa.Table.from_arrays(arrays, schema=with_codes(table.schema))
    return sorted_rows(table, filled)


def sorted_rows(table: Table, data: pa.Table) -> pa.Table:
    """The same rows in the order of the key; text by its bytes."""
    return in_order(data, table.key)
