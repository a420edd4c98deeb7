"""Where parts come from: the value of parts used in home lines, by family and country of origin.

Means over the runs, of all lots built by the horizon.

Why: a home industry on another country's motors is a dependence with a longer chain.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.chart import Asked, Chart, Numbers, Words, chart_name
from sim.report.house import BLACK, BLUE, GREEN, ORANGE, OUTLINE, PALE, SKY, VERMILION, WHITE, YELLOW, Area
from sim.report.key import draw_key, key_of
from sim.report.lettering import one_line
from sim.report.material import Material
from sim.report.means import BILLION, MILLION, in_percent, in_unit, mean_yen
from sim.report.sheet import POINTS, Room, beside, sheet
from sim.study.answer import PolicyAnswer
from sim.study.home import parts_by_origin

NAME: Final = "origins"
HEADING: Final = "Where the parts of home drones come from"
AREAS: Final = (
    Area(BLUE), Area(ORANGE, "////", WHITE), Area(PALE), Area(SKY, "....", WHITE), Area(YELLOW, "xxxx", WHITE),
    Area(GREEN, "----", WHITE), Area(WHITE, "\\\\\\\\", BLACK), Area(VERMILION, "++++", WHITE),
)  # fmt: skip
"""One an origin of the scenario, the same under each policy; where there are more, the last ones share the last."""
NAMES_IN: Final = 2.25
"""Room for the families' names."""
Sums = Mapping[tuple[str, str], float]


def charts(material: Material, asked: Asked) -> Iterator[Chart]:
    """One chart of the leading policy or the one asked for, where any part was used."""
    policy = material.policy(asked.policy)
    found = material.columns("parts", policy.policy, ("family", "origin", "yen"))
    if not found["yen"].any():
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


def _unit(sums: Sums) -> tuple[float, str, int]:
    """Yen of the axis, its name and its decimals: billions where any family has one."""
    return (BILLION, "¥ bn", 2) if max(_by(sums, 0).values()) >= BILLION else (MILLION, "¥ m", 1)


def _words(material: Material, policy: PolicyAnswer, sums: Sums) -> Words:
    origins = _by(sums, 1)
    total = sum(origins.values())
    first, yen = next(iter(origins.items()))
    return Words(
        f"{in_percent(yen, total)} of the value of parts in home drones under “{policy.title}” comes from {first}",
        f"Value of parts used by the horizon, in {_unit(sums)[1]}, by part family and country of origin;"
        f" {mean_yen(total)} in all.",
        f"Means of the futures, without interval. Parts count at what they are worth to the product they go into."
        f" {material.footing([policy])}",
    )


def _numbers(policy: PolicyAnswer, sums: Sums) -> Numbers:
    n, asked = policy.cost.p50.n, policy.cost.p50.N
    rows: list[tuple[Any, ...]] = [(policy.policy, *key, yen, n, asked) for key, yen in sums.items()]
    return Numbers(("policy", "family", "origin", "mean_yen", "n", "N"), rows)


def _draw(material: Material, sums: Sums, words: Words) -> Figure:
    families, looks = list(_by(sums, 0)), _looks(material, list(_by(sums, 1)))
    key = key_of(list(dict(looks.values()).items()))
    above_in = 0.2 + key.tall_in
    room = Room(height=0.26 * len(families) + 0.2, left=NAMES_IN, right=0.7, above=above_in, under=0.3)
    figure, (axes,) = sheet(words, room)
    draw_key(figure, axes, above_in, key)
    unit, _, decimals = _unit(sums)
    for row, family in enumerate(families):
        _bar(axes, row, [(sums.get((family, origin), 0.0) / unit, area) for origin, (_, area) in looks.items()])
        beside(axes, row, in_unit(_by(sums, 0)[family], unit, decimals))
    axes.set_yticks(range(len(families)), [_title(material, family) for family in families])
    axes.set_ylim(len(families) - 0.4, -0.6)
    axes.set_xlim(0, 1.03 * max(_by(sums, 0).values()) / unit)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
    return figure


def _bar(axes: Axes, row: int, pieces: Sequence[tuple[float, Area]]) -> None:
    left = 0.0
    for width, area in pieces:
        if width:
            for look in (area.filling(), OUTLINE):
                axes.barh(row, width, left=left, height=0.7, **look)
        left += width


def _title(material: Material, family: str) -> str:
    name = material.scenario.part_families[family].title.split("(")[0].strip()
    return one_line(name, NAMES_IN * POINTS - 10, 9)


def _looks(material: Material, shown: Sequence[str]) -> dict[str, tuple[str, Area]]:
    """Of each origin shown its words in the key and its filling."""
    known = list(dict.fromkeys(source.origin for source in material.scenario.part_sources.values()))
    last = len(AREAS) - 1
    several = len(known) > len(AREAS)
    places = {origin: min(known.index(origin), last) for origin in shown}
    return {
        origin: ("other countries" if several and place == last else origin, AREAS[place])
        for origin, place in places.items()
    }
