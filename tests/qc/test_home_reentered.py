"""Home production in the real scenario against its tables: numbers typed a second time, and the tables' own checks.

Prices of unit 1 and 100 and the first unit's rate are worked out anew from the file and held against the tables.

Why: thirty numbers make a line, and the two that come out of them are the ones somebody can judge.
"""

from __future__ import annotations

from functools import cache
from math import log2
from pathlib import Path

import pytest

from sim.engine.home.costing import Costing
from sim.future import at_modes
from sim.future.future import Future
from sim.scenario.load import load
from sim.scenario.resolved import Fact, HomeLine, Scenario

BASELINE = Path(__file__).resolve().parents[2] / "scenarios" / "fy2027_baseline.yaml"

REENTERED = (
    ("home_offers.modular_fpv_home.opening.preparation", (2, 6, 12), "month", "assumption"),
    ("home_offers.fixed_wing_subaru.opening.development.time", (30, 42, 60), "month", "assumption"),
    ("home_offers.attack_small_home.opening.development.cost", (1.2, 2, 4), "bn JPY", "assumption"),
    ("home_offers.oneway_attack_home.opening.development.failure_chance", (0.25,), "share", "assumption"),
    ("home_offers.kracer_khi.opening.commitment", (8,), "unit", "assumption"),
    ("home_offers.heron_kits_khi.opening.capital", (4.0,), "bn JPY", "assumption"),
    ("home_offers.usv_small_home.opening.most_subsidy", (0.5,), "share", "official"),
    ("home_offers.uuv_khi.work.first_unit", (1600, 3200, 8000), "hour", "assumption"),
    ("home_offers.interceptor_terra.work.tooling", (120, 480, 1200), "unit/365 days", "assumption"),
    ("home_offers.ship_vtol_home.work.most_heads", (40,), "person", "assumption"),
    ("home_offers.cargo_multirotor_mhi.work.tooling_step.price", (0.6,), "bn JPY", "assumption"),
    ("home_offers.soten_acsl.work.head_day", (5.4,), "hour", "assumption"),
    ("home_offers.uuv_khi.kit.battery.pieces", (4,), "piece", "assumption"),
    ("home_offers.kracer_khi.kit.airframe.price", (76_000,), "k JPY", "assumption"),
    ("part_sources.motor_jp.capacity", (1000, 3000, 8000), "piece/month", "assumption"),
    ("part_sources.payload_large_jp_us.lead", (182, 280, 546), "day", "assumption"),
    ("parameters.motor_premium", (1.2, 1.8, 10), "1", "assumption"),
    ("parameters.home_margin", (0.08, 0.10, 0.15), "share", "reported"),
    ("part_windows.china_family_shock.a_year", (0.5, 1.5, 3), "events/year", "assumption"),
    ("part_windows.chip_shortage.lead_factor", (1.9,), "1", "assumption"),
    ("part_windows.magnet_licences_2025_05.share", (0.21,), "share", "official"),
    ("export_requests.soten_exports.units", (20, 100, 400), "unit", "assumption"),
    ("budget.frames.aid_fy2026.amount", (18.1,), "bn JPY", "reported"),
)
CHECKS = {
    # offer: price of unit 1 and of unit 100, m yen; rate of the first unit, units a month; band of the price, m yen
    "soten_acsl": (1.012, 0.9566, 60, (1, 1.5)),
    "modular_fpv_home": (1.331, 1.287, 68, (0.8, 3)),
    "attack_small_home": (4.906, 4.645, 33, (3, 10)),
    "interceptor_terra": (3.795, 3.686, 27, (1.5, 10)),
    "kracer_khi": (293.3, 278.4, 0.68, (150, 500)),
    "cargo_multirotor_mhi": (118.9, 113.5, 1.5, (60, 250)),
    "oneway_attack_home": (29.92, 27.63, 4.9, (15, 80)),
    "usv_small_home": (237.4, 225.1, 0.76, (120, 500)),
    "uuv_khi": (295.7, 277.9, 0.51, (150, 600)),
    "ship_vtol_home": (233.3, 222.4, 0.69, (100, 450)),
    "fixed_wing_subaru": (1409, 1360, 0.37, (800, 2_500)),
    "heron_kits_khi": (3567, 3554, 0.7, (3_000, 5_000)),
}


@cache
def scenario() -> Scenario:
    return load(BASELINE).scenario


@cache
def facts() -> dict[str, Fact]:
    return {fact.path: fact for fact in scenario().facts}


@cache
def modes() -> Future:
    return at_modes(scenario())


def line(offer: str) -> HomeLine:
    found = scenario().offers[offer].line
    assert found is not None
    return found


