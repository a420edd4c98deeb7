"""``report``: the page that tells a run folder's answer, with its figures beside it.

What was there before is replaced whole; the stored tables are read and never touched.

Why: the page can be made again from the tables, so nobody has to run a study twice to read it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sim.cli.options import RunFolder

if TYPE_CHECKING:
    from sim.store import Study
    from sim.study.answer import Answer

NAME: Final = "report"


class ReportInterrupted(Exception):
    """Stopped from the keyboard while a report was written: the run folder is whole."""


def command(folder: RunFolder) -> None:
    """Write a run folder's report: one HTML file, and its figures as PNG, SVG and CSV."""
    from sim.store import load

    print(f"Report: {written(load(folder))}")


def written(study: Study, found: Answer | None = None) -> Path:
    """Write the report of a study and say where it is; ``found`` is its answer where that was worked out already.

    Raises
    ------
    TheirsError
        If the folder cannot be written.
    ReportInterrupted
        If somebody pressed Ctrl-C meanwhile.
    """
    from sim.report.files import write_report
    from sim.report.material import material_of

    try:
        return write_report(material_of(study, found))
    except KeyboardInterrupt as stop:
        raise ReportInterrupted(
            f"Interrupted while the report was written; the results are whole. Write it with: run_sim.py report"
            f" {study.folder}"
        ) from stop
