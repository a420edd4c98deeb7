"""Faults of home production: learning, the two meters of a line, commitment, price, exports and parts.

Each is a mistake about R19 to R26 that a careful person could make, with the test that must turn red.

Why: a ramp that is wrong by a few days or a few hours looks exactly like a ramp.
"""

from __future__ import annotations

from tests.broken.planter import Fault

LEARNING: tuple[Fault, ...] = (
    Fault(
        name="the floor of the hours is ignored",
        file="sim/rules/learning.py",
        find="    return max(_on_curve(first_minutes, slope, n), floor_minutes)",
        replace="    return _on_curve(first_minutes, slope, n)",
        test="tests/textbook/test_rules_learning.py::test_no_unit_takes_less_than_the_floor",
    ),
    Fault(
        name="the curve's exponent has the other sign",
        file="sim/rules/learning.py",
        find="    return round_half_up(first * slope ** log2(n))",
        replace="    return round_half_up(first * slope ** -log2(n))",
        test="tests/textbook/test_rules_learning.py::test_the_first_four_units_of_the_story",
    ),
    Fault(
        name="the slope is read as one of cumulative averages",
        file="sim/rules/learning.py",
        find="    return round_half_up(first * slope ** log2(n))",
        replace="    return round_half_up(first * (n * slope ** log2(n) - (n - 1) * slope ** log2(max(n - 1, 1))))",
        test="tests/textbook/test_learning_tables.py::test_unit_theory_at_80_percent_is_that_of_the_table",
    ),
    Fault(
        name="yield never rises",
        file="sim/rules/learning.py",
        find="    return round_half_up(yinf_bp - (yinf_bp - y0_bp) * exp(-built / scale_units))",
        replace="    return y0_bp",
        test="tests/textbook/test_rules_learning.py::test_yield_rises_from_its_first_value_to_its_last",
    ),
    Fault(
        name="a unit counts in its own yield",
        file="sim/rules/learning.py",
        find="_yield_bp(yield_first_bp, yield_last_bp, yield_scale_units, before)",
        replace="_yield_bp(yield_first_bp, yield_last_bp, yield_scale_units, before + 1)",
        test="tests/textbook/test_rules_learning.py::test_what_fails_is_worked_over_and_costs_its_minutes",
    ),
    Fault(
        name="a break forgets from its first day",
        file="sim/rules/learning.py",
        find="    beyond = idle_days - grace_days",
        replace="    beyond = idle_days",
        test="tests/textbook/test_rules_learning.py::test_a_short_break_forgets_nothing_and_a_long_one_halves",
    ),
)

LINES: tuple[Fault, ...] = (
    Fault(
        name="what a day leaves is kept for a lot that starts later",
        file="sim/rules/production.py",
        find="    return left_over if start_day == done_day else (0, 0)",
        replace="    return left_over",
        test="tests/textbook/test_rules_production.py::test_what_a_day_leaves_is_lost_unless_the_next_lot_starts_that_day",
    ),
    Fault(
        name="a lot is worked on the day it starts",
        file="sim/rules/production.py",
        find="_covered(open_labour, start_day + 1, changes, labour_per_day)",
        replace="_covered(open_labour, start_day, changes, labour_per_day)",
        test="tests/textbook/test_rules_production.py::test_the_first_working_day_is_the_day_after_the_start",
    ),
    Fault(
        name="a lot is done when its labour is",
        file="sim/rules/production.py",
        find="    day = max(labour_day, tooling_day)",
        replace="    day = labour_day",
        test="tests/textbook/test_rules_production.py::test_a_tooling_step_that_arrives_mid_lot_counts_from_its_day",
    ),
    Fault(
        name="labour that waits for tooling is banked",
        file="sim/rules/production.py",
        find="        labour_left = labour_per_day[_piece(changes, day)]",
        replace="        labour_left += labour_per_day[_piece(changes, day)] * (day - labour_day)",
        test="tests/textbook/test_rules_production.py::test_the_slower_meter_decides_and_idle_labour_is_not_banked",
    ),
    Fault(
        name="the rate of the lot's first day is kept",
        file="sim/rules/production.py",
        find="    while piece < last and (done",
        replace="    while piece < 0 and (done",
        test="tests/laws/test_line_by_the_day.py::test_completions_by_division_are_those_of_a_twin_that_lives_every_day",
    ),
    Fault(
        name="the last intake passes the most heads",
        file="sim/rules/production.py",
        find="        heads = min(heads + intake, most)",
        replace="        heads += intake",
        test="tests/textbook/test_rules_production.py::test_heads_join_by_the_month_until_the_line_is_full",
    ),
    Fault(
        name="a firm accepts less than its share of the commitment",
        file="sim/rules/production.py",
        find="    return -(-minimum_units * (full_bp - subsidy_bp) // full_bp)",
        replace="    return minimum_units * (full_bp - subsidy_bp) // full_bp",
        test="tests/textbook/test_rules_production.py::test_a_subsidy_lowers_the_commitment_and_never_below_its_share",
    ),
    Fault(
        name="the margin is on labour only",
        file="sim/rules/production.py",
        find="    return divide_half_up(sixtieths * (BASIS_POINTS + margin_bp), MINUTES_AN_HOUR * BASIS_POINTS)",
        replace="    return divide_half_up(sixtieths * BASIS_POINTS + minutes * labour_yen_hour * margin_bp, MINUTES_AN_HOUR * BASIS_POINTS)",
        test="tests/textbook/test_home_facts.py::test_prices_are_those_checked_beside_the_facts",
    ),
    Fault(
        name="exports at their cap start another lot",
        file="sim/rules/production.py",
        find="    return export_minutes_12_months * BASIS_POINTS < cap_bp * all_minutes_12_months",
        replace="    return export_minutes_12_months * BASIS_POINTS <= cap_bp * all_minutes_12_months",
        test="tests/textbook/test_rules_production.py::test_exports_start_only_below_their_cap",
    ),
)

PARTS: tuple[Fault, ...] = (
    Fault(
        name="parts on order are ordered again",
        file="sim/rules/parts.py",
        find="    return max(needed + safety_pieces - stock - on_order, 0)",
        replace="    return max(needed + safety_pieces - stock, 0)",
        test="tests/textbook/test_rules_parts.py::test_parts_are_ordered_for_what_starts_inside_the_lead",
    ),
    Fault(
        name="of several windows only the worst counts",
        file="sim/rules/parts.py",
        find="        flow, whole = flow * share, whole * BASIS_POINTS",
        replace="        flow = min(flow, pieces * share // BASIS_POINTS)",
        test="tests/textbook/test_rules_parts.py::test_windows_that_overlap_let_through_the_product_of_their_shares",
    ),
)
