"""How likely is Japan's drone procurement to arrive in time, at what price, and what holds it back.

Two functions for a notebook; the command line is ``run_sim.py``:

    import sim

    study = sim.run("scenarios/fy2027_baseline.yaml", replications=300)
    study = sim.load("results/fy2027_baseline-20261125-083012-0f3a9c7e")
    study.missions  # one frame a table: missions, money, monthly, spending, runs, inputs
    study.plot.fan("small_attack", policy="balanced")  # chance, fan, missing, reached, spending, cost, scatter

Why: a planner's own question always needs one more table than we print.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sim.report.face import load, run

__all__ = ["load", "run"]

_HOMES: Final = {"load": "sim.report.face", "run": "sim.report.face"}


def __getattr__(name: str) -> object:
    """Import a public name when it is asked for: the command line starts without what it does not need."""
    if name not in _HOMES:
        raise AttributeError(f"module 'sim' has no attribute '{name}'. Known: {', '.join(__all__)}.")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return [*globals(), *__all__]
