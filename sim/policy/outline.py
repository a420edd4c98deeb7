"""Outlines: what a mission's lists of offers come to, so that a review sees at once that nothing can be ordered.

Whatever an outline rules out, the rule itself would have found to order nothing; it is worked out once a scenario.

Why: three reviews in four end without an order, and a study makes millions of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.policy.belief import LONGEST_DAYS, Beliefs
from sim.policy.gap import stretched
from sim.scenario.resolved import Levers, ListedOffer, PolicySpec, Scenario

NEVER_DAYS = LONGEST_DAYS + 1
"""With which nothing is in time, where nothing is bought abroad."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A mission's listed offers in brief, so that a review can see at once that nothing can be ordered."""

    soonest_days: int
    """The fewest days to the due day with which anything ordered abroad could be in time."""
    soonest: Mapping[tuple[str, bool], int]
    """(Offer abroad, whether an order is its first) -> the same for one unit of it."""
    least_units: int
    """The smallest minimum order; at least 1."""
    least_orders: tuple[tuple[str, int], ...]
    """(offer, its minimum order)."""
    abroad: tuple[str, ...]
    """The offers of both tiers."""
    ranked: bool
    """Whether a chance ranks the offers of a tier, so that their order may change from day to day."""


def outlines(spec: PolicySpec, scenario: Scenario, beliefs: Beliefs) -> dict[str, Outline]:
    """The outline of each mission a policy buys for."""
    return {rule.mission: _outline(rule.levers, scenario, beliefs) for rule in spec.missions}


def _outline(levers: Levers, scenario: Scenario, beliefs: Beliefs) -> Outline:
    abroad = tuple(each.offer for tier in tiers_of(levers) for each in tier)
    listed = (*abroad, *(each.offer for each in levers.home_offers))
    orders = tuple((offer, scenario.offers[offer].minimum_order) for offer in listed)
    soonest = {(id, first): _soonest(levers, beliefs, id, first=first) for id in abroad for first in (True, False)}
    least = max(1, min((units for _, units in orders), default=1))
    ranked = levers.ranking != "listed" and any(len(tier) > 1 for tier in tiers_of(levers))
    return Outline(min(soonest.values(), default=NEVER_DAYS), soonest, least, orders, abroad, ranked)


def _soonest(levers: Levers, beliefs: Beliefs, offer: str, *, first: bool) -> int:
    """Days to the due day below which not even one unit has the least chance and a stretched promise in time."""
    promised = beliefs.promised_days(offer, 1, first=first, approved=True, backlog=0)
    return max(
        beliefs.least_days(offer, levers.least_on_time, first=first), stretched(0, promised, levers.schedule_margin)
    )


def tiers_of(levers: Levers) -> tuple[tuple[ListedOffer, ...], tuple[ListedOffer, ...]]:
    """The offers abroad: of the mass tier, and of the high tier."""
    return levers.mass_offers, levers.high_offers
