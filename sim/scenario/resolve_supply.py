"""Resolving suppliers, slip classes, windows, offers and dated orders.

Prices become whole minor units, discounts prices in basis points; dated orders are sorted by contract day and id.

Why: each delay keeps its own place, so that none is counted twice and none is lost.
"""

from __future__ import annotations

from typing import TypedDict

from sim.scenario.desk import Desk
from sim.scenario.quantity import period_days
from sim.scenario.resolved import (
    DatedOrder,
    Delivery,
    GovernmentSale,
    Input,
    Luck,
    Offer,
    Payment,
    SlipClass,
    Supplier,
    SupplierWindow,
)
from sim.scenario.written_home import HomeOfferWritten
from sim.scenario.written_supply import DatedOrderWritten, GovernmentSaleWritten, OfferWritten, PaymentWritten
from sim.units import BASIS_POINTS, basis_points, round_half_up


def suppliers(desk: Desk) -> dict[str, Supplier]:
    """Suppliers by id, each with its lateness."""
    return {
        name: Supplier(name, written.title, written.country, desk.parameter("suppliers", name, "lateness"))
        for name, written in sorted(desk.written.suppliers.items())
    }


def slip_classes(desk: Desk) -> dict[str, SlipClass]:
    """Slip classes by id."""
    return {
        name: SlipClass(
            id=name,
            log_mean=written.log_mean.value(),
            log_sd=written.log_sd.value(),
            supplier_share=desk.parameter("slip_classes", name, "supplier_share"),
        )
        for name, written in sorted(desk.written.slip_classes.items())
    }


def windows(desk: Desk) -> dict[str, SupplierWindow]:
    """Supplier windows by id."""
    return {name: _window(desk, name) for name in sorted(desk.written.windows)}


def _window(desk: Desk, name: str) -> SupplierWindow:
    path = ("windows", name)
    return SupplierWindow(
        id=name,
        title=desk.written.windows[name].title,
        chance=desk.parameter(*path, "chance"),
        factor=desk.luck(*path, "factor"),
        length=desk.luck(*path, "length"),
    )


def offers(desk: Desk) -> dict[str, Offer]:
    """Offers by id."""
    return {name: _offer(desk, name, offer) for name, offer in sorted(desk.written.offers.items())}


class Shared(TypedDict):
    """What an offer has wherever its product is made."""

    id: str
    title: str
    product: str
    minimum_order: int
    lot: int
    tender_first: Luck | None
    tender_later: Luck | None
    failure_chance: Input
    payments: tuple[Payment, ...]


def shared(desk: Desk, path: tuple[str, str], written: OfferWritten | HomeOfferWritten) -> Shared:
    """What is read alike of an import and of a home offer."""
    return Shared(
        id=path[-1],
        title=written.title,
        product=written.product,
        minimum_order=written.minimum_order,
        lot=written.lot,
        tender_first=desk.luck_or_none(*path, "tender", "first"),
        tender_later=desk.luck_or_none(*path, "tender", "later"),
        failure_chance=desk.parameter(*path, "failure_chance"),
        payments=tuple(_payment(one) for one in written.payments),
    )


def _offer(desk: Desk, name: str, written: OfferWritten) -> Offer:
    path = ("offers", name)
    return Offer(
        **shared(desk, path, written),
        supplier=written.supplier,
        channel=written.channel,
        currency=written.currency,
        price=desk.parameter(*path, "price"),
        escalation=desk.parameter(*path, "escalation"),
        growth_after_signing=desk.parameter(*path, "growth_after_signing"),
        breaks=tuple(_break(desk, name, written, place) for place in range(len(written.breaks))),
        first_lot=written.first_lot,
        government_sale=None if written.government_sale is None else _sale(desk, name, written.government_sale),
        permit_first=desk.luck_or_none(*path, "permit", "first"),
        permit_later_share=BASIS_POINTS if written.permit is None else basis_points(written.permit.later_share),
        lead_starts=written.lead_starts,
        promise_first_days=written.promise.first_days,
        promise_later_days=written.promise.later_days,
        slip_class=written.slip_class,
        rate=desk.parameter_or_none(*path, "rate"),
        rate_period_days=365 if written.rate is None else period_days(written.rate.form.unit),
        rate_growth=desk.parameter(*path, "rate_growth"),
        windows=tuple(written.windows),
        shipping=desk.luck(*path, "shipping"),
    )


def _break(desk: Desk, offer: str, written: OfferWritten, place: int) -> tuple[int, int]:
    discount = desk.fixed("offers", offer, "breaks", str(place), "discount")
    return written.breaks[place].from_units, BASIS_POINTS - discount


def _sale(desk: Desk, offer: str, written: GovernmentSaleWritten) -> GovernmentSale:
    path = ("offers", offer, "government_sale")
    notified = written.notification is not None
    return GovernmentSale(
        request=desk.luck(*path, "request"),
        offer=desk.luck(*path, "offer"),
        notification=desk.luck_or_none(*path, "notification", "days"),
        notification_minor_units=desk.fixed(*path, "notification", "threshold") if notified else 0,
    )


def _payment(written: PaymentWritten) -> Payment:
    return Payment(written.at, round_half_up(written.share * BASIS_POINTS / 100), written.days or 0)


def dated_orders(desk: Desk) -> tuple[DatedOrder, ...]:
    """Orders no policy decides, by (contract day, id)."""
    orders = [_dated_order(desk, name, order) for name, order in desk.written.dated_orders.items()]
    return tuple(sorted(orders, key=lambda order: (order.contract_day, order.id)))


def _dated_order(desk: Desk, name: str, written: DatedOrderWritten) -> DatedOrder:
    placed = written.contract or written.tender_open_since
    assert placed is not None, "checked: an order has a contract or an open tender"
    return DatedOrder(
        id=name,
        offer=written.offer,
        mission=written.mission,
        quantity=written.quantity,
        value=desk.parameter("dated_orders", name, "value"),
        line=written.line,
        contract_day=desk.day(placed),
        promise_days=written.promise_days,
        slip_class=written.slip_class,
        status=written.status,
        deliveries=tuple(Delivery(desk.day(one.day), one.units) for one in written.deliveries),
        tender_open_since=desk.day_or_none(written.tender_open_since),
    )
