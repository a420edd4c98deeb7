"""Checks of orders that no policy decides: signed before ``as_of``, or announced.

History lies before ``as_of`` and announcements from it on; what is open must still be able to end (R8).

Why: a past that contradicts itself would be played out in every future.
"""

from __future__ import annotations

from collections.abc import Iterator

from sim.scenario.check_money import fiscal_year_of
from sim.scenario.check_supply import money_troubles
from sim.scenario.fields import Trouble
from sim.scenario.written import WrittenScenario
from sim.scenario.written_supply import DatedOrderWritten, OfferWritten


def check_dated_order(scenario: WrittenScenario, name: str, order: DatedOrderWritten) -> Iterator[Trouble]:
    """The offer serves the mission, and the value is in its currency."""
    path = ("dated_orders", name)
    offer = scenario.offers.get(order.offer)
    if offer is None:
        return
    yield from money_troubles((*path, "value"), order.value, offer.currency)
    yield from mission_troubles(scenario, (*path, "offer"), order.offer, order.mission)


def mission_troubles(
    scenario: WrittenScenario, path: tuple[str, ...], offer_name: str, mission: str
) -> Iterator[Trouble]:
    """An offer whose product serves another mission."""
    offer = scenario.offers.get(offer_name) or scenario.home_offers.get(offer_name)
    product = None if offer is None else scenario.products.get(offer.product)
    if product is not None and product.mission != mission:
        found = f"'{offer_name}', whose product serves {product.mission}"
        yield Trouble(path, found, f"an offer for the mission {mission}", _for_mission(scenario, mission))


def _for_mission(scenario: WrittenScenario, mission: str) -> str:
    serving = {name for name, product in scenario.products.items() if product.mission == mission}
    products = [(name, offer.product) for name, offer in scenario.offers.items()]
    products += [(name, offer.product) for name, offer in scenario.home_offers.items()]
    names = sorted(name for name, product in products if product in serving)
    return f"Offers for it: {', '.join(names)}." if names else "No offer serves it."


def check_contract(scenario: WrittenScenario, name: str, order: DatedOrderWritten) -> Iterator[Trouble]:
    """The contract's day fits the status, and a past one had money."""
    path, as_of = ("dated_orders", name, "contract"), scenario.clock.as_of
    if order.contract is None:
        if order.tender_open_since is None:
            yield Trouble(path, "nothing", "a date", "Or tender_open_since, for history still in tender.")
        return
    if order.tender_open_since is not None:
        yield Trouble(path, None, "no contract while the tender is open", "Leave one of the two dates out.")
    if order.status == "history" and order.contract >= as_of:
        yield Trouble(path, None, f"a date before clock.as_of {as_of}", "Or write 'status: announced'.")
    if order.status == "announced" and order.contract < as_of:
        yield Trouble(path, None, f"a date from clock.as_of {as_of} on", "Or write 'status: history'.")
    if order.contract > scenario.clock.horizon:
        yield Trouble(path, None, f"a date not after clock.horizon {scenario.clock.horizon}")
    line = scenario.budget.lines.get(order.line)
    year = fiscal_year_of(order.contract)
    if order.status == "history" and order.contract >= scenario.clock.start and line and year not in line.years:
        yield Trouble(
            (*path[:2], "line"), None, f"a line with money of fiscal year {year}", "Add the year to the line."
        )


def check_deliveries(scenario: WrittenScenario, name: str, order: DatedOrderWritten) -> Iterator[Trouble]:
    """Deliveries follow the contract, in order, and are complete."""
    path = ("dated_orders", name, "deliveries")
    if not order.deliveries:
        return
    total = sum(delivery.units for delivery in order.deliveries)
    if total != order.quantity:
        way_out = "Give every unit a day, or leave deliveries out and the lead is drawn."
        yield Trouble(path, f"{total} units", f"the whole order, {order.quantity} units", way_out)
    before = order.contract
    for place, delivery in enumerate(order.deliveries):
        if before is not None and delivery.day < before:
            yield Trouble((*path, str(place), "day"), None, f"a date not before {before}", "Sort them by day.")
        before = delivery.day
    if order.tender_open_since is not None:
        yield Trouble(path, None, "no deliveries while the tender is open")


def check_open_tender(scenario: WrittenScenario, name: str, order: DatedOrderWritten) -> Iterator[Trouble]:
    """An open tender went out before ``as_of`` and can still last beyond it."""
    since, as_of = order.tender_open_since, scenario.clock.as_of
    path = ("dated_orders", name, "tender_open_since")
    if since is None:
        return
    if order.status != "history" or since >= as_of:
        yield Trouble(
            path, None, f"history, and a date before clock.as_of {as_of}", "Announced orders have a contract."
        )
        return
    offer = scenario.offers.get(order.offer)
    if offer is None:
        return
    longest, passed = _longest_tender(offer), (as_of - since).days
    if longest is None:
        yield Trouble(path, None, "no open tender: the offer is signed at once", "Write 'contract:' instead.")
    elif passed >= longest:
        found = f"{since}, {passed} days before clock.as_of"
        expected = f"a tender that may still be open; the offer's lasts at most {longest:.0f} days"
        yield Trouble(
            path,
            found,
            expected,
            "Write the contract's day, leave the order out, or widen the tender's belief.",
        )


def _longest_tender(offer: OfferWritten) -> float | None:
    """Longest possible days from the order to the award; None if there is no tender."""
    if offer.tender is not None:
        return max(offer.tender.first.belief().high(), offer.tender.later.belief().high())
    if offer.government_sale is not None:
        return offer.government_sale.request.belief().high() + offer.government_sale.offer.belief().high()
    return None
