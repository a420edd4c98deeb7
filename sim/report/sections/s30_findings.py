"""The findings: each figure with the sentence that it shows.

Figures come in the order of their files; the numbers behind each lie beside it in the run folder.

Why: a finding without its figure is an opinion, and a figure without its finding a riddle.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final

from sim.report.material import Material
from sim.report.picture import Picture

TITLE: Final = "The findings"


def content(material: Material, pictures: Sequence[Picture]) -> dict[str, Any]:
    """Pictures under their figure's heading."""
    groups = [(heading, list(own)) for heading, own in groupby(pictures, key=lambda picture: picture.heading)]
    return {"groups": groups, "leading": material.leading.title, "several": len(material.answer.policies) > 1}
