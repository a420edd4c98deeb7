"""Rules of the measures against values worked out on paper.

Why: two engines that share a rule cannot check it for each other.
"""

from __future__ import annotations

import pytest

from sim.rules import measures


def test_strength_by_the_linear_law_adds_quality() -> None:
    # 3 x 1.0 + 4 x 0.5
    assert measures.strength((3, 4), (10_000, 5_000), 10_000) == 5.0
    assert measures.strength((), (), 10_000) == 0.0


def test_strength_by_the_square_law_counts_numbers_twice() -> None:
    # (3 x 1 + 2 x sqrt 4)^2 = 7^2
    assert measures.strength((3, 2), (10_000, 40_000), 20_000) == 49.0
    # one unit four times as good is worth two plain ones: (1 x 2)^2 = 2^2
    assert measures.strength((1,), (40_000,), 20_000) == measures.strength((2,), (10_000,), 20_000) == 4.0


def test_strength_between_the_laws() -> None:
    # lambda 1.5: (4 x 8^(2/3))^1.5 = 16^1.5 = 64
    assert measures.strength((4,), (80_000,), 15_000) == pytest.approx(64.0, rel=1e-12)


def test_reference_units_at_the_target_have_exactly_the_target_strength() -> None:
    assert measures.strength_target(24, 10_000) == 24.0
    assert measures.strength_target(24, 20_000) == 576.0
    for lambda_bp in range(10_000, 20_001, 137):
        assert measures.strength((24,), (10_000,), lambda_bp) == measures.strength_target(24, lambda_bp)


def test_a_strength_without_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="quality above zero"):
        measures.strength((1,), (0,), 10_000)
    with pytest.raises(ValueError, match="zero or more units"):
        measures.strength((-1,), (10_000,), 10_000)
    with pytest.raises(ValueError, match="argument 2 is"):
        measures.strength((1, 2), (10_000,), 10_000)
    for lambda_bp in (9_999, 20_001):
        with pytest.raises(ValueError, match="lambda of"):
            measures.strength((1,), (10_000,), lambda_bp)
    with pytest.raises(ValueError, match="a target of -1 units"):
        measures.strength_target(-1, 10_000)


def test_fulfilment_weighs_the_missions_and_caps_each_at_one() -> None:
    # (1 x 12/24 + 3 x min(1, 30/20)) / 4 = 3.5 / 4
    assert measures.fulfilment((12, 30), (24, 20), (1, 3)) == 0.875
    # (2 x 0 + 1 x 1/4 + 1 x 1) / 4 = 0.3125; a target of zero is fulfilled
    assert measures.fulfilment((0, 5, 0), (10, 20, 0), (2, 1, 1)) == 0.3125
    # a mission without weight says nothing
    assert measures.fulfilment((10, 0), (10, 10), (1, 0)) == 1.0


def test_a_fulfilment_without_weight_is_refused() -> None:
    with pytest.raises(ValueError, match="sum above zero"):
        measures.fulfilment((1,), (1,), (0,))
    with pytest.raises(ValueError, match="zero or more of each"):
        measures.fulfilment((1,), (-1,), (1,))
    with pytest.raises(ValueError, match="argument"):
        measures.fulfilment((1,), (1, 2), (1,))
