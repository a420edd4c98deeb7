"""Numbers as resolved: parameters, luck, and where each number came from.

A number that is believed is an Input or a Luck; everything else in a resolved scenario is certain.

Why: the two are drawn by different rules (R6, R7) and must not be confused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sim.distributions import Distribution

BeliefUnit = Literal[
    "yen", "minor", "day", "share", "factor", "unit", "person", "place", "rate", "exchange", "sd", "event", "minute"
]
"""What a belief is counted in. ``yen`` whole yen; ``minor`` whole minor units of the offer's currency; ``day``
whole days; ``share`` and ``factor`` fractions that enter the model in basis points (growth and volatility too);
``unit``, ``person``, ``place`` whole numbers; ``rate`` units, or pieces, per 365 days; ``exchange`` yen per major unit,
entering in 1/10,000 yen; ``sd`` a standard normal score, the one number that stays a float; ``event`` events a year,
entering in basis points; ``minute`` whole working minutes."""


@dataclass(frozen=True, slots=True)
class Input:
    """A parameter: one number of the world, sampled once a future (R6).

    Exactly one of ``belief`` and ``formula`` is set. A formula is arithmetic over the names in the scenario's
    ``parameters`` section and is worked out on the unrounded samples. The resolved formula is in canonical units:
    it takes the parameters' canonical values and yields this input's canonical value, whatever units were written.
    """

    number: int
    path: str
    unit: BeliefUnit
    belief: Distribution | None
    formula: str | None


@dataclass(frozen=True, slots=True)
class Luck:
    """What is believed of one kind of event; each event draws from it by its own address (R7)."""

    path: str
    unit: BeliefUnit
    belief: Distribution


@dataclass(frozen=True, slots=True)
class Fact:
    """Where one number of the file came from: for the tables of assumptions and the counts by confidence."""

    path: str
    text: str
    """The value or distribution as written, e.g. ``5 / 11.3 / 17.8``."""
    unit: str
    kind: Literal["fixed", "parameter", "luck", "formula"]
    source: str
    confidence: Literal["official", "reported", "inferred", "assumption"]
    place: str = field(compare=False)
    """``file:line``; where a number stands is no part of what it says."""


@dataclass(frozen=True, slots=True)
class Correlation:
    """A rank correlation between two inputs, by number."""

    first: int
    second: int
    rho: float
