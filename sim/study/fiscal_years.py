"""What becomes of the money, fiscal year by fiscal year: means over the runs, of some of the budget lines.

What is obligated, charged, lapsed and carried over adds up to the authority of a closed year (R13).

Why: money that lapses while units are missing is the finding a treasury asks about first.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import fsum
from typing import Any, Final, NamedTuple

from numpy.typing import NDArray

from sim.scenario.resolved import Clock

AMOUNTS: Final = (
    "appropriated", "carried_in", "returned", "obligated", "fx_charged", "lapsed", "carried_out", "owed", "paid",
)  # fmt: skip


class Year(NamedTuple):
    """One fiscal year's mean amounts, in yen."""

    fiscal_year: int
    yen: dict[str, float]

    @property
    def authority(self) -> float:
        """What might be promised in the year."""
        return self.yen["appropriated"] + self.yen["carried_in"] + self.yen["returned"]


def years_of(money: Mapping[str, NDArray[Any]], lines: Collection[str], runs: int, clock: Clock) -> tuple[Year, ...]:
    """The fiscal years from the start to the horizon.

    Parameters
    ----------
    money
        Rows of one policy, column by column: ``line``, ``fiscal_year`` and the ``AMOUNTS``.
    lines
        Whose money.
    runs
        How many runs these are the rows of.
    """
    calendar = clock.calendar
    years = []
    for fiscal_year in range(calendar.fiscal_year(0), calendar.fiscal_year(clock.horizon_day) + 1):
        own = money["fiscal_year"] == fiscal_year
        own &= [line in lines for line in money["line"]]
        years.append(Year(fiscal_year, {amount: fsum(money[amount][own].tolist()) / runs for amount in AMOUNTS}))
    return tuple(years)
