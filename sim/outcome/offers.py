"""What came of each offer: units signed, units in service month by month and by the due day, and their cost (R35).

An order belongs to the offer it was decided or announced on; a contract is a part of its order.

Why: "where are the missing units" ends with a supplier's name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim.engine.entries import Announced, Awarded, Decided, Deployed
from sim.errors import OursError
from sim.outcome.books import Books
from sim.outcome.rows import DeliveryRow, OfferRow
from sim.scenario.resolved import Scenario


class Offers:
    """The entries of units read so far, by offer."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._month_of = scenario.clock.calendar.month_index
        self._offer_of: dict[str, tuple[str, str]] = {}
        """Order -> offer and mission."""
        self._signed: dict[tuple[str, str], int] = {}
        self._deployed: dict[tuple[str, str], int] = {}
        self._by_due: dict[tuple[str, str], int] = {}
        self._monthly: dict[tuple[str, int], int] = {}

    def readers(self) -> dict[type, Callable[[Any], None]]:
        """What to do with each kind of entry."""
        return {Decided: self._ordered, Announced: self._ordered, Awarded: self._awarded, Deployed: self._in_service}

    def _ordered(self, entry: Decided | Announced) -> None:
        self._offer_of[entry.order] = entry.offer, entry.mission

    def key(self, contract: str) -> tuple[str, str]:
        """Offer and mission of a contract. Raises OursError if the ledger does not tell its order's."""
        key = self._offer_of.get(contract.split(".")[0])
        if key is None:
            raise OursError(f"{contract} has units; expected its order decided or announced before, found neither")
        return key

    def _awarded(self, entry: Awarded) -> None:
        key = self.key(entry.order)
        self._signed[key] = self._signed.get(key, 0) + entry.units

    def _in_service(self, entry: Deployed) -> None:
        key = self.key(entry.order)
        self._deployed[key] = self._deployed.get(key, 0) + entry.units
        if entry.day <= self._scenario.missions[entry.mission].due_day:
            self._by_due[key] = self._by_due.get(key, 0) + entry.units
        month = key[0], self._month_of(entry.day)
        self._monthly[month] = self._monthly.get(month, 0) + entry.units

    def rows(self, books: Books) -> tuple[OfferRow, ...]:
        """A row an offer and mission with a contract."""
        cost: dict[tuple[str, str], int] = {}
        for contract, _, cost_yen in books.contracts():
            key = self.key(contract)
            cost[key] = cost.get(key, 0) + cost_yen
        return tuple(
            OfferRow(
                *key,
                self._signed.get(key, 0),
                self._deployed.get(key, 0),
                self._by_due.get(key, 0),
                cost.get(key, 0),
            )
            for key in sorted({*self._signed, *cost})
        )

    def delivery_rows(self) -> tuple[DeliveryRow, ...]:
        """A row an offer and month in which units of it entered service."""
        return tuple(DeliveryRow(*key, self._monthly[key]) for key in sorted(self._monthly))
