"""Faults between dock and service, in the rules that buy, and in what a run is said to be worth.

Each is one mistake a careful person could make in the rules R27 to R38, with the story that must turn red.

Why: crews, benches and levers are where a plan looks fine on paper and is short of units in March.
"""

from __future__ import annotations

from tests.broken.planter import Fault

APPROVAL, CREWS, FLEET = "sim/engine/approval.py", "sim/engine/crews.py", "sim/engine/fleet.py"
VOYAGE, STATION = "sim/engine/voyage.py", "sim/engine/station.py"
HOME_LEG = "sim/policy/home_leg.py"
GAP, CHOICE, RULES, SCHEDULED = (f"sim/policy/{name}.py" for name in ("gap", "choice", "rules", "scheduled"))
SERVICE, UNITS, TALLY, BOOKS = (
    "sim/rules/service.py",
    "sim/outcome/fleet.py",
    "sim/outcome/tally.py",
    "sim/outcome/books.py",
)


def _story(file: str, test: str) -> str:
    return f"tests/stories/test_{file}.py::test_{test}"


_OF_SERVICE = (
    Fault(
        "a crew twice",
        CREWS,
        "pool.crewed[product] = pool.crewed.get(product, 0) + units",
        "pool.crewed[product] = units",
        _story("crews", "units_go_to_base_as_people_come_a_lot_in_parts"),
    ),
    Fault(
        "crews without counting the other product's",
        CREWS,
        "units_crewable(self.people - others,",
        "units_crewable(self.people,",
        _story("crews", "two_products_share_a_pool_but_not_a_block"),
    ),
    Fault(
        "a begun block needs no people",
        SERVICE,
        "return -(-units // block_units) * people_per_block",
        "return units // block_units * people_per_block",
        _story("crews", "two_products_share_a_pool_but_not_a_block"),
    ),
    Fault(
        "people who leave take the record of their units along",
        CREWS,
        "pool.people -= left\n",
        "pool.people -= left\n"
        "                pool.crewed = {id: max(0, units - left) for id, units in pool.crewed.items()}\n",
        _story("crews", "new_people_first_serve_the_units_that_lost_theirs"),
    ),
    Fault(
        "leavers undeploy",
        UNITS,
        "self._tallies[entry.mission].available = entry.units",
        "self._tallies[entry.mission].available = self._tallies[entry.mission].places[_DEPLOYED] = entry.units",
        _story("crews", "when_people_leave_units_stay_deployed_and_are_not_available"),
    ),
    Fault(
        "courses wait for aircraft",
        CREWS,
        "if pool.crew.opening_day <= day:",
        "if pool.crew.opening_day <= day and pool.waiting:",
        _story("crews", "a_month_has_one_class_and_the_first_is_on_the_opening_date"),
    ),
    Fault(
        "a fraction of a post is lost each month",
        CREWS,
        "people, pool.carried = class_size(",
        "people, _ = class_size(",
        _story("crews", "a_fraction_of_a_post_is_carried_to_the_next_month"),
    ),
    Fault(
        "extra seats free of charge",
        CREWS,
        'self._world.treasury.use(today, f"seats/{pool.mission.id}", line, yen)',
        'self._world.treasury.use(today, f"seats/{pool.mission.id}", line, 0)',
        _story("crews", "extra_seats_open_after_their_lead_and_are_paid_month_by_month_until_the_due_day"),
    ),
    Fault(
        "extra seats for ever",
        CREWS,
        "if not pool.extra_seats or today > pool.mission.due_day:",
        "if not pool.extra_seats:",
        _story("crews", "extra_seats_open_after_their_lead_and_are_paid_month_by_month_until_the_due_day"),
    ),
    Fault(
        "the last to wait for a crew is the first to have one",
        CREWS,
        "insort(pool.waiting, (lot.contract.signed_day, lot.rank, lot)",
        "insort(pool.waiting, (-lot.contract.signed_day, lot.rank, lot)",
        _story("crews", "lots_that_wait_for_crews_are_served_in_the_order_of_their_signing"),
    ),
    Fault(
        "approval on the earlier of the two",
        SERVICE,
        "return max(paper_day, trial_day) + block_days",
        "return min(paper_day, trial_day) + block_days",
        _story("service", "a_type_is_approved_on_the_later_of_its_paper_and_its_trial"),
    ),
    Fault(
        "approval once a lot",
        APPROVAL,
        "if known is not None:\n",
        "if known is not None and known <= self._days.today:\n",
        _story("service", "a_type_is_approved_once_and_later_lots_wait_only_for_their_test"),
    ),
    Fault(
        "a place of the bench is never free again",
        VOYAGE,
        "        yield bench.tested(lot, test_days)\n        bench.leave()\n",
        "        yield bench.tested(lot, test_days)\n",
        _story("service", "two_lots_share_a_bench_one_after_the_other"),
    ),
    Fault(
        "the bench serves by signing and not by readiness",
        STATION,
        "key = (self._days.today, lot.contract.signed_day, lot.rank, test_days, ends)",
        "key = (lot.contract.signed_day, self._days.today, lot.rank, test_days, ends)",
        _story("service", "who_was_ready_first_is_tested_first_whenever_it_was_signed"),
    ),
    Fault(
        "a test of no days holds the bench for none",
        STATION,
        "today + max(1, test_days)",
        "today + test_days",
        _story("service", "a_queued_stage_of_no_days_lasts_one_day_and_an_unqueued_one_none"),
    ),
)

