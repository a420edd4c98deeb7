"""Orders asked for their latest day: alone, from the day of the order or of the signature, or inside a plan.

Alone, money and losses are no limits, and success is that all units of this order are in service on the due day: what
is in service beside what is there without the order. Inside a plan nothing may be ordered on the offer before the day,
and success is the mission's own.

Why: the day an order goes out is the ministry's to choose, the day it is signed is what a contract says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from sim.errors import TheirsError, nearest
from sim.scenario.resolved import Offer, PolicySpec, Scenario, Shock
from sim.study.question import Question
from sim.study.trial import Reals, Tried
from sim.study.variants import no_order, one_order, with_passage

ORDER: Final = "order"
SIGNING: Final = "signing"
START: Final = "start"
ALONE: Final = frozenset({"money", "losses"})


def offers_asked(scenario: Scenario, names: Sequence[str]) -> tuple[str, ...]:
    """The scenario's offers, or those of these names. Raises TheirsError for one it does not have."""
    for name in names:
        if name not in scenario.offers:
            raise TheirsError(f"no offer '{name}'. {nearest(name, list(scenario.offers))}")
    return tuple(names) or tuple(scenario.offers)


def of_orders(scenario: Scenario, offers: Sequence[str], quantities: Sequence[int]) -> Iterator[Question]:
    """Each offer in each quantity, asked for the day of its order and for the day of its signature.

    Parameters
    ----------
    quantities
        Units; empty: the offer's smallest order, or what a firm asks for before it opens its line (R19).

    Raises TheirsError for a quantity below an offer's smallest order.
    """
    signed_any_day = _with_budgets_at_once(scenario)
    for id in offers:
        offer = scenario.offers[id]
        for quantity in quantities or (_least(offer),):
            if quantity < offer.minimum_order:
                raise TheirsError(
                    f"{id}: found {quantity} units; expected at least its smallest order, {offer.minimum_order}."
                )
            yield _order(scenario, ORDER, offer, quantity, ALONE)
            if _has_tender(offer):
                yield _order(signed_any_day, SIGNING, offer, quantity, ALONE | {"tender"})


def _least(offer: Offer) -> int:
    commitment = 0 if offer.line is None or offer.line.runs_at_start else offer.line.commitment_units
    return max(1, offer.minimum_order, commitment)


def _has_tender(offer: Offer) -> bool:
    return offer.tender_first is not None or offer.government_sale is not None


def _with_budgets_at_once(scenario: Scenario) -> Scenario:
    """Every budget passes on 1 April: a signature is asked for its day, and not when one may sign."""
    clock, calendar = scenario.clock, scenario.clock.calendar
    years = range(calendar.fiscal_year(0), calendar.fiscal_year(clock.horizon_day) + 1)
    return with_passage(scenario, {year: calendar.fiscal_year_start(year) for year in years})


def _order(world: Scenario, kind: str, offer: Offer, quantity: int, lifted: frozenset[str]) -> Question:
    mission = world.missions[world.products[offer.product].mission]

    def spec_on(day: int | None) -> PolicySpec:
        return no_order(kind) if day is None else one_order(kind, day, offer.id, mission.id, quantity)

    def success(tried: Tried, case: str, never: str) -> Reals:
        more = tried.column(case, f"deployed/{mission.id}") - tried.column(never, f"deployed/{mission.id}")
        return np.where(np.isnan(more), np.nan, (more >= quantity).astype(float))

    id = f"{kind}:{offer.id}:{quantity}"
    return Question(
        id, kind, offer.id, "", quantity, mission.id, mission.due_day, lifted, lambda _: world, spec_on, success
    )


def in_the_plan(scenario: Scenario, policy: PolicySpec, offers: Sequence[str]) -> Iterator[Question]:
    """Each offer that a policy uses, barred before the day; success is the mission's."""
    for id in offers:
        mission = scenario.missions[scenario.products[scenario.offers[id].product].mission]
        if id in _used(policy):
            yield Question(
                f"{START}:{id}", START, id, "", None, mission.id, mission.due_day, frozenset(),
                _BarredBefore(scenario, id), lambda _: policy, met_by(mission.id),
            )  # fmt: skip


def _used(policy: PolicySpec) -> set[str]:
    listed = [each.offer for rule in policy.missions for each in (*rule.levers.mass_offers, *rule.levers.high_offers)]
    listed += [each.offer for rule in policy.missions for each in rule.levers.home_offers]
    return {*listed, *(order.offer for order in policy.orders)}


class _BarredBefore:
    """Worlds in which an offer is not admitted before a day; for never, not at all."""

    def __init__(self, scenario: Scenario, offer: str) -> None:
        self._scenario = scenario
        self._offer = offer

    def __call__(self, day: int | None) -> Scenario:
        as_of = self._scenario.clock.as_of_day
        if day is not None and day <= as_of:
            return self._scenario
        bar = Shock(
            f"before_{day}", "bar", as_of, day, as_of, (self._offer,), None, 0, None, "the plan's own choice of a day"
        )
        return replace(self._scenario, shocks=(*self._scenario.shocks, bar))


def met_by(mission: str) -> _Met:
    """Success is that the mission reaches its own target."""
    return _Met(mission)


class _Met:
    def __init__(self, mission: str) -> None:
        self._mission = mission

    def __call__(self, tried: Tried, case: str, never: str) -> Reals:
        return tried.column(case, f"met/{self._mission}")
