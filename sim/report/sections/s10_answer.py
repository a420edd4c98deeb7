"""The answer in five sentences, and before them what has to be known to read them.

Runs that failed are told first.

Why: who reads nothing else reads this.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sim.report import wording
from sim.report.material import Material
from sim.report.picture import Picture
from sim.report.sentences import five_sentences
from sim.study.statistics import LEVEL

TITLE: Final = "The answer"


def content(material: Material, pictures: Sequence[Picture]) -> dict[str, Any]:
    """The sentences, and each policy's failed runs."""
    asked = material.answer.replications
    failed = [
        f"{policy.failed:,} of {asked:,} under “{policy.title}”" for policy in material.answer.policies if policy.failed
    ]
    return {
        "sentences": [wording.together(sentence) for sentence in five_sentences(material)],
        "failed": wording.listed(failed),
        "level": f"{LEVEL:.0%}",
    }
