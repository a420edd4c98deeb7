"""Digits on the cells of heat maps can be read at every level, in colour and in grey."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.collections import QuadMesh
from matplotlib.colors import LinearSegmentedColormap

from sim.report.chart import Numbers, Words
from sim.report.contrast import contrast, ink_on, luminance
from sim.report.findings import finding_files
from sim.report.house import BLACK, BLUE, SKY, VERMILION, WHITE, drawn
from sim.report.ranked import Matrix, matrix
from sim.store.finding import Finding, Grid
from sim.study.trial import INTERVAL
from tests.rooms.report.analysed import finding

SMALL_WORDS = 4.5
"""What the web's rules ask for of words that are not large."""
WORDS = Words("A title", "a subtitle", "a caption")


def seen_on_their_cells(figure) -> list[tuple[str, float]]:
    """Every text that stands on a cell of a map, and its contrast there."""
    found = []
    for axes in figure.axes:
        for mesh in axes.collections:
            if not isinstance(mesh, QuadMesh):
                continue
            mesh.update_scalarmappable()
            rows, columns = mesh.get_array().shape
            colours = mesh.get_facecolors().reshape(rows, columns, 4)
            corner = mesh.get_coordinates()[0, 0]
            for text in axes.texts:
                column, row = np.floor(np.subtract(text.get_position(), corner)).astype(int)
                found.append((text.get_text(), contrast(text.get_color(), colours[row, column])))
    return found


@pytest.mark.parametrize("colours", [(WHITE, BLUE), (WHITE, VERMILION), (WHITE, SKY, BLUE)])
def test_at_every_level_of_a_colour_map_the_digit_reaches_the_contrast_of_small_words(colours):
    levels = LinearSegmentedColormap.from_list("a map", colours)(np.arange(256))
    assert min(contrast(ink_on(level), level) for level in levels) >= SMALL_WORDS
    assert {ink_on(level) for level in levels} == ({BLACK} if VERMILION in colours else {BLACK, WHITE})


def test_on_any_grey_too_and_there_white_begins_where_black_would_be_fainter():
    greys = [str(level / 255) for level in range(256)]
    assert min(contrast(ink_on(grey), grey) for grey in greys) >= SMALL_WORDS
    # (1.05 / (L + 0.05)) = (L + 0.05) / 0.05: L = sqrt(1.05 · 0.05) - 0.05 = 0.179
    assert {ink_on(grey) for grey in greys if luminance(grey) < 0.179} == {WHITE}
    assert {ink_on(grey) for grey in greys if luminance(grey) > 0.180} == {BLACK}


def spread(columns: int, rows: int) -> list[list[float]]:
    """Shares from 0 to 1 in even steps."""
    return [[(row * columns + column) / (rows * columns - 1) for column in range(columns)] for row in range(rows)]


def robustness_at_every_level() -> Finding:
    told = finding("robustness")
    values, worlds, policies = spread(6, 12), [f"w{k}" for k in range(12)], [f"p{k}" for k in range(6)]
    rows = tuple(
        (policy, world, measure, values[y][x], None, None, 9, 9, 0.95, "none: story")
        for measure in ("fulfilment", "regret")
        for y, world in enumerate(worlds)
        for x, policy in enumerate(policies)
    )
    titles = {**told.about["titles"], "policies": dict.fromkeys(policies, "P"), "worlds": dict.fromkeys(worlds, "W")}
    grids = {**told.grids, "cells": Grid(("policy", "world", "measure", *INTERVAL), rows)}
    best = [("p0", "worst_regret", 0.0, None, None, 9, 9, 0.95, "none: story")]
    grids["policies"] = Grid(("policy", "measure", *INTERVAL), tuple(best))
    return Finding("robustness", {**told.about, "titles": titles, "minimax": "p0", "level": []}, grids)


def test_every_digit_of_the_map_of_worlds_can_be_read():
    (chart,) = finding_files()["robustness"].charts(robustness_at_every_level())
    seen = seen_on_their_cells(drawn(chart))
    assert len(seen) == 2 * 72
    assert min(ratio for _, ratio in seen) >= SMALL_WORDS, seen


def test_every_digit_of_the_map_of_quantity_and_quality_can_be_read():
    (chart,) = finding_files()["quality"].charts(finding("quality"))
    seen = seen_on_their_cells(drawn(chart))
    assert len(seen) == 3 * 3  # two λ and the count, three shares
    assert min(ratio for _, ratio in seen) >= SMALL_WORDS, seen


def test_every_digit_of_a_matrix_can_be_read_and_what_is_not_known_too():
    values = [[None, *row] for row in spread(8, 9)]
    of = Matrix([f"row {k}" for k in range(9)], [f"c{k}" for k in range(9)], values)
    seen = seen_on_their_cells(drawn(matrix("a", WORDS, Numbers((), ()), of, "{:.2f}".format)))
    assert len(seen) == 81
    assert min(ratio for _, ratio in seen) >= SMALL_WORDS, seen
