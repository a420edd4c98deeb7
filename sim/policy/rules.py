"""The rules ``close_gap``, ``staged`` and ``shares``: levers in, orders out (R31, R32).

Missions are served in the policy's priority; each review spends what is free today and no more.

Why: a policy in a file is a few numbers a planner can argue about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sim.policy.belief import Beliefs
from sim.policy.choice import Candidate, Part, candidates, shared, unit_price
from sim.policy.gap import gap_for_good, gap_on_due_day, stretched
from sim.policy.home_leg import (
    Taken,
    cost_yen,
    has_switched,
    home_candidates,
    home_part,
    part_abroad,
    standing,
    would_agree,
)
from sim.policy.industry import home_due, lever_days
from sim.policy.observation import Buy, Decision, Observation, TakeSeats
from sim.policy.outline import Outline, tiers_of
from sim.policy.seats import seats_due
from sim.scenario.resolved import Levers, ListedOffer, Mission, MissionRule, PolicySpec, Scenario


@dataclass(slots=True)
class Purse:
    """What this review may still spend, line by line."""

    seen: Observation
    left: dict[str, int] = field(default_factory=dict)
    spent: dict[tuple[str, str], int] = field(default_factory=dict)
    """(line, mission) -> yen of today's orders."""
    divided: dict[str, int] = field(default_factory=dict)
    """Line -> yen of this year for its split missions: what was free as the review began, and what they had."""

    def free(self, lines: tuple[str, ...]) -> int:
        """Yen left over these lines."""
        free, left = 0, self.left
        for line in lines:
            if line not in left:
                left[line] = self.seen.free_yen(line)
            free += left[line]
        return free

    def spend(self, lines: tuple[str, ...], yen: int, mission: str) -> None:
        """Take yen for a mission from the lines in their order."""
        for line in lines:
            taken = min(yen, self.free((line,)))
            self.left[line] -= taken
            self.spent[line, mission] = self.spent.get((line, mission), 0) + taken
            yen -= taken


class Offered(NamedTuple):
    """What could be ordered today for the whole of a need."""

    need: int
    terms: list[tuple[int | None, bool, bool]]
    """Of each offer: its price, whether it is barred, whether an order would be its first."""
    tiers: list[list[Candidate]]
    money: list[float]
    """For each tier, so that the need is met."""
    parts: list[Part]


