"""Worlds in which one limit alone binds, and worlds in which it never does, for every limit the engine has.

Those of imports are the ones the engine's own stories are told of; the two of home production stand here. Ten units are
wanted by the due day, and ten are ordered on day 0.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sim.scenario.resolved import Scenario
from tests.stories.builder import buy, given, luck, mission, scenario, scheduled
from tests.stories.home_builder import family, home_offer, industry, kit, source
from tests.stories.test_lifted import LIMITS as OF_IMPORTS

DUE = 130
"""Early enough for each limit that binds to cost units on the due day, and late enough for none else to."""


class Worlds(NamedTuple):
    """Two worlds of one limit."""

    binding: Scenario
    idle: Scenario


def worlds() -> dict[str, Worlds]:
    """Limit -> its worlds."""
    return {
        **{name: Worlds(_imports(limit.binding), _imports(limit.idle)) for name, limit in OF_IMPORTS.items()},
        **_of_home(),
    }


def _imports(parts: dict[str, Any]) -> Scenario:
    missions = [_due(each) for each in parts.get("missions", [mission()])]
    return scenario(**{"policies": [scheduled(buy(0, 10))], **parts, "missions": missions})


def _due(of: Any) -> Any:
    from dataclasses import replace

    return replace(of, due_day=DUE)


def _of_home() -> dict[str, Worlds]:
    """A line that takes 200 days to prepare, or none; a motor that takes 200 days to come, or a kit without parts.

    Ten units take ten days at a unit a day.
    """
    return {
        "ramp": Worlds(_home({"plant": "new_plant", "preparation": luck(200)}), _home({})),
        "parts": Worlds(_home({"kit": kit(("motor", 1))}, families=[family()], sources=[source(lead=200)]), _home({})),
    }


def _home(line: dict[str, Any], **parts: Any) -> Scenario:
    plain = {"first_minutes": given("minute", 1_440), **line}
    return industry(
        offers=[home_offer(of=plain)],
        missions=[mission(due_day=DUE)],
        policies=[scheduled(buy(0, 10, "home"))],
        **parts,
    )
