"""Resolving: from the checked written scenario to the one the model is told.

Every mapping is sorted by id and every default is filled in; nothing can fail here that the checks let pass.

Why: as written and as resolved are two types, so no reader downstream can mistake one for the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from sim.calendar import Calendar
from sim.scenario import resolve_forces, resolve_home, resolve_money, resolve_policy, resolve_supply
from sim.scenario.check_correlations import pairs_of
from sim.scenario.desk import Desk
from sim.scenario.inputs import inputs_of
from sim.scenario.resolved import Clock, Correlation, Experiment, Scenario
from sim.scenario.survey import Citations, Found
from sim.scenario.written import WrittenScenario
from sim.units import basis_points

Entry = TypeVar("Entry")


def resolve(written: WrittenScenario, numbers: Sequence[Found], citations: Citations) -> Scenario:
    """The resolved scenario of a written one that has no faults."""
    inputs = inputs_of(numbers, tuple(written.suppliers))
    desk = Desk(written, inputs, citations, Calendar(written.clock.start))
    return Scenario(
        id=written.id,
        title=written.title,
        clock=_clock(desk),
        parameters={name: desk.parameter("parameters", name) for name in sorted(written.parameters)},
        inputs=inputs.parameters,
        correlations=_correlations(desk),
        currencies=resolve_money.currencies(desk),
        exchange_correlations=resolve_money.exchange_correlations(desk),
        budget_calendar=resolve_money.budget_calendar(desk),
        lines=resolve_money.lines(desk),
        outlay_ceilings=resolve_money.outlay_ceilings(desk),
        benches=resolve_forces.benches(desk),
        type_approvals=resolve_forces.type_approvals(desk),
        groundings=resolve_forces.groundings(desk),
        missions=resolve_forces.missions(desk),
        joint=tuple(written.joint),
        mission_sets={name: tuple(missions) for name, missions in sorted(written.mission_sets.items())},
        strength_lambda=basis_points(written.strength_lambda),
        products=resolve_forces.products(desk),
        suppliers=_sorted(resolve_supply.suppliers(desk), resolve_home.suppliers(desk)),
        slip_classes=resolve_supply.slip_classes(desk),
        windows=resolve_supply.windows(desk),
        offers=_sorted(resolve_supply.offers(desk), resolve_home.offers(desk)),
        dated_orders=resolve_supply.dated_orders(desk),
        shocks=resolve_policy.shocks(desk),
        policies=resolve_policy.policies(desk),
        experiment=_experiment(desk),
        facts=citations.facts(numbers),
        firms=resolve_home.firms(desk),
        part_families=resolve_home.part_families(desk),
        part_sources=resolve_home.part_sources(desk),
        part_windows=resolve_home.part_windows(desk),
        export_requests=resolve_home.export_requests(desk),
    )


def _sorted(abroad: dict[str, Entry], home: dict[str, Entry]) -> dict[str, Entry]:
    """Both by id; no id stands in both."""
    return dict(sorted((abroad | home).items()))


def _clock(desk: Desk) -> Clock:
    clock = desk.written.clock
    return Clock(desk.calendar, desk.day(clock.as_of), desk.day(clock.deadline), desk.day(clock.horizon))


def _correlations(desk: Desk) -> tuple[Correlation, ...]:
    """Correlated pairs by the inputs' numbers."""
    found = set()
    for entry in desk.written.correlations:
        for _, pair in pairs_of(entry):
            first, second = sorted(desk.inputs.by_path[path].number for path in pair)
            found.add(Correlation(first, second, entry.rho))
    return tuple(sorted(found, key=lambda one: (one.first, one.second)))


def _experiment(desk: Desk) -> Experiment:
    written = desk.written.experiment
    return Experiment(written.replications, written.seed, written.design, written.event_limit)
