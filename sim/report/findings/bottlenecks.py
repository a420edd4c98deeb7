"""What would have helped, ranked: each limit lifted alone, and the pairs that bring more than their two together.

Why: the longest bar is where the next effort belongs, and a short bar in a long pair is a trap.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report import wording
from sim.report.chart import Chart, Numbers, Words, chart_name
from sim.report.findings import TextTable
from sim.report.house import BLACK, BLUE, ORANGE, PALE, SKY
from sim.report.lettering import width_pt
from sim.report.sheet import POINTS, Room, beside, sheet
from sim.report.told import CERTAIN, Record, interval_of, only, percent, points, rests_on, short_titles, told
from sim.store.finding import Finding
from sim.study.statistics import Interval

HEADING: Final = "What would have helped"
ROW_IN: Final = 0.25
PAIRS_SHOWN: Final = 10
LIMITS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "money": "money",
        "tender": "tenders",
        "permits": "export permits",
        "supplier_rate": "suppliers’ rates",
        "slip": "suppliers’ delays",
        "ramp": "the ramp of home lines",
        "parts": "parts",
        "acceptance": "acceptance and approval",
        "crews": "crews",
        "losses": "losses",
    }
)
"""A limit in words; one that is not here is told by its name."""


def in_words(lifted: str) -> str:
    """One limit, or two.

    >>> in_words("crews+money"), in_words("sea_ice")
    ('crews + money', 'sea ice')
    """
    return " + ".join(LIMITS.get(name, name.replace("_", " ")) for name in lifted.split("+"))


def tables(finding: Finding) -> Iterator[TextTable]:
    """The limits, then the pairs, then the missions' chances."""
    alone, pairs = _alone(finding), _pairs(finding)
    yield _alone_table(finding, alone)
    if pairs:
        yield _pairs_table(finding, pairs)
    yield _missions_table(finding, [row["lifted"] for row in alone])


def _alone(finding: Finding) -> Sequence[Record]:
    """The limits' rows, the largest gain first."""
    rows = only(finding, "gains", measure="fulfilment")
    return [row for row in rows if "+" not in row["lifted"]]


def _pairs(finding: Finding) -> Sequence[Record]:
    """The pairs' rows, the largest gain beyond the sum first."""
    return only(finding, "gains", measure="beyond_the_sum")


def _alone_table(finding: Finding, alone: Sequence[Record]) -> TextTable:
    joint = {row["lifted"]: row for row in only(finding, "gains", measure="all_met")}
    rows = [
        (
            in_words(row["lifted"]),
            told(interval_of(row), points),
            told(interval_of(joint[row["lifted"]]), points) if row["lifted"] in joint else wording.NOTHING,
        )
        for row in alone
    ]
    held = finding.about["held"]
    value = percent(held["fulfilment"][0] or 0.0)
    note = (
        f"As it is: {value} fulfilled. The policy decides anew; “exactly”: no ledger changes."
        f" {rests_on([*alone, *joint.values()], finding)}"
    )
    return TextTable(_title(finding), ("Without the limit of", "Fulfilment", "All of the joint list"), rows, note)


def _pairs_table(finding: Finding, pairs: Sequence[Record]) -> TextTable:
    gains = {row["lifted"]: row for row in only(finding, "gains", measure="fulfilment")}
    rows = [
        (in_words(row["lifted"]), told(interval_of(gains[row["lifted"]]), points), told(interval_of(row), points))
        for row in pairs[:PAIRS_SHOWN]
    ]
    title = f"The {len(rows)} of {len(pairs)} pairs that bring most beyond the sum of their two"
    headings = ("Without the limits of", "Fulfilment", "Beyond the sum of both alone")
    return TextTable(title, headings, rows, rests_on(pairs, finding))


