"""One run as a picture: its stages are the ledger's days, and its words fit."""

from __future__ import annotations

import pytest
from matplotlib.text import Text

from sim.report.gantt import FAILED, gantt
from sim.report.house import drawn
from sim.study.modes import run_at_modes
from sim.study.replay import Titles, future_of, run_in
from sim.study.stages import contract_rows, missions_in_time
from tests.rooms.study.handmade import tiny

TINY = tiny().scenario


@pytest.fixture(scope="module")
def chart():
    return gantt(run_at_modes(TINY, "typed"))


def rows(chart):
    return [dict(zip(chart.numbers.columns, row, strict=True)) for row in chart.numbers.rows]


def test_the_stages_of_a_contract_are_those_of_the_lot_by_lot_table(chart):
    # run --at-modes: decided 2026-04-11, signed 2026-12-07, permit 2027-01-21; one lot: left 2028-02-25, arrived
    # 2028-04-15, accepted 2028-10-22, in service 2028-11-05
    own = {
        row["stage"]: (row["first_day"], row["last_day"]) for row in rows(chart) if row["contract"] == "tb2_baykar#1"
    }
    assert own == {
        "tender": ("2026-04-11", "2026-12-07"),
        "permit": ("2026-12-07", "2027-01-21"),
        "making": ("2027-01-21", "2028-02-25"),
        "shipping": ("2028-02-25", "2028-04-15"),
        "testing": ("2028-04-15", "2028-10-22"),
        "in service": ("2028-11-05", "2028-11-05"),
    }


def test_contracts_stand_mission_by_mission_with_their_units(chart):
    run = run_at_modes(TINY, "typed")
    found = list(contract_rows(run, Titles(TINY).name))
    places = [list(TINY.missions).index(row.contract.mission) for row in found]
    assert places == sorted(places)
    assert found[-1].label.startswith("Long-endurance wide-area watch: 6 Bayraktar TB2")
    met, of = missions_in_time(run)
    assert chart.words.title.startswith(f"In this future {met or 'none'} of {of} missions ")


def test_a_tender_that_comes_to_nothing_ends_there():
    for number in range(40):
        chart = gantt(run_in(future_of(TINY, 1, "judge", number), "typed"))
        lost = {row["contract"]: row for row in rows(chart) if row["stage"] == FAILED}
        if lost:
            break
    for contract, row in lost.items():
        (tender,) = [each for each in rows(chart) if each["contract"] == contract and each["stage"] != FAILED]
        assert (tender["stage"], tender["last_day"]) == ("tender", row["first_day"])
    assert f"{len(lost)} of " in chart.words.title


def test_no_word_leaves_the_sheet(chart):
    figure = drawn(chart)
    figure.draw_without_rendering()
    wide, tall = figure.bbox.size
    boxes = [
        text.get_window_extent() for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()
    ]
    assert boxes
    assert all(min(*box.p0) >= -1 and box.x1 <= wide + 1 and box.y1 <= tall + 1 for box in boxes)
