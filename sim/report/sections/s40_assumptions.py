"""What it rests on: every number of the scenario with its value, its source and how sure we are of it.

Targets and what several formulas share come first and unfolded; the rest is folded by kind, and nothing is left out.

Why: a chance is only as good as the beliefs it was worked out from, and these can be argued about one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
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
    by_path = sorted(facts, key=lambda fact: (fact.path.startswith(SHARED), fact.path))
    counts = Counter[tuple[str, str]]((fact.kind, fact.confidence) for fact in facts)
    first = [fact for fact in by_path if _is_first(fact)]
    return {
        "confidences": CONFIDENCES,
        "counts": [
            (title, meaning, [counts[kind, confidence] for confidence in CONFIDENCES]) for kind, title, meaning in KINDS
        ],
        "first": first,
        "unprinted": f"{len(facts) - len(first):,}",
        "groups": [
            (title, meaning, [fact for fact in by_path if fact.kind == kind and not _is_first(fact)])
            for kind, title, meaning in KINDS
        ],
    }


def _is_first(fact: Fact) -> bool:
    """Whether a reader should have it before his eyes: a target, or what several formulas share."""
    return fact.path.startswith(SHARED) or (fact.path.startswith("missions.") and fact.path.endswith(".target"))
