"""Checks of currencies and the budget.

Every year's money is an amount or a request with its factor, and every rate the model will ask for can be known.

Why: a missing planning rate would surface as a wrong yen in the middle of a run.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from sim.scenario.fields import Trouble
from sim.scenario.forms import Arithmetic
from sim.scenario.quantity import Quantity
from sim.scenario.written import WrittenScenario
from sim.scenario.written_money import AppropriationWritten, CurrencyWritten, LineWritten, UseWritten
from sim.units import UNITS


def fiscal_year_of(date: datetime.date) -> int:
    """Fiscal year of a date: Y from 1 April Y to 31 March Y+1."""
    return date.year if date.month >= 4 else date.year - 1


def check_currency(scenario: WrittenScenario, name: str, currency: CurrencyWritten) -> Iterator[Trouble]:
    """The units of a currency are its own."""
    path = ("currencies", name)
    unit = f"JPY per {name}"
    if unit not in UNITS:
        known = ", ".join(one.removeprefix("JPY per ") for one in UNITS if one.startswith("JPY per "))
        yield Trouble(path, f"'{name}'", f"a currency the units know: {known}", "Yen is built in and is not listed.")
        return
    minor = int(UNITS[name].factor)
    if currency.minor_per_major != minor:
        yield Trouble((*path, "minor_per_major"), None, f"{minor}, as the units of {name} count")
    rates: dict[tuple[str, ...], Quantity] = {("rate_at_start",): currency.rate_at_start}
    rates |= {("planning_rates", str(year)): rate for year, rate in currency.planning_rates.items()}
    for below, rate in rates.items():
        if rate.form.unit != unit:
            yield Trouble((*path, *below, "unit"), None, f"the unit {unit}")


def check_planning_rates(scenario: WrittenScenario, name: str, currency: CurrencyWritten) -> Iterator[Trouble]:
    """A year whose three months before the draft begin before the start needs a stated rate (R10)."""
    clock, draft = scenario.clock, scenario.budget.calendar.draft
    for year in range(fiscal_year_of(clock.start), fiscal_year_of(clock.horizon) + 1):
        months = (year - 1) * 12 + draft.month - 1 - 3
        if datetime.date(months // 12, months % 12 + 1, 1) >= clock.start:
            return
        if year not in currency.planning_rates:
            yield Trouble(
                ("currencies", name, "planning_rates"),
                f"no rate for fiscal year {year}",
                "a budget rate for every year drafted before the start, or less than three months after it",
                f"Add '{year}: {{value: ..., unit: JPY per {name}}}' to planning_rates.",
            )


def check_calendar(scenario: WrittenScenario) -> Iterator[Trouble]:
    """The draft's date exists, and each year passes inside itself."""
    calendar = scenario.budget.calendar
    if not _exists(calendar.draft.month, calendar.draft.day):
        yield Trouble(("budget", "calendar", "draft", "day"), None, "a day that its month has every year")
    for year, day in calendar.passage.items():
        if fiscal_year_of(day) != year:
            expected = f"a date from {year}-04-01 to {year + 1}-03-31"
            yield Trouble(("budget", "calendar", "passage", str(year)), day.isoformat(), expected)


def check_passage(scenario: WrittenScenario) -> Iterator[Trouble]:
    """A budget that must have passed before ``as_of`` has a stated day (R8)."""
    calendar, clock = scenario.budget.calendar, scenario.clock
    longest = calendar.passage_delay.belief().high()
    for year in range(fiscal_year_of(clock.start), fiscal_year_of(clock.as_of) + 1):
        passed_days = (clock.as_of - datetime.date(year, 4, 1)).days
        if year not in calendar.passage and passed_days > longest:
            yield Trouble(
                ("budget", "calendar", "passage"),
                f"no day for fiscal year {year}",
                f"the day its budget passed: on {clock.as_of} no delay of passage_delay is long enough",
                f"Add '{year}: {year}-04-01', or the day it was.",
            )


def check_line(scenario: WrittenScenario, name: str, line: LineWritten) -> Iterator[Trouble]:
    """Each year's money is an amount, or a request with an approval factor, never both (R9)."""
    for year, appropriation in line.years.items():
        keys = _stated(appropriation)
        if keys not in ({"amount"}, {"request", "approval"}):
            found = " and ".join(sorted(keys)) or "nothing"
            yield Trouble(
                ("budget", "lines", name, "years", str(year)),
                found,
                "either amount, or request and approval",
                "",
            )


def _stated(appropriation: AppropriationWritten) -> set[str]:
    return {key for key in ("amount", "request", "approval") if getattr(appropriation, key) is not None}


def check_supplementary(scenario: WrittenScenario, name: str, line: LineWritten) -> Iterator[Trouble]:
    """A supplementary budget has a date and an ordered span of years."""
    for place, extra in enumerate(line.supplementary):
        path = ("budget", "lines", name, "supplementary", str(place))
        if not _exists(extra.month, extra.day):
            yield Trouble((*path, "day"), None, "a day that its month has every year")
        if extra.last_fiscal_year < extra.first_fiscal_year:
            expected = f"a year not before first_fiscal_year, {extra.first_fiscal_year}"
            yield Trouble((*path, "last_fiscal_year"), None, expected)


def _exists(month: int, day: int) -> bool:
    try:
        datetime.date(2025, month, day)
    except ValueError:
        return False
    return True


def check_uses(scenario: WrittenScenario, name: str, line: LineWritten) -> Iterator[Trouble]:
    """A use takes a share or an amount of a year that has money, on a day of that year."""
    names = [use.id for use in line.uses]
    for place, use in enumerate(line.uses):
        path = ("budget", "lines", name, "uses", use.id)
        if use.id in names[:place]:
            yield Trouble(("budget", "lines", name, "uses", str(place), "id"), None, "each id once in a line")
        if (use.share is None) == (use.amount is None):
            found = "neither" if use.share is None else "both"
            yield Trouble(path, found, "either share or amount")
        if use.fiscal_year not in line.years:
            yield Trouble((*path, "fiscal_year"), None, "a year for which the line has money", "Add it to years.")
        yield from _day_troubles((*path, "on"), use)


def _day_troubles(path: tuple[str, ...], use: UseWritten) -> Iterator[Trouble]:
    if use.on == "passage":
        return
    try:
        day = datetime.date.fromisoformat(use.on)
    except ValueError:
        day = None
    if day is None or len(use.on) != len("2027-06-01"):
        yield Trouble(path, None, "'passage' or a date", "Write year-month-day, as 2027-06-01.")
    elif fiscal_year_of(day) != use.fiscal_year:
        yield Trouble(path, None, f"a date of fiscal year {use.fiscal_year}")


def certain(quantity: Quantity) -> float | None:
    """A quantity's one value in its canonical unit; None if it is uncertain."""
    if isinstance(quantity.form, Arithmetic):
        return None
    belief = quantity.belief()
    return belief.low() if belief.low() == belief.high() else None
