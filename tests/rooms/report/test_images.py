"""What is drawn, pixel by pixel: the figures of a small study against stored pictures of them, without words."""

from __future__ import annotations

import pytest

from sim.report.chart import Asked
from sim.report.figures import figures
from sim.report.house import drawn, picture
from tests.rooms.report.drawings import STORED, difference, figures_of, home_figures_of, wordless
from tests.rooms.report.studies import ATTACK

TOLERANCE = 0.4
"""Of 255, root mean square: machines differ in how they smooth an edge; a line that moves differs by more."""


@pytest.fixture(scope="module")
def now(material, home):
    return dict(figures_of(material)) | dict(home_figures_of(home))


def test_every_figure_looks_as_it_did(now):
    differ = {name: difference(wordless(figure), (STORED / f"{name}.png").read_bytes()) for name, figure in now.items()}
    assert {name: how for name, how in differ.items() if how > TOLERANCE} == {}
    assert sorted(path.stem for path in STORED.iterdir()) == sorted(now)


def fan(material):
    (chart,) = figures()["fan"].charts(material, Asked(None, ATTACK))
    return drawn(chart)


def move_target(axes):
    next(line for line in axes.lines if set(line.get_ydata()) == {1760}).set_ydata([1740, 1740])


def move_deadline(axes):
    next(line for line in axes.lines if set(line.get_xdata()) == {1095}).set_xdata([1110, 1110])


def drop_median(axes):
    max(axes.lines, key=lambda line: len(line.get_xdata())).remove()


def drop_a_fiscal_year(axes):
    next(line for line in axes.lines if set(line.get_xdata()) == {365}).remove()


def widen_a_band(axes):
    axes.collections[0].set_linewidth(2)


@pytest.mark.parametrize("change", [move_target, move_deadline, drop_median, drop_a_fiscal_year, widen_a_band])
def test_a_line_that_moves_or_goes_is_seen(material, change):
    stored = (STORED / "fan-small_attack-quantity_first.png").read_bytes()
    figure = fan(material)
    change(figure.axes[0])
    assert difference(wordless(figure), stored) > TOLERANCE


def test_the_same_drawing_gives_the_same_bytes(material):
    figures_drawn = (fan(material), fan(material))
    (png, svg), again = ([picture(figure, kind) for kind in ("png", "svg")] for figure in figures_drawn)
    assert [png, svg] == again
    assert b"Matplotlib" not in png
    assert b"dc:date" not in svg