_OF_THE_FLEET = (
    Fault(
        "losses newest first",
        FLEET,
        "self._batches.setdefault(product, deque()).append(batch)",
        "self._batches.setdefault(product, deque()).appendleft(batch)",
        _story("fleet", "the_oldest_units_are_lost_first"),
    ),
    Fault(
        "grounded units are taken for lost ones",
        UNITS,
        "self._tallies[entry.mission].available = entry.units",
        "self._tallies[entry.mission].available = self._tallies[entry.mission].places[_DEPLOYED] = entry.units",
        _story("fleet", "a_grounded_type_stays_deployed_and_is_not_available"),
    ),
    Fault(
        "a grounded type is available",
        FLEET,
        "self._grounded_until[product] > today",
        "False",
        _story("fleet", "a_grounded_type_stays_deployed_and_is_not_available"),
    ),
    Fault(
        "available ignores people",
        FLEET,
        "if need > people:",
        "if need > people and not people:",
        _story("crews", "when_people_leave_units_stay_deployed_and_are_not_available"),
    ),
    Fault(
        "lost units keep their crews",
        FLEET,
        "self._world.crews.set_free(mission, product, units)",
        "self._world.crews.set_free(mission, product, 0)",
        _story("fleet", "lost_units_leave_their_crews_to_those_that_wait"),
    ),
    Fault(
        "retired units are lost once more",
        FLEET,
        "units, batch.units = batch.units, 0",
        "units = batch.units",
        _story("fleet", "what_has_retired_is_not_lost_any_more"),
    ),
    Fault(
        "lifting acceptance adds a day of test",
        VOYAGE,
        "return min(days, 1) if order.mission.bench is None else 1",
        "return 1",
        _story("lifted", "without_the_limit_of_acceptance_no_approval_is_waited_for_and_a_test_takes_a_day_at_most"),
    ),
)

