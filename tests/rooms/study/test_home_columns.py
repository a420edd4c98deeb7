"""What home lines came to, run by run, beside the frame of cases: on paper, and as the outcome of each run has it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.engine.entries.home import LineOrdered, LineReady
from sim.outcome import measure
from sim.scenario.load import load
from sim.study.cases import Case, Point, run_cases
from sim.study.home_columns import home_columns
from sim.study.replay import one_run
from tests.rooms.study.handmade import TOP, tiny
from tests.rooms.study.subsidised import fail_with_luck_1, subsidised

HOME = load(TOP / "scenarios" / "tiny_home.yaml").scenario
POINTS = [Point(number, number) for number in range(6)]


def run(cases, points=POINTS, **more):
    return run_cases(cases, points, seed=1, purpose="judge", at_home=True, **more)


@pytest.fixture(scope="module")
def tried():
    return run([Case(policy, HOME, policy) for policy in ("foreign_then_home", "abroad_only")])


def test_a_firm_that_opens_at_once_builds_a_unit_a_day():
    """Ordered on day 300 and ready that day; eight units of a day each, and a due day 304 (day 304's unit is there)."""
    world = subsidised(day=300)
    due = replace(world.missions["watch"], due_day=304)
    world = replace(world, missions={"watch": due})
    row = run([Case("typed", world, "typed")], POINTS[:1]).iloc[0]
    assert (row["order_day/home"], row["open_day/home"]) == (300, 300)
    assert (row["units/home"], row["home_units"], row["units_later/home"]) == (4, 4, 8)
    assert (row["building_days/home"], row["parts_days/home"]) == (8, 0)


def test_a_line_that_no_order_reaches_opens_the_day_after_the_horizon_and_delivers_nothing():
    world = subsidised(share=0)
    row = run([Case("typed", world, "typed")], POINTS[:1]).iloc[0]
    never = world.clock.horizon_day + 1
    assert (row["order_day/home"], row["open_day/home"]) == (never, never)
    assert [row[f"{name}/home"] for name in ("units", "units_later", "building_days", "parts_days", "idle_days")] == [
        0, 0, 0, 0, 0,
    ]  # fmt: skip
    assert (row["home_units"], row["home_rate"]) == (0, 0)


def test_every_run_has_what_its_ledger_says(tried):
    seen = set()
    never = HOME.clock.horizon_day + 1
    for policy in ("foreign_then_home", "abroad_only"):
        for number in range(len(POINTS)):
            made = one_run(HOME, policy, 1, "judge", number)
            outcome, row = measure(made), tried[tried.case == policy].iloc[number]
            assert row["home_units"] == sum(
                each.deployed_due for each in outcome.offers if HOME.offers[each.offer].line is not None
            )
            assert (row["home_rate"], row["home_rate_later"]) == (outcome.run.home_rate, outcome.run.home_rate_later)
            days = [
                next(
                    (entry.day for entry in made.entries if type(entry) is kind and entry.offer == "attack_home"), never
                )
                for kind in (LineOrdered, LineReady)
            ]
            assert [row["order_day/attack_home"], row["open_day/attack_home"]] == days
            seen.add(days[1] < never)
    assert seen == {True, False}


def test_without_being_asked_for_the_columns_are_not_there(tried):
    plain = run_cases([Case("abroad_only", HOME, "abroad_only")], POINTS, seed=1, purpose="judge")
    assert set(tried.columns) - set(plain.columns) == set(home_columns([Case("typed", HOME, "typed")], 1))
    assert list(home_columns([Case("typed", tiny().scenario, "typed")], 1)) == [
        "home_rate", "home_rate_later", "home_units",
    ]  # fmt: skip


def test_a_run_that_failed_delivered_nobody_knows_how_many(monkeypatch):
    fail_with_luck_1(monkeypatch)
    frame = run([Case("typed", subsidised(), "typed")], POINTS[:3])
    assert frame["units/home"].fillna(-1).tolist() == [8, -1, 8]
    assert np.isnan(frame[["home_units", "home_rate", "open_day/home", "idle_days/home"]].iloc[1]).all()


def test_workers_and_a_folder_give_the_same_columns(tried, tmp_path):
    cases = [Case(policy, HOME, policy) for policy in ("foreign_then_home", "abroad_only")]
    assert run(cases, workers=2).equals(tried)
    assert run(cases, folder=tmp_path / "kept").equals(tried)
