"""What it rests on: every number of the scenario with its value, its source and how sure we are of it.

Parameters come first, since they differ between futures and decide most; nothing is left out.

Why: a chance is only as good as the beliefs it was worked out from, and these can be argued about one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final

from sim.report.material import Material
from sim.report.picture import Picture
from sim.scenario.resolved import Fact

TITLE: Final = "What it rests on"
KINDS: Final = (
    ("parameter", "Parameters", "drawn once a future, known to no policy beforehand"),
    ("luck", "Luck", "drawn for each event"),
    ("formula", "Formulas", "worked out from the parameters of the same future"),
    ("fixed", "Fixed numbers", "the same in every future"),
)
SHARED: Final = "parameters."
CONFIDENCES: Final = ("official", "reported", "inferred", "assumption")


def content(material: Material, pictures: Sequence[Picture]) -> dict[str, Any]:
    """The facts by kind, and how many of each confidence."""
    facts = material.scenario.facts
    counts = Counter[tuple[str, str]]((fact.kind, fact.confidence) for fact in facts)
    return {
        "confidences": CONFIDENCES,
        "counts": [
            (title, meaning, [counts[kind, confidence] for confidence in CONFIDENCES]) for kind, title, meaning in KINDS
        ],
        "groups": [
            (title, meaning, _shared_first(fact for fact in facts if fact.kind == kind), kind == "fixed")
            for kind, title, meaning in KINDS
        ],
    }


def _shared_first(facts: Iterable[Fact]) -> list[Fact]:
    """Those that several formulas share before the others, each in order of path."""
    return sorted(facts, key=lambda fact: (not fact.path.startswith(SHARED), fact.path))
