"""What the model is told: canonical units, days from the start, numbered inputs, every default filled in.

Each expectation is worked out by hand from the tutorial's file.

Why: an error in a unit here would be in every result and visible in none.
"""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from sim.distributions import Constant, Discrete, Empirical, Lognormal, Normal, Pert, Triangular, Uniform
from sim.scenario.formula import evaluate
from sim.scenario.load import load
from sim.scenario.resolved import Correlation, Input, ListedOffer, Luck, Payment, Scenario
from tests.rooms.scenario.texts import TINY, loaded

SCENARIO: Scenario = load(TINY).scenario


def test_days_count_from_the_start_and_a_due_date_left_out_is_the_deadline() -> None:
    clock = SCENARIO.clock
    # 147 days to 26 August 2025, 1095 to 31 March 2028 (2028 has a leap day), 1460 to 31 March 2029
    assert (clock.as_of_day, clock.deadline_day, clock.horizon_day) == (147, 1095, 1460)
    assert {mission.due_day for mission in SCENARIO.missions.values()} == {1095}
    assert SCENARIO.missions["small_attack"].crew is not None
    assert SCENARIO.missions["small_attack"].crew.opening_day == 456  # 1 July 2026


def test_money_becomes_yen_and_prices_minor_units() -> None:
    assert SCENARIO.offers["tb2_baykar"].price.belief == Triangular(500_000_000, 1_130_000_000, 1_780_000_000)
    assert SCENARIO.offers["drone40_defendtex"].price.belief == Triangular(3_000_000, 5_000_000, 10_300_000)
    assert SCENARIO.dated_orders[0].value.belief == Constant(3_200_000_000)
    crew = SCENARIO.missions["wide_area_surveillance"].crew
    assert crew is not None
    assert crew.extra_seat_yen == 4_000_000


def test_durations_become_days_and_shares_fractions() -> None:
    crew = SCENARIO.missions["small_attack"].crew
    assert crew is not None
    assert crew.course.belief == Triangular(14, 21, 42)
    approval = SCENARIO.type_approvals["small_air"]
    assert approval.block_length.belief == Triangular(24 * 30.4375, 33 * 30.4375, 60 * 30.4375)
    assert SCENARIO.missions["small_attack"].loss.belief == Triangular(0.02, 0.06, 0.15)
    assert SCENARIO.budget_calendar.passage_delay.belief == Discrete((0.0, 11.0, 50.0), (0.79, 0.14, 0.07))


def test_plain_shares_and_qualities_are_basis_points_rounded_half_up(tmp_path: Path) -> None:
    assert SCENARIO.products["switchblade"].quality == 14_000
    assert SCENARIO.offers["tb2_baykar"].permit_later_share == 6_000
    assert SCENARIO.offers["drone40_defendtex"].breaks == ((500, 9_500), (1_500, 9_000))
    assert SCENARIO.offers["switchblade_300"].payments == (
        Payment("signing", 3_000, 0),
        Payment("after_signing", 7_000, 182),
    )
    scenario = loaded(tmp_path, ("quality: {value: 1.4,", "quality: {value: 1.00005,")).scenario
    assert scenario.products["switchblade"].quality == 10_001


def test_running_cost_is_a_share_or_yen_but_never_both(tmp_path: Path) -> None:
    mission = SCENARIO.missions["wide_area_surveillance"]
    assert mission.running_cost_yen is None
    assert mission.running_cost_share is not None
    assert mission.running_cost_share.belief == Constant(0.08)
    mission = loaded(tmp_path, ("{value: 8, unit: percent}", "{value: 2.2, unit: bn JPY}")).scenario.missions[
        "wide_area_surveillance"
    ]
    assert mission.running_cost_share is None
    assert mission.running_cost_yen is not None
    assert mission.running_cost_yen.belief == Constant(2_200_000_000)


def test_inputs_are_numbered_in_order_of_path_constants_and_lateness_among_them() -> None:
    paths = [one.path for one in SCENARIO.inputs]
    assert paths == sorted(paths)
    assert [one.number for one in SCENARIO.inputs] == list(range(len(paths)))
    assert SCENARIO.suppliers["baykar"].lateness == SCENARIO.inputs[paths.index("suppliers.baykar.lateness")]
    lateness = SCENARIO.suppliers["baykar"].lateness
    assert (lateness.unit, lateness.belief) == ("sd", Normal(0.0, 1.0))
    assert SCENARIO.offers["tb2_baykar"].failure_chance.belief == Constant(0.12)


