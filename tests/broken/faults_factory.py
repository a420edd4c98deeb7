"""Faults of home production in the engine: lines, stores, sources, firms, purchases, exports, and the home leg.

Each is a mistake about R19 to R26 or R31 that a careful person could make, with the test that must turn red.

Why: a line that builds from parts it does not have looks busy, and only the books can tell.
"""

from __future__ import annotations

from tests.broken.planter import Fault

FACTORY: tuple[Fault, ...] = (
    Fault(
        name="what an embargo holds is on order for good",
        file="sim/engine/home/firm.py",
        find="store.on_order.get(family, 0) - held\n",
        replace="store.on_order.get(family, 0)\n",
        test="tests/stories/test_home_parts.py::test_what_an_embargo_holds_is_withdrawn_and_ordered_where_it_can_leave",
    ),
    Fault(
        name="what is ordered anew elsewhere is not withdrawn",
        file="sim/engine/home/parts.py",
        find="            placed.pieces -= some\n",
        replace="",
        test="tests/stories/test_home_parts.py::test_what_an_embargo_holds_is_withdrawn_and_ordered_where_it_can_leave",
    ),
    Fault(
        name="a lot's kit is looked at and not taken",
        file="sim/engine/home/parts.py",
        find="        self.stock[family] -= pieces\n        while pieces:",
        replace="        while pieces:",
        test="tests/stories/test_home_parts.py::test_an_embargo_stops_the_line_when_the_stock_is_used_up_and_the_first_delayed_parts_start_it_again",
    ),
    Fault(
        name="a lot is begun with one part of its kit short",
        file="sim/engine/home/parts.py",
        find="return all(stock.get(part.family, 0) >= part.pieces * units for part in line.kit)",
        replace="return all(stock.get(part.family, 0) >= part.pieces * units - 1 for part in line.kit)",
        test="tests/stories/test_home_parts.py::test_a_lot_short_by_one_part_waits_for_its_whole_kit",
    ),
    Fault(
        name="a window holds back only what is ordered in it",
        file="sim/engine/home/parts.py",
        find="            self._ready.append(placed)\n            self._depart(placed)",
        replace="            self._ready.append(placed)\n            store.come(self.source, pieces)\n            placed.departed = pieces\n            self._depart(placed)\n            placed.after()",
        test="tests/stories/test_home_parts.py::test_a_lot_short_by_one_part_waits_for_its_whole_kit",
    ),
    Fault(
        name="what a window held back stays when it closes",
        file="sim/engine/home/windows.py",
        find="        self._on_close()\n",
        replace="",
        test="tests/stories/test_home_parts.py::test_an_embargo_stops_the_line_when_the_stock_is_used_up_and_the_first_delayed_parts_start_it_again",
    ),
    Fault(
        name="each firm has a source's whole capacity for itself",
        file="sim/engine/home/parts.py",
        find="            since = max(self._free_since, today)",
        replace="            since = today",
        test="tests/stories/test_home_parts.py::test_two_firms_share_a_source_at_its_capacity",
    ),
    Fault(
        name="a firm takes on whatever is ordered",
        file="sim/engine/home/opening.py",
        find="        if min(units, ramp.units_by(TWO_YEARS_DAYS)) >= asked:",
        replace="        if units:",
        test="tests/stories/test_home_opening.py::test_entry_is_refused_for_too_little_and_granted_when_a_subsidy_lowers_what_is_asked",
    ),
    Fault(
        name="a firm asks for a commitment to a line that runs",
        file="sim/engine/home/opening.py",
        find="        if self.ready or self.ordered or self._agreed:",
        replace="        if self.ordered or self._agreed:",
        test="tests/stories/test_home_opening.py::test_a_line_that_runs_asks_for_nothing",
    ),
    Fault(
        name="a window that lets all through still turns firms to their second source",
        file="sim/engine/home/windows.py",
        find="for each in self._open if each.share < BASIS_POINTS and each.hits(source, user)]",
        replace="for each in self._open if each.hits(source, user)]",
        test="tests/stories/test_home_parts.py::test_a_window_that_lets_all_through_changes_nothing",
    ),
    Fault(
        name="what was made at home is never lost or retired from the home share",
        file="sim/outcome/fleet.py",
        find="            self._count_at_home(tally, entry.order, -entry.units)\n",
        replace="",
        test="tests/stories/test_measures.py::test_a_type_that_is_bought_on_both_legs_counts_at_home_where_its_units_were_made",
    ),
    Fault(
        name="a subsidy is granted and no line pays for it",
        file="sim/engine/home/purchases.py",
        find="        treasury.use(world.days.today, each.name, each.line, each.yen)\n",
        replace="",
        test="tests/stories/test_home_opening.py::test_entry_is_refused_for_too_little_and_granted_when_a_subsidy_lowers_what_is_asked",
    ),
    Fault(
        name="a purchase is made with half of its money",
        file="sim/engine/home/purchases.py",
        find="treasury.free(each.line) < each.yen:",
        replace="2 * treasury.free(each.line) < each.yen:",
        test="tests/stories/test_home_opening.py::test_a_purchase_waits_until_its_whole_price_is_there_if_need_be_for_the_next_fiscal_year",
    ),
    Fault(
        name="a purchase that is paid is paid again",
        file="sim/engine/home/purchases.py",
        find="            if self._pay(each):\n                each.act()\n",
        replace="            if self._pay(each):\n                each.act()\n                self._pay(each)\n",
        test="tests/stories/test_home_opening.py::test_a_development_fails_and_is_taken_up_again_before_the_plant_is_prepared",
    ),
    Fault(
        name="what a day has left is kept for a lot that begins later",
        file="sim/engine/home/line.py",
        find="            job.left_over = passed_on(*self._last, today)",
        replace="            job.left_over = self._last[1]",
        test="tests/stories/test_home_line.py::test_what_a_day_leaves_is_lost_to_a_lot_that_begins_later",
    ),
    Fault(
        name="a line never forgets",
        file="sim/engine/home/line.py",
        find="            if left < self.learnt:",
        replace="            if left < 0:",
        test="tests/stories/test_home_line.py::test_a_long_break_forgets_part_of_what_was_learnt",
    ),
    Fault(
        name="exports go before home lots",
        file="sim/engine/home/firm.py",
        find="        while self._begin_home() or self._begin_export():",
        replace="        while self._begin_export() or self._begin_home():",
        test="tests/stories/test_home_exports.py::test_an_export_starts_only_when_no_home_lot_can",
    ),
    Fault(
        name="a stopped line goes on working",
        file="sim/engine/home/meters.py",
        find="            minutes, tooling = (0, 0) if stopped else self.on(day)",
        replace="            minutes, tooling = self.on(day)",
        test="tests/stories/test_home_line.py::test_a_fire_stops_a_lot_in_its_middle_and_takes_parts_from_the_store",
    ),
    Fault(
        name="a lot under way keeps the last day it had when tooling comes",
        file="sim/engine/home/line.py",
        find="        self.meters.add_slots(self._world.days.today, slots)\n        self._reckon_again()",
        replace="        self.meters.add_slots(self._world.days.today, slots)",
        test="tests/stories/test_home_line.py::test_a_tooling_step_that_arrives_mid_lot_counts_from_its_day",
    ),
    Fault(
        name="lines are served in the order of their names",
        file="sim/engine/home/firm.py",
        find="key=lambda each: each[:2])",
        replace="key=lambda each: each[2].offer.id)",
        test="tests/stories/test_home_line.py::test_lines_of_one_firm_are_served_oldest_lot_first",
    ),
    Fault(
        name="benches and crews are served before the lines have begun",
        file="sim/engine/ladder.py",
        find="AFTER_LINES = 3 << 46",
        replace="AFTER_LINES = 0",
        test="tests/stories/test_home_line.py::test_a_lot_done_with_what_the_day_has_left_finds_the_bench_and_the_crews_of_that_day",
    ),
    Fault(
        name="the development's trial waits for the first arrival",
        file="sim/engine/home/opening.py",
        find="        world.ledger.append(DevelopmentEnded(world.days.today, offer.id))\n        world.approvals.arrived(world.scenario.products[offer.product])\n",
        replace="        world.ledger.append(DevelopmentEnded(world.days.today, offer.id))\n",
        test="tests/stories/test_home_opening.py::test_the_trial_part_of_a_type_s_approval_begins_with_the_end_of_its_development",
    ),
    Fault(
        name="an order is priced as if the line had built nothing",
        file="sim/engine/pricing.py",
        find="line.costing.price(line.learnt + line.units_ahead(), units)",
        replace="line.costing.price(0, units)",
        test="tests/stories/test_home_opening.py::test_an_order_is_priced_behind_what_is_signed_before_it",
    ),
    Fault(
        name="money spent at home counts as spent abroad",
        file="sim/policy/home_leg.py",
        find="    abroad = spent - spent_at_home(seen, mission) if levers.home_offers else spent",
        replace="    abroad = spent",
        test="tests/stories/test_home_rules.py::test_the_share_for_home_is_of_the_whole_year_s_money_for_the_mission",
    ),
    Fault(
        name="today's orders abroad are forgotten in home's share of the money",
        file="sim/policy/home_leg.py",
        find="    spent = abroad_yen + sum(",
        replace="    spent = sum(",
        test="tests/stories/test_home_rules.py::test_the_share_for_home_is_of_the_whole_year_s_money_for_the_mission",
    ),
    Fault(
        name="a decision names a price that nobody has published",
        file="sim/engine/home/industry.py",
        find="HomeBuy(self._world.days.today, what, family, size, offer, line)",
        replace="HomeBuy(self._world.days.today, what, family, yen, offer, line)",
        test="tests/stories/test_home_opening.py::test_entry_is_refused_for_too_little_and_granted_when_a_subsidy_lowers_what_is_asked",
    ),
)
