"""What remains after the deadline: stocks under a contingency, shares and running cost, from rows made by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.outcome import MonthRow, PartRow
from sim.study.aftermath import aftermath, contingency_of, days_of_supply
from sim.study.statistics import quantile
from tests.rooms.study.handmade import mission_row, outcome, stored, tiny

ATTACK, WATCH = "small_attack", "wide_area_surveillance"
DUE_MONTH, MONTHS = 35, 48


def contingency():
    """The tiny scenario with losses of small drones from the day after the deadline."""
    losses = (
        "{kind: losses, from: 2028-04-01, subjects: {missions: [small_attack]}, size: {value: 15, unit: percent/month},"
        " source: 'assumption: the test has it so', confidence: assumption}"
    )
    return tiny(f"shocks={{war: {losses}}}")


def made(number: int):
    """Small drones: 100 until the deadline, then 10 fewer a month in even futures; home share and cost by number."""
    months = []
    for month in range(MONTHS):
        lost = 10 * max(0, month - DUE_MONTH) if number % 2 == 0 else 0
        months += [MonthRow(month, ATTACK, max(0, 100 - lost), 0, 0), MonthRow(month, WATCH, 4, 0, 0)]
    found = outcome("typed", number, (mission_row(ATTACK, 100, 100), mission_row(WATCH, 4, 4)))
    run = found.run._replace(home_share=None if number == 3 else number / 10, running_cost=number * 10**9)
    parts = (PartRow("motor", "China", 10, 30), PartRow("radio", "Japan", 10, 10)) if number < 2 else ()
    return replace(found, monthly=tuple(months), run=run, parts=parts)


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    study = stored(tmp_path_factory.mktemp("after") / "study", contingency(), {"typed": [made(k) for k in range(6)]})
    found = aftermath(study, ("typed",), floor=0.75)
    return {(row["mission"], row["measure"]): row for row in found.grids["left"].records()}


def test_stocks_last_until_the_first_month_end_below_the_floor(rows):
    """100 on the eve; 90, 80, 70 at the ends of April, May and June 2028: below 75 on 30 June, 91 days from 1 April.

    In odd futures nothing is lost by the horizon, 365 days from 1 April 2028.
    """
    assert rows[ATTACK, "days_of_supply p10"]["value"] == 91
    assert rows[ATTACK, "days_of_supply p50"]["value"] == 91
    assert rows[ATTACK, "days_of_supply p90"]["value"] == 365
    assert (ATTACK, "days_of_supply p50") in rows and (WATCH, "days_of_supply p50") not in rows


def test_nothing_on_the_eve_lasts_no_day():
    # of four, two are half and last; one is less
    stock = np.array([[0, 0, 0], [4, 3, 1], [4, 2, 1], [4, 1, 1]])
    assert days_of_supply([29, 59, 89], stock, 30, 0.5, 89).tolist() == [0, 60, 60, 30]


def test_a_share_that_is_not_known_is_left_out_and_is_no_failure(rows):
    """0, 0.1, 0.2, 0.4, 0.5: the third of five."""
    row = rows["", "home_share p50"]
    assert (row["value"], row["n"], row["N"]) == (0.2, 5, 5)
    assert row["low"] == quantile([0, 0.1, 0.2, 0.4, 0.5], 0.5).low
    assert rows["", "running_cost p90"]["value"] == 5 * 10**9


def test_parts_are_shared_among_their_origins_by_value(rows):
    assert rows["", "parts_from China"]["value"] == 0.75
    assert rows["", "parts_from Japan"]["value"] == 0.25
    assert rows["", "parts_from China"]["n"] == 2


def test_a_scenario_without_losses_after_the_deadline_asks_for_no_supply():
    assert contingency_of(tiny().scenario) is None
    assert contingency_of(contingency().scenario) == (1096, (ATTACK,))
