"""The buyer: announced orders on their day, reviews, and the signings that follow (R8, R30).

On one day announced orders come first, then the policy's review, then signings in the order the policy returned them.

Why: what is already published must not wait for a rule to rediscover it.
"""

from __future__ import annotations

from collections.abc import Callable

from simpy import Event

from sim.engine.entries import Announced as AnnouncedOrder
from sim.engine.entries import CancelDecided, Decided, Quoted, Reviewed, SeatsBought
from sim.engine.home.industry import quotes
from sim.engine.ladder import Rung
from sim.engine.observe import Announced, View
from sim.engine.trade import Contract, Order
from sim.engine.world import World
from sim.policy.observation import (
    Buy,
    BuyParts,
    BuyTooling,
    CancelOrder,
    Policy,
    Qualify,
    SetTerms,
    Subsidise,
    TakeSeats,
)
from sim.scenario.resolved import DatedOrder

REVIEW_RANK = 1 << 20
SEATS_RANK = 1 << 40


class Buyer:
    """One policy at its desk."""

    def __init__(self, world: World, policy: Policy) -> None:
        self._world = world
        self._policy = policy
        whole = world.future.whole
        at_home = quotes(world.industry.lines)
        self._quotes = {
            offer.id: at_home[offer.id] if offer.price is None else whole(offer.price)
            for offer in world.scenario.offers.values()
        }
        self._places = {offer: place for place, offer in enumerate(world.scenario.offers)}
        self._view = View(world, self._quotes, Announced(world.scenario))
        self._reviewed = -1
        self._purchases: dict[str, int] = {}

    def open(self) -> None:
        """Publish the quotes; put dated orders and reviews on the ladder."""
        world, clock = self._world, self._world.scenario.clock
        for offer, minor in self._quotes.items():
            world.ledger.append(Quoted(0, offer, minor))
        for place, dated in enumerate(world.scenario.dated_orders):
            day = dated.contract_day if dated.tender_open_since is None else dated.tender_open_since
            # What was signed before the start is there when the first day begins.
            rung = Rung.CLOSE if day < 0 and dated.tender_open_since is None else Rung.POLICY
            if day <= clock.horizon_day:
                world.days.call(max(0, day), rung, place, self._placing(dated, place))
        first = max(0, clock.as_of_day)
        days = self._policy.review_days(first, clock.horizon_day)
        world.days.on_each(sorted(days), Rung.POLICY, REVIEW_RANK, lambda _: self._review())

    def review_on_passage(self) -> None:
        """A budget passed today: review on today's policy rung, unless one is due anyway."""
        self._view.passage_day = True
        self._world.days.call(self._world.days.today, Rung.POLICY, REVIEW_RANK + 1, lambda _: self._review())

    # -- dated orders

    def _placing(self, dated: DatedOrder, place: int) -> Callable[[Event], None]:
        def place_it(_: Event) -> None:
            scenario, today = self._world.scenario, self._world.days.today
            offer = scenario.offers[dated.offer]
            order = Order(
                key=dated.id,
                owner=f"dated/{dated.id}",
                place=len(self._places) + place,
                number=0,
                offer=offer,
                product=scenario.products[offer.product],
                mission=scenario.missions[dated.mission],
                units=dated.quantity,
                lines=(dated.line,),
                day=today,
                dated=dated,
            )
            self._world.ledger.append(AnnouncedOrder(today, dated.id, dated.offer, dated.mission, dated.quantity))
            if order.is_past and dated.contract_day < 0:
                self._world.desk.take_over(order)
            else:
                self._world.desk.place(order)

        return place_it

    # -- reviews

    def _review(self) -> None:
        world, today = self._world, self._world.days.today
        if self._reviewed == today:
            return
        self._reviewed = today
        world.ledger.append(Reviewed(today))
        if self._policy.withdraws_rests:
            world.desk.withdraw_rests()
        self._view.begin()
        for decision in self._policy.review(self._view):
            match decision:
                case Buy():
                    self._buy(decision)
                case CancelOrder():
                    self._cancel(decision)
                case TakeSeats():
                    self._take_seats(decision)
                case Subsidise():
                    world.industry.subsidise(decision)
                case BuyTooling():
                    world.industry.buy_tooling(decision)
                case Qualify():
                    world.industry.qualify(decision)
                case BuyParts():
                    world.industry.buy_parts(decision)
                case SetTerms():
                    world.industry.set_terms(decision)
        self._view.passage_day = False
        world.desk.session()

    def _buy(self, buy: Buy) -> None:
        world, scenario = self._world, self._world.scenario
        offer, mission = scenario.offers[buy.offer], scenario.missions[buy.mission]
        number = world.desk.next_number(offer.id)
        order = Order(
            key=f"{offer.id}#{number + 1}",
            owner=offer.id,
            place=self._places[offer.id],
            number=number,
            offer=offer,
            product=scenario.products[offer.product],
            mission=mission,
            units=buy.units,
            lines=mission.lines if buy.lines is None else buy.lines,
            day=world.days.today,
            prepared_days=buy.prepared_days,
        )
        world.ledger.append(Decided(world.days.today, order.key, offer.id, mission.id, buy.units))
        world.desk.take_in(order)

    def _cancel(self, decision: CancelOrder) -> None:
        order = self._world.desk.orders.get(f"{decision.offer}#{decision.number + 1}")
        if order is None:
            return
        units = order.open_units + sum(_not_delivered(contract) for contract in order.contracts)
        self._world.ledger.append(CancelDecided(self._world.days.today, order.key, units))
        self._world.desk.cancel(order)

    def _take_seats(self, decision: TakeSeats) -> None:
        world = self._world
        mission = world.scenario.missions[decision.mission]
        if mission.crew is None:
            return
        number = self._purchases.get(mission.id, 0)
        self._purchases[mission.id] = number + 1
        yen = decision.seats_a_month * mission.crew.extra_seat_yen
        world.ledger.append(SeatsBought(world.days.today, mission.id, decision.seats_a_month, yen))
        lead = max(1, world.stage_days(mission.crew.extra_seats_lead, f"seats_lead/{mission.id}", number))
        place = list(world.scenario.missions).index(mission.id)
        rank = SEATS_RANK + (place << 16) + number
        world.days.call(
            world.days.today + lead,
            Rung.PEOPLE,
            rank,
            lambda _: world.crews.open_seats(mission.id, decision.seats_a_month),
        )


def _not_delivered(contract: Contract) -> int:
    """Units of a contract that can still be cancelled: not yet on their way."""
    if contract.stage in ("tender", "approval"):
        return contract.units
    return sum(lot.units for lot in contract.lots if lot.place in contract.order.not_begun)
