"""The home leg of a rule (R19, R31, R32): when it comes first, what share of the money it has, whom it asks.

A drone costs ten yen from abroad, promised in 100 days, and ten at home, a day a unit; ten are wanted.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sim.engine import Run
from sim.engine.entries import Reserved
from sim.engine.entries.home import Refused
from sim.scenario.resolved import ListedOffer, PolicySpec
from tests.stories.builder import given, line, luck, mission, offer, ruled, scenario, told
from tests.stories.forces import shock
from tests.stories.home_builder import two_legs
from tests.stories.plans import by_offer, decided, target

AT_HOME = (ListedOffer("home", 1),)


def told_by(rule: Any = "close_gap", *, of: Any = None, **levers: Any) -> Run:
    """A rule with both legs; ``world`` changes the scenario, ``of`` the line."""
    world = levers.pop("world", {})
    policy: PolicySpec = ruled(rule, home_offers=AT_HOME, **levers)
    return told(scenario(**{"horizon": "2026-06-30", **two_legs(of=of), "policies": [policy], **world}))


SIXTY = {"lines": [line(years={2025: 60, 2026: 60})]}


def test_staged_buys_abroad_before_its_switch_day_and_at_home_from_it_on() -> None:
    # 60 yen of FY2025 buy six abroad; on 1 April 2026 (day 365), the switch day, the other four are bought at home.
    assert decided(told_by("staged", switch_day=365, world=SIXTY)) == [(0, "maker", 6), (365, "home", 4)]
    # A day later, and the review of that day still buys abroad.
    assert decided(told_by("staged", switch_day=366, world=SIXTY)) == [(0, "maker", 6), (365, "maker", 4)]


def test_after_the_switch_late_home_orders_leave_the_gap_of_the_due_day_to_what_may_go_abroad() -> None:
    # Four are lacking on day 365, due on day 400. Home needs 100 days to open: ordered all the same, late. Abroad is
    # promised in 20 days, and of the year's money, 40 at home and 40 abroad, half may go there: all four.
    # Where home is ready at once its four are in time, and nothing is left to buy.
    world = {
        "missions": [mission(due_day=400)],
        "lines": [line(years={2025: 60, 2026: 80})],
    }
    legs = two_legs(of={"preparation": luck(100)})
    late = {**world, "offers": [offer(promise_first_days=20, promise_later_days=20), legs["offers"][1]]}
    run = told_by("staged", switch_day=365, foreign_share={2026: 5_000}, world=late)
    assert decided(run) == [(0, "maker", 6), (365, "home", 4), (365, "maker", 4)]
    prompt = {**world, "offers": [offer(promise_first_days=20, promise_later_days=20), two_legs()["offers"][1]]}
    run = told_by("staged", switch_day=365, foreign_share={2026: 5_000}, world=prompt)
    assert decided(run) == [(0, "maker", 6), (365, "home", 4)]


def test_the_share_for_home_is_of_the_whole_year_s_money_for_the_mission() -> None:
    # Half of FY2025's money may go abroad: five and five. On day 40 twenty are wanted; on 1 June (day 61) ten more
    # for 100: of 200 in all a half is 100, 50 are spent: five and five again.
    twice = {"shocks": (shock("target", 40, 20, "watch"),)}
    run = told_by(foreign_share={2025: 5_000}, world=twice)
    assert decided(run) == [(0, "maker", 5), (0, "home", 5), (61, "maker", 5), (61, "home", 5)]


def test_home_s_share_is_not_more_than_what_is_lacking_and_nothing_where_all_may_go_abroad() -> None:
    assert by_offer(told_by(foreign_share={2025: 10_000})) == {"maker": 10}
    assert by_offer(told_by(foreign_share={2025: 0})) == {"home": 10}
    # 30 % of 100 is 30 yen: three abroad, seven at home.
    assert by_offer(told_by(foreign_share={2025: 3_000})) == {"maker": 3, "home": 7}


def test_a_rule_that_shares_a_line_gives_home_its_part_of_the_mission_s_pot() -> None:
    # The mission has 40 % of 200: 80. Half of what the need costs may go abroad: five; 30 are left for three at home.
    policy = {"line_split": {"line": {"watch": 4_000}}}
    run = told_by("shares", foreign_share={2025: 5_000}, spec=policy, world={"lines": [line(years={2025: 200})]})
    assert decided(run) == [(0, "maker", 5), (0, "home", 3)]


def test_a_firm_is_not_asked_for_what_the_money_cannot_sign() -> None:
    # It asks for ten. 60 yen would sign six: it is not asked, in no month, and refuses nothing. 100 in FY2026 sign ten.
    opening = {"preparation": luck(20), "commitment_units": 10}
    run = told_by(of=opening, foreign_share={2025: 0, 2026: 0}, world={"lines": [line(years={2025: 60, 2026: 100})]})
    assert decided(run) == [(365, "home", 10)]
    assert list(run.of_kind(Refused)) == []


def test_money_that_home_has_reserved_counts_as_spent_at_home() -> None:
    # The home tender takes 90 days: at the review of 1 June its 50 yen are reserved and not yet signed for.
    legs = two_legs()
    tendered = replace(legs["offers"][1], tender_first=luck(90), tender_later=luck(90))
    world = {"offers": [legs["offers"][0], tendered], "shocks": (shock("target", 40, 20, "watch"),)}
    run = told_by(foreign_share={2025: 5_000}, world=world)
    assert [entry.yen for entry in run.of_kind(Reserved)] == [50, 50]
    assert decided(run) == [(0, "maker", 5), (0, "home", 5), (61, "maker", 5), (61, "home", 5)]


def test_an_order_that_would_take_longer_than_the_contract_term_is_not_placed_at_home() -> None:
    # 400 days to prepare: beyond one year, within two.
    slow = {"preparation": luck(400)}
    assert by_offer(told_by(of=slow, foreign_share={2025: 0, 2026: 0}, contract_years=1)) == {}
    assert by_offer(told_by(of=slow, foreign_share={2025: 0, 2026: 0}, contract_years=2)) == {"home": 10}


def test_a_rule_waits_with_what_is_below_the_least_order() -> None:
    # One is lacking; the line takes orders of two.
    legs = two_legs()
    least = replace(legs["offers"][1], minimum_order=2)
    world = {"missions": target(1), "offers": [legs["offers"][0], least]}
    assert by_offer(told_by(foreign_share={2025: 0}, world=world, mass=())) == {}
    assert by_offer(told_by(foreign_share={2025: 0}, world={**world, "missions": target(2)}, mass=())) == {"home": 2}


def test_the_price_a_rule_reckons_with_is_that_of_the_first_lot() -> None:
    # At 80 % the first unit costs 10,000 yen, and the rule is told no other price. Of 63,000 yen it orders six for
    # 42,996. On 1 May 20,004 are left: two more, for 10,465; 9,539 are left, and it asks for none at 10,000.
    curve = {
        "first_minutes": given("minute", 6_000),
        "slope": given("factor", 8_000),
        "labour_yen_hour": given("yen", 100),
        "overhead_yen": given("yen", 0),
    }
    run = told_by(of=curve, foreign_share={2025: 0}, mass=(), world={"lines": [line(years={2025: 63_000})]})
    assert [(day, units) for day, _, units in decided(run)] == [(0, 6), (30, 2)]
