"""The wall against peeking: what a policy is shown of the world (R30).

Everything here is in the ledger so far or published by the scenario; sampled inputs come in only as the ledger has
told them.

Why: one file to read when somebody asks how the buyer could have known.
"""

from __future__ import annotations

from collections.abc import Mapping

from sim.engine.entries import made
from sim.engine.trade import AT_HOME, Order
from sim.engine.world import World
from sim.policy.observation import Expected, MissionView
from sim.policy.promises import typical
from sim.policy.published import believed
from sim.rules.service import monthly_chance
from sim.scenario.resolved import DatedOrder, Scenario
from sim.units import divide_half_up, round_half_up, yen_of


class View:
    """Today's observation of one world."""

    def __init__(self, world: World, quotes: Mapping[str, int], announced: Announced) -> None:
        self._world = world
        self._quotes = quotes
        self._announced = announced
        self.passage_day = False
        self._priced: dict[str, int] = {}
        """Offer -> its price at this year's budget rate, once worked out."""
        self._least: dict[str, int] = {}
        """Mission -> its cheapest smallest order at those prices."""
        self._pipeline, self._conditions, self._placed = world.pipeline, world.conditions, world.desk.placed
        self._industry = world.industry
        self._products = world.scenario.products
        self._mission_of = {id: self._products[offer.product].mission for id, offer in world.scenario.offers.items()}
        self.day = 0
        self.fiscal_year = 0
        self._waiting: list[Order] = []
        """Dated orders with units that have found no money yet."""

    def begin(self) -> None:
        """A review begins, its rests withdrawn: this is today's view, and it holds until the policy has answered."""
        self.day = self._world.days.today
        year = self._world.scenario.clock.calendar.fiscal_year(self.day)
        if year != self.fiscal_year:
            self.fiscal_year = year
            self._priced.clear()
            self._least.clear()
        self._waiting = [order for order in self._world.desk.open_orders() if order.dated is not None]

    def mission(self, id: str) -> MissionView:
        """Target in force, units in service, and units that are coming."""
        coming = 0
        for contract in self._pipeline[id]:
            coming += contract.left
        if self.day < self._announced.last_day:
            for expected in self._announced.coming(self.day, id):
                coming += expected.units
        for order in self._waiting:
            if order.mission.id == id:
                coming += order.open_units
        return made(MissionView, (self._conditions.targets[id], self._world.fleet.served[id], coming))

    def coming_by(self, mission: str, promised_day: int) -> int:
        """Units that are coming and promised by a day."""
        units = self._world.fielding[mission] if self.day <= promised_day else 0
        for contract in self._pipeline[mission]:
            for lot in contract.lots:
                if lot.expected_day <= promised_day and lot.place not in ("deployed", "cancelled"):
                    units += lot.units - lot.crewed
        if self.day < self._announced.last_day:
            for expected in self._announced.coming(self.day, mission):
                if expected.expected_day <= promised_day:
                    units += expected.units
        for order in self._waiting:
            if order.mission.id == mission and self._announced.expected_day(order.key) <= promised_day:
                units += order.open_units
        return units

    def free_yen(self, line: str) -> int:
        """Free authority less this year's announced orders still to come."""
        if "money" in self._world.lifted:
            return 10**15
        return max(0, self._world.treasury.free(line) - self._announced.still_to_come(self.day, line))

    def appropriated_yen(self, line: str) -> int:
        """This year's appropriation so far."""
        return self._world.treasury.appropriated(line)

    def spent_yen(self, line: str, mission: str) -> int:
        """This year's reservations and obligations of a line for a mission."""
        spent = self._world.treasury.spent
        return spent.get((line, mission), 0) + spent.get((line, mission + AT_HOME), 0)

    def spent_at_home_yen(self, line: str, mission: str) -> int:
        """The part of it that went to home offers."""
        return self._world.treasury.spent.get((line, mission + AT_HOME), 0)

    def ready_in(self, offer: str) -> int | None:
        """Days until a home line should be ready: 0 when it is, None before it is opened and for an import."""
        return self._industry.ready_in(offer) if offer in self._industry.lines else None

    def commitment(self, offer: str) -> int:
        """Units that a home firm asks for before it opens the line; 0 once it is open, and for an import."""
        return self._industry.commitment(offer) if offer in self._industry.lines else 0

    def built(self, offer: str) -> int:
        """Units that a home line has built; 0 for an import."""
        return self._industry.built(offer) if offer in self._industry.lines else 0

    def has_bought(self, what: str, offer: str) -> bool:
        """Whether the policy has decided on such a purchase for a home line."""
        return self._industry.has_bought(what, offer)

    def unit_yen(self, offer: str) -> int | None:
        """The quoted price of a unit at the budget rate of this year."""
        known = self._priced.get(offer)
        if known is not None:
            return known
        currency, market, year = self._world.scenario.offers[offer].currency, self._world.market, self.fiscal_year
        if currency != "JPY" and (currency, year) not in market.budget_rates():
            return None
        rate = market.budget_rate(currency, year)
        self._priced[offer] = yen = yen_of(self._quotes[offer], rate, market.minor_per_major[currency])
        return yen

    def least_order_yen(self, mission: str, orders: tuple[tuple[str, int], ...]) -> int:
        """What the cheapest of a mission's smallest orders costs at quoted prices; worked out once a year."""
        known = self._least.get(mission)
        if known is None:
            prices = [units * (self.unit_yen(offer) or 0) for offer, units in orders]
            known = self._least[mission] = max(1, min(prices, default=1))
        return known

    def orders_on(self, offer: str) -> int:
        """Orders placed on an offer so far."""
        return self._placed[offer]

    def backlog(self, offer: str) -> int:
        """Units of the buyer's own orders that the offer's works have still to make."""
        units = 0
        for contract in self._pipeline[self._mission_of[offer]]:
            if contract.order.offer.id == offer:
                units += contract.in_works
        return units

    def is_barred(self, offer: str) -> bool:
        """Whether an offer is not admitted today."""
        return offer in self._conditions.barred

    def is_approved(self, offer: str) -> bool:
        """Whether the type of an offer's product may serve."""
        return self._world.approvals.is_approved(self._products[self._world.scenario.offers[offer].product])

    def losses_known(self) -> Mapping[str, float]:
        """Mission -> believed monthly loss share, from the scenario's belief."""
        return self._announced.losses


