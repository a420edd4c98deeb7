"""Which offers share a need, and in which parts (R31, R32).

Offers are ranked by the lever, the best few share by their listed weights of money, no country beyond its cap, and a
part below its offer's minimum order goes to the next.

Why: quantity against quality and one country against two are decided here, by levers and not by code.
"""

from __future__ import annotations

from typing import NamedTuple

from sim.policy.belief import Beliefs
from sim.policy.observation import Observation
from sim.scenario.resolved import Levers, ListedOffer, Mission, Scenario


class Candidate(NamedTuple):
    """An offer that could be ordered today."""

    offer: str
    weight: int
    yen: int
    chance: float
    """The believed chance to serve in time; 0 where nobody asked."""
    country: str


class Part(NamedTuple):
    """Units of one offer and what they cost at the quoted price."""

    offer: str
    units: int
    yen: int


def candidates(
    seen: Observation,
    scenario: Scenario,
    beliefs: Beliefs,
    mission: Mission,
    listed: tuple[ListedOffer, ...],
    levers: Levers,
    units: int,
    *,
    in_time: bool,
) -> list[Candidate]:
    """The listed offers that are admitted, priced, and within the contract term, best first.

    ``in_time``: their chances are asked for; else they are worked out only where they rank the offers.
    """
    ranked = len(listed) > 1 and levers.ranking != "listed"
    found = []
    for entry in listed:
        id = entry.offer
        yen = seen.unit_yen(id)
        if yen is None or yen <= 0 or seen.is_barred(id):
            continue
        first, chance = seen.orders_on(id) == 0, 0.0
        if beliefs.last_arrival(id, units, first=first) > levers.contract_years * 365:
            continue
        if ranked or in_time:
            chance = beliefs.on_time(id, units, mission.due_day - seen.day, first=first, backlog=seen.backlog(id))
        country = scenario.suppliers[scenario.offers[id].supplier].country
        found.append(Candidate(id, entry.weight, yen, chance, country))
    if ranked and len(found) > 1:
        # Equals stay in the order listed.
        found.sort(key=lambda candidate: _rank(levers, scenario, candidate))
    return found


def _rank(levers: Levers, scenario: Scenario, candidate: Candidate) -> tuple[float, float]:
    if levers.ranking == "quality":
        return (-scenario.products[scenario.offers[candidate.offer].product].quality, -candidate.chance)
    return (-candidate.chance / candidate.yen, 0.0)


def shared(scenario: Scenario, found: list[Candidate], levers: Levers, money: float) -> list[Part]:
    """Split a sum among the best offers; what falls below a minimum order goes to the next one."""
    chosen = found[: levers.suppliers]
    if not chosen or money <= 0:
        return []
    parts: list[Part] = []
    left_over = 0.0
    for candidate, share in zip(chosen, _capped(chosen, levers.country_cap), strict=True):
        part = _part(scenario, candidate, money * share + left_over)
        left_over = 0.0 if part is not None else money * share + left_over
        if part is not None:
            parts.append(part)
    if parts and left_over:
        return _topped(scenario, chosen, parts, left_over)
    return parts


def unit_price(found: list[Candidate], levers: Levers) -> float:
    """What a unit costs on average when money is split among the best offers."""
    chosen = found[: levers.suppliers]
    shares = _capped(chosen, levers.country_cap)
    units_a_yen = 0.0
    for candidate, share in zip(chosen, shares, strict=True):
        units_a_yen += share / candidate.yen
    return 1 / units_a_yen


def _part(scenario: Scenario, candidate: Candidate, money: float) -> Part | None:
    units = int(money / candidate.yen + 0.5)
    if units < scenario.offers[candidate.offer].minimum_order:
        return None
    return Part(candidate.offer, units, units * candidate.yen)


def _topped(scenario: Scenario, chosen: list[Candidate], parts: list[Part], money: float) -> list[Part]:
    """The last offers' parts were too small: their money goes to the first that is ordered."""
    first = parts[0]
    candidate = next(each for each in chosen if each.offer == first.offer)
    grown = _part(scenario, candidate, first.yen + money)
    return parts if grown is None else [grown, *parts[1:]]


def _capped(chosen: list[Candidate], cap: int) -> list[float]:
    """Each candidate's share of the money by weight, no country above the cap while another can take the rest."""
    if len(chosen) == 1:
        return [1.0]
    total = 0
    for candidate in chosen:
        total += candidate.weight
    shares = [candidate.weight / total for candidate in chosen]
    if cap >= 10_000:
        return shares
    limit, held = cap / 10_000, dict.fromkeys((candidate.country for candidate in chosen), 0.0)
    for candidate, share in zip(chosen, shares, strict=True):
        held[candidate.country] += share
    full: set[str] = set()
    while True:
        # What the full countries may not have is the others', who may then be over the cap in their turn.
        factor = (1 - limit * len(full)) / sum(held[country] for country in held if country not in full)
        over = {country for country in held if country not in full and held[country] * factor > limit + 1e-12}
        if not over or len(full) + len(over) == len(held):
            break
        full |= over
    return [
        share * (limit / held[candidate.country] if candidate.country in full else factor)
        for candidate, share in zip(chosen, shares, strict=True)
    ]
