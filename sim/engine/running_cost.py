"""The entry that publishes what a unit in service costs a year.

It is entered once a mission, on the first day; a run whose ledger lacks it has no running cost to report.

Why: an outcome reads the ledger alone, and a sampled cost would otherwise be known to the future only.
"""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from sim.engine.entries import Teller, yen


class _RunningCost(NamedTuple):
    day: int
    mission: str
    yen_a_year: int
    price_share: int


class RunningCost(_RunningCost):
    """Yearly running cost of a deployed unit: yen, or basis points of its price; the other is 0 (R35)."""

    __slots__ = ()
    decision: ClassVar[bool] = False

    def sentence(self, teller: Teller) -> str:
        """Say it in words."""
        cost = f"{self.price_share / 100:.2f} % of its price" if self.price_share else yen(self.yen_a_year)
        return f"A unit in service of {teller.name(self.mission)} costs {cost} a year."
