"""One run as a Gantt picture: a line a contract, from the decision to the last lot in service.

Stages follow from the ledger's own days; what had not happened by the horizon is not drawn.

Why: why a mission was late in one future is seen in a second where it takes a page of sentences to read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.engine.ledger import Run
from sim.report import wording
from sim.report.chart import Chart, Numbers, Words
from sim.report.house import BLACK, BLUE, ORANGE, OUTLINE, PALE, QUIET, SKY, WHITE, YELLOW, Area
from sim.report.key import draw_key, key_of
from sim.report.lettering import one_line
from sim.report.sheet import POINTS, Room, sheet
from sim.report.time_axis import as_of, due, fiscal_years
from sim.scenario.resolved import Scenario
from sim.study.replay import Titles
from sim.study.stages import Row, contract_rows, missions_in_time

NAME: Final = "gantt"
HEADING: Final = "One run, contract by contract"
ROW_IN: Final = 0.21
LEFT_IN: Final = 2.5
STAGES: Final[Mapping[str, tuple[str, Area]]] = MappingProxyType(
    {
        "tender": ("in tender", Area(SKY, "----", WHITE)),
        "permit": ("export permit", Area(WHITE, "////", QUIET)),
        "making": ("queue and production", Area(BLUE)),
        "shipping": ("on the way to Japan", Area(YELLOW)),
        "testing": ("tests, type approval", Area(ORANGE)),
    }
)
FAILED: Final = "came to nothing"


def gantt(run: Run) -> Chart:
    """The picture of a run.

    Contracts stand mission by mission, in the order in which they were decided. Lots of one contract share its line: a
    stage reaches from the first lot's to the last lot's.
    """
    scenario = run.scenario
    rows = list(contract_rows(run, Titles(scenario).name))
    return Chart(
        f"{NAME}-{run.policy_id}-{run.luck_number}", _words(run, rows), _numbers(scenario, rows),
        partial(_draw, scenario, rows),
    )  # fmt: skip


def _words(run: Run, rows: Sequence[Row]) -> Words:
    scenario, (met, missions) = run.scenario, missions_in_time(run)
    policy = scenario.policies[run.policy_id].title
    horizon = wording.long_date(scenario.clock.horizon_day, scenario.clock.calendar)
    lost = sum(row.contract.failed_day is not None for row in rows)
    fate = f"; {lost} of {len(rows)} contracts came to nothing" if lost else ""
    return Words(
        f"In this future {met or 'none'} of {missions} missions {'is' if met <= 1 else 'are'} in time under"
        f" “{policy}”{fate}",
        "A line is a contract, with its units. The lower half of a line is its lots on the way: first on the way, then"
        " being tested. A dot is a lot in service, a cross a contract that came to nothing.",
        f"The upright is the deadline, the dotted one the day until which all is known."
        f" What is not drawn had not happened by {horizon}. Parameter number"
        f" {run.parameter_number}, luck number {run.luck_number}.",
    )


def _numbers(scenario: Scenario, rows: Sequence[Row]) -> Numbers:
    iso = scenario.clock.calendar.iso
    columns = ("contract", "mission", "product", "units", "stage", "first_day", "last_day", "lot_units")
    cells: list[tuple[Any, ...]] = []
    for row in rows:
        of = row.contract
        own = of.contract, of.mission, of.product, of.units
        cells += [(*own, each.stage, iso(each.first_day), iso(each.last_day), None) for each in row.stages]
        cells += [(*own, "in service", iso(day), iso(day), units) for day, units in row.in_service]
        if of.failed_day is not None:
            cells.append((*own, FAILED, iso(of.failed_day), iso(of.failed_day), None))
    return Numbers(columns, cells)


# -- drawing


def _draw(scenario: Scenario, rows: Sequence[Row], words: Words) -> Figure:
    key = key_of(list(STAGES.values()))
    above_in = 0.26 + key.tall_in
    room = Room(height=ROW_IN * max(3, len(rows)), left=LEFT_IN, right=0.15, above=above_in, under=0.34)
    figure, (axes,) = sheet(words, room)
    draw_key(figure, axes, above_in, key)
    clock = scenario.clock
    fiscal_years(axes, clock.calendar, 0, clock.horizon_day)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    for place, row in enumerate(rows):
        _line(axes, place, row)
    labels = [one_line(row.label, LEFT_IN * POINTS - 16, 7) for row in rows]
    axes.set_yticks(range(len(rows)), labels, size=7)
    as_of(axes, clock.as_of_day, clock.calendar, said=False)
    due(axes, clock.deadline_day, clock.calendar, said=False)
    return figure


def _line(axes: Axes, place: int, row: Row) -> None:
    axes.axhline(place + 0.5, color=PALE, linewidth=0.4, zorder=0)
    for stage, first, last in row.stages:
        upper = stage in ("tender", "permit", "making")
        height, middle = (0.42, place - 0.2) if upper else (0.26, place + 0.18)
        for options in (STAGES[stage][1].filling(), OUTLINE):
            axes.barh(middle, max(1, last - first), left=first, height=height, **options)
    for day, _ in row.in_service:
        axes.plot(day, place + 0.18, "o", markersize=2.6, color=BLACK, zorder=5)
    if row.contract.failed_day is not None:
        axes.plot(row.contract.failed_day, place - 0.2, "x", markersize=5, color=BLACK, zorder=5)
