"""Screening and variance shares on functions whose answers were published, and on a linear model that is exact.

Each estimate must lie within four of its own standard errors of the published value, and the errors must be small.

Why: an index that is wrong by a factor of two ranks the inputs just as confidently.

Sources: Ishigami & Homma, ISUMA (1990); Saltelli & Sobol', Reliability Engineering & System Safety 50 (1995) 225-239;
Morris, Technometrics 33 (1991) 161-174.
"""

from __future__ import annotations

from math import pi

import numpy as np
import pytest

from sim.errors import TheirsError
from sim.streams import generator
from sim.study.sensitivity.screening import inside, morris_design, morris_effects
from sim.study.sensitivity.sobol import sobol_design, sobol_shares

ERRORS = 4.0
Z = 1.959964


def shares(groups, function, base):
    y = function(sobol_design(groups, base, seed=11))
    return {each.factor: each for each in sobol_shares(groups, y, seed=12)}


def agrees(value, low, high, truth):
    """Within four standard errors, which are told by the interval."""
    return abs(value - truth) <= ERRORS * (high - low) / 2 / Z + 1e-9


def require(found, first, total, widest):
    for factor, truth in first.items():
        each = found[factor]
        assert agrees(each.first, each.first_low, each.first_high, truth), (factor, each)
        assert agrees(each.total, each.total_low, each.total_high, total[factor]), (factor, each)
        assert each.first_high - each.first_low < widest


