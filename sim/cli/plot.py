"""``plot``: one figure of a run folder, of any policy or mission, with its numbers beside it.

Without ``--out`` it goes into the folder's ``figures``, where it replaces the one of the same name.

Why: the report shows one policy; the next question is always about another.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from sim.cli.options import RunFolder
from sim.errors import TheirsError, nearest
from sim.report.figures import figure_names

if TYPE_CHECKING:
    from sim.report.chart import Chart

NAME: Final = "plot"


def command(
    folder: RunFolder,
    name: Annotated[str, typer.Argument(metavar="NAME", help=f"Which figure: {', '.join(figure_names())}.")],
    policy: Annotated[
        str | None, typer.Option("--policy", metavar="P", help="Of this policy; else of all, or of the leading one.")
    ] = None,
    mission: Annotated[str | None, typer.Option("--mission", metavar="M", help="Of this mission; else of all.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="A new .png or .svg file; its numbers go beside it.")
    ] = None,
) -> None:
    """Draw one figure of a run folder, and say what it shows."""
    if name not in figure_names():
        raise TheirsError(f"plot: no figure '{name}'. {nearest(name, figure_names())}")
    from sim.report.chart import Asked
    from sim.report.figures import figures
    from sim.report.material import material_of
    from sim.store import load

    figure = figures()[name]
    charts = list(figure.charts(material_of(load(folder)), Asked(policy, mission)))
    if not charts:
        raise TheirsError(f"plot: '{name}' has nothing to show of this study: {folder} has no run of what it draws.")
    if out is not None and len(charts) > 1:
        raise TheirsError(f"plot: '{name}' is one figure a mission, {len(charts)} here; name one with --mission.")
    for chart, file in zip(charts, _written(folder, charts, figure.HEADING, out), strict=True):
        print(f"{chart.words.title}\n  {file}")


def _written(folder: Path, charts: Sequence[Chart], heading: str, out: Path | None) -> list[Path]:
    from sim.report.files import write_picture, write_pictures
    from sim.report.picture import picture_of

    pictures = [picture_of(heading, chart) for chart in charts]
    if out is None:
        return write_pictures(folder, pictures)
    return [write_picture(out, pictures[0])]
