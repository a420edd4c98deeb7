"""The addresses of luck of home production: lines, part orders, part windows, requests from abroad.

Each is (stream, expected draws, the days those stand for where they are one belief); they are part of the scenario's.

Why: a source's n-th order and a window's month are the same event under every policy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sim.scenario.resolved import ExportRequests, Input, Luck, Offer, PartWindow, Scenario

Address = tuple[str, Sequence[int], Luck | None]

_ATTEMPTS_EXPECTED = 2
_FREQUENT_A_YEAR = 0.35
_SECOND_ORDERS_EXPECTED = 12
_PART_ORDERS_EXPECTED = 24
"""Orders expected at a family's first source: firms order monthly, and not in every month."""


def of_home_production(scenario: Scenario, months: range) -> Iterator[Address]:
    """Every stream of home production; none where a scenario has no line."""
    yield from _of_lines(scenario.offers)
    yield from _of_sources(scenario)
    for window in scenario.part_windows.values():
        yield from _of_window(window, months)
    yield from _of_exports(scenario.export_requests, months)


def _of_lines(offers: Mapping[str, Offer]) -> Iterator[Address]:
    """Opening a line, developing its type, tooling it, qualifying a source of its parts."""
    for offer in offers.values():
        line = offer.line
        if line is None:
            continue
        development = line.development
        attempts = range(0 if development is None else _ATTEMPTS_EXPECTED)
        yield f"preparation/{offer.id}", range(0 if line.preparation is None else 1), line.preparation
        yield f"development/{offer.id}", attempts, None if development is None else development.days
        yield f"development_failure/{offer.id}", attempts, None
        yield f"tooling_lead/{offer.id}", (), None
        for part in line.kit:
            yield f"qualification/{offer.id}:{part.family}", (), None


def _of_sources(scenario: Scenario) -> Iterator[Address]:
    """Part orders, n from 0 at each source."""
    used = {part.family for offer in scenario.offers.values() if offer.line is not None for part in offer.line.kit}
    expected = {scenario.part_families[family].second_source: _SECOND_ORDERS_EXPECTED for family in used}
    expected |= {scenario.part_families[family].first_source: _PART_ORDERS_EXPECTED for family in used}
    for source in scenario.part_sources.values():
        yield f"part_lead/{source.id}", range(expected.get(source.id, 0)), source.lead


def _of_window(window: PartWindow, months: range) -> Iterator[Address]:
    """A dated window has index 0, one by luck that of its month."""
    opened = range(1) if window.day is not None else months[: None if _is_frequent(window.a_year) else 0]
    yield f"part_window/{window.id}", months if window.day is None else (), None
    yield f"part_window_share/{window.id}", opened, None
    for kind, passed in (
        ("families", window.most_families is not None),
        ("lead", window.lead_factor is not None),
        ("length", window.length is not None),
        ("open", window.stays_open is not None),
    ):
        yield f"part_window_{kind}/{window.id}", opened if passed else (), None


def _of_exports(requests: Mapping[str, ExportRequests], months: range) -> Iterator[Address]:
    """Requests from abroad and their units."""
    for one in requests.values():
        yield f"export/{one.id}", months if one.a_year is not None else (), None
        yield f"export_units/{one.id}", months[: None if _is_frequent(one.a_year) else 0], None


def _is_frequent(a_year: Input | None) -> bool:
    """Whether an event comes so often that drawing what follows it for every month is the shorter way."""
    return a_year is not None and a_year.belief is not None and a_year.belief.mode() >= _FREQUENT_A_YEAR
