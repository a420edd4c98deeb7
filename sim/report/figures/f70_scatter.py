"""Money against result: each future's cost and weighted fulfilment, policy by policy.

A small mark is one future, a large one the policy's means; all policies meet the same futures.

Why: two policies that differ in the middle may be one cloud, and a cheaper one may lie inside a dearer one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.report import wording
from sim.report.chart import Asked, Chart, Numbers, Words, chart_name
from sim.report.house import look
from sim.report.lettering import apart, wrapped
from sim.report.material import Material, or_zero
from sim.report.sheet import Room, panel_pt, sheet
from sim.study.answer import PolicyAnswer

NAME: Final = "scatter"
HEADING: Final = "Money against result"
BILLION: Final = 1e9
MANY: Final = 1500
"""More marks than this are drawn as a picture inside the drawing, or the file would be large."""


class Cloud(NamedTuple):
    """A policy's runs."""

    policy: PolicyAnswer
    replications: NDArray[Any]
    cost_yen: NDArray[Any]
    fulfilment: NDArray[Any]

    @property
    def middle(self) -> tuple[float, float]:
        """Median cost in ¥ bn, and mean fulfilment in percent."""
        return or_zero(self.policy.cost.p50) / BILLION, 100 * or_zero(self.policy.fulfilment)


def charts(material: Material, asked: Asked) -> Iterator[Chart]:
    """One chart of all policies, or of the one asked for."""
    material.mission_ids(asked.mission)
    clouds = [_cloud(material, policy) for policy in material.policies(asked.policy)]
    yield Chart(
        chart_name(NAME, asked.policy), _words(material, clouds), _numbers(clouds), partial(_draw, material, clouds)
    )


def _cloud(material: Material, policy: PolicyAnswer) -> Cloud:
    found = material.of_runs(policy.policy, ("replication", "cost", "fulfilment"))
    return Cloud(policy, found["replication"], found["cost"], found["fulfilment"])


def _words(material: Material, clouds: Sequence[Cloud]) -> Words:
    most = max(clouds, key=lambda cloud: or_zero(cloud.policy.fulfilment))
    least = min(clouds, key=lambda cloud: or_zero(cloud.policy.cost.p50))
    title = f"“{most.policy.title}” brings {_share(most)} of what is wanted for {_middle(most)}"
    if least is most and len(clouds) > 1:
        title += ", more than any other policy and for the least money"
    elif least is not most:
        title += f"; the cheapest, “{least.policy.title}”, {_share(least)} for {_middle(least)}"
    return Words(
        title,
        "A small mark is one future: its cost, and its weighted fulfilment, the share of targets in service when due.",
        f"Large marks: median cost and mean fulfilment. {material.footing([cloud.policy for cloud in clouds])}",
    )


def _share(cloud: Cloud) -> str:
    return f"{wording.percent(or_zero(cloud.policy.fulfilment))} %"


def _middle(cloud: Cloud) -> str:
    return wording.billions(or_zero(cloud.policy.cost.p50))


def _numbers(clouds: Sequence[Cloud]) -> Numbers:
    rows: list[tuple[Any, ...]] = []
    for cloud in clouds:
        asked = cloud.policy.cost.p50.N
        for replication, cost, fulfilment in zip(cloud.replications, cloud.cost_yen, cloud.fulfilment, strict=True):
            run = int(replication), int(cost), float(fulfilment)
            rows.append((cloud.policy.policy, *run, len(cloud.cost_yen), asked))
    return Numbers(("policy", "replication", "cost_yen", "fulfilment", "n", "N"), rows)


def _draw(material: Material, clouds: Sequence[Cloud], words: Words) -> Figure:
    room = Room(height=3.3, left=0.55, right=1.75, above=0.32, under=0.5)
    figure, (axes,) = sheet(words, room)
    heavy = sum(len(cloud.cost_yen) for cloud in clouds) > MANY
    for cloud in clouds:
        style = look(material.study.policies.index(cloud.policy.policy))
        axes.plot(
            cloud.cost_yen / BILLION, 100 * cloud.fulfilment, linestyle="", marker=style.marker, markersize=4,
            color=style.colour, alpha=0.45, markeredgewidth=0, rasterized=heavy,
        )  # fmt: skip
    for cloud in clouds:
        style = look(material.study.policies.index(cloud.policy.policy))
        axes.plot(
            *cloud.middle, marker=style.marker, markersize=10, color=style.colour,
            markeredgecolor="white", markeredgewidth=1.2, zorder=5,
        )  # fmt: skip
    axes.set_xlabel("cost, ¥ bn")
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.set_title("weighted fulfilment, percent", weight="normal", size=8.5)
    axes.margins(x=0.04, y=0.06)
    axes.grid(axis="both")
    _name(axes, material, clouds)
    return figure


def _name(axes: Axes, material: Material, clouds: Sequence[Cloud]) -> None:
    """The policies' names at the right, level with their means, each with its mark."""
    bottom, top = axes.get_ylim()
    wide_pt, tall_pt = panel_pt(axes)
    scale = tall_pt / (top - bottom)
    wanted = [(cloud.middle[1] - bottom) * scale for cloud in clouds]
    names = [[*wrapped(cloud.policy.title, 100, 8.5), f"{_share(cloud)}, {_middle(cloud)}"] for cloud in clouds]
    step = 11.0 * max(len(lines) for lines in names) + 4
    heights = apart(wanted, step, step / 2, tall_pt - step / 2)
    for cloud, at_pt, lines in zip(clouds, heights, names, strict=True):
        style = look(material.study.policies.index(cloud.policy.policy))
        words = "\n".join(lines)
        at = 1 + 10 / wide_pt, at_pt / tall_pt
        axes.plot(*at, style.marker, transform=axes.transAxes, markersize=7, color=style.colour, clip_on=False)
        axes.annotate(
            words, (1, at[1]), (18, 0), xycoords="axes fraction", textcoords="offset points", size=8.5, va="center",
            annotation_clip=False,
        )  # fmt: skip
