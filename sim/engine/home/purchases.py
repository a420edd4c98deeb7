"""What the policy buys for home lines beside drones, each from the budget line it names (R10, R32).

A purchase waits until its whole price is free, in the order of the decisions, and is obligated and paid at once.

Why: a subsidy that has no money behind it opens no factory.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sim.engine.world import World


class Waiting(NamedTuple):
    """A purchase that has found no money yet."""

    name: str
    line: str
    yen: int
    act: Callable[[], None]


class Purchases:
    """All purchases of one run."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._waiting: list[Waiting] = []

    def add(self, name: str, line: str, yen: int, act: Callable[[], None]) -> None:
        """Buy something, today if its money is free."""
        self._waiting.append(Waiting(name, line, yen, act))
        self.serve()

    def serve(self) -> None:
        """Money may have come: try what waits."""
        still: list[Waiting] = []
        waiting, self._waiting = self._waiting, []
        for each in waiting:
            if self._pay(each):
                each.act()
            else:
                still.append(each)
        self._waiting = still + self._waiting

    def _pay(self, each: Waiting) -> bool:
        world = self._world
        treasury = world.treasury
        if not treasury.is_open(each.line):
            return False
        if "money" not in world.lifted and treasury.free(each.line) < each.yen:
            return False
        treasury.use(world.days.today, each.name, each.line, each.yen)
        return True