class Announced:
    """Published plans: announced orders at their believed value, and believed losses."""

    def __init__(self, scenario: Scenario) -> None:
        calendar = scenario.clock.calendar
        self._orders: list[tuple[int, int, str, int]] = []
        for order in scenario.dated_orders:
            if order.status == "announced":
                self._orders.append(
                    (
                        order.contract_day,
                        calendar.fiscal_year(order.contract_day),
                        order.line,
                        _believed(scenario, order),
                    )
                )
        self._fiscal_year = calendar.fiscal_year
        self.last_day = -1
        """From this day on nothing announced is still to be placed."""
        self._expected: dict[str, int] = {}
        self._coming: dict[str, list[tuple[int, Expected]]] = {}
        for order in scenario.dated_orders:
            days = typical(scenario, scenario.offers[order.offer])
            self._expected[order.id] = order.contract_day + order.promise_days + days.shipping + days.after_arrival
            if order.status == "announced":
                self.last_day = max(self.last_day, order.contract_day)
                expected = Expected(order.offer, order.quantity, self._expected[order.id])
                self._coming.setdefault(order.mission, []).append((order.contract_day, expected))
        self.losses = {
            mission.id: monthly_chance(round_half_up(believed(scenario, mission.loss) * 10_000))
            for mission in scenario.missions.values()
        }

    def expected_day(self, order: str) -> int:
        """The promised day of service of a dated order's first lot."""
        return self._expected[order]

    def coming(self, day: int, mission: str) -> list[Expected]:
        """Announced units whose order is still to be placed."""
        planned = self._coming.get(mission)
        return [] if planned is None else [expected for on, expected in planned if on > day]

    def still_to_come(self, day: int, line: str) -> int:
        """Yen that announced orders of this fiscal year will still take from a line."""
        if day >= self.last_day:
            return 0
        year = self._fiscal_year(day)
        return sum(
            yen for on, of_year, from_line, yen in self._orders if on > day and of_year == year and from_line == line
        )


def _believed(scenario: Scenario, order: DatedOrder) -> int:
    """An announced order's value in yen as published: the mean of its belief at the believed rate."""
    value = believed(scenario, order.value)
    currency = scenario.offers[order.offer].currency
    if currency == "JPY":
        return round_half_up(value)
    held = scenario.currencies[currency]
    rate = round_half_up(believed(scenario, held.rate_at_start) * 10_000)
    return divide_half_up(round_half_up(value) * rate, held.minor_per_major * 10_000)
