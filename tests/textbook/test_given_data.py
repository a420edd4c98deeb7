"""PAWN and rank regression on outputs whose drivers are known, and on outputs that have none.

Nulls are checked against what they promise: one study in twenty, over all inputs together.

Why: with two hundred inputs ten stand out by chance alone if each is judged by itself.
"""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy.stats import ks_2samp

from sim.errors import TheirsError
from sim.streams import generator
from sim.study.sensitivity.given_data import (
    _shuffled,
    drivers,
    pawn,
    pawn_nulls,
    rank_regression,
    slice_sizes,
)


def draws(name):
    return generator(8, "test", name)


def test_the_inputs_that_make_the_output_stand_out_and_no_other():
    x = draws("inputs").random((400, 20))
    y = ((x[:, 3] + 0.5 * x[:, 7] + 0.2 * draws("luck").random(400)) > 0.9).astype(float)
    found = drivers([f"x{k}" for k in range(20)], x, y, draws("null"))
    assert [each.input for each in found if each.stands_out] == ["x3", "x7"]
    assert found[3].rank > found[7].rank > found[7].rank_null
    assert found[3].low < found[3].rank < found[3].high


def test_pure_luck_has_no_drivers():
    x = draws("noise").random((300, 30))
    y = draws("coin").integers(0, 2, 300).astype(float)
    assert not [each for each in drivers([str(k) for k in range(30)], x, y, draws("n")) if each.stands_out]


def test_the_null_holds_for_the_whole_family():
    # 60 studies of 5 inputs that do nothing: about 3 have one beyond the null; 10 or more happen once in a thousand
    over = 0
    floor = pawn_nulls(draws("first").random((100, 5)), np.arange(100.0), draws("null"))[0]
    for study in range(60):
        x = draws(f"x{study}").random((100, 5))
        over += bool((pawn(x, draws(f"y{study}").random(100)) > floor).any())
    assert over < 10


def test_shuffled_indices_are_those_of_the_library():
    """The null is by hand and the index the library's: for one shuffled input they must be one number."""
    x = np.arange(200.0)[:, None]
    y = draws("y").integers(0, 5, 200).astype(float)
    sizes = slice_sizes(x[:, 0])
    assert sum(sizes) == 199  # the library leaves out the largest
    edges = np.cumsum([0, *sizes])
    by_hand = np.median([ks_2samp(y[low:high], y).statistic for low, high in itertools.pairwise(edges)])
    assert pawn(x, y)[0] == pytest.approx(by_hand)
    null = _shuffled(sizes, y, draws("shuffles"))
    shuffled = [pawn(draws(f"s{k}").permutation(200.0 * x / 200), y)[0] for k in range(60)]
    # means of 60 and of 20,000: within four standard errors
    assert abs(np.mean(shuffled) - null.mean()) < 4 * null.std() / 60**0.5


def test_rank_regression_of_a_linear_model_has_its_weights():
    x = draws("linear").random((4000, 3))
    found, kind = rank_regression(x, x @ np.array([3.0, -2.0, 0.0]))
    truth = np.array([3.0, -2.0, 0.0]) / 13**0.5
    assert kind.startswith("ranks on all ranks, least squares, R² 0.9")
    assert np.abs(found[:, 0] - truth).max() < 0.03  # ranks bend a sum of uniforms a little
    assert (found[:, 1] <= found[:, 0]).all()


def test_with_few_rows_each_input_stands_alone():
    x = draws("few").random((100, 20))
    found, kind = rank_regression(x, x[:, 4])
    assert kind == "ranks on one rank, Fisher z"
    assert found[4].tolist() == pytest.approx([1.0, 1.0, 1.0])


@pytest.mark.parametrize(
    ("y", "told"),
    [(np.ones(100), "the same in all 100 rows"), (np.array([np.nan, *range(99)], float), "no number in 1 of 100")],
)
def test_a_broken_or_constant_output_is_refused(y, told):
    with pytest.raises(TheirsError, match=told):
        drivers(["a"], draws("x").random((100, 1)), y, draws("n"))


def test_too_few_runs_and_inputs_that_never_vary_are_refused():
    with pytest.raises(ValueError, match="at least 100"):
        drivers(["a"], draws("x").random((99, 1)), np.arange(99.0), draws("n"))
    with pytest.raises(ValueError, match="never varied: b"):
        drivers(["a", "b"], np.column_stack([np.arange(100.0), np.ones(100)]), np.arange(100.0), draws("n"))
