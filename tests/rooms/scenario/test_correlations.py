"""Correlations: the coefficients of normal scores, and when a matrix of them can exist.

Limits are those of the theory: three equal correlations exist down to -1/2.

Why: a sampler would bend an impossible matrix silently, and every result with it.
"""

from __future__ import annotations

from math import pi, sin
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.future import sample
from sim.scenario.check_correlations import normal_correlation, not_positive_definite
from sim.scenario.load import load

TINY_FILE = Path(__file__).parents[3] / "scenarios" / "tiny.yaml"


@pytest.mark.parametrize(("rho", "expected"), [(0.0, 0.0), (1.0, 1.0), (-1.0, -1.0), (0.3, 2 * sin(pi * 0.05))])
def test_a_rank_correlation_becomes_that_of_normal_scores(rho: float, expected: float) -> None:
    # for 0.3: 2 sin(9 degrees) = 0.31287 (Kruskal 1958)
    assert normal_correlation(rho) == pytest.approx(expected, abs=1e-15)


@pytest.mark.parametrize(("value", "contradiction"), [(-0.49, None), (-0.51, "c"), (0.99, None), (-0.5, "c")])
def test_three_equal_correlations_exist_down_to_minus_one_half(value: float, contradiction: str | None) -> None:
    pairs = {("a", "b"): value, ("b", "c"): value, ("a", "c"): value}
    assert not_positive_definite(["a", "b", "c"], pairs) == contradiction


def test_a_pair_that_is_not_named_has_none() -> None:
    # with a-b and b-c at 0.8 and a-c at 0: 0.64 + 0.64 > 1
    assert not_positive_definite(["a", "b", "c"], {("a", "b"): 0.8, ("b", "c"): 0.8}) == "c"
    assert not_positive_definite(["a", "b", "c"], {("a", "b"): 0.7, ("b", "c"): 0.7}) is None
    assert not_positive_definite([], {}) is None


@given(loadings=st.lists(st.floats(-0.95, 0.95), min_size=2, max_size=7))
def test_correlations_through_one_cause_always_exist(loadings: list[float]) -> None:
    names = [f"n{place}" for place in range(len(loadings))]
    pairs = {
        (names[i], names[j]): loadings[i] * loadings[j] for i in range(len(names)) for j in range(i + 1, len(names))
    }
    assert not_positive_definite(names, pairs) is None


def test_a_correlated_input_may_be_fixed_and_moves_no_other_input():
    """``--set`` on one price of a correlated pair: the other is drawn as before."""
    path, other = "offers.drone40_defendtex.price", "offers.switchblade_300.price"
    free, fixed = load(TINY_FILE), load(TINY_FILE, sets=[f"{path}=5"])

    def drawn(loaded, which):
        future = sample(loaded.scenario, 1, "judge", 3, 3)
        return next(future.whole(each) for each in loaded.scenario.inputs if each.path == which)

    assert drawn(fixed, path) == 5_000_000
    assert drawn(fixed, other) == drawn(free, other)
