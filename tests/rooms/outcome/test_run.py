"""What a ledger says of the run as a whole, and which ledgers are refused.

The clock: day 0 is 1 April 2025, 30 April is day 29, 31 May day 60, 30 June day 90, 31 March 2026 day 364.
Every number is worked out beside it.

Why: the headline of a study is a mean of these rows.
"""

from __future__ import annotations

import pytest

from sim.engine import entries
from sim.engine.entries import (
    DueRecord,
    Obligated,
    OpeningStock,
    Paid,
    TargetSet,
)
from sim.engine.ledger import Run
from sim.errors import OursError
from sim.outcome import measure
from sim.outcome.books import Books
from sim.outcome.fleet import Fleet
from sim.outcome.offers import Offers
from tests.rooms.outcome.ledgers import (
    DUE,
    outcome,
    served,
    two_missions,
)

# --- the run as a whole


def test_fulfilment_and_joint_success_are_over_the_missions() -> None:
    ledger = [*served(10, 12), *served(10, 4, "w#1", "wasp")]
    found = outcome(ledger).run
    # watch weighs 3 and is full, raid weighs 1 and has 4 of 10: (3 x 1 + 1 x 0.4) / 4
    assert found.fulfilment == pytest.approx(0.85, abs=1e-15)
    # units that do not count fulfil nothing
    assert outcome([*served(10, 12, "b#1", "moth"), *served(10, 4, "w#1", "wasp")]).run.fulfilment == 0.1
    assert found.all_met
    assert not outcome(ledger, two_missions(joint=("watch", "raid"))).run.all_met
    more = [*ledger, *served(80, 6, "w#2", "wasp")]
    # the raid is due on day 90, its own day
    assert outcome(more, two_missions(joint=("watch", "raid"))).run.all_met


def test_the_home_share_is_of_ordered_units_in_service() -> None:
    ledger = [
        OpeningStock(0, "watch", 50),
        *served(10, 6),
        *served(11, 2, "h#1", "hawk"),
        *served(DUE + 1, 9, "h#2", "hawk"),
    ]
    # 2 hawks of 8; the opening stock has no country, and nine hawks come too late
    assert outcome(ledger).run.home_share == 0.25
    assert outcome(served(10, 6)).run.home_share == 0.0
    assert outcome([OpeningStock(0, "watch", 50)]).run.home_share is None


def test_an_outcome_carries_the_ledgers_digest_and_its_numbers() -> None:
    scenario = two_missions()
    ledger = (TargetSet(0, "watch", 10), TargetSet(0, "raid", 10), DueRecord(60, "watch"), DueRecord(90, "raid"))
    run = Run(scenario, "typed", 3, 7, ledger, 0)
    found = measure(run)
    assert (found.policy_id, found.parameter_number, found.luck_number) == ("typed", 3, 7)
    assert found.run.digest == run.digest()


# --- ledgers that cannot be


def test_a_ledger_without_a_target_or_a_due_record_is_refused() -> None:
    scenario = two_missions()
    with pytest.raises(OursError, match="watch is due without a target"):
        measure(Run(scenario, "p", 0, 0, (DueRecord(60, "watch"),), 0))
    with pytest.raises(OursError, match="no due record of raid"):
        measure(Run(scenario, "p", 0, 0, (TargetSet(0, "watch", 1), DueRecord(60, "watch")), 0))


def test_money_for_an_unknown_contract_is_refused() -> None:
    with pytest.raises(OursError, match="a payment for a#1; expected it obligated before"):
        outcome([Paid(5, "a#1", "shield", 2025, 1, 1)])
    with pytest.raises(OursError, match="a#1 is obligated; expected its units in tender before"):
        outcome([Obligated(5, "a#1", "shield", 2025, 1)])


NOT_MEASURED = {
    "Announced", "BudgetRate", "CancelDecided", "Decided", "ExchangeRate", "Gained", "Graduated", "Grounded",
    "Passed", "PeopleLeft", "Quoted", "Released", "Reserved", "Reviewed", "SeatsBought", "SeatsOpen",
    "ShockStruck", "TypeApproved", "Withdrawn",
}  # fmt: skip
"""Kinds no measure rests on. A new kind belongs here or to a reader."""


def test_every_kind_of_entry_is_measured_or_known_not_to_be() -> None:
    scenario = two_missions()
    read = {kind.__name__ for kind in {**Fleet(scenario, Offers(scenario)).readers(), **Books(scenario).readers()}}
    kinds = {
        name
        for name, kind in vars(entries).items()
        if isinstance(kind, type) and issubclass(kind, tuple) and not name.startswith("_") and name != "UnitMove"
    }
    assert not read & NOT_MEASURED
    assert kinds - read == NOT_MEASURED
