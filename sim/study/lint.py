"""The feasibility lint: what a scenario asks for that cannot happen, told before anything is run.

Each concern is a warning: the scenario runs all the same, and a planner may have meant it.

Why: three hundred futures of a plan that was impossible on paper teach nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sim.scenario.resolved import Line, Mission, PolicySpec, Scenario
from sim.study.best import BestCases
from sim.study.bounds import of_input


class Concern(NamedTuple):
    """Something that cannot work, in one sentence."""

    where: str
    """Path in the scenario."""
    text: str


def lint(scenario: Scenario) -> tuple[Concern, ...]:
    """Every concern about a scenario: missions, then lines, then offers."""
    best = BestCases(scenario)
    return (*_short(scenario, best), *_lapsing(scenario, best), *_dear(scenario, best))


def _short(scenario: Scenario, best: BestCases) -> Iterator[Concern]:
    """Missions that fall short even at best, policies of one fate together."""
    for mission in scenario.missions.values():
        fates: dict[str, list[str]] = {}
        for policy in scenario.policies.values():
            fate = _fate(scenario, best, policy, mission)
            if fate is not None:
                fates.setdefault(fate, []).append(policy.id)
        for fate, policies in fates.items():
            under = "any policy" if len(policies) == len(scenario.policies) else ", ".join(policies)
            yield Concern(f"missions.{mission.id}", f"{fate} under {under}")


def _fate(scenario: Scenario, best: BestCases, policy: PolicySpec, mission: Mission) -> str | None:
    target = least_target(scenario, mission)
    case = best.of(policy, mission)
    if case.units >= target:
        return None
    due = scenario.clock.calendar.iso(mission.due_day)
    return (
        f"{target - case.units:,} short even at best on {due}: at most {max(0, case.units):,} of at least"
        f" {target:,}, held back by {case.held_by},"
    )


def least_target(scenario: Scenario, mission: Mission) -> int:
    """The least a mission's target can be on its due day."""
    target = int(of_input(scenario, mission.target).low + 0.5)
    for shock in sorted(scenario.shocks, key=lambda shock: shock.day):
        if shock.kind == "target" and mission.id in shock.subjects and shock.day <= mission.due_day:
            target = shock.size
    return target


def _lapsing(scenario: Scenario, best: BestCases) -> Iterator[Concern]:
    """Years whose money is gone before the first award can be signed, but for the share carried over."""
    for line in scenario.lines.values():
        fates: dict[str, list[str]] = {}
        for policy in scenario.policies.values():
            for fate in _lapses(scenario, best, policy, line):
                fates.setdefault(fate, []).append(policy.id)
        for fate, policies in fates.items():
            under = "any policy" if len(policies) == len(scenario.policies) else ", ".join(policies)
            yield Concern(f"budget.lines.{line.id}", f"{fate} under {under}")


def _lapses(scenario: Scenario, best: BestCases, policy: PolicySpec, line: Line) -> Iterator[str]:
    calendar, clock = scenario.clock.calendar, scenario.clock
    award = _first_award(scenario, best, policy, line)
    if award is None:
        return
    for year in range(calendar.fiscal_year(clock.as_of_day), calendar.fiscal_year(clock.horizon_day) + 1):
        end = calendar.fiscal_year_end(year)
        others = any(order.line == line.id and order.contract_day <= end for order in scenario.dated_orders)
        if end < award and end <= clock.horizon_day and best.authority_yen(line.id, year) > 0 and not others:
            yield (
                f"money of FY{year} lapses, but for what is carried over, before the first award can be signed"
                f" (not before {calendar.iso(int(award))})"
            )


def _first_award(scenario: Scenario, best: BestCases, policy: PolicySpec, line: Line) -> float | None:
    """The first day on which anything paid from a line can be signed; None where nothing is ever ordered from it."""
    awards = []
    as_of = scenario.clock.as_of_day
    for mission in scenario.missions.values():
        if line.id not in mission.lines:
            continue
        first = max(as_of, best.first_money_day(mission))
        offers = [(scenario.offers[order.offer], order.day) for order in policy.orders if order.mission == mission.id]
        for rule in policy.missions:
            if rule.mission == mission.id:
                listed = (*rule.levers.mass_offers, *rule.levers.high_offers, *rule.levers.home_offers)
                prepared = rule.levers.tenders_prepared_days
                offers += [(scenario.offers[each.offer], first - prepared) for each in listed]
        awards += [max(first, max(day, first - 365) + best.shortest_tender(offer)) for offer, day in offers]
    return min(awards, default=None)


def _dear(scenario: Scenario, best: BestCases) -> Iterator[Concern]:
    """Offers whose smallest order no line can ever pay for in one year."""
    calendar, clock = scenario.clock.calendar, scenario.clock
    years = range(calendar.fiscal_year(0), calendar.fiscal_year(clock.horizon_day) + 1)
    listed = {offer for policy in scenario.policies.values() for offer in _offers_of(policy)}
    for id in sorted(listed):
        offer = scenario.offers[id]
        mission = scenario.missions[scenario.products[offer.product].mission]
        dearest = max((best.authority_yen(line, year) for line in mission.lines for year in years), default=0.0)
        yen = offer.minimum_order * best.lowest_price(offer)
        if yen > dearest:
            yield Concern(
                f"offers.{id}",
                f"its smallest order, {offer.minimum_order:,} units, costs at least ¥{yen / 1e9:,.1f} bn; no line of"
                f" {mission.id} is given more than ¥{dearest / 1e9:,.1f} bn in a year",
            )


def _offers_of(policy: PolicySpec) -> Iterator[str]:
    yield from (order.offer for order in policy.orders)
    for rule in policy.missions:
        levers = rule.levers
        yield from (each.offer for each in (*levers.mass_offers, *levers.high_offers, *levers.home_offers))
