"""What it costs: the share of futures that cost no more than each sum, with the sums that cover 5, 7 and 8 in 10.

The three sums stand with their intervals between two of the runs' own values.

Why: a budget is asked for as one number, and which one depends on how often it may be too small.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.report import wording
from sim.report.chart import Asked, Chart, Numbers, Words, chart_name
from sim.report.house import BLACK, BLUE, VERMILION
from sim.report.lettering import width_pt
from sim.report.material import Material, or_zero
from sim.report.sheet import POINTS, WIDTH_IN, Room, sheet
from sim.study.answer import PolicyAnswer
from sim.study.statistics import LEVEL, Interval

NAME: Final = "cost"
HEADING: Final = "What it costs"
LEVELS: Final = (0.5, 0.7, 0.8)
BILLION: Final = 1e9


def charts(material: Material, asked: Asked) -> Iterator[Chart]:
    """One chart of the leading policy, or of the one asked for."""
    material.mission_ids(asked.mission)
    policy = material.policy(asked.policy)
    yen = np.sort(material.of_runs(policy.policy, ("cost",))["cost"])
    found = [material.estimates.quantile(yen.tolist(), level) for level in LEVELS]
    yield Chart(
        chart_name(NAME, policy.policy),
        _words(material, policy, found),
        _numbers(policy, yen, found),
        partial(_draw, yen, found),
    )


def _words(material: Material, policy: PolicyAnswer, found: Sequence[Interval]) -> Words:
    last = wording.long_date(material.clock.horizon_day, material.calendar)
    return Words(
        f"8 in 10 futures cost no more than {wording.billions(or_zero(found[-1]))} under “{policy.title}”",
        f"Share of the futures that cost no more than so many ¥ bn: outlays to {last}, and what is then still to be"
        " paid at the planning rate.",
        f"Bars: {LEVEL:.0%} intervals of P50, P70 and P80 ({wording.procedures(found)}). {material.footing([policy])}",
    )


def _numbers(policy: PolicyAnswer, yen: NDArray[Any], found: Sequence[Interval]) -> Numbers:
    n, asked = len(yen), policy.cost.p50.N
    rows: list[tuple[Any, ...]] = [
        (policy.policy, f"p{100 * level:.0f}", each.value, each.low, each.high, each.n, each.N, each.level, each.kind)
        for level, each in zip(LEVELS, found, strict=True)
    ]
    steps = [
        (policy.policy, (place + 1) / n, int(cost), None, None, n, asked, None, "run") for place, cost in enumerate(yen)
    ]
    return Numbers(("policy", "share", "cost_yen", "low", "high", "n", "N", "level", "kind"), rows + steps)


# -- drawing


def _draw(yen: NDArray[Any], found: Sequence[Interval], words: Words) -> Figure:
    room = Room(height=2.8, left=0.55, right=0.2, above=0.3, under=0.5)
    figure, (axes,) = sheet(words, room)
    billions = yen / BILLION
    shares = 100 * np.arange(len(yen) + 1) / len(yen)
    spread = max(float(billions[-1] - billions[0]), 0.02 * float(billions[-1]), 1.0)
    low = float(billions[0]) - 0.04 * spread
    wide_pt = (WIDTH_IN - room.left - room.right) * POINTS
    labels = [_label(level, each) for level, each in zip(LEVELS, found, strict=True)]
    high = max(float(billions[-1]) + 0.04 * spread, *(_edge(low, label, wide_pt) for label in labels))
    axes.step(np.concatenate([[low], billions, [high]]), [*shares, shares[-1]], where="post", color=BLUE, linewidth=2)
    axes.set_xlim(low, high)
    axes.set_ylim(0, 104)
    axes.set_yticks([0, 20, 40, 60, 80, 100])
    axes.grid(axis="y")
    axes.set_xlabel("¥ bn")
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.set_title("percent of the futures", weight="normal", size=8.5)
    for level, each, label in zip(LEVELS, found, labels, strict=True):
        _mark(axes, level, each, label)
    return figure


class Label(NamedTuple):
    """What stands beside a sum: behind its interval, or before it, above the curve, where it has none."""

    words: str
    beside_billions: float
    before: bool


def _label(level: float, found: Interval) -> Label:
    words = f"P{100 * level:.0f}  {wording.billions(or_zero(found))}"
    if found.low is None or found.high is None:
        return Label(words, or_zero(found) / BILLION, before=True)
    return Label(
        f"{words} ({found.low / BILLION:,.1f}–{found.high / BILLION:,.1f})", found.high / BILLION, before=False
    )


def _edge(low: float, label: Label, wide_pt: float) -> float:
    """How far the axis must reach for the label to end on it."""
    if label.before:
        return low
    share = (width_pt(label.words, 8.5) + 14) / wide_pt
    return (label.beside_billions - share * low) / (1 - share)


def _mark(axes: Axes, level: float, found: Interval, label: Label) -> None:
    height = 100 * level
    if found.low is not None and found.high is not None:
        axes.plot([found.low / BILLION, found.high / BILLION], [height, height], color=VERMILION, linewidth=3, zorder=3)
    axes.plot(or_zero(found) / BILLION, height, "o", markersize=6.5, color=BLACK, markeredgecolor="white", zorder=4)
    gap_pt, side = (-8, "right") if label.before else (8, "left")
    axes.annotate(
        label.words, (label.beside_billions, height), (gap_pt, 0), size=8.5, va="center", ha=side,
        textcoords="offset points", bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
    )  # fmt: skip
