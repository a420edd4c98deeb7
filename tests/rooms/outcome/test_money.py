"""What a ledger says of money, on ledgers written by hand.

The clock: day 0 is 1 April 2025, 30 April is day 29, 31 May day 60, 30 June day 90, 31 March 2026 day 364.
Every number is worked out beside it.

Why: the books balance to the yen or they say nothing.
"""

from __future__ import annotations

from typing import Any

from sim.engine.entries import (
    Appropriated,
    Awarded,
    CarriedIn,
    CarriedOut,
    Charged,
    Gained,
    Lapsed,
    Lost,
    Obligated,
    OpeningStock,
    Owed,
    Paid,
    Released,
    Reserved,
    Returned,
    Settled,
    Tendered,
    Used,
)
from sim.engine.running_cost import RunningCost
from tests.rooms.outcome.ledgers import (
    WAY,
    lot,
    outcome,
    served,
    watch_row,
)

# --- money


def a_year_of_money() -> list[Any]:
    return [
        Appropriated(0, "shield", 2025, 1_000),
        Used(1, "reserve", "shield", 2025, 50),
        Reserved(2, "a#1", "shield", 2025, 600),
        *lot(WAY[:1], [2], 6),
        Released(40, "a#1", "shield", 2025, 600),
        Obligated(40, "a#1", "shield", 2025, 600),
        *lot(WAY[1:2], [40], 6),
        Paid(40, "a#1", "shield", 2025, 180, 190),
        Charged(40, "a#1", "shield", 2025, 10),
        Paid(70, "a#1", "shield", 2025, 210, 205),
        Gained(70, "a#1", "shield", 5),
        Returned(80, "a#1", "shield", 2025, 100),
        Lapsed(364, "shield", 2025, 290),
        CarriedOut(364, "shield", 2025, 150),
        CarriedIn(365, "shield", 2026, 150),
    ]


def test_every_column_of_the_books_is_its_own_sum() -> None:
    rows = {(row.line, row.fiscal_year): row for row in outcome(a_year_of_money()).money}
    year = rows["shield", 2025]
    assert year._asdict() == {
        "line": "shield",
        "fiscal_year": 2025,
        "appropriated": 1_000,
        "carried_in": 0,
        "returned": 100,
        "obligated": 650,  # 600 signed and 50 used
        "fx_charged": 10,
        "lapsed": 290,
        "carried_out": 150,
        "owed": 0,
        "paid": 445,  # 50 used, 190 and 205 paid
    }
    # R13: 1,000 + 0 + 100 = 650 + 10 + 290 + 150
    left = year.appropriated + year.carried_in + year.returned
    assert left == year.obligated + year.fx_charged + year.lapsed + year.carried_out == 1_100
    # what is carried past the horizon, and a line nothing happened to
    assert rows["shield", 2026].carried_in == 150
    assert rows["sea", 2025][2:] == (0,) * 9
    assert ("sea", 2026) not in rows


def test_cost_is_what_was_paid_and_what_is_still_open() -> None:
    found = outcome(a_year_of_money())
    # paid 50 + 190 + 205; open 600 - 180 - 210 planned - 100 returned = 110
    assert found.run.cost == 445 + 110
    # paid ten above plan and five below
    assert found.run.fx == 5
    assert (found.run.owed, found.run.lapsed) == (0, 290)
    # the use serves no mission, and nothing entered service
    assert found.missions[0].unit_cost is None


def test_a_unit_costs_its_missions_contracts_over_the_units_that_entered_service() -> None:
    money = [
        Appropriated(0, "shield", 2025, 5_000),
        Obligated(0, "a#1", "shield", 2025, 700),
        Paid(0, "a#1", "shield", 2025, 300, 320),
        Obligated(0, "w#1", "shield", 2025, 90),
        Used(0, "reserve", "shield", 2025, 1_000),
    ]
    ledger = [
        *money,
        *served(10, 4),
        *served(70, 2),
        *served(20, 3, "w#1", "wasp"),
        Lost(80, "a#1", 0, "watch", "kite", 1),
    ]
    watch, raid = outcome(ledger).missions
    # (320 + 400 still open) / 6 that entered service, one of them lost since and two after the due day
    assert watch.unit_cost == 120
    # two contracts: 720 and 180 over 6
    second = [*lot(WAY[:2], [0, 0], 1, "a#2"), Obligated(0, "a#2", "shield", 2025, 180)]
    assert watch_row([*ledger, *second]).unit_cost == 150
    # 90 open / 3
    assert raid.unit_cost == 30
    # half up: 721 / 6 = 120.17, 723 / 6 = 120.5
    assert watch_row([*ledger, Paid(90, "a#1", "shield", 2025, 0, 3)]).unit_cost == 121