def ishigami(u):
    x = pi * (2 * u - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def test_ishigami():
    found = shares(["x1", "x2", "x3"], ishigami, 1024)
    # V1 = (1 + b pi^4/5)^2 / 2, V2 = a^2/8, V13 = 8 b^2 pi^8/225 with a = 7, b = 0.1
    v1, v2, v13 = (1 + 0.1 * pi**4 / 5) ** 2 / 2, 49 / 8, 8 * 0.01 * pi**8 / 225
    v = v1 + v2 + v13
    assert round(v1 / v, 4) == 0.3139  # as published
    assert round(v2 / v, 4) == 0.4424
    require(
        found,
        {"x1": v1 / v, "x2": v2 / v, "x3": 0.0},
        {"x1": (v1 + v13) / v, "x2": v2 / v, "x3": v13 / v},
        widest=0.25,
    )


def test_sobol_g():
    a = np.array([0, 1, 4.5, 9, 99, 99, 99, 99])
    parts = 1 / 3 / (1 + a) ** 2
    v = np.prod(1 + parts) - 1
    assert np.round(parts[:4] / v, 3).tolist() == [0.716, 0.179, 0.024, 0.007]  # as published
    names = [f"x{k}" for k in range(1, 9)]
    found = shares(names, lambda u: np.prod((np.abs(4 * u - 2) + a) / (1 + a), axis=1), 1024)
    totals = parts * np.prod(1 + parts) / (1 + parts) / v
    require(
        found,
        dict(zip(names, parts / v, strict=True)),
        dict(zip(names, totals, strict=True)),
        widest=0.25,
    )


def test_a_linear_model_has_the_squares_of_its_weights():
    # 3, 2, 1 on uniforms of one variance: 9/14, 4/14, 1/14; a group has the sum of its members'
    weights = np.array([3.0, 2.0, 1.0])
    found = shares(["pair", "alone", "pair"], lambda u: u @ weights, 512)
    truth = {"pair": 10 / 14, "alone": 4 / 14}
    require(found, truth, truth, widest=0.25)


def test_luck_with_its_own_number_has_the_variance_it_makes():
    # half of the variance is a hash of the luck column, as unlike a smooth function as luck is
    def function(u):
        luck = np.floor(u[:, 1] * 2**32)
        return u[:, 0] + np.mod(np.sin(luck) * 43758.5453, 1.0)

    found = shares(["input", "luck"], function, 1024)
    require(found, {"input": 0.5, "luck": 0.5}, {"input": 0.5, "luck": 0.5}, widest=0.3)


def test_pure_luck_leaves_nothing_to_any_input():
    def function(u):
        return np.mod(np.sin(np.floor(u[:, 2] * 2**32)) * 43758.5453, 1.0)

    found = shares(["a", "b", "luck"], function, 256)
    assert found["a"].total == found["b"].total == 0.0  # with luck held, they move nothing
    assert agrees(found["luck"].total, found["luck"].total_low, found["luck"].total_high, 1.0)


def test_what_never_varies_is_refused_and_not_answered_with_zeros():
    groups = ["a", "b"]
    design = sobol_design(groups, 16, seed=1)
    with pytest.raises(TheirsError, match="the same in all 64 rows"):
        sobol_shares(groups, np.ones(len(design)), seed=2)
    with pytest.raises(TheirsError, match=r"no number in 1 of 64 rows \(rows 5\)"):
        sobol_shares(groups, np.where(np.arange(64) == 5, np.nan, np.arange(64.0)), seed=2)


def test_the_same_seed_gives_the_same_design_and_shares():
    assert (sobol_design(["a", "b"], 8, seed=3) == sobol_design(["a", "b"], 8, seed=3)).all()
    assert (sobol_design(["a", "b"], 8, seed=3) != sobol_design(["a", "b"], 8, seed=4)).any()
    y = sobol_design(["a", "b"], 8, seed=3) @ np.array([2.0, 1.0])
    assert sobol_shares(["a", "b"], y, seed=5) == sobol_shares(["a", "b"], y, seed=5)


# --- Morris


def morris_function(x):
    """The function of Morris 1991: ten factors with effects, of which three are linear, and ten with next to none."""
    w = 2 * (x - 0.5)
    for k in (2, 4, 6):
        w[:, k] = 2 * (1.1 * x[:, k] / (x[:, k] + 0.1) - 0.5)
    draws = generator(1991, "test", "morris")
    first = np.concatenate([np.full(10, 20.0), draws.normal(size=10)])
    second = draws.normal(size=(20, 20))
    second[:6, :6] = -15.0
    second = np.triu(second, 1)
    y = draws.normal() + w @ first + np.einsum("ni,ij,nj->n", w, second, w)
    for i in range(5):
        for j in range(i + 1, 5):
            for k in range(j + 1, 5):
                y = y - 10 * w[:, i] * w[:, j] * w[:, k]
    return y + 5 * sum(
        w[:, i] * w[:, j] * w[:, k] * w[:, m]
        for i in range(4)
        for j in range(i + 1, 4)
        for k in range(j + 1, 4)
        for m in range(k + 1, 4)
    )


def test_morris_function_as_morris_read_it():
    names = [f"x{k}" for k in range(1, 21)]
    design = morris_design(names, 20, seed=21)
    found = {each.factor: each for each in morris_effects(names, design, morris_function(design.copy()), seed=22)}
    strong, weak = names[:10], names[10:]
    assert min(found[name].mu_star for name in strong) > 2 * max(found[name].mu_star for name in weak)
    # the first seven bend or interact, 8, 9 and 10 are nearly linear: 2 x 20 over the range
    assert min(found[name].sigma for name in names[:7]) > 2 * max(found[name].sigma for name in names[7:10])
    for name in names[7:10]:
        assert agrees(found[name].mu_star, found[name].low, found[name].high, 40.0)
    assert {each.n for each in found.values()} == {20}


def test_elementary_effects_of_a_linear_model_are_its_weights():
    names = ["a", "b", "idle"]
    design = morris_design(names, 4, seed=31)
    found = morris_effects(names, design, design @ np.array([3.0, -2.0, 0.0]), seed=32)
    assert [round(each.mu_star, 9) for each in found] == [3.0, 2.0, 0.0]
    assert [round(each.mu, 9) for each in found] == [3.0, -2.0, 0.0]
    assert [round(each.sigma, 9) for each in found] == [0.0, 0.0, 0.0]
    assert found[2].low is None
    assert found[2].kind == "none: never varied"


def test_a_group_moves_together_and_has_no_sign():
    groups = ["pair", "alone", "pair"]
    design = morris_design(groups, 10, seed=41)
    assert len(design) == 10 * 3
    steps = np.diff(design.reshape(10, 3, 3), axis=1) != 0
    assert (steps[:, :, 0] == steps[:, :, 2]).all()
    pair, alone = morris_effects(groups, design, design @ np.array([1.0, 5.0, 1.0]), seed=42)
    assert pair.sigma is None
    assert alone.sigma == pytest.approx(0.0, abs=1e-9)
    # members of weight 1 each go the same way or against each other: 2 or 0 over the range
    assert 0.0 < pair.mu_star < 2.0


def test_levels_become_middles_of_quarters():
    assert inside(np.array([0, 1 / 3, 2 / 3, 1])).tolist() == [0.125, 0.375, 0.625, 0.875]
