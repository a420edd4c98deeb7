"""One mission's units while a ledger is read: where they are, what of them counts, since when (R33 to R37).

A state holds from the end of its day to the day before the next change; "on a day" means at its end.

Why: "reached in time" must not depend on the hour at which a unit came and another was lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from sim.engine.entries import PLACES
from sim.rules.measures import strength
from sim.scenario.resolved import Mission
from sim.units import BASIS_POINTS, divide_half_up

_QUARTER_DAYS_PER_YEAR: Final = 1461  # a year of 365.25 days, in quarters of a day
_DEPLOYED: Final = PLACES.index("deployed")


class AtDue(NamedTuple):
    """A mission as it stood at the end of its due day."""

    target: int
    opening: int
    ordered: int
    available: int
    places: tuple[int, ...]
    """Units in each of ``PLACES``."""
    counted: int
    strength: float
    at_home: int
    """Units in service that were made at home."""


class Tally:
    """One mission while the ledger is read."""

    __slots__ = (
        "at_home", "available", "counted", "fielded", "first_late_day", "id", "in_service", "lowest", "opening",
        "ordered", "places", "price_share", "qualities", "reached_day", "since_day", "target", "unit_days",
        "yen_a_year",
    )  # fmt: skip

    def __init__(self, mission: Mission, qualities: Mapping[str, int], deadline_day: int) -> None:
        self.id = mission.id
        self.lowest = mission.lowest_quality
        self.qualities = qualities
        self.first_late_day = deadline_day + 1
        self.places = [0] * len(PLACES)
        """Units in each of ``PLACES``."""
        self.in_service: dict[str, int] = {}
        """Product -> units in service."""
        self.target: int | None = None
        self.opening = self.ordered = self.available = self.counted = self.at_home = 0
        self.fielded = 0
        """Units that ever entered service from orders."""
        self.since_day = 0
        self.reached_day: int | None = None
        self.unit_days = 0
        """Units in service times days, after the deadline."""
        self.yen_a_year: int | None = None
        self.price_share: int | None = None

    def advance(self, day: int) -> None:
        """Take in that what stood at the end of ``since_day`` stood until the day before ``day``."""
        if day <= self.since_day:
            return
        if self.reached_day is None and self.target is not None and self.counted >= self.target:
            self.reached_day = self.since_day
        late_since = max(self.since_day, self.first_late_day)
        if day > late_since:
            self.unit_days += self.places[_DEPLOYED] * (day - late_since)
        self.since_day = day

    def serve(self, day: int, product: str, units: int) -> None:
        """So many units more in service; negative: fewer."""
        self.advance(day)
        self.places[_DEPLOYED] += units
        self.in_service[product] = self.in_service.get(product, 0) + units
        if self.qualities[product] >= self.lowest:
            self.counted += units

    def at_due(self, target: int, lambda_bp: int) -> AtDue:
        """How the mission stands now."""
        counted = [product for product in sorted(self.in_service) if self.qualities[product] >= self.lowest]
        units = [self.in_service[product] for product in counted]
        force = strength(units, [self.qualities[product] for product in counted], lambda_bp)
        return AtDue(
            target,
            self.opening,
            self.ordered,
            self.available,
            tuple(self.places),
            self.counted,
            force,
            self.at_home,
        )

    def running_cost_yen(self, signed_yen: int, signed_units: int) -> int | None:
        """Yen for the unit-days after the deadline, half up; None where the ledger does not say (R35).

        A share of the price is of the mean price of the mission's signed units.
        """
        if self.yen_a_year is None or self.price_share is None:
            return None
        if not self.price_share:
            return divide_half_up(self.yen_a_year * self.unit_days * 4, _QUARTER_DAYS_PER_YEAR)
        if not self.unit_days:
            return 0
        if not signed_units:
            return None
        return divide_half_up(
            signed_yen * self.price_share * self.unit_days * 4,
            signed_units * BASIS_POINTS * _QUARTER_DAYS_PER_YEAR,
        )
