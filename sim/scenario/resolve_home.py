"""Resolving home production: firms, lines as offers, parts, their sources and windows, export requests.

A firm is a supplier in Japan without lateness; a line's kit is written out down to the last sub-part.

Why: a policy chooses between a line and a supplier, so both must be the same kind of thing where it looks.
"""

from __future__ import annotations

from typing import get_args

from sim.scenario.desk import Desk
from sim.scenario.kits import pieces_of
from sim.scenario.resolve_supply import shared
from sim.scenario.resolved import (
    Development,
    ExportRequests,
    Firm,
    HomeLine,
    KitPart,
    KnownRequest,
    Offer,
    PartFamily,
    PartSource,
    PartWindow,
    Supplier,
    ToolingStep,
    User,
)
from sim.scenario.written_home import (
    DevelopmentWritten,
    ExportRequestsWritten,
    FamilyWritten,
    FlowWindowWritten,
    HomeOfferWritten,
)
from sim.units import BASIS_POINTS, basis_points

COUNTRY = "Japan"


def firms(desk: Desk) -> dict[str, Firm]:
    """Firms by id."""
    return {name: Firm(name, written.title) for name, written in sorted(desk.written.firms.items())}


def suppliers(desk: Desk) -> dict[str, Supplier]:
    """The firms as suppliers, by id."""
    return {name: Supplier(name, firm.title, COUNTRY, None) for name, firm in firms(desk).items()}


def offers(desk: Desk) -> dict[str, Offer]:
    """Home offers by id."""
    return {name: _offer(desk, name, written) for name, written in sorted(desk.written.home_offers.items())}


def _offer(desk: Desk, name: str, written: HomeOfferWritten) -> Offer:
    return Offer(
        **shared(desk, ("home_offers", name), written),
        supplier=written.firm,
        channel="domestic",
        currency="JPY",
        price=None,
        escalation=None,
        growth_after_signing=None,
        breaks=(),
        first_lot=written.lot,
        government_sale=None,
        permit_first=None,
        permit_later_share=BASIS_POINTS,
        lead_starts="award",
        promise_first_days=0,
        promise_later_days=0,
        slip_class=None,
        rate=None,
        rate_period_days=365,
        rate_growth=None,
        windows=(),
        shipping=None,
        line=_line(desk, name, written),
    )


def _line(desk: Desk, name: str, written: HomeOfferWritten) -> HomeLine:
    path = ("home_offers", name)
    opening, work, cost = (*path, "opening"), (*path, "work"), (*path, "cost")
    return HomeLine(
        firm=written.firm,
        plant=written.opening.plant,
        preparation=desk.luck_or_none(*opening, "preparation"),
        development=_development(desk, name, written.opening.development),
        commitment_units=written.opening.commitment,
        capital_yen=desk.parameter(*opening, "capital"),
        most_subsidy=basis_points(written.opening.most_subsidy),
        first_minutes=desk.parameter(*work, "first_unit"),
        slope=desk.parameter(*work, "slope"),
        floor_minutes=desk.fixed(*work, "floor"),
        heads_at_start=written.work.heads_at_start,
        intake_a_month=written.work.heads_a_month,
        most_heads=written.work.most_heads,
        minutes_a_head_day=desk.fixed(*work, "head_day"),
        slots=desk.parameter(*work, "tooling"),
        step=None if written.work.tooling_step is None else _step(desk, name),
        yield_first=desk.parameter(*work, "first_pass", "first"),
        yield_last=desk.parameter(*work, "first_pass", "last"),
        yield_scale_units=written.work.first_pass.scale_units,
        rework_share=desk.parameter(*work, "rework"),
        forgetting_grace_days=written.work.forgetting.grace_days,
        forgetting_halving_days=written.work.forgetting.halving_days,
        kit=_kit(desk, name, written),
        parts_spread=desk.parameter(*cost, "parts_spread"),
        parts_slope=desk.parameter(*cost, "parts_slope"),
        labour_yen_hour=desk.parameter(*cost, "labour"),
        overhead_yen=desk.parameter(*cost, "overhead"),
        margin=desk.parameter(*cost, "margin"),
    )


