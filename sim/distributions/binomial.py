"""The binomial quantile: from one uniform to a whole number of losses, passes or arrivals.

The answer is the smallest k whose F(k) reaches u, for any n and p, and it never falls when u grows.

Why: one uniform a month must give the losses of any stock, so that two policies meet the same luck (R29).

Every sum runs over positive terms from the thin end of a tail, so nothing cancels; nothing underflows,
because a long sum's terms are worked out from the mode. Source of the term there: Loader, "Fast and accurate
computation of binomial probabilities" (2000).
"""

from __future__ import annotations

from math import exp, floor, lgamma, log, log1p, nextafter, pi, sqrt
from typing import Final

_SHORT_SUM_MEAN: Final = 100.0  # up to this mean, adding up from zero is the quicker way
_PLAIN_UP_TO: Final = 0.993  # beyond it, 1 - F loses digits that the other tail's own sum still has
_LOWER_TAIL_UP_TO: Final = 0.613  # like the above no round figure, which some F would hit exactly
_NEGLIGIBLE: Final = 1e-26  # a term this small, and all beyond it, cannot move a sum compared with 2**-53
_LOG_2_PI: Final = log(2.0 * pi)
_SMALL_FACTORIAL: Final = 15


def binomial_quantile(u: float, n: int, p: float) -> int:
    """Smallest k with P(X <= k) >= u, X the number of successes in ``n`` trials of chance ``p``.

    Raises ValueError if ``u`` is not strictly between 0 and 1, ``n`` is negative, or ``p`` is not in 0 … 1.

    >>> binomial_quantile(0.5, 12, 0.25), binomial_quantile(0.99, 3000, 0.002), binomial_quantile(0.3, 7, 1.0)
    (3, 12, 7)
    """
    if not 0.0 < u < 1.0:
        raise ValueError(f"u must lie strictly between 0 and 1, got {u}")
    if n < 0 or not 0.0 <= p <= 1.0:
        raise ValueError(f"binomial: expected n >= 0 and p in 0 to 1, got n = {n}, p = {p}")
    if n == 0 or p == 0.0:
        return 0
    if p == 1.0:
        return n
    q = 1.0 - p
    if p <= 0.5 and n * p <= _SHORT_SUM_MEAN and u <= _PLAIN_UP_TO:
        return _first_reaching(u, n, p, q)
    if p > 0.5 and n * q <= _SHORT_SUM_MEAN and 1.0 - u <= _PLAIN_UP_TO:
        return n - _first_reaching(nextafter(1.0 - u, 1.0), n, q, p)  # F > 1 - u is F >= the next float
    if u <= _LOWER_TAIL_UP_TO:
        return _first_beyond_from_mode(nextafter(u, 0.0), n, p, q)
    return n - _first_beyond_from_mode(1.0 - u, n, q, p)


def _first_reaching(level: float, n: int, p: float, q: float) -> int:
    """Smallest k with F(k) >= level, adding up from 0; ``q`` is 1 - p, given apart for its digits.

    For p up to 1/2 and a short mean: else the chance of 0 would underflow. The failures, n - X, are binomial
    too: X reaches u first at n less the place where they pass 1 - u.
    """
    odds = p / q
    term = total = exp(n * log1p(-p))
    k = 0
    while total < level and k < n:
        term *= odds * (n - k) / (k + 1)
        k += 1
        total += term
    return k


def _first_beyond_from_mode(level: float, n: int, p: float, q: float) -> int:
    """Smallest k with F(k) > level, adding up from the first term that matters."""
    odds = p / q
    mode = min(n, floor((n + 1) * p))
    at_mode = binomial_probability(mode, n, p, q)
    below = _terms_below(mode, at_mode, n, odds)
    total = 0.0
    for k, term in enumerate(reversed(below), mode - len(below)):
        total += term
        if total > level:
            return k
    k, term = mode, at_mode
    total += term
    while total <= level and k < n:
        term *= odds * (n - k) / (k + 1)
        k += 1
        total += term
    return k


def _terms_below(mode: int, at_mode: float, n: int, odds: float) -> list[float]:
    """Probabilities of mode - 1, mode - 2, … as long as they matter."""
    terms: list[float] = []
    term, k = at_mode, mode
    while k > 0 and term > _NEGLIGIBLE:
        term *= k / ((n - k + 1) * odds)
        k -= 1
        terms.append(term)
    return terms


def binomial_probability(k: int, n: int, p: float, q: float) -> float:
    """P(X = k) for 0 <= k <= n and 0 < p < 1, nearly to the last digit near the mode; ``q`` is 1 - p."""
    if k == 0:
        return exp(n * log1p(-p))
    if k == n:
        return exp(n * log1p(-q))
    correction = _stirling_error(n) - _stirling_error(k) - _stirling_error(n - k)
    deviance = _deviance(k, n * p) + _deviance(n - k, n * q)
    return exp(correction - deviance) * sqrt(n / (2.0 * pi * k * (n - k)))


def _stirling_error(n: int) -> float:
    """log n! less Stirling's formula for it."""
    if n <= _SMALL_FACTORIAL:
        return lgamma(n + 1.0) - (n + 0.5) * log(n) + n - 0.5 * _LOG_2_PI
    square = float(n) * n
    tail = (1 / 1680 - 1 / 1188 / square) / square
    return (1 / 12 - (1 / 360 - (1 / 1260 - tail) / square) / square) / n


def _deviance(x: float, mean: float) -> float:
    """x log(x / mean) + mean - x, without cancellation where x is close to the mean."""
    if abs(x - mean) >= 0.1 * (x + mean):
        return x * log(x / mean) + mean - x
    v = (x - mean) / (x + mean)
    total = (x - mean) * v
    term = 2.0 * x * v
    divisor = 1
    while True:
        term *= v * v
        divisor += 2
        longer = total + term / divisor
        if longer == total:
            return total
        total = longer
