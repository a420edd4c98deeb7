"""The flow: money and units from suppliers and home firms to missions.

Left the makers, right the missions; a band is as thick as the money that a contract between the two comes to, and
hatched where it is a home firm's.

Why: one picture of who gets the money and who gets the drones, before anybody reads a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from textwrap import shorten
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report import wording
from sim.report.chart import Asked, Chart, Numbers, Words, chart_name
from sim.report.house import BLUE, ORANGE, SKY, WHITE, Area
from sim.report.material import Material
from sim.report.sheet import Room, sheet
from sim.study.answer import PolicyAnswer
from sim.study.home import Flow, flows

NAME: Final = "flow"
HEADING: Final = "Who supplies what: from makers to missions"
ABROAD, HOME = Area(SKY), Area(ORANGE, "////", WHITE)
BILLION: Final = 1e9
GAP: Final = 0.022
"""Between two blocks, as a share of all the money."""
LEAST_LABEL: Final = 0.0015
"""A block with less of the money than this has no words."""


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
            partial(_draw, material, parts),
        )


def _words(material: Material, policy: PolicyAnswer, parts: Sequence[Flow]) -> Words:
    by_supplier = _sums(parts, "supplier")
    total = sum(by_supplier.values())
    first, yen = next(iter(by_supplier.items()))
    home = sum(flow.yen for flow in parts if flow.at_home)
    return Words(
        f"{material.scenario.suppliers[first].title} gets the largest share, {100 * yen / total:.0f} % of"
        f" {wording.billions(total)}, and home firms {100 * home / total:.0f} % under “{policy.title}”",
        "Cost of contracts by the horizon, from maker (left) to mission (right), mean of the futures; bands as thick as"
        " the money, hatched from home firms. Beside a maker: ¥ bn; beside a mission: mean units in service when due.",
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
    figure, (axes,) = sheet(words, Room(height=tall, left=2.25, right=2.0, above=0.12, under=0.1))
    tops = _stacked(suppliers), _stacked(missions)
    left, right = dict(tops[0]), dict(tops[1])
    order = {mission: place for place, mission in enumerate(missions)}
    for flow in sorted(parts, key=lambda flow: (list(suppliers).index(flow.supplier), order[flow.mission])):
        area = HOME if flow.at_home else ABROAD
        _band(axes, left[flow.supplier], right[flow.mission], flow.yen, area)
        left[flow.supplier] -= flow.yen
        right[flow.mission] -= flow.yen
    total = sum(suppliers.values())
    _blocks(
        axes,
        suppliers,
        tops[0],
        0.0,
        "right",
        {id: f"{_maker(material, id)}: {yen / BILLION:,.1f}" for id, yen in suppliers.items()},
        total,
    )
    names = {id: _aim(material, id, parts) for id in missions}
    _blocks(axes, missions, tops[1], 1.0, "left", names, total)
    axes.set_xlim(0, 1)
    low = min(top - yen for tops_of, sums in zip(tops, (suppliers, missions), strict=True)
              for (id, top), yen in zip(tops_of.items(), sums.values(), strict=True))  # fmt: skip
    axes.set_ylim(low, total * 1.0)
    axes.axis("off")
    return figure


def _stacked(sums: Mapping[str, float]) -> dict[str, float]:
    """The top of each block, from the top down."""
    total, tops = sum(sums.values()), {}
    top = total
    for id, yen in sums.items():
        tops[id] = top
        top -= yen + GAP * total
    return tops


def _band(axes: Axes, left: float, right: float, yen: float, area: Area) -> None:
    x = np.linspace(0.03, 0.97, 40)
    bend = (1 - np.cos(np.pi * (x - x[0]) / (x[-1] - x[0]))) / 2
    top = left + (right - left) * bend
    axes.fill_between(x, top - yen, top, alpha=0.75, **area.filling())


def _blocks(
    axes: Axes,
    sums: Mapping[str, float],
    tops: Mapping[str, float],
    at: float,
    side: Any,
    names: Mapping[str, str],
    total: float,
) -> None:
    for id, yen in sums.items():
        start = at if at == 0.0 else at - 0.03
        axes.fill_between([start, start + 0.03], tops[id] - yen, tops[id], color=BLUE, linewidth=0)
        if yen >= LEAST_LABEL * total:
            axes.annotate(
                names[id], (at, tops[id] - yen / 2), (-4 if side == "right" else 4, 0), textcoords="offset points",
                size=7.5, ha=side, va="center", annotation_clip=False,
            )  # fmt: skip


def _maker(material: Material, id: str) -> str:
    return shorten(material.scenario.suppliers[id].title.split("(")[0].strip(), 30, placeholder=" …")


def _aim(material: Material, mission: str, parts: Sequence[Flow]) -> str:
    units = sum(flow.deployed_due for flow in parts if flow.mission == mission)
    return f"{shorten(material.missions[mission], 30, placeholder=' …')}: {units:,.0f}"
