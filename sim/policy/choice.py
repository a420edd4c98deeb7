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
) -> list[Candidate]:
    """The listed offers that are admitted, priced, and within the contract term, best first."""
    found = []
    for place, entry in enumerate(listed):
        offer = scenario.offers[entry.offer]
        yen = seen.unit_yen(entry.offer)
        if yen is None or yen <= 0 or seen.is_barred(entry.offer):
            continue
        first = seen.orders_on(entry.offer) == 0
        if beliefs.last_arrival(entry.offer, units, first=first) > levers.contract_years * 365:
            continue
        days = mission.due_day - seen.day
        chance = beliefs.on_time(entry.offer, units, days, first=first, backlog=seen.backlog(entry.offer))
        country = scenario.suppliers[offer.supplier].country
        found.append((_rank(levers, scenario, entry.offer, yen, chance, place), entry, yen, chance, country))
    found.sort(key=lambda each: each[0])
    return [Candidate(entry.offer, entry.weight, yen, chance, country) for _, entry, yen, chance, country in found]


def _rank(
    levers: Levers, scenario: Scenario, offer: str, yen: int, chance: float, place: int
) -> tuple[float, float, int]:
    if levers.ranking == "listed":
        return (0.0, 0.0, place)
    if levers.ranking == "quality":
        return (-scenario.products[scenario.offers[offer].product].quality, -chance, place)
    return (-chance / yen, 0.0, place)


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
    total = sum(candidate.weight for candidate in chosen)
    shares = [candidate.weight / total for candidate in chosen]
    countries = {candidate.country for candidate in chosen}
    if cap >= 10_000 or len(countries) < 2:
        return shares
    for country in sorted(countries):
        mine = [place for place, candidate in enumerate(chosen) if candidate.country == country]
        held = sum(shares[place] for place in mine)
        if held <= cap / 10_000:
            continue
        rest = 1 - held
        for place, candidate in enumerate(chosen):
            if candidate.country == country:
                shares[place] *= cap / 10_000 / held
            else:
                shares[place] *= (1 - cap / 10_000) / rest
        break
    return shares