def _development(desk: Desk, name: str, written: DevelopmentWritten | None) -> Development | None:
    path = ("home_offers", name, "opening", "development")
    if written is None:
        return None
    return Development(
        days=desk.luck(*path, "time"),
        cost_yen=desk.parameter(*path, "cost"),
        failure_chance=desk.parameter(*path, "failure_chance"),
        restart_share=basis_points(written.restart_share),
    )


def _step(desk: Desk, name: str) -> ToolingStep:
    path = ("home_offers", name, "work", "tooling_step")
    return ToolingStep(desk.fixed(*path, "slots"), desk.parameter(*path, "price"), desk.luck(*path, "lead"))


def _kit(desk: Desk, name: str, written: HomeOfferWritten) -> tuple[KitPart, ...]:
    pieces = pieces_of(written.kit, desk.written.part_families)
    return tuple(
        KitPart(family, each, desk.fixed("home_offers", name, "kit", family, "price"))
        for family, each in pieces.items()
    )


def part_families(desk: Desk) -> dict[str, PartFamily]:
    """Part families by id."""
    return {name: _family(desk, name, written) for name, written in sorted(desk.written.part_families.items())}


def _family(desk: Desk, name: str, written: FamilyWritten) -> PartFamily:
    path = ("part_families", name, "qualification")
    return PartFamily(
        id=name,
        title=written.title,
        first_source=written.first_source,
        second_source=written.second_source,
        qualification=desk.luck_or_none(*path, "time"),
        qualification_yen=desk.parameter_or_none(*path, "cost"),
    )


def part_sources(desk: Desk) -> dict[str, PartSource]:
    """Part sources by id."""
    return {
        name: PartSource(
            id=name,
            title=written.title,
            family=written.family,
            origin=written.origin,
            capacity=desk.parameter_or_none("part_sources", name, "capacity"),
            lead=desk.luck("part_sources", name, "lead"),
            price_factor=desk.parameter("part_sources", name, "price_factor"),
        )
        for name, written in sorted(desk.written.part_sources.items())
    }


def part_windows(desk: Desk) -> dict[str, PartWindow]:
    """Part windows by id."""
    return {name: _window(desk, name, written) for name, written in sorted(desk.written.part_windows.items())}


def _window(desk: Desk, name: str, written: FlowWindowWritten) -> PartWindow:
    path = ("part_windows", name)
    families = desk.written.part_families if written.families == "all" else written.families
    return PartWindow(
        id=name,
        title=written.title,
        origins=() if written.origins == "all" else tuple(sorted(written.origins)),
        families=tuple(sorted(families)),
        users=tuple(sorted(written.users or get_args(User))),
        day=desk.day_or_none(written.opens),
        a_year=desk.parameter_or_none(*path, "a_year"),
        most_families=written.most_families,
        share=desk.luck(*path, "share"),
        lead_factor=desk.luck_or_none(*path, "lead_factor"),
        length=desk.luck_or_none(*path, "length"),
        stays_open=desk.parameter_or_none(*path, "stays_open"),
    )


def export_requests(desk: Desk) -> dict[str, ExportRequests]:
    """Export requests by id."""
    return {name: _requests(desk, name, written) for name, written in sorted(desk.written.export_requests.items())}


def _requests(desk: Desk, name: str, written: ExportRequestsWritten) -> ExportRequests:
    return ExportRequests(
        id=name,
        offer=written.offer,
        a_year=desk.parameter_or_none("export_requests", name, "a_year"),
        units=desk.luck_or_none("export_requests", name, "units"),
        known=tuple(sorted((KnownRequest(desk.day(one.day), one.units) for one in written.known), key=_day_and_units)),
    )


def _day_and_units(request: KnownRequest) -> tuple[int, int]:
    return request.day, request.units
