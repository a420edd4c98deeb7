"""Resolving currencies and the budget.

Years become whole numbers, dates days, money yen; mappings are sorted by id.

Why: the engine asks "how much, from which day"; it never asks how somebody wrote it.
"""

from __future__ import annotations

import datetime

from sim.scenario.desk import Desk
from sim.scenario.resolved import Appropriation, BudgetCalendar, Currency, Line, Supplementary, Use
from sim.scenario.written_money import LineWritten, UseWritten


def currencies(desk: Desk) -> dict[str, Currency]:
    """Foreign currencies by id."""
    return {name: _currency(desk, name) for name in sorted(desk.written.currencies)}


def _currency(desk: Desk, name: str) -> Currency:
    written, path = desk.written.currencies[name], ("currencies", name)
    return Currency(
        id=name,
        minor_per_major=written.minor_per_major,
        rate_at_start=desk.parameter(*path, "rate_at_start"),
        volatility=desk.parameter(*path, "volatility"),
        drift=desk.parameter(*path, "drift"),
        planning_rates={
            year: desk.parameter(*path, "planning_rates", str(year)) for year in sorted(written.planning_rates)
        },
    )


def exchange_correlations(desk: Desk) -> dict[tuple[str, str], int]:
    """Correlations of the monthly steps, basis points, by sorted pair."""
    pairs = {
        (min(first, second), max(first, second)): desk.fixed("exchange_correlations", first, second)
        for first, others in desk.written.exchange_correlations.items()
        for second in others
    }
    return dict(sorted(pairs.items()))


def budget_calendar(desk: Desk) -> BudgetCalendar:
    """When budgets are drafted and pass."""
    calendar = desk.written.budget.calendar
    return BudgetCalendar(
        passage_days={year: desk.day(calendar.passage[year]) for year in sorted(calendar.passage)},
        passage_delay=desk.luck("budget", "calendar", "passage_delay"),
        draft_month=calendar.draft.month,
        draft_day_of_month=calendar.draft.day,
    )


def lines(desk: Desk) -> dict[str, Line]:
    """Budget lines by id."""
    return {name: _line(desk, name, line) for name, line in sorted(desk.written.budget.lines.items())}


def _line(desk: Desk, name: str, line: LineWritten) -> Line:
    path = ("budget", "lines", name)
    return Line(
        id=name,
        title=line.title,
        appropriations={year: _appropriation(desk, name, year) for year in sorted(line.years)},
        carry_over_share=desk.parameter(*path, "carry_over_share"),
        supplementary=tuple(_supplementary(desk, name, line, place) for place in range(len(line.supplementary))),
        uses=tuple(_use(desk, name, use) for use in line.uses),
    )


def _appropriation(desk: Desk, line: str, year: int) -> Appropriation:
    path = ("budget", "lines", line, "years", str(year))
    amount, request, approval = (desk.parameter_or_none(*path, key) for key in ("amount", "request", "approval"))
    return Appropriation(year, amount, request, approval)


def _supplementary(desk: Desk, name: str, line: LineWritten, place: int) -> Supplementary:
    path, written = ("budget", "lines", name, "supplementary", str(place)), line.supplementary[place]
    return Supplementary(
        month=written.month,
        day_of_month=written.day,
        first_fiscal_year=written.first_fiscal_year,
        last_fiscal_year=written.last_fiscal_year,
        chance=desk.parameter(*path, "chance"),
        amount=desk.luck(*path, "amount"),
    )


def _use(desk: Desk, line: str, use: UseWritten) -> Use:
    path = ("budget", "lines", line, "uses", use.id)
    day = None if use.on == "passage" else desk.day(datetime.date.fromisoformat(use.on))
    share, amount = desk.parameter_or_none(*path, "share"), desk.parameter_or_none(*path, "amount")
    return Use(use.id, use.fiscal_year, day, share, amount)


def outlay_ceilings(desk: Desk) -> dict[int, int]:
    """Ceilings in yen by fiscal year."""
    years = sorted(desk.written.budget.outlay_ceilings)
    return {year: desk.fixed("budget", "outlay_ceilings", str(year)) for year in years}
