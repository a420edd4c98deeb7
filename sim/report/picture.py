"""Pictures: the charts of a study, drawn, as the bytes of their files.

A chart is drawn once; the page holds the same drawing that stands in the folder.

Why: two drawings of one chart are two chances to differ.
"""

from __future__ import annotations

import base64
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from sim.report.chart import Asked, Chart, Numbers
from sim.report.figures import figures
from sim.report.house import pictured
from sim.report.material import Material
from sim.store.folder import harmless


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart and its files."""

    heading: str
    """Of its figure."""
    chart: Chart
    svg: bytes
    png: bytes

    @property
    def source(self) -> str:
        """The drawing inside a page: no file, no address."""
        return f"data:image/svg+xml;base64,{base64.b64encode(self.svg).decode('ascii')}"


def pictures_of(material: Material) -> Iterator[Picture]:
    """Every chart of the report, drawn."""
    for figure in figures().values():
        for chart in figure.charts(material, Asked()):
            yield picture_of(figure.HEADING, chart)


def picture_of(heading: str, chart: Chart) -> Picture:
    """A chart, drawn."""
    svg, png = pictured(chart, ("svg", "png"))
    return Picture(heading, chart, svg, png)


def csv_of(numbers: Numbers) -> bytes:
    """Numbers as a spreadsheet's file; text that would run there as a formula is quoted."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([harmless(column) for column in numbers.columns])
    writer.writerows([harmless(cell) for cell in row] for row in numbers.rows)
    return text.getvalue().encode()
