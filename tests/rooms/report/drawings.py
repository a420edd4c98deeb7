"""Drawings without their words: what the stored pictures hold, so that no font can move a pixel.

    python -m tests.rooms.report.drawings

draws the stored pictures anew; the commit says what the old ones had wrong.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib import image
from matplotlib.figure import Figure
from matplotlib.text import Text
from numpy.typing import NDArray

from sim.report.chart import Asked
from sim.report.figures import figures
from sim.report.house import drawn, house_style
from sim.report.material import Material, material_of
from tests.rooms.report.home_studies import FOREIGN, home_study_of
from tests.rooms.report.studies import ATTACK, study_of

STORED = Path(__file__).parent / "images"
DOTS_PER_INCH = 60
HOME_FIGURES = ("deliveries", "ramp", "unit_cost", "origins", "waits", "flow")
"""They have nothing to show of a study without home lines, and have one of their own."""


def figures_of(material: Material) -> Iterator[tuple[str, Figure]]:
    """The figures that are stored: those of the report, and those of one mission that look otherwise."""
    for name, figure in figures().items():
        asked = [Asked(None, ATTACK), Asked()] if name in ("missing", "reached") else [Asked(None, ATTACK)]
        for each in asked:
            for chart in figure.charts(material, each):
                yield chart.name, drawn(chart)


def home_figures_of(material: Material) -> Iterator[tuple[str, Figure]]:
    """The figures of home production that are stored."""
    for name in HOME_FIGURES:
        for chart in figures()[name].charts(material, Asked(FOREIGN)):
            yield chart.name, drawn(chart)


def wordless(figure: Figure) -> bytes:
    """A figure's PNG without any text."""
    for text in figure.findobj(Text):
        text.set_visible(False)
    buffer = BytesIO()
    with house_style():
        figure.savefig(buffer, format="png", dpi=DOTS_PER_INCH, metadata={"Software": None})
    return buffer.getvalue()


def difference(one: bytes, other: bytes) -> float:
    """Root mean square of the pixels' differences, of 255; infinite where the sizes differ."""
    first, second = (_pixels(each) for each in (one, other))
    if first.shape != second.shape:
        return float("inf")
    return float(np.sqrt(np.mean((first - second) ** 2)))


def _pixels(png: bytes) -> NDArray[Any]:
    found: NDArray[Any] = 255 * np.asarray(image.imread(BytesIO(png))[:, :, :3], float)
    return found


def draw_anew() -> None:
    STORED.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as room:
        both = (
            figures_of(material_of(study_of(Path(room) / "study"))),
            home_figures_of(material_of(home_study_of(Path(room) / "home"))),
        )
        for name, figure in chain(*both):
            (STORED / f"{name}.png").write_bytes(wordless(figure))


if __name__ == "__main__":
    draw_anew()