def test_every_input_of_the_model_is_in_the_list_of_inputs() -> None:
    found = list(_inputs(SCENARIO, set()))
    assert len(found) > 60
    assert all(SCENARIO.inputs[one.number] is one for one in found)


def _inputs(value: object, seen: set[int]) -> list[Input]:
    if isinstance(value, Input):
        return [value]
    if isinstance(value, dict):
        return [one for below in value.values() for one in _inputs(below, seen)]
    if isinstance(value, tuple):
        return [one for below in value for one in _inputs(below, seen)]
    fields = getattr(type(value), "__dataclass_fields__", {})
    return [one for name in fields for one in _inputs(getattr(value, name, None), seen)]


def test_adding_a_supplier_moves_no_other_input_s_path(tmp_path: Path) -> None:
    new = loaded(tmp_path, ("  baykar: {title", "  aaa: {title: New, country: Turkey}\n  baykar: {title")).scenario
    assert {one.path for one in new.inputs} - {one.path for one in SCENARIO.inputs} == {"suppliers.aaa.lateness"}


def test_a_formula_is_over_canonical_values_and_gives_the_canonical_value() -> None:
    amount = SCENARIO.lines["surveillance"].appropriations[2026].amount
    assert amount is not None
    assert amount.belief is None
    assert amount.formula == "(surveillance_share * ((unmanned_fy2026 / 1000000000) - 100.1)) * 1000000000"
    # 0.5 x (280 - 100.1) bn yen = 89.95 bn yen
    value = evaluate(amount.formula, {"surveillance_share": 0.5, "unmanned_fy2026": 280e9})
    assert round(value) == 89_950_000_000


def test_a_percent_parameter_enters_a_formula_as_a_fraction(tmp_path: Path) -> None:
    scenario = loaded(
        tmp_path,
        (
            "shield_share: {low: 0.30, mode: 0.40, high: 0.55, unit: share,",
            "shield_share: {low: 30, mode: 40, high: 55, unit: percent,",
        ),
    ).scenario
    assert scenario.parameters["shield_share"].belief == Triangular(0.3, 0.4, 55 * 0.01)
    assert scenario.lines["small_attack_money"].appropriations[2027].amount == (
        SCENARIO.lines["small_attack_money"].appropriations[2027].amount
    )


@pytest.mark.parametrize(
    ("written", "belief"),
    [
        ("{value: 30, unit: day}", Constant(30.0)),
        ("{low: 10, mode: 30, high: 90, unit: day}", Triangular(10, 30, 90)),
        ("{distribution: triangular, low: 10, mode: 30, high: 90, unit: day}", Triangular(10, 30, 90)),
        ("{distribution: pert, low: 10, mode: 30, high: 90, unit: day}", Pert(10, 30, 90)),
        ("{distribution: uniform, low: 1, high: 2, unit: week}", Uniform(7, 14)),
        ("{distribution: lognormal, p10: 10, p90: 90, unit: day}", Lognormal(10, 90)),
        ("{outcomes: {11: 0.25, 5: 0.75}, unit: day}", Discrete((5.0, 11.0), (0.75, 0.25))),
        ("{values: [3, 1, 2], unit: week}", Empirical((7.0, 14.0, 21.0))),
    ],
)
def test_every_form_becomes_its_distribution(tmp_path: Path, written: str, belief: object) -> None:
    scenario = loaded(tmp_path, ("{low: 10, mode: 30, high: 90, unit: day}", written)).scenario
    assert scenario.groundings["small"].length == Luck("groundings.small.length", "day", belief)


def test_a_normal_stands_where_there_are_no_bounds(tmp_path: Path) -> None:
    scenario = loaded(
        tmp_path,
        (
            "unmanned_fy2026: {low: 270, mode: 280, high: 313,",
            "unmanned_fy2026: {distribution: normal, mean: 280, sd: 10,",
        ),
    ).scenario
    assert scenario.parameters["unmanned_fy2026"].belief == Normal(280e9, 10e9)


@pytest.mark.parametrize(
    ("unit", "rate", "period_days"),
    [("unit/365 days", 18.0, 365), ("unit/90 days", 18.0, 90), ("unit/month", 216.0, 365)],
)
def test_a_rate_keeps_its_period(tmp_path: Path, unit: str, rate: float, period_days: int) -> None:
    change = ("{low: 8, mode: 12, high: 18, unit: unit/365 days,", f"{{value: 18, unit: {unit},")
    offer = loaded(tmp_path, change).scenario.offers["tb2_baykar"]
    assert offer.rate is not None
    assert (offer.rate.belief, offer.rate_period_days) == (Constant(rate), period_days)