@pytest.mark.parametrize(("path", "numbers", "unit", "confidence"), REENTERED, ids=str)
def test_the_baseline_holds_what_the_tables_say(
    path: str, numbers: tuple[float, ...], unit: str, confidence: str
) -> None:
    fact = facts()[path]
    found = tuple(float(number) for number in fact.text.split("/"))
    assert (found, fact.unit, fact.confidence) == (numbers, unit, confidence)


def test_every_line_has_a_check_and_its_firm_is_a_supplier_in_japan() -> None:
    assert {id for id, offer in scenario().offers.items() if offer.line is not None} == set(CHECKS)
    assert set(scenario().firms) == {"acsl", "kawasaki", "mhi", "small_drone_group", "subaru", "terra_drone"}
    assert {scenario().suppliers[firm].country for firm in scenario().firms} == {"Japan"}


def price_yen(offer: str, n: int) -> float:
    """(parts at the home price + hours of unit n x rate + overhead) x (1 + margin), at modes, without rework."""
    terms, whole = line(offer), modes().whole
    minutes = whole(terms.first_minutes) * n ** log2(whole(terms.slope) / 10_000)
    labour = max(minutes, terms.floor_minutes) / 60 * whole(terms.labour_yen_hour)
    parts = sum(part.pieces * part.yen for part in terms.kit)
    return float((parts + labour + whole(terms.overhead_yen)) * (1 + whole(terms.margin) / 10_000))


@pytest.mark.parametrize("offer", CHECKS)
def test_prices_of_unit_1_and_unit_100_are_those_of_the_table(offer: str) -> None:
    first, hundredth, _, (low, high) = CHECKS[offer]
    assert price_yen(offer, 1) / 1e6 == pytest.approx(first, rel=2e-3)  # the kit's prices are rounded to three figures
    assert price_yen(offer, 100) / 1e6 == pytest.approx(hundredth, rel=2e-3)
    assert low <= price_yen(offer, 1) / 1e6 <= high  # the table's own 100th SOTEN lies 4 percent below its band


@pytest.mark.parametrize("offer", CHECKS)
def test_the_engine_s_price_differs_by_rework_and_cheaper_chinese_parts_alone(offer: str) -> None:
    terms, whole = line(offer), modes().whole
    costing = Costing(terms, whole, scenario().part_families, scenario().part_sources)
    failed = (10_000 - whole(terms.yield_first)) * whole(terms.rework_share) / 1e8
    families, sources = scenario().part_families, scenario().part_sources
    saved = sum(
        part.pieces * part.yen * (1 - whole(sources[families[part.family].first_source].price_factor) / 10_000)
        for part in terms.kit
    )
    labour = whole(terms.first_minutes) / 60 * whole(terms.labour_yen_hour)
    expected = price_yen(offer, 1) + (labour * failed - saved) * (1 + whole(terms.margin) / 10_000)
    assert costing.price(0, 1) == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("offer", CHECKS)
def test_the_rate_of_the_first_unit_is_that_of_the_table(offer: str) -> None:
    terms, whole = line(offer), modes().whole
    labour = terms.heads_at_start * terms.minutes_a_head_day * 30.4375 / whole(terms.first_minutes)
    tooled = whole(terms.slots) / 12
    assert min(labour, tooled) == pytest.approx(CHECKS[offer][2], rel=0.06)  # the table has two figures


def test_what_a_yen_of_subsidy_is_for_stands_in_the_reference_policy() -> None:
    levers = scenario().policies["foreign_then_home"].home
    assert {(one.offer, one.share, one.line) for one in levers.subsidies} == {
        (offer, 5_000, "industry_subsidy") for offer in ("attack_small_home", "interceptor_terra", "modular_fpv_home")
    }
    pairs = {(one.offer, one.family) for one in levers.second_sources}
    assert ("kracer_khi", "battery") in pairs
    assert not {family for _, family in pairs} - {"motor_esc", "battery", "flight_nav"}
    assert levers.safety_months == dict.fromkeys(scenario().part_families, 10000)


def test_requests_from_abroad_are_of_the_aid_programme_s_order_of_size() -> None:
    # mean requests a year x mean units x price of unit 1, against 2 to 15 percent of 15 to 35 bn yen of aid
    yen = 0.0
    for requests in scenario().export_requests.values():
        assert requests.a_year is not None and requests.a_year.belief is not None and requests.units is not None
        yen += requests.a_year.belief.mean() * requests.units.belief.mean() * price_yen(requests.offer, 1)
    assert 0.02 * 15e9 <= yen <= 0.15 * 35e9
