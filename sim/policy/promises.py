"""What promises say: the days a buyer reckons with, from published figures alone.

Only modes of the scenario's beliefs and stated promises enter; never a sampled input, never luck.

Why: the buyer plans by promises, and how far they are off is what the simulation is about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.policy.ramp import Ramp, ramp_of
from sim.rules.imports import promised_arrivals
from sim.scenario.resolved import HomeLine, Luck, Offer, Scenario
from sim.units import divide_half_up, round_half_up, share_of


@dataclass(frozen=True, slots=True)
class Typical:
    """The published days of one offer's stages."""

    tender_first: int
    tender_later: int
    permit_first: int
    permit_later: int
    promise_first: int
    promise_later: int
    shipping: int
    after_arrival: int
    """Test and carriage to base, without the type's approval."""
    trial: int
    """The type's trial part, for a type not yet approved."""
    rate_milli: int
    """Thousandths of units per 365 days; 0 is no limit."""
    opening: int = 0
    """Development and preparation of a home line that is not open."""
    ramp: Ramp | None = None
    """What a home line builds once it is ready; None for an import."""


def typicals(scenario: Scenario) -> Mapping[str, Typical]:
    """The published days of every offer, worked out once a scenario."""
    held: dict[str, Typical] | None = scenario.worked_out.get("typicals")
    if held is None:
        held = scenario.worked_out["typicals"] = {id: typical(scenario, offer) for id, offer in scenario.offers.items()}
    return held


def typical(scenario: Scenario, offer: Offer) -> Typical:
    """The published days of an offer."""
    product = scenario.products[offer.product]
    mission = scenario.missions[product.mission]
    sale = offer.government_sale
    sale_days = 0 if sale is None else mode_days(sale.request) + mode_days(sale.offer)
    permit = mode_days(offer.permit_first)
    approval = None if product.type_approval is None else scenario.type_approvals[product.type_approval]
    return Typical(
        tender_first=sale_days + mode_days(offer.tender_first),
        tender_later=sale_days + mode_days(offer.tender_later),
        permit_first=permit,
        permit_later=share_of(permit, offer.permit_later_share),
        promise_first=offer.promise_first_days,
        promise_later=offer.promise_later_days,
        shipping=mode_days(offer.shipping),
        after_arrival=mode_days(mission.acceptance) + mode_days(mission.fielding),
        trial=0 if approval is None else mode_days(approval.trial),
        rate_milli=_rate_milli(offer),
        opening=0 if offer.line is None else opening_days(offer.line),
        ramp=ramp_of(scenario, offer),
    )


def opening_days(line: HomeLine) -> int:
    """The most likely days of a line's development and preparation."""
    developing = 0 if line.development is None else mode_days(line.development.days)
    return developing + mode_days(line.preparation)


def mode_days(luck: Luck | None) -> int:
    """The most likely whole days of a stage; 0 where there is none."""
    return 0 if luck is None else round_half_up(luck.belief.mode())


def _rate_milli(offer: Offer) -> int:
    if offer.rate is None or offer.rate.belief is None:
        return 0
    rate = round_half_up(offer.rate.belief.mode())
    return divide_half_up(rate * 1000 * 365, offer.rate_period_days)


def deployments(first_leaving: int, lot_units: tuple[int, ...], days: Typical, approved: bool) -> tuple[int, ...]:
    """The day on which each lot should be in service when the first leaves the works on ``first_leaving``."""
    after = days.shipping + days.after_arrival + (0 if approved else days.trial)
    return promised_arrivals(first_leaving + after, lot_units, days.rate_milli)
