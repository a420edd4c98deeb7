"""The flow: money and units from suppliers and home firms to missions.

Left the makers, right the missions; a band is as thick as the money that a contract between the two comes to, and
hatched where it is a home firm's.

Why: one picture of who gets the money and who gets the drones, before anybody reads a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.chart import Asked, Chart, Numbers, Words, chart_name
from sim.report.house import BLUE, ORANGE, SKY, WHITE, Area
from sim.report.lettering import one_line, width_pt
from sim.report.material import Material
from sim.report.means import BILLION, in_percent, in_unit, mean_units, mean_yen
from sim.report.sheet import POINTS, Room, sheet
from sim.study.answer import PolicyAnswer
from sim.study.home import Flow, flows

NAME: Final = "flow"
HEADING: Final = "Who supplies what: from makers to missions"
ABROAD, HOME = Area(SKY), Area(ORANGE, "////", WHITE)
BLOCK: Final = 0.03
"""Width of a block, as a share of the drawing's."""
LEAST_LABEL: Final = 0.0015
"""Makers with less of the money than this are named together, where they are several."""
MAKERS_IN, MISSIONS_IN = 2.25, 2.0
"""Room for their names."""
LABEL_PT: Final = 7.5
GAP_PT: Final = 1.3 * LABEL_PT
"""Between two blocks: a line of words, so that the thinnest block has its own words beside it."""


def charts(material: Material, asked: Asked) -> Iterator[Chart]:
    """One chart of the leading policy or the one asked for, where anything was signed."""
    policy = material.policy(asked.policy)
    found = material.columns("offers", policy.policy, ("offer", "mission", "signed", "deployed_due", "cost"))
    wanted = material.mission_ids(asked.mission)
    parts = [flow for flow in flows(found, material.scenario, max(1, policy.cost.p50.n)) if flow.mission in wanted]
    if sum(flow.yen for flow in parts) > 0:
        yield Chart(
            chart_name(NAME, asked.mission, policy.policy),
            _words(material, policy, parts),
            _numbers(policy, parts),
            partial(_draw, material, [flow for flow in parts if flow.yen]),
        )


def _words(material: Material, policy: PolicyAnswer, parts: Sequence[Flow]) -> Words:
    by_supplier = _sums(parts, "supplier")
    total = sum(by_supplier.values())
    first, yen = next(iter(by_supplier.items()))
    home = sum(flow.yen for flow in parts if flow.at_home)
    return Words(
        f"The largest share, {in_percent(yen, total)} of {mean_yen(total)}, goes to"
        f" {material.scenario.suppliers[first].title}; home firms get {in_percent(home, total) if home else 'nothing'}"
        f" under “{policy.title}”",
        "Cost of contracts by the horizon, from maker (left) to mission (right), mean of the futures; bands as thick as"
        " the money, hatched from home firms. Beside a maker: ¥ bn; beside a mission: mean units delivered when due.",
        f"Outlays, and obligations still open at the planning rate; without interval. {material.footing([policy])}",
    )


def _numbers(policy: PolicyAnswer, parts: Sequence[Flow]) -> Numbers:
    n, asked = policy.cost.p50.n, policy.cost.p50.N
    columns = ("policy", "supplier", "mission", "at_home", "mean_signed", "mean_deployed_due", "mean_yen", "n", "N")
    rows: list[tuple[Any, ...]] = [(policy.policy, *flow, n, asked) for flow in parts]
    return Numbers(columns, rows)


def _sums(parts: Sequence[Flow], side: str) -> dict[str, float]:
    """Yen by supplier or mission, the largest first."""
    found: dict[str, float] = {}
    for flow in parts:
        key = getattr(flow, side)
        found[key] = found.get(key, 0.0) + flow.yen
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))


# -- drawing


