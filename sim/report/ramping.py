"""The ramp under a lever that is turned: home units, home rate, when a line opens, and why it moves or does not.

Why: a subsidy that changes no delivery may still open a factory, or be paid for one that would have opened anyway.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from matplotlib.figure import Figure

from sim.report.chart import Chart, Numbers, Words, chart_name
from sim.report.findings import TextTable
from sim.report.sheet import Room, sheet
from sim.report.stepped import (
    HOLLOW,
    LEAST_ROWS,
    ROW_IN,
    a_step_of_any,
    draw_slopes,
    handle_of,
    is_down,
    left_of,
    name_of,
    names_left,
    signed,
    slopes_of,
    step_in_title,
    step_of,
    surely,
    why_down,
)
from sim.report.told import Record, interval_of, only, rests_on, told
from sim.report.wording import NOTHING, percent
from sim.store.finding import Finding

UNITS, DAYS = "home_units_a_step", "days_earlier_a_step"
_NEVER: Final = (
    "A firm enters with its first contract and its line opens when it is ready to build; what does not happen by the"
    " horizon counts as happening the day after it."
)


def tables(finding: Finding) -> Iterator[TextTable]:
    """What each handle does to home production; none where the scenario has no home lines."""
    if slopes_of(finding, UNITS):
        yield _all_lines(finding)
    if only(finding, "lines"):
        yield _own_lines(finding)
        yield _reasons(finding)


def _rows(finding: Finding, first: str, *measures: tuple[str, int]) -> tuple[list[tuple[str, ...]], list[Record]]:
    """A row a handle that has the first measure, with these measures to so many decimals; and the records."""
    found = {(handle_of(row), row["measure"]): row for row in only(finding, "slopes")}
    rows: list[tuple[str, ...]] = []
    records: list[Record] = []
    for row in slopes_of(finding, first):
        cells = [(found.get((handle_of(row), measure)), decimals) for measure, decimals in measures]
        records += [record for record, _ in cells if record is not None]
        said = [
            NOTHING if record is None else told(interval_of(record), partial(signed, decimals=decimals))
            for record, decimals in cells
        ]
        rows.append((f"{name_of(finding, row)}, {step_of(row)}", *said))
    return rows, records


def _all_lines(finding: Finding) -> TextTable:
    measures = [(UNITS, 1), ("home_units_per_billion_spent", 1), ("home_rate_a_step", 2), ("home_rate_later_a_step", 2)]
    rows, records = _rows(finding, UNITS, *measures)
    headings = (
        "More of, a step", "Home units by the due days", "Units for each ¥1 bn spent",
        "Home rate at the deadline, a month", "A year after",
    )  # fmt: skip
    note = f"All home lines together; rates are means of three months, exports included. {rests_on(records, finding)}"
    return TextTable(_units_title(finding), headings, rows, note)


def _units_title(finding: Finding) -> str:
    policy, rows = finding.about["titles"]["policy"], slopes_of(finding, UNITS)
    sure = surely(rows)
    if not sure:
        return (
            f"Of no line or lever is it sure that {a_step_of_any(rows)} brings home units by the due days, under"
            f" “{policy}”"
        )
    more = signed(float(sure[0]["value"])).removeprefix("+")
    return f"{step_in_title(finding, sure[0])} brings {more} home units by the due days, under “{policy}”"


def _own_lines(finding: Finding) -> TextTable:
    measures = [
        ("own_units_later_a_step", 1), ("entry_earlier_a_step", 1), (DAYS, 1), ("days_earlier_per_billion_spent", 1),
    ]  # fmt: skip
    rows, records = _rows(finding, "own_units_later_a_step", *measures)
    headings = (
        "More of, a step", "Its own units by the horizon", "Its firm enters earlier, days",
        "Its line opens earlier, days", "Days for each ¥1 bn spent",
    )  # fmt: skip
    return TextTable(_days_title(finding), headings, rows, f"{_NEVER} {rests_on(records, finding)}")


def _days_title(finding: Finding) -> str:
    policy, rows = finding.about["titles"]["policy"], slopes_of(finding, DAYS)
    sure = surely(rows)
    if not sure:
        return f"Of no lever is it sure that {a_step_of_any(rows)} opens its own line earlier, under “{policy}”"
    days = signed(float(sure[0]["value"])).removeprefix("+")
    return f"{step_in_title(finding, sure[0])} opens its line {days} days earlier, under “{policy}”"


# -- why


def _reasons(finding: Finding) -> TextTable:
    lines = only(finding, "lines")
    rows = [(name_of(finding, line), _opens(line), in_words(line)) for line in lines]
    waiting = [line for line in lines if not line["runs_at_start"]]
    moved = sum(line["unmoved"] < line["n"] for line in waiting)
    title = (
        f"{moved or 'None'} of {len(waiting)} firms would enter, or open the line, on another day or not at all in some"
        f" future {_turned(waiting[0])}"
        if waiting
        else "What the lines that run at the start do"
    )
    counted = sorted({line["n"] for line in lines})
    note = (
        f"Each lever turned as far as it goes, on {counted[0]:,} of {lines[0]['N']:,} futures; seed"
        f" {finding.about['seed']}; counts, and shares of the days from a line's opening to the end of the deadline's"
        " month. A subsidy acts on the ramp through the commitment that a firm asks for before it opens a line, and"
        " through the money it takes from its budget line."
    )
    return TextTable(
        title, ("Of the line of", "In so many futures by the horizon", "What moves it, or why nothing does"), rows, note
    )


def in_words(line: Record) -> str:
    """What moves the ramp of a line, or why nothing does, and what the line does as it is."""
    return f"{_reason(line)} {_days_told(line)}".strip()


def _turned(line: Record) -> str:
    if is_down(line):
        return "without the subsidy"
    return "with five steps more"


def _opens(line: Record) -> str:
    if line["runs_at_start"]:
        return "runs at the start"
    as_it_is = f"{line['ordered']} enter and {line['opened']} open of {line['n']}"
    return f"{as_it_is}; {_turned(line)} {line['ordered_turned']} and {line['opened_turned']}"


def _reason(line: Record) -> str:
    if not line["runs_at_start"]:
        if not line["ordered"] and not line["ordered_turned"]:
            return f"Nothing is ever ordered of it, as it is or {_turned(line)}."
        if line["unmoved"] == line["n"]:
            return _unmoved(line)
    return f"{_moved(line)} {_delivered(line)}".strip()


def _unmoved(line: Record) -> str:
    if line["handle"] != "subsidy":
        return f"The firm enters and opens it on the same days {_turned(line)}. {_delivered(line)}"
    asked = "without any subsidy" if is_down(line) else "already"
    return (
        f"The firm enters on the same day {_turned(line)}: what is ordered first is as much as it asks for {asked}."
        f" {_delivered(line)}"
    )


def _moved(line: Record) -> str:
    if line["runs_at_start"]:
        return ""
    others, turned = line["n"] - line["unmoved"], _turned(line)
    asks = "" if line["handle"] != "subsidy" else f" asks for {'more' if is_down(line) else 'less'}, and"
    return (
        f"{turned[0].upper()}{turned[1:]} the firm{asks} enters, or opens the line, on another day or not at all in"
        f" {others} of {line['n']}."
    )


def _delivered(line: Record) -> str:
    if line["due_differs"]:
        return f"Its units by the due day differ in {line['due_differs']}."
    if line["later_differs"]:
        return f"Its units by the due day are the same; by the horizon they differ in {line['later_differs']}."
    return "Its units are the same, by the due day and by the horizon."


def _days_told(line: Record) -> str:
    """When the line opens as it is, and what it does from there to the deadline."""
    days = [line[name] or 0.0 for name in ("building_days", "parts_days", "idle_days")]
    said = []
    if line["ordered"] and not line["opened"] and not line["runs_at_start"]:
        said.append("As it is, it is not open by the horizon in any future in which the firm enters.")
    if line["opened"] and not line["runs_at_start"]:
        said.append(
            f"As it is, where it opens that takes {line['opening_days']:,.0f} days from its first contract, and is done"
            f" by the deadline in {line['in_time']} of {line['n']}."
        )
    if whole := sum(days):
        building, parts, idle = (percent(each / whole) for each in days)
        said.append(
            f"From there to the deadline it builds on {building} % of its days, waits for parts on {parts} % and has"
            f" nothing to build on {idle} %."
        )
    return " ".join(said)


# -- drawn


def charts(finding: Finding) -> Iterator[Chart]:
    """Home units beside days of opening: of every lever with a line of its own, and of what else does anything."""
    days = {handle_of(row): row for row in slopes_of(finding, DAYS)}
    rows = [
        row for row in slopes_of(finding, UNITS) if handle_of(row) in days or row["value"] or row["low"] or row["high"]
    ]
    if not rows:
        return
    rows.sort(key=lambda row: (-(row["value"] or 0.0), -(days.get(handle_of(row), row)["value"] or 0.0)))
    title = _days_title if surely(list(days.values())) and not surely(rows) else _units_title
    hollow = HOLLOW if any(map(is_down, rows)) else ""
    words = Words(
        title(finding),
        "Left: home units delivered by the due days that one step more brings. Right: days by which its own line opens"
        f" earlier, for levers that have one. Beside a name: how large its step is.{hollow}",
        f"Least-squares slope over five steps, future by future. {_NEVER}{why_down(rows)}"
        f" {rests_on([*rows, *days.values()], finding)}",
    )
    grid = finding.grids["slopes"]
    name = chart_name("slopes", finding.about["policy"], "ramp")
    own = [days.get(handle_of(row)) for row in rows]
    yield Chart(name, words, Numbers(grid.columns, grid.rows), partial(_draw, finding, rows, own))


def _draw(finding: Finding, rows: Sequence[Record], own: Sequence[Record | None], words: Words) -> Figure:
    left_in = left_of(finding, rows, 2.9)
    room = Room(ROW_IN * max(LEAST_ROWS, len(rows)), left_in, 0.6, 0.1, 0.45, across=0.65)
    figure, (units, days) = sheet(words, room, columns=2)
    names_left(units, finding, rows, left_in)
    draw_slopes(units, rows, signed, "home units a step")
    days.set_yticks([])
    draw_slopes(days, own, signed, "days earlier a step")
    return figure
