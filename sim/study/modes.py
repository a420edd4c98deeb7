"""One run lot by lot: when each lot passed each stage, and what was paid, read from the ledger.

Nothing is worked out here but a unit's price; a stage that was not passed by the horizon has no day.

Why: a planner who can follow one order with a spreadsheet will believe a thousand that nobody can follow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from sim.engine import entries, simulate
from sim.engine.ledger import Run
from sim.future import at_modes
from sim.policy import policy_of
from sim.scenario.resolved import Scenario
from sim.study.asked import policy_asked
from sim.units import divide_half_up


@dataclass(slots=True)
class LotLine:
    """One lot; days counted from the start, None where the stage was not reached by the horizon."""

    lot: int | None
    """From 1, within its order; None: units of which no lot had left the works by the horizon."""
    units: int
    due_day: int | None = None
    """The order's first-delivery day."""
    left_day: int | None = None
    arrived_day: int | None = None
    accepted_day: int | None = None
    deployed_day: int | None = None
    """Of its last unit."""
    deployed_units: int = 0
    paid_yen: int = 0
    """On delivery."""


@dataclass(slots=True)
class ContractLines:
    """One contract and its lots."""

    contract: str
    offer: str
    mission: str
    product: str
    units: int
    decided_day: int | None
    """None where the order is history or announced and its entry is older than the ledger."""
    signed_day: int | None = None
    permit_day: int | None = None
    approved_day: int | None = None
    """Day on which the product is approved as a type."""
    failed_day: int | None = None
    """Day on which the tender failed or the contract was cancelled whole."""
    price_yen: int = 0
    """Of the whole contract, as obligated."""
    paid_before_yen: int = 0
    """Paid other than on delivery."""
    lots: list[LotLine] = field(default_factory=list)

    @property
    def unit_yen(self) -> int | None:
        """Price of a unit, half up; None before it is signed."""
        return divide_half_up(self.price_yen, self.units) if self.price_yen and self.units else None


_LOT_DAYS: Final[Mapping[type, str]] = MappingProxyType(
    {
        entries.DayCome: "due_day",
        entries.LeftWorks: "left_day",
        entries.LeftOnTime: "left_day",
        entries.Arrived: "arrived_day",
        entries.Accepted: "accepted_day",
    }
)


def run_at_modes(scenario: Scenario, policy: str) -> Run:
    """What happens when every input and every event is at its mode. Raises TheirsError for an unknown policy."""
    return simulate(policy_of(policy_asked(scenario, policy), scenario), at_modes(scenario))


def lot_lines(run: Run) -> tuple[ContractLines, ...]:
    """Every contract of a run with its lots, in the order in which they went out or were signed."""
    reader = _Reader()
    for entry in run.entries:
        read = reader.readers.get(type(entry))
        if read is not None:
            read(entry)
        reader.before = entry
    return tuple(reader.told())


class _Reader:
    """The ledger read so far."""

    def __init__(self) -> None:
        self._contracts: dict[str, ContractLines] = {}
        self._orders: dict[str, Any] = {}
        self._lots: dict[tuple[str, int], LotLine] = {}
        self._approved: dict[str, int] = {}
        self.before: Any = None
        self.readers: dict[type, Callable[[Any], None]] = {
            entries.Decided: self._decided,
            entries.Announced: self._decided,
            entries.Tendered: self._tendered,
            entries.Reopened: self._cut,
            entries.Awarded: self._awarded,
            entries.TenderFailed: self._ended,
            entries.Cancelled: self._cancelled,
            entries.Obligated: self._obligated,
            entries.Permitted: self._permitted,
            entries.TypeApproved: self._type_approved,
            entries.Deployed: self._deployed,
            entries.Paid: self._paid,
            **dict.fromkeys(_LOT_DAYS, self._stage),
        }

    def _decided(self, entry: Any) -> None:
        self._orders[entry.order] = entry

    def _tendered(self, entry: entries.Tendered) -> None:
        order = self._orders[entry.order.split(".")[0] if entry.order not in self._orders else entry.order]
        self._contracts[entry.order] = ContractLines(
            entry.order, order.offer, entry.mission, entry.product, entry.units, order.day
        )

    def _cut(self, entry: entries.Reopened) -> None:
        self._contracts[entry.order].units -= entry.units

    def _awarded(self, entry: entries.Awarded) -> None:
        self._contracts[entry.order].signed_day = entry.day

    def _ended(self, entry: Any) -> None:
        self._contracts[entry.order].failed_day = entry.day

    def _cancelled(self, entry: entries.Cancelled) -> None:
        if entry.lot < 0:
            self._ended(entry)

    def _obligated(self, entry: entries.Obligated) -> None:
        contract = self._contracts.get(entry.order)
        if contract is not None:
            contract.price_yen += entry.yen

    def _permitted(self, entry: entries.Permitted) -> None:
        self._contracts[entry.order].permit_day = entry.day

    def _type_approved(self, entry: entries.TypeApproved) -> None:
        self._approved[entry.product] = entry.until_day

    def _stage(self, entry: Any) -> None:
        lot = self._lot(entry)
        setattr(lot, _LOT_DAYS[type(entry)], entry.day)
        if isinstance(entry, entries.LeftOnTime) and lot.due_day is None:
            lot.due_day = entry.day

    def _deployed(self, entry: entries.Deployed) -> None:
        lot = self._lot(entry)
        lot.deployed_day = entry.day
        lot.deployed_units += entry.units

    def _lot(self, entry: Any) -> LotLine:
        lot = self._lots.get((entry.order, entry.lot))
        if lot is None:
            lot = self._lots[entry.order, entry.lot] = LotLine(entry.lot + 1, entry.units)
            self._contracts[entry.order].lots.append(lot)
        return lot

    def _paid(self, entry: entries.Paid) -> None:
        contract = self._contracts.get(entry.order)
        if contract is None:
            return
        # what is due on a lot's arrival is entered right behind it
        if isinstance(self.before, entries.Arrived) and self.before.order == entry.order:
            self._lot(self.before).paid_yen += entry.actual_yen
        else:
            contract.paid_before_yen += entry.actual_yen

    def told(self) -> list[ContractLines]:
        """The contracts, with what never left the works as a line of its own."""
        for contract in self._contracts.values():
            contract.approved_day = self._approved.get(contract.product)
            contract.lots.sort(key=lambda lot: lot.lot or 0)
            seen = sum(lot.units for lot in contract.lots)
            if contract.failed_day is None and seen < contract.units:
                contract.lots.append(LotLine(None, contract.units - seen))
        return list(self._contracts.values())
