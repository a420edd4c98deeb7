"""The canonical text: one scenario, one text, and back.

It loads again into an equal scenario; neither the order of keys nor the split into files changes a byte of meaning.

Why: a run folder holds this text, and whoever reads it in ten years must get the same scenario.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.scenario.canonical import resolved_yaml
from sim.scenario.load import load
from tests.rooms.scenario.test_overrides import OVERRIDE, SHOCK, derived
from tests.rooms.scenario.texts import TINY, changed, loaded, written


def again(folder: Path, text: str) -> tuple[object, str]:
    """Scenario and text of a text that is loaded again."""
    once_more = load(written(folder, text, "again.yaml"))
    return once_more.scenario, resolved_yaml(once_more)


@pytest.mark.parametrize("path", sorted(TINY.parent.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_text_loads_again_into_an_equal_scenario_and_an_equal_text(tmp_path: Path, path: Path) -> None:
    first = load(path)
    assert again(tmp_path, resolved_yaml(first)) == (first.scenario, resolved_yaml(first))


def test_bases_shocks_and_settings_are_all_in_the_text_with_their_sources(tmp_path: Path) -> None:
    path = derived(tmp_path, "offers:\n  tb2_baykar: {lot: 3, price: {mode: 12}, rate: null}\njoint: [small_attack]\n")
    over = written(tmp_path, OVERRIDE + "missions: {small_attack: {weight: 9}}\n", "over.yaml")
    first = load(
        path, [written(tmp_path, SHOCK, "shock.yaml"), over], ["offers.tb2_baykar.shipping=44", "experiment.seed=4"]
    )
    text = resolved_yaml(first)
    assert again(tmp_path, text) == (first.scenario, text)
    cited = {fact.path: (fact.source, fact.confidence) for fact in first.scenario.facts}
    assert cited["offers.tb2_baykar.lot"] == ("a later page of 2026-11-22", "inferred")
    assert cited["missions.small_attack.weight"] == ("another page of 2026", "official")
    assert cited["offers.tb2_baykar.shipping"] == ("assumption: set by hand with --set", "assumption")
    assert "extends" not in text
    assert "kind: shocks" not in text


def test_the_order_of_sections_and_keys_changes_nothing(tmp_path: Path) -> None:
    old = "  baykar: {title: Baykar, country: Turkey}\n"
    other = loaded(
        tmp_path,
        (old, ""),
        ("country: Australia}\n", "country: Australia}\n  baykar: {country: Turkey, title: Baykar}\n"),
    )
    first = load(TINY)
    assert other.scenario == first.scenario
    assert resolved_yaml(other) == resolved_yaml(first)


def test_the_written_order_of_a_policy_s_missions_and_offers_is_kept(tmp_path: Path) -> None:
    small = "      small_attack:\n        mass: {drone40_defendtex: 1}\n        high: {switchblade_300: 1}\n"
    wide = "      wide_area_surveillance:\n        mass: {tb2_baykar: 1}\n"
    two = "      small_attack:\n        mass: {switchblade_300: 1, drone40_defendtex: 1}\n"
    first = loaded(tmp_path, (small + wide, wide + two))
    scenario, _ = again(tmp_path, resolved_yaml(first))
    assert scenario == first.scenario
    rules = first.scenario.policies["quantity_first"].missions
    assert [rule.mission for rule in rules] == ["wide_area_surveillance", "small_attack"]
    assert [one.offer for one in rules[1].levers.mass_offers] == ["switchblade_300", "drone40_defendtex"]


@pytest.mark.parametrize(
    "title",
    [
        "1e5",
        "12",
        "no",
        "null",
        "~",
        "true",
        "2026-04-01",
        "1:30",
        "010",
        "0x1F",
        "=",
        "<<",
        "a: b",
        "- a",
        "# no",
        "é ü 日本",
        "'",
        '"',
    ],
)
def test_text_that_looks_like_something_else_stays_text(tmp_path: Path, title: str) -> None:
    quoted = "'" + title.replace("'", "''") + "'"
    first = loaded(tmp_path, ("{title: DefendTex,", f"{{title: {quoted},"))
    assert first.scenario.suppliers["defendtex"].title == title
    assert again(tmp_path, resolved_yaml(first))[0] == first.scenario


@pytest.mark.parametrize("number", ["0.1", "1e-7", "123456789.123456789", "1.0e+15", "3"])
def test_numbers_keep_every_digit(tmp_path: Path, number: str) -> None:
    ceiling = f"  outlay_ceilings: {{2027: {{value: {number}, unit: JPY}}}}\n"
    first = loaded(tmp_path, ("budget:\n", f"budget:\n{ceiling}"))
    text = resolved_yaml(first)
    assert again(tmp_path, text) == (first.scenario, text)
    assert load(tmp_path / "again.yaml").written["budget"]["outlay_ceilings"]["2027"]["value"] == float(number)


def test_a_shared_value_is_written_out_where_it_is_used(tmp_path: Path) -> None:
    path = written(tmp_path, OVERRIDE + "offers: {tb2_baykar: {lot: 3, first_lot: 3, minimum_order: 3}}\n")
    text = resolved_yaml(load(TINY, [path]))
    assert "&" not in text
    assert "*" not in text.replace(" * ", "")


def test_changed_scenarios_have_changed_texts(tmp_path: Path) -> None:
    other = load(written(tmp_path, changed(("seed: 1}", "seed: 2}"))))
    assert resolved_yaml(other) != resolved_yaml(load(TINY))