def test_what_may_be_left_out_is_none(tmp_path: Path) -> None:
    offer = SCENARIO.offers["switchblade_300"]
    assert (offer.tender_first, offer.tender_later, offer.permit_first) == (None, None, None)
    assert offer.government_sale is not None
    assert offer.government_sale.notification is None
    assert SCENARIO.offers["tb2_baykar"].government_sale is None
    bench = loaded(tmp_path, ("    bench: airfield_large\n", "")).scenario.missions["wide_area_surveillance"].bench
    assert bench is None


def test_a_notification_s_threshold_is_in_the_offer_s_minor_units(tmp_path: Path) -> None:
    sale = "    government_sale:\n"
    notification = "      notification: {days: {value: 15, unit: day}, threshold: {value: 100, unit: m USD}}\n"
    offer = loaded(tmp_path, (sale, sale + notification)).scenario.offers["switchblade_300"]
    assert offer.government_sale is not None
    assert offer.government_sale.notification_minor_units == 10_000_000_000


def test_correlations_name_inputs_by_number_each_pair_once() -> None:
    number = {one.path: one.number for one in SCENARIO.inputs}
    first, second = number["offers.drone40_defendtex.price"], number["offers.switchblade_300.price"]
    assert Correlation(first, second, 0.3) in SCENARIO.correlations
    assert len(SCENARIO.correlations) == 5
    assert all(one.first < one.second for one in SCENARIO.correlations)


def test_levers_are_the_mission_s_else_the_policy_s_else_the_grammar_s(tmp_path: Path) -> None:
    policy = loaded(
        tmp_path,
        (
            "        mass: {tb2_baykar: 1}\n",
            "        mass: {tb2_baykar: 1}\n        suppliers: 5\n        foreign_share: {2027: 0.4}\n",
        ),
    ).scenario.policies["quantity_first"]
    first, second = policy.missions
    assert (first.mission, second.mission) == ("small_attack", "wide_area_surveillance")
    assert first.levers.high_offers == (ListedOffer("switchblade_300", 10_000),)
    assert (first.levers.suppliers, second.levers.suppliers) == (2, 5)
    assert (first.levers.high_tier_share, first.levers.over_order_margin, first.levers.schedule_margin) == (
        1_000,
        2_500,
        12_500,
    )
    assert (first.levers.foreign_share, second.levers.foreign_share) == ({}, {2027: 4_000})
    assert (first.levers.country_cap, first.levers.contract_years, first.levers.switch_day) == (10_000, 5, None)


@pytest.mark.parametrize(
    ("priority", "order"),
    [
        ("", ["small_attack", "wide_area_surveillance"]),
        ("    priority: [wide_area_surveillance, small_attack]\n", ["wide_area_surveillance", "small_attack"]),
        ("    priority: by_weight\n", ["small_attack", "wide_area_surveillance"]),
    ],
)
def test_priority_is_the_written_order_or_a_list_or_the_weights(
    tmp_path: Path, priority: str, order: list[str]
) -> None:
    policy = loaded(tmp_path, ("    rule: close_gap\n", f"    rule: close_gap\n{priority}")).scenario.policies[
        "quantity_first"
    ]
    assert [rule.mission for rule in policy.missions] == order


def test_a_switch_date_is_for_staged_missions_only(tmp_path: Path) -> None:
    policy = loaded(
        tmp_path,
        ("      suppliers: 2\n", "      suppliers: 2\n      switch: 2027-04-01\n"),
        ("        mass: {tb2_baykar: 1}\n", "        mass: {tb2_baykar: 1}\n        rule: staged\n"),
    ).scenario.policies["quantity_first"]
    assert [(rule.rule, rule.levers.switch_day) for rule in policy.missions] == [("close_gap", None), ("staged", 730)]


