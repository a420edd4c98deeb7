"""The figures of the findings that were put into the run folder: why targets are missed, and by when to decide.

A study without findings has none; each is drawn from its own stored tables.

Why: an analysis belongs on the page of the study it explains, and not in a folder that nobody opens.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sim.report.chart import Asked, Chart
from sim.report.findings import finding_files
from sim.report.material import Material
from sim.store.finding import finding_names, read_finding

NAME: Final = "findings"
HEADING: Final = "Why, and by when"


def charts(material: Material, asked: Asked) -> Iterator[Chart]:
    """Every chart of every finding; they say themselves of which policies and missions they are."""
    material.policies(asked.policy)
    material.mission_ids(asked.mission)
    known = finding_files()
    for name in finding_names(material.study.folder):
        if name in known:
            yield from known[name].charts(read_finding(material.study.folder, name))
