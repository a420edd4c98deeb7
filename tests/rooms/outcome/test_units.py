"""Where units are, and whether and when a mission has enough, on ledgers written by hand.

The clock: day 0 is 1 April 2025, 30 April is day 29, 31 May day 60, 30 June day 90, 31 March 2026 day 364.
Every number is worked out beside it.

Why: outcomes are what a planner reads, and a wrong one looks as plausible as a right one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sim.engine.entries import (
    PLACES,
    Accepted,
    Arrived,
    Available,
    Awarded,
    Crewed,
    DayCome,
    Decided,
    Deployed,
    LeftOnTime,
    LeftWorks,
    Lost,
    MonthEnd,
    OpeningStock,
    Permitted,
    Reopened,
    Retired,
    TargetSet,
    Tendered,
)
from sim.scenario.resolved import Scenario
from tests.rooms.outcome.ledgers import (
    DUE,
    HORIZON,
    WAY,
    lot,
    one_lot_in_every_place,
    outcome,
    served,
    two_missions,
    watch_row,
)

# --- where the missing units are


def test_every_place_is_counted_by_its_own_moves() -> None:
    row = watch_row([OpeningStock(0, "watch", 5), *one_lot_in_every_place()])
    # ordered 1+2+3+4+5+6+7+8+18+4+6; in service 5 from the start and 18 - 2 lost - 3 retired
    assert (row.opening, row.ordered, row.deployed) == (5, 64, 18)
    places = [getattr(row, place) for place in PLACES]
    # tender, approval, queue, production, parts, shipping, acceptance, crew, fielding, deployed, lost, retired,
    # cancelled (4 failed in tender, 6 called off)
    assert places == [1, 2, 4, 3, 0, 5, 6, 7, 8, 18, 2, 3, 10]
    # 10 wanted, 5 owned, 64 ordered
    assert row.not_ordered == -59
    assert row.target - row.deployed == row.not_ordered + sum(places) - row.deployed


def test_what_is_open_again_is_not_ordered() -> None:
    row = watch_row([*lot([Tendered, Reopened], [1, 5], 8), Tendered(6, "a#1.2", -1, "watch", "kite", 3)])
    # 8 out to tender and back, 3 out again; 10 - 0 - 3
    assert (row.ordered, row.tender, row.not_ordered) == (3, 3, 7)
    # a part of an order that is cut: 8 went out, 3 are open again
    row = watch_row([*lot(WAY[:1], [1], 8), Reopened(5, "a#1", -1, "watch", "kite", 3)])
    assert (row.ordered, row.tender, row.not_ordered) == (5, 5, 5)


def test_a_lot_may_be_crewed_in_parts() -> None:
    # twelve accepted, ten crews: ten in service, two waiting for crew
    ledger = [*lot(WAY[:6], [0] * 6, 12), *lot(WAY[6:], [1, 2], 10)]
    row = watch_row(ledger)
    assert (row.deployed, row.waiting_crew, row.fielding, row.met) == (10, 2, 0, True)


def test_the_row_tells_of_the_due_day_and_nothing_later() -> None:
    ledger = [*lot(WAY, [0, 1, 2, 3, 4, 5, 6, DUE + 1], 10), Available(DUE + 1, "watch", 10)]
    row = watch_row(ledger)
    assert (row.deployed, row.fielding, row.available, row.met) == (0, 10, 0, False)
    # the same lot on the due day itself is in time
    row = watch_row([*served(DUE, 10), Available(DUE, "watch", 9)])
    assert (row.deployed, row.fielding, row.available, row.met) == (10, 0, 9, True)


MOVES = st.lists(st.tuples(st.integers(0, 11), st.integers(1, 9)), max_size=60)


@given(moves=MOVES, opening=st.integers(0, 9))
def test_the_missing_units_add_up_whatever_happens(moves: list[tuple[int, int]], opening: int) -> None:
    """Random legal moves of units, counted beside by a counter of places."""
    here: Counter[str] = Counter(deployed=0)
    ledger: list[Any] = [OpeningStock(0, "watch", opening), Decided(0, "o", "kite_acme", "watch", 9)]
    kinds = [Awarded, Permitted, DayCome, LeftOnTime, LeftWorks, Arrived, Accepted, Crewed, Deployed, Lost, Retired]
    ordered = 0
    for day, (choice, units) in enumerate(moves, start=1):
        if choice == len(kinds):
            ledger.append(Tendered(day, f"o{day}", -1, "watch", "kite", units))
            here["tender"] += units
            ordered += units
            continue
        kind = kinds[choice]
        assert kind.source is not None and kind.target is not None
        units = min(units, here[kind.source])
        if units:
            ledger.append(kind(day, "o", 0, "watch", "kite", units))
            here[kind.source] -= units
            here[kind.target] += units
    here["deployed"] += opening
    row = outcome(ledger, replace_due(90)).missions[0]
    assert {place: getattr(row, place) for place in PLACES} == {place: here[place] for place in PLACES}
    others = sum(here.values()) - here["deployed"]
    assert row.target - row.deployed == (row.target - opening - ordered) + others
    assert row.not_ordered == row.target - opening - ordered


def replace_due(day: int) -> Scenario:
    scenario = two_missions()
    return replace(
        scenario,
        missions={id: replace(each, due_day=day) for id, each in scenario.missions.items()},
    )


# --- met, and when


def test_a_target_is_reached_at_the_end_of_the_day_that_completes_it() -> None:
    row = watch_row([*served(10, 6, "a#1"), *served(20, 4, "a#2")])
    assert (row.reached, row.reached_day, row.met) == (True, 20, True)
    # on day 20 the tenth unit comes and one is lost; the replacement comes on day 70, after the due day
    row = watch_row(
        [*served(10, 6, "a#1"), *served(20, 4, "a#2"), Lost(20, "a#1", 0, "watch", "kite", 1), *served(70, 1, "a#3")]
    )
    assert (row.reached, row.reached_day, row.met, row.deployed) == (True, 70, False, 9)


def test_a_target_never_reached_is_censored_at_the_horizon() -> None:
    row = watch_row(served(10, 9))
    assert (row.reached, row.reached_day) == (False, HORIZON + 1)
    # reached on the very last day
    row = watch_row([*served(10, 9), *served(HORIZON, 1, "a#2")])
    assert (row.reached, row.reached_day) == (True, HORIZON)


def test_opening_stock_may_reach_the_target_on_the_first_day() -> None:
    row = watch_row([OpeningStock(0, "watch", 10)])
    assert (row.reached, row.reached_day, row.met, row.available, row.not_ordered) == (True, 0, True, 10, 0)


def test_success_is_judged_against_the_target_on_the_due_day() -> None:
    raised = watch_row([*served(10, 10), TargetSet(30, "watch", 12)])
    assert (raised.target, raised.met, raised.not_ordered) == (12, False, 2)
    # the target of its day was reached on day 10
    assert (raised.reached, raised.reached_day) == (True, 10)
    lowered = watch_row([*served(10, 8), TargetSet(30, "watch", 8)])
    assert (lowered.target, lowered.met, lowered.reached_day) == (8, True, 30)
    # a change after the due day is another question
    late = watch_row([*served(10, 10), TargetSet(DUE + 1, "watch", 12)])
    assert (late.target, late.met) == (10, True)


def test_a_target_lowered_to_what_is_there_is_reached_that_day() -> None:
    row = watch_row([*served(10, 8), TargetSet(100, "watch", 8)])
    assert (row.target, row.met, row.reached, row.reached_day) == (10, False, True, 100)


def test_units_below_the_lowest_quality_serve_but_do_not_count() -> None:
    row = watch_row([*served(10, 6, "a#1"), *served(11, 7, "b#1", "moth")])
    assert (row.deployed, row.deployed_counted, row.met, row.reached) == (13, 6, False, False)
    # the identity is over all units: 10 - 13 = -3 = 10 - 0 - 13 + 0
    assert row.target - row.deployed == row.not_ordered == -3
    # just good enough is good enough: finches are of the lowest quality
    assert watch_row(served(11, 3, "f#1", "finch")).deployed_counted == 3
    # one of the moths lost changes nothing that counts
    lost = watch_row([*served(11, 7, "b#1", "moth"), Lost(12, "b#1", 0, "watch", "moth", 1)])
    assert (lost.deployed, lost.deployed_counted, lost.lost) == (6, 0, 1)


def test_strength_weighs_quality_by_the_law() -> None:
    ledger = [
        OpeningStock(0, "watch", 2),
        *served(10, 3, "a#1"),
        *served(11, 2, "h#1", "hawk"),
        *served(12, 5, "b#1", "moth"),
    ]
    # linear: 2 x 1 (opening stock is of reference quality) + 3 x 1 + 2 x 4; moths do not count
    linear = watch_row(ledger)
    assert (linear.strength, linear.strength_met, linear.met) == (13.0, True, False)
    # ten of reference quality are exactly strong enough
    assert watch_row(served(10, 10), two_missions(15_000)).strength_met
    # square: (2 + 3 + 2 x sqrt 4)^2 = 81, asked for 10^2
    square = watch_row(ledger, two_missions(20_000))
    assert (square.strength, square.strength_met) == (81.0, False)


def test_months_tell_what_is_in_service_and_on_its_way() -> None:
    ledger = [
        OpeningStock(0, "watch", 2),
        *one_lot_in_every_place(),
        Available(9, "watch", 17),
        MonthEnd(29),
        *served(50, 4, "w#1", "wasp"),
        MonthEnd(60),
    ]
    rows = [tuple(row) for row in outcome(ledger).monthly]
    # 15 of 18 kites and 2 in stock; on their way 1+2+4+3+5+6+7+8; wasps ordered on day 0 wait in fielding
    assert rows == [
        (0, "watch", 15, 17, 36),
        (0, "raid", 0, 0, 4),
        (1, "watch", 15, 17, 36),
        (1, "raid", 4, 0, 0),
    ]