@dataclass(frozen=True, slots=True)
class RulePolicy:
    """A policy made of one rule a mission."""

    spec: PolicySpec
    scenario: Scenario
    beliefs: Beliefs
    outlines: Mapping[str, Outline]
    """Mission -> what its rule's lists of offers come to."""
    kept: dict[str, Offered] = field(default_factory=dict, compare=False)
    """Mission -> what was worked out last: from month to month most reviews ask the same. No answer depends on it."""

    @property
    def id(self) -> str:
        """The policy's id in the scenario."""
        return self.spec.id

    @property
    def withdraws_rests(self) -> bool:
        """Rules decide anew at each review."""
        return True

    def review_days(self, first: int, last: int) -> tuple[int, ...]:
        """``as_of``, the first of every so many months after it, and the days something else is bought."""
        calendar = self.scenario.clock.calendar
        firsts = calendar.month_starts(first, last)[:: self.spec.review_months]
        seats = {max(first, day) for day in (*(lever.day for lever in self.spec.seats), *lever_days(self.spec.home))}
        return tuple(sorted({first, *firsts, *(day for day in seats if day <= last)}))

    def review(self, seen: Observation) -> list[Decision]:
        """Today's orders, mission by mission."""
        purse = Purse(seen)
        decided: list[Decision] = [*home_due(self.scenario, self.spec, seen)]
        for rule in self.spec.missions:
            mission, outline = self.scenario.missions[rule.mission], self.outlines[rule.mission]
            # Nearly always the need or the money is too small, which is seen before anything is worked out.
            if self._is_filled(seen, mission, rule, outline):
                continue
            if purse.free(mission.lines) >= seen.least_order_yen(mission.id, outline.least_orders):
                decided += self._mission(seen, purse, mission, rule)
        decided += [TakeSeats(mission, seats) for mission, seats in seats_due(self.scenario, self.spec, seen.day)]
        return decided

    def _is_filled(self, seen: Observation, mission: Mission, rule: MissionRule, outline: Outline) -> bool:
        """Whether less than the smallest order will be missing for good, and no order could still be on time."""
        if rule.rule != "shares" and mission.due_day - seen.day >= outline.soonest_days:
            return False
        return gap_for_good(seen, mission, rule.levers) < outline.least_units

    def _mission(self, seen: Observation, purse: Purse, mission: Mission, rule: MissionRule) -> list[Buy]:
        """Abroad first, then at home; where home comes first, the other way round (R31)."""
        levers = rule.levers
        if not levers.home_offers:
            return self._abroad(seen, purse, mission, rule, Taken())
        if has_switched(levers, seen.day):
            at_home, taken = self._at_home(seen, purse, mission, rule, gap_for_good(seen, mission, levers))
            return [*at_home, *self._abroad(seen, purse, mission, rule, taken)]
        abroad = self._abroad(seen, purse, mission, rule, Taken())
        need = gap_for_good(seen, mission, levers) - sum(order.units for order in abroad)
        return [*abroad, *self._at_home(seen, purse, mission, rule, need, cost_yen(seen, abroad))[0]]

    def _abroad(self, seen: Observation, purse: Purse, mission: Mission, rule: MissionRule, taken: Taken) -> list[Buy]:
        """The leg abroad, for what today's home orders leave."""
        if rule.rule == "shares":
            return self._by_shares(seen, purse, mission, rule.levers, taken)
        return self._by_gap(seen, purse, mission, rule.levers, taken)

    # -- at home

    def _at_home(
        self, seen: Observation, purse: Purse, mission: Mission, rule: MissionRule, need: int, abroad_yen: int = 0
    ) -> tuple[list[Buy], Taken]:
        """Home orders that meet a need, and what they come to; late ones are placed all the same."""
        levers = rule.levers
        found = home_candidates(seen, self.scenario, self.beliefs, mission, levers, need) if need > 0 else []
        if not found:
            return [], Taken()
        price = unit_price(found, levers)
        if not has_switched(levers, seen.day):
            need = min(need, home_part(seen, mission, levers, need, price, abroad_yen))
            if need <= 0:
                return [], Taken()
        parts = shared(self.scenario, found, levers, need * price)
        money = purse.free(mission.lines)
        if rule.rule == "shares":
            money = sum(self._pot(seen, purse, line, mission.id) for line in mission.lines)
        # What is asked of the firm is what would be signed: cut to the need and to the money.
        cut = [(part, min(part.units, need, money * part.units // part.yen)) for part in parts]
        parts = [part for part, units in cut if would_agree(seen, self.beliefs, part.offer, units)]
        orders = self._buy(seen, purse, mission, mission.lines, levers, parts, need, money)
        in_time = sum(order.units for order in orders if self._is_in_time(seen, mission, levers, order))
        return orders, Taken(sum(order.units for order in orders), in_time, cost_yen(seen, orders))

    def _is_in_time(self, seen: Observation, mission: Mission, levers: Levers, order: Buy) -> bool:
        stands, approved = standing(seen, order.offer), seen.is_approved(order.offer)
        days = self.beliefs.at_home_promised_days(order.offer, order.units, stands, approved=approved)
        return stretched(seen.day, seen.day + days, levers.schedule_margin) <= mission.due_day

    # -- close_gap, staged

    def _by_gap(self, seen: Observation, purse: Purse, mission: Mission, levers: Levers, taken: Taken) -> list[Buy]:
        if self._can_be_on_time(seen, mission):
            need = gap_on_due_day(seen, mission, levers) - taken.in_time
            bought = self._fill(seen, purse, mission, levers, need, taken.yen, in_time=True)
            if bought:
                return bought
        need = gap_for_good(seen, mission, levers) - taken.units
        return self._fill(seen, purse, mission, levers, need, taken.yen, in_time=False)

    def _can_be_on_time(self, seen: Observation, mission: Mission) -> bool:
        """Whether any offer abroad could still fill the gap at the due date, were one unit of it ordered."""
        days_left, outline = mission.due_day - seen.day, self.outlines[mission.id]
        if days_left < outline.soonest_days:
            return False
        return any(outline.soonest[offer, seen.orders_on(offer) == 0] <= days_left for offer in outline.abroad)

    def _fill(
        self,
        seen: Observation,
        purse: Purse,
        mission: Mission,
        levers: Levers,
        need: int,
        home_yen: int,
        *,
        in_time: bool,
    ) -> list[Buy]:
        """Orders that meet a need; ``in_time``: from offers that would meet it by the due day."""
        if need < self.outlines[mission.id].least_units:
            return []
        offered = self._offered(seen, mission, levers, need, in_time=in_time)
        if not any(offered.tiers):
            return []
        parts = offered.parts
        need = part_abroad(seen, mission, levers, need, sum(offered.money), home_yen)
        if need <= 0:
            return []
        if need != offered.need:
            parts = self._parts(offered.tiers, levers, _by_tier(need, offered.tiers, levers))
        return self._buy(seen, purse, mission, mission.lines, levers, parts, need, purse.free(mission.lines))

    def _offered(self, seen: Observation, mission: Mission, levers: Levers, need: int, *, in_time: bool) -> Offered:
        """What could be ordered for a need; worked out anew only if something it follows from has changed."""
        outline = self.outlines[mission.id]
        if in_time or outline.ranked:
            return self._worked_out(seen, mission, levers, need, [], in_time=in_time)
        terms = [(seen.unit_yen(id), seen.is_barred(id), seen.orders_on(id) == 0) for id in outline.abroad]
        kept = self.kept.get(mission.id)
        if kept is None or kept.need != need or kept.terms != terms:
            kept = self.kept[mission.id] = self._worked_out(seen, mission, levers, need, terms, in_time=False)
        return kept

    def _worked_out(
        self,
        seen: Observation,
        mission: Mission,
        levers: Levers,
        need: int,
        terms: list[tuple[int | None, bool, bool]],
        *,
        in_time: bool,
    ) -> Offered:
        tiers = [self._fit(seen, mission, offers, levers, need, in_time=in_time) for offers in tiers_of(levers)]
        money = _by_tier(need, tiers, levers)
        return Offered(need, terms, tiers, money, self._parts(tiers, levers, money))

    def _parts(self, tiers: list[list[Candidate]], levers: Levers, money: list[float]) -> list[Part]:
        return [
            part for tier, sum_ in zip(tiers, money, strict=True) for part in shared(self.scenario, tier, levers, sum_)
        ]

    def _fit(
        self,
        seen: Observation,
        mission: Mission,
        offers: tuple[ListedOffer, ...],
        levers: Levers,
        need: int,
        *,
        in_time: bool,
    ) -> list[Candidate]:
        if not offers:
            return []
        found = candidates(seen, self.scenario, self.beliefs, mission, offers, levers, need, in_time=in_time)
        if not in_time:
            return found
        # An order that would not itself be counted as in time leaves the gap open, to be bought again next month.
        return [
            candidate
            for candidate in found
            if candidate.chance * 10_000 >= levers.least_on_time
            and self._promised_day(seen, candidate.offer, need, levers) <= mission.due_day
        ]

    def _promised_day(self, seen: Observation, offer: str, units: int, levers: Levers) -> int:
        """The day on which the last unit of an order placed today counts as in service, margin and all."""
        first, approved = seen.orders_on(offer) == 0, seen.is_approved(offer)
        days = self.beliefs.promised_days(offer, units, first=first, approved=approved, backlog=seen.backlog(offer))
        return stretched(seen.day, seen.day + days, levers.schedule_margin)

    # -- shares

    def _by_shares(self, seen: Observation, purse: Purse, mission: Mission, levers: Levers, taken: Taken) -> list[Buy]:
        need = gap_for_good(seen, mission, levers) - taken.units
        outline = self.outlines[mission.id]
        if need < outline.least_units:
            return []
        pots = [self._pot(seen, purse, line, mission.id) for line in mission.lines]
        # Each line orders for itself: where none can pay for the cheapest smallest order, nothing is worked out.
        if max(pots) < seen.least_order_yen(mission.id, outline.least_orders):
            return []
        offered = self._offered(seen, mission, levers, need, in_time=False)
        tiers = offered.tiers
        if not any(tiers):
            return []
        need = part_abroad(seen, mission, levers, need, sum(offered.money), taken.yen)
        bought: list[Buy] = []
        for line, pot in zip(mission.lines, pots, strict=True):
            if need <= 0 or pot <= 0:
                continue
            whole = need == offered.need
            wanted = offered.money if whole else _by_tier(need, tiers, levers)
            cut = min(1.0, pot / sum(wanted))
            if whole and cut == 1.0:
                parts = offered.parts
            else:
                parts = self._parts(tiers, levers, [sum_ * cut for sum_ in wanted])
            orders = self._buy(seen, purse, mission, (line,), levers, parts, need, pot)
            need -= sum(order.units for order in orders)
            bought += orders
        return bought

    def _pot(self, seen: Observation, purse: Purse, line: str, mission: str) -> int:
        """A mission's share of what the line has for the split missions this year, less what it already took.

        Announced orders and other uses come first: the split divides what they leave. A line not split serves by
        priority.
        """
        split = self.spec.line_split.get(line)
        free = purse.free((line,))
        if split is None:
            return free
        divided = purse.divided.get(line)
        if divided is None:
            divided = seen.free_yen(line) + sum(seen.spent_yen(line, each) for each in split)
            purse.divided[line] = divided
        taken = seen.spent_yen(line, mission) + purse.spent.get((line, mission), 0)
        return min(free, divided * split.get(mission, 0) // 10_000 - taken)

    # -- orders

    def _buy(
        self,
        seen: Observation,
        purse: Purse,
        mission: Mission,
        lines: tuple[str, ...],
        levers: Levers,
        parts: list[Part],
        need: int,
        money: int,
    ) -> list[Buy]:
        """Orders for the parts, cut to the need and to the money; a part cut below its minimum is left out."""
        prepared = levers.tenders_prepared_days if seen.passage_day else 0
        orders = []
        for part in parts:
            offer = self.scenario.offers[part.offer]
            price = part.yen // part.units
            units = min(part.units, need, money // price)
            if units < offer.minimum_order:
                continue
            purse.spend(lines, units * price, mission.id)
            money -= units * price
            need -= units
            orders.append(Buy(offer.id, mission.id, units, lines, prepared))
        return orders


def _by_tier(need: int, tiers: list[list[Candidate]], levers: Levers) -> list[float]:
    """Money for each tier so that the need is met and the high tier has its share of the money."""
    mass, high = tiers
    if not mass or not high:
        return [need * unit_price(tier, levers) if tier else 0.0 for tier in tiers]
    share = levers.high_tier_share / 10_000
    total = need / ((1 - share) / unit_price(mass, levers) + share / unit_price(high, levers))
    return [total * (1 - share), total * share]
