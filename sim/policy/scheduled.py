"""The ``scheduled`` rule: dated orders as typed (R31).

It decides on its dates and on nothing else; its open rests wait for money as long as it takes.

Why: a planner's own list of dates is the first policy anybody wants to try.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.policy.industry import home_due, lever_days
from sim.policy.observation import Buy, CancelOrder, Decision, Observation, TakeSeats
from sim.policy.seats import seats_due
from sim.scenario.resolved import PolicySpec, Scenario


@dataclass(frozen=True, slots=True)
class Scheduled:
    """Orders, cancellations and seats on their days."""

    spec: PolicySpec
    scenario: Scenario

    @property
    def id(self) -> str:
        """The policy's id in the scenario."""
        return self.spec.id

    @property
    def withdraws_rests(self) -> bool:
        """A typed order stays open until it is met."""
        return False

    def review_days(self, first: int, last: int) -> tuple[int, ...]:
        """The typed dates from ``first`` on."""
        days = {order.day for order in self.spec.orders}
        days |= {order.cancel_day for order in self.spec.orders if order.cancel_day is not None}
        days |= {max(first, day) for day in (*(lever.day for lever in self.spec.seats), *lever_days(self.spec.home))}
        if self.scenario.firms:
            days |= {first, *self._openings(first, last)}
        return tuple(sorted(day for day in days if first <= day <= last))

    def _openings(self, first: int, last: int) -> tuple[int, ...]:
        """Months in which tooling without a date may fall due."""
        undated = any(lever.day is None for lever in self.spec.home.tooling)
        return self.scenario.clock.calendar.month_starts(first, last) if undated else ()

    def review(self, seen: Observation) -> list[Decision]:
        """What is done for home lines, today's orders in the order typed, then today's cancellations."""
        decided: list[Decision] = [*home_due(self.scenario, self.spec, seen)]
        numbers: dict[str, int] = {}
        # An order's number is its place among the orders on its offer as they are placed, not as they are typed.
        for order in sorted(self.spec.orders, key=lambda order: order.day):
            number = numbers.get(order.offer, 0)
            numbers[order.offer] = number + 1
            if order.day == seen.day:
                lines = None if order.line is None else (order.line,)
                decided.append(Buy(order.offer, order.mission, order.quantity, lines))
            if order.cancel_day == seen.day:
                decided.append(CancelOrder(order.offer, number))
        decided += [TakeSeats(mission, seats) for mission, seats in seats_due(self.scenario, self.spec, seen.day)]
        return decided
