"""Beliefs: the chance that an order placed today serves in time, from the scenario's distributions alone (R30).

The days of tender, permit, slip, shipping, approval trial, test and carriage are convolved once a scenario; the
supplier's and the order's slip are taken together, since the buyer can tell them apart no better.

Why: a rule has to weigh a cheap late drone against a dear early one before anybody knows which is late.
"""

from __future__ import annotations

from bisect import bisect_left
from math import erfc, log, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.policy.promises import Typical, deployments, typical
from sim.policy.published import believed
from sim.rules.imports import lots
from sim.scenario.resolved import HomeLine, Luck, Offer, Scenario

LONGEST_DAYS = 4000
"""Beyond this many days from the order the belief is not followed."""


ATTEMPTS = 3
"""Attempts at a development that a belief follows; one that fails more often counts as never."""


class Standing(NamedTuple):
    """How a home line stands for an order placed today."""

    first: bool
    """Whether the order opens the line."""
    wait_days: int
    """Days until the line is ready, once it is open."""
    built: int
    backlog: int
    """Signed units still to be built."""


class _Lead(NamedTuple):
    """What an order's lead asks of its offer, in one look-up: a study asks for nothing more often."""

    days: int
    """Promised days from the order to the day the first lot leaves the works."""
    rate_milli: int
    first_lot: int
    shipping: int


