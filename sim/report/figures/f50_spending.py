"""The money: each fiscal year's authority, and what became of it.

Means over the runs, of the lines that may pay for a mission. What is obligated, charged, lapsed and carried over adds
up to the authority of a closed year (R13); debt stands below zero, outlays beside.

Why: money that lapses while units are missing is the finding a treasury asks about first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from math import fsum
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report import wording
from sim.report.chart import Asked, Chart, Numbers, Words, chart_name
from sim.report.contrast import ink_on
from sim.report.house import BLACK, BLUE, ORANGE, OUTLINE, QUIET, RUST, VERMILION, WHITE, Area
from sim.report.material import Material
from sim.report.sheet import Room, say_at_right, sheet
from sim.study.answer import PolicyAnswer
from sim.study.fiscal_years import AMOUNTS, Year, years_of

NAME: Final = "spending"
HEADING: Final = "What becomes of the money"
PARTS: Final = (
    ("obligated", "obligated", Area(BLUE)),
    ("fx_charged", "charged for losses", Area(BLACK)),
    ("carried_out", "carried over", Area(WHITE, "////", QUIET)),
    ("lapsed", "lapsed", Area(ORANGE)),
)
OWED: Final = Area(VERMILION, "xxxx", WHITE)
BILLION: Final = 1e9


def charts(material: Material, asked: Asked) -> Iterator[Chart]:
    """One chart of the leading policy, or of the one asked for; of one mission's lines, if one is."""
    policy = material.policy(asked.policy)
    missions = material.mission_ids(asked.mission)
    lines = sorted({line for mission in missions for line in material.scenario.missions[mission].lines})
    years, deadline = _years(material, policy, lines), material.clock.deadline_day
    yield Chart(
        chart_name(NAME, asked.mission, policy.policy),
        _words(material, policy, lines, years),
        _numbers(material, policy, lines, years),
        partial(_draw, years, material.calendar.fiscal_year(deadline), wording.long_date(deadline, material.calendar)),
    )


def _years(material: Material, policy: PolicyAnswer, lines: Sequence[str]) -> tuple[Year, ...]:
    found = material.columns("money", policy.policy, ("line", "fiscal_year", *AMOUNTS))
    return years_of(found, lines, policy.cost.p50.n, material.clock)


def _words(material: Material, policy: PolicyAnswer, lines: Sequence[str], years: Sequence[Year]) -> Words:
    to_deadline = material.calendar.fiscal_year(material.clock.deadline_day)
    before = [year for year in years if year.fiscal_year <= to_deadline]
    given = fsum(year.yen["appropriated"] for year in before)
    lapsed = fsum(year.yen["lapsed"] for year in before)
    share = f"{100 * lapsed / given:.0f} %" if given else "none"
    titles = [material.scenario.lines[line].title for line in lines]
    owed = fsum(year.yen["owed"] for year in years)
    return Words(
        f"To FY{to_deadline}, {share} of what is appropriated lapses unspent under “{policy.title}”:"
        f" {wording.billions(lapsed)} of {wording.billions(given)}",
        f"Authority on a contract basis by fiscal year and what becomes of it, mean of the futures, in ¥ bn."
        f" Lines: {'; '.join(titles)}.",
        "Columns: the year’s authority, with what was carried in and returned. Dots: outlays of the year. Below zero:"
        f" newly owed, {wording.billions(owed)} in all. Means without interval. {material.footing([policy])}",
    )


def _numbers(material: Material, policy: PolicyAnswer, lines: Sequence[str], years: Sequence[Year]) -> Numbers:
    columns = ("policy", "lines", "fiscal_year", *(f"mean_{amount}_yen" for amount in AMOUNTS), "n", "N")
    rows: list[tuple[Any, ...]] = [
        (policy.policy, " ".join(lines), year.fiscal_year, *year.yen.values(), policy.cost.p50.n, policy.cost.p50.N)
        for year in years
    ]
    return Numbers(columns, rows)


# -- drawing


def _draw(years: Sequence[Year], deadline: int, said: str, words: Words) -> Figure:
    figure, (axes,) = sheet(words, Room(height=2.8, left=0.6, right=1.45, above=0.3, under=0.34))
    places = range(len(years))
    for place, year in enumerate(years):
        _column(axes, place, year)
    paid = [year.yen["paid"] / BILLION for year in years]
    axes.plot(places, paid, "o-", color=BLACK, linewidth=1.2, markersize=6, markerfacecolor="white", zorder=5)
    axes.axhline(0, color=BLACK, linewidth=0.9)
    axes.set_xlim(-0.6, len(years) - 0.4)
    axes.set_xticks(list(places), [f"FY{year.fiscal_year}" for year in years])
    axes.tick_params(axis="x", length=0)
    axes.yaxis.set_major_formatter("{x:,.0f}")
    low, high = axes.get_ylim()
    axes.set_ylim(min(low, 0.0), 1.04 * max(high, 1e-9))
    axes.grid(axis="y")
    for place, year in enumerate(years):
        _write_in(axes, place, year)
    _deadline(axes, years, deadline, said)
    say_at_right(axes, list(_ends(years, 0.01 * high)))
    return figure


def _column(axes: Axes, place: int, year: Year) -> None:
    bottom = 0.0
    for amount, _, area in PARTS:
        height = year.yen[amount] / BILLION
        axes.bar(place, height, bottom=bottom, width=0.66, **area.filling())
        bottom += height
    axes.bar(place, year.authority / BILLION, width=0.66, **OUTLINE)
    if year.yen["owed"]:
        axes.bar(place, -year.yen["owed"] / BILLION, width=0.66, **OWED.filling())


def _write_in(axes: Axes, place: int, year: Year) -> None:
    """Billions inside the parts of a column that have room for them."""
    bottom, least = 0.0, 0.055 * axes.get_ylim()[1]
    for amount, _, area in PARTS:
        height = year.yen[amount] / BILLION
        if height > least and not area.hatch:
            ink = ink_on(area.colour)
            axes.text(place, bottom + height / 2, f"{height:,.0f}", color=ink, size=8.5, ha="center", va="center")
        bottom += height


def _deadline(axes: Axes, years: Sequence[Year], deadline: int, said: str) -> None:
    """An upright behind the fiscal year in which the deadline falls."""
    place = next((place for place, year in enumerate(years) if year.fiscal_year == deadline), None)
    if place is None:
        return
    axes.axvline(place + 0.5, color=BLACK, linewidth=1.2, zorder=3)
    axes.annotate(
        f"deadline {said}", (place + 0.5, 1), (0, 3), xycoords=("data", "axes fraction"), textcoords="offset points",
        size=8, ha="right", va="bottom", annotation_clip=False,
    )  # fmt: skip


def _ends(years: Sequence[Year], least: float) -> Iterator[tuple[float, str, str]]:
    """Words beside the last column, at the height of what they name; of owed, only where it can be seen."""
    last, bottom = years[-1], 0.0
    for amount, words, _ in PARTS:
        height = last.yen[amount] / BILLION
        if any(year.yen[amount] for year in years):
            yield bottom + height / 2, words, BLACK
        bottom += height
    yield last.yen["paid"] / BILLION, "outlays (dots)", BLACK
    if max(year.yen["owed"] for year in years) / BILLION > least:
        yield -last.yen["owed"] / BILLION, "newly owed", RUST
