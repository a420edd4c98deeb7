"""Faults of imports and of history: from the order to the works, and what was decided before the policy begins.

Each is a mistake about R8 or R15 to R17 that a careful person could make, with the story that must turn red.

Why: a delay counted twice, or not at all, moves every arrival and looks like luck.
"""

from __future__ import annotations

from tests.broken.planter import Fault

WORKS: tuple[Fault, ...] = (
    Fault(
        name="the permit is counted twice",
        file="sim/engine/tender.py",
        find="    days = _permit_days(world, contract.order)\n",
        replace="    days = 2 * _permit_days(world, contract.order)\n",
        test="tests/stories/test_imports.py::test_an_order_from_tender_to_base_in_one_whole_ledger",
    ),
    Fault(
        name="the promise runs from the award, permit or not",
        file="sim/engine/tender.py",
        find="    starts = contract.signed_day if signed_is_effective else today",
        replace="    starts = contract.signed_day",
        test="tests/stories/test_tender.py::test_a_promise_that_starts_at_the_award_runs_while_the_permit_is_waited_for",
    ),
    Fault(
        name="the notification's threshold is not reached by itself",
        file="sim/engine/tender.py",
        find="[0] < sale.notification_minor_units:",
        replace="[0] <= sale.notification_minor_units:",
        test="tests/stories/test_government_sale.py::test_a_sale_that_reaches_the_threshold_waits_for_the_notification_too",
    ),
    Fault(
        name="a bar does not fail the tender under way",
        file="sim/engine/tender.py",
        find="    if order.offer.id in world.conditions.barred:\n        return True\n",
        replace="",
        test="tests/stories/test_tender.py::test_a_tender_whose_offer_is_barred_on_its_day_fails",
    ),
    Fault(
        name="the first bar to end lifts them all",
        file="sim/engine/shocks.py",
        find="self._bar([each for each in self._bars if each is not shock])",
        replace="self._bar([])",
        test="tests/stories/test_tender.py::test_an_order_on_a_barred_offer_waits_until_the_bar_ends",
    ),
    Fault(
        name="slip is ignored",
        file="sim/rules/imports.py",
        find="    return divide_half_up(promise_days * slip_bp, BASIS_POINTS)",
        replace="    return promise_days",
        test="tests/stories/test_imports.py::test_twenty_four_aircraft_in_lots_of_six_arrive_as_the_works_make_them",
    ),
    Fault(
        name="all of the slip is the supplier's",
        file="sim/rules/imports.py",
        find="    score = sqrt(share) * supplier_score + sqrt(1 - share) * order_score",
        replace="    score = supplier_score",
        test="tests/stories/test_imports.py::test_slip_has_a_part_of_the_supplier_and_a_part_of_the_order",
    ),
    Fault(
        name="the works serve the queue from its end",
        file="sim/engine/works.py",
        find="signed, _, lot = self._due.pop(0)",
        replace="signed, _, lot = self._due.pop()",
        test="tests/stories/test_imports.py::test_two_orders_share_a_supplier_in_the_order_of_their_signatures",
    ),
    Fault(
        name="the works turn to a lot long before its day",
        file="sim/engine/works.py",
        find="while self._coming and self._coming[0][0] <= today:",
        replace="while self._coming:",
        test="tests/stories/test_imports.py::test_the_next_lot_is_chosen_when_its_day_comes_not_when_the_works_fall_idle",
    ),
    Fault(
        name="capacity from before the signature is used",
        file="sim/engine/works.py",
        find="since = signed if self._last_left is None else max(self._last_left, signed)",
        replace="since = self._last_left or 0",
        test="tests/stories/test_imports.py::test_capacity_before_a_signature_is_nobodys",
    ),
    Fault(
        name="every order queues at one works",
        file="sim/engine/tender.py",
        find="    promise(world, contract)\n    world.works[order.offer.id].take_in(contract)",
        replace="    promise(world, contract)\n    world.works[min(world.works)].take_in(contract)",
        test="tests/stories/test_imports.py::test_two_offers_of_one_supplier_do_not_share_a_queue",
    ),
    Fault(
        name="a diversion never ends",
        file="sim/engine/shocks.py",
        find="end = self._world.scenario.clock.horizon_day + 1 if shock.end_day is None else shock.end_day",
        replace="end = self._world.scenario.clock.horizon_day + 1",
        test="tests/stories/test_imports.py::test_a_supplier_shock_halves_the_rate_from_its_day_to_its_end",
    ),
    Fault(
        name="windows are drawn in the past",
        file="sim/engine/shocks.py",
        find="            if day <= clock.as_of_day:\n                continue\n",
        replace="",
        test="tests/stories/test_imports.py::test_no_window_is_drawn_before_the_as_of_day",
    ),
    Fault(
        name="rates do not grow",
        file="sim/rules/imports.py",
        find="    growth = 1 + growth_bp_month / BASIS_POINTS\n",
        replace="    growth = 1\n",
        test="tests/stories/test_imports.py::test_a_rate_grows_month_by_month_from_the_start",
    ),
)

HISTORY: tuple[Fault, ...] = (
    Fault(
        name="an overdue contract is drawn as if it had just begun",
        file="sim/engine/tender.py",
        find="    if order.dated is None or passed <= 0 or order.dated.deliveries:",
        replace="    if order.dated is None or passed <= 1_000 or order.dated.deliveries:",
        test="tests/stories/test_history.py::test_an_overdue_contract_keeps_its_share_of_luck_beyond_what_has_passed",
    ),
    Fault(
        name="an open tender is drawn as if it had just begun",
        file="sim/engine/tender.py",
        find='return world.future.draw_beyond(offer.tender_first, f"tender/{owner}", 0, passed)',
        replace='return world.future.draw(offer.tender_first, f"tender/{owner}", 0)',
        test="tests/stories/test_history.py::test_a_tender_open_on_the_as_of_day_ends_after_it",
    ),
    Fault(
        name="an open tender is signed whatever the money, like history",
        file="sim/engine/trade.py",
        find='dated.status == "history" and dated.tender_open_since is None',
        replace='dated.status == "history"',
        test="tests/stories/test_history.py::test_an_open_tender_takes_what_money_there_is_and_is_not_forced",
    ),
    Fault(
        name="contracts from before the start take the first year's money",
        file="sim/engine/buyer.py",
        find="            if order.is_past and dated.contract_day < 0:\n",
        replace="            if order.is_past and dated.contract_day > 0:\n",
        test="tests/stories/test_history.py::test_a_contract_signed_before_the_start_takes_no_money_of_the_first_year",
    ),
    Fault(
        name="announced orders wait until the policy has ordered",
        file="sim/engine/buyer.py",
        find="                self._world.desk.place(order)\n",
        replace="                self._world.desk.call_session()\n                self._world.desk.take_in(order)\n",
        test="tests/stories/test_history.py::test_an_announced_order_is_placed_for_every_policy_before_its_own_rule_acts",
    ),
    Fault(
        name="recorded deliveries go to sea again",
        file="sim/engine/works.py",
        find="sail(self._world, lot, days=0)",
        replace="sail(self._world, lot)",
        test="tests/stories/test_history.py::test_recorded_deliveries_arrive_on_their_days_whatever_the_works_could_do",
    ),
)
