"""Each mistake about home production is told with its place, what stands there, and a way out.

One case is one change of the small home scenario and the one fault that must come of it.

Why: a bill of materials is typed by hand, and one wrong name in it would stop a line for ever.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.scenario.load import load
from tests.rooms.scenario.cases import Case
from tests.rooms.scenario.texts import TINY, changed, faults, line_of, only_fault, written

HOME = TINY.parent / "tiny_home.yaml"
TEXT = HOME.read_text(encoding="utf-8")
SHOCKS = TINY.parent / "shocks"
ATTACK, LEVERS = "home_offers.attack_home", "policies.foreign_then_home.home"

# fmt: off
CASES = [
    Case("bill of materials with an unknown part", "battery: {pieces: 2, price: {value: 800,",
         "batery: {pieces: 2, price: {value: 800,", f"{ATTACK}.kit.batery", "batery: {pieces", "the key 'batery'",
         "a known part family", "Did you mean 'battery'?"),
    Case("part of a part without a price",
         "      magnet_set: {price: {value: 20, unit: k JPY}} # comes with the motors\n",
         "", f"{ATTACK}.kit", "    kit: # pieces", "nothing of magnet_set", "a price of magnet_set",
         "Add 'magnet_set: {price: ...}'."),
    Case("part without pieces", "battery: {pieces: 2, price: {value: 800,", "battery: {price: {value: 800,",
         f"{ATTACK}.kit.battery.pieces", "battery: {price: {value: 800,", "nothing", "its pieces",
         "Write 'pieces: 1'"),
    Case("cycle of parts", "    title: Magnets of a motor\n",
         "    title: Magnets of a motor\n    made_of: {motor_esc: 1}\n",
         "part_families.magnet_set.made_of", "made_of: {motor_esc: 1}", "magnet_set of motor_esc of magnet_set",
         "parts that go in no circle"),
    Case("part nobody makes", "    family: magnet_set\n", "    family: battery\n",
         "part_families.magnet_set.first_source",
         "first_source: magnet_jp", "'magnet_jp', which makes battery", "a source of magnet_set", "Nobody makes it"),
    Case("family without a source", "    first_source: magnet_jp\n", "", "part_families.magnet_set.first_source",
         "  magnet_set:\n    title", "nothing", "the key 'first_source'"),
    Case("first source of another family", "first_source: motor_cn", "first_source: battery_cn",
         "part_families.motor_esc.first_source", "first_source: battery_cn\n    second_source: motor_jp",
         "'battery_cn', which makes battery", "a source of motor_esc", "Sources of it: motor_cn, motor_jp."),
    Case("second source of another family", "second_source: motor_jp", "second_source: battery_jp",
         "part_families.motor_esc.second_source",
         "second_source: battery_jp\n    qualification: {time: {low: 120, mode: "
         "180, high: 240, unit: day}, cost: {low: 20, mode: 60, high: 200, unit: m JPY}}\n    made_of",
         "'battery_jp', which makes battery", "a source of motor_esc"),
    Case("second source that is the first", "second_source: motor_jp", "second_source: motor_cn",
         "part_families.motor_esc.second_source", "second_source: motor_cn", "'motor_cn'", "another source"),
    Case("unknown source", "second_source: motor_jp", "second_source: motor_kr",
         "part_families.motor_esc.second_source",
         "second_source: motor_kr", "'motor_kr'", "a known part source", "Did you mean"),
    Case("slope of a half", "slope: {value: 0.9, unit: share}", "slope: {value: 0.5, unit: share}",
         "home_offers.simple_attack_home.work.slope", "slope: {value: 0.5,", "0.5 share", "no value below 0.5001 share",
         "above 0.5 and at most 1"),
    Case("slope above one", "slope: {low: 0.80, mode: 0.85, high: 0.92, unit: share}",
         "slope: {low: 0.80, mode: 0.85, high: 1.02, unit: share}", f"{ATTACK}.work.slope", "high: 1.02",
         "0.8 / 0.85 / 1.02 share", "no value above 1 share", "above 0.5 and at most 1"),
    Case("yield of zero", "first: {value: 0.85, unit: share}", "first: {value: 0, unit: share}",
         "home_offers.simple_attack_home.work.first_pass.first", "first: {value: 0,", "0 share",
         "no value below 0.0001 share", "above 0 and at most 1"),
    Case("yield above one", "last: {value: 0.95, unit: share}", "last: {value: 95, unit: share}",
         "home_offers.simple_attack_home.work.first_pass.last", "last: {value: 95,", "95 share",
         "no value above 1 share"),
    Case("yield that falls", "last: {value: 0.95, unit: share}", "last: {value: 0.8, unit: share}",
         "home_offers.simple_attack_home.work.first_pass.last", "last: {value: 0.8,", "0.8 share",
         "a yield that does not fall"),
    Case("negative capacity", "capacity: {low: 200, mode: 400,", "capacity: {low: -200, mode: 400,",
         "part_sources.motor_jp.capacity", "capacity: {low: -200", "-200 / 400 / 800 piece/month", "no value below",
         "leave capacity out"),
    Case("heads above their most", "heads_at_start: 12\n", "heads_at_start: 90\n", f"{ATTACK}.work.heads_at_start",
         "heads_at_start: 90", "90", "at most most_heads, 80", "Raise most_heads"),
    Case("a line without heads", "heads_at_start: 10\n      heads_a_month: 2\n      most_heads: 30",
         "heads_at_start: 0\n      heads_a_month: 0\n      most_heads: 30",
         "home_offers.simple_attack_home.work.heads_at_start", "heads_at_start: 0", "nobody, now or later", "heads"),
    Case("floor above the first unit", "floor: {value: 20, unit: hour}", "floor: {value: 61, unit: hour}",
         f"{ATTACK}.work.floor", "floor: {value: 61", "61 hour", "at most the labour of the first unit"),
    Case("day of more than 24 hours", "head_day: {value: 5.4, unit: hour} # 8", "head_day: {value: 25, unit: hour} # 8",
         f"{ATTACK}.work.head_day", "head_day: {value: 25", "25 hour", "no value above 24 hour"),
    Case("lot above the smallest order", "    minimum_order: 20\n", "    minimum_order: 10\n",
         "home_offers.simple_attack_home.lot", "    lot: 20", "20", "at most minimum_order, 10"),
    Case("payments short of the whole", "failure_chance: {value: 0, unit: share}\n    payments:\n"
         "      - {at: signing, share: 10}", "failure_chance: {value: 0, unit: share}\n    payments:\n"
         "      - {at: signing, share: 5}", "home_offers.simple_attack_home.payments",
         "payments:\n      - {at: signing, share: 5}", "shares that add up to 95", "100 percent in all"),
    Case("an existing line to prepare", "      plant: existing_line\n",
         "      plant: existing_line\n      preparation: {value: 9, unit: day}\n",
         "home_offers.simple_attack_home.opening.preparation", "preparation: {value: 9", "a mapping",
         "no preparation of an existing line"),
    Case("a plant without preparation", "      preparation: {low: 2, mode: 6, high: 12, unit: month}\n", "",
         f"{ATTACK}.opening.preparation", "    opening:\n      plant: existing_building", "nothing",
         "the time an existing_building takes", "existing_line"),
    Case("firm that is a supplier", "  small_drone_group: {title: Small drone makers}\n",
         "  small_drone_group: {title: Small drone makers}\n  defendtex: {title: Its house here}\n", "firms.defendtex",
         "  defendtex: {title: Its house", "'defendtex', a supplier too", "an id that no supplier has"),
    Case("unknown firm", "    firm: small_drone_group\n    minimum_order: 40", "    firm: small_drone\n"
         "    minimum_order: 40", f"{ATTACK}.firm", "firm: small_drone\n", "'small_drone'", "a known firm",
         "Did you mean 'small_drone_group'?"),
    Case("line for an imported product", "tooling: [{offers: [simple_attack_home],",
         "tooling: [{offers: [drone40_defendtex],", f"{LEVERS}.tooling.0.offers.0", "tooling: [{offers: [drone40",
         "'drone40_defendtex'", "a known home offer", "An imported product has no line at home."),
    Case("import among the home offers", "home: {attack_home: 0.7, simple_attack_home: 0.3}\n    home:\n"
         "      subsidies: [{offers: all, share: 0.5, from: 2026-04-11",
         "home: {drone40_defendtex: 0.7, simple_attack_home: 0.3}\n    home:\n"
         "      subsidies: [{offers: all, share: 0.5, from: 2026-04-11",
         "policies.foreign_then_home.missions.small_attack.home.drone40_defendtex",
         "home: {drone40_defendtex: 0.7", "the key 'drone40_defendtex'", "a known home offer",
         "An imported product has no line at home."),
    Case("dated order on a line at home", "\npolicies:\n", "\ndated_orders:\n  early: {offer: attack_home, mission: "
         "small_attack, quantity: 40, value: {value: 1, unit: bn JPY}, line: industry, contract: 2025-06-01, "
         "promise_days: 1, slip_class: record, status: history}\n\npolicies:\n", "dated_orders.early.offer",
         "  early: {offer", "'attack_home'", "a known offer from abroad", "a home line promises nothing"),
    Case("subsidy above its cap", "subsidies: [{offers: all, share: 0.5, from: 2026-04-11",
         "subsidies: [{offers: all, share: 0.6, from: 2026-04-11", f"{LEVERS}.subsidies.0.share",
         "subsidies: [{offers: all, share: 0.6", "0.6", "at most 0.5, the most_subsidy of attack_home"),
    Case("unknown budget line", "export_share: 0.1\n      development_line: industry",
         "export_share: 0.1\n      development_line: industri", f"{LEVERS}.development_line",
         "development_line: industri\n", "'industri'", "a known budget line", "Did you mean 'industry'?"),
    Case("lever for a line that is not bought", "mass: {drone40_defendtex: 1}\n        home: {attack_home: 0.7, "
         "simple_attack_home: 0.3}\n    home:\n      subsidies: [{offers: all, share: 0.5, from: 2025-08-26",
         "mass: {drone40_defendtex: 1}\n        home: {attack_home: 1}\n    home:\n"
         "      subsidies: [{offers: [simple_attack_home], share: 0, from: 2025-08-26",
         "policies.home_first.home.subsidies.0.offers.0", "subsidies: [{offers: [simple", "'simple_attack_home'",
         "a home offer that the policy buys", "List it under home"),
    Case("second source that is not there", "second_sources: [{offers: all, families: all,",
         "second_sources: [{offers: all, families: [magnet_set],", f"{LEVERS}.second_sources.0.families.0",
         "second_sources: [{offers: all, families: [magnet", "'magnet_set'", "with a second source"),
    Case("stock stated twice", "safety_stock: [{families: all, months: 1}]",
         "safety_stock: [{families: all, months: 1}, {families: [battery], months: 2}]",
         f"{LEVERS}.safety_stock.1.families", "safety_stock: [{families: all, months: 1}, ", "battery a second time",
         "each family in one entry"),
    Case("window by luck and by date", "    opens: 2026-01-06\n",
         "    opens: 2026-01-06\n    a_year: {value: 1, unit: events/year}\n", "part_windows.ban_jan_2026",
         "  ban_jan_2026:", "both", "either opens, a day, or a_year"),
    Case("window that is over", "    opens: 2026-01-06\n", "    opens: 2020-01-06\n",
         "part_windows.ban_jan_2026.length",
         "length: {low: 12, mode: 18", "12 / 18 / 36 month, over on clock.as_of", "one certain length"),
    Case("more families than it strikes", "most_families: 2", "most_families: 3",
         "part_windows.china_shock.most_families",
         "most_families: 3", "3", "at most the families it strikes, 2"),
    Case("requests without units", "    units: {low: 20, mode: 60, high: 200, unit: unit}\n", "",
         "export_requests.simple_attack_exports.units", "  simple_attack_exports:", "nothing",
         "both a_year and units"),
    Case("requests for an import", "    offer: simple_attack_home\n", "    offer: drone40_defendtex\n",
         "export_requests.simple_attack_exports.offer", "    offer: drone40_defendtex", "'drone40_defendtex'",
         "a known home offer", "An imported product has no line at home."),
]
# fmt: on


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_fault_is_told_in_its_place_with_a_way_out(case: Case, tmp_path: Path) -> None:
    text = changed((case.old, case.new), text=TEXT)
    path = written(tmp_path, text)
    fault = only_fault(path)
    assert (fault.file, fault.line, fault.where) == (str(path), line_of(text, case.at), case.where)
    assert case.found in fault.found
    assert case.expected in fault.expected
    assert case.way_out in fault.way_out


def test_faults_of_different_parts_are_told_at_once(tmp_path: Path) -> None:
    text = changed(
        ("battery: {pieces: 2, price: {value: 800,", "batery: {pieces: 2, price: {value: 800,"),
        ("    title: Magnets of a motor\n", "    title: Magnets of a motor\n    made_of: {motor_esc: 1}\n"),
        ("heads_at_start: 12\n", "heads_at_start: 90\n"),
        text=TEXT,
    )
    assert {fault.where for fault in faults(written(tmp_path, text))} == {
        "home_offers.attack_home.kit.batery",
        "part_families.magnet_set.made_of",
        "home_offers.attack_home.work.heads_at_start",
    }


SHOCK = (
    "schema_version: 1\nkind: shocks\nid: s\ntitle: S\nsource: a source of some kind\nconfidence: assumption\nshocks:\n"
)
STRUCK = [
    ("kind: part_flow, subjects: {families: [motor]}, size: {value: 0, unit: share}", "subjects.families.0",
     "the name of a known part family", "Did you mean 'motor_esc'?"),
    ("kind: part_flow, subjects: {families: all, origins: [Chin]}, size: {value: 0, unit: share}",
     "subjects.origins.0", "the name of a known part source's origin", "Did you mean 'China'?"),
    ("kind: part_flow, subjects: {origins: [China]}, size: {value: 0, unit: share}", "subjects",
     "part families by families", ""),
    ("kind: line_stop, subjects: {offers: [drone40_defendtex]}, size: {value: 9, unit: day}", "subjects",
     "offers at home by offers or products or missions", ""),
    ("kind: line_stop, months: 2, subjects: {offers: all}, size: {value: 9, unit: day}", "months",
     "no months for the kind line_stop", "Its size is how long"),
    ("kind: export_requests, subjects: {offers: [attack_home]}, size: {value: 3, unit: '1'}", "subjects",
     "offers at home by", ""),
    ("kind: supplier_rate, subjects: {offers: [attack_home]}, size: {value: 0.5, unit: '1'}", "subjects",
     "offers abroad by", ""),
    ("kind: bar, stock_lost_months: 2, subjects: {offers: all}", "stock_lost_months",
     "no stock lost but for the kind line_stop", ""),
]  # fmt: skip


@pytest.mark.parametrize(("shock", "where", "expected", "way_out"), STRUCK)
def test_a_shock_that_strikes_nothing_at_home_is_told(
    shock: str, where: str, expected: str, way_out: str, tmp_path: Path
) -> None:
    path = written(tmp_path, f"{SHOCK}  s: {{from: 2026-06-01, {shock}}}\n")
    fault = only_fault(HOME, [path])
    assert fault.where == f"shocks.s.{where}"
    assert expected in fault.expected
    assert way_out in fault.way_out


@pytest.mark.parametrize("name", ["china_dual_use_embargo", "magnet_licences", "line_fire", "export_surge"])
def test_the_shocks_to_home_production_fit_a_scenario_with_lines_and_say_why_they_do_not_fit_another(name: str) -> None:
    plain, struck = load(HOME).scenario, load(HOME, [SHOCKS / f"{name}.yaml"]).scenario
    assert len(struck.shocks) > len(plain.shocks)
    told = faults(TINY, [SHOCKS / f"{name}.yaml"])
    assert any("This scenario has no home production." in fault.way_out for fault in told)
