"""Home production in the engine: lines, the firms that run them, their parts, and who else asks for the product.

A home line stands where an import's works stand: it takes contracts in and sends lots off.

Why: behind the second leg of the policy stands a factory, and a factory is heads, tools and parts.
"""

from __future__ import annotations

from sim.engine.home.industry import Industry

__all__ = ["Industry"]
