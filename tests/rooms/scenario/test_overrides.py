"""Bases, shock files and settings: one file over another, each number with its own source.

A base lies in the scenario's own folder tree; an override covers what it says and nothing else.

Why: a study is a scenario and what was changed in it, and the change must be readable in the result.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.distributions import Constant, Triangular
from sim.scenario.load import load
from tests.rooms.scenario.texts import TEXT, TINY, changed, faults, line_of, only_fault, written

DERIVED = """\
schema_version: 1
extends: base.yaml
id: derived
title: A later view
source: a later page of 2026-11-22
confidence: inferred
"""

SHOCK = """\
schema_version: 1
kind: shocks
id: yen_175
title: A weak yen
source: demand 8a A37, its high
confidence: assumption
shocks:
  yen_175:
    {kind: exchange_level, from: 2026-10-01, subjects: {currencies: [USD]}, size: {value: 175, unit: JPY per USD}}
"""

OVERRIDE = """\
schema_version: 1
kind: override
id: other
title: Another view
source: another page of 2026
confidence: official
"""


def derived(folder: Path, more: str) -> Path:
    """A scenario that extends the tutorial's and says some more."""
    written(folder, TEXT, "base.yaml")
    return written(folder, DERIVED + more)


def fact(path: Path, name: str, *arguments: object) -> tuple[str, str, str]:
    """Text, source and confidence of one number."""
    facts = {one.path: one for one in load(path, *arguments).scenario.facts}
    return facts[name].text, facts[name].source, facts[name].confidence


# ------------------------------------------------------------------------------------------------ extends


def test_a_derived_file_changes_what_it_says_and_nothing_else(tmp_path: Path) -> None:
    base = load(TINY).scenario
    scenario = load(derived(tmp_path, "offers:\n  tb2_baykar:\n    lot: 3\n")).scenario
    assert (scenario.id, scenario.title) == ("derived", "A later view")
    assert scenario.offers["tb2_baykar"].lot == 3
    assert scenario.offers["drone40_defendtex"] == base.offers["drone40_defendtex"]
    assert scenario.inputs == base.inputs


def test_the_files_of_a_load_are_named_scenario_first(tmp_path: Path) -> None:
    path = derived(tmp_path, "")
    assert load(path).sources == (str(path), str(tmp_path / "base.yaml"))


def test_a_list_is_replaced_and_null_deletes(tmp_path: Path) -> None:
    path = derived(
        tmp_path, "joint: [small_attack]\noffers:\n  drone40_defendtex: {breaks: null}\ncorrelations: null\n"
    )
    scenario = load(path).scenario
    assert scenario.joint == ("small_attack",)
    assert scenario.offers["drone40_defendtex"].breaks == ()
    assert scenario.correlations == ()


def test_null_for_what_the_base_does_not_have_is_a_fault(tmp_path: Path) -> None:
    fault = only_fault(derived(tmp_path, "offers:\n  tb2_baykar: {breaks: null}\n"))
    assert (fault.line, fault.where) == (8, "offers.tb2_baykar.breaks")
    assert fault.expected == "a key of the base to delete"


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ("{mode: 12}", "5 / 12 / 17.8"),  # one point of the same form
        ("{value: 9}", "9"),  # another form; the unit is kept
        ("{distribution: pert}", "pert 5 / 11.3 / 17.8"),
        ("{mode: null, distribution: uniform}", "uniform 5 / 17.8"),
        ("{distribution: lognormal, p10: 6, p90: 16}", "P10 6, P90 16"),
    ],
)
def test_a_quantity_takes_new_numbers_and_keeps_its_unit(tmp_path: Path, change: str, text: str) -> None:
    path = derived(tmp_path, f"offers:\n  tb2_baykar:\n    price: {change}\n")
    assert fact(path, "offers.tb2_baykar.price") == (text, "a later page of 2026-11-22", "inferred")
    assert load(path).written["offers"]["tb2_baykar"]["price"]["unit"] == "m USD"


def test_an_override_covers_its_own_numbers_and_leaves_their_neighbours_their_source(tmp_path: Path) -> None:
    path = derived(tmp_path, "offers:\n  tb2_baykar:\n    source: the maker's page of 2026\n    first_lot: 3\n")
    own = "assumption: inputs 4a to 4d, tb2_baykar"
    assert fact(path, "offers.tb2_baykar.first_lot") == ("3", "the maker's page of 2026", "inferred")
    assert fact(path, "offers.tb2_baykar.lot") == ("6", own, "assumption")
    assert fact(path, "offers.tb2_baykar.price")[1] == "suppliers 3; three contracts"


