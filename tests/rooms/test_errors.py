"""A fault says where, what was found, what was expected and the way out; all of them come at once."""

from __future__ import annotations

import pickle

import pytest

from sim.errors import Fault, OursError, ScenarioError, TheirsError, nearest, unknown_name_fault

PRICE = Fault("tiny.yaml", 7, "offers.tb2.price", "-5", "a price above zero", "Write a price above zero.")
START = Fault("base.yaml", None, "start", "nothing", "a date", "")


def test_a_fault_is_told_in_one_line():
    assert PRICE.told() == (
        "tiny.yaml:7: offers.tb2.price: found -5; expected a price above zero. Write a price above zero."
    )


def test_a_fault_without_line_or_way_out_leaves_both_away():
    assert START.told() == "base.yaml: start: found nothing; expected a date."


def test_a_scenario_error_tells_all_its_faults_in_their_order():
    assert str(ScenarioError([PRICE, START])).splitlines() == [PRICE.told(), START.told()]


def test_a_scenario_error_comes_back_whole_from_another_process():
    back = pickle.loads(pickle.dumps(ScenarioError((PRICE, START))))
    assert back.faults == (PRICE, START)
    assert str(back) == str(ScenarioError((PRICE, START)))


def test_a_scenario_error_without_a_fault_is_no_error():
    with pytest.raises(ValueError, match="at least one fault"):
        ScenarioError(())


def test_the_exit_code_says_whose_fault_it_was():
    assert (OursError("x").exit_code, TheirsError("x").exit_code, ScenarioError([PRICE]).exit_code) == (
        1,
        2,
        2,
    )


def test_a_name_far_from_all_others_gets_no_guess():
    assert nearest("zzz", ["acme", "borealis"]) == "Known: acme, borealis."


def test_an_unknown_name_becomes_a_fault_with_the_nearest():
    where = "policies.dual.orders[0].offer"
    fault = unknown_name_fault("tiny.yaml", 3, where, "tb3", ["mq9b", "tb2"], "offer")
    assert fault == (
        "tiny.yaml",
        3,
        where,
        "'tb3'",
        "the name of a known offer",
        "Did you mean 'tb2'? Known: mq9b, tb2.",
    )
