"""What the model is told of home production: lines as offers, kits down to the last sub-part, levers written out.

Each expectation is worked out by hand from the small home scenario.

Why: an error in a unit of a line would be in every ramp and visible in none.
"""

from __future__ import annotations

import pickle
from pathlib import Path

from sim.distributions import Triangular
from sim.future.addresses import streams_of
from sim.scenario.canonical import resolved_yaml
from sim.scenario.load import load
from sim.scenario.resolved import (
    HomeLine,
    KitPart,
    KnownRequest,
    LongLeadLever,
    Payment,
    Scenario,
    SecondSourceLever,
    SubsidyLever,
    Supplier,
    ToolingLever,
)
from sim.study.best import BestCases
from sim.study.lint import lint
from tests.rooms.scenario.texts import TINY, changed, written

HOME = TINY.parent / "tiny_home.yaml"
TEXT = HOME.read_text(encoding="utf-8")
SCENARIO: Scenario = load(HOME).scenario


def line(offer: str = "attack_home", scenario: Scenario = SCENARIO) -> HomeLine:
    found = scenario.offers[offer].line
    assert found is not None
    return found


def test_a_line_is_an_offer_of_a_supplier_in_japan_without_what_an_import_has() -> None:
    offer = SCENARIO.offers["attack_home"]
    assert list(SCENARIO.offers) == ["attack_home", "drone40_defendtex", "simple_attack_home"]
    assert (offer.channel, offer.currency, offer.supplier) == ("domestic", "JPY", "small_drone_group")
    assert SCENARIO.suppliers["small_drone_group"] == Supplier("small_drone_group", "Small drone makers", "Japan", None)
    assert (offer.price, offer.slip_class, offer.rate, offer.shipping, offer.permit_first) == (None,) * 5
    assert (offer.minimum_order, offer.lot, offer.first_lot) == (40, 40, 40)
    assert offer.payments == (Payment("signing", 1_000, 0), Payment("delivery", 9_000, 0))
    assert SCENARIO.offers["drone40_defendtex"].line is None


def test_a_firm_has_no_lateness_among_the_inputs() -> None:
    late = {one.path for one in SCENARIO.inputs if one.path.endswith(".lateness")}
    assert late == {"suppliers.defendtex.lateness"}


def test_hours_become_minutes_months_days_and_shares_basis_points() -> None:
    terms = line()
    assert terms.first_minutes.unit == "minute"
    assert terms.first_minutes.belief == Triangular(1_800, 3_600, 9_000)
    assert (terms.floor_minutes, terms.minutes_a_head_day) == (1_200, 324)
    assert terms.preparation is not None
    assert terms.preparation.belief == Triangular(2 * 30.4375, 6 * 30.4375, 12 * 30.4375)
    assert (terms.most_subsidy, terms.commitment_units) == (5_000, 200)
    assert terms.development is not None
    assert (terms.development.restart_share, terms.development.cost_yen.unit) == (6_000, "yen")
    assert terms.step is not None
    assert (terms.step.slots, terms.slots.unit) == (480, "rate")
    assert (terms.labour_yen_hour.unit, terms.labour_yen_hour.formula) == ("yen", "6000 * labour_rate_spread")
    assert line("simple_attack_home").preparation is None


def test_a_capacity_a_month_is_twelve_times_as_much_in_365_days() -> None:
    capacity = SCENARIO.part_sources["motor_jp"].capacity
    assert capacity is not None
    assert (capacity.unit, capacity.belief) == ("rate", Triangular(2_400, 4_800, 9_600))
    assert SCENARIO.part_sources["battery_cn"].capacity is None


def test_the_kit_holds_the_parts_of_its_parts() -> None:
    # four motors, and a magnet set in each
    assert line().kit == (
        KitPart("battery", 2, 800_000),
        KitPart("magnet_set", 4, 20_000),
        KitPart("motor_esc", 4, 250_000),
    )


def test_parts_of_parts_of_parts_multiply_and_add_to_what_the_kit_states_itself(tmp_path: Path) -> None:
    text = changed(
        ("    made_of: {magnet_set: 1}\n", "    made_of: {magnet_set: 3, battery: 2}\n"),
        ("    title: Batteries\n", "    title: Batteries\n    made_of: {magnet_set: 5}\n"),
        text=TEXT,
    )
    kit = line(scenario=load(written(tmp_path, text)).scenario).kit
    # batteries: 2 of the kit + 2 in each of 4 motors = 10; magnets: 3 in each of 4 motors + 5 in each of 10 batteries
    assert {part.family: part.pieces for part in kit} == {"motor_esc": 4, "battery": 10, "magnet_set": 62}


