"""The analyses: the tables of every finding that was put into the run folder, as the terminal prints them.

Where there is none, the commands that make them are named.

Why: "why did we miss" is asked as soon as the first number is read, and the page should have an answer to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sim.report import wording
from sim.report.findings import finding_files
from sim.report.material import Material
from sim.report.picture import Picture
from sim.store.finding import finding_names, read_finding

TITLE: Final = "Why, and by when"
OF_A_SCENARIO: Final = ("robustness", "bottlenecks", "slopes", "deadlines", "quality", "compare")
OF_A_FOLDER: Final = ("waterfall", "confidence", "aftermath")


def content(material: Material, pictures: Sequence[Picture]) -> dict[str, Any]:
    """Each finding's heading, its command's name and its tables."""
    folder, known = material.study.folder, finding_files()
    stored = [name for name in finding_names(folder) if name in known]
    return {
        "analyses": [
            (known[name].HEADING, name, list(known[name].tables(read_finding(folder, name)))) for name in stored
        ],
        "of_a_scenario": wording.listed(OF_A_SCENARIO),
        "of_a_folder": wording.listed(OF_A_FOLDER),
    }
