"""The value of information on a newsvendor whose answer is a line of algebra, and on pure luck, which is worth nothing.

Estimates must agree with the closed form within four standard errors.

Why: the best policy per run less the best mean sells luck as knowledge, and would send planners after dice.

Source of the closed form: Raiffa & Schlaifer (1961); Arrow, Harris & Marschak, Econometrica 19 (1951) 250-272.
"""

from __future__ import annotations

import numpy as np
import pytest

from sim.streams import generator
from sim.study.sensitivity.information import (
    SAME_CHOICE,
    basis_of,
    best_of,
    confident,
    net_benefit,
    perfect,
    worth_of,
)

ERRORS = 4.0
Z = 1.96
PRICE, COST = 3.0, 1.0
ORDERS = np.array([0.25, 0.5, 0.75])


def draws(name):
    return generator(10, "test", name)


def newsvendor(points, luck, noise=0.0):
    """Profit of three orders at uniform demand: price × min(order, demand) − cost × order, plus luck of mean zero."""
    demand = draws("demand").random(points)
    profit = PRICE * np.minimum(ORDERS[None, :], demand[:, None]) - COST * ORDERS[None, :]
    return demand, profit[:, :, None] + noise * draws("luck").normal(size=(points, 3, luck))


# E min(q, D) = q - q²/2: means are 0.40625, 0.625, 0.65625, the last the best.
BEST = 0.65625
# Knowing D: each step of 0.25 more is worth it while 3 (min(q + 0.25, D) - q) > 0.25, so 0.5 from D > 1/3 and 0.75 from
# D > 7/12. The gain over 0.75 is 0.5 below D = 1/4, then 0.5 - 3 (D - 1/4) to 1/3 and 0.25 to 1/2 and
# 0.25 - 3 (D - 1/2) to 7/12: 1/8 + (1/12)(1/2 + 1/4)/2 + (1/6)(1/4) + (1/12)(1/4)/2
TRUTH = 1 / 8 + 1 / 32 + 1 / 24 + 1 / 96


def agrees(found, truth):
    return abs(found.value - truth) <= ERRORS * (found.high - found.low) / 2 / Z


def test_perfect_information_on_the_newsvendor():
    _, y = newsvendor(2000, 2)
    assert y.mean(axis=(0, 2)).max() == pytest.approx(BEST, abs=0.06)
    found = perfect(y)
    assert agrees(found, TRUTH)
    assert found.high - found.low < 0.04
    assert found.plug_in == pytest.approx(found.value)  # without luck the two halves are one
    assert found.surely


def test_the_closed_form_itself():
    d = (np.arange(200_000) + 0.5) / 200_000
    profit = PRICE * np.minimum(ORDERS[None, :], d[:, None]) - COST * ORDERS[None, :]
    assert profit.max(axis=1).mean() - profit.mean(axis=0).max() == pytest.approx(TRUTH, abs=1e-6)


def test_knowing_demand_is_worth_everything_and_knowing_the_weather_nothing():
    demand, y = newsvendor(1000, 1, noise=0.3)
    weather = draws("weather").random(1000)
    known = worth_of("demand", demand[:, None], y[:, :, 0], draws("folds"), asked=2)
    idle = worth_of("weather", weather[:, None], y[:, :, 0], draws("folds"), asked=2)
    both = worth_of("both", np.column_stack([demand, weather]), y[:, :, 0], draws("folds"))
    assert agrees(known, TRUTH)
    assert agrees(both, TRUTH)
    assert known.surely
    assert not idle.surely
    assert idle.low is None or idle.low <= 0.0 <= idle.high
    assert confident(["demand", "weather"], [known, idle]) == ["demand"]


def test_knowing_one_of_two_causes_is_worth_less_than_both():
    # demand is the mean of two uniforms; knowing one leaves the other
    first, second = draws("first").random(2000), draws("second").random(2000)
    y = PRICE * np.minimum(ORDERS[None, :], (first + second)[:, None] / 2) - COST * ORDERS[None, :]
    # E[min(q, (a + B)/2) | a], by a fine grid: the truth for one cause
    a = (np.arange(1000) + 0.5) / 1000
    inner = np.minimum(ORDERS[None, None, :], (a[:, None] + a[None, :])[:, :, None] / 2).mean(axis=1)
    means = PRICE * inner - COST * ORDERS
    truth = means.max(axis=1).mean() - means.mean(axis=0).max()
    assert agrees(worth_of("first", first[:, None], y, draws("folds")), truth)
    assert truth < perfect(np.repeat(y[:, :, None], 2, axis=2)).value


def test_a_few_categories_are_told_apart_exactly():
    demand = np.tile([0.1, 0.4, 0.9], 200)
    y = PRICE * np.minimum(ORDERS[None, :], demand[:, None]) - COST * ORDERS[None, :]
    # means: 0.25 → 0.35, 0.5 → 0.5, 0.75 → 0.5; the best at each demand: 0.05, 0.7, 1.5
    found = worth_of("demand", demand[:, None], y, draws("folds"))
    assert found.value == pytest.approx((0.05 + 0.7 + 1.5) / 3 - 0.5, abs=1e-3)
    assert basis_of(demand[:, None]).shape == (600, 3)


def test_luck_is_worth_nothing():
    """Best policy per run less the best mean is 0.25 here; the truth is 0."""
    y = draws("coins").integers(0, 2, (2000, 2, 2)).astype(float)
    sold = y.mean(axis=2).max(axis=1).mean() - y.mean(axis=(0, 2)).max()
    assert sold > 0.15
    found = perfect(y)
    assert found.plug_in == pytest.approx(sold)
    assert agrees(found, 0.0)
    idle = draws("idle").random((2000, 3))
    for k in range(3):
        known = worth_of(str(k), idle[:, [k]], y.mean(axis=2), draws("folds"), asked=3)
        assert not known.surely
        assert known.low is None or known.low <= 0.0 <= known.high


def test_where_one_policy_is_always_best_there_is_nothing_to_find_out():
    x = draws("x").random((300, 1))
    found = worth_of("x", x, np.column_stack([x[:, 0], x[:, 0] + 0.5]), draws("folds"))
    assert (found.value, found.low, found.kind) == (0.0, None, SAME_CHOICE)
    assert found.changes == 0.0


def test_the_usual_policy_stands_where_none_is_better():
    assert best_of(np.array([[1.0, 1.0, 0.0], [0.0, 2.0, 1.0]]), usual=0).tolist() == [0, 1]


def test_yen_need_a_value_of_success():
    assert net_benefit(np.array([1.0, 0.0]), np.array([4e9, 3e9]), 10e9).tolist() == [6e9, -3e9]


def test_one_luck_number_cannot_choose_and_value():
    with pytest.raises(ValueError, match="at least two luck numbers"):
        perfect(np.zeros((4, 2, 1)))