def test_an_override_may_correct_nothing_but_a_citation(tmp_path: Path) -> None:
    path = derived(tmp_path, "offers:\n  tb2_baykar: {price: {source: the contract of 2026}}\n")
    assert fact(path, "offers.tb2_baykar.price") == ("5 / 11.3 / 17.8", "the contract of 2026", "reported")
    assert fact(path, "offers.tb2_baykar.lot")[2] == "assumption"
    path = derived(tmp_path, "offers:\n  tb2_baykar: {confidence: official}\n")
    assert fact(path, "offers.tb2_baykar.price")[2] == "reported"
    assert fact(path, "offers.tb2_baykar.lot")[2] == "official"


def test_a_changed_number_never_borrows_the_source_of_what_it_replaced(tmp_path: Path) -> None:
    written(tmp_path, TEXT, "base.yaml")
    text = (
        DERIVED.replace("source: a later page of 2026-11-22\n", "")
        + "offers: {tb2_baykar: {price: {mode: 12}, lot: 3}}\n"
    )
    found = faults(written(tmp_path, text))
    assert {fault.where for fault in found} == {"offers.tb2_baykar.price", "offers.tb2_baykar.lot"}
    assert {fault.found for fault in found} == {"a number without source"}


def test_a_fault_in_the_base_names_the_base(tmp_path: Path) -> None:
    path = derived(tmp_path, "")
    text = changed(("minimum_order: 6 # a set", "minimum_order: six"))
    written(tmp_path, text, "base.yaml")
    fault = only_fault(path)
    assert (fault.file, fault.line) == (str(tmp_path / "base.yaml"), line_of(text, "minimum_order: six"))


@pytest.mark.parametrize(
    ("stated", "found", "expected"),
    [
        ("../tiny.yaml", "'../tiny.yaml'", "in the scenario's own folder or below"),
        (str(TINY), "tiny.yaml'", "in the scenario's own folder or below"),
        ("below/../../tiny.yaml", "tiny.yaml'", "in the scenario's own folder or below"),
        ("link.yaml", "'link.yaml'", "in the scenario's own folder or below"),
        ("folder/tiny.yaml", "'folder/tiny.yaml'", "in the scenario's own folder or below"),
        ("missing.yaml", "'missing.yaml'", "a file that exists"),
        ("scenario.yaml", "'scenario.yaml', which extends this file", "bases that end somewhere"),
        ("[a, b]", "a list of 2", "the path of one base file"),
        ('"a\\0b"', "'a?b'", "the path of one base file"),
        ("loop.yaml", "'loop.yaml'", "a path that can be followed"),
    ],
)
def test_a_base_outside_the_folder_or_in_a_circle_is_refused(
    tmp_path: Path, stated: str, found: str, expected: str
) -> None:
    folder = tmp_path / "study"
    written(tmp_path, TEXT, "tiny.yaml")
    path = written(folder, DERIVED.replace("base.yaml", stated))
    (folder / "link.yaml").symlink_to(tmp_path / "tiny.yaml")
    (folder / "folder").symlink_to(tmp_path)
    (folder / "loop.yaml").symlink_to(folder / "loop.yaml")
    fault = only_fault(path)
    assert (fault.line, fault.where) == (2, "extends")
    assert found in fault.found
    assert expected in fault.expected


def test_a_circle_of_three_is_found(tmp_path: Path) -> None:
    for name, base in (("scenario.yaml", "b.yaml"), ("b.yaml", "c.yaml"), ("c.yaml", "scenario.yaml")):
        written(tmp_path, DERIVED.replace("base.yaml", base), name)
    fault = only_fault(tmp_path / "scenario.yaml")
    assert fault.file == str(tmp_path / "c.yaml")
    assert fault.found == "'scenario.yaml', which extends this file"


def test_a_chain_of_bases_is_bounded(tmp_path: Path) -> None:
    for place in range(10):
        written(tmp_path, DERIVED.replace("base.yaml", f"{place + 1}.yaml"), f"{place}.yaml")
    assert only_fault(tmp_path / "0.yaml").expected == "at most 8"


def test_a_base_in_a_folder_below_is_found_and_its_own_base_counts_from_there(tmp_path: Path) -> None:
    written(tmp_path, TEXT, "bases/tiny.yaml")
    written(tmp_path, DERIVED.replace("base.yaml", "tiny.yaml"), "bases/middle.yaml")
    path = written(tmp_path, DERIVED.replace("base.yaml", "bases/middle.yaml"))
    assert load(path).sources[1:] == (str(tmp_path / "bases/middle.yaml"), str(tmp_path / "bases/tiny.yaml"))