def _draw(material: Material, parts: Sequence[Flow], words: Words) -> Figure:
    suppliers, missions = _sums(parts, "supplier"), _sums(parts, "mission")
    tall = 0.24 * max(len(suppliers), len(missions)) + 0.8
    figure, (axes,) = sheet(words, Room(height=tall, left=MAKERS_IN, right=MISSIONS_IN, above=0.12, under=0.1))
    gap = _gap(sum(suppliers.values()), max(len(suppliers), len(missions)), tall * POINTS)
    makers, aims = _stacked(suppliers, gap), _stacked(missions, gap)
    left, right = dict(makers), dict(aims)
    order, total = [*suppliers, *missions], sum(suppliers.values())
    for flow in sorted(parts, key=lambda flow: (order.index(flow.supplier), order.index(flow.mission))):
        _band(axes, left[flow.supplier], right[flow.mission], flow.yen, HOME if flow.at_home else ABROAD)
        left[flow.supplier] -= flow.yen
        right[flow.mission] -= flow.yen
    axes.set_xlim(0, 1)
    axes.set_ylim(min(_bottom(makers, suppliers), _bottom(aims, missions)), total)
    axes.axis("off")
    _blocks(axes, suppliers, makers, 0.0)
    _blocks(axes, missions, aims, 1.0 - BLOCK)
    _labels(axes, 0.0, "right", _makers(material, suppliers, makers))
    _labels(axes, 1.0, "left", _aims(material, parts, missions, aims))
    return figure


def _bottom(tops: Mapping[str, float], sums: Mapping[str, float]) -> float:
    return min(tops[id] - yen for id, yen in sums.items())


def _gap(total: float, blocks: int, tall_pt: float) -> float:
    """Yen that are as tall as ``GAP_PT`` where so many blocks and all the money fill the drawing."""
    return total * GAP_PT / (tall_pt - GAP_PT * (blocks - 1))


def _stacked(sums: Mapping[str, float], gap: float) -> dict[str, float]:
    """The top of each block, from the top down."""
    tops = {}
    top = sum(sums.values())
    for id, yen in sums.items():
        tops[id] = top
        top -= yen + gap
    return tops


def _band(axes: Axes, left: float, right: float, yen: float, area: Area) -> None:
    x = np.linspace(BLOCK, 1 - BLOCK, 40)
    bend = (1 - np.cos(np.pi * (x - x[0]) / (x[-1] - x[0]))) / 2
    top = left + (right - left) * bend
    axes.fill_between(x, top - yen, top, alpha=0.75, **area.filling())


def _blocks(axes: Axes, sums: Mapping[str, float], tops: Mapping[str, float], start: float) -> None:
    for id, yen in sums.items():
        axes.fill_between([start, start + BLOCK], tops[id] - yen, tops[id], color=BLUE, linewidth=0.6)


def _makers(material: Material, sums: Mapping[str, float], tops: Mapping[str, float]) -> list[tuple[float, str]]:
    """Labels of the makers at the middle of their blocks; those with little money share one."""
    little = [id for id, yen in sums.items() if yen < LEAST_LABEL * sum(sums.values())]
    named = [id for id in sums if id not in little or len(little) == 1]
    found = [
        (tops[id] - sums[id] / 2, _label(_short(material, id), in_unit(sums[id], BILLION, 1), MAKERS_IN))
        for id in named
    ]
    if len(little) > 1:
        middle = sum(tops[id] - sums[id] / 2 for id in little) / len(little)
        yen = sum(sums[id] for id in little)
        found.append((middle, _label(f"{len(little)} others", in_unit(yen, BILLION, 1), MAKERS_IN)))
    return found


def _short(material: Material, supplier: str) -> str:
    return material.scenario.suppliers[supplier].title.split("(")[0].strip()


def _aims(
    material: Material, parts: Sequence[Flow], sums: Mapping[str, float], tops: Mapping[str, float]
) -> list[tuple[float, str]]:
    """Labels of the missions at the middle of their blocks."""
    units = {id: sum(flow.deployed_due for flow in parts if flow.mission == id) for id in sums}
    return [(tops[id] - sums[id] / 2, _label(material.missions[id], mean_units(units[id]), MISSIONS_IN)) for id in sums]


def _label(name: str, number: str, room_in: float) -> str:
    most_pt = room_in * POINTS - 12 - width_pt(f": {number}", LABEL_PT)
    return f"{one_line(name, most_pt, LABEL_PT)}: {number}"


def _labels(axes: Axes, at: float, side: Literal["left", "right"], labels: Sequence[tuple[float, str]]) -> None:
    for middle, words in labels:
        axes.annotate(
            words, (at, middle), (-4 if side == "right" else 4, 0), textcoords="offset points", size=LABEL_PT, ha=side,
            va="center", annotation_clip=False,
        )  # fmt: skip
