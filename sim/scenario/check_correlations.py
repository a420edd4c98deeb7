"""Checks of correlations: whose, how strong, and whether such numbers can exist together.

A rank correlation rho is that of normal scores correlated 2 sin(pi rho / 6); the matrix must be positive definite.

Why: three correlations that contradict each other have no future, and a sampler that bends them would not say so.

Source: Kruskal, "Ordinal measures of association" (1958), for the two coefficients of a bivariate normal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import pi, sin, sqrt
from typing import Final

from sim.scenario.fields import Trouble
from sim.scenario.forms import Arithmetic
from sim.scenario.quantity import Quantity
from sim.scenario.survey import Found
from sim.scenario.tree import dotted
from sim.scenario.written import CorrelationWritten, WrittenScenario

_LEAST_PIVOT: Final = 1e-9
Pair = tuple[str, str]


def normal_correlation(rho: float) -> float:
    """Correlation of normal scores whose rank correlation is ``rho``.

    >>> normal_correlation(1.0), normal_correlation(0.0)
    (0.9999999999999999, 0.0)
    """
    return 2.0 * sin(pi * rho / 6.0)


def not_positive_definite(names: Sequence[str], correlations: Mapping[Pair, float]) -> str | None:
    """First name at which Cholesky's elimination finds a contradiction between the correlations; None if it finds none.

    ``correlations`` are those of the normal scores; a pair that is missing has none.
    """
    lower: list[list[float]] = []
    for row, name in enumerate(names):
        line: list[float] = []
        for column in range(row):
            pair = (names[column], name)
            target = correlations.get(pair, correlations.get((pair[1], pair[0]), 0.0))
            taken = sum(a * b for a, b in zip(line, lower[column], strict=False))
            line.append((target - taken) / lower[column][column])
        left = 1.0 - sum(value * value for value in line)
        if left < _LEAST_PIVOT:
            return name
        lower.append([*line, sqrt(left)])
    return None


def pairs_of(correlation: CorrelationWritten) -> Iterator[tuple[tuple[str, ...], Pair]]:
    """All pairs of paths an entry correlates, each with its place below the entry."""
    for first, second in combinations(enumerate(correlation.between or ()), 2):
        yield ("between", str(second[0])), (first[1], second[1])
    for place, pair in enumerate(correlation.pairs or ()):
        yield ("pairs", str(place)), (pair[0], pair[1])


def check_correlations(scenario: WrittenScenario, numbers: Sequence[Found]) -> Iterator[Trouble]:
    """Correlated paths are uncertain inputs, each pair once, and the whole can exist."""
    quantities = _parameters(scenario, numbers)
    seen: dict[Pair, float] = {}
    sound = True
    for place, entry in enumerate(scenario.correlations):
        path = ("correlations", str(place))
        if (entry.between is None) == (entry.pairs is None):
            yield Trouble(path, "neither" if entry.between is None else "both", "either between or pairs")
        for trouble in _path_troubles(path, entry, quantities):
            sound = False
            yield trouble
        for below, pair in pairs_of(entry):
            ordered = (min(pair), max(pair))
            if pair[0] == pair[1] or seen.setdefault(ordered, entry.rho) != entry.rho:
                yield Trouble((*path, *below), f"{pair[0]} with {pair[1]}", "each pair of different inputs once")
    names = sorted({name for pair in seen for name in pair})
    normal = {pair: normal_correlation(rho) for pair, rho in seen.items()}
    impossible = not_positive_definite(names, normal) if sound else None
    if impossible is not None:
        yield Trouble(
            ("correlations",),
            f"correlations that contradict each other at {impossible}",
            "a positive definite matrix",
            "If a goes with b and b with c, a must go with c: lower some of them, or correlate all pairs.",
        )


def _parameters(scenario: WrittenScenario, numbers: Sequence[Found]) -> dict[str, Quantity | None]:
    """Inputs by path; None for a supplier's lateness, which the file does not state."""
    found = {dotted(one.path): one.number for one in numbers}
    known: dict[str, Quantity | None] = {
        path: one for path, one in found.items() if isinstance(one, Quantity) and one.holds.kind == "parameter"
    }
    return known | {f"suppliers.{name}.lateness": None for name in scenario.suppliers}


def _path_troubles(
    path: tuple[str, ...], entry: CorrelationWritten, known: Mapping[str, Quantity | None]
) -> Iterator[Trouble]:
    """Paths that name no uncertain input."""
    named: dict[tuple[str, ...], str] = {
        ("between", str(place)): name for place, name in enumerate(entry.between or ())
    }
    for place, pair in enumerate(entry.pairs or ()):
        named |= {("pairs", str(place), str(side)): name for side, name in enumerate(pair)}
    for below, name in named.items():
        if name not in known:
            yield Trouble((*path, *below), None, "the path of an uncertain input", "", name, known.keys())
            continue
        quantity = known[name]
        # One certain value is no fault: a planner may fix any input with --set, and its pairs are then without effect.
        if quantity is not None and isinstance(quantity.form, Arithmetic):
            way_out = "A number that is worked out cannot be drawn with another: correlate what it is worked out from."
            yield Trouble((*path, *below), f"'{name}', which is a formula", "the path of an uncertain input", way_out)


def check_exchange_correlations(scenario: WrittenScenario) -> Iterator[Trouble]:
    """Correlations of the monthly steps name each pair once and can exist together."""
    seen: dict[Pair, float] = {}
    for first, others in scenario.exchange_correlations.items():
        for second, share in others.items():
            path = ("exchange_correlations", first, second)
            pair = (min(first, second), max(first, second))
            if first == second or seen.setdefault(pair, share.value()) != share.value():
                yield Trouble(path, None, "each pair of different currencies once")
    impossible = not_positive_definite(sorted(scenario.currencies), seen)
    if impossible is not None:
        found = f"correlations that contradict each other at {impossible}"
        yield Trouble(("exchange_correlations",), found, "a positive definite matrix", "Lower some of them.")