# ------------------------------------------------------------------------------------------------ shock files


def test_a_shock_file_lies_anywhere_and_adds_its_shock_with_its_source(tmp_path: Path) -> None:
    scenario = load(TINY, [written(tmp_path, SHOCK)]).scenario
    (shock,) = scenario.shocks
    # 1 October 2026 is 548 days after 1 April 2025; the rate is counted in 1/10,000 yen
    assert (shock.id, shock.day, shock.end_day, shock.announced_day) == ("yen_175", 548, None, 548)
    assert (shock.kind, shock.subjects, shock.size) == ("exchange_level", ("USD",), 1_750_000)
    assert shock.source == "demand 8a A37, its high"
    assert scenario.title == load(TINY).scenario.title


def test_a_scenario_is_no_shock_file_and_a_shock_file_no_scenario(tmp_path: Path) -> None:
    path = written(tmp_path, SHOCK)
    assert only_fault(path).way_out.startswith("A file with a kind is laid over a scenario with --shock")
    assert [fault.where for fault in faults(TINY, [TINY])] == ["kind"]


def test_a_shock_file_extends_nothing_and_holds_only_shocks(tmp_path: Path) -> None:
    path = written(tmp_path, SHOCK + "extends: base.yaml\noffers: {}\n")
    assert {(fault.where, fault.expected) for fault in faults(TINY, [path])} == {
        ("extends", "no base"),
        ("offers", "only shocks in a file of kind shocks"),
    }


@pytest.mark.parametrize("key", ["schema_version", "id", "title", "source", "confidence"])
def test_an_overriding_file_says_who_it_is(tmp_path: Path, key: str) -> None:
    lines = [line for line in SHOCK.splitlines(keepends=True) if not line.startswith(key)]
    assert only_fault(TINY, [written(tmp_path, "".join(lines))]).where == key


def test_two_files_that_set_one_path_differently_clash_and_both_places_are_named(tmp_path: Path) -> None:
    first = written(tmp_path, OVERRIDE + "offers: {tb2_baykar: {lot: 3, minimum_order: 6}}\n", "first.yaml")
    second = written(tmp_path, OVERRIDE + "offers:\n  tb2_baykar:\n    minimum_order: 6\n    lot: 2\n", "second.yaml")
    fault = only_fault(TINY, [first, second])
    assert (fault.file, fault.line, fault.where, fault.found) == (str(second), 10, "offers.tb2_baykar.lot", "2")
    assert f"{first}:7 sets it to 3" in fault.way_out


@pytest.mark.parametrize(
    "other",
    [
        "offers: {tb2_baykar: null}",
        "offers: null",
        "offers: {tb2_baykar: {price: 7}}",
        "offers: {tb2_baykar: {price: {mode: [6]}}}",
    ],
)
def test_a_file_that_deletes_or_replaces_what_another_changes_clashes_with_it(tmp_path: Path, other: str) -> None:
    first = written(tmp_path, OVERRIDE + "offers: {tb2_baykar: {price: {mode: 6}}}\n", "first.yaml")
    second = written(tmp_path, f"{OVERRIDE}{other}\n", "second.yaml")
    for pair in ([first, second], [second, first]):
        (fault,) = faults(TINY, pair)
        assert fault.expected == "one value from all overriding files"


def test_files_that_agree_do_not_clash(tmp_path: Path) -> None:
    text = OVERRIDE + "offers: {tb2_baykar: {lot: 3}}\n"
    files = [written(tmp_path, text, "first.yaml"), written(tmp_path, text, "second.yaml")]
    assert load(TINY, files).scenario.offers["tb2_baykar"].lot == 3


def test_a_fault_in_an_overriding_file_names_it(tmp_path: Path) -> None:
    path = written(tmp_path, OVERRIDE + "offers:\n  tb2_baykar:\n    supplier: nobody\n")
    fault = only_fault(TINY, [path])
    assert (fault.file, fault.line, fault.where) == (str(path), 9, "offers.tb2_baykar.supplier")


# ------------------------------------------------------------------------------------------------ settings


def test_a_bare_number_is_a_quantity_s_new_value_in_its_unit() -> None:
    scenario = load(TINY, sets=["offers.tb2_baykar.price=9.5"]).scenario
    # 9.5 m USD are 950 m cents
    assert scenario.offers["tb2_baykar"].price.belief == Constant(950_000_000)
    assert fact(TINY, "offers.tb2_baykar.price", (), ["offers.tb2_baykar.price=9.5"]) == (
        "9.5",
        "assumption: set by hand with --set",
        "assumption",
    )


