"""Checks: what no single field can know, run over everything that could be read.

A check that needs a field which could not be read stops there; that field's own fault is told already.

Why: the faults between entries are the ones a planner cannot see, so they are told with the others, not after them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from sim.scenario.check_correlations import check_correlations, check_exchange_correlations
from sim.scenario.check_forces import check_clock, check_crew, check_joint, check_mission, check_parameters
from sim.scenario.check_formulas import check_formulas
from sim.scenario.check_home import (
    check_exports,
    check_firm,
    check_home_offer,
    check_kit,
    check_opening,
    check_work,
)
from sim.scenario.check_home_shock import check_home_shock
from sim.scenario.check_levers import (
    check_levers,
    check_part_levers,
    check_safety_stock,
    check_subsidies,
    check_tooling,
)
from sim.scenario.check_money import (
    check_calendar,
    check_currency,
    check_line,
    check_passage,
    check_planning_rates,
    check_supplementary,
    check_uses,
)
from sim.scenario.check_orders import check_contract, check_dated_order, check_deliveries, check_open_tender
from sim.scenario.check_parts import check_circles, check_family, check_window
from sim.scenario.check_policy import (
    check_missions,
    check_priority,
    check_rule,
    check_scheduled,
    check_seats,
    check_split,
    check_switch,
)
from sim.scenario.check_shock import check_exchange_level, check_shock_dates, check_shock_size, check_subjects
from sim.scenario.check_supply import check_breaks, check_channel, check_lots, check_money, check_payments
from sim.scenario.fields import NotReadError, Trouble
from sim.scenario.survey import Found
from sim.scenario.written import WrittenScenario

_WHOLE: Final[tuple[Callable[[WrittenScenario], Iterable[Trouble]], ...]] = (
    check_clock,
    check_calendar,
    check_passage,
    check_exchange_correlations,
    check_joint,
    check_parameters,
    check_circles,
)
_BY_ENTRY: Final[Mapping[tuple[str, ...], tuple[Callable[[WrittenScenario, str, Any], Iterable[Trouble]], ...]]] = {
    ("currencies",): (check_currency, check_planning_rates),
    ("budget", "lines"): (check_line, check_supplementary, check_uses),
    ("missions",): (check_mission, check_crew),
    ("offers",): (check_money, check_lots, check_breaks, check_channel, check_payments),
    ("firms",): (check_firm,),
    ("home_offers",): (check_home_offer, check_opening, check_work, check_kit),
    ("part_families",): (check_family,),
    ("part_windows",): (check_window,),
    ("export_requests",): (check_exports,),
    ("dated_orders",): (check_dated_order, check_contract, check_deliveries, check_open_tender),
    ("shocks",): (check_shock_dates, check_shock_size, check_subjects, check_exchange_level, check_home_shock),
    ("policies",): (
        check_rule,
        check_missions,
        check_priority,
        check_switch,
        check_split,
        check_scheduled,
        check_seats,
        check_levers,
        check_subsidies,
        check_tooling,
        check_part_levers,
        check_safety_stock,
    ),
}


def check(scenario: WrittenScenario, numbers: Sequence[Found]) -> list[Trouble]:
    """All troubles between the entries of a scenario that was read as far as it goes, and among its ``numbers``."""
    found = [*_run(check_correlations, scenario, numbers), *_run(check_formulas, scenario, numbers)]
    for one in _WHOLE:
        found += _run(one, scenario)
    for path, checks in _BY_ENTRY.items():
        for name, entry in _entries(scenario, path).items():
            for each in checks:
                found += _run(each, scenario, name, entry)
    return found


def _entries(scenario: WrittenScenario, path: tuple[str, ...]) -> Mapping[str, Any]:
    """Entries of a section; none if the section could not be read."""
    section: Any = scenario
    for step in path:
        section = getattr(section, step, None)
    return section if isinstance(section, dict) else {}


def _run(one: Callable[..., Iterable[Trouble]], *arguments: object) -> list[Trouble]:
    found: list[Trouble] = []
    try:
        found.extend(one(*arguments))
    except NotReadError:
        return found
    return found
