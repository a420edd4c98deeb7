"""Checks of policies: each rule with what it needs, each mission with offers that serve it.

A ``scheduled`` policy has orders and no missions; the others have missions and no orders.

Why: a policy that lists an offer of another mission would buy nothing and look merely unlucky.
"""

from __future__ import annotations

from collections.abc import Iterator

from sim.scenario.check_orders import mission_troubles
from sim.scenario.fields import Trouble
from sim.scenario.written import WrittenScenario
from sim.scenario.written_policy import PolicyWritten, ScheduledOrderWritten


def check_rule(scenario: WrittenScenario, name: str, policy: PolicyWritten) -> Iterator[Trouble]:
    """A rule has what it works on, and nothing that it would ignore."""
    path = ("policies", name)
    buys_by_rule = policy.rule in ("shares", "close_gap", "staged")
    if buys_by_rule and not policy.missions:
        yield Trouble((*path, "missions"), "no mission", f"missions for the rule {policy.rule}")
    if policy.rule == "scheduled" and not policy.orders:
        yield Trouble(
            (*path, "orders"),
            "no order",
            "orders for the rule scheduled",
            "To buy nothing write 'rule: nothing'.",
        )
    unused = [] if buys_by_rule else [key for key in ("missions", "line_split", "priority") if getattr(policy, key)]
    if not buys_by_rule and policy.levers.model_fields_set:
        unused.append("levers")
    if policy.rule != "scheduled" and policy.orders:
        unused.append("orders")
    for key in unused:
        yield Trouble((*path, key), None, f"no {key} under the rule {policy.rule}", "Leave it out.")


def check_missions(scenario: WrittenScenario, name: str, policy: PolicyWritten) -> Iterator[Trouble]:
    """Each mission lists offers that serve it, each once."""
    for mission, rule in policy.missions.items():
        path = ("policies", name, "missions", mission)
        if not rule.mass and not rule.high and not rule.home:
            expected = "at least one offer under mass or high, or at home"
            yield Trouble(path, "no offer", expected, "Or leave the mission out.")
        for group, listed in (("mass", rule.mass), ("high", rule.high), ("home", rule.home)):
            for offer in listed:
                yield from mission_troubles(scenario, (*path, group, offer), offer, mission)
        for offer in sorted(rule.mass.keys() & rule.high.keys()):
            yield Trouble((*path, "high", offer), f"'{offer}' in both groups", "each offer in one group")


def check_priority(scenario: WrittenScenario, name: str, policy: PolicyWritten) -> Iterator[Trouble]:
    """A stated priority names exactly the policy's missions."""
    if not isinstance(policy.priority, list):
        return
    path = ("policies", name, "priority")
    for place, mission in enumerate(policy.priority):
        if mission not in policy.missions or mission in policy.priority[:place]:
            yield Trouble((*path, str(place)), None, "each mission of the policy once")
    left_out = [mission for mission in policy.missions if mission not in policy.priority]
    if left_out:
        yield Trouble(path, f"a list without {', '.join(left_out)}", "all missions of the policy")


def check_switch(scenario: WrittenScenario, name: str, policy: PolicyWritten) -> Iterator[Trouble]:
    """``staged`` has a switch date, and nothing else has one."""
    path = ("policies", name)
    for mission, rule in policy.missions.items():
        staged = (rule.rule or policy.rule) == "staged"
        if staged and rule.switch is None and policy.levers.switch is None:
            yield Trouble((*path, "missions", mission, "switch"), "nothing", "a switch date for the rule staged")
        if not staged and rule.switch is not None:
            way_out = "Leave it out, or write 'rule: staged'."
            yield Trouble((*path, "missions", mission, "switch"), None, "no switch date but for staged", way_out)
    rules = {rule.rule or policy.rule for rule in policy.missions.values()}
    if policy.levers.switch is not None and "staged" not in rules:
        yield Trouble((*path, "levers", "switch"), None, "no switch date but for staged", "Leave it out.")


def check_split(scenario: WrittenScenario, name: str, policy: PolicyWritten) -> Iterator[Trouble]:
    """A line's split is at most the whole, among missions the policy buys and the line may pay for."""
    for line, split in policy.line_split.items():
        path = ("policies", name, "line_split", line)
        total = sum(split.values())
        if total > 1 + 1e-9:
            yield Trouble(path, f"shares that add up to {total:g}", "at most 1")
        for mission in split:
            if mission not in policy.missions:
                yield Trouble((*path, mission), f"'{mission}'", "a mission of the policy", "Add it to missions.")
            elif mission in scenario.missions and line not in scenario.missions[mission].lines:
                expected = f"a mission for which the line {line} may pay"
                yield Trouble((*path, mission), f"'{mission}'", expected, "Add the line to the mission's lines.")


def check_scheduled(scenario: WrittenScenario, name: str, policy: PolicyWritten) -> Iterator[Trouble]:
    """Typed orders lie in the policy's time, serve their mission and are large enough."""
    for place, order in enumerate(policy.orders):
        path = ("policies", name, "orders", str(place))
        yield from mission_troubles(scenario, (*path, "offer"), order.offer, order.mission)
        yield from _size_troubles(scenario, path, order)
        clock = scenario.clock
        if not clock.as_of <= order.day <= clock.horizon:
            expected = f"a date from clock.as_of {clock.as_of} to clock.horizon {clock.horizon}"
            yield Trouble((*path, "day"), None, expected, "What was ordered before belongs into dated_orders.")
        if order.cancel is not None and order.cancel <= order.day:
            yield Trouble((*path, "cancel"), None, f"a date after the order's day, {order.day}")


def _size_troubles(scenario: WrittenScenario, path: tuple[str, ...], order: ScheduledOrderWritten) -> Iterator[Trouble]:
    offer = scenario.offers.get(order.offer) or scenario.home_offers.get(order.offer)
    mission = scenario.missions.get(order.mission)
    if offer is not None and order.quantity < offer.minimum_order:
        yield Trouble((*path, "quantity"), None, f"at least minimum_order of {order.offer}, {offer.minimum_order}")
    if mission is not None and order.line is not None and order.line not in mission.lines:
        expected = f"a line that may pay for {order.mission}: {', '.join(mission.lines)}"
        yield Trouble((*path, "line"), None, expected, "Add it to the mission's lines.")


def check_seats(scenario: WrittenScenario, name: str, policy: PolicyWritten) -> Iterator[Trouble]:
    """Seats are bought for missions that have courses."""
    for place, seats in enumerate(policy.seats):
        mission = scenario.missions.get(seats.mission)
        if mission is not None and mission.crew is None:
            yield Trouble(("policies", name, "seats", str(place), "mission"), None, "a mission with a crew")