_OF_POLICIES = (
    Fault(
        "over-order margin ignored",
        GAP,
        "return -(-target * (10_000 + levers.over_order_margin) // 10_000)",
        "return target",
        _story("levers", "each_lever_changes_a_number"),
    ),
    Fault(
        "promises taken at their word",
        GAP,
        "latest_promise(seen.day, mission.due_day, levers.schedule_margin)",
        "latest_promise(seen.day, mission.due_day, 10_000)",
        _story("levers", "each_lever_changes_a_number"),
    ),
    Fault(
        "high tier share by units",
        RULES,
        "return [total * (1 - share), total * share]",
        "return [need * (1 - share) * unit_price(mass, levers), need * share * unit_price(high, levers)]",
        _story("choice", "the_high_tier_s_share_is_of_money_however_much_there_is"),
    ),
    Fault(
        "the foreign share of what is left, review by review",
        HOME_LEG,
        "    spent = sum(seen.spent_yen(line, mission.id) for line in mission.lines)\n    abroad",
        "    spent = 0\n    abroad",
        _story("rules", "the_foreign_share_is_of_the_year_s_money_and_not_of_each_review_s"),
    ),
    Fault(
        "an order taken for in time by its first unit",
        RULES,
        "and self._promised_day(seen, candidate.offer, need, levers) <= mission.due_day",
        "and candidate.weight > 0",
        _story("rules", "what_makes_up_for_late_lots_must_be_in_time_with_its_margin_to_the_last_unit"),
    ),
    Fault(
        "money for a need at the price of offers that are not asked",
        CHOICE,
        "chosen = found[: levers.suppliers]\n    shares = ",
        "chosen = found\n    shares = ",
        _story("choice", "the_ranking_says_which_offer_comes_first"),
    ),
    Fault(
        "the rest of a capped country's money without a cap",
        CHOICE,
        "if not over or len(full) + len(over) == len(held):",
        "if full or not over or len(full) + len(over) == len(held):",
        _story("choice", "what_one_country_may_not_have_puts_no_other_above_the_cap"),
    ),
    Fault(
        "a cancellation of the order typed in that place",
        SCHEDULED,
        "for order in sorted(self.spec.orders, key=lambda order: order.day):",
        "for order in self.spec.orders:",
        _story("rules", "a_cancellation_strikes_its_own_order_in_whatever_order_they_are_typed"),
    ),
)

_OF_MEASURES = (
    Fault(
        "a place by remainder",
        UNITS,
        "**dict(zip(PLACES, due.places, strict=True)),",
        "**{\n"
        "                **dict(zip(PLACES, due.places, strict=True)),\n"
        '                "acceptance": due.ordered - sum(due.places) + due.places[PLACES.index("acceptance")],\n'
        "            },",
        _story("places", "every_place_holds_the_units_that_are_there_and_no_other"),
    ),
    Fault(
        "never less than nothing not ordered",
        UNITS,
        "not_ordered=due.target - due.opening - due.ordered,",
        "not_ordered=max(0, due.target - due.opening - due.ordered),",
        _story("places", "more_ordered_than_wanted_is_less_than_nothing_not_ordered"),
    ),
    Fault(
        "reached on the day of the next change",
        TALLY,
        "self.reached_day = self.since_day",
        "self.reached_day = day",
        _story("measures", "the_target_is_reached_on_the_first_day_at_whose_end_the_units_are_there"),
    ),
    Fault(
        "judged against the first target",
        UNITS,
        "tally.target = entry.units",
        "tally.target = entry.units if tally.target is None else tally.target",
        _story("measures", "a_target_that_is_raised_is_judged_as_raised"),
    ),
    Fault(
        "every unit counts, whatever its quality",
        TALLY,
        "if self.qualities[product] >= self.lowest:\n            self.counted += units",
        "if self.qualities[product] >= 0:\n            self.counted += units",
        _story("measures", "units_below_the_lowest_quality_are_deployed_and_do_not_count"),
    ),
    Fault(
        "cost without what is still to be paid",
        BOOKS,
        "return sum(self._outlays.values()) + sum(self._open.values()) + self._used_yen",
        "return sum(self._outlays.values()) + self._used_yen",
        _story("measures", "cost_is_what_is_paid_and_what_is_still_to_be_paid_at_the_planning_rate"),
    ),
    Fault(
        "running cost from the day of the deadline",
        TALLY,
        "self.first_late_day = deadline_day + 1",
        "self.first_late_day = deadline_day",
        _story("measures", "running_cost_counts_from_the_day_after_the_deadline_through_the_horizon"),
    ),
)

FAULTS_SERVICE: tuple[Fault, ...] = (*_OF_SERVICE, *_OF_THE_FLEET, *_OF_POLICIES, *_OF_MEASURES)