def _missions_table(finding: Finding, limits: Sequence[str]) -> TextTable:
    rows, resting = [], []
    for mission, title in short_titles(finding.about["titles"]["missions"]).items():
        found = {
            row["lifted"]: row for row in only(finding, "gains", measure=f"met/{mission}") if row["lifted"] in limits
        }
        best = max(found.values(), key=lambda row: row["value"] or 0.0)
        resting.append(best)
        what = in_words(best["lifted"]) if best["value"] else "none"
        rows.append((title, what, told(interval_of(best), points)))
    headings = ("Mission", "What helps it most", "Chance")
    note = f"The largest of {len(limits)}, each with an interval of its own: it flatters. {rests_on(resting, finding)}"
    return TextTable("What helps each mission most, of the limits lifted alone", headings, rows, note)


def _title(finding: Finding) -> str:
    sure = [row for row in _alone(finding) if (interval_of(row).low or 0.0) > 0]
    policy = finding.about["titles"]["policy"]
    if not sure:
        return f"No limit lifted alone surely helps “{policy}”"
    first = sure[0]
    gain = points(float(str(first["value"])))
    others = wording.listed([in_words(str(row["lifted"])) for row in sure[1:3]])
    after = f"; then {others}" if others else "; of no other alone is that sure"
    return f"Without the limit of {in_words(str(first['lifted']))}, “{policy}” would fulfil {gain} more{after}".replace(
        "+", "", 1
    )


def charts(finding: Finding) -> Iterator[Chart]:
    """One chart: the limits, and under them the pairs."""
    alone, pairs = _alone(finding), _pairs(finding)[:PAIRS_SHOWN]
    words = Words(
        _title(finding),
        "Mean weighted fulfilment gained on the same futures, in points."
        + (" Below: what two limits bring together beyond the sum of what each brings alone." if pairs else ""),
        f"Bars hold together. “0, exactly”: no ledger changes. {rests_on([*alone, *pairs], finding)}",
    )
    grid = finding.grids["gains"]
    yield Chart(chart_name("bottlenecks", finding.about["policy"]), words, Numbers(grid.columns, grid.rows),
                partial(_draw, alone, pairs))  # fmt: skip


def _draw(alone: Sequence[Record], pairs: Sequence[Record], words: Words) -> Figure:
    names = [in_words(row["lifted"]) for row in (*alone, *pairs)]
    left_in = min(3.3, max(width_pt(name, 8.5) for name in names) / POINTS + 0.15)
    tall = max(len(alone), len(pairs))
    room = Room(ROW_IN * tall, left_in, 0.75, 0.12, 0.52, down=0.62)
    figure, panels = sheet(words, room, rows=2 if pairs else 1)
    for axes, rows, colour in zip(panels, (alone, pairs), (BLUE, ORANGE), strict=False):
        _panel(axes, rows, colour, tall)
    panels[0].set_xlabel("points of fulfilment, one limit lifted")
    if pairs:
        panels[1].set_xlabel("points beyond the sum of both alone")
    return figure


def _panel(axes: Axes, rows: Sequence[Record], colour: str, tall: int) -> None:
    axes.set_ylim(min(tall, max(len(rows), 3)) - 0.5, -0.5)
    axes.set_yticks(range(len(rows)), [in_words(row["lifted"]) for row in rows])
    axes.grid(axis="x")
    axes.axvline(0, color=BLACK, linewidth=0.9)
    axes.spines["left"].set_visible(False)
    for place, row in enumerate(rows):
        found = interval_of(row)
        axes.axhline(place, color=PALE, linewidth=0.5, zorder=0)
        if found.low is not None and found.high is not None:
            axes.plot([100 * found.low, 100 * found.high], [place, place], color=SKY, linewidth=5, zorder=2)
        axes.plot(100 * (found.value or 0.0), place, "o", markersize=4.5, color=colour, zorder=4)
        beside(axes, place, _label(found))
    low, high = axes.get_xlim()
    axes.set_xlim(min(low, -0.5), max(high, 1.0))


def _label(found: Interval) -> str:
    if found.value is None:
        return wording.NOTHING
    if found.kind.startswith(CERTAIN):
        return "0, exactly"
    return points(found.value).removesuffix(" points")
