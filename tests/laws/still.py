"""A world in which luck has nothing to move: every belief at one point, every chance 0 or 1, no volatility.

What is random by its nature (losses, leavers, groundings, windows, blocks, failures) does not happen in it.

Why: if two replications of such a world differ, something draws that should not.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from sim.distributions import Constant, Normal
from sim.scenario.resolved import Scenario
from tests.stories.builder import given, numbered


def still_of(world: Scenario) -> Scenario:
    """The world without luck."""
    still = _still(world)
    still = replace(
        still,
        currencies={id: replace(held, volatility=given("share", 0)) for id, held in still.currencies.items()},
        slip_classes={id: replace(held, log_sd=0.0) for id, held in still.slip_classes.items()},
        missions={
            id: replace(
                held,
                loss=given("share", 0),
                crew=None
                if held.crew is None
                else replace(held.crew, pass_rate=given("share", 10_000), leaving=given("share", 0)),
            )
            for id, held in still.missions.items()
        },
        groundings={id: replace(held, chance=given("event", 0)) for id, held in still.groundings.items()},
        windows={id: replace(held, chance=given("share", 0)) for id, held in still.windows.items()},
        type_approvals={id: replace(held, block_chance=given("share", 0)) for id, held in still.type_approvals.items()},
        offers={id: replace(held, failure_chance=given("share", 0)) for id, held in still.offers.items()},
        lines={id: replace(held, supplementary=()) for id, held in still.lines.items()},
        shocks=tuple(shock for shock in still.shocks if shock.kind not in ("losses", "tender_failure", "posts_filled")),
    )
    return numbered(still)


def _still(part: Any) -> Any:
    """The same with every belief at one point, every chance at 0 or 1 and no volatility."""
    if hasattr(part, "quantile"):
        return Constant(0.0) if isinstance(part, Normal) else Constant(part.mode())
    if isinstance(part, dict):
        return {key: _still(value) for key, value in part.items()}
    if isinstance(part, tuple) and not hasattr(part, "_fields"):
        return tuple(_still(value) for value in part)
    kind = type(part)
    resolved = any(base.__module__.startswith("sim.scenario.resolved") for base in kind.__mro__)
    if is_dataclass(part) and resolved and kind.__name__ != "Clock":
        return replace(part, **{each.name: _still(getattr(part, each.name)) for each in fields(part) if each.init})
    return part
