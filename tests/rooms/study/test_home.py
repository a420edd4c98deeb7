"""What home production came to, counted by hand from a few rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.study.home import cost_steps, deliveries, flows, parts_by_origin, rates, waits
from tests.stories.builder import scenario
from tests.stories.home_builder import two_legs

LEGS = scenario(**two_legs(), horizon="2025-09-30")
"""April to September 2025: six months; ``maker`` abroad, ``home`` at home, both for ``watch``."""
RUNS = np.array([0, 2])
"""Two runs; run 1 failed and has no rows."""


def columns(names: str, *rows: tuple[Any, ...]) -> dict[str, Any]:
    return {
        name: np.array([row[place] for row in rows], object if isinstance(rows[0][place], str) else np.int64)
        for place, name in enumerate(names.split())
    }


def test_deliveries_add_up_by_leg_and_a_run_without_rows_has_none() -> None:
    found = columns("replication offer month deployed", (0, "maker", 1, 4), (0, "home", 3, 6), (2, "maker", 1, 2))
    both = deliveries(found, LEGS, RUNS, ("watch",))
    assert both.abroad.tolist() == [0, 3, 3, 3, 3, 3]
    assert both.home.tolist() == [0, 0, 0, 3, 3, 3]
    assert (both.low[-1], both.high[-1]) == (2, 10)
    assert deliveries(found, LEGS, RUNS, ("raid",)).abroad.sum() == 0


def test_a_rate_is_the_mean_of_three_months_or_of_as_many_as_there_are() -> None:
    rows = [(0, "home", 0, 6, 0, 3), (0, "home", 1, 0, 3, 3), (0, "home", 2, 3, 0, 3), (2, "home", 0, 0, 0, 0)]
    found = rates(columns("replication offer month built exported promised", *rows), LEGS, RUNS, ("home",))
    # run 0 builds 6, 3, 3, 0, 0, 0 and run 2 nothing: means of three months 6, 4.5, 4, 2, 1, 0, halved
    assert found.mean.tolist() == [3, 2.25, 2, 1, 0.5, 0]
    assert found.promised.tolist() == [1.5, 1.5, 1.5, 1, 0.5, 0]
    assert found.quantiles[2].tolist() == found.mean.tolist()


def test_costs_are_taken_in_doublings_of_the_count() -> None:
    rows = [
        (0, "home", 0, 1, 0, 100, 10, 1), (0, "home", 1, 1, 1, 120, 20, 2), (0, "home", 2, 4, 0, 160, 40, 4),
        (2, "home", 5, 1, 0, 300, 10, 1),
    ]  # fmt: skip
    names = "replication offer month built exported labour_yen overhead_yen parts_yen"
    first, second, third = cost_steps(columns(names, *rows), "home")
    assert first == (1, 1, 2, 200, 10, 1)
    assert second == (2, 3, 2, 60, 10, 1)
    assert third == (4, 7, 4, 40, 10, 1)
    assert cost_steps(columns(names, *rows), "other") == ()


def test_parts_are_means_over_all_runs() -> None:
    found = columns("family origin yen", ("motor", "China", 6), ("motor", "Japan", 2), ("motor", "China", 2))
    assert parts_by_origin(found, 2) == {("motor", "China"): 4, ("motor", "Japan"): 1}


def test_a_line_that_was_not_ordered_has_no_days() -> None:
    names = "replication offer month opening_days parts_days building_days idle_days"
    found = waits(columns(names, (0, "home", 1, 10, 5, 15, 1)), LEGS, RUNS, "home")
    assert found["opening_days"].tolist() == [0, 5, 0, 0, 0, 0]
    assert found["idle_days"][1] == 0.5


def test_flows_go_from_maker_to_mission_the_dearest_first() -> None:
    names = "offer mission signed deployed_due cost"
    found = columns(names, ("home", "watch", 4, 2, 100), ("maker", "watch", 6, 6, 300), ("maker", "watch", 2, 0, 100))
    first, second = flows(found, LEGS, 2)
    assert first == ("house", "watch", False, 4, 3, 200)
    assert second == ("firm", "watch", True, 2, 1, 50)


def test_a_failed_run_is_not_counted_among_the_runs() -> None:
    with pytest.raises(KeyError):
        deliveries(columns("replication offer month deployed", (1, "maker", 0, 1)), LEGS, RUNS, ("watch",))
