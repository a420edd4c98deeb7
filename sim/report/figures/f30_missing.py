"""Where the missing units are: the mean shortfall of the futures that fall short, place by place, on the due day.

The places of R37 add up to the shortfall exactly. What is ordered beyond the target stands to the left of zero, since
it makes up for units that are elsewhere.

Why: an order that is late and an order that was never placed are mended by different people.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.report import wording
from sim.report.chart import Asked, Chart, Numbers, Words, chart_name
from sim.report.house import BLACK, EDGE_IN, PLACES, POINTS, QUIET, WIDTH_IN, Room, sheet, thousands, width_pt, wrapped
from sim.report.material import Columns, Material, mission_of
from sim.study.answer import MISSING_PLACES, TOO_LOW, PolicyAnswer

NAME: Final = "missing"
HEADING: Final = "Where the missing units are"
NOT_ORDERED: Final = "not_ordered"
ROW_IN: Final = 0.36


class Short(NamedTuple):
    """A mission under a policy, over the futures in which it falls short on its due day."""

    label: str
    policy: str
    mission: str
    runs: int
    """How many fall short."""
    n: int
    N: int
    places: Mapping[str, float]
    """Mean units at each place."""
    missing: float
    """Mean shortfall: the sum of the places."""
    target: float
    """Mean target."""

    def largest(self) -> str:
        """The place that holds most of them."""
        return max(self.places, key=lambda place: self.places[place])


def charts(material: Material, asked: Asked) -> Iterator[Chart]:
    """All missions of one policy in shares of their targets; or one mission under all policies, in units."""
    if asked.mission is None:
        policy = material.policy(asked.policy)
        names = material.missions
        shorts = [_short(material, policy, mission, names[mission]) for mission in material.mission_ids()]
        words = _of_a_policy(material, policy, shorts)
        name = chart_name(NAME, policy.policy)
    else:
        (mission,) = material.mission_ids(asked.mission)
        policies = material.policies(asked.policy)
        shorts = [_short(material, policy, mission, policy.title) for policy in policies]
        words = _of_a_mission(material, mission, policies, shorts)
        name = chart_name(NAME, mission, asked.policy)
    yield Chart(name, words, _numbers(shorts), partial(_draw, shorts, asked.mission is None))


def _short(material: Material, policy: PolicyAnswer, mission: str, label: str) -> Short:
    of_mission = "target", "deployed", "deployed_counted", *MISSING_PLACES
    found = material.columns("missions", policy.policy, ("mission", *of_mission))
    own: Columns = {column: found[column][found["mission"] == mission] for column in of_mission}
    falls = own["target"] > own["deployed_counted"]
    runs, chance = int(falls.sum()), mission_of(policy, mission).deployed.p50
    if not runs:
        return Short(label, policy.policy, mission, 0, chance.n, chance.N, {}, 0.0, float(own["target"].mean()))
    places = {place: float(own[place][falls].mean()) for place in MISSING_PLACES}
    places[TOO_LOW] = float((own["deployed"] - own["deployed_counted"])[falls].mean())
    missing = float((own["target"] - own["deployed_counted"])[falls].mean())
    target = float(own["target"][falls].mean())
    return Short(label, policy.policy, mission, runs, chance.n, chance.N, places, missing, target)


def _of_a_policy(material: Material, policy: PolicyAnswer, shorts: Sequence[Short]) -> Words:
    lacking = [short for short in shorts if short.runs]
    return Words(
        f"{_held_by(lacking)} under “{policy.title}”",
        "Mean units at each place at the end of the due day, in percent of the target, over the futures in which the mission"
        " falls short. At the right: mean units missing, of the mean target; in how many futures.",
        f"{_KEY} Means without interval. {material.footing([policy])}",
    )


def _held_by(lacking: Sequence[Short]) -> str:
    """Whether missions lack orders or lack what they ordered, and where most of that is."""
    if not lacking:
        return "No mission falls short in any future"
    late = [short for short in lacking if short.places[NOT_ORDERED] <= 0]
    counts = {place: sum(short.largest() == place for short in lacking) for place in PLACES}
    most = max(counts, key=lambda place: counts[place])
    if not late:
        return f"None of {len(lacking)} missions that fall short has ordered its whole target"
    verb = "has ordered its" if len(late) == 1 else "have ordered their"
    where = f"what is missing is most often {wording.PLACES[most]}"
    return f"{len(late)} of {len(lacking)} missions that fall short {verb} whole target; {where}"


_KEY: Final = (
    "Left of zero: ordered beyond the target, so that as many of the units at the right are not missing. The mark ◆ is what is"
    " missing: right less left."
)


def _of_a_mission(material: Material, mission: str, policies: Sequence[PolicyAnswer], shorts: Sequence[Short]) -> Words:
    name, counted_as = material.missions[mission], material.scenario.missions[mission].counted_as
    shown = next((short for short in shorts if short.policy == material.leading.policy), shorts[0])
    under = next(policy.title for policy in policies if policy.policy == shown.policy)
    if shown.runs:
        held, place = shown.places[shown.largest()], wording.PLACES[shown.largest()]
        missing = wording.counted(shown.missing, counted_as)
        title = f"{name}: where it falls short, {missing} are missing on average and {held:,.0f} are {place}"
    else:
        title = f"{name}: no future falls short"
    return Words(
        f"{title} under “{under}”",
        f"Mean units at each place at the end of the due day, over the futures in which the mission falls short, counted as"
        f" {counted_as}. At the right: mean units missing, of the mean target; in how many futures.",
        f"{_KEY} Means without interval. {material.footing(policies)}",
    )


def _numbers(shorts: Sequence[Short]) -> Numbers:
    columns = ("policy", "mission", "runs_short", "n", "N", "mean_target_units", "mean_missing_units", *PLACES)
    rows: list[tuple[Any, ...]] = []
    for short in shorts:
        units = (short.places.get(place, 0.0) for place in PLACES)
        rows.append((short.policy, short.mission, short.runs, short.n, short.N, short.target, short.missing, *units))
    return Numbers(columns, rows)


def _draw(shorts: Sequence[Short], in_percent: bool, words: Words) -> Figure:
    shown = [place for place in PLACES if any(abs(short.places.get(place, 0.0)) >= 0.05 for short in shorts)]
    left_in = min(2.2, max(width_pt(short.label, 8.5) for short in shorts) / POINTS + 0.25)
    entries, lines = _key_places(shown)
    above_in = 0.12 + 0.2 * lines + 0.08
    room = Room(height=ROW_IN * len(shorts), left=left_in, right=1.75, above=above_in, under=0.5)
    figure, (axes,) = sheet(words, room)
    _key(axes, entries, above_in)
    for row, short in enumerate(shorts):
        _bar(axes, row, short, shown, 100 / short.target if in_percent and short.target else 1.0)
    _lay_out(axes, shorts, left_in, in_percent)
    return figure


def _bar(axes: Axes, row: int, short: Short, shown: Sequence[str], scale: float) -> None:
    ends = {True: 0.0, False: 0.0}
    for place in shown:
        width = short.places.get(place, 0.0) * scale
        area, beyond = PLACES[place], width < 0
        axes.barh(
            row,
            width,
            left=ends[beyond],
            height=0.56,
            facecolor=area.colour,
            hatch=area.hatch,
            edgecolor=area.ink,
            linewidth=0,
        )
        axes.barh(row, width, left=ends[beyond], height=0.56, facecolor="none", edgecolor=BLACK, linewidth=0.5)
        ends[beyond] += width
    if short.runs:
        axes.plot(
            short.missing * scale, row, marker="D", markersize=5.5, color="white", markeredgecolor=BLACK, zorder=5
        )
    told = (
        f"{short.missing:,.0f} of {short.target:,.0f}; in {short.runs:,} of {short.n:,}" if short.runs else "none short"
    )
    axes.annotate(
        told, (1, row), (8, 0), xycoords=("axes fraction", "data"), textcoords="offset points", size=8.5, va="center",
        annotation_clip=False,
    )  # fmt: skip


def _lay_out(axes: Axes, shorts: Sequence[Short], left_in: float, in_percent: bool) -> None:
    axes.set_ylim(len(shorts) - 0.5, -0.5)
    most_pt = left_in * POINTS - 14
    axes.set_yticks(
        range(len(shorts)), ["\n".join(wrapped(short.label, most_pt, 8.5)[:2]) for short in shorts], linespacing=1.0
    )
    low, high = axes.get_xlim()
    axes.set_xlim(1.03 * min(low, 0.0), 1.03 * max(high, 1.0))
    thousands(axes, "x")
    axes.grid(axis="x")
    axes.axvline(0, color=BLACK, linewidth=0.9, zorder=3)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("percent of the target" if in_percent else "units")


def _key_places(shown: Sequence[str]) -> tuple[list[tuple[str, float, int]], int]:
    """(place, points from the left, line) of each entry of the key, and how many lines it takes."""
    most_pt = (WIDTH_IN - 2 * EDGE_IN) * POINTS
    entries, left_pt, line = [], 0.0, 0
    for place in shown:
        wide_pt = 15 + width_pt(_key_words(place), 8.5) + 12
        if left_pt and left_pt + wide_pt > most_pt:
            left_pt, line = 0.0, line + 1
        entries.append((place, left_pt, line))
        left_pt += wide_pt
    return entries, line + 1


def _key_words(place: str) -> str:
    return "not ordered, or beyond the target" if place == NOT_ORDERED else wording.PLACES[place]


def _key(axes: Axes, entries: Sequence[tuple[str, float, int]], above_in: float) -> None:
    figure = axes.get_figure()
    assert isinstance(figure, Figure), "a panel stands on its sheet"
    height_pt = figure.get_figheight() * POINTS
    top_pt = axes.get_position().y1 * height_pt + above_in * POINTS - 12
    for place, left_pt, line in entries:
        area = PLACES[place]
        x_pt, y_pt = EDGE_IN * POINTS + left_pt, top_pt - 14.4 * line
        corner, size = (x_pt / (WIDTH_IN * POINTS), (y_pt - 7) / height_pt), (11 / (WIDTH_IN * POINTS), 8 / height_pt)
        for kind in ({"facecolor": area.colour, "hatch": area.hatch, "edgecolor": area.ink, "linewidth": 0},
                     {"facecolor": "none", "edgecolor": QUIET, "linewidth": 0.6}):  # fmt: skip
            figure.add_artist(Rectangle(corner, *size, transform=figure.transFigure, **kind))  # type: ignore[arg-type]
        figure.text((x_pt + 15) / (WIDTH_IN * POINTS), (y_pt - 3) / height_pt, _key_words(place), size=8.5, va="center")
