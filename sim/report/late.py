"""Whose units are late: a bar a supplier, mission by mission, in percent of the mission's target.

A supplier of several missions has a bar in each.

Why: whoever is to be called on the telephone has a name, and stands in no list of places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report import wording
from sim.report.chart import Words
from sim.report.falling import TARGET, short_number
from sim.report.house import BLACK, INK, OUTLINE, PALE, PLACES
from sim.report.key import draw_key, key_of
from sim.report.lettering import one_line, width_pt
from sim.report.sheet import POINTS, Room, beside, sheet
from sim.report.told import Record, interval_of, only, short_titles, title_of, told
from sim.store.finding import Finding
from sim.study.waterfall import ALL, GONE, LATE, SHORT

ROW_IN: Final = 0.24
LEFT_IN: Final = 3.0
NAME_PT: Final = 8.0


@dataclass(frozen=True, slots=True)
class Late:
    """One supplier's late units of one mission, over the runs that fall short of it."""

    mission: str
    supplier: str
    target: float
    """Mean target of the mission over the same runs."""
    together: Record
    """Mean of all late units, with its interval."""
    places: Sequence[tuple[str, float]]
    """(place, mean units), in the order of the places."""
    over_all: float | None
    """Late units over all runs, as a share of the mean target over all runs."""

    @property
    def share(self) -> float:
        """Late units as a share of the target."""
        return float(self.together["value"]) / self.target if self.target else 0.0


def late_rows(finding: Finding, policy: str) -> list[Late]:
    """A policy's late suppliers, mission by mission, the latest first; none where no ledger was made again."""
    rows = only(finding, "suppliers", policy=policy) if "suppliers" in finding.grids else []
    by: dict[tuple[str, str, str, str], Record] = {
        (row["runs"], row["mission"], row["supplier"], row["place"]): row for row in rows
    }
    due = only(finding, "due", policy=policy, step=TARGET)
    targets = {(row["runs"], row["mission"]): row["value"] or 0.0 for row in due}
    found: list[Late] = []
    for mission in finding.about["titles"]["missions"]:
        own = [
            _late(by, targets, mission, supplier)
            for runs, of, supplier, place in by
            if (runs, of, place) == (SHORT, mission, LATE)
        ]
        found += sorted(own, key=lambda each: (-each.share, each.supplier))
    return found


def _late(
    by: dict[tuple[str, str, str, str], Record], targets: dict[tuple[str, str], float], mission: str, supplier: str
) -> Late:
    places = [
        (place, float(by[SHORT, mission, supplier, place]["value"]))
        for place in PLACES
        if place not in GONE and (SHORT, mission, supplier, place) in by
    ]
    whole, target = by.get((ALL, mission, supplier, LATE)), targets[ALL, mission]
    over_all = float(whole["value"]) / target if whole is not None and target else None
    together = by[SHORT, mission, supplier, LATE]
    return Late(mission, supplier, targets[SHORT, mission], together, places, over_all)


def draw_late(finding: Finding, policy: str, words: Words) -> Figure:
    """Draw the late suppliers of a ``waterfall`` finding under one policy."""
    late = late_rows(finding, policy)
    held = {place for each in late for place, _ in each.places}
    key = key_of([(wording.PLACES[place], area) for place, area in PLACES.items() if place in held])
    said = [told(interval_of(each.together), short_number) for each in late]
    suppliers = [title_of(finding, "suppliers", each.supplier) for each in late]
    wide_in = max(width_pt(name, NAME_PT) for name in suppliers) / POINTS + 0.2
    missions = short_titles(finding.about["titles"]["missions"])
    heads = [place for place, each in enumerate(late) if not place or late[place - 1].mission != each.mission]
    at = [float(place + sum(head <= place for head in heads)) for place in range(len(late))]
    left_in, right_in = min(LEFT_IN, wide_in), max(width_pt(each, 8.5) for each in said) / POINTS + 0.2
    above_in = 0.25 + key.tall_in
    rows = len(late) + len(heads)
    figure, (axes,) = sheet(words, Room(ROW_IN * max(3, rows), left_in, right_in, above_in, 0.5))
    draw_key(figure, axes, above_in, key)
    axes.set_ylim(max(3, rows) - 0.4, -0.5)
    names = [one_line(name, left_in * POINTS - 10, NAME_PT) for name in suppliers]
    axes.set_yticks(at, names, size=NAME_PT)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)
    for head in heads:
        _head(axes, at[head] - 1, missions[late[head].mission], left_in)
    for place, each, number in zip(at, late, said, strict=True):
        _bar(axes, place, each)
        beside(axes, place, number)
    axes.set_xlim(left=0)
    axes.set_xlabel("percent of the mission’s target")
    return figure


def _head(axes: Axes, place: float, title: str, left_in: float) -> None:
    """A mission's name over its suppliers, at the edge of the sheet."""
    axes.axhline(place - 0.5, color=PALE, linewidth=0.5, zorder=0)
    axes.annotate(
        title, (0, place), (-left_in * POINTS + 6, 0), xycoords=("axes fraction", "data"),
        textcoords="offset points", size=8.5, weight="bold", va="center", annotation_clip=False,
    )  # fmt: skip


def _bar(axes: Axes, at: float, each: Late) -> None:
    """Places one after the other, then the interval of all together, and the mark of all runs."""
    if not each.target:
        return
    scale, left = 100 / each.target, 0.0
    for place, value in each.places:
        for options in (PLACES[place].filling(), OUTLINE):
            axes.barh(at, value * scale, left=left, height=0.62, **options)
        left += value * scale
    found = interval_of(each.together)
    if found.low is not None and found.high is not None:
        ends = [found.low * scale, found.high * scale]
        axes.plot(ends, [at, at], color="white", linewidth=3.2, zorder=3)
        axes.plot(ends, [at, at], color=INK, linewidth=1.4, zorder=4)
    if each.over_all is not None:
        axes.plot(
            100 * each.over_all, at, "D", markersize=4.0, color="white", markeredgecolor=BLACK, zorder=5, clip_on=False
        )
