"""Checks of home lines: names of their own, lots that fit, a plant that suits its opening, a curve that falls.

A firm is no supplier and a home offer no import; a line that runs at the start has nothing to prepare.

Why: a line with more heads than it may have, or a floor above its first unit, would run, and be believed.
"""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError

from sim.scenario.check_supply import payment_troubles
from sim.scenario.fields import Trouble
from sim.scenario.forms import Arithmetic
from sim.scenario.kits import pieces_of
from sim.scenario.quantity import Quantity
from sim.scenario.written import WrittenScenario
from sim.scenario.written_home import ExportRequestsWritten, FirmWritten, HomeOfferWritten

_MOST_PIECES = 10**9


def check_firm(scenario: WrittenScenario, name: str, firm: FirmWritten) -> Iterator[Trouble]:
    """A firm has an id that no supplier has."""
    if name in scenario.suppliers:
        yield Trouble(("firms", name), f"'{name}', a supplier too", "an id that no supplier has", "Rename one of them.")


def check_home_offer(scenario: WrittenScenario, name: str, offer: HomeOfferWritten) -> Iterator[Trouble]:
    """An id that no import has, an order that holds a lot, payments that add up."""
    path = ("home_offers", name)
    if name in scenario.offers:
        yield Trouble(path, f"'{name}', an offer from abroad too", "an id that no offer has", "Rename one of them.")
    if offer.lot > offer.minimum_order:
        expected = f"at most minimum_order, {offer.minimum_order}"
        yield Trouble((*path, "lot"), None, expected, "Raise minimum_order, or lower lot.")
    yield from payment_troubles((*path, "payments"), offer.payments)


def check_opening(scenario: WrittenScenario, name: str, offer: HomeOfferWritten) -> Iterator[Trouble]:
    """An existing line has nothing to prepare or to develop; every other plant is prepared (R20)."""
    path, opening = ("home_offers", name, "opening"), offer.opening
    runs = opening.plant == "existing_line"
    for step in ("preparation", "development"):
        if runs and getattr(opening, step) is not None:
            expected, way_out = f"no {step} of an existing line, which runs at the start", "Or write another plant."
            yield Trouble((*path, step), None, expected, way_out)
    if not runs and opening.preparation is None:
        way_out = "Or write 'plant: existing_line' for a line that runs at the start."
        yield Trouble((*path, "preparation"), "nothing", f"the time an {opening.plant} takes", way_out)


def check_work(scenario: WrittenScenario, name: str, offer: HomeOfferWritten) -> Iterator[Trouble]:
    """Heads do not start above their most, no floor lies above the first unit, and the yield does not fall."""
    path, work = ("home_offers", name, "work"), offer.work
    if work.heads_at_start > work.most_heads:
        expected = f"at most most_heads, {work.most_heads}"
        yield Trouble((*path, "heads_at_start"), None, expected, "Raise most_heads, or begin with fewer.")
    if work.most_heads == 0 or (work.heads_at_start == 0 and work.heads_a_month == 0):
        yield Trouble((*path, "heads_at_start"), "nobody, now or later", "heads, or an intake of them")
    floor, first = work.floor, _mode(work.first_unit)
    if first is not None and floor.value() > first:
        expected = "at most the labour of the first unit where it is most likely"
        yield Trouble((*path, "floor"), f"{floor.form.text()} {floor.form.unit}", expected, "The curve falls to it.")
    before, after = _mode(work.first_pass.first), _mode(work.first_pass.last)
    if before is not None and after is not None and after < before:
        last = work.first_pass.last
        expected = "a yield that does not fall: at its mode at least that of the first unit"
        yield Trouble((*path, "first_pass", "last"), f"{last.form.text()} {last.form.unit}", expected)


def _mode(quantity: Quantity) -> float | None:
    """The most likely value; None for a formula, which is checked against its bounds alone."""
    return None if isinstance(quantity.form, Arithmetic) else quantity.value()


def check_kit(scenario: WrittenScenario, name: str, offer: HomeOfferWritten) -> Iterator[Trouble]:
    """Every part of the kit, and every part of a part, has its pieces and its price."""
    path = ("home_offers", name, "kit")
    try:
        pieces = pieces_of(offer.kit, scenario.part_families)
    except CycleError:
        return  # told of the families
    for family in offer.kit:
        if family not in pieces:
            expected = "its pieces: no other part of the kit is made of it"
            yield Trouble((*path, family, "pieces"), "nothing", expected, "Write 'pieces: 1', or leave the part out.")
    for family, each in pieces.items():
        if family not in offer.kit:
            expected = f"a price of {family}, which other parts of the kit are made of"
            yield Trouble(path, f"nothing of {family}", expected, f"Add '{family}: {{price: ...}}'.")
        if each > _MOST_PIECES:
            yield Trouble(path, f"{each:,} pieces of {family}", f"at most {_MOST_PIECES:,} pieces a unit")


def check_exports(scenario: WrittenScenario, name: str, requests: ExportRequestsWritten) -> Iterator[Trouble]:
    """Requests by luck have their units, and there are some requests at all."""
    path = ("export_requests", name)
    if requests.a_year is None and not requests.known:
        yield Trouble(path, "no request", "a_year with units, or known requests", "Or leave the entry out.")
    if (requests.a_year is None) != (requests.units is None):
        missing = "a_year" if requests.a_year is None else "units"
        yield Trouble((*path, missing), "nothing", "both a_year and units for requests by luck")
