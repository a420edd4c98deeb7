"""Peeling on a box that is known, on nothing, and the numbers that a box is told by.

Counts are worked out on paper where they can be.

Why: a peeling algorithm always returns a box, so it has to be shown that it returns the right one, and none from noise.
"""

from __future__ import annotations

import itertools
from math import comb, inf

import numpy as np
import pytest

from sim.errors import TheirsError
from sim.streams import generator
from sim.study.sensitivity.prim import OPEN, Box, Range, boxed, choose, holds, peel, pruned, quasi_p, resampled


def draws(name):
    return generator(9, "test", name)


def known_box(points=1000, inputs=5):
    """Mean outcomes of 0.9 where the second input exceeds 0.6 and the fourth is below 0.5, and of 0.1 elsewhere."""
    x = draws("x").random((points, inputs))
    mean = np.where((x[:, 1] > 0.6) & (x[:, 3] < 0.5), 0.9, 0.1)
    return x, draws("luck").binomial(8, mean) / 8


def test_the_known_box_is_found():
    x, y = known_box()
    found = pruned(choose(peel(x, y)), x, y)
    assert set(found.ranges) == {1, 3}
    # one peel of a twentieth of what is left may overshoot the edge or fall short of it
    assert found.ranges[1].low == pytest.approx(0.6, abs=0.05)
    assert found.ranges[1].high == inf
    assert found.ranges[3].high == pytest.approx(0.5, abs=0.05)
    # 0.2 of the points at 0.9 are 0.18 of 0.26 of interest
    assert found.density == pytest.approx(0.9, abs=0.06)
    assert found.coverage == pytest.approx(0.18 / 0.26, abs=0.08)
    assert found.mass == pytest.approx(0.2, abs=0.04)


def test_a_trajectory_gains_density_and_loses_coverage_peel_by_peel():
    trajectory = peel(*known_box())
    assert trajectory[0].ranges == {}
    assert (trajectory[0].mass, trajectory[0].coverage, trajectory[0].excess) == (1.0, 1.0, 0.0)
    for wider, narrower in itertools.pairwise(trajectory):
        assert narrower.density > wider.density
        assert narrower.coverage <= wider.coverage
        assert 0 < wider.points - narrower.points <= 0.05 * wider.points + 1
    assert trajectory[-1].points >= 50


def test_resamples_restrict_the_same_inputs_and_no_other():
    x, y = known_box(400)
    box = pruned(choose(peel(x, y)), x, y)
    again = resampled(box, x, y, draws("again"), resamples=10)
    assert again[1].same_coverage == again[3].same_coverage == 1.0
    assert all(each.same_coverage <= 0.5 for column, each in again.items() if column not in (1, 3))


def test_noise_leaves_no_box():
    """Of 40 studies in which nothing matters, few keep any restriction that new points confirm."""
    confirmed = 0
    for study in range(40):
        x, y = draws(f"x{study}").random((200, 5)), draws(f"y{study}").binomial(8, 0.3, 200) / 8
        box = choose(peel(x[:100], y[:100]))
        confirmed += bool(box.ranges) and boxed(box.ranges, x[100:], y[100:]).density > 0.3 + 3 * (0.21 / 8 / 10) ** 0.5
    assert confirmed <= 2


def test_a_category_is_peeled_whole():
    x = np.repeat([[0.0], [1.0], [2.0]], 20, axis=0)
    y = np.repeat([0.1, 0.2, 0.9], 20)
    found = peel(x, y)
    assert [box.ranges for box in found] == [{}, {0: Range(1.0, inf)}, {0: Range(2.0, inf)}]
    assert [box.points for box in found] == [60, 40, 20]


def test_coverage_and_density_are_those_of_bryant_and_lempert():
    x, y = np.arange(10.0)[:, None], np.array([0, 0, 0, 0, 1, 0, 1, 1, 1, 1], float)
    box = boxed({0: Range(6.0, inf)}, x, y)
    assert box == Box({0: Range(6.0, inf)}, points=4, mass=0.4, coverage=0.8, density=1.0)
    assert box.excess == pytest.approx(0.4)
    assert holds({0: OPEN}, x).all()


def test_quasi_p_is_the_binomial_tail():
    # ten points with five of interest; a box of four with four: P(4 of 4 | 1/2) = 1/16
    x, y = np.arange(10.0)[:, None], np.array([0, 0, 0, 0, 0, 1, 1, 1, 1, 1], float)
    assert quasi_p({0: Range(6.0, inf)}, x, y)[0] == pytest.approx(1 / 16)
    # a box of six with five: P(5 or 6 of 6 | 1/2) = (6 + 1) / 64
    assert quasi_p({0: Range(4.0, inf)}, x, y)[0] == pytest.approx((comb(6, 5) + comb(6, 6)) / 64)
    assert quasi_p({0: Range(-inf, 3.0)}, x, y)[0] == 1.0


def test_a_constant_outcome_has_no_box():
    with pytest.raises(TheirsError, match="the same in all 10 rows"):
        peel(np.arange(10.0)[:, None], np.full(10, 0.5))
