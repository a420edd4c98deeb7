"""What is worth finding out, and what the world would have to look like for each policy to be the best.

A value is what choosing a policy after knowing would bring more than choosing now; the list to find out first holds
only what is surely above zero.

Why: a week of somebody's time should go where the choice could change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sim.report import wording
from sim.report.chart import Chart, Numbers, Words, chart_name
from sim.report.findings import TextTable
from sim.report.ranked import Row, Scale, not_analysed, ranked
from sim.report.told import Record, interval_of, only, percent, points, title_of, told
from sim.store.finding import Finding
from sim.study.statistics import Interval

HEADING: Final = "Find these out first"
MOST: Final = 12
YEN: Final = "yen"


def tables(finding: Finding) -> Iterator[TextTable]:
    """Measure by measure: what to find out first; then each policy's world, and where the best one changes."""
    yield from not_analysed(finding)
    for measure in dict.fromkeys(row["measure"] for row in finding.grids["worth"].records()):
        yield _worth(finding, measure)
        if only(finding, "worlds", measure=measure):
            yield _worlds(finding, measure)
        switched = only(finding, "switches", measure=measure)
        if switched:
            yield _switches(finding, measure, switched)


def yen(amount: float) -> str:
    """Yen in billions, or in millions where that would be less than one.

    >>> yen(1.25e9), yen(29_200_000), yen(-3e6)
    ('¥1.2 bn', '¥29.2 m', '−¥3.0 m')
    """
    if abs(amount) >= 1e9:
        return wording.billions(amount)
    return f"{'−' if amount < 0 else ''}¥{abs(amount) / 1e6:,.1f} m"


def _number(row: Record) -> str:
    return yen(row["value"]) if row["unit"] == YEN else points(row["value"])


def _told(row: Record) -> str:
    return told(interval_of(row), yen if row["unit"] == YEN else points)


def _shown(finding: Finding, measure: str) -> list[Record]:
    rows = only(finding, "worth", measure=measure)
    whole = [row for row in rows if row["kind_of"] == "everything"]
    sorts = [row for row in rows if row["kind_of"] == "sort" and row["value"] > 0][:4]
    return [*whole, *sorts, *[row for row in rows if row["kind_of"] == "input" and row["value"] > 0][:MOST]]


def _first(finding: Finding, measure: str) -> list[Record]:
    return [row for row in only(finding, "worth", measure=measure, kind_of="input") if row["surely"]]


def _title(finding: Finding, measure: str) -> str:
    first, name = _first(finding, measure), title_of(finding, "measures", measure)
    if not first:
        return f"{name}: no single input is surely worth finding out before a policy is chosen"
    listed = wording.listed([f"“{title_of(finding, 'factors', row['of'])}”" for row in first[:3]])
    return f"{name}: find out first {listed}"


def _worth(finding: Finding, measure: str) -> TextTable:
    rows = _shown(finding, measure)
    cells = [
        (
            title_of(finding, "factors", row["of"]), row["confidence"], _told(row),
            f"{100 * row['changes']:.0f} %", "yes" if row["surely"] else "",
        )
        for row in rows
    ]  # fmt: skip
    headings = ("To know", "Confidence", "Is worth", "Choice changes in", "Surely above zero")
    return TextTable(_title(finding, measure), headings, cells, _note(finding, measure))


def _note(finding: Finding, measure: str) -> str:
    about, row = finding.about, only(finding, "worth", measure=measure, kind_of="everything")[0]
    usual = title_of(finding, "policies", about["usual"][measure])
    upper = yen(row["plug_in"]) if row["unit"] == YEN else points(row["plug_in"])
    value = f" A success is taken to be worth {yen(about['value_yen'])}, less cost." if row["unit"] == YEN else ""
    return (
        f"Without knowing more, “{usual}” is best.{value} {about['points']} parameter points, each with"
        f" {about['lucks']} luck numbers, {len(about['titles']['policies'])} policies; seed {about['seed']}; intervals"
        f" {100 * row['level']:.0f} % (t). Chosen on some points or luck and valued"
        f" on others: values are rather too low. All inputs together: at most about {upper}. “Surely”: as one of all"
        " inputs asked about. Luck cannot be found out."
    )


def _world_told(row: Record) -> str:
    if not row["conditions"]:
        return "no box of inputs found"
    if not row["confirmed"]:
        return "no box that new points confirm"  # the stored table has what was found
    return f"{row['conditions']}: best in {percent(row['inside_value'] or 0.0)} there"


def _worlds(finding: Finding, measure: str) -> TextTable:
    rows = only(finding, "worlds", measure=measure)
    cells = [
        (
            title_of(finding, "policies", row["policy"]), told(interval_of(row), percent), _lead(row), _world_told(row)
        )
        for row in rows
    ]  # fmt: skip
    headings = ("Policy", "Best in", "Ahead there by", "It is best where")
    note = (
        f"Best by the mean over the luck of a point ({finding.about['lucks']} numbers), so that the shares still hold"
        " some luck; the lead is told on luck that chose not. Boxes: found on half of the points, told on the rest."
    )
    return TextTable(f"What the world would have to look like: {title_of(finding, 'measures', measure)}", headings,
                     cells, note)  # fmt: skip


def _lead(row: Record) -> str:
    found = Interval(*(row[f"lead_{name}"] for name in ("value", "low", "high", "n", "N", "level", "kind")))
    return told(found, points) if found.value is not None else wording.NOTHING


def _switches(finding: Finding, measure: str, rows: Sequence[Record]) -> TextTable:
    cells = []
    for row in rows:
        names = [title_of(finding, "policies", policy) for policy in row["policies"]]
        steps = [
            f"“{names[0]}”",
            *(f"from {value} “{name}”" for name, value in zip(names[1:], row["values"], strict=True)),
        ]
        cells.append((title_of(finding, "factors", row["factor"]), ", ".join(steps)))
    title = f"Where the best policy changes along one input: {title_of(finding, 'measures', measure)}"
    note = "By fitted curves, all else as it falls; of correlated inputs along the first."
    return TextTable(title, ("Input, from low to high", "Best policy"), cells, note)


def charts(finding: Finding) -> Iterator[Chart]:
    """What knowing is worth, a chart a measure, coloured by confidence."""
    for measure in dict.fromkeys(row["measure"] for row in finding.grids["worth"].records()):
        rows = _shown(finding, measure)
        unit = rows[0]["unit"]
        what = "¥ bn" if unit == YEN else "points"
        words = Words(
            _title(finding, measure),
            f"What choosing a policy after finding it out would bring more than choosing now, in {what}.",
            _note(finding, measure),
        )
        bars = [
            Row(
                title_of(finding, "factors", row["of"]), row["value"], row["low"], row["high"], row["confidence"],
                _number(row).removesuffix(" points") + (" ✓" if row["surely"] else ""),
            )
            for row in rows
        ]  # fmt: skip
        numbers = Numbers(finding.grids["worth"].columns, finding.grids["worth"].rows)
        name = chart_name("information", measure.removeprefix("met/"))
        yield ranked(name, words, numbers, bars, Scale(what, _billions if unit == YEN else _hundred))


def _billions(amount: float) -> float:
    return amount / 1e9


def _hundred(share: float) -> float:
    return 100 * share
