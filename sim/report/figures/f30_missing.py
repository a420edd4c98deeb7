"""Where the missing units are: the mean shortfall of the futures that fall short, place by place, on the due day.

The places of R37 add up to the shortfall exactly. What is ordered beyond the target stands to the left of zero, since
it makes up for units that are elsewhere.

Why: an order that is late and an order that was never placed are mended by different people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report import wording
from sim.report.chart import Asked, Chart, Numbers, Words, chart_name
from sim.report.house import BLACK, OUTLINE, PLACES
from sim.report.key import draw_key, key_of
from sim.report.lettering import width_pt, wrapped
from sim.report.material import Columns, Material, mission_of
from sim.report.sheet import POINTS, Room, beside, sheet, thousands
from sim.study.answer import PolicyAnswer
from sim.study.shortfall import OF_A_MISSION, Shortfall, shortfall_of

NAME: Final = "missing"
HEADING: Final = "Where the missing units are"
NOT_ORDERED: Final = "not_ordered"
ROW_IN: Final = 0.36


class Short(NamedTuple):
    """A mission under a policy, over the futures in which it falls short on its due day."""

    label: str
    policy: str
    mission: str
    n: int
    N: int
    of: Shortfall


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
    found = material.columns("missions", policy.policy, ("mission", *OF_A_MISSION))
    own: Columns = {column: found[column][found["mission"] == mission] for column in OF_A_MISSION}
    done = mission_of(policy, mission).deployed.p50
    return Short(label, policy.policy, mission, done.n, done.N, shortfall_of(own))


def _of_a_policy(material: Material, policy: PolicyAnswer, shorts: Sequence[Short]) -> Words:
    return Words(
        f"{_held_by([short for short in shorts if short.of.runs])} under “{policy.title}”",
        "Mean units at each place at the end of the due day, in percent of the target, over the futures that fall"
        " short. At the right: mean units missing, of the mean target; in how many futures.",
        f"{_key(shorts)} Means without interval. {material.footing([policy])}",
    )


def _held_by(lacking: Sequence[Short]) -> str:
    """Whether missions lack orders or lack what they ordered, and where most of that is."""
    if not lacking:
        return "No mission falls short in any future"
    late = sum(short.of.places[NOT_ORDERED] <= 0 for short in lacking)
    counts = {place: sum(short.of.largest() == place for short in lacking) for place in PLACES}
    most = max(counts, key=lambda place: counts[place])
    where = f"what is missing is most often {wording.PLACES[most]}"
    if late == len(lacking):
        return f"All missions that fall short have ordered their whole target on average; {where}"
    have = "has ordered its" if late == 1 else "have ordered their"
    return f"{late or 'None'} of {len(lacking)} missions that fall short {have} whole target on average; {where}"


def _key(shorts: Sequence[Short]) -> str:
    """What stands left of zero, where anything does."""
    if all(short.of.places.get(NOT_ORDERED, 0.0) >= 0 for short in shorts):
        return "◇ is all that is missing."
    left = "Left of zero: ordered beyond the target, so that as many of the units at the right are not missing."
    return f"{left} ◇ is what is missing: right less left."


def _of_a_mission(material: Material, mission: str, policies: Sequence[PolicyAnswer], shorts: Sequence[Short]) -> Words:
    name, counted_as = material.missions[mission], material.scenario.missions[mission].counted_as
    shown = next((short for short in shorts if short.policy == material.leading.policy), shorts[0])
    under = next(policy.title for policy in policies if policy.policy == shown.policy)
    title = f"{name}: no future falls short"
    if shown.of.runs:
        held, place = shown.of.places[shown.of.largest()], wording.PLACES[shown.of.largest()]
        missing = wording.counted(shown.of.missing, counted_as)
        title = f"{name}: where it falls short, {missing} are missing on average; the most, {held:,.0f}, are {place},"
    return Words(
        f"{title} under “{under}”",
        f"Mean units at each place at the end of the due day, over the futures that fall short."
        f" Counted as {counted_as}. At the right: mean units missing, of the mean target; in how many futures.",
        f"{_key(shorts)} Means without interval. {material.footing(policies)}",
    )


def _numbers(shorts: Sequence[Short]) -> Numbers:
    columns = ("policy", "mission", "runs_short", "n", "N", "mean_target_units", "mean_missing_units", *PLACES)
    rows: list[tuple[Any, ...]] = []
    for short in shorts:
        of = short.of
        units = (of.places.get(place, 0.0) for place in PLACES)
        rows.append((short.policy, short.mission, of.runs, short.n, short.N, of.target, of.missing, *units))
    return Numbers(columns, rows)


# -- drawing


def _draw(shorts: Sequence[Short], in_percent: bool, words: Words) -> Figure:
    shown = [place for place in PLACES if any(abs(short.of.places.get(place, 0.0)) >= 0.05 for short in shorts)]
    key = key_of([(_key_words(place), PLACES[place]) for place in shown])
    left_in = min(2.2, max(width_pt(short.label, 8.5) for short in shorts) / POINTS + 0.25)
    above_in = 0.2 + key.tall_in
    room = Room(height=ROW_IN * len(shorts), left=left_in, right=1.75, above=above_in, under=0.5)
    figure, (axes,) = sheet(words, room)
    draw_key(figure, axes, above_in, key)
    scales = [100 / short.of.target if in_percent and short.of.target else 1.0 for short in shorts]
    _bars(axes, shorts, shown, scales)
    for row, (short, scale) in enumerate(zip(shorts, scales, strict=True)):
        _say(axes, row, short, scale)
    _lay_out(axes, shorts, left_in, in_percent)
    return figure


def _key_words(place: str) -> str:
    return "not ordered, or beyond the target" if place == NOT_ORDERED else wording.PLACES[place]


def _bars(axes: Axes, shorts: Sequence[Short], shown: Sequence[str], scales: Sequence[float]) -> None:
    """A bar a mission, place behind place; what is below zero goes to the left."""
    ends = [{True: 0.0, False: 0.0} for _ in shorts]
    for place in shown:
        widths = [short.of.places.get(place, 0.0) * scale for short, scale in zip(shorts, scales, strict=True)]
        drawn = [(row, width, ends[row][width < 0]) for row, width in enumerate(widths) if width]
        rows, lengths, lefts = zip(*drawn, strict=True)
        for options in (PLACES[place].filling(), OUTLINE):
            axes.barh(rows, lengths, left=lefts, height=0.56, **options)
        for row, width, _ in drawn:
            ends[row][width < 0] += width


def _say(axes: Axes, row: int, short: Short, scale: float) -> None:
    """What is missing, as a mark in the bar and as numbers beside it."""
    of = short.of
    if not of.runs:
        beside(axes, row, f"none of {short.n:,} futures", 8)
        return
    axes.plot(of.missing * scale, row, "D", markersize=5.5, color="white", markeredgecolor=BLACK, zorder=5)
    beside(axes, row, f"{of.missing:,.0f} of {of.target:,.0f}; in {of.runs:,} of {short.n:,}", 8)


def _lay_out(axes: Axes, shorts: Sequence[Short], left_in: float, in_percent: bool) -> None:
    axes.set_ylim(len(shorts) - 0.5, -0.5)
    labels = ["\n".join(wrapped(short.label, left_in * POINTS - 14, 8.5)[:2]) for short in shorts]
    axes.set_yticks(range(len(shorts)), labels, linespacing=1.0)
    low, high = axes.get_xlim()
    axes.set_xlim(1.03 * min(low, 0.0), 1.03 * max(high, 1.0))
    thousands(axes, "x")
    axes.grid(axis="x")
    axes.axvline(0, color=BLACK, linewidth=0.9, zorder=3)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("percent of the target" if in_percent else "units")
