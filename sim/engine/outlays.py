"""Outlays: what is paid when, what was planned for it, and the ceiling on what is promised (R12, R14).

Each payment is planned at the budget rate of the signing year and paid at the market rate of its day; price growth
after signing comes with the delivery payments, or with the last payment where nothing is paid on delivery.

Why: the plan and the payment differ, and the difference has to be found.
"""

from __future__ import annotations

from collections.abc import Sequence

from simpy import Event

from sim.engine.ladder import LAST_LOT, Rung
from sim.engine.trade import Contract, Lot, PlannedPayment
from sim.engine.world import World
from sim.rules.money import grown, lot_parts, outlays_fit, payment_parts
from sim.scenario.resolved import Payment, Scenario
from sim.units import yen_of

Plan = tuple[PlannedPayment, ...]
"""Each payment of a contract, by promised dates at the planning rate."""


class Outlook:
    """Projected outlays of all signed contracts by fiscal year (R14)."""

    def __init__(self, scenario: Scenario) -> None:
        self._ceilings = scenario.outlay_ceilings
        self._projected: dict[int, int] = {}

    def fits(self, plan: Plan) -> bool:
        """Whether every ceiling still holds with this contract."""
        if not self._ceilings:
            return True
        years = sorted(self._ceilings)
        new = [sum(payment.yen for payment in plan if payment.fiscal_year == year) for year in years]
        old = [self._projected.get(year, 0) for year in years]
        return outlays_fit(old, new, [self._ceilings[year] for year in years])

    def add(self, plan: Plan) -> None:
        """The contract is signed."""
        for payment in plan:
            self._projected[payment.fiscal_year] = self._projected.get(payment.fiscal_year, 0) + payment.yen

    def strike(self, plan: Plan) -> None:
        """These payments of a signed contract will not fall due."""
        for payment in plan:
            self._projected[payment.fiscal_year] -= payment.yen


def plan_payments(world: World, contract: Contract, price_yen: int) -> Plan:
    """When a contract signed today would be paid, by promised dates at the planning rate."""
    if not world.scenario.outlay_ceilings:
        return ()
    today, steps = world.days.today, contract.order.offer.payments
    fiscal_year = world.scenario.clock.calendar.fiscal_year
    after_arrival = world.typical[contract.order.offer.id].after_arrival
    plan: list[PlannedPayment] = []
    for place, (step, yen) in enumerate(zip(steps, payment_parts(price_yen, _shares(steps)), strict=True)):
        if step.when != "delivery":
            plan.append(PlannedPayment(fiscal_year(today + step.days), yen, None, place))
            continue
        years = [fiscal_year(max(today, lot.expected_day - after_arrival)) for lot in contract.lots]
        parts = lot_parts(yen, contract.sizes)
        plan += [PlannedPayment(year, part, at, None) for at, (year, part) in enumerate(zip(years, parts, strict=True))]
    return tuple(plan)


def _shares(steps: Sequence[Payment]) -> list[int]:
    return [step.share for step in steps]


def pay_at_signing(world: World, contract: Contract) -> None:
    """Pay what is due with the signature, and set the other payments up."""
    steps = contract.order.offer.payments
    minor_parts = payment_parts(contract.price_minor, _shares(steps))
    yen_parts = payment_parts(contract.price_yen, _shares(steps))
    growing = contract.order.offer.growth_after_signing
    growth = contract.price_minor if growing is None else grown(contract.price_minor, world.future.whole(growing))
    extra = growth - contract.price_minor
    on_delivery = any(step.when == "delivery" for step in steps)
    for place, (step, minor, yen) in enumerate(zip(steps, minor_parts, yen_parts, strict=True)):
        if step.when == "delivery":
            _plan_deliveries(contract, minor + extra, yen)
            continue
        late_extra = 0 if on_delivery or place + 1 < len(steps) else extra
        _plan_step(world, contract, place, step, minor + late_extra, yen)
    if not on_delivery:
        _plan_deliveries(contract, 0, 0)


def _plan_deliveries(contract: Contract, minor: int, yen: int) -> None:
    contract.unpaid_minor = list(lot_parts(minor, contract.sizes))
    contract.unpaid_yen = list(lot_parts(yen, contract.sizes))


def _plan_step(world: World, contract: Contract, place: int, step: Payment, minor: int, yen: int) -> None:
    due_day = contract.signed_day + step.days
    if due_day <= world.days.today:
        _pay(world, contract, minor, yen, due_day)
        return
    contract.unpaid_later[place] = (minor, yen)

    def due(_: Event) -> None:
        if place in contract.unpaid_later:
            _pay(world, contract, *contract.unpaid_later.pop(place), due_day)

    world.days.call(due_day, Rung.PAYMENT, contract.rank + LAST_LOT - place, due)


def pay_delivery(world: World, lot: Lot) -> None:
    """Pay a lot's part on its arrival."""
    contract = lot.contract
    place = lot.number - contract.first_lot
    minor, yen = contract.unpaid_minor[place], contract.unpaid_yen[place]
    contract.unpaid_minor[place] = contract.unpaid_yen[place] = 0
    if minor or yen:
        _pay(world, contract, minor, yen, lot.due_day if lot.recorded else world.days.today)


def _pay(world: World, contract: Contract, minor: int, planned_yen: int, due_day: int) -> None:
    """Pay at today's rate; what fell due before the start was paid then, as planned, and is booked on the first day."""
    if contract.claim is None:
        return
    currency = contract.order.offer.currency
    actual = planned_yen
    if due_day >= 0:
        actual = yen_of(minor, world.market.rate(currency), world.market.minor_per_major[currency])
    world.treasury.pay(world.days.today, contract.key, contract.claim, planned_yen, actual)


def strike_unpaid(world: World, contract: Contract, places: Sequence[int]) -> int:
    """Strike the payments of cancelled lots, and the later ones when no lot will come; the yen planned for them."""
    struck = sum(contract.unpaid_yen[place] for place in places)
    for place in places:
        contract.unpaid_yen[place] = contract.unpaid_minor[place] = 0
    steps: set[int] = set()
    if contract.stage == "cancelled" or all(lot.place == "cancelled" for lot in contract.lots):
        struck += sum(yen for _, yen in contract.unpaid_later.values())
        steps = set(contract.unpaid_later)
        contract.unpaid_later.clear()
    gone = [payment for payment in contract.plan if payment.lot in places or payment.step in steps]
    contract.plan = tuple(payment for payment in contract.plan if payment not in gone)
    world.desk.outlook.strike(tuple(gone))
    return struck