def test_windows_name_every_family_and_both_users_where_nothing_is_said() -> None:
    ban, shock = SCENARIO.part_windows["ban_jan_2026"], SCENARIO.part_windows["china_shock"]
    assert (ban.origins, ban.families, ban.users) == (("China",), ("battery", "magnet_set", "motor_esc"), ("military",))
    assert (ban.day, ban.a_year) == (280, None)  # 6 January 2026
    assert (shock.users, shock.most_families, shock.day) == (("export", "military"), 2, None)
    assert SCENARIO.export_requests["simple_attack_exports"].known == (KnownRequest(228, 40),)


def test_all_in_a_lever_is_written_out() -> None:
    levers = SCENARIO.policies["foreign_then_home"].home
    # the line in series needs no subsidy; magnets have no second source
    assert levers.subsidies == (SubsidyLever("attack_home", 5_000, 375, "industry"),)
    assert levers.tooling == (ToolingLever("simple_attack_home", 1, 548, "industry"),)
    assert levers.second_sources == tuple(
        SecondSourceLever(offer, family, 5_000, 375, "industry")
        for offer in ("attack_home", "simple_attack_home")
        for family in ("battery", "motor_esc")
    )
    assert levers.long_lead == (LongLeadLever("simple_attack_home", ("battery",), 13, 375, "industry"),)
    assert levers.safety_months == {"battery": 10_000, "magnet_set": 10_000, "motor_esc": 10_000}
    assert (levers.export_share, levers.development_line) == (1_000, "industry")
    listed = SCENARIO.policies["foreign_then_home"].missions[0].levers.home_offers
    assert [(one.offer, one.weight) for one in listed] == [("attack_home", 7_000), ("simple_attack_home", 3_000)]


def test_a_policy_without_home_levers_has_none() -> None:
    levers = SCENARIO.policies["abroad_only"].home
    assert (levers.subsidies, levers.safety_months, levers.export_share, levers.development_line) == ((), None, 0, None)


def test_shocks_to_parts_say_whom_they_strike_and_others_nobody() -> None:
    embargo = load(HOME, [HOME.parent / "shocks" / "china_dual_use_embargo.yaml"]).scenario.shocks[0]
    assert (embargo.kind, embargo.size, embargo.origins, embargo.users) == ("part_flow", 500, ("China",), ("military",))
    assert embargo.subjects == ("battery", "magnet_set", "motor_esc")
    fire = load(HOME, [HOME.parent / "shocks" / "line_fire.yaml"]).scenario.shocks[0]
    assert (fire.size, fire.stock_lost_months, fire.users) == (30, 20_000, ())
    assert fire.subjects == ("attack_home", "simple_attack_home")
    surge = load(HOME, [HOME.parent / "shocks" / "export_surge.yaml"]).scenario.shocks[0]
    assert (surge.size, surge.subjects) == (30_000, ("simple_attack_home",))


def test_the_canonical_text_keeps_the_order_of_home_offers_and_loads_again(tmp_path: Path) -> None:
    tail = "\n    home:\n      subsidies: [{offers: all, share: 0.5, from: 2026"
    first, second = "attack_home: 0.7", "simple_attack_home: 0.3"
    turned = changed((f"home: {{{first}, {second}}}{tail}", f"home: {{{second}, {first}}}{tail}"), text=TEXT)
    again = load(written(tmp_path, resolved_yaml(load(written(tmp_path, turned))), "again.yaml")).scenario
    listed = again.policies["foreign_then_home"].missions[0].levers.home_offers
    assert [one.offer for one in listed] == ["simple_attack_home", "attack_home"]
    same = load(written(tmp_path, resolved_yaml(load(HOME)), "same.yaml")).scenario
    assert (same.offers, same.policies, same.part_windows) == (
        SCENARIO.offers, SCENARIO.policies, SCENARIO.part_windows,
    )  # fmt: skip
    assert pickle.loads(pickle.dumps(same)) == same


def test_every_stream_of_home_luck_has_its_own_address() -> None:
    names = [stream.name for stream in streams_of(SCENARIO)]
    assert len(set(names)) == len(names)
    assert {
        "preparation/attack_home", "development/attack_home", "development_failure/attack_home",
        "tooling_lead/simple_attack_home", "part_lead/motor_jp", "qualification/attack_home:battery",
        "part_window/china_shock", "part_window_families/china_shock", "part_window_share/ban_jan_2026",
        "part_window_lead/china_shock", "part_window_length/ban_jan_2026", "part_window_open/ban_jan_2026",
        "export/simple_attack_exports", "export_units/simple_attack_exports",
    } <= set(names)  # fmt: skip


def test_a_line_at_home_counts_in_the_best_case_of_its_mission(tmp_path: Path) -> None:
    ample = ("tooling: {low: 120, mode: 240, high: 480,", "tooling: {low: 120, mode: 240, high: 4800,")
    scenario = load(written(tmp_path, changed(ample, text=TEXT))).scenario
    mission, best = scenario.missions["small_attack"], BestCases(scenario)
    abroad, home = (best.of(scenario.policies[policy], mission).units for policy in ("abroad_only", "home_first"))
    assert home > abroad + 100
    assert lint(scenario) == ()
