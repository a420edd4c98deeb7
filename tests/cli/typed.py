"""Commands as somebody types them, and the scenarios that the tests type."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.study import model

TOP = Path(__file__).resolve().parents[2]
TINY = str(TOP / "scenarios" / "tiny.yaml")
BASELINE = str(TOP / "scenarios" / "fy2027_baseline.yaml")


class Said:
    """What one command came to."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


def failing(numbers: set[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the runs in these futures fail, under every policy."""
    sound = model.simulate

    def simulate(policy, future, *, lifted):
        if future.luck_number in numbers:
            raise RuntimeError("the test fails it")
        return sound(policy, future, lifted=lifted)

    monkeypatch.setattr(model, "simulate", simulate)
