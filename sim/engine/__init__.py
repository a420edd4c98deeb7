"""The engine: what happens when a policy meets a future.

Why: the SimPy engine is the reference; it is written to be read aloud.
"""

from __future__ import annotations

from sim.engine.ledger import Run
from sim.engine.simulate import simulate

__all__ = ["Run", "simulate"]
