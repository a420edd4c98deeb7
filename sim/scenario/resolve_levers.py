"""Resolving what a policy does for home production: subsidies, tooling, second sources, long-lead parts, stocks.

Every shorthand is written out: ``all`` names each line or family it stands for, and a lever has one entry for each.

Why: two policies are compared line by line, and "all" would hide that a line was added to the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sim.scenario.desk import Desk
from sim.scenario.kits import pieces_of
from sim.scenario.resolved import (
    HomeLevers,
    LongLeadLever,
    SecondSourceLever,
    SubsidyLever,
    ToolingLever,
)
from sim.scenario.written import WrittenScenario
from sim.scenario.written_home import HomeOfferWritten
from sim.scenario.written_policy import PolicyWritten, SafetyStockWritten
from sim.units import basis_points

Names = str | list[str]


def bought_at_home(scenario: WrittenScenario, policy: PolicyWritten) -> dict[str, HomeOfferWritten]:
    """Home offers that a policy may order, by id."""
    listed = {offer for rule in policy.missions.values() for offer in rule.home}
    listed |= {order.offer for order in policy.orders}
    return {name: offer for name, offer in sorted(scenario.home_offers.items()) if name in listed}


def subsidised(scenario: WrittenScenario, policy: PolicyWritten, names: Names) -> list[str]:
    """Home offers that a subsidy is for; ``all``: those of the policy that do not run at the start."""
    own = bought_at_home(scenario, policy)
    if names == "all":
        return [name for name in own if own[name].opening.plant != "existing_line"]
    return _readable(scenario, names)


def tooled(scenario: WrittenScenario, policy: PolicyWritten, names: Names) -> list[str]:
    """Home offers that tooling is for; ``all``: those of the policy that have a step."""
    own = bought_at_home(scenario, policy)
    if names == "all":
        return [name for name in own if own[name].work.tooling_step is not None]
    return _readable(scenario, names)


def supplied(scenario: WrittenScenario, policy: PolicyWritten, names: Names) -> list[str]:
    """Home offers that parts are for; ``all``: those of the policy."""
    return list(bought_at_home(scenario, policy)) if names == "all" else _readable(scenario, names)


def _readable(scenario: WrittenScenario, names: Iterable[str]) -> list[str]:
    """Offers of these names; one that could not be read has its fault told."""
    return [name for name in names if name in scenario.home_offers]


def families_for(scenario: WrittenScenario, offer: str, names: Names) -> list[str]:
    """Families of an offer's kit, those named or ``all``."""
    kit = pieces_of(scenario.home_offers[offer].kit, scenario.part_families)
    return [family for family in kit if names == "all" or family in names]


def qualified_for(scenario: WrittenScenario, offer: str, names: Names) -> list[str]:
    """The same, of those that have a second source."""
    have = {name for name, family in scenario.part_families.items() if family.second_source is not None}
    return [family for family in families_for(scenario, offer, names) if family in have]


def home_levers(desk: Desk, policy: PolicyWritten) -> HomeLevers:
    """Levers of a policy for home production."""
    scenario, written = desk.written, policy.home
    return HomeLevers(
        subsidies=tuple(
            SubsidyLever(offer, basis_points(one.share), desk.day(one.from_day), one.line)
            for one in written.subsidies
            for offer in subsidised(scenario, policy, one.offers)
        ),
        tooling=tuple(
            ToolingLever(offer, one.steps, desk.day_or_none(one.from_day), one.line)
            for one in written.tooling
            for offer in tooled(scenario, policy, one.offers)
        ),
        second_sources=tuple(
            SecondSourceLever(offer, family, basis_points(one.share), desk.day(one.from_day), one.line)
            for one in written.second_sources
            for offer in supplied(scenario, policy, one.offers)
            for family in qualified_for(scenario, offer, one.families)
        ),
        long_lead=tuple(
            LongLeadLever(
                offer,
                tuple(families_for(scenario, offer, one.families)),
                one.weeks,
                desk.day(one.from_day),
                one.line,
            )
            for one in written.long_lead
            for offer in supplied(scenario, policy, one.offers)
        ),
        safety_months=_safety(scenario, written.safety_stock),
        export_share=basis_points(written.export_share),
        development_line=written.development_line,
    )


def _safety(scenario: WrittenScenario, stated: Iterable[SafetyStockWritten]) -> Mapping[str, int] | None:
    """Months of use by family, basis points of a month; None where nothing is stated."""
    months = {
        family: basis_points(one.months)
        for one in stated
        for family in (scenario.part_families if one.families == "all" else one.families)
    }
    return dict(sorted(months.items())) or None