SHOCKS = """
shocks:
  source: assumption of these tests
  diversion:
    kind: supplier_rate
    from: 2026-10-01
    months: 18
    subjects: {countries: [Turkey, Australia]}
    size: {value: 0.5, unit: "1"}
  late: {kind: budget_delay, from: 2027-04-01, announced: 2027-03-01, fiscal_year: 2027, size: {value: 50, unit: day}}
  cut: {kind: budget_factor, from: 2027-04-01, fiscal_year: 2027, subjects: {lines: all}, size: {value: 0.8, unit: "1"}}
  failures:
    kind: tender_failure
    from: 2026-04-01
    subjects: {offers: all}
    size: {value: 2, unit: "1"}
    cap: {value: 90, unit: percent}
  radio: {kind: approval_block, from: 2026-04-01, subjects: {missions: [small_attack]}, size: {value: 33, unit: month}}
  people: {kind: posts_filled, from: 2026-10-01, subjects: {missions: all}, size: {value: 68, unit: percent}}
  more: {kind: target, from: 2026-12-20, subjects: {missions: [small_attack]}, size: {value: 4810, unit: unit}}
  fighting: {kind: losses, from: 2028-04-01, subjects: {products: all}, size: {value: 15, unit: percent/month}}
  stop: {kind: grounding, from: 2028-01-15, until: 2028-04-15, subjects: {products: [tb2]}, size: {value: 9, unit: day}}
  shut: {kind: bar, from: 2026-04-01, subjects: {missions: [wide_area_surveillance]}}
"""


def test_each_kind_of_shock_names_what_it_strikes_and_how_hard(tmp_path: Path) -> None:
    scenario = loaded(tmp_path, ("\npolicies:\n", f"{SHOCKS}\npolicies:\n")).scenario
    found = {shock.id: (shock.subjects, shock.size, shock.cap, shock.fiscal_year) for shock in scenario.shocks}
    assert found == {
        "diversion": (("drone40_defendtex", "tb2_baykar"), 5_000, None, None),
        "late": ((), 50, None, 2027),
        "cut": (("small_attack_money", "surveillance"), 8_000, None, 2027),
        "failures": (("drone40_defendtex", "switchblade_300", "tb2_baykar"), 20_000, 9_000, None),
        "radio": (("drone40", "switchblade"), 1_004, None, None),  # 33 x 30.4375 = 1004.4 days
        "people": (("small_attack", "wide_area_surveillance"), 6_800, None, None),
        "more": (("small_attack",), 4_810, None, None),
        "fighting": (("drone40", "switchblade", "tb2"), 1_500, None, None),
        "stop": (("tb2",), 9, None, None),
        "shut": (("tb2_baykar",), 0, None, None),
    }
    assert [(shock.day, shock.id) for shock in scenario.shocks] == sorted(
        (shock.day, shock.id) for shock in scenario.shocks
    )
    days = {shock.id: (shock.announced_day, shock.day, shock.end_day) for shock in scenario.shocks}
    # 1 October 2026 is day 548; 18 months later is 1 April 2028, day 1096
    assert days["diversion"] == (548, 548, 1_096)
    assert days["late"] == (699, 730, None)
    assert days["stop"] == (1_019, 1_019, 1_110)


def test_other_currencies_follow_an_exchange_level_in_proportion(tmp_path: Path) -> None:
    aud = """  AUD:
    minor_per_major: 100
    rate_at_start: {value: 96.5, unit: JPY per AUD}
    volatility: {value: 0.1, unit: share/year}
    drift: {value: 0, unit: share/year}
    planning_rates: {2025: {value: 96.8, unit: JPY per AUD}}
"""
    shock = """shocks:
  yen: {kind: exchange_level, from: 2026-10-01, subjects: {currencies: all}, size: {value: 175, unit: JPY per USD}}
"""
    scenario = loaded(
        tmp_path, ("currencies:\n", f"currencies:\n{aud}"), ("\npolicies:\n", f"\n{shock}\npolicies:\n")
    ).scenario
    # 175 x 96.5 / 149.57 = 112.9070... yen
    assert {(one.id, one.subjects, one.size) for one in scenario.shocks} == {
        ("yen", ("USD",), 1_750_000),
        ("yen.AUD", ("AUD",), 1_129_070),
    }


def test_history_still_in_tender_counts_from_the_day_it_went_out(tmp_path: Path) -> None:
    order = loaded(
        tmp_path,
        (
            "    contract: 2026-01-17\n    promise_days: 200\n    slip_class: record\n    status: announced\n",
            "    promise_days: 200\n    slip_class: record\n    status: history\n    tender_open_since: 2025-02-28\n",
        ),
    ).scenario.dated_orders[0]
    # 179 days have passed on 26 August 2025, and the longest tender lasts 180
    assert (order.tender_open_since, order.contract_day, order.status) == (-32, -32, "history")


def test_a_scenario_travels_to_a_worker() -> None:
    assert pickle.loads(pickle.dumps(SCENARIO)) == SCENARIO
