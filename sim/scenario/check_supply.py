"""Checks of offers: money in one currency, lots that fit, payments that add up, a channel with its own steps.

Prices are in the offer's currency; payments add up to 100 percent; a government sale has no tender.

Why: an offer that pays 95 percent of its price would make every plan cheaper, silently.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from sim.scenario.fields import Trouble
from sim.scenario.forms import number_text
from sim.scenario.quantity import Quantity
from sim.scenario.written import WrittenScenario
from sim.scenario.written_supply import OfferWritten, PaymentWritten


def money_troubles(path: tuple[str, ...], quantity: Quantity, currency: str) -> Iterator[Trouble]:
    """A sum of money that is not in the currency it should be in."""
    if quantity.unit.dimension != f"money:{currency}":
        expected = f"money in {currency}, the offer's currency"
        yield Trouble((*path, "unit"), None, expected, f"For example 'm {currency}'; or change the offer's currency.")


def check_money(scenario: WrittenScenario, name: str, offer: OfferWritten) -> Iterator[Trouble]:
    """Price and threshold are in the offer's currency."""
    path = ("offers", name)
    yield from money_troubles((*path, "price"), offer.price, offer.currency)
    sale = offer.government_sale
    if sale is not None and sale.notification is not None:
        below = (*path, "government_sale", "notification", "threshold")
        yield from money_troubles(below, sale.notification.threshold, offer.currency)


def check_lots(scenario: WrittenScenario, name: str, offer: OfferWritten) -> Iterator[Trouble]:
    """The smallest order holds a first lot."""
    if offer.first_lot > offer.minimum_order:
        yield Trouble(
            ("offers", name, "first_lot"),
            None,
            f"at most minimum_order, {offer.minimum_order}",
            "Raise minimum_order, or lower first_lot.",
        )


def check_breaks(scenario: WrittenScenario, name: str, offer: OfferWritten) -> Iterator[Trouble]:
    """Price breaks go up in quantity and leave a price."""
    path = ("offers", name, "breaks")
    for place, (first, second) in enumerate(pairwise(offer.breaks), start=1):
        if second.from_units <= first.from_units:
            yield Trouble((*path, str(place), "from"), None, f"more than the break before it, {first.from_units}")
    for place, one in enumerate(offer.breaks):
        if one.discount.value() >= 1.0:
            yield Trouble((*path, str(place), "discount"), one.discount.form.text(), "a discount below 100 percent")


def check_channel(scenario: WrittenScenario, name: str, offer: OfferWritten) -> Iterator[Trouble]:
    """A government sale has its own steps and no tender; a direct import has none of them (R15)."""
    path = ("offers", name)
    if offer.channel == "fms" and offer.government_sale is None:
        yield Trouble((*path, "government_sale"), "nothing", "request and offer times for the channel fms")
    if offer.channel == "fms" and offer.tender is not None:
        way_out = "Its request and offer are its tender time: leave tender out."
        yield Trouble((*path, "tender"), None, "no tender for the channel fms", way_out)
    if offer.channel == "direct" and offer.government_sale is not None:
        way_out = "Leave it out, or write 'channel: fms'."
        yield Trouble((*path, "government_sale"), None, "no government sale for the channel direct", way_out)
    for place, window in enumerate(offer.windows):
        if window in offer.windows[:place]:
            yield Trouble((*path, "windows", str(place)), None, "each window once", "Leave the second out.")


def check_payments(scenario: WrittenScenario, name: str, offer: OfferWritten) -> Iterator[Trouble]:
    """The steps add up to 100 percent; only steps after signing have days."""
    yield from payment_troubles(("offers", name, "payments"), offer.payments)


def payment_troubles(path: tuple[str, ...], payments: Sequence[PaymentWritten]) -> Iterator[Trouble]:
    """A schedule that does not add up, or whose steps have no days or days of no use."""
    total = sum(payment.share for payment in payments)
    if abs(total - 100.0) > 1e-9:
        yield Trouble(path, f"shares that add up to {number_text(round(total, 9))}", "100 percent in all")
    for place, payment in enumerate(payments):
        if (payment.at == "after_signing") != (payment.days is not None):
            found = "no days" if payment.days is None else f"{payment.days} days"
            expected = "days for at: after_signing, and for no other step"
            yield Trouble((*path, str(place), "days"), found, expected)
    once = [payment.at for payment in payments if payment.at != "after_signing"]
    for step in {step for step in once if once.count(step) > 1}:
        yield Trouble(path, f"two steps at {step}", f"one step at {step}", "Add their shares up.")
