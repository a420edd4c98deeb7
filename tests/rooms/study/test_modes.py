"""Lot by lot at the modes: days and yen that a spreadsheet gives as well."""

from __future__ import annotations

import datetime

import pytest

from sim.engine import entries
from sim.errors import TheirsError
from sim.study.modes import lot_lines, run_at_modes
from sim.study.replay import Titles, one_run, run_again, sentences
from tests.rooms.study.handmade import mission_row, outcome, stored, tiny

TINY = tiny().scenario
START = datetime.date(2025, 4, 1)


def day(iso: str) -> int:
    return (datetime.date.fromisoformat(iso) - START).days


@pytest.fixture(scope="module")
def run():
    return run_at_modes(TINY, "typed")


@pytest.fixture(scope="module")
def contracts(run):
    return {contract.contract: contract for contract in lot_lines(run)}


def test_the_first_turkish_order_follows_its_modes(contracts):
    order = contracts["tb2_baykar#1"]
    # typed for 2026-04-11; first tender 240 days: 2026-12-07; permit 45: 2027-01-21
    assert (order.decided_day, order.signed_day, order.permit_day) == (
        day("2026-04-11"), day("2026-12-07"), day("2027-01-21"),
    )  # fmt: skip
    # promise 310 days × exp(0.256) = 400.4 → 400: 2028-02-25; 50 days at sea: 2028-04-15
    (lot,) = order.lots
    assert (lot.due_day, lot.left_day, lot.arrived_day) == (day("2028-02-25"), day("2028-02-25"), day("2028-04-15"))
    # the type's trial takes 150 days from arrival: 2028-09-12; then 40 of test, 14 to base
    assert order.approved_day == day("2028-09-12")
    assert (lot.accepted_day, lot.deployed_day) == (day("2028-10-22"), day("2028-11-05"))
    assert (lot.deployed_units, order.units) == (6, 6)


def test_the_announced_order_costs_what_was_announced_and_grows_on_delivery(contracts):
    order = contracts["drone40_fy2025"]
    # 3.2 bn for 310: 10,322,580.6 a set; 15 % at signing; 85 % pro rata, and 4 % growth of the price with it
    assert order.unit_yen == 10_322_581
    assert order.paid_before_yen == 480_000_000
    assert sum(lot.paid_yen for lot in order.lots) == 2_720_000_000 + 128_000_000
    assert [lot.units for lot in order.lots] == [50, 50, 50, 50, 50, 50, 10]


def test_all_that_was_paid_for_orders_is_somewhere_in_the_table(run, contracts):
    paid = sum(entry.actual_yen for entry in run.of_kind(entries.Paid))
    told = sum(each.paid_before_yen + sum(lot.paid_yen for lot in each.lots) for each in contracts.values())
    assert paid == told > 0


def test_lots_make_up_their_contract(contracts):
    assert contracts
    for contract in contracts.values():
        assert sum(lot.units for lot in contract.lots) == contract.units


def test_stages_follow_each_other(contracts):
    whole = 0
    for contract in contracts.values():
        for lot in contract.lots:
            days = [lot.due_day, lot.left_day, lot.arrived_day, lot.accepted_day, lot.deployed_day]
            known = [each for each in days if each is not None]
            assert known == sorted(known)
            whole += known == days
    assert whole, "no lot came all the way"


# --- replay


def test_a_run_is_told_as_dated_sentences():
    told = list(sentences(one_run(TINY, "typed", 1, "judge", 0)))
    assert "2026-04-11  The budget of FY2026 passes." in told
    assert any(sentence.startswith("2026-04-11  The buyer decides on 1,000 of Drone 40") for sentence in told)
    assert not any("The month ends." in sentence for sentence in told)


def test_everything_includes_what_happens_every_month():
    run = one_run(TINY, "typed", 1, "judge", 0)
    assert len(list(sentences(run, everything=True))) == len(run.entries)


def test_an_id_that_names_two_things_keeps_to_itself():
    twin = tiny("missions.small_attack.lines=[surveillance]").scenario
    titles = Titles(twin)
    assert titles.name("tb2_baykar") == "TB2 from Baykar"
    assert titles.name("tb2_baykar#1") == "tb2_baykar#1"


def test_replay_says_whether_the_ledger_is_the_stored_one(tmp_path):
    missions = [mission_row("small_attack", 1, 1), mission_row("wide_area_surveillance", 1, 1)]
    study = stored(tmp_path / "made", tiny(), {"typed": [outcome("typed", 0, missions)]})
    assert not run_again(study, "typed", 0).same  # its digest was written by hand
    with pytest.raises(TheirsError, match="found replication 1; expected one from 0 to 0"):
        run_again(study, "typed", 1)
    with pytest.raises(TheirsError, match=r"no policy 'tiped'. Did you mean 'typed'"):
        run_again(study, "tiped", 0)
