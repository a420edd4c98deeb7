"""The unit side of an outcome: every mission's tally, its due day and its months (R33, R37).

A unit is taken out of one place and put into another by its own entry; no place is what others leave over.

Why: the identity of R37 is a check on the engine only if each place is counted apart.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from sim.engine.entries import (
    PLACES,
    Accepted,
    Arrived,
    Available,
    Awarded,
    Cancelled,
    Crewed,
    DayCome,
    Deployed,
    DueRecord,
    LeftOnTime,
    LeftWorks,
    Lost,
    MonthEnd,
    OpeningStock,
    Permitted,
    Reopened,
    Retired,
    TargetSet,
    Tendered,
    TenderFailed,
    UnitMove,
)
from sim.engine.entries.home import Built, Queued, ShortOfParts, Started, StartedWithParts
from sim.engine.running_cost import RunningCost
from sim.errors import OursError
from sim.outcome.books import Books
from sim.outcome.offers import Offers
from sim.outcome.rows import MissionRow, MonthRow
from sim.outcome.tally import AtDue, Tally
from sim.rules.measures import strength_target
from sim.scenario.resolved import Scenario
from sim.units import BASIS_POINTS, divide_half_up

HOME_COUNTRY: Final = "Japan"

OPENING_STOCK: Final = ""
"""Stands for the product of opening stock: units of the mission's reference quality."""

_TENDER, _FIELDING, _DEPLOYED = PLACES.index("tender"), PLACES.index("fielding"), PLACES.index("deployed")
_LOST, _RETIRED, _CANCELLED = PLACES.index("lost"), PLACES.index("retired"), PLACES.index("cancelled")


