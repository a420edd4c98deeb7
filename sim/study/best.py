"""The best case: the most units a mission can have in service on its due day under one policy.

Every delay is at its shortest, every price at its lowest, every rate and budget at its highest, each mission has
its lines to itself, and nothing is lost: what this says cannot be, cannot be.

Why: a plan that falls short even so should be known in a second, not after three hundred runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import exp, inf, sqrt
from typing import Final, NamedTuple

from sim.rules.imports import grown_rate
from sim.rules.service import units_crewable
from sim.scenario.resolved import DatedOrder, Luck, Mission, Offer, PolicySpec, Scenario
from sim.study.best_home import lowest_price, most_units, shortest_development, shortest_opening
from sim.study.bounds import of_input, of_luck
from sim.units import BASIS_POINTS

_LUCKIEST_SCORE: Final = -3.09
"""Of a standard normal: one in a thousand is lower."""


class Chance(NamedTuple):
    """An opportunity to order: a listed offer from the first day on, or a typed order."""

    offer: Offer
    day: int
    most_units: float


@dataclass(frozen=True, slots=True)
class BestCase:
    """The most units in service on the due day, and what allows no more."""

    units: int
    held_by: str


class BestCases:
    """Best cases of one scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._calendar = scenario.clock.calendar

    def of(self, policy: PolicySpec, mission: Mission) -> BestCase:
        """The best case of one mission under one policy."""
        given = mission.opening_stock + sum(self._dated(order, mission) for order in self._scenario.dated_orders)
        chances = list(self._chances(policy, mission))
        made = self._makeable(policy, chances, mission)
        supplied = given + sum(made.values())
        funded = given + self._fundable(made, mission)
        crewed = self._crewable(policy, mission)
        tested = self._testable(chances, mission, given)
        units = min(supplied, funded, crewed, tested)
        asked_for = sum(chance.most_units for chance in chances)
        reasons = (
            (supplied, _supply(sum(made.values()), asked_for)),
            (crewed, "crews"),
            (tested, "the test bench"),
            (funded, "money"),
        )
        return BestCase(int(units), next(reason for bound, reason in reasons if bound == units))

    # -- what can be ordered

    def _chances(self, policy: PolicySpec, mission: Mission) -> Iterator[Chance]:
        as_of = self._scenario.clock.as_of_day
        first = self.first_money_day(mission)
        for order in policy.orders:
            if order.mission == mission.id:
                yield Chance(self._scenario.offers[order.offer], max(order.day, as_of, first), order.quantity)
        for rule in policy.missions:
            if rule.mission == mission.id:
                for listed in (*rule.levers.mass_offers, *rule.levers.high_offers, *rule.levers.home_offers):
                    yield Chance(self._scenario.offers[listed.offer], max(as_of, first), inf)

    def first_money_day(self, mission: Mission) -> int:
        """The first day from ``as_of`` on, on which a line of the mission may have money."""
        days = [day for line in mission.lines for day in self._money_days(line)]
        return min(days, default=self._scenario.clock.horizon_day + 1)

    def _money_days(self, line: str) -> Iterator[int]:
        clock = self._scenario.clock
        for year in range(self._calendar.fiscal_year(0), self._calendar.fiscal_year(clock.horizon_day) + 1):
            if self.authority_yen(line, year) > 0:
                day = max(clock.as_of_day, self.earliest_passage(year))
                if day <= self._calendar.fiscal_year_end(year):
                    yield day

    def earliest_passage(self, year: int) -> int:
        """The first day on which a year's budget can pass."""
        budget = self._scenario.budget_calendar
        stated = budget.passage_days.get(year)
        if stated is not None:
            return stated
        return self._calendar.fiscal_year_start(year) + int(of_luck(budget.passage_delay).low)

    def authority_yen(self, line: str, year: int) -> float:
        """The most a line can be given in one fiscal year."""
        scenario = self._scenario
        held = scenario.lines[line]
        entry = held.appropriations.get(year)
        yen = 0.0
        if entry is not None and entry.amount is not None:
            yen = of_input(scenario, entry.amount).high
        elif entry is not None and entry.request is not None and entry.approval is not None:
            yen = (of_input(scenario, entry.request) * of_input(scenario, entry.approval)).high
        for shock in scenario.shocks:
            if shock.kind == "budget_factor" and shock.fiscal_year == year and line in shock.subjects:
                yen *= max(1.0, shock.size / BASIS_POINTS)
        for extra in held.supplementary:
            if extra.first_fiscal_year <= year <= extra.last_fiscal_year:
                yen += of_luck(extra.amount).high
        return yen

    # -- days

    def shortest_tender(self, offer: Offer) -> float:
        """Days from an order to its award, at least."""
        sale = offer.government_sale
        if sale is not None:
            return of_luck(sale.request).low + of_luck(sale.offer).low
        return min(of_luck(offer.tender_first).low, of_luck(offer.tender_later).low)

    def _lead(self, promise_days: int, slip_class: str | None) -> float:
        assert slip_class is not None, "an order from abroad has one"
        slip = self._scenario.slip_classes[slip_class]
        return promise_days * exp(slip.log_mean + _LUCKIEST_SCORE * slip.log_sd)

    def _first_leaving(self, chance: Chance) -> float:
        offer = chance.offer
        if offer.line is not None:
            return chance.day + self.shortest_tender(offer) + shortest_opening(offer.line)
        promise = min(offer.promise_first_days, offer.promise_later_days)
        permit = of_luck(offer.permit_first).low * min(1.0, offer.permit_later_share / BASIS_POINTS)
        signed = chance.day + self.shortest_tender(offer)
        lead = self._lead(promise, offer.slip_class)
        return signed + (max(permit, lead) if offer.lead_starts == "award" else permit + lead)

    def _last_leaving(self, offer: Offer, mission: Mission) -> float:
        return mission.due_day - _low(mission.fielding) - _low(mission.acceptance) - _low(offer.shipping)

    def _approved_in_time(self, chance: Chance, mission: Mission) -> bool:
        """Whether the type can be approved before its first units are due in service."""
        product = self._scenario.products[chance.offer.product]
        offers = self._scenario.offers
        if product.type_approval is None or any(
            offers[order.offer].product == product.id for order in self._scenario.dated_orders
        ):
            return True
        group = self._scenario.type_approvals[product.type_approval]
        paper = chance.day + self.shortest_tender(chance.offer) + _low(group.paper)
        trial = self._first_to_try(chance) + _low(group.trial)
        return max(paper, trial) + _low(mission.acceptance) + _low(mission.fielding) <= mission.due_day

    def _first_to_try(self, chance: Chance) -> float:
        """The day of the first arrival, or for a type of our own the end of its development."""
        line = chance.offer.line
        if line is not None:
            return chance.day + self.shortest_tender(chance.offer) + shortest_development(line)
        return self._first_leaving(chance) + _low(chance.offer.shipping)

    # -- units

    def _makeable(self, policy: PolicySpec, chances: Iterable[Chance], mission: Mission) -> dict[str, float]:
        """Offer -> units that can leave the works in time."""
        made: dict[str, float] = {}
        first_signed: dict[str, float] = {}
        for chance in chances:
            offer = chance.offer
            last = self._last_leaving(offer, mission)
            if self._first_leaving(chance) > last or not self._approved_in_time(chance, mission):
                continue
            signed = chance.day + self.shortest_tender(offer)
            first_signed[offer.id] = min(signed, first_signed.get(offer.id, signed))
            wanted = made.get(offer.id, 0) + chance.most_units
            made[offer.id] = min(wanted, self._works(policy, offer, first_signed[offer.id], last))
        return made

    def _works(self, policy: PolicySpec, offer: Offer, signed: float, last: float) -> float:
        if offer.line is not None:
            days = last - signed - shortest_opening(offer.line)
            return most_units(self._scenario, policy, offer, offer.line, days)
        if offer.rate is None or offer.rate_growth is None:
            return inf
        growth = int(of_input(self._scenario, offer.rate_growth).high * BASIS_POINTS + 1)
        months = max(0, self._calendar.month_index(int(last)))
        rate = grown_rate(int(of_input(self._scenario, offer.rate).high), max(0, growth), months) / 1000
        for shock in self._scenario.shocks:
            if shock.kind == "supplier_rate" and offer.id in shock.subjects:
                rate *= max(1.0, shock.size / BASIS_POINTS)
        return float(int(rate * (last - signed) / offer.rate_period_days))

    def _fundable(self, made: dict[str, float], mission: Mission) -> float:
        """Units that the mission's lines can pay for, cheapest first, up to what can be made."""
        last_years = [self._last_year(self._scenario.offers[offer], mission) for offer in made]
        first_year = self._calendar.fiscal_year(0)
        yen = sum(
            self.authority_yen(line, year)
            for line in mission.lines
            for year in range(first_year, max(last_years, default=first_year - 1) + 1)
        )
        units = 0.0
        for price, most in sorted((self.lowest_price(self._scenario.offers[id]), most) for id, most in made.items()):
            bought = min(most, inf if price <= 0 else yen // price)
            units += bought
            yen -= 0 if price <= 0 else bought * price
        return units

    def _last_year(self, offer: Offer, mission: Mission) -> int:
        """The fiscal year of the last signature that can still arrive in time."""
        if offer.line is not None:
            return self._calendar.fiscal_year(int(self._last_leaving(offer, mission)))
        promise = min(offer.promise_first_days, offer.promise_later_days)
        last = self._last_leaving(offer, mission) - self._lead(promise, offer.slip_class)
        return self._calendar.fiscal_year(int(last))

    def lowest_price(self, offer: Offer) -> float:
        """Yen a unit, at least."""
        if offer.price is None:
            assert offer.line is not None, "an offer has a price or a line"
            return lowest_price(self._scenario, offer.line)
        minor = of_input(self._scenario, offer.price).low * min([1.0, *(bp / BASIS_POINTS for _, bp in offer.breaks)])
        if offer.currency == "JPY":
            return minor
        currency = self._scenario.currencies[offer.currency]
        years = sqrt(self._scenario.clock.horizon_day / 365.25)
        fall = exp(_LUCKIEST_SCORE * of_input(self._scenario, currency.volatility).high * years)
        rates = [of_input(self._scenario, currency.rate_at_start).low * fall]
        rates += [of_input(self._scenario, rate).low for rate in currency.planning_rates.values()]
        return minor / currency.minor_per_major * min(rates)

    def _dated(self, order: DatedOrder, mission: Mission) -> int:
        """Units of a dated order that can be in service in time."""
        if order.mission != mission.id:
            return 0
        offer = self._scenario.offers[order.offer]
        last = self._last_leaving(offer, mission)
        recorded = sum(each.units for each in order.deliveries if each.day <= last + _low(offer.shipping))
        rest = order.quantity - sum(each.units for each in order.deliveries)
        comes = order.contract_day + self._lead(order.promise_days, order.slip_class) <= last
        return recorded + (rest if comes else 0)

    def _crewable(self, policy: PolicySpec, mission: Mission) -> float:
        crew = mission.crew
        if crew is None:
            return inf
        scenario, calendar = self._scenario, self._calendar
        last_start = mission.due_day - _low(mission.fielding) - max(1.0, _low(crew.course))
        opening = crew.opening_day
        classes = [day for day in calendar.month_starts(0, scenario.clock.horizon_day) if opening <= day <= last_start]
        if calendar.date(opening).day != 1 and 0 <= opening <= last_start:
            classes.append(opening)
        seats = sum(crew.seats_per_month + self._extra_seats(policy, mission, day) for day in classes)
        share = of_input(scenario, crew.posts_filled).high * of_input(scenario, crew.pass_rate).high
        people = crew.opening_people + int(seats * share) + 1
        each = int(of_input(scenario, crew.people_per_block).low)
        return inf if each <= 0 else units_crewable(people, crew.block_units, each)

    def _extra_seats(self, policy: PolicySpec, mission: Mission, day: int) -> float:
        crew = mission.crew
        assert crew is not None
        lead = _low(crew.extra_seats_lead)
        return sum(
            crew.seats_per_month * lever.extra_share / BASIS_POINTS
            for lever in policy.seats
            if lever.mission == mission.id and lever.day + lead <= day
        )

    def _testable(self, chances: Iterable[Chance], mission: Mission, given: int) -> float:
        """Units that pass the bench in time when it serves nobody else."""
        test_days = _low(mission.acceptance)
        if mission.bench is None or test_days < 1:
            return inf
        offers = [chance.offer for chance in chances]
        first = min((self._first_leaving(chance) for chance in chances), default=inf)
        if given or not offers or any(order.mission == mission.id for order in self._scenario.dated_orders):
            return inf  # what is under way or owned is not followed through the bench
        places = of_input(self._scenario, self._scenario.benches[mission.bench].places).high
        turns = max(0.0, (mission.due_day - _low(mission.fielding) - first) // test_days)
        return places * turns * max(max(offer.lot, offer.first_lot) for offer in offers)


def _supply(made: float, asked_for: float) -> str:
    """Why suppliers bring no more."""
    if not asked_for:
        return "having no offer to order from"
    return "what its orders ask for" if made == asked_for else "delays and supplier rates"


def _low(luck: Luck | None) -> float:
    return of_luck(luck).low