def test_a_setting_may_be_a_mapping_a_list_item_or_a_plain_number() -> None:
    sets = [
        "offers.tb2_baykar.price={low: 1, mode: 2, high: 3, unit: k USD}",
        "offers.tb2_baykar.payments.0.share=20",
        "offers.tb2_baykar.payments.1.share=80",
        "budget.lines.surveillance.uses.seaguardian_fy2027.share=0.5",
        "experiment.replications=7",
        "missions.small_attack.due=2027-03-31",
        "title=Another title",
    ]
    scenario = load(TINY, sets=sets).scenario
    offer = scenario.offers["tb2_baykar"]
    assert offer.price.belief == Triangular(100_000, 200_000, 300_000)
    assert [payment.share for payment in offer.payments] == [2_000, 8_000]
    share = scenario.lines["surveillance"].uses[1].share
    assert share is not None
    assert share.belief == Constant(0.5)
    assert scenario.experiment.replications == 7
    assert scenario.missions["small_attack"].due_day == 729  # 31 March 2027
    assert scenario.title == "Another title"


def test_null_set_by_hand_deletes() -> None:
    assert load(TINY, sets=["offers.tb2_baykar.rate=null"]).scenario.offers["tb2_baykar"].rate is None


def test_what_is_deleted_leaves_no_citation_behind(tmp_path: Path) -> None:
    path = derived(tmp_path, "offers: {tb2_baykar: {rate: {mode: 13}}}\n")
    loaded = load(path, sets=["offers.tb2_baykar.rate=null"])
    assert loaded.scenario.offers["tb2_baykar"].rate is None
    assert loaded.written.get("sources", {}) == {}


def test_a_scenario_that_is_a_link_finds_its_base_beside_the_link(tmp_path: Path) -> None:
    real = written(tmp_path / "elsewhere", DERIVED)
    written(tmp_path / "here", TEXT, "base.yaml")
    (tmp_path / "here" / "scenario.yaml").symlink_to(real)
    assert load(tmp_path / "here" / "scenario.yaml").scenario.id == "derived"


def test_a_plain_number_set_by_hand_is_cited_so(tmp_path: Path) -> None:
    own = "assumption: inputs 4a to 4d, tb2_baykar"
    assert (
        fact(TINY, "offers.tb2_baykar.lot", (), ["offers.tb2_baykar.lot=3"])[1] == "assumption: set by hand with --set"
    )
    assert fact(TINY, "offers.tb2_baykar.first_lot", (), ["offers.tb2_baykar.lot=3"])[1] == own


@pytest.mark.parametrize(
    ("setting", "where", "expected"),
    [
        ("offers.tb2_baykar.lott=3", "offers.tb2_baykar.lott", "a key that is known here"),
        ("offers.tb2_baykar.lot=three", "offers.tb2_baykar.lot", "a whole number"),
        ("offers.tb2_baykar.payments.2.share=3", "offers.tb2_baykar.payments", "a list"),
        ("offers.tb2_baykar.lot", "offers.tb2_baykar.lot", "path=value"),
        ("offers..lot=3", "offers..lot", "path=value"),
        ("=3", "--set", "path=value"),
        ("offers.tb2_baykar.lot=", "offers.tb2_baykar.lot", "path=value"),
        ("schema_version=2", "schema_version", "path=value"),
        ("offers.tb2_baykar.lot=[1", "offers.tb2_baykar.lot", "valid YAML"),
        ("offers.tb2_baykar.lot=3\nother: 4", "offers.tb2_baykar.lot", "one value"),
        ("offers.tb2_baykar.rate=# none", "offers.tb2_baykar.rate", "a value"),
        ("offers.tb2_baykar.rate.speed=null", "offers.tb2_baykar.rate.speed", "a value"),
        ("offers.tb2_baykar.lot=.nan", "offers.tb2_baykar.lot", "a finite number"),
    ],
)
def test_a_setting_that_cannot_be_is_told_without_a_line(setting: str, where: str, expected: str) -> None:
    fault = only_fault(TINY, (), [setting])
    assert fault.file.startswith("--set")
    assert (fault.line, fault.where) == (None, where)
    assert expected in fault.expected


def test_two_settings_of_one_path_clash() -> None:
    fault = only_fault(TINY, (), ["offers.tb2_baykar.lot=3", "offers.tb2_baykar.lot=2"])
    assert fault.expected == "one value from all overriding files"