class Fleet:
    """The unit entries read so far."""

    def __init__(self, scenario: Scenario, offers: Offers) -> None:
        self._scenario = scenario
        self._offers = offers
        suppliers = scenario.suppliers
        self._made_at_home = {
            each.id for each in scenario.offers.values() if suppliers[each.supplier].country == HOME_COUNTRY
        }
        qualities = {product.id: product.quality for product in scenario.products.values()}
        qualities[OPENING_STOCK] = BASIS_POINTS
        deadline_day = scenario.clock.deadline_day
        self._tallies = {id: Tally(each, qualities, deadline_day) for id, each in scenario.missions.items()}
        self._due: dict[str, AtDue] = {}
        self._months: list[MonthRow] = []
        self._mission_of: dict[str, str] = {}
        self._signed_units: dict[str, int] = {}
        self._sign = self._moving(Awarded)

    def readers(self) -> dict[type, Callable[[Any], None]]:
        """What to do with each kind of entry that says where units are."""
        moves = (
            TenderFailed, Permitted, DayCome, LeftOnTime, LeftWorks, Arrived, Accepted, Crewed,
            Queued, ShortOfParts, Started, StartedWithParts, Built,
        )  # fmt: skip
        return {
            **{kind: self._moving(kind) for kind in moves},
            TargetSet: self._target_set,
            OpeningStock: self._opening_stock,
            RunningCost: self._running_cost,
            Available: self._available,
            Tendered: self._tendered,
            Reopened: self._reopened,
            Awarded: self._awarded,
            Deployed: self._deployed,
            Lost: self._going(_LOST),
            Retired: self._going(_RETIRED),
            Cancelled: self._cancelled,
            DueRecord: self._due_record,
            MonthEnd: self._month_end,
        }

    # -- one entry

    def _target_set(self, entry: TargetSet) -> None:
        tally = self._tallies[entry.mission]
        tally.advance(entry.day)
        tally.target = entry.units

    def _opening_stock(self, entry: OpeningStock) -> None:
        tally = self._tallies[entry.mission]
        tally.opening += entry.units
        tally.available = entry.units
        tally.serve(entry.day, OPENING_STOCK, entry.units)

    def _running_cost(self, entry: RunningCost) -> None:
        tally = self._tallies[entry.mission]
        tally.yen_a_year, tally.price_share = entry.yen_a_year, entry.price_share

    def _available(self, entry: Available) -> None:
        self._tallies[entry.mission].available = entry.units

    def _moving(self, kind: type[UnitMove]) -> Callable[[Any], None]:
        tallies = self._tallies
        source, target = (PLACES.index(place) for place in (kind.source, kind.target) if place is not None)

        def move(entry: UnitMove) -> None:
            places = tallies[entry.mission].places
            places[source] -= entry.units
            places[target] += entry.units

        return move

    def _tendered(self, entry: Tendered) -> None:
        tally = self._tallies[entry.mission]
        tally.places[_TENDER] += entry.units
        tally.ordered += entry.units
        self._mission_of[entry.order] = entry.mission

    def _reopened(self, entry: Reopened) -> None:
        tally = self._tallies[entry.mission]
        tally.places[_TENDER] -= entry.units
        tally.ordered -= entry.units

    def _awarded(self, entry: Awarded) -> None:
        self._sign(entry)
        self._signed_units[entry.order] = entry.units

    def _deployed(self, entry: Deployed) -> None:
        tally = self._tallies[entry.mission]
        tally.places[_FIELDING] -= entry.units
        tally.fielded += entry.units
        tally.serve(entry.day, entry.product, entry.units)
        self._count_at_home(tally, entry.order, entry.units)

    def _going(self, target: int) -> Callable[[Any], None]:
        def go(entry: UnitMove) -> None:
            tally = self._tallies[entry.mission]
            tally.serve(entry.day, entry.product, -entry.units)
            tally.places[target] += entry.units
            self._count_at_home(tally, entry.order, -entry.units)

        return go

    def _count_at_home(self, tally: Tally, order: str, units: int) -> None:
        """So many units more in service, of those made at home; a type may be bought on both legs (R36)."""
        if self._made_at_home and self._offers.key(order)[0] in self._made_at_home:
            tally.at_home += units

    def _cancelled(self, entry: Cancelled) -> None:
        places = self._tallies[entry.mission].places
        places[PLACES.index(entry.was)] -= entry.units
        places[_CANCELLED] += entry.units

    def _due_record(self, entry: DueRecord) -> None:
        tally = self._tallies[entry.mission]
        if tally.target is None:
            raise OursError(f"day {entry.day}: {tally.id} is due without a target; expected one set before")
        self._due[entry.mission] = tally.at_due(tally.target, self._scenario.strength_lambda)

    def _month_end(self, entry: MonthEnd) -> None:
        month = self._scenario.clock.calendar.month_index(entry.day)
        for tally in self._tallies.values():
            places = tally.places
            # the places before "deployed" are those of units ordered and still to come
            pipeline = sum(places[:_DEPLOYED])
            self._months.append(MonthRow(month, tally.id, places[_DEPLOYED], tally.available, pipeline))

    # -- the answer

    def month_rows(self) -> tuple[MonthRow, ...]:
        """Every mission at every month end, by month."""
        return tuple(self._months)

    def mission_rows(self, books: Books) -> tuple[MissionRow, ...]:
        """Every mission at the end of its due day, with what its contracts came to by the horizon."""
        cost = dict.fromkeys(self._tallies, 0)
        signed_yen = dict.fromkeys(self._tallies, 0)
        signed_units = dict.fromkeys(self._tallies, 0)
        for contract, contract_yen, cost_yen in books.contracts():
            mission = self._mission_of.get(contract)
            if mission is None:
                raise OursError(f"{contract} is obligated; expected its units in tender before, found none")
            cost[mission] += cost_yen
            signed_yen[mission] += contract_yen
            signed_units[mission] += self._signed_units.get(contract, 0)
        return tuple(
            self._mission_row(tally, cost[id], signed_yen[id], signed_units[id]) for id, tally in self._tallies.items()
        )

    def _mission_row(self, tally: Tally, cost_yen: int, signed_yen: int, signed_units: int) -> MissionRow:
        due = self._due.get(tally.id)
        if due is None:
            raise OursError(f"the ledger has no due record of {tally.id}; expected one on its due day")
        horizon_day = self._scenario.clock.horizon_day
        tally.advance(horizon_day + 1)
        reached = tally.reached_day is not None
        return MissionRow(
            mission=tally.id,
            target=due.target,
            opening=due.opening,
            ordered=due.ordered,
            available=due.available,
            met=due.counted >= due.target,
            reached_day=horizon_day + 1 if tally.reached_day is None else tally.reached_day,
            strength=due.strength,
            not_ordered=due.target - due.opening - due.ordered,
            reached=reached,
            deployed_counted=due.counted,
            strength_met=due.strength >= strength_target(due.target, self._scenario.strength_lambda),
            unit_cost=divide_half_up(cost_yen, tally.fielded) if tally.fielded else None,
            running_cost=tally.running_cost_yen(signed_yen, signed_units),
            **dict(zip(PLACES, due.places, strict=True)),
        )

    def home_share(self) -> float | None:
        """Share of home-made among ordered units in service on the due days; None where there are none (R36).

        Opening stock is left out, since nothing says where it was made.
        """
        units = sum(due.places[_DEPLOYED] - due.opening for due in self._due.values())
        return sum(due.at_home for due in self._due.values()) / units if units else None
