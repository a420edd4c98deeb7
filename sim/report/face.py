"""The Python face: a study that can draw itself, made by a run or opened from its folder.

``study.plot`` has one method a figure, found by the registry; each returns a Matplotlib figure and writes nothing.

Why: a notebook is where the next question comes up, and it should not need another way to ask.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial, wraps
from typing import TYPE_CHECKING, ParamSpec

from sim.errors import TheirsError
from sim.report.figures import figure_names
from sim.store import Study
from sim.store import load as _load
from sim.study.face import run as _run

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.report.material import Material

_P = ParamSpec("_P")


class Plot:
    """The figures of one study: ``plot.fan("small_attack", policy="balanced")``."""

    def __init__(self, study: Study) -> None:
        self._study = study

    @cached_property
    def _material(self) -> Material:
        from sim.report.material import material_of

        return material_of(self._study)

    def __getattr__(self, name: str) -> Callable[..., Figure]:
        if name not in figure_names():
            raise AttributeError(f"no figure '{name}'. Known: {', '.join(figure_names())}.")
        return partial(self._drawn, name)

    def __dir__(self) -> list[str]:
        return list(figure_names())

    def _drawn(self, name: str, mission: str | None = None, policy: str | None = None) -> Figure:
        """One figure.

        Parameters
        ----------
        mission
            Which one; None: all of them, for figures that show all.
        policy
            Which one; None: all of them, or the leading one for figures that show one.

        Raises TheirsError if the study has no such mission or policy, or the figure needs a mission.
        """
        from sim.report.chart import Asked
        from sim.report.figures import figures
        from sim.report.house import drawn

        charts = list(figures()[name].charts(self._material, Asked(policy, mission)))
        if not charts:
            raise TheirsError(f"{name}: has nothing to show of this study.")
        if len(charts) > 1:
            raise TheirsError(f"{name}: found no mission; expected one of {', '.join(self._material.missions)}.")
        return drawn(charts[0])


class PlottedStudy(Study):
    """A stored study: its frames, and ``plot`` with its figures."""

    @cached_property
    def plot(self) -> Plot:
        """The figures of this study."""
        return Plot(self)


def _with_figures(opening: Callable[_P, Study]) -> Callable[_P, PlottedStudy]:
    @wraps(opening)
    def opened(*arguments: _P.args, **options: _P.kwargs) -> PlottedStudy:
        study = opening(*arguments, **options)
        return PlottedStudy(study.folder, study.manifest)

    return opened


load = _with_figures(_load)
run = _with_figures(_run)
