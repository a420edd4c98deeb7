"""Futures: all that the buyer does not choose, sampled, at its modes or written by hand.

Randomness comes from ``sim.streams`` by address; nothing here knows a policy, an engine or how many
futures there are.

Why: policies are compared on the same futures, so a future must be the same whoever asks for it.
"""

from __future__ import annotations

from sim.future.by_hand import HandWritten, hand_written
from sim.future.future import Future
from sim.future.modes import at_modes
from sim.future.sampler import Sampler, sample

__all__ = ["Future", "HandWritten", "Sampler", "at_modes", "hand_written", "sample"]
