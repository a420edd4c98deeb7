"""The fan: units in service month by month, as they spread over the futures, against target and due day.

A panel a mission; of one mission alone, a large one with its numbers. Bands are quantiles at each month's end, of the
runs that did not fail; they are no paths that a run would follow.

Why: a mission that is six months late in the middle is another problem than one that never moves.
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
from sim.report.house import BLUE, NAVY, PALE_SKY, RUST, SKY, VERMILION
from sim.report.material import Material, mission_of, or_zero
from sim.report.panels import named_panels
from sim.report.sheet import Room, say_at_right, sheet, thousands
from sim.report.time_axis import as_of, due, fiscal_years
from sim.store.tables import MONTHLY, MONTHS
from sim.study.answer import MissionAnswer, PolicyAnswer
from sim.study.monthly import LEVELS, Levels, levels_of, levels_of_counts

NAME: Final = "fan"
HEADING: Final = "Units in service, month by month"
_BANDS: Final = "Light band P10–P90, dark band P25–P75, line the median of the futures at each month’s end."
_UNCOUNTED: Final = " Drawn are all units in service; those of too low a quality do not count towards the target."


class Fan(NamedTuple):
    """A mission's units in service at the ends of months."""

    mission: MissionAnswer
    levels: Levels
    width: int
    """Of the bins that its quantiles come from; 1 where they are the runs' own values."""


def charts(material: Material, asked: Asked) -> Iterator[Chart]:
    """One chart of the leading policy or the one asked for: of all missions, or of the one asked for."""
    policy, missions = material.policy(asked.policy), material.mission_ids(asked.mission)
    fans = list(_fans(material, policy, missions))
    alone = len(fans) == 1
    yield Chart(
        chart_name(NAME, missions[0] if alone else None, policy.policy),
        _of_one(material, policy, fans[0]) if alone else _of_all(material, policy, fans),
        _numbers(material, policy, fans),
        partial(_draw_one, material, fans[0]) if alone else partial(_draw_all, material, fans),
    )


def _fans(material: Material, policy: PolicyAnswer, missions: Sequence[str]) -> Iterator[Fan]:
    """From the months run by run where the study kept them, else from their counts."""
    if material.study.has(MONTHLY.name):
        found = material.columns(MONTHLY.name, policy.policy, ("month", "mission", "deployed"))
        for mission in missions:
            yield Fan(mission_of(policy, mission), levels_of(found, mission, material.clock), 1)
        return
    counts = material.columns(MONTHS.name, policy.policy, ("month", "of", "measure", "least", "runs"))
    steps = material.study.steps.missions
    for mission in missions:
        yield Fan(mission_of(policy, mission), levels_of_counts(counts, mission, material.clock), steps[mission])


def _bands(fans: Sequence[Fan]) -> str:
    """What the bands are, and how exact."""
    width = max(fan.width for fan in fans)
    return f"{_BANDS} Quantiles are lower ends of bins, at most {width:,} wide." if width > 1 else _BANDS


def _uncounted(material: Material, policy: PolicyAnswer) -> set[str]:
    """Missions with units in service of too low a quality."""
    found = material.columns("missions", policy.policy, ("mission", "deployed", "deployed_counted"))
    return set(found["mission"][found["deployed"] > found["deployed_counted"]])


def _of_one(material: Material, policy: PolicyAnswer, fan: Fan) -> Words:
    of = fan.mission
    date = wording.long_date(of.due_day, material.calendar)
    target = "the target" if of.target.varies else wording.counted(or_zero(of.target.p50), of.counted_as)
    reach = wording.so_many(of.chance, "reaches", "reach")
    return Words(
        f"{material.missions[of.mission]}: {wording.inside(reach)} {target} by {date}",
        f"In service under “{policy.title}”, counted as {of.counted_as}. On the due day, median and P10–P90:"
        f" {wording.spread(of.deployed)} in service, of {wording.spread(of.target)} wanted.",
        f"{_bands([fan])} Chance {wording.percent(or_zero(of.chance))} %, {wording.interval_percent(of.chance)}."
        f"{_UNCOUNTED if of.mission in _uncounted(material, policy) else ''} {material.footing([policy])}",
    )


