"""Two scenarios or two studies beside each other: what they say differently, and what follows from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.store import load
from sim.study.batch import Ask, run_batch
from sim.study.difference import consequences_of_files, consequences_of_folders, same_futures
from sim.study.inputs_apart import InputApart, inputs_apart
from sim.study.trial import Futures
from tests.rooms.study.handmade import tiny

SEATS = "policies.quantity_first.seats.0.extra_share=100"
POLICY = ("quantity_first",)


def written(*sets):
    return tiny(*sets).written


def found(rows, measure):
    return next(row for row in rows if row.measure.id == measure)


# --- inputs


def test_a_scenario_does_not_differ_from_itself():
    assert inputs_apart(written(), written()) == ()


def test_a_changed_quantity_is_one_value_with_its_unit():
    (value, *words) = inputs_apart(written(), written("offers.tb2_baykar.price=12"))
    assert value == InputApart("offers.tb2_baykar.price", "low 5.0, mode 11.3, high 17.8 m USD", "12 m USD", False)
    assert words and all(each.only_words for each in words)  # its source is now the person at the keyboard


def test_an_item_of_a_list_has_its_place_and_a_list_of_another_length_is_one_value():
    told = {each.path: each for each in inputs_apart(written(), written(SEATS, "joint=[small_attack]"))}
    assert told["policies.quantity_first.seats.0.extra_share"][1:3] == ("25 percent", "100 percent")
    assert told["joint"][1:3] == ("wide_area_surveillance, small_attack", "small_attack")


# --- consequences


@pytest.fixture(scope="module")
def folders(tmp_path_factory) -> tuple[Path, Path, Path]:
    """Twenty futures as the file says, with more seats, and with more seats in other futures."""
    room = tmp_path_factory.mktemp("difference")
    asks = ((tiny(), 1), (tiny(SEATS), 1), (tiny(SEATS), 2))
    return tuple(
        run_batch(loaded, Ask(policies=POLICY, replications=20, seed=seed, out=room / str(place)))
        for place, (loaded, seed) in enumerate(asks)
    )


def test_files_and_folders_on_the_same_futures_tell_the_same(folders):
    stored = list(consequences_of_folders(load(folders[0]), load(folders[1]), POLICY))
    ran = list(consequences_of_files(tiny().scenario, tiny(SEATS).scenario, POLICY, Futures(20, 1)))
    assert stored == ran
    chance = found(stored, "met/small_attack")
    runs = [load(folder).missions.query("mission == 'small_attack'").set_index("replication").met for folder in folders]
    # paired: future by future, second less first
    assert chance.difference.value == pytest.approx((runs[1].astype(int) - runs[0].astype(int)).mean())
    assert chance.difference.kind == "score interval for pairs (Tango)"
    assert (chance.first, chance.second) == (runs[0].mean(), runs[1].mean())
    assert 0 < chance.ledgers_apart <= 20


def test_a_study_differs_from_itself_by_exactly_nothing(folders):
    rows = list(consequences_of_folders(load(folders[0]), load(folders[0]), POLICY))
    assert {row.difference.value for row in rows} == {0.0}
    assert {row.ledgers_apart for row in rows} == {0}
    assert found(rows, "cost").difference.kind.startswith("identical")


def test_other_futures_are_two_samples_that_share_nothing(folders):
    first, other = load(folders[0]), load(folders[2])
    assert not same_futures(first, other)
    rows = list(consequences_of_folders(first, other, POLICY))
    assert found(rows, "met/small_attack").difference.kind == "Newcombe, independent samples"
    assert found(rows, "cost").difference.kind == "Welch t, independent samples"
    assert {row.verdict for row in rows} == {""}
