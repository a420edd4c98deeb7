"""The time axis: days of the study, with its fiscal years and the day that matters marked.

A fiscal year begins at each thin rule; the due day is the one strong upright.

Why: money comes by the fiscal year and the deadline is the end of one, so a figure without them explains nothing.
"""

from __future__ import annotations

from matplotlib.axes import Axes

from sim.calendar import Calendar
from sim.report import wording
from sim.report.house import BLACK, PALE, QUIET
from sim.report.sheet import panel_pt
from sim.scenario.resolved import Clock

NARROW_PT = 216.0
"""A panel narrower than this names its years in two digits."""


def fiscal_years(axes: Axes, calendar: Calendar, first_day: int, last_day: int) -> None:
    """Lay out the axis from one day to another, with a rule and a name for each fiscal year."""
    axes.set_xlim(first_day, last_day)
    years = range(calendar.fiscal_year(first_day), calendar.fiscal_year(last_day) + 1)
    starts = [calendar.fiscal_year_start(year) for year in years]
    for start in starts[1:]:
        axes.axvline(start, color=PALE, linewidth=0.7, zorder=0)
    names = {
        (max(start, first_day) + min(end, last_day)) / 2: _name(axes, year)
        for year, start, end in zip(years, starts, (calendar.fiscal_year_end(year) for year in years), strict=True)
        if min(end, last_day) - max(start, first_day) > 90
    }
    axes.set_xticks(list(names), list(names.values()))
    axes.tick_params(axis="x", length=0)


def month_ends(clock: Clock) -> list[int]:
    """The last day of each month the clock enters, the horizon for the last."""
    ends = list(clock.calendar.month_ends(0, clock.horizon_day))
    return ends if ends and ends[-1] == clock.horizon_day else [*ends, clock.horizon_day]


def _name(axes: Axes, year: int) -> str:
    return f"FY{year}" if panel_pt(axes)[0] >= NARROW_PT else f"’{year % 100:02}"


def due(axes: Axes, day: int, calendar: Calendar, *, said: bool = True) -> None:
    """Mark the due day, with its date beside it where there is room."""
    axes.axvline(day, color=BLACK, linewidth=1.2, zorder=3)
    if said:
        _beside(axes, day, f"due {wording.long_date(day, calendar)} ", BLACK)


def as_of(axes: Axes, day: int, calendar: Calendar, *, said: bool = True) -> None:
    """Mark the day until which everything is known, with its date beside it where there is room."""
    axes.axvline(day, color=QUIET, linewidth=0.8, dashes=(1, 2), zorder=1)
    if said:
        _beside(axes, day, f" known to {wording.long_date(day, calendar)}", QUIET)


def _beside(axes: Axes, day: int, words: str, colour: str) -> None:
    axes.text(
        day, 1.0, words, transform=axes.get_xaxis_transform(), color=colour, size=8, va="top",
        ha="right" if words.endswith(" ") else "left",
    )  # fmt: skip
