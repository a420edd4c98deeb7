"""The tables of facts beside the scenarios: past deals, and what was promised of them against what came.

A table is read whole or not at all; every fault of it is told at once, with its line.

Why: fitted numbers are recomputed from these rows, so a misread row would be a wrong belief without a trace.
"""

from __future__ import annotations

import csv
import datetime
from collections.abc import Callable, Mapping
from math import isfinite
from pathlib import Path
from typing import Any, Final, NamedTuple

from sim.errors import Fault, ScenarioError

FACTS_CLOSED_ON: Final = datetime.date(2026, 11, 22)
"""Last day the tables know of; what had not come by then is open."""

CONFIDENCES: Final = ("official", "reported", "inferred", "assumption")


class SlipRatio(NamedTuple):
    """A promised first delivery and what became of it."""

    deal: str
    country: str
    """Of the supplier."""
    us_government: bool
    """Sold through the United States government."""
    promise: str
    outcome: str
    ratio: float
    """Time taken divided by time promised, or passed so far where ``censored``."""
    censored: bool
    """Not delivered: the ratio will be greater."""
    confidence: str
    source: str


class Deal(NamedTuple):
    """A public export or home deal."""

    system: str
    kind: str
    """Class of the system, e.g. MALE_UAV."""
    supplier_country: str
    supplier: str
    buyer: str
    contract_date: datetime.date | None
    first_delivery_date: datetime.date | None
    """None: unknown, or not yet."""
    last_delivery_date: datetime.date | None
    quantity: int | None
    value_usd_m: float | None
    confidence: str
    source: str


class _Column(NamedTuple):
    read: Callable[[str], Any]
    """Raises ValueError where the text is not what is expected."""
    expected: str


def slip_ratios(path: Path) -> tuple[SlipRatio, ...]:
    """Read the table of promises and outcomes. Raises ScenarioError with every fault of it."""
    columns = {
        "deal": _TEXT,
        "country": _TEXT,
        "us_government": _TRUTH,
        "promise": _TEXT,
        "outcome": _TEXT,
        "ratio": _RATIO,
        "censored": _TRUTH,
        "confidence": _CONFIDENCE,
        "source": _TEXT,
    }
    return tuple(SlipRatio(*row) for row in _rows(path, columns))


def deals(path: Path) -> tuple[Deal, ...]:
    """Read the table of deals. Raises ScenarioError with every fault of it."""
    columns = {
        "system": _TEXT,
        "class": _TEXT,
        "supplier_country": _TEXT,
        "supplier": _TEXT,
        "buyer": _TEXT,
        "contract_date": _or_blank(_DATE),
        "first_delivery_date": _or_blank(_DATE),
        "last_delivery_date": _or_blank(_DATE),
        "quantity": _or_blank(_WHOLE),
        "value_usd_m": _or_blank(_RATIO),
        "confidence": _CONFIDENCE,
        "source_url": _TEXT,
    }
    return tuple(Deal(*row) for row in _rows(path, columns))


def _rows(path: Path, columns: Mapping[str, _Column]) -> list[list[Any]]:
    """Every row's values in the order of the columns, the heading checked."""
    reader = csv.reader(_text(path).splitlines(), strict=True)
    faults: list[Fault] = []
    rows: list[list[Any]] = []
    try:
        heading = next(reader, [])
        if heading != list(columns):
            expected = f"the heading {','.join(columns)}"
            raise ScenarioError([Fault(path.name, 1, "heading", ",".join(heading) or "nothing", expected, "")])
        rows.extend(_values(path.name, reader.line_num, cells, columns, faults) for cells in reader)
    except csv.Error as error:
        fault = Fault(path.name, reader.line_num, "row", str(error), "comma-separated values", "Check the quotes.")
        raise ScenarioError([*faults, fault]) from error
    if faults:
        raise ScenarioError(faults)
    return rows


def _values(name: str, line: int, cells: list[str], columns: Mapping[str, _Column], faults: list[Fault]) -> list[Any]:
    """One row's values; what cannot be read becomes a fault."""
    if len(cells) != len(columns):
        faults.append(Fault(name, line, "row", f"{len(cells)} values", f"{len(columns)} values", ""))
        return []
    values: list[Any] = []
    for (column, how), cell in zip(columns.items(), cells, strict=True):
        try:
            values.append(how.read(cell.strip()))
        except ValueError:
            faults.append(Fault(name, line, column, repr(cell), how.expected, ""))
    return values


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        fault = Fault(path.name, None, "file", str(error), "a readable table in UTF-8", "")
        raise ScenarioError([fault]) from error


def _some_text(cell: str) -> str:
    if not cell:
        raise ValueError("blank")
    return cell


def _truth(cell: str) -> bool:
    if cell not in ("true", "false"):
        raise ValueError(cell)
    return cell == "true"


def _above_zero(cell: str) -> float:
    number = float(cell)
    if not (isfinite(number) and number > 0):
        raise ValueError(cell)
    return number


def _whole(cell: str) -> int:
    number = int(cell)
    if number <= 0:
        raise ValueError(cell)
    return number


def _confidence(cell: str) -> str:
    if cell not in CONFIDENCES:
        raise ValueError(cell)
    return cell


def _or_blank(column: _Column) -> _Column:
    return _Column(lambda cell: column.read(cell) if cell else None, f"{column.expected}, or nothing")


_TEXT: Final = _Column(_some_text, "some text")
_TRUTH: Final = _Column(_truth, "true or false")
_RATIO: Final = _Column(_above_zero, "a number above zero")
_WHOLE: Final = _Column(_whole, "a whole number above zero")
_DATE: Final = _Column(datetime.date.fromisoformat, "a date such as 2026-11-22")
_CONFIDENCE: Final = _Column(_confidence, f"one of {', '.join(CONFIDENCES)}")