def _of_all(material: Material, policy: PolicyAnswer, fans: Sequence[Fan]) -> Words:
    behind = min(fans, key=lambda fan: _share(fan.mission)).mission
    there = sum(or_zero(fan.mission.deployed.p50) >= or_zero(fan.mission.target.p50) for fan in fans)
    middle, wanted = wording.whole(behind.deployed.p50.value), wording.whole(behind.target.p50.value)
    title = f"When due, the middle future has its target in service in {there or 'none'} of {len(fans)} missions"
    if there < len(fans):
        title += f"; furthest behind is {wording.inside(material.missions[behind.mission])}, {middle} of {wanted},"
    uncounted = _uncounted(material, policy) & {fan.mission.mission for fan in fans}
    return Words(
        f"{title} under “{policy.title}”",
        "Units in service against the target (dashed, with its P10–P90). Under each name: median in service when due,"
        " of the median target; chance of the mission.",
        f"{_bands(fans)} The upright is the due day.{_UNCOUNTED if uncounted else ''} {material.footing([policy])}",
    )


def _share(of: MissionAnswer) -> float:
    return or_zero(of.deployed.p50) / max(or_zero(of.target.p50), 1.0)


def _numbers(material: Material, policy: PolicyAnswer, fans: Sequence[Fan]) -> Numbers:
    columns = ("policy", "mission", "month_end", *(f"p{100 * level:.0f}_units" for level in LEVELS), "n", "N")
    rows: list[tuple[Any, ...]] = []
    for of, levels, _ in fans:
        n, asked = of.deployed.p50.n, of.deployed.p50.N
        for day, units in zip(levels.days, levels.quantiles.T, strict=True):
            rows.append((policy.policy, of.mission, material.calendar.iso(int(day)), *map(int, units), n, asked))
    return Numbers(columns, rows)


# -- drawing


def _draw_one(material: Material, fan: Fan, words: Words) -> Figure:
    figure, (axes,) = sheet(words, Room(height=2.7, left=0.62, right=1.15, above=0.12, under=0.34))
    clock, target = material.clock, fan.mission.target
    _panel(axes, material, fan)
    axes.annotate(
        f"target {wording.spread(target)}", (clock.as_of_day, or_zero(target.p50)), (4, 3), color=RUST, size=8.5,
        textcoords="offset points", va="bottom",
    )  # fmt: skip
    as_of(axes, clock.as_of_day, material.calendar)
    due(axes, fan.mission.due_day, material.calendar)
    say_at_right(axes, [(value, words, NAVY) for value, words in _ends(fan.levels.quantiles[:, -1])])
    return figure


def _draw_all(material: Material, fans: Sequence[Fan], words: Words) -> Figure:
    names = [(material.missions[fan.mission.mission], _under(fan.mission)) for fan in fans]
    figure, panels = named_panels(words, names)
    for axes, fan in zip(panels, fans, strict=True):
        _panel(axes, material, fan)
        due(axes, fan.mission.due_day, material.calendar, said=False)
    return figure


def _under(of: MissionAnswer) -> str:
    share = "–" if of.chance.value is None else f"{100 * of.chance.value:.0f} %"
    return f"{wording.whole(of.deployed.p50.value)} of {wording.whole(of.target.p50.value)}; chance {share}"


def _panel(axes: Axes, material: Material, fan: Fan) -> None:
    target, days = fan.mission.target, fan.levels.days
    fiscal_years(axes, material.calendar, 0, material.clock.horizon_day)
    low, quarter, middle, three, high = fan.levels.quantiles
    axes.fill_between(days, low, high, color=PALE_SKY, linewidth=0)
    axes.fill_between(days, quarter, three, color=SKY, linewidth=0)
    axes.plot(days, middle, color=BLUE)
    axes.set_ylim(0, 1.18 * max(float(high.max()), or_zero(target.p90), 1.0))
    thousands(axes, "y")
    axes.grid(axis="y")
    if target.varies:
        axes.axhspan(or_zero(target.p10), or_zero(target.p90), color=VERMILION, alpha=0.12, linewidth=0, zorder=0)
    axes.axhline(or_zero(target.p50), color=VERMILION, linewidth=1.4, dashes=(5, 2), zorder=2)


def _ends(last: NDArray[Any]) -> list[tuple[float, str]]:
    """What stands at the end of each line; lines that end at one value share their words."""
    names = ("P10", "P25", "median", "P75", "P90")
    found: list[tuple[float, str]] = []
    for value in sorted({float(value) for value in last}):
        own = [name for name, other in zip(names, last, strict=True) if float(other) == value]
        name = own[0] if len(own) == 1 else f"{own[0]}–{own[-1]}".replace("median", "P50")
        found.append((value, f"{name} {wording.whole(value)}"))
    return found
