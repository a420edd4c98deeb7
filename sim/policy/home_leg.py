"""The home leg of a mission's purchases: which home offers could be ordered today (R19, R31, R32).

A firm that would refuse an order is not asked; an order that comes late adds to the stock after the due day, and no
rule counts it as filling the gap before.

Why: money kept for home production is not lost to the mission, and not yet a drone either.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sim.policy.belief import Beliefs, Standing
from sim.policy.choice import Candidate
from sim.policy.observation import Buy, Observation
from sim.policy.ramp import TWO_YEARS_DAYS
from sim.scenario.resolved import Levers, Mission, Scenario

HOME_COUNTRY = "Japan"


class Taken(NamedTuple):
    """What today's home orders came to."""

    units: int = 0
    in_time: int = 0
    """Of these, units promised by the due day."""
    yen: int = 0
    """What they cost at quoted prices."""


def standing(seen: Observation, offer: str) -> Standing:
    """How a home line stands for an order placed today."""
    ready = seen.ready_in(offer)
    return Standing(ready is None, ready or 0, seen.built(offer), seen.backlog(offer))


def would_agree(seen: Observation, beliefs: Beliefs, offer: str, units: int) -> bool:
    """Whether a firm would take on so many units: its line is to make what it asks for of them in two years (R19)."""
    asked = seen.commitment(offer)
    return asked <= units and (not asked or asked <= beliefs.at_home_units_by(offer, TWO_YEARS_DAYS))


def home_candidates(
    seen: Observation, scenario: Scenario, beliefs: Beliefs, mission: Mission, levers: Levers, units: int
) -> list[Candidate]:
    """The home offers listed that are admitted and whose firm would take on so many units, in the order listed."""
    found = []
    for entry in levers.home_offers:
        id = entry.offer
        yen = seen.unit_yen(id)
        if yen is None or yen <= 0 or seen.is_barred(id) or not would_agree(seen, beliefs, id, units):
            continue
        stands = standing(seen, id)
        if beliefs.at_home_promised_days(id, units, stands, approved=True) > levers.contract_years * 365:
            continue
        chance = beliefs.at_home_on_time(id, units, mission.due_day - seen.day, stands)
        found.append(Candidate(id, entry.weight, yen, chance, HOME_COUNTRY))
    return found


def has_switched(levers: Levers, day: int) -> bool:
    """Whether home comes first: from the switch day of the rule ``staged`` on."""
    return levers.switch_day is not None and day >= levers.switch_day


def foreign_share(levers: Levers, seen: Observation) -> int:
    """Share of this year's money for a mission that may go abroad, basis points."""
    return levers.foreign_share.get(seen.fiscal_year, 0 if has_switched(levers, seen.day) else 10_000)


def spent_at_home(seen: Observation, mission: Mission) -> int:
    """This year's money for a mission that went to home offers."""
    return sum(seen.spent_at_home_yen(line, mission.id) for line in mission.lines)


def cost_yen(seen: Observation, orders: Sequence[Buy]) -> int:
    """What today's orders come to at quoted prices."""
    return sum(order.units * (seen.unit_yen(order.offer) or 0) for order in orders)


def home_part(seen: Observation, mission: Mission, levers: Levers, need: int, price: float, abroad_yen: int) -> int:
    """Units of a need that the share of this year's money kept for home still buys (R32).

    ``abroad_yen``: what goes abroad today; it is of this year's money too.
    """
    share = 10_000 - foreign_share(levers, seen)
    spent = abroad_yen + sum(seen.spent_yen(line, mission.id) for line in mission.lines)
    kept = (share * (spent + need * price) - 10_000 * spent_at_home(seen, mission)) / 10_000
    return max(0, int(kept / price))


def part_abroad(seen: Observation, mission: Mission, levers: Levers, need: int, cost: float, home_yen: int) -> int:
    """The part of a need, with what it costs, that may still be met from abroad: its share of this year's money (R32).

    From the switch day on nothing goes abroad but the share stated for the year. ``home_yen``: what goes home today.
    """
    share = foreign_share(levers, seen)
    if share >= 10_000 or need <= 0:
        return need
    spent = sum(seen.spent_yen(line, mission.id) for line in mission.lines)
    abroad = spent - spent_at_home(seen, mission) if levers.home_offers else spent
    return max(0, int(need * (share * (spent + home_yen + cost) - 10_000 * abroad) / (10_000 * cost)))
