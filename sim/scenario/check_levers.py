"""Checks of what a policy does for home production: each lever for a line it buys from, within what is allowed.

A subsidy keeps to the offer's cap, a tooling step and a second source exist, a family is in some kit.

Why: a lever that moves nothing looks like a policy that does not help.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from graphlib import CycleError

from sim.scenario.fields import Trouble
from sim.scenario.forms import number_text
from sim.scenario.resolve_levers import bought_at_home, families_for, qualified_for, subsidised, supplied, tooled
from sim.scenario.written import WrittenScenario
from sim.scenario.written_policy import PolicyWritten

_NOT_BOUGHT = "List it under home of a mission, or leave the lever out."


def check_levers(scenario: WrittenScenario, name: str, policy: PolicyWritten) -> Iterator[Trouble]:
    """Every lever names lines that the policy buys from."""
    path, own = ("policies", name, "home"), bought_at_home(scenario, policy)
    for key in ("subsidies", "tooling", "second_sources", "long_lead"):
        for place, lever in enumerate(getattr(policy.home, key)):
            here = (*path, key, str(place), "offers")
            named = [] if lever.offers == "all" else lever.offers
            for below, offer in enumerate(named):
                if offer not in own:
                    yield Trouble((*here, str(below)), None, "a home offer that the policy buys", _NOT_BOUGHT)
                elif offer in named[:below]:
                    yield Trouble((*here, str(below)), None, "each offer once", "Leave the second out.")
            if lever.offers == "all" and not own:
                yield Trouble(here, "'all', and the policy buys from no home offer", "home offers", _NOT_BOUGHT)


def check_subsidies(scenario: WrittenScenario, name: str, policy: PolicyWritten) -> Iterator[Trouble]:
    """No subsidy is larger than the offer allows (R19)."""
    for place, lever in enumerate(policy.home.subsidies):
        for offer in subsidised(scenario, policy, lever.offers):
            most = scenario.home_offers[offer].opening.most_subsidy
            if lever.share > most:
                expected = f"at most {number_text(most)}, the most_subsidy of {offer}"
                yield Trouble(("policies", name, "home", "subsidies", str(place), "share"), None, expected)
                break


def check_tooling(scenario: WrittenScenario, name: str, policy: PolicyWritten) -> Iterator[Trouble]:
    """Tooling is bought for lines that have a step."""
    for place, lever in enumerate(policy.home.tooling):
        path = ("policies", name, "home", "tooling", str(place), "offers")
        offers = tooled(scenario, policy, lever.offers)
        for below, offer in enumerate(offers):
            if scenario.home_offers[offer].work.tooling_step is None:
                way_out = "Add a tooling_step to its work, or leave the lever out."
                yield Trouble((*path, str(below)), f"'{offer}', which has none", "a line with a tooling step", way_out)
        if not offers and bought_at_home(scenario, policy):
            yield Trouble(path, "'all', and no line of the policy has a step", "a line with a tooling step")


def check_part_levers(scenario: WrittenScenario, name: str, policy: PolicyWritten) -> Iterator[Trouble]:
    """Second sources exist, and parts are bought that some kit needs."""
    try:
        for place, lever in enumerate(policy.home.second_sources):
            path = ("policies", name, "home", "second_sources", str(place), "families")
            offers = supplied(scenario, policy, lever.offers)
            found = {family for offer in offers for family in qualified_for(scenario, offer, lever.families)}
            yield from _unmoved(path, lever.families, offers, found, "a family of a kit, with a second source")
        for place, long_lead in enumerate(policy.home.long_lead):
            path = ("policies", name, "home", "long_lead", str(place), "families")
            offers = supplied(scenario, policy, long_lead.offers)
            found = {family for offer in offers for family in families_for(scenario, offer, long_lead.families)}
            yield from _unmoved(path, long_lead.families, offers, found, "a family of a kit")
    except CycleError:
        return  # told of the families


def _unmoved(
    path: tuple[str, ...], families: str | list[str], offers: Sequence[str], found: set[str], expected: str
) -> Iterator[Trouble]:
    """Families for which a lever does nothing at any of its lines."""
    if isinstance(families, str):
        if offers and not found:
            yield Trouble(path, "'all', and there is none", expected, "Leave the lever out.")
        return
    for place, family in enumerate(families):
        if offers and family not in found:
            yield Trouble((*path, str(place)), None, expected, f"Its lines: {', '.join(offers)}.")


def check_safety_stock(scenario: WrittenScenario, name: str, policy: PolicyWritten) -> Iterator[Trouble]:
    """Each family stands in one entry."""
    seen: set[str] = set()
    for place, one in enumerate(policy.home.safety_stock):
        families = list(scenario.part_families) if one.families == "all" else one.families
        twice = sorted(seen.intersection(families))
        if twice:
            path = ("policies", name, "home", "safety_stock", str(place), "families")
            yield Trouble(path, f"{', '.join(twice)} a second time", "each family in one entry", "Name them apart.")
        seen.update(families)
