"""Checks of shocks: what each kind strikes, in which unit, for how long.

Each kind has its own subjects and its own unit; a shock that strikes nothing is a fault.

Why: a shock that is silently empty makes a plan look robust.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Literal, NamedTuple

from sim.scenario.check_money import certain
from sim.scenario.fields import Trouble
from sim.scenario.quantity import Quantity, units_of
from sim.scenario.written import WrittenScenario
from sim.scenario.written_policy import ShockWritten, Subjects

_OFFERS: Final = ("offers", "countries", "products", "missions")
_LINES: Final = ("offers", "products", "missions")
_PRODUCTS: Final = ("products", "missions")
_SECTIONS: Final = {"families": "part_families"}
_PART_FLOW: Final = ("origins", "users")
"""Groups that narrow a shock to parts down; they name nothing that it strikes."""


class Kind(NamedTuple):
    """What a kind of shock needs."""

    strikes: str | None
    """The section whose ids the resolved shock names; None: the whole budget."""
    named_by: tuple[str, ...]
    """Groups that may name them."""
    units: tuple[str, ...]
    """Units of its size; none: it has no size."""
    most: float | None = None
    """Largest size, in the canonical unit."""
    fiscal_year: bool = False
    """Whether it belongs to a fiscal year."""
    made: Literal["anywhere", "abroad", "at home"] = "anywhere"
    """Which offers it can strike."""


KINDS: Final[Mapping[str, Kind]] = {
    "supplier_rate": Kind("offers", _OFFERS, ("1",), made="abroad"),
    "exchange_level": Kind("currencies", ("currencies",), units_of("exchange")),
    "budget_delay": Kind(None, (), units_of("duration"), fiscal_year=True),
    "budget_factor": Kind("lines", ("lines",), ("1",), fiscal_year=True),
    "tender_failure": Kind("offers", _OFFERS, ("1",)),
    "approval_block": Kind("products", _PRODUCTS, units_of("duration")),
    "posts_filled": Kind("missions", ("missions",), units_of("share"), most=1.0),
    "target": Kind("missions", ("missions",), ("unit",)),
    "losses": Kind("products", _PRODUCTS, units_of("share/month"), most=1.0),
    "grounding": Kind("products", _PRODUCTS, units_of("duration")),
    "bar": Kind("offers", _OFFERS, ()),
    "part_flow": Kind("part families", ("families", *_PART_FLOW), units_of("share"), most=1.0),
    "line_stop": Kind("offers", _LINES, units_of("duration"), made="at home"),
    "export_requests": Kind("offers", _LINES, ("1",), made="at home"),
}


def named(subjects: Subjects) -> dict[str, str | list[str]]:
    """Groups that a shock names."""
    stated = {group: getattr(subjects, group) for group in Subjects.model_fields}
    return {group: names for group, names in stated.items() if names is not None}


def struck(scenario: WrittenScenario, shock: ShockWritten) -> tuple[str, ...]:
    """Ids of what a shock strikes, of its kind's section, sorted."""
    strikes, made = KINDS[shock.kind].strikes, KINDS[shock.kind].made
    found: set[str] = set()
    for group, names in named(shock.subjects).items():
        if group in _PART_FLOW:
            continue
        if strikes == "offers":
            found |= set() if made == "at home" else _imports(scenario, group, names)
            found |= set() if made == "abroad" else _home_offers(scenario, group, names)
        elif strikes == "products" and group == "missions":
            found |= {name for name, one in scenario.products.items() if names == "all" or one.mission in names}
        else:
            every = scenario.budget.lines if group == "lines" else getattr(scenario, _SECTIONS.get(group, group))
            found |= set(every if names == "all" else names)
    if shock.kind == "export_requests":
        found &= {one.offer for one in scenario.export_requests.values()}
    return tuple(sorted(found))


def _home_offers(scenario: WrittenScenario, group: str, names: str | list[str]) -> set[str]:
    """Home offers named by themselves, their product or its mission; no country of a supplier is theirs."""
    struck_offers = set()
    for name, offer in scenario.home_offers.items():
        product = scenario.products.get(offer.product)
        label = {"offers": name, "products": offer.product, "missions": product.mission if product else None}
        if group in label and (names == "all" or label[group] in names):
            struck_offers.add(name)
    return struck_offers


def _imports(scenario: WrittenScenario, group: str, names: str | list[str]) -> set[str]:
    """Offers named by themselves, by their supplier's country, their product or its mission."""
    struck_offers = set()
    for name, offer in scenario.offers.items():
        product, supplier = scenario.products.get(offer.product), scenario.suppliers.get(offer.supplier)
        label = {
            "offers": name,
            "countries": supplier.country if supplier else None,
            "products": offer.product,
            "missions": product.mission if product else None,
        }[group]
        if names == "all" or label in names:
            struck_offers.add(name)
    return struck_offers


