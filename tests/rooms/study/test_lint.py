"""The feasibility lint: what it says of plans that cannot be, and that no run ever beats its best case."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.engine import simulate
from sim.future import Sampler
from sim.outcome import measure
from sim.policy import policy_of
from sim.study.best import BestCases
from sim.study.bounds import Range, of_input
from sim.study.lint import lint
from tests.rooms.study.handmade import tiny


def told(*sets: str) -> list[str]:
    return [f"{concern.where}: {concern.text}" for concern in lint(tiny(*sets).scenario)]


def test_a_plan_that_can_be_draws_no_warning():
    assert told() == []


def test_a_target_that_crews_can_never_serve_is_short_even_at_best():
    # 16 seats from 2027-04-01, at most 95 % filled and 95 % passed; a class takes 15 weeks and the way to base 7 days,
    # so that the classes of April to December count: 9 * 16 * 0.9025 = 129 people, and one for rounding, 40 a set of
    # six: three sets. The typed orders are for 6 and 6.
    assert told("missions.wide_area_surveillance.target={value: 30, unit: unit}") == [
        "missions.wide_area_surveillance: 12 short even at best on 2028-03-31: at most 18 of at least 30, held back"
        " by crews, under quantity_first",
        "missions.wide_area_surveillance: 18 short even at best on 2028-03-31: at most 12 of at least 30, held back"
        " by what its orders ask for, under typed",
    ]


def test_money_that_is_gone_before_the_first_award_is_told():
    slow = "offers.tb2_baykar.tender.later={low: 400, mode: 500, high: 600, unit: day}"
    slower = "offers.tb2_baykar.tender.first={low: 400, mode: 500, high: 600, unit: day}"
    found = [text for text in told(slow, slower) if text.startswith("budget.lines.surveillance")]
    # ordered on 2026-04-11, the day the budget passes: 400 days later is 2027-05-16
    assert found == [
        "budget.lines.surveillance: money of FY2026 lapses, but for what is carried over, before the first award can be"
        " signed (not before 2027-05-16) under any policy"
    ]


def test_a_smallest_order_that_no_line_can_pay_is_told():
    found = told("offers.tb2_baykar.price={value: 5000, unit: m USD}")
    assert any(text.startswith("offers.tb2_baykar: its smallest order, 6 units, costs at least ¥") for text in found)


def test_policies_of_one_fate_are_told_together_and_others_apart():
    found = told("missions.small_attack.target={value: 2300, unit: unit}")
    assert found == [
        "missions.small_attack: 190 short even at best on 2028-03-31: at most 2,110 of at least 2,300, held back by"
        " what its orders ask for, under typed"
    ]


def test_money_holds_back_what_suppliers_could_make():
    years = [
        f"budget.lines.small_attack_money.years.{year}.amount={{value: 0.5, unit: bn JPY}}"
        for year in (2025, 2026, 2027)
    ]
    # 1.5 bn at 3 m less 10 %, 2.7 m, and at the Switchblade's lowest price: fewer than 800 beside the 310 announced
    found = told(*years, "budget.lines.small_attack_money.supplementary=[]")
    assert len(found) == 1
    assert "held back by money, under any policy" in found[0]


@pytest.mark.parametrize("seed", [1, 2])
def test_no_run_beats_the_best_case(seed):
    scenario = tiny().scenario
    best, sampler = BestCases(scenario), Sampler(scenario, seed, "test")
    most = 0.0
    for policy in scenario.policies.values():
        cases = {mission.id: best.of(policy, mission).units for mission in scenario.missions.values()}
        for number in range(8):
            for row in measure(simulate(policy_of(policy, scenario), sampler.future(number, number))).missions:
                assert row.deployed <= cases[row.mission]
                most = max(most, row.deployed / cases[row.mission])
    assert most > 0.2  # the bound is of use


def test_a_future_never_leaves_the_bounds_of_its_inputs():
    scenario = tiny().scenario
    sampler = Sampler(scenario, 1, "test")
    bounds = [of_input(scenario, which) for which in scenario.inputs]
    for number in range(50):
        for which, value, ends in zip(scenario.inputs, sampler.future(number, number).natural, bounds, strict=True):
            if which.unit != "sd":
                assert ends.low <= value <= ends.high, which.path


def test_a_formula_is_worked_out_over_the_ends_of_its_parameters():
    scenario = tiny().scenario
    which = next(each for each in scenario.inputs if each.path == "budget.lines.surveillance.years.2027.amount")
    assert which.formula is not None
    # surveillance_share * (1 - shield_share) * unmanned_fy2027: 0.42 * 0.45 * 200 bn to 0.55 * 0.70 * 450 bn
    low, high = of_input(scenario, which)
    assert (round(low / 1e9, 6), round(high / 1e9, 6)) == (37.8, 173.25)


@pytest.mark.parametrize(
    ("formula", "low", "high"),
    [
        ("general_share - shield_share", -0.52, -0.20),
        ("-general_share", -0.10, -0.03),
        ("1 / shield_share", 1 / 0.55, 1 / 0.30),
        ("min(general_share, 0.05)", 0.03, 0.05),
        ("max(general_share, 0.05)", 0.05, 0.10),
        ("(general_share - 0.05) * -2", -0.10, 0.04),
        ("1 / (general_share - 0.05)", float("-inf"), float("inf")),
    ],
)
def test_intervals_of_formulas(formula, low, high):
    scenario = tiny().scenario
    which = replace(scenario.inputs[0], belief=None, formula=formula)
    assert of_input(scenario, which) == pytest.approx(Range(low, high))
