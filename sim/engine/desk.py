"""The ordering desk: decisions become contracts when the money allows (R10, R11, R14).

Contracts already in tender come before open orders, each in the order of its decision; a waiting order blocks no
other, and nothing is signed before the year's budget has passed.

Why: money is the first queue every drone stands in.
"""

from __future__ import annotations

from simpy import Event

from sim.engine import tender
from sim.engine.entries import Awarded, Cancelled, Reopened, Tendered, Withdrawn
from sim.engine.expectation import promise
from sim.engine.ladder import Rung, order_rank
from sim.engine.outlays import Outlook, pay_at_signing, plan_payments, strike_unpaid
from sim.engine.trade import Contract, Lot, Order
from sim.engine.world import World
from sim.rules.imports import lots
from sim.rules.money import largest_affordable, order_price_minor, price_at_signing
from sim.units import divide_half_up, yen_of

SESSION_RANK = 1 << 40


class Desk:
    """Open orders and contracts in tender."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._open: list[Order] = []
        self._in_tender: list[Contract] = []
        self._numbers: dict[str, int] = {}
        self._called_for = -1
        self.orders: dict[str, Order] = {}
        self.outlook = Outlook(world.scenario)

    # -- orders come in

    def next_number(self, offer: str) -> int:
        """The number of the policy's next order on an offer; each is given once."""
        number = self._numbers.get(offer, 0)
        self._numbers[offer] = number + 1
        return number

    def orders_on(self, offer: str) -> int:
        """How many orders the policy has placed on an offer."""
        return self._numbers.get(offer, 0)

    def take_in(self, order: Order) -> None:
        """An order joins the open ones."""
        self.orders[order.key] = order
        self._open.append(order)

    def open_orders(self) -> list[Order]:
        """Orders with units that have found no money yet."""
        return self._open

    def withdraw_rests(self) -> None:
        """A rule policy drops what is still open of its own orders before it decides anew (R10)."""
        kept = []
        for order in self._open:
            if order.dated is not None:
                kept.append(order)
                continue
            self._world.ledger.append(Withdrawn(self._world.days.today, order.key, order.open_units))
            order.open_units = 0
            order.closed = True
        self._open = kept

    # -- sessions

    def call_session(self) -> None:
        """Money may have come: hold a session today on the policy rung."""
        today = self._world.days.today
        if self._called_for != today:
            self._called_for = today
            self._world.days.call(today, Rung.POLICY, SESSION_RANK, self._hold_called)

    def _hold_called(self, _: Event) -> None:
        self.session()

    def session(self) -> None:
        """Try everything that waits for money: contracts in tender first, then open orders."""
        for contract in list(self._in_tender):
            if contract.claim is None:
                self._reserve_again(contract)
            if contract.tender_done and contract.stage == "tender" and self.award(contract):
                tender.after_award(self._world, contract)
        for order in list(self._open):
            self._attempt(order)
        self._open = [order for order in self._open if order.open_units and not order.closed]

    def release_all(self, day: int) -> None:
        """31 March: reservations not awarded are given back; their contracts wait for new money (R11)."""
        for contract in self._in_tender:
            if contract.claim is not None:
                self._world.treasury.release(day, contract.key, contract.order.mission.id, contract.claim)
                contract.claim = None

    # -- money for an order

    def _attempt(self, order: Order) -> None:
        if order.offer.id in self._world.conditions.barred:
            return
        for line in order.lines:
            if not order.open_units:
                return
            if not self._world.treasury.is_open(line):
                continue
            units = self._affordable(order, line, order.open_units, self._world.treasury.free(line))
            if not units or (not order.contracts and units < min(order.offer.minimum_order, order.units)):
                continue
            self._contract(order, line, units)

    def _affordable(self, order: Order, line: str, wanted: int, free_yen: int) -> int:
        """The largest quantity whose whole price fits (R10)."""
        if "money" in self._world.lifted:
            return wanted
        if order.dated is not None:
            return _affordable_at_value(self._world, order, wanted, free_yen)
        market, offer = self._world.market, order.offer
        year = self._world.scenario.clock.calendar.fiscal_year(self._world.days.today)
        return largest_affordable(
            free_yen,
            wanted,
            self._list_price(order),
            [start for start, _ in offer.breaks],
            [price for _, price in offer.breaks],
            market.budget_rate(offer.currency, year),
            market.minor_per_major(offer.currency),
        )

    def _list_price(self, order: Order) -> int:
        """A unit's price today, minor units (R18)."""
        whole = self._world.future.whole
        return price_at_signing(whole(order.offer.price), whole(order.offer.escalation), self._world.days.today)

    def price(self, order: Order, units: int) -> tuple[int, int]:
        """(minor units, yen at the budget rate) of so many units today."""
        world, offer = self._world, order.offer
        if order.dated is not None:
            minor = divide_half_up(world.future.whole(order.dated.value) * units, order.dated.quantity)
        else:
            breaks = offer.breaks
            minor = order_price_minor(
                units, self._list_price(order), [start for start, _ in breaks], [price for _, price in breaks]
            )
        year = world.scenario.clock.calendar.fiscal_year(world.days.today)
        rate = world.market.budget_rate(offer.currency, year)
        return minor, yen_of(minor, rate, world.market.minor_per_major(offer.currency))

    def _contract(self, order: Order, line: str, units: int) -> None:
        """Part of an order has found its money: reserve and go to tender, or sign at once."""
        world, today = self._world, self._world.days.today
        part = len(order.contracts)
        key = order.key if part == 0 else f"{order.key}.{part + 1}"
        contract = Contract(key, order, part, units, line, order_rank(order.place, order.number, part))
        order.contracts.append(contract)
        order.open_units -= units
        self._in_tender.append(contract)
        world.pipeline.setdefault(order.mission.id, []).append(contract)
        world.ledger.append(Tendered(today, key, -1, order.mission.id, order.product.id, units))
        self._cut_lots(contract)
        if tender.has_tender(order):
            contract.claim = world.treasury.reserve(today, key, order.mission.id, line, self.price(order, units)[1])
            promise(world, contract)
            tender.begin(world, contract)
            return
        contract.tender_done = True
        promise(world, contract)
        if self.award(contract):
            tender.after_award(world, contract)

    def _cut_lots(self, contract: Contract) -> None:
        order = contract.order
        if not contract.lots:
            contract.first_lot = order.lots_made
        deliveries = () if order.dated is None else order.dated.deliveries
        rest = contract.units - sum(delivery.units for delivery in deliveries)
        first = order.offer.lot if contract.part or deliveries else order.offer.first_lot
        sizes = [delivery.units for delivery in deliveries] + list(lots(rest, first, order.offer.lot) if rest else ())
        contract.lots = [
            Lot(contract, contract.first_lot + place, size, contract.rank + contract.first_lot + place, 0)
            for place, size in enumerate(sizes)
        ]
        for lot, delivery in zip(contract.lots, deliveries, strict=False):
            lot.recorded, lot.due_day = True, delivery.day
        order.lots_made = max(order.lots_made, contract.first_lot + len(sizes))

    def _reserve_again(self, contract: Contract) -> None:
        """A contract whose reservation ended with its year looks for new money (R11)."""
        world, order, today = self._world, contract.order, self._world.days.today
        for line in order.lines:
            if not world.treasury.is_open(line):
                continue
            units = self._affordable(order, line, contract.units, world.treasury.free(line))
            if units:
                contract.line = line
                self._cut(contract, units)
                yen = self.price(order, units)[1]
                contract.claim = world.treasury.reserve(today, contract.key, order.mission.id, line, yen)
                return

    def _cut(self, contract: Contract, units: int) -> None:
        """Fewer units fit than the contract had: the rest is open again (R10)."""
        rest = contract.units - units
        if not rest:
            return
        order = contract.order
        contract.units = units
        order.open_units += rest
        if order not in self._open:
            self._open.append(order)
        self._world.ledger.append(
            Reopened(self._world.days.today, contract.key, -1, order.mission.id, order.product.id, rest)
        )
        self._cut_lots(contract)

    # -- signing

    def award(self, contract: Contract) -> bool:
        """Sign and obligate if budget, money and ceiling allow; the units then wait for their permit."""
        world, order, today = self._world, contract.order, self._world.days.today
        if not world.treasury.is_open(contract.line):
            return False
        held = 0 if contract.claim is None else contract.claim.yen
        units = self._affordable(order, contract.line, contract.units, world.treasury.free(contract.line) + held)
        if not units:
            return False
        minor, yen = self.price(order, units)
        plan = plan_payments(world, contract, yen)
        if not self.outlook.fits(plan):
            return False
        self._cut(contract, units)
        contract.price_minor, contract.price_yen = minor, yen
        mission = order.mission.id
        forced = order.dated is not None and order.dated.status == "history"
        contract.claim = world.treasury.obligate(
            today, contract.key, mission, contract.line, yen, contract.claim, forced=forced
        )
        contract.signed_day, contract.stage = today, "approval"
        self._in_tender.remove(contract)
        self.outlook.add(plan)
        world.ledger.append(Awarded(today, contract.key, -1, mission, order.product.id, units))
        world.approvals.awarded(order.product)
        pay_at_signing(world, contract)
        return True

    def drop(self, contract: Contract) -> None:
        """A contract in tender came to nothing: its reservation is free, its order closed."""
        contract.stage = "cancelled"
        self._in_tender.remove(contract)
        order = contract.order
        order.closed = True
        if contract.claim is not None:
            self._world.treasury.release(self._world.days.today, contract.key, order.mission.id, contract.claim)
            contract.claim = None
            self.call_session()
        self._world.pipeline[order.mission.id].remove(contract)

    def cancel(self, order: Order) -> None:
        """Cancel what an order has not delivered; what is unpaid of it returns to its year (R11)."""
        order.closed, order.open_units = True, 0
        for contract in order.contracts:
            if contract.stage == "tender":
                units = contract.units
                self.drop(contract)
                self._enter_cancelled(contract, -1, units, "tender")
            elif contract.stage == "approval":
                contract.stage = "cancelled"
                self._refund(contract, range(len(contract.lots)))
                self._enter_cancelled(contract, -1, contract.units, "approval")
                self._world.pipeline[order.mission.id].remove(contract)
            elif contract.stage == "works":
                self._cancel_lots(contract)

    def _cancel_lots(self, contract: Contract) -> None:
        still_there = [place for place, lot in enumerate(contract.lots) if lot.place in ("production", "queue")]
        for place in still_there:
            lot = contract.lots[place]
            self._enter_cancelled(contract, lot.number, lot.units, lot.place)
            lot.place = "cancelled"
        self._refund(contract, still_there)

    def _refund(self, contract: Contract, places: list[int] | range) -> None:
        if contract.claim is None:
            return
        yen = strike_unpaid(contract, places)
        if yen:
            self._world.treasury.give_back_obligation(self._world.days.today, contract.key, contract.claim, yen)
            self.call_session()

    def _enter_cancelled(self, contract: Contract, lot: int, units: int, was: str) -> None:
        order, today = contract.order, self._world.days.today
        self._world.ledger.append(Cancelled(today, contract.key, lot, order.mission.id, order.product.id, units, was))


def _affordable_at_value(world: World, order: Order, wanted: int, free_yen: int) -> int:
    """A dated order has its stated value, pro rata; history was signed whatever the model's money says (R8)."""
    assert order.dated is not None
    if order.dated.status == "history":
        return wanted
    offer = order.offer
    year = world.scenario.clock.calendar.fiscal_year(world.days.today)
    rate, per_major = world.market.budget_rate(offer.currency, year), world.market.minor_per_major(offer.currency)
    value = world.future.whole(order.dated.value)
    units = wanted
    while units and yen_of(divide_half_up(value * units, order.dated.quantity), rate, per_major) > free_yen:
        units -= 1
    return units
