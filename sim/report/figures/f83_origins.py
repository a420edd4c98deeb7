"""Where parts come from: the value of parts used in home lines, by family and country of origin.

Means over the runs, of all lots built by the horizon.

Why: a home industry on another country's motors is a dependence with a longer chain.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from textwrap import shorten
from typing import Any, Final

from matplotlib.figure import Figure
from matplotlib.patches import Patch

from sim.report import wording
from sim.report.chart import Asked, Chart, Numbers, Words, chart_name
from sim.report.house import BLACK, BLUE, GREEN, ORANGE, OUTLINE, PALE, SKY, WHITE, YELLOW, Area
from sim.report.material import Material
from sim.report.sheet import Room, beside, sheet
from sim.study.answer import PolicyAnswer
from sim.study.home import parts_by_origin

NAME: Final = "origins"
HEADING: Final = "Where the parts of home drones come from"
AREAS: Final = (
    Area(BLUE), Area(ORANGE, "////", WHITE), Area(PALE), Area(SKY, "....", WHITE), Area(YELLOW, "xxxx", WHITE),
    Area(GREEN, "----", WHITE), Area(WHITE, "\\\\\\\\", BLACK),
)  # fmt: skip
BILLION: Final = 1e9
MILLION: Final = 1e6
Sums = Mapping[tuple[str, str], float]


def charts(material: Material, asked: Asked) -> Iterator[Chart]:
    """One chart of the leading policy or the one asked for, where any part was used."""
    policy = material.policy(asked.policy)
    found = material.columns("parts", policy.policy, ("family", "origin", "yen"))
    if not len(found["family"]):
        return
    sums = parts_by_origin(found, policy.cost.p50.n)
    yield Chart(
        chart_name(NAME, policy.policy),
        _words(material, policy, sums),
        _numbers(policy, sums),
        partial(_draw, material, sums),
    )


def _by(sums: Sums, place: int) -> dict[str, float]:
    """Yen by family (0) or origin (1), the largest first."""
    found: dict[str, float] = {}
    for key, yen in sums.items():
        found[key[place]] = found.get(key[place], 0.0) + yen
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def _unit(sums: Sums) -> tuple[float, str]:
    """Yen of the axis, and its name: billions where any family has one."""
    return (BILLION, "¥ bn") if max(_by(sums, 0).values(), default=0.0) >= BILLION else (MILLION, "¥ m")


def _words(material: Material, policy: PolicyAnswer, sums: Sums) -> Words:
    origins = _by(sums, 1)
    total = sum(origins.values())
    first, yen = next(iter(origins.items()))
    share = 100 * yen / total if total else 0.0
    return Words(
        f"{share:.0f} % of the value of parts in home drones under “{policy.title}” comes from {first}",
        f"Value of parts used by the horizon, in {_unit(sums)[1]}, by part family and country of origin;"
        f" {wording.billions(total)} in all.",
        f"Means of the futures, without interval. Parts count at what they are worth to the product they go into."
        f" {material.footing([policy])}",
    )


def _numbers(policy: PolicyAnswer, sums: Sums) -> Numbers:
    n, asked = policy.cost.p50.n, policy.cost.p50.N
    rows: list[tuple[Any, ...]] = [(policy.policy, *key, yen, n, asked) for key, yen in sums.items()]
    return Numbers(("policy", "family", "origin", "mean_yen", "n", "N"), rows)


def _draw(material: Material, sums: Sums, words: Words) -> Figure:
    families, origins = list(_by(sums, 0)), list(_by(sums, 1))
    areas = {origin: AREAS[min(place, len(AREAS) - 1)] for place, origin in enumerate(origins)}
    unit, _ = _unit(sums)
    figure, (axes,) = sheet(words, Room(height=0.26 * len(families) + 0.2, left=2.05, right=0.7, above=0.4, under=0.3))
    for row, family in enumerate(families):
        left = 0.0
        for origin in origins:
            width = sums.get((family, origin), 0.0) / unit
            if width:
                axes.barh(row, width, left=left, height=0.7, **areas[origin].filling())
                axes.barh(row, width, left=left, height=0.7, **OUTLINE)
            left += width
        beside(axes, row, f"{left:,.2f}" if unit == BILLION else f"{left:,.1f}")
    _key(axes, origins, areas)
    axes.set_yticks(range(len(families)), [_title(material, family) for family in families])
    axes.set_ylim(len(families) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
    return figure


def _title(material: Material, family: str) -> str:
    return shorten(material.scenario.part_families[family].title.split("(")[0].strip(), 28, placeholder=" …")


def _key(axes: Any, origins: Sequence[str], areas: Mapping[str, Area]) -> None:
    """The origins' fillings, above the bars."""
    axes.legend(
        handles=[Patch(label=origin, **areas[origin].filling()) for origin in origins],
        loc="lower left", bbox_to_anchor=(0, 1.0), ncols=min(4, len(origins)), frameon=False, borderaxespad=0.2,
    )  # fmt: skip
