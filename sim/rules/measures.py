"""The arithmetic of the measures: strength and weighted fulfilment (chapter 9).

Sums run in the order given, so the last bit of a measure does not depend on who asks.

Why: quantity against quality is the planner's choice, and it must be weighed by a stated law.
"""

from __future__ import annotations

from collections.abc import Sequence

from sim.units import BASIS_POINTS


def strength(units: Sequence[int], qualities_bp: Sequence[int], lambda_bp: int) -> float:
    """Strength of a mixed force: S = (Σ nᵢ·eᵢ^(1/λ))^λ.

    Parameters
    ----------
    units, qualities_bp
        Units of each product and their quality e, basis points of the reference product.
    lambda_bp
        λ in basis points: 10,000 is the linear law, 20,000 the square law.

    Raises ValueError if the sequences differ in length, units are negative, a quality is not above zero, or λ
    lies outside 1 to 2.

    Source: R34 of the model; F. W. Lanchester, *Aircraft in Warfare* (1916), ch. 5.

    >>> strength((3, 4), (10_000, 5_000), 10_000), strength((3, 2), (10_000, 40_000), 20_000)
    (5.0, 49.0)
    """
    exponent = _exponent(lambda_bp)
    total = 0.0
    for count, quality_bp in zip(units, qualities_bp, strict=True):
        if count < 0 or quality_bp <= 0:
            raise ValueError(
                f"{count} units of quality {quality_bp} bp: expected zero or more units, quality above zero"
            )
        total += count * (quality_bp / BASIS_POINTS) ** (1 / exponent)
    return float(total**exponent)


def strength_target(target: int, lambda_bp: int) -> float:
    """Strength of ``target`` reference units: target^λ.

    Raises ValueError if the target is negative or λ lies outside 1 to 2.

    Source: R34 of the model.

    >>> strength_target(24, 10_000), strength_target(24, 20_000)
    (24.0, 576.0)
    """
    if target < 0:
        raise ValueError(f"a target of {target} units: expected zero or more")
    return float(float(target) ** _exponent(lambda_bp))


def _exponent(lambda_bp: int) -> float:
    """λ as a number, checked."""
    if not BASIS_POINTS <= lambda_bp <= 2 * BASIS_POINTS:
        raise ValueError(f"lambda of {lambda_bp} bp: expected {BASIS_POINTS} (linear) to {2 * BASIS_POINTS} (square)")
    return lambda_bp / BASIS_POINTS


def fulfilment(deployed: Sequence[int], targets: Sequence[int], weights: Sequence[int]) -> float:
    """Weighted fulfilment, 0 to 1: Σ w·min(1, deployed/target) ÷ Σ w; a target of zero counts as fulfilled.

    Raises ValueError if the sequences differ in length, anything is negative, or no weight is above zero.

    Source: R33 of the model.

    >>> fulfilment((12, 30), (24, 20), (1, 3))
    0.875
    """
    total = 0.0
    for have, target, weight in zip(deployed, targets, weights, strict=True):
        if min(have, target, weight) < 0:
            raise ValueError(f"{have} of {target} with weight {weight}: expected zero or more of each")
        total += weight * (1.0 if have >= target else have / target)
    if sum(weights) <= 0:
        raise ValueError(f"weights {tuple(weights)}: expected a sum above zero")
    return total / sum(weights)