def test_what_cannot_be_charged_is_owed_and_settled_from_the_next_money() -> None:
    ledger = [
        Appropriated(0, "shield", 2025, 100),
        *lot(WAY[:2], [0, 0], 1),
        Obligated(0, "a#1", "shield", 2025, 100),
        Paid(10, "a#1", "shield", 2025, 100, 130),
        Owed(10, "a#1", "shield", 30),
        Appropriated(20, "shield", 2025, 25),
        Settled(20, "shield", 2025, 25),
    ]
    found = outcome(ledger)
    row = next(row for row in found.money if row.line == "shield")
    # 100 + 25 = 100 obligated + 25 charged; 30 arose as debt, 5 are left; differences 30 = 25 charged + 5 owed
    assert (row.appropriated, row.obligated, row.fx_charged, row.owed) == (125, 100, 25, 30)
    assert (found.run.fx, found.run.owed, found.run.cost) == (30, 5, 130)


def test_a_signature_of_the_past_for_more_than_there_was_costs_its_whole_price() -> None:
    ledger = [
        Appropriated(0, "shield", 2025, 60),
        Tendered(0, "past", -1, "watch", "kite", 1),
        Owed(0, "past", "shield", 40),
        Obligated(0, "past", "shield", 2025, 60),
        Awarded(0, "past", -1, "watch", "kite", 1),
        Paid(5, "past", "shield", 2025, 30, 30),
    ]
    found = outcome(ledger)
    # 30 paid, 70 of the 100 still open; 40 are owed
    assert (found.run.cost, found.run.owed) == (100, 40)
    # a later loss on the same contract is no part of its price: 30 + 35 paid, 40 open
    later = outcome([*ledger, Paid(6, "past", "shield", 2025, 30, 35), Owed(6, "past", "shield", 5)])
    assert (later.run.cost, later.run.owed) == (105, 45)


def test_outlays_belong_to_the_year_they_are_paid_in() -> None:
    ledger = [
        Tendered(0, "a#1", -1, "watch", "kite", 1),
        Obligated(0, "a#1", "shield", 2025, 100),
        Paid(365, "a#1", "shield", 2025, 100, 100),
    ]
    rows = {row.fiscal_year: row for row in outcome(ledger).money if row.line == "shield"}
    # day 365 is 1 April 2026
    assert (rows[2025].obligated, rows[2025].paid, rows[2026].paid) == (100, 0, 100)


def test_spending_is_told_by_month_and_line() -> None:
    assert [tuple(row) for row in outcome(a_year_of_money()).spending] == [
        (0, "shield", 50, 50),  # April: the use
        (1, "shield", 600, 190),  # day 40, 11 May: signed, and paid at signing
        (2, "shield", 0, 205),  # day 70, 10 June
    ]


# --- running cost


def test_running_cost_counts_unit_days_after_the_deadline() -> None:
    ledger = [
        RunningCost(0, "watch", 1_461, 0),
        RunningCost(0, "raid", 1_000, 0),
        *served(10, 6),
        *served(100, 4, "a#2"),
        Lost(200, "a#1", 0, "watch", "kite", 1),
    ]
    found = outcome(ledger)
    # days 61..364 are 304; 6 units all the time, 4 from day 100 on (265 days), one less from day 200 on (165 days)
    # 6 x 304 + 4 x 265 - 165 = 2,719 unit-days at 1,461 / 365.25 = 4 yen a day
    assert found.missions[0].running_cost == 4 * 2_719
    assert found.missions[1].running_cost == 0
    assert found.run.running_cost == 4 * 2_719


def test_running_cost_may_be_a_share_of_the_price() -> None:
    ledger = [
        RunningCost(0, "watch", 0, 1_000),
        *served(10, 6),
        Obligated(0, "a#1", "shield", 2025, 6 * 14_610),
    ]
    # 10 % of 14,610 a year is 4 yen a day; 6 units on 304 days
    assert watch_row(ledger).running_cost == 4 * 6 * 304
    # in service, but no price was ever signed
    assert watch_row([RunningCost(0, "watch", 0, 1_000), OpeningStock(0, "watch", 1)]).running_cost is None
    # nothing in service costs nothing, whatever its price
    assert watch_row([RunningCost(0, "watch", 0, 1_000)]).running_cost == 0


def test_a_running_cost_nobody_published_is_not_known() -> None:
    found = outcome([RunningCost(0, "raid", 1_000, 0), *served(10, 6)])
    assert found.missions[0].running_cost is None
    assert found.run.running_cost is None


class _Plain:
    def date(self, day: int) -> str:
        return f"day {day}"

    def name(self, id: str) -> str:
        return id


def test_a_running_cost_says_itself() -> None:
    assert RunningCost(0, "watch", 2_200_000_000, 0).sentence(_Plain()) == (
        "A unit in service of watch costs ¥2,200,000,000 a year."
    )
    assert RunningCost(0, "watch", 0, 500).sentence(_Plain()) == (
        "A unit in service of watch costs 5.00 % of its price a year."
    )
    assert not RunningCost.decision