class Beliefs:
    """Lead times of every offer as believed, from the order to service."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._typical = {offer.id: typical(scenario, offer) for offer in scenario.offers.values()}
        self._leads = {
            (id, first): _Lead(_lead(days, first), days.rate_milli, scenario.offers[id].first_lot, days.shipping)
            for id, days in self._typical.items()
            for first in (True, False)
        }
        self._within: dict[tuple[str, bool], list[float]] = {}
        self._least: dict[tuple[str, bool, int], int] = {}

    def on_time(self, offer: str, units: int, days: int, *, first: bool, backlog: int = 0) -> float:
        """The believed chance that the middle unit of an order placed today serves within so many days.

        ``backlog``: the buyer's own units that the works have still to make; the order waits behind them where
        that takes longer than its own lead.
        """
        lead_days, rate, first_lot, _ = self._leads[offer, first]
        left = days
        if rate:
            later_units = units - first_lot
            behind_days = backlog * 365_000 // rate - lead_days
            # Plain tests instead of max: a study asks this more often than anything else of a rule.
            if later_units > 0:
                left -= later_units * 365_000 // rate // 2
            if behind_days > 0:
                left -= behind_days
        if left < 0:
            return 0.0
        return self._chances(offer, first)[min(left, LONGEST_DAYS)]

    def at_home_on_time(self, offer: str, units: int, days: int, standing: Standing) -> float:
        """The same for a home line: behind what it has in hand, along its planned ramp."""
        ramp = self._typical[offer].ramp
        assert ramp is not None, "a home line has a plan"
        left = days - standing.wait_days - ramp.days_after(standing.built, standing.backlog + (units + 1) // 2)
        return 0.0 if left < 0 else self._chances(offer, standing.first)[min(left, LONGEST_DAYS)]

    def at_home_units_by(self, offer: str, days: int) -> int:
        """Units that a home line should build within so many days of its opening, as planned."""
        ramp = self._typical[offer].ramp
        assert ramp is not None, "a home line has a plan"
        return ramp.units_by(days)

    def at_home_promised_days(self, offer: str, units: int, standing: Standing, *, approved: bool) -> int:
        """Promised days from a home order placed today to the service of its last unit."""
        days = self._typical[offer]
        assert days.ramp is not None, "a home line has a plan"
        making = standing.wait_days + days.ramp.days_after(standing.built, standing.backlog + units)
        return self._leads[offer, standing.first].days + making + days.after_arrival + (0 if approved else days.trial)

    def least_days(self, offer: str, least: int, *, first: bool) -> int:
        """The fewest days to service with which the chance reaches ``least`` basis points; beyond all days if never."""
        key = (offer, first, least)
        held = self._least.get(key)
        if held is None:
            chances = self._chances(offer, first)
            held = self._least[key] = bisect_left(chances, least / 10_000) if least else 0
        return held

    def _chances(self, offer: str, first: bool) -> list[float]:
        held = self._within.get((offer, first))
        if held is None:
            held = self._within[offer, first] = _cumulated(self._scenario, self._scenario.offers[offer], first).tolist()
        return held

    def promised_days(self, offer: str, units: int, *, first: bool, approved: bool, backlog: int) -> int:
        """Promised days from an order placed today to the service of its last unit."""
        days, held = self._typical[offer], self._scenario.offers[offer]
        leaving = self._leads[offer, first].days
        if days.rate_milli:
            leaving = max(leaving, backlog * 365_000 // days.rate_milli)
        return deployments(leaving, lots(units, held.first_lot, held.lot), days, approved)[-1]

    def last_arrival(self, offer: str, units: int, *, first: bool) -> int:
        """Promised days from the order to the last unit's arrival."""
        lead_days, rate, _, shipping = self._leads[offer, first]
        return lead_days + shipping + (units * 365_000 // rate if rate else 0)


def _lead(days: Typical, first: bool) -> int:
    if first:
        return days.tender_first + days.permit_first + days.promise_first + days.opening
    return days.tender_later + days.permit_later + days.promise_later


def _cumulated(scenario: Scenario, offer: Offer, first: bool) -> NDArray[np.float64]:
    """The chance of service within 0..LONGEST_DAYS days; failure of the tender counts as never."""
    product = scenario.products[offer.product]
    mission = scenario.missions[product.mission]
    chance = np.zeros(LONGEST_DAYS + 1)
    chance[0] = 1 - believed(scenario, offer.failure_chance)
    sale = offer.government_sale
    stages = [offer.tender_first if first else offer.tender_later]
    if sale is not None:
        stages += [sale.request, sale.offer]
    for stage in stages:
        chance = _convolved(chance, stage, 1.0)
    chance = _convolved(chance, offer.permit_first, 1.0 if first else offer.permit_later_share / 10_000)
    if offer.line is not None and first:
        chance = _opened(scenario, offer.line, chance)
    promise = offer.promise_first_days if first else offer.promise_later_days
    chance = _joined(chance, _slipped(scenario, offer, promise))
    chance = _convolved(chance, offer.shipping, 1.0)
    if first and product.type_approval is not None:
        group = scenario.type_approvals[product.type_approval]
        chance = _convolved(chance, group.trial, 1.0) * (1 - believed(scenario, group.block_chance))
    chance = _convolved(chance, mission.acceptance, 1.0)
    chance = _convolved(chance, mission.fielding, 1.0)
    return np.minimum(1.0, np.cumsum(chance))


def _opened(scenario: Scenario, line: HomeLine, chance: NDArray[np.float64]) -> NDArray[np.float64]:
    """The opening of a home line: development with its new attempts, then preparation (R20)."""
    development = line.development
    if development is not None:
        fails = believed(scenario, development.failure_chance)
        attempt, developed = _convolved(chance, development.days, 1.0), np.zeros_like(chance)
        for _ in range(ATTEMPTS):
            developed += (1 - fails) * attempt
            attempt = fails * _convolved(attempt, development.days, development.restart_share / 10_000)
        chance = developed
    return _convolved(chance, line.preparation, 1.0)


def _slipped(scenario: Scenario, offer: Offer, promise: int) -> NDArray[np.float64]:
    if offer.slip_class is None:
        days = np.zeros(LONGEST_DAYS + 1)
        days[0] = 1.0
        return days
    slip = scenario.slip_classes[offer.slip_class]
    if promise == 0 or slip.log_sd == 0:
        days = np.zeros(LONGEST_DAYS + 1)
        days[min(LONGEST_DAYS, round(promise * np.e**slip.log_mean))] = 1.0
        return days
    edges = [
        0.5 * erfc(-(log((day + 0.5) / promise) - slip.log_mean) / slip.log_sd / sqrt(2))
        for day in range(LONGEST_DAYS + 1)
    ]
    return np.diff(np.array(edges), prepend=0.0)


def _convolved(chance: NDArray[np.float64], luck: Luck | None, scale: float) -> NDArray[np.float64]:
    if luck is None:
        return chance
    belief = luck.belief if scale == 1.0 else luck.belief.scaled(scale)
    longest = min(LONGEST_DAYS, int(belief.quantile(1 - 1e-9)) + 2)
    edges = np.array([belief.cdf(day + 0.5) for day in range(longest + 1)])
    return _joined(chance, np.diff(edges, prepend=0.0))


def _joined(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.convolve(first, second)[: LONGEST_DAYS + 1]
