"""The world of one run: the clock, the ledger and everything that holds state.

State lives in the parts named here and nowhere else; a part changes another's state only by a plain call.

Why: one list of parts is what a reader needs to find out who waits for whom.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sim.engine.entries import Entry
from sim.engine.ladder import Days
from sim.engine.market import Market
from sim.engine.treasury import Treasury
from sim.future import Future
from sim.policy.promises import Typical
from sim.scenario.resolved import Luck, Scenario

if TYPE_CHECKING:
    from sim.engine.approval import Approvals
    from sim.engine.crews import Crews
    from sim.engine.desk import Desk
    from sim.engine.fleet import Fleet
    from sim.engine.home import Industry
    from sim.engine.home.line import Line
    from sim.engine.shocks import Conditions
    from sim.engine.station import Station
    from sim.engine.trade import Contract
    from sim.engine.works import Works

LIMITS = frozenset(
    {"money", "tender", "permits", "supplier_rate", "slip", "ramp", "parts", "acceptance", "crews", "losses"}
)
"""What a run may be told not to be held up by (R38)."""
NO_LIMIT_LIFTED: frozenset[str] = frozenset()


@dataclass(slots=True)
class World:
    """One run's parts."""

    scenario: Scenario
    future: Future
    days: Days
    ledger: list[Entry]
    treasury: Treasury
    market: Market
    typical: Mapping[str, Typical]
    lifted: frozenset[str] = NO_LIMIT_LIFTED
    """Limits that do not hold in this run (R38)."""
    conditions: Conditions = field(init=False)
    desk: Desk = field(init=False)
    industry: Industry = field(init=False)
    works: dict[str, Works | Line] = field(init=False)
    """Offer -> what makes it for this buyer: an import's works or a home line."""
    approvals: Approvals = field(init=False)
    benches: dict[str, Station] = field(init=False)
    crews: Crews = field(init=False)
    fleet: Fleet = field(init=False)
    draw: Callable[[Luck, str, int], int] = field(init=False)
    """The future's luck, asked without a call between: ``Future.draw`` and ``Future.uniform`` say what is asked."""
    uniform: Callable[[str, int], float] = field(init=False)
    pipeline: dict[str, list[Contract]] = field(init=False)
    """Mission -> contracts with units still to come, in the order they were made."""

    fielding: dict[str, int] = field(init=False)
    """Mission -> units on their way to base."""

    def __post_init__(self) -> None:
        self.draw, self.uniform = self.future.luck.draw, self.future.luck.uniform
        self.pipeline = {mission: [] for mission in self.scenario.missions}
        self.fielding = dict.fromkeys(self.scenario.missions, 0)

    def stage_days(self, luck: Luck | None, stream: str, index: int) -> int:
        """The whole days one stage takes this time; 0 where the stage does not exist."""
        return 0 if luck is None else self.draw(luck, stream, index)
