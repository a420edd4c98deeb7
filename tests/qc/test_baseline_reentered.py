"""The real scenario against its tables: numbers typed a second time, from the tables and not from the files.

Each row was read off the fact pages by hand; a slip of the pen in a scenario file shows as a difference here.

Why: the answer rests on some nine hundred numbers, and no other test knows what they ought to be.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import pytest

from sim.future import at_modes
from sim.scenario.load import load
from sim.scenario.resolved import Fact, Scenario

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
BASELINE = SCENARIOS / "fy2027_baseline.yaml"
LATEST = SCENARIOS / "fy2027_from_2026-11.yaml"
TABLES = SCENARIOS / "facts" / "tables.csv"
SHOCKS = sorted((SCENARIOS / "shocks").glob("*.yaml"))

REENTERED = (
    # path, numbers, unit, confidence
    ("parameters.unmanned_fy2026", (270, 280, 313), "bn JPY", "assumption"),
    ("parameters.unmanned_fy2027", (200, 310, 450), "bn JPY", "assumption"),
    ("parameters.shield_share", (0.30, 0.40, 0.55), "share", "assumption"),
    ("parameters.surveillance_share", (0.42, 0.48, 0.55), "share", "inferred"),
    ("parameters.general_share", (0.03, 0.05, 0.10), "share", "inferred"),
    ("parameters.mq9b_reserve_share", (0.50, 0.65, 0.80), "share", "inferred"),
    ("parameters.approval_factor_mq9b", (0.75, 0.92, 1.08), "1", "assumption"),
    ("parameters.carry_over_share", (0.02, 0.04, 0.10), "share", "assumption"),
    ("parameters.posts_filled", (0.68, 0.88, 0.95), "share", "assumption"),
    ("parameters.unmanned_fy2029_factor", (0.7, 1.0, 1.4), "1", "assumption"),
    ("budget.lines.surveillance.years.2025.amount", (45.5,), "bn JPY", "inferred"),
    ("budget.lines.research.years.2025.amount", (62.3,), "bn JPY", "inferred"),
    ("budget.lines.industry_subsidy.years.2028.amount", (4.7,), "bn JPY", "assumption"),
    ("budget.lines.shield.supplementary.0.amount", (0, 10, 40), "bn JPY", "assumption"),
    ("budget.frames.five_year_plan.amount", (43_000,), "bn JPY", "reported"),
    ("budget.frames.unmanned_fy2023.amount", (179.1,), "bn JPY", "reported"),
    ("currencies.USD.rate_at_start", (149.57,), "JPY per USD", "reported"),
    ("currencies.AUD.rate_at_start", (96.5,), "JPY per AUD", "inferred"),
    ("currencies.AUD.volatility", (0.08, 0.10, 0.13), "share/year", "assumption"),
    ("missions.ship_surveillance.target", (12, 16, 21), "unit", "assumption"),
    ("missions.small_attack.target", (1110, 1760, 2410), "unit", "assumption"),
    ("missions.ship_attack.target", (110, 230, 350), "unit", "assumption"),
    ("missions.sea_surveillance.crew.people_per_block", (12, 20, 35), "person", "assumption"),
    ("missions.surface_vessel.crew.course", (8, 12, 20), "week", "assumption"),
    ("missions.small_reconnaissance.crew.seats_per_month", (50,), "person", "assumption"),
    ("missions.ship_surveillance.loss", (2, 8, 17), "percent/year", "assumption"),
    ("missions.sea_surveillance.running_cost", (2.2,), "bn JPY", "assumption"),
    ("missions.wide_area_surveillance.acceptance", (20, 40, 90), "day", "assumption"),
    ("benches.range_small_air.places", (4, 8, 16), "place", "assumption"),
    ("type_approvals.large_air.trial", (30, 150, 450), "day", "inferred"),
    ("type_approvals.small_air.block_length", (24, 33, 60), "month", "inferred"),
    ("slip_classes.record.log_mean", (0.256,), "1", "inferred"),
    ("slip_classes.us_government.log_sd", (0.213,), "1", "inferred"),
    ("windows.war_israel.chance", (0.2, 0.35, 0.5), "share/year", "assumption"),
    ("windows.priority_us.factor", (0.4, 0.6, 0.85), "1", "assumption"),
    ("offers.tb2_baykar.price", (5.0, 11.3, 17.8), "m USD", "reported"),
    ("offers.tb2_baykar.promise.first_days", (310,), "day", "inferred"),
    ("offers.anka_tai.rate", (4, 6, 12), "unit/365 days", "inferred"),
    ("offers.vbat_shield_ai.price", (300, 650, 800), "m JPY", "inferred"),
    ("offers.drone40_defendtex.rate", (720, 1560, 2880), "unit/365 days", "assumption"),
    ("offers.switchblade_300.government_sale.offer", (150, 240, 420), "day", "inferred"),
    ("offers.altius_600m.price", (377, 400, 1030), "k USD", "inferred"),
    ("offers.hero_120_uvision.failure_chance", (0.5,), "share", "assumption"),
    ("offers.bluebottle_ocius.price", (0.98, 2.1, 3.15), "m AUD", "inferred"),
    ("offers.ulaq_meteksan.shipping", (40, 50, 70), "day", "inferred"),
    ("offers.corvo_sypaq.promise.later_days", (52,), "day", "inferred"),
    ("offers.speartooth_c2.permit.first", (15, 60, 180), "day", "inferred"),
    ("products.harop.quality", (1.8,), "1", "assumption"),
)


@cache
def scenario(path: Path) -> Scenario:
    return load(path).scenario


@cache
def facts(path: Path) -> dict[str, Fact]:
    return {fact.path: fact for fact in scenario(path).facts}


@pytest.mark.parametrize(("path", "numbers", "unit", "confidence"), REENTERED, ids=str)
def test_the_baseline_holds_what_the_tables_say(
    path: str, numbers: tuple[float, ...], unit: str, confidence: str
) -> None:
    fact = facts(BASELINE)[path]
    found = tuple(float(number) for number in fact.text.split("/"))
    assert (found, fact.unit, fact.confidence) == (numbers, unit, confidence)


@pytest.mark.parametrize(
    ("line", "fiscal_year", "yen"),
    [
        ("shield", 2026, 85_085_000_000),  # 0.85 x 100.1
        ("shield_support", 2026, 15_015_000_000),  # 0.15 x 100.1
        ("surveillance", 2026, 86_352_000_000),  # 0.48 x (280 - 100.1)
        ("general", 2026, 8_995_000_000),  # 0.05 x 179.9
        ("research", 2026, 84_553_000_000),  # 0.47 x 179.9
        ("shield", 2027, 105_400_000_000),  # 0.85 x 0.40 x 310
        ("surveillance", 2028, 89_280_000_000),  # 0.48 x 0.60 x 1.0 x 310
    ],
)
def test_a_line_has_at_modes_what_its_formula_says(line: str, fiscal_year: int, yen: int) -> None:
    amount = scenario(BASELINE).lines[line].appropriations[fiscal_year].amount
    assert amount is not None
    assert at_modes(scenario(BASELINE)).whole(amount) == yen


@pytest.mark.parametrize(
    ("fiscal_year", "yen"), [(2025, 111_000_000_000), (2026, 280_000_000_000), (2027, 310_000_000_000)]
)
def test_the_unmanned_lines_of_a_year_add_up_to_its_published_or_expected_total(fiscal_year: int, yen: int) -> None:
    lines, future = scenario(BASELINE).lines, at_modes(scenario(BASELINE))
    total = 0
    for line in ("shield", "shield_support", "surveillance", "general", "research"):
        held = lines[line].appropriations.get(fiscal_year)
        total += 0 if held is None or held.amount is None else future.whole(held.amount)
    assert total == yen


def test_the_baseline_has_ten_missions_in_three_domains_and_nine_policies() -> None:
    assert len(scenario(BASELINE).missions) == 10
    assert sum(mission.weight for mission in scenario(BASELINE).missions.values()) == 100
    assert {mission.domain for mission in scenario(BASELINE).missions.values()} == {"air", "surface", "underwater"}
    assert {supplier.country for supplier in scenario(BASELINE).suppliers.values()} == {
        "Australia", "Europe and others", "Israel", "Japan", "Turkey", "United States",
    }  # fmt: skip
    assert list(scenario(BASELINE).policies) == [
        "balanced", "buy_time", "dual_source", "foreign_then_home", "home_first",
        "quality_first", "quantity_first", "turkey_first", "us_fms_first",
    ]  # fmt: skip
    assert not scenario(BASELINE).shocks


def test_the_later_file_knows_what_has_happened_since() -> None:
    early, late = scenario(BASELINE), scenario(LATEST)
    assert late.clock.calendar.iso(late.clock.as_of_day) == "2026-11-22"
    assert facts(LATEST)["currencies.USD.rate_at_start"].text == "157"
    assert facts(LATEST)["parameters.usd_planning_2027"].text == "150 / 157 / 163"
    status = {order.id: order.status for order in late.dated_orders}
    assert {order.id for order in early.dated_orders if order.status == "history"} == {"mq9b_fy2025", "vbat_fy2025"}
    assert [id for id, now in status.items() if now == "announced"] == ["mq9b_fy2026_rest"]
    vbat = next(order for order in late.dated_orders if order.id == "vbat_fy2025")
    assert [(late.clock.calendar.iso(one.day), one.units) for one in vbat.deliveries] == [
        ("2025-12-09", 1),
        ("2026-03-31", 5),
    ]


def test_the_open_shield_orders_are_the_foreign_leg_of_the_reference_policy() -> None:
    # Abroad go 0.80 of 1.15 x the base target less what FY2025 bought, by the weights of 11c at mode prices.
    # Small attack: 0.80 x (2,024 - 310) = 1,371.2; 0.55 / 5.0 m to 0.45 / 7.5 m yen: 887 Drone 40, 484 Warmate.
    quantity = {order.id: order.quantity for order in scenario(LATEST).dated_orders if order.line == "shield"}
    assert (quantity["drone40_defendtex_2026"], quantity["warmate_wb_2026"]) == (887, 484)
    assert (quantity["oneway_import_2026"], quantity["altius_600m_2026"]) == (180, 32)
    assert (quantity["neros_fpv_2026"], quantity["corvo_sypaq_2026"]) == (200, 444)
    assert (quantity["site_defence_import_2026"], quantity["small_uuv_us_2026"]) == (184, 31)


@pytest.mark.parametrize("shock", SHOCKS, ids=lambda path: path.stem)
def test_every_shock_can_be_laid_over_both_files(shock: Path) -> None:
    for base in (BASELINE, LATEST):
        assert load(base, [shock]).scenario.facts != scenario(base).facts


def test_every_row_of_the_tables_is_used_somewhere_or_says_why_not() -> None:
    with TABLES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({(row["table"], row["row_id"]) for row in rows}) == len(rows) > 400
    assert {row["used"] for row in rows} == {"yes", "no"}
    assert all(len(row["where"]) >= 4 for row in rows)


def test_every_place_that_the_table_of_rows_names_exists() -> None:
    sections = "benches|budget|clock|currencies|dated_orders|groundings|missions|offers|parameters|products"
    home = "home_offers|part_sources|part_windows|export_requests"
    name = re.compile(rf"\b(?:{sections}|{home}|slip_classes|suppliers|type_approvals|windows)(?:\.[A-Za-z0-9_]+)+")
    known = set(facts(LATEST)) | {f"suppliers.{supplier}" for supplier in scenario(LATEST).suppliers}
    with TABLES.open(encoding="utf-8", newline="") as file:
        named = {found for row in csv.DictReader(file) if row["used"] == "yes" for found in name.findall(row["where"])}
    lost = [found for found in named if not any(path == found or path.startswith(f"{found}.") for path in known)]
    assert sorted(lost) == []


def test_every_shock_that_the_table_of_rows_names_is_a_file() -> None:
    named = re.findall(r"shocks/([a-z0-9_]+)\.yaml", TABLES.read_text(encoding="utf-8"))
    assert sorted(set(named)) == [path.stem for path in SHOCKS]