def check_shock_dates(scenario: WrittenScenario, name: str, shock: ShockWritten) -> Iterator[Trouble]:
    """A shock ends after it begins and is announced no later than it strikes."""
    path = ("shocks", name)
    if shock.until is not None and shock.months is not None:
        yield Trouble((*path, "months"), None, "either until or months")
    if shock.until is not None and shock.until <= shock.from_day:
        yield Trouble((*path, "until"), None, f"a date after its first day, {shock.from_day}")
    if shock.announced is not None and shock.announced > shock.from_day:
        yield Trouble((*path, "announced"), None, f"a date not after its first day, {shock.from_day}")
    if (shock.fiscal_year is not None) != KINDS[shock.kind].fiscal_year:
        found = "no year" if shock.fiscal_year is None else str(shock.fiscal_year)
        yield Trouble(
            (*path, "fiscal_year"),
            found,
            "a fiscal year for budget_delay and budget_factor, and for no other",
        )


def check_shock_size(scenario: WrittenScenario, name: str, shock: ShockWritten) -> Iterator[Trouble]:
    """The size is in the unit of the kind."""
    path, kind = ("shocks", name), KINDS[shock.kind]
    if shock.size is None:
        if kind.units:
            yield Trouble((*path, "size"), "nothing", f"a size in {' or '.join(kind.units)}")
    elif not kind.units:
        yield Trouble((*path, "size"), None, f"no size for the kind {shock.kind}", "Leave it out.")
    else:
        yield from _unit_troubles((*path, "size"), shock.size, kind)
    if shock.cap is None:
        return
    if shock.kind != "tender_failure":
        yield Trouble((*path, "cap"), None, "no cap but for the kind tender_failure", "Leave it out.")
    else:
        yield from _unit_troubles((*path, "cap"), shock.cap, kind._replace(units=units_of("share"), most=1.0))


def _unit_troubles(path: tuple[str, ...], size: Quantity, kind: Kind) -> Iterator[Trouble]:
    if size.form.unit not in kind.units:
        yield Trouble((*path, "unit"), None, f"one of the units {', '.join(kind.units)}")
    elif kind.most is not None and size.value() > kind.most:
        yield Trouble(path, size.form.text(), "at most the whole")
    elif size.form.unit == "unit" and size.value() < 1:
        yield Trouble(path, size.form.text(), "a target of at least 1 unit")
    elif size.unit.dimension == "exchange" and size.value() == 0:
        yield Trouble(path, size.form.text(), "an exchange rate above zero")


def check_subjects(scenario: WrittenScenario, name: str, shock: ShockWritten) -> Iterator[Trouble]:
    """A shock strikes something, named as its kind allows."""
    path, kind = ("shocks", name, "subjects"), KINDS[shock.kind]
    groups = named(shock.subjects)
    for group in groups:
        if group not in kind.named_by:
            allowed = ", ".join(kind.named_by) or "nothing: it strikes the whole budget"
            yield Trouble((*path, group), f"'{group}'", f"subjects of the kind {shock.kind} by {allowed}")
            return
    if kind.strikes is not None and not struck(scenario, shock):
        found = "nothing that it strikes" if groups else "no subjects"
        where = "" if kind.made == "anywhere" else f" {kind.made}"
        by = " or ".join(group for group in kind.named_by if group not in _PART_FLOW)
        at_home = kind.made == "at home" or kind.strikes == "part families"
        way_out = "" if scenario.home_offers or not at_home else "This scenario has no home production."
        yield Trouble(path, found, f"{kind.strikes}{where} by {by}", way_out)


def check_exchange_level(scenario: WrittenScenario, name: str, shock: ShockWritten) -> Iterator[Trouble]:
    """The size is the rate of one of the currencies; others follow in proportion to certain rates at the start."""
    if shock.kind != "exchange_level" or shock.size is None:
        return
    path, currencies = ("shocks", name, "subjects", "currencies"), struck(scenario, shock)
    main = shock.size.form.unit.removeprefix("JPY per ")
    if currencies and main not in currencies:
        yield Trouble(path, None, f"{main}, whose rate the size states, among the currencies")
    elif len(currencies) > 1:
        for currency in currencies:
            if certain(scenario.currencies[currency].rate_at_start) is None:
                found = f"{currency}, whose rate at the start is uncertain"
                yield Trouble(path, found, "currencies with certain rates at the start, to move in proportion")
