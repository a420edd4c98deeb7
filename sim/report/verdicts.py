"""The verdicts a planner reads first: fulfilment, the joint list, and every mission's chance in one table.

A mission's row names who is better and who is worse than the reference, with the difference and its interval, and
counts those of whom nothing can be said yet.

Why: twenty tables of eight policies are read by nobody, and the three that matter are lost among them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sim.report import wording
from sim.report.findings import TextTable
from sim.report.signed import amount, with_interval
from sim.report.told import Record, interval_of, only, rests_on_futures, title_of
from sim.store.finding import Finding
from sim.study.statistics import NEVER_VARIED

CHANCE: Final = "met/"
IN_SERVICE: Final = "deployed/"
FIRST: Final = ("fulfilment", "all_met")
SAID: Final = (("better", "Better"), ("worse", "Worse"), ("inside the indifference zone", "No different"))


def shown_whole(finding: Finding) -> list[str]:
    """The measures whose tables are shown first, each with all that is known; the primary one before all."""
    measures, primary = list(finding.about["titles"]["measures"]), finding.about["primary"]
    chances = _chances(measures)
    alone = chances if len(chances) == 1 else []
    return [each for each in measures if each == primary or each in FIRST or each in alone]


def chances_together(finding: Finding) -> TextTable | None:
    """All missions' chances in one table; None where there is one mission, which has a table of its own."""
    chances = _chances(finding.about["titles"]["measures"])
    if len(chances) < 2:
        return None
    of = {measure: only(finding, "comparisons", measure=measure) for measure in chances}
    cells = [(_mission(finding, measure), *_cells(finding, of[measure])) for measure in chances]
    against = title_of(finding, "policies", finding.about["reference"])
    every_heading = ("Mission", "Reference", *(heading for _, heading in SAID), "Not told apart")
    held = [place for place in range(len(every_heading)) if any(row[place] for row in cells)]
    headings, *rows = (tuple(row[place] for place in held) for row in (every_heading, *cells))
    every = [row for measure in chances for row in of[measure]]
    kinds = wording.listed(list(dict.fromkeys(row["kind"] for row in every if row["low"] is not None)))
    level = f" with {100 * finding.about['family_level']:.4g} % intervals that hold together in each row ({kinds})"
    note = (
        f"Differences of chances in points{level if kinds else ''}; no different: by less than"
        f" {100 * finding.about['zone_share']:g} points; not told apart: too few futures."
        f" {rests_on_futures(every, finding)}"
    )
    return TextTable(_title(every, against, len(chances)), headings, rows, note)


def left_out(finding: Finding) -> str:
    """How many tables are not shown, of what, and how to see them; empty where all are."""
    shown = shown_whole(finding)
    rest = [each for each in finding.about["titles"]["measures"] if each not in shown]
    if not rest:
        return ""
    kinds = (
        (CHANCE, "each mission’s chance policy by policy"),
        (IN_SERVICE, "units in service"),
    )
    of = [said for start, said in kinds if any(each.startswith(start) for each in rest)]
    of += [title_of(finding, "measures", each) for each in rest if not each.startswith((CHANCE, IN_SERVICE))]
    return (
        f"{wording.counted(len(rest), 'table')} more: {wording.listed(of)}. --all-tables prints them, --out DIR keeps"
        " their numbers."
    )


def _chances(measures: Sequence[str]) -> list[str]:
    return [each for each in measures if each.startswith(CHANCE)]


def _mission(finding: Finding, measure: str) -> str:
    return title_of(finding, "measures", measure).removeprefix("chance of ")


def _cells(finding: Finding, rows: Sequence[Record]) -> tuple[str, ...]:
    reference = amount(rows[0]["unit"], rows[0]["reference_mean"])
    if all(row["kind"] == NEVER_VARIED for row in rows):
        return reference, *("",) * len(SAID), f"never varied: {len(rows)} of {len(rows)}"
    told = [
        ";\n".join(_one(finding, row, interval=word != SAID[-1][0]) for row in rows if row["verdict"] == word)
        for word, _ in SAID
    ]
    rest = [row for row in rows if row["verdict"] not in dict(SAID)]
    return reference, *told, f"{len(rest)} of {len(rows)}" if rest else ""


def _one(finding: Finding, row: Record, *, interval: bool) -> str:
    name = title_of(finding, "policies", row["policy"])
    return f"{name}: {with_interval(row['unit'], interval_of(row))}" if interval else name


def _title(rows: Sequence[Record], against: str, missions: int) -> str:
    counts = {word: len({row["measure"] for row in rows if row["verdict"] == word}) for word in ("better", "worse")}
    better, worse = (f"{counts[word] or 'none'} of {missions}" for word in ("better", "worse"))
    return f"Chance of each mission against “{against}”: some policy is better on {better}, some worse on {worse}"
