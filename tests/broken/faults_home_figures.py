"""Faults of the figures of home production: whose runs, whose promise, which day.

Each is a mistake about what a figure says that a careful person could make, with the test that must turn red.

Why: a picture with a wrong number looks exactly like one with the right number.
"""

from __future__ import annotations

from tests.broken.planter import Fault

HOME_FIGURES: tuple[Fault, ...] = (
    Fault(
        name="what any line of a firm builds keeps its promise",
        file="sim/study/home.py",
        find="for which in (rows, rows & _of_promised_lines(found))",
        replace="for which in (rows, rows)",
        test="tests/rooms/report/test_home_figures.py::test_a_rate_is_that_of_three_months_with_exports_and_its_promise_without",
    ),
    Fault(
        name="a line's units are divided by the leading policy's runs",
        file="sim/report/figures/f82_unit_cost.py",
        find="partial(_draw, material, policy.cost.p50.n, panels)",
        replace="partial(_draw, material, material.leading.cost.p50.n, panels)",
        test="tests/rooms/report/test_home_titles.py::test_units_of_a_future_are_those_of_the_policy_that_is_shown",
    ),
    Fault(
        name="days of the month after the deadline count as days before it",
        file="sim/report/figures/f84_waits.py",
        find="    month = material.calendar.month_index(material.clock.deadline_day) + 1\n",
        replace="    month = material.calendar.month_index(material.clock.deadline_day) + 2\n",
        test="tests/rooms/report/test_home_titles.py::test_a_home_title_is_what_the_rows_say",
    ),
)
