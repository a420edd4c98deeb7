"""Faults in what drives an answer, what a step buys, and which runs a command knows as its own.

Each is one mistake a careful person could make, with the test that must turn red.

Why: these commands run for an hour and are read once, so that nobody sees the second answer.
"""

from __future__ import annotations

from typing import Final

from tests.broken.planter import Fault

ROOMS: Final = "tests/rooms/study"

DRIVING: Final = (
    Fault(
        "a cache in the digest of kept runs",
        "sim/study/stored_cases.py",
        "for each in fields(scenario) if each.compare}",
        "for each in fields(scenario)}",
        f"{ROOMS}/test_stored_cases.py::test_a_second_command_finds_the_runs_of_the_first",
    ),
    Fault(
        "boxes looked for along the inputs that show least",
        "sim/study/sensitivity/prominent.py",
        "sorted(order[:most])",
        "sorted(order[-most:])",
        f"{ROOMS}/test_prominent.py::test_the_box_of_one_input_among_two_hundred_is_found",
    ),
    Fault(
        "a weighted chance by its standard error alone",
        "sim/study/sensitivity/learning.py",
        "worth = min(worth, value * (1.0 - value) / variance)",
        "worth = value * (1.0 - value) / variance",
        "tests/textbook/test_learning.py::test_a_rare_weighted_chance_is_covered",
    ),
    Fault(
        "a full subsidy turned up, where there is no more to be had",
        "sim/study/handles.py",
        "return -(-most // STEPS), True",
        "return -(-most // STEPS), False",
        f"{ROOMS}/test_slopes_down.py::test_a_subsidy_at_its_most_goes_down_to_none_and_is_told_by_what_its_last_step_buys",
    ),
    Fault(
        "a line that never opens counted as open on the first day",
        "sim/study/home_columns.py",
        'scenario.clock.horizon_day + 1 if name in ("order_day", "open_day") else 0',
        "0",
        f"{ROOMS}/test_home_columns.py::test_a_line_that_no_order_reaches_opens_the_day_after_the_horizon_and_delivers_nothing",
    ),
    Fault(
        "two worst regrets told apart by the kindest world",
        "sim/study/regrets_apart.py",
        "return min(least)",
        "return max(least)",
        f"{ROOMS}/test_robustness.py::test_worst_regrets_in_different_worlds_are_apart_by_what_their_own_bounds_leave",
    ),
    Fault(
        "rows left as they came",
        "sim/store/columns.py",
        "return data.take(whole(order))",
        "return data",
        "tests/rooms/test_store.py::test_a_digest_knows_neither_the_cut_nor_the_order_of_the_rows",
    ),
)
