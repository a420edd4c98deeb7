"""The planned ramp of a home line: how many units after it is ready, as its firm promises it (R21, R31).

Only modes of the scenario's beliefs enter, parts are taken to be in store and no step of tooling to be bought.

Why: a buyer plans by the promise, and the report sets what was achieved against it.
"""

from __future__ import annotations

from bisect import bisect_right

from sim.policy.published import at_mode
from sim.rules.learning import minutes_of_each
from sim.rules.production import completion_day, head_steps, labour_minutes_a_day, tooling_work
from sim.scenario.resolved import HomeLine, Offer, Scenario
from sim.units import BASIS_POINTS

LONGEST_DAYS = 4000
"""The plan is not followed further."""
TWO_YEARS_DAYS = 730
"""What a firm reckons with when it asks for a commitment (R19)."""
MONTH_DAYS = 30
"""Between two intakes of a plan that has no calendar yet."""
MOST_UNITS = 20_000
"""A plan is not followed beyond so many units."""


class Ramp:
    """Days after a line is ready until each of its lots is built."""

    __slots__ = ("_days", "_lot")

    def __init__(self, scenario: Scenario, offer: Offer, line: HomeLine) -> None:
        self._lot = offer.lot
        self._days = _lot_days(scenario, line, offer.lot)

    def day_of(self, units: int) -> int:
        """Days until so many units are built, whole lots at a time; the plan's end where it does not reach so far."""
        lots = -(-units // self._lot)
        if lots <= 0:
            return 0
        return self._days[lots - 1] if lots <= len(self._days) else LONGEST_DAYS

    def units_by(self, days: int) -> int:
        """Units built within so many days."""
        return bisect_right(self._days, days) * self._lot

    def days_after(self, built: int, units: int) -> int:
        """Days for so many units more on a line that has built some."""
        return max(0, self.day_of(built + units) - self.day_of(built))


def ramp_of(scenario: Scenario, offer: Offer) -> Ramp | None:
    """The planned ramp of an offer; None for an import."""
    return None if offer.line is None else Ramp(scenario, offer, offer.line)


def _lot_days(scenario: Scenario, line: HomeLine, lot: int) -> list[int]:
    """The day of each lot, back to back from day 0 on, at most likely values."""
    first, slope = at_mode(scenario, line.first_minutes), at_mode(scenario, line.slope) / BASIS_POINTS
    yields = at_mode(scenario, line.yield_first), at_mode(scenario, line.yield_last), line.yield_scale_units
    rework = at_mode(scenario, line.rework_share)
    months = range(MONTH_DAYS, LONGEST_DAYS, MONTH_DAYS)
    steps = [(0, line.heads_at_start), *head_steps(months, line.heads_at_start, line.intake_a_month, line.most_heads)]
    changes = [day for day, _ in steps]
    labour = [labour_minutes_a_day(heads, line.minutes_a_head_day) for _, heads in steps]
    tooling = [at_mode(scenario, line.slots) * 1000] * len(steps)
    days: list[int] = []
    day, left = 0, (0, 0)
    while len(days) * lot < MOST_UNITS:
        minutes = sum(minutes_of_each(first, slope, line.floor_minutes, len(days) * lot, lot, *yields, rework))
        day, left = completion_day(day, (minutes, tooling_work(lot)), left, changes, labour, tooling)
        if day >= LONGEST_DAYS:
            break
        days.append(day)
    return days
