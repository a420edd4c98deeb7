"""What the world does in a run, in words: shocks by what they do, quoted prices in their currency, suppliers' windows.

Windows are drawn by address as the works draw them (R17), so that telling them changes nothing.

Why: "It happens: yen_175.AUD" explains a late ship to nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from sim.future import Future
from sim.scenario.resolved import Scenario, Shock
from sim.units import BASIS_POINTS, RATE_SCALE

Named = Callable[[str], str]
"""The title of what an id names."""

_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "supplier_rate": "the works for {subjects} make {share} of what they otherwise would",
        "exchange_level": "the {subjects} is held at {rate} yen",
        "budget_delay": "the budget of FY{year} passes {size:,} days later",
        "budget_factor": "{subjects}: {share} of the FY{year} money is appropriated",
        "tender_failure": "tenders for {subjects} fail {times} times as often",
        "approval_block": "no export permit for {subjects} for {size:,} days",
        "posts_filled": "{subjects}: {share} of the course seats have a person",
        "target": "{subjects}: the target becomes {size:,} units",
        "losses": "{subjects}: {share} of the units are lost each month",
        "grounding": "{subjects}: grounded for {size:,} days",
        "bar": "{subjects} can no longer be bought",
    }
)


def shock_in_words(shock: Shock, named: Named) -> str:
    """What a shock does, then its id; of a kind without words of its own, the kind and what it strikes."""
    # a shock that is one for each currency has the currency behind its own id
    subjects = ", ".join(named(each) for each in shock.subjects) or "all"
    template = _WORDS.get(shock.kind, f"{shock.kind.replace('_', ' ')} of {{subjects}}")
    said = template.format(
        subjects=subjects,
        share=f"{100 * shock.size / BASIS_POINTS:g} %",
        times=f"{shock.size / BASIS_POINTS:g}",
        rate=f"{shock.size / RATE_SCALE:,.2f}",
        size=shock.size,
        year=shock.fiscal_year,
    )
    return f"{said} ({shock.id})"


def price_in_words(scenario: Scenario, offer: str, minor_units: int) -> str:
    """A price in its offer's currency.

    Whole yen, other money with the two digits of its minor units.
    """
    currency = scenario.offers[offer].currency
    if currency == "JPY":
        return f"¥{minor_units:,}"
    each = scenario.currencies[currency].minor_per_major
    return f"{currency} {minor_units / each:,.{len(str(each)) - 1}f}"


def windows_drawn(scenario: Scenario, future: Future, id: str) -> Iterator[tuple[int, int, int]]:
    """A window's times in one future: (first day, first day after, factor in basis points).

    At most one begins in each fiscal year, none before ``as_of``.

    Source: docs/model.md, R17.
    """
    window, clock = scenario.windows[id], scenario.clock
    calendar = clock.calendar
    for year in range(calendar.fiscal_year(clock.as_of_day), calendar.fiscal_year(clock.horizon_day) + 1):
        if not future.chance(future.whole(window.chance), f"window/{id}", year):
            continue
        first, last = calendar.fiscal_year_start(year), calendar.fiscal_year_end(year)
        day = first + int(future.uniform(f"window_start/{id}", year) * (last - first + 1))
        if day > clock.as_of_day:
            length = future.draw(window.length, f"window_length/{id}", year)
            yield day, day + length, future.draw(window.factor, f"window_factor/{id}", year)


def windows_in_words(scenario: Scenario, future: Future, named: Named) -> Iterator[tuple[int, str]]:
    """Day and sentence for each supplier window's beginning and end."""
    for id, window in scenario.windows.items():
        struck = [offer.id for offer in scenario.offers.values() if id in offer.windows]
        for first, after, factor in windows_drawn(scenario, future, id):
            yield first, _begins(window.title, struck, factor, named)
            if after <= scenario.clock.horizon_day:
                yield after, f"It is over: {window.title}."


def _begins(title: str, struck: Sequence[str], factor: int, named: Named) -> str:
    share = f"{100 * factor / BASIS_POINTS:g} %"
    return f"{title}: the works for {', '.join(named(offer) for offer in struck)} make {share} of their rate."
