"""What drove a finished study: each input's ranks and distributions against what shuffled inputs would give.

Why: the first question about a stored answer is why, and it should cost nothing to ask.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sim.report.chart import Chart, Numbers, Words, chart_name
from sim.report.findings import TextTable
from sim.report.ranked import Row, Scale, not_analysed, ranked
from sim.report.told import Record, only, title_of
from sim.store.finding import Finding

HEADING: Final = "What drove this study"
MOST: Final = 10


def tables(finding: Finding) -> Iterator[TextTable]:
    """Those beyond the null, measure by measure."""
    yield from not_analysed(finding)
    for measure in finding.about["titles"]["measures"]:
        rows = only(finding, "drivers", measure=measure)
        cells = [
            (
                _name(finding, row), row["confidence"], _rank(row), f"{row['pawn']:.2f}",
            )
            for row in _clear(rows)
        ]  # fmt: skip
        yield TextTable(
            f"{title_of(finding, 'measures', measure)} under “{finding.about['titles']['policy']}”:"
            f" {len(_clear(rows))} of {len(rows)} inputs stand out",
            ("Input", "Confidence", "Rank coefficient", "PAWN"),
            cells,
            _note(finding, rows),
        )


def _rank(row: Record) -> str:
    told = f"{row['rank']:+.2f} ({row['rank_low']:+.2f} to {row['rank_high']:+.2f})"
    return told.replace("-", "−")


def _note(finding: Finding, rows: Sequence[Record]) -> str:
    row = rows[0]
    return (
        f"Stands out: beyond what the largest of all {len(rows)} inputs would reach by chance in 5 of 100 studies"
        f" (rank ±{row['rank_null']:.2f}, PAWN {row['pawn_null']:.2f}). Of correlated inputs each carries what the"
        f" others do. {row['n']:,} runs that were there already; seed {finding.about['seed']}; intervals"
        f" {100 * row['level']:.0f} % ({row['kind']})."
    )


def _clear(rows: Sequence[Record]) -> list[Record]:
    """Rows that stand out, one a factor: of correlated inputs the strongest."""
    found: dict[str, Record] = {}
    for row in rows:
        if row["stands_out"]:
            found.setdefault(row["factor"], row)
    return list(found.values())[:MOST]


def _name(finding: Finding, row: Record) -> str:
    return title_of(finding, "factors", row["factor"])


def charts(finding: Finding) -> Iterator[Chart]:
    """The first measure's rank coefficients, where any stands out."""
    measure = next(iter(finding.about["titles"]["measures"]))
    rows = only(finding, "drivers", measure=measure)
    clear = _clear(rows)
    if not clear:
        return
    title = (
        f"{len(clear)} of {len(rows)} inputs stand out as drivers of {title_of(finding, 'measures', measure).lower()}"
    )
    words = Words(
        title,
        "Standardised rank coefficient: 1 if the answer always rises with the input, −1 if it always falls.",
        f"Under “{finding.about['titles']['policy']}”. {_note(finding, rows)}",
    )
    bars = [
        Row(
            _name(finding, row),
            row["rank"],
            row["rank_low"],
            row["rank_high"],
            row["confidence"],
            f"{row['rank']:+.2f}",
        )
        for row in clear
    ]
    numbers = Numbers(finding.grids["drivers"].columns, finding.grids["drivers"].rows)
    yield ranked(chart_name("drivers", finding.about["policy"]), words, numbers, bars, Scale("rank coefficient"))
