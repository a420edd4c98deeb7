"""A comparison on the screen: a table a measure, the primary one first, and what was promised.

Why: the verdict, the interval behind it and the rule by which it was looked for belong on one screen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from sim.cli.screen import table
from sim.cli.signed import amount, change, change_unit, saved, with_interval
from sim.report import wording
from sim.study.compare import Compared
from sim.study.decided import Decision

if TYPE_CHECKING:
    from rich.console import Console

    from sim.store.finding import Finding


def print_comparison(console: Console, finding: Finding, found: Decision) -> None:
    """Print every measure's table, and how it was looked at."""
    about = finding.about
    console.print(str(about["title"]), style="bold")
    for line in _opening(finding, found):
        console.print(line)
    for _, rows in groupby(found.rows, lambda row: row.measure.id):
        _measure(console, list(rows))
    console.print()
    for line in _legend(found):
        console.print(line)


def _opening(finding: Finding, found: Decision) -> Iterator[str]:
    about, last = finding.about, found.looks[-1]
    yield f"{wording.futures(last.replications, 2)}; reference: {about['titles']['policies'][about['reference']]}."
    if about["failed"]:
        yield f"{about['failed']} runs failed; each counts as what widens an interval."
    if about["rule"] == "fixed number of futures":
        return
    so_far = ", ".join(f"{look.replications:,}" for look in found.looks)
    if found.planned:
        planned = ", ".join(f"{each:,}" for each in found.planned)
        yield f"Looks planned at {planned} futures, each at {100 * last.level:.2f} %; looked at {so_far}."
    else:
        yield f"Looked at {so_far} futures; a confidence sequence holds at all of them together."
    yield "Decided." if found.decided else f"Not decided on: {', '.join(last.still_open)}."


def _measure(console: Console, rows: Sequence[Compared]) -> None:
    first = rows[0]
    unit = change_unit(first.measure)
    title = first.measure.title[0].upper() + first.measure.title[1:]
    console.print()
    console.print(f"{title} (reference {amount(first.measure, first.reference)})", style="bold")
    headings = ("Policy", "Mean", f"Difference, {unit}", "Verdict", "p (Holm)", "Correlation, runs saved")
    console.print(table(headings, (_cells(row) for row in rows), numbers=(1, 4), whole=(1,)))
    outside = "" if first.measure.more_is_better else "; less is better"
    console.print(f"Indifference zone ±{change(first.measure, first.zone).lstrip('+')} {unit}{outside}.")


def _cells(row: Compared) -> tuple[str, ...]:
    return (
        row.policy,
        amount(row.measure, row.own),
        with_interval(row.measure, row.difference),
        row.verdict.told(),
        wording.NOTHING if row.p_value is None else "<0.001" if row.p_value < 0.001 else f"{row.p_value:.3f}",
        saved(row.saving),
    )


def _legend(found: Decision) -> Iterator[str]:
    kinds = dict.fromkeys(row.difference.kind for row in found.rows if row.difference.low is not None)
    yield (
        "Differences are policy less reference on the same futures; on each measure their"
        f" {100 * found.looks[-1].level:.4g} % intervals hold together ({'; '.join(kinds) or 'none'}). Better, worse:"
        " the interval lies on one side of zero and reaches out of the zone. More runs: as many as would probably"
        " decide."
    )
