"""The ordering desk: decisions become contracts when the money allows (R10, R11, R14).

Contracts already in tender come before open orders, each in the order of its decision; a waiting order blocks no
other, and nothing is signed before the year's budget has passed.

Why: money is the first queue every drone stands in.
"""

from __future__ import annotations

from collections.abc import Sequence

from simpy import Event

from sim.engine import tender
from sim.engine.entries import Awarded, Cancelled, Reopened, Tendered, Withdrawn
from sim.engine.expectation import promise
from sim.engine.ladder import Rung, order_rank
from sim.engine.outlays import Outlook, Plan, pay_at_signing, plan_payments, strike_unpaid
from sim.engine.pricing import affordable, least_units, price, signing_day
from sim.engine.trade import Contract, Lot, Order
from sim.engine.world import World
from sim.errors import OursError
from sim.future.addresses import LOT_PLACES
from sim.rules.imports import lots
from sim.scenario.resolved import Delivery

SESSION_RANK = 1 << 40


class Desk:
    """Open orders and contracts in tender."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._open: list[Order] = []
        self._in_tender: list[Contract] = []
        self.placed = dict.fromkeys(world.scenario.offers, 0)
        """Offer -> orders the policy has placed on it."""
        self._called_for = -1
        self.orders: dict[str, Order] = {}
        self.outlook = Outlook(world.scenario)

    # -- orders come in

    def next_number(self, offer: str) -> int:
        """The number of the policy's next order on an offer; each is given once."""
        number = self.placed[offer]
        self.placed[offer] = number + 1
        return number

    def take_in(self, order: Order) -> None:
        """An order joins the open ones."""
        self.orders[order.key] = order
        self._open.append(order)

    def place(self, order: Order) -> None:
        """A dated order: it is tried at once, before the policy's own (R8)."""
        self.take_in(order)
        self._serve_tenders()
        self._attempt(order)
        self._prune()

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
        """Try everything that waits for money: purchases, contracts in tender, then open orders."""
        self._world.industry.purchases.serve()
        self._serve_tenders()
        for order in list(self._open):
            self._attempt(order)
        self._prune()

    def _serve_tenders(self) -> None:
        for contract in list(self._in_tender):
            if contract.claim is None:
                self._reserve_again(contract)
            if contract.tender_done and contract.stage == "tender" and self.award(contract):
                tender.after_award(self._world, contract)

    def _prune(self) -> None:
        self._open = [order for order in self._open if order.open_units and not order.closed]

    def release_all(self, day: int) -> None:
        """31 March: reservations not awarded are given back; their contracts wait for new money (R11)."""
        for contract in self._in_tender:
            if contract.claim is not None:
                self._world.treasury.release(day, contract.key, contract.order.payer, contract.claim)
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
            units = affordable(self._world, order, order.open_units, self._world.treasury.free(line))
            if units >= least_units(order, len(order.contracts)) and self._is_taken_on(order, units):
                self._contract(order, line, units)

    def _is_taken_on(self, order: Order, units: int) -> bool:
        """Whether a home firm that has no line yet opens one for so much; an import's works stand already (R19)."""
        if order.offer.line is None:
            return True
        return self._world.industry.lines[order.offer.id].opening.agrees(order, units)

    def _contract(self, order: Order, line: str, units: int) -> None:
        """Part of an order has found its money: reserve and go to tender, or sign at once."""
        world = self._world
        contract = self._new_contract(order, line, units)
        contract.tender_done = not tender.has_tender(order)
        promise(world, contract)
        if not contract.tender_done:
            self._reserve(contract)
            tender.begin(world, contract)
        elif self.award(contract):
            tender.after_award(world, contract)
        else:
            # A ceiling holds the signature back; the money is set aside, or a later order would take it.
            self._reserve(contract)

    def _new_contract(self, order: Order, line: str, units: int) -> Contract:
        world, part = self._world, len(order.contracts)
        key = order.key if part == 0 else f"{order.key}.{part + 1}"
        contract = Contract(key, order, part, units, line, order_rank(order.place, order.number, part))
        order.contracts.append(contract)
        order.open_units -= units
        self._in_tender.append(contract)
        world.pipeline[order.mission.id].append(contract)
        world.ledger.append(Tendered(world.days.today, key, -1, order.mission.id, order.product.id, units))
        self._cut_lots(contract)
        return contract

    def _reserve(self, contract: Contract) -> None:
        order, yen = contract.order, price(self._world, contract.order, contract.units)[1]
        contract.claim = self._world.treasury.reserve(
            self._world.days.today, contract.key, order.payer, contract.line, yen
        )

    def _cut_lots(self, contract: Contract) -> None:
        order = contract.order
        if not contract.lots:
            contract.first_lot = order.lots_made
        dated = [] if order.dated is None else _deliveries_of(contract, order.dated.deliveries)
        sizes = [units for _, units in dated]
        rest = contract.units - sum(sizes)
        first = order.offer.lot if contract.part or dated else order.offer.first_lot
        sizes += lots(rest, first, order.offer.lot) if rest else ()
        contract.sizes = tuple(sizes)
        contract.lots = [
            Lot(contract, contract.first_lot + place, size, contract.rank + contract.first_lot + place, 0)
            for place, size in enumerate(sizes)
        ]
        for lot, (day, _) in zip(contract.lots, dated, strict=False):
            lot.recorded, lot.due_day = True, day
        order.lots_made = max(order.lots_made, contract.first_lot + len(sizes))
        if order.lots_made > LOT_PLACES:
            raise OursError(
                f"{order.key}: found {order.lots_made:,} lots; expected at most {LOT_PLACES:,} an order, or two orders"
                f" would share their luck; order less at once, or raise the lot of {order.offer.id}, {order.offer.lot}"
            )

    def _reserve_again(self, contract: Contract) -> None:
        """A contract whose reservation ended with its year looks for new money (R11)."""
        world, order = self._world, contract.order
        for line in order.lines:
            if not world.treasury.is_open(line):
                continue
            units = affordable(world, order, contract.units, world.treasury.free(line))
            if units >= least_units(order, contract.part):
                contract.line = line
                self._cut(contract, units)
                self._reserve(contract)
                return

    def _cut(self, contract: Contract, units: int) -> None:
        """Fewer units fit than the contract had: the rest is open again (R10)."""
        rest = contract.units - units
        if not rest:
            return
        order = contract.order
        contract.units = contract.left = contract.in_works = units
        if not order.closed:
            order.open_units += rest
            self._reopen(order)
        self._world.ledger.append(
            Reopened(self._world.days.today, contract.key, -1, order.mission.id, order.product.id, rest)
        )
        self._cut_lots(contract)

    def _reopen(self, order: Order) -> None:
        """An order is open again, in its old place."""
        if order not in self._open:
            self._open.append(order)
            places = {key: place for place, key in enumerate(self.orders)}
            self._open.sort(key=lambda each: places[each.key])

    # -- signing

    def award(self, contract: Contract) -> bool:
        """Sign and obligate if budget, money and ceiling allow; the units then wait for their permit."""
        world, order = self._world, contract.order
        if not world.treasury.is_open(contract.line) or order.offer.id in world.conditions.barred:
            return False
        # Where money is held, escalation since then may cut a little off; else the supplier's minimum holds.
        held, least = (0, least_units(order, contract.part)) if contract.claim is None else (contract.claim.yen, 1)
        units = affordable(world, order, contract.units, world.treasury.free(contract.line) + held)
        if units < least:
            return False
        self._cut(contract, units)
        promise(world, contract)
        minor, yen = price(world, order, units)
        plan = plan_payments(world, contract, yen)
        if not order.is_past and not self.outlook.fits(plan):
            return False
        contract.claim = world.treasury.obligate(
            world.days.today, contract.key, order.payer, contract.line, yen, contract.claim, forced=order.is_past
        )
        self._sign(contract, minor, yen, plan)
        return True

    def _sign(self, contract: Contract, minor: int, yen: int, plan: Plan) -> None:
        """The money is obligated: the contract leaves the desk, and what is due at signing is paid."""
        world, order, today = self._world, contract.order, self._world.days.today
        contract.price_minor, contract.price_yen, contract.plan = minor, yen, plan
        contract.signed_day, contract.stage = signing_day(world, order), "approval"
        if order.dated is not None:
            for lot in contract.lots:
                # Firm deliveries slip by as many days as the signature does.
                lot.due_day += max(0, contract.signed_day - order.dated.contract_day) if lot.recorded else 0
        self._in_tender.remove(contract)
        self.outlook.add(plan)
        world.ledger.append(Awarded(today, contract.key, -1, order.mission.id, order.product.id, contract.units))
        world.approvals.awarded(order.product, contract.signed_day)
        pay_at_signing(world, contract)

    def take_over(self, order: Order) -> None:
        """A contract signed before the start: its authority was its own year's (R8)."""
        assert order.dated is not None
        world = self._world
        minor, yen = price(world, order, order.units)
        self.orders[order.key] = order
        contract = self._new_contract(order, order.dated.line, order.units)
        contract.tender_done = True
        year = world.scenario.clock.calendar.fiscal_year(order.dated.contract_day)
        contract.claim = world.treasury.take_over(world.days.today, contract.key, contract.line, year, yen)
        self._sign(contract, minor, yen, ())
        tender.after_award(world, contract)

    def drop(self, contract: Contract) -> None:
        """A contract in tender came to nothing: its reservation is free, its order closed and its rest not tried."""
        contract.stage = "cancelled"
        self._in_tender.remove(contract)
        order = contract.order
        order.closed, order.open_units = True, 0
        self._prune()
        if contract.claim is not None:
            self._world.treasury.release(self._world.days.today, contract.key, order.payer, contract.claim)
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
        still_there = [place for place, lot in enumerate(contract.lots) if lot.place in contract.order.not_begun]
        for place in still_there:
            lot = contract.lots[place]
            self._enter_cancelled(contract, lot.number, lot.units, lot.place)
            lot.place = "cancelled"
            contract.left -= lot.units
            contract.in_works -= lot.units
        self._refund(contract, still_there)
        self._world.works[contract.order.offer.id].drop_cancelled()

    def _refund(self, contract: Contract, places: Sequence[int]) -> None:
        if contract.claim is None:
            return
        yen = strike_unpaid(self._world, contract, places)
        if yen:
            world, payer = self._world, contract.order.payer
            world.treasury.give_back_obligation(world.days.today, contract.key, payer, contract.claim, yen)
            self.call_session()

    def _enter_cancelled(self, contract: Contract, lot: int, units: int, was: str) -> None:
        order, today = contract.order, self._world.days.today
        self._world.ledger.append(Cancelled(today, contract.key, lot, order.mission.id, order.product.id, units, was))


def _deliveries_of(contract: Contract, deliveries: Sequence[Delivery]) -> list[tuple[int, int]]:
    """(day, units) of the stated deliveries that are this contract's, after those of the order's earlier parts."""
    before = sum(each.units for each in contract.order.contracts[: contract.part])
    found: list[tuple[int, int]] = []
    left = contract.units
    for delivery in deliveries:
        passed = min(before, delivery.units)
        units = min(left, delivery.units - passed)
        before, left = before - passed, left - units
        if units:
            found.append((delivery.day, units))
    return found
