"""A model behind ``run_cases`` that costs nothing, and the scenario whose answers stand on paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.scenario.load import load
from sim.streams import generator

PAPER = Path(__file__).with_name("paper.yaml")

Fulfilled = Callable[[Any, Any], np.ndarray]
"""Fulfilment from parameter and luck numbers, NaN where the run fails."""


def paper(*sets: str):
    """The scenario on paper."""
    return load(PAPER, (), sets).scenario


def faked(policies: Mapping[str, Fulfilled], own_ledgers: frozenset[str] = frozenset()) -> Callable[..., pd.DataFrame]:
    """``run_cases`` of a model in which each policy's fulfilment is told outright; met where it is 1.

    Policies that come to the same have the same ledgers, but for those of ``own_ledgers``.
    """

    def run_cases(cases, points, *, seed, purpose, workers, most_failures, progress=None, at_home=False):
        assert not at_home, "nothing is made at home in this model"
        parameter = np.array([point.parameter for point in points])
        luck = np.array([point.luck for point in points])
        frames = []
        for case in cases:
            own = np.asarray(policies[case.policy](parameter, luck), float)
            done = ~np.isnan(own)
            assert (~done).sum() <= most_failures
            owner = case.id if case.id in own_ledgers else ""
            columns = {
                "case": case.id, "row": np.arange(len(points)), "parameter": parameter, "luck": luck,
                "status": np.where(done, "ok", "failed"), "fulfilment": own, "cost": 100.0 * own,
                "met/watch": np.where(done, own >= 1, np.nan), "all_met": np.where(done, own >= 1, np.nan),
                "deployed/watch": 20 * own, "target/watch": 20.0,
                "digest": [f"{owner} {value} {number}" for value, number in zip(own, luck, strict=True)],
            }  # fmt: skip
            frames.append(pd.DataFrame(columns))
        return pd.concat(frames, ignore_index=True)

    return run_cases


def uniforms(name: str, numbers: np.ndarray, seed: int = 1) -> np.ndarray:
    """The same uniform for the same number, whoever asks when."""
    drawn = generator(seed, "fake", name).random(20_000)
    return drawn[numbers]
