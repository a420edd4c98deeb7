"""Tiny home industries for stories: one firm, one line, no parts and no luck, until a story says otherwise.

The plain line runs: one head works 1,440 minutes a day, a unit takes one day, tooling is ample, nothing is learnt.

Why: a factory has thirty numbers, and a story is about two of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sim.distributions import Normal
from sim.scenario.resolved import (
    ExportRequests,
    Firm,
    HomeLevers,
    HomeLine,
    KitPart,
    Offer,
    PartFamily,
    PartSource,
    PartWindow,
    Scenario,
    Supplier,
)
from tests.stories.builder import given, luck, offer, scenario

AMPLE_SLOTS = 10**9


def home_line(firm: str = "firm", **changes: Any) -> HomeLine:
    """A line that runs: a unit a day, no learning, no rework, no parts, no money but a yen a unit of overhead."""
    base = HomeLine(
        firm=firm,
        plant="existing_line",
        preparation=None,
        development=None,
        commitment_units=0,
        capital_yen=given("yen", 0),
        most_subsidy=10_000,
        first_minutes=given("minute", 1_440),
        slope=given("factor", 10_000),
        floor_minutes=0,
        heads_at_start=1,
        intake_a_month=0,
        most_heads=1,
        minutes_a_head_day=1_440,
        slots=given("rate", AMPLE_SLOTS),
        step=None,
        yield_first=given("share", 10_000),
        yield_last=given("share", 10_000),
        yield_scale_units=1,
        rework_share=given("share", 0),
        forgetting_grace_days=90,
        forgetting_halving_days=365,
        kit=(),
        parts_spread=given("factor", 10_000),
        parts_slope=given("factor", 10_000),
        labour_yen_hour=given("yen", 0),
        overhead_yen=given("yen", 1),
        margin=given("share", 0),
    )
    return replace(base, **changes)


def home_offer(id: str = "home", *, of: Mapping[str, Any] | None = None, **changes: Any) -> Offer:
    """What the line makes, in lots of one; ``of`` changes the line."""
    base = offer(
        id,
        supplier="firm",
        channel="domestic",
        price=None,
        escalation=None,
        growth_after_signing=None,
        promise_first_days=0,
        promise_later_days=0,
        slip_class=None,
        rate_growth=None,
        shipping=None,
        lot=1,
        first_lot=1,
        line=home_line(**(of or {})),
    )
    return replace(base, **changes)


def kit(*parts: tuple[str, int], yen: int = 0) -> tuple[KitPart, ...]:
    """(Family, pieces a unit) of a product's kit."""
    return tuple(KitPart(family, pieces, yen) for family, pieces in parts)


def family(id: str = "motor", first: str = "source", **changes: Any) -> PartFamily:
    """A part family with one source."""
    return replace(PartFamily(id, id, first, None, None, None), **changes)


def source(id: str = "source", of: str = "motor", lead: int = 10, **changes: Any) -> PartSource:
    """A source without limit, ten days away."""
    return replace(PartSource(id, id, of, "Nowhere", None, luck(lead), given("factor", 10_000)), **changes)


def window(id: str = "ban", day: int | None = 100, length: int | None = 120, **changes: Any) -> PartWindow:
    """Nothing of any origin departs for military users in the window."""
    base = PartWindow(
        id=id,
        title=id,
        origins=(),
        families=("motor",),
        users=("military",),
        day=day,
        a_year=None,
        most_families=None,
        share=luck(0, "share"),
        lead_factor=None,
        length=None if length is None else luck(length),
        stays_open=None,
    )
    return replace(base, **changes)


def industry(**parts: Any) -> Scenario:
    """A scenario with a home industry, of the parts of ``industry_of``."""
    return scenario(**industry_of(**parts))


def industry_of(
    *,
    offers: Iterable[Offer] = (),
    firms: Iterable[str] = ("firm",),
    families: Iterable[PartFamily] = (),
    sources: Iterable[PartSource] = (),
    windows: Iterable[PartWindow] = (),
    exports: Iterable[ExportRequests] = (),
    **changes: Any,
) -> dict[str, Any]:
    """The parts of a scenario with a home industry; keywords beyond it are those of ``scenario``."""

    def by_id(parts: Iterable[Any]) -> dict[str, Any]:
        return {part.id: part for part in sorted(parts, key=lambda part: part.id)}

    return {
        "offers": list(offers) or [home_offer()],
        "suppliers": [Supplier(firm, firm, "Japan", None) for firm in firms],
        "firms": by_id(Firm(firm, firm) for firm in firms),
        "part_families": by_id(families),
        "part_sources": by_id(sources),
        "part_windows": by_id(windows),
        "export_requests": by_id(exports),
        **changes,
    }


def two_legs(*, of: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The parts of a scenario with the plain import and a home offer at the same ten yen a unit."""
    return {
        "offers": [offer(), home_offer(of={"overhead_yen": given("yen", 10), **(of or {})})],
        "suppliers": [
            Supplier("house", "House", "Nowhere", given("sd", 0, Normal(0, 1))),
            Supplier("firm", "firm", "Japan", None),
        ],
        "firms": {"firm": Firm("firm", "firm")},
    }


def home(**changes: Any) -> HomeLevers:
    """What a policy does for home lines: nothing, unless told."""
    return replace(HomeLevers(), **changes)
