"""How a mean over the futures is told: rounded, and never so far that something reads as nothing.

Units from 10 on are whole; fewer have one decimal; zero is said only of what is exactly zero.

Why: "0.0 of 2.2 promised" reads as none at all, and then somebody asks why there is a line in the picture.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import isclose
from typing import Final

from sim.calendar import Calendar
from sim.report import wording

MILLION: Final = 1e6
BILLION: Final = 1e9


def mean_units(mean: float) -> str:
    """A mean of units.

    >>> mean_units(0), mean_units(0.02), mean_units(4.06), mean_units(9.97), mean_units(1186.2)
    ('0', 'fewer than 0.1', '4.1', '10', '1,186')
    """
    if 0 < mean < 0.05:
        return "fewer than 0.1"
    return f"{mean:.1f}" if mean and round(mean, 1) < 10 else f"{mean:,.0f}"


def in_percent(part: float, whole: float) -> str:
    """A share in whole percent; 0 and 100 are said only where it is none or all.

    >>> in_percent(1, 3), in_percent(0, 3), in_percent(0.001, 3), in_percent(2.999, 3), in_percent(3, 3)
    ('33 %', '0 %', 'less than 1 %', 'more than 99 %', '100 %')
    """
    share = 100 * part / whole if whole else 0.0
    if 0 < share < 0.5:
        return "less than 1 %"
    if share >= 99.5 and not isclose(part, whole, rel_tol=1e-9):
        return "more than 99 %"
    return f"{share:.0f} %"


def yen_in_millions(yen: float) -> str:
    """A price in millions of yen, three digits or all that are before the point; number and unit stay together.

    >>> yen_in_millions(4_299_000), yen_in_millions(746_000), yen_in_millions(3_412_345_678)
    ('¥4.30\\xa0m', '¥0.746\\xa0m', '¥3,412\\xa0m')
    """
    amount = yen / MILLION
    told = f"{amount:,.0f}" if amount >= 99.95 else f"{amount:#.3g}"
    return f"¥{told}\u00a0m"


def mean_yen(yen: float) -> str:
    """A sum of money: in billions, one decimal, or in millions where it is below one.

    >>> mean_yen(2_450_000_000), mean_yen(24_500_000)
    ('¥2.5 bn', '¥24.5\\xa0m')
    """
    return wording.billions(yen) if yen >= BILLION else yen_in_millions(yen)


def in_unit(yen: float, unit: float, decimals: int) -> str:
    """A sum of money as a bare number of its axis's unit.

    >>> in_unit(1_234_500_000, 1e9, 1), in_unit(3_000_000, 1e9, 2), in_unit(0, 1e6, 1)
    ('1.2', '<0.01', '0.0')
    """
    least = 10**-decimals
    amount = yen / unit
    return f"<{least:.{decimals}f}" if 0 < amount < least / 2 else f"{amount:,.{decimals}f}"


def whole_months(days: Iterable[int], calendar: Calendar) -> str:
    """A sentence for a caption, where a day that matters lies inside a month of which only the whole is known.

    >>> import datetime
    >>> april = Calendar(datetime.date(2025, 4, 1))
    >>> whole_months([29], april), whole_months([29, 30], april)
    ('', ' The month of the due day counts whole.')
    """
    inside = any(calendar.date(day + 1).day != 1 for day in days)
    return " The month of the due day counts whole." if inside else ""
