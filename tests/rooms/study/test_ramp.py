"""What a subsidy does to the ramp: home units, home rate and the day its line opens, in answers that fit on paper."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from sim.scenario.resolved import ToolingLever
from sim.study.cases import Case
from sim.study.handles import handles_of
from sim.study.home_columns import home_columns
from sim.study.ramp import ramps_of
from sim.study.slopes import cases_of, slopes
from sim.study.statistics.pairs import IDENTICAL
from sim.study.trial import Futures, Tried
from sim.study.variants import with_policies
from tests.rooms.study.subsidised import fail_with_luck_1, subsidised
from tests.stories.builder import buy, luck, ruled, scenario, scheduled
from tests.stories.home_builder import home, home_offer, industry

NEVER_VARIED = "none: never varied"


def ramp_of(world, *, only=("subsidy",), subject="home"):
    """Measure -> row, and the row of the line."""
    found = slopes(world, "typed", Futures(2, 1), only=only)
    rows = [row for row in found.grids["slopes"].records() if row["subject"] == subject]
    (line,) = [row for row in found.grids["lines"].records() if row["subject"] == subject]
    return {row["measure"]: row for row in rows}, line


def test_the_last_yen_of_a_subsidy_buys_home_units_and_days():
    """Eight units, and a line that opens on day 0, from 20 % on; below, none, and the day after the horizon.

    Deviations -0.5, 0.5, 1.5 and 2.5 of 17.5, 4 together; 207 / 17.5 yen a step, as for fulfilment.
    """
    world = subsidised()
    found, line = ramp_of(world)
    never = world.clock.horizon_day + 1
    assert found["home_units_a_step"]["value"] == pytest.approx(8 * 4 / 17.5)
    assert found["home_units_per_billion_spent"]["value"] == pytest.approx(32 / 207 * 1e9)
    assert found["own_units_a_step"]["value"] == found["own_units_later_a_step"]["value"] == pytest.approx(32 / 17.5)
    assert found["days_earlier_a_step"]["value"] == pytest.approx(never * 4 / 17.5)
    assert found["entry_earlier_a_step"]["value"] == found["days_earlier_a_step"]["value"]
    assert found["days_earlier_per_billion_spent"]["value"] == pytest.approx(never * 4 / 207 * 1e9)
    assert {row["kind"] for row in found.values()} == {NEVER_VARIED}
    assert [line[name] for name in ("ordered", "ordered_turned", "opened", "opened_turned")] == [2, 0, 2, 0]
    assert [line[name] for name in ("unmoved", "due_differs", "later_differs", "n", "N")] == [0, 2, 2, 2, 2]


def test_the_rate_is_that_of_three_months_up_to_the_deadline():
    """Ordered on 26 January 2026: eight units in the three months to March 2026, none in those to March 2027."""
    world = subsidised(day=300)
    clock = replace(world.clock, deadline_day=350)
    world = replace(world, clock=clock, missions={"watch": replace(world.missions["watch"], due_day=350)})
    found, _ = ramp_of(world)
    assert found["home_rate_a_step"]["value"] == pytest.approx(8 / 3 * 4 / 17.5)
    assert found["home_rate_later_a_step"]["value"] == 0.0
    short, _ = ramp_of(replace(world, clock=replace(clock, horizon_day=350)))
    assert "home_rate_later_a_step" not in short


def test_a_subsidy_that_decides_nothing_does_exactly_nothing_to_the_ramp():
    """Ten are ordered, as many as are asked for without any."""
    found, line = ramp_of(subsidised(units=10))
    ramp = {measure: row["value"] for measure, row in found.items() if measure != "cost_yen_a_step"}
    assert set(ramp.values()) == {0.0}
    assert not any(np.signbit(value) for value in ramp.values())
    assert [line[name] for name in ("opened", "opened_turned", "unmoved", "due_differs")] == [2, 2, 2, 0]


def test_where_no_ledger_changes_the_ramp_does_not_either():
    found, _ = ramp_of(subsidised(share=0, most=0))
    kinds = {row["kind"] for measure, row in found.items() if not measure.endswith("spent")}
    assert kinds == {IDENTICAL}
    assert {row["kind"] for measure, row in found.items() if measure.endswith("spent")} == {
        "none: nothing more is spent"
    }


def test_a_subsidy_that_comes_after_the_due_day_shows_in_the_units_of_the_horizon_alone():
    world = subsidised()
    late = replace(world.missions["watch"], due_day=5)
    found, line = ramp_of(replace(subsidised(day=10), missions={"watch": late}))
    assert found["own_units_a_step"]["value"] == found["home_units_a_step"]["value"] == 0.0
    assert found["own_units_later_a_step"]["value"] == pytest.approx(32 / 17.5)
    assert (line["due_differs"], line["later_differs"]) == (0, 2)


def test_a_firm_that_enters_and_is_not_ready_by_the_horizon_has_moved_all_the_same():
    """Its plant takes longer than the clock: it opens as never with the subsidy as without, and enters only with it."""
    world = subsidised(preparation=luck(5_000))
    found, line = ramp_of(world)
    assert found["days_earlier_a_step"]["value"] == 0.0
    assert found["entry_earlier_a_step"]["value"] == pytest.approx((world.clock.horizon_day + 1) * 4 / 17.5)
    assert [line[name] for name in ("ordered", "ordered_turned", "opened", "unmoved")] == [2, 0, 0, 0]
    assert line["opening_days"] is None


def test_what_the_line_does_to_the_deadline_is_told_with_it():
    """Open on day 0 for eight units: eight days of building, and the rest of the month of the deadline idle."""
    world = subsidised()
    clock = world.clock
    _, line = ramp_of(world)
    last = clock.calendar.month_ends(0, clock.horizon_day)[clock.calendar.month_index(clock.deadline_day)]
    assert (line["building_days"], line["parts_days"]) == (8, 0)
    assert line["idle_days"] == last + 1 - 8


def test_a_line_that_runs_at_the_start_opens_no_earlier_and_is_told_by_its_units():
    world = industry(offers=[home_offer()], policies=[scheduled(buy(0, 5, "home"))])
    spec = replace(world.policies["typed"], home=home(tooling=(ToolingLever("home", 1, 0, "line"),)))
    found, line = ramp_of(with_policies(world, [spec]), only=["tooling"])
    assert line["runs_at_start"]
    assert "own_units_a_step" in found
    assert "days_earlier_a_step" not in found


def test_money_and_margins_have_no_line_of_their_own():
    found = slopes(subsidised(), "typed", Futures(2, 1), step_yen=10, only=["line"])
    measures = {row["measure"] for row in found.grids["slopes"].records()}
    assert "home_units_a_step" in measures
    assert not any(measure.startswith(("own", "days")) for measure in measures)
    assert found.grids["lines"].rows == ()


def test_a_scenario_without_home_lines_has_no_ramp():
    found = slopes(scenario(policies=[ruled()]), "ruled", Futures(2, 1), step_yen=10)
    assert {row["measure"] for row in found.grids["slopes"].records()} == {
        "fulfilment_a_step", "cost_yen_a_step", "fulfilment_per_billion_spent",
    }  # fmt: skip


def test_each_measure_holds_at_once_over_the_handles_that_have_it():
    """A line of money and a subsidy: both have home units, and only one a line that opens."""
    world = subsidised()
    handles = handles_of(world, "typed", 10)
    cases = [case.id for case in cases_of(world, "typed", handles)]
    columns = list(home_columns([Case("typed", world, "typed")], 0))
    rows = [
        {"case": case, "status": "ok", "digest": f"{case} {future}", "cost": place * (1.0 + future)}
        | dict.fromkeys(columns, place * (2.0 + future % 2))
        for place, case in enumerate(cases)
        for future in range(4)
    ]
    ramps = ramps_of(Tried(pd.DataFrame(rows), 4), handles, world)
    assert ramps["line:line"]["home_units_a_step"].kind == "t, Bonferroni over 2"
    assert ramps["subsidy:home"]["home_rate_a_step"].kind == "t, Bonferroni over 2"
    assert ramps["subsidy:home"]["own_units_a_step"].kind == "t"
    assert ramps["subsidy:home"]["days_earlier_a_step"].kind == "t"


def test_a_future_whose_run_failed_is_not_counted_among_the_lines(monkeypatch):
    fail_with_luck_1(monkeypatch)
    found, line = ramp_of(subsidised())
    assert (line["opened"], line["unmoved"], line["n"], line["N"]) == (1, 0, 1, 2)
    assert found["days_earlier_a_step"]["kind"] == "none: runs failed"
