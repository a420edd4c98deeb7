"""Type approval: once a product, a paper part from its first award and a trial part from its first arrival (R27).

The later of the two, plus a long block where one falls, is the day from which its lots may be tested.

Why: no record supports a large aircraft that serves on the day it lands.
"""

from __future__ import annotations

from sim.engine.entries import Entry, TypeApproved
from sim.engine.ladder import Days
from sim.future import Future
from sim.rules.service import approval_day
from sim.scenario.resolved import Product, Scenario


class Approvals:
    """Every product's approval."""

    def __init__(
        self, scenario: Scenario, future: Future, days: Days, ledger: list[Entry], lifted: frozenset[str]
    ) -> None:
        self._scenario = scenario
        self._future = future
        self._days = days
        self._enter = ledger.append
        self._none_needed = "acceptance" in lifted
        self._paper_day: dict[str, int] = {}
        self._approved_day: dict[str, int] = {}
        self._blocks: dict[str, int] = {}

    def is_approved(self, product: Product) -> bool:
        """Whether the type may serve today."""
        if product.type_approval is None or self._none_needed:
            return True
        return self._approved_day.get(product.id, self._days.today + 1) <= self._days.today

    def awarded(self, product: Product, signed_day: int) -> None:
        """A contract for the product is signed: the first starts the paper part."""
        if product.type_approval is None or product.id in self._paper_day:
            return
        group = self._scenario.type_approvals[product.type_approval]
        self._paper_day[product.id] = signed_day + self._future.draw(group.paper, f"paper/{product.id}", 0)

    def arrived(self, product: Product) -> int:
        """A lot arrived: the day from which the type may be tested, fixed by the first arrival."""
        if product.type_approval is None or self._none_needed:
            return self._days.today
        known = self._approved_day.get(product.id)
        if known is not None:
            return known
        group = self._scenario.type_approvals[product.type_approval]
        today, future = self._days.today, self._future
        trial_day = today + future.draw(group.trial, f"trial/{product.id}", 0)
        block_days = self._blocks.get(product.id, 0)
        if future.chance(future.whole(group.block_chance), f"block/{product.id}", 0):
            block_days += future.draw(group.block_length, f"block_length/{product.id}", 0)
        day = approval_day(self._paper_day.get(product.id, today), trial_day, block_days)
        self._approved_day[product.id] = day
        self._enter(TypeApproved(today, product.id, day))
        return day

    def block(self, product: str, days: int) -> None:
        """A shock blocks a type that has had no arrival yet for so many days more."""
        if product not in self._approved_day:
            self._blocks[product] = self._blocks.get(product, 0) + days
