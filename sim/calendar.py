"""The calendar: from the simulation's whole days to dates, months and Japan's fiscal years, and back.

Day 0 is the scenario's start; fiscal year Y runs from 1 April Y to 31 March Y+1; leap days are real (R1).

Why: money dies on 31 March, so a day lost in conversion is a year's authority lost with it.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Final

_TABLE_BEFORE_DAYS: Final = 4_000
_TABLE_AFTER_DAYS: Final = 12_000
_APRIL: Final = 3  # months counted from January = 0
_EARLIEST_START_YEAR: Final = 1900
_LATEST_START_YEAR: Final = 2200


def _first_of_month(month: int) -> datetime.date:
    """First date of a month counted from January of the year 0."""
    return datetime.date(month // 12, month % 12 + 1, 1)


def _month_of(date: datetime.date) -> int:
    """Month of a date, counted from January of the year 0."""
    return date.year * 12 + date.month - 1


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days counted from ``start``, which is day 0; days before it are negative.

    Questions about some 4,000 days before and 12,000 after the start are answered from tables built once;
    any other day that ``datetime.date`` can hold is worked out and gets the same answer.

    Raises ValueError if ``start`` is not a plain date in the years 1900 to 2200.

    >>> calendar = Calendar(datetime.date(2025, 4, 1))
    >>> calendar.day(datetime.date(2028, 3, 31)), calendar.iso(1095), calendar.fiscal_year(1095)
    (1095, '2028-03-31', 2027)
    """

    start: datetime.date
    _start_ordinal: int = field(init=False, repr=False, compare=False)
    _start_month: int = field(init=False, repr=False, compare=False)
    _first_day: int = field(init=False, repr=False, compare=False)
    _months: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _years: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _month_ends: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _table_days: int = field(init=False, repr=False, compare=False)
    _spans: dict[tuple[int, int, int], tuple[int, ...]] = field(init=False, repr=False, compare=False)
    """Month ends (0) and starts (-1) already worked out, by first and last day: every run asks for the same few."""

    def __post_init__(self) -> None:
        start = self.start
        if type(start) is not datetime.date or not _EARLIEST_START_YEAR <= start.year <= _LATEST_START_YEAR:
            raise ValueError(
                f"start: found {start!r}; expected a date without a time"
                f" in the years {_EARLIEST_START_YEAR} to {_LATEST_START_YEAR}"
            )
        object.__setattr__(self, "_start_ordinal", start.toordinal())
        object.__setattr__(self, "_start_month", _month_of(start))
        object.__setattr__(self, "_spans", {})
        self._build_tables()

    def _build_tables(self) -> None:
        """Fill the tables with whole months, one entry a day."""
        first_month = _month_of(self.start - datetime.timedelta(days=_TABLE_BEFORE_DAYS))
        last_month = _month_of(self.start + datetime.timedelta(days=_TABLE_AFTER_DAYS))
        months: list[int] = []
        years: list[int] = []
        ends: list[int] = []
        for month in range(first_month, last_month + 1):
            first = self.day(_first_of_month(month))
            after = self.day(_first_of_month(month + 1))
            months += [month - self._start_month] * (after - first)
            years += [(month - _APRIL) // 12] * (after - first)
            ends += [after - 1] * (after - first)
        object.__setattr__(self, "_first_day", self.day(_first_of_month(first_month)))
        object.__setattr__(self, "_months", tuple(months))
        object.__setattr__(self, "_years", tuple(years))
        object.__setattr__(self, "_month_ends", tuple(ends))
        object.__setattr__(self, "_table_days", len(ends))

    def __reduce__(self) -> tuple[type[Calendar], tuple[datetime.date]]:
        """Travel to another process as the start alone; the tables are rebuilt there."""
        return Calendar, (self.start,)

    def day(self, date: datetime.date) -> int:
        """Day number of a date; negative before the start."""
        return date.toordinal() - self._start_ordinal

    def date(self, day: int) -> datetime.date:
        """Date of a day number. Raises ValueError outside the years 1 to 9999."""
        return datetime.date.fromordinal(self._start_ordinal + day)

    def iso(self, day: int) -> str:
        """Date of a day number as text, year-month-day."""
        return self.date(day).isoformat()

    def month_index(self, day: int) -> int:
        """Months between the month of the start (0) and the month of ``day``."""
        place = day - self._first_day
        if 0 <= place < self._table_days:
            return self._months[place]
        return _month_of(self.date(day)) - self._start_month

    def fiscal_year(self, day: int) -> int:
        """Fiscal year of a day: Y from 1 April Y to 31 March Y+1."""
        place = day - self._first_day
        if 0 <= place < self._table_days:
            return self._years[place]
        return (_month_of(self.date(day)) - _APRIL) // 12

    def fiscal_year_start(self, year: int) -> int:
        """Day of 1 April of fiscal year ``year``."""
        return self.day(datetime.date(year, 4, 1))

    def fiscal_year_end(self, year: int) -> int:
        """Day of 31 March that closes fiscal year ``year``."""
        return self.day(datetime.date(year + 1, 3, 31))

    def month_end(self, day: int) -> int:
        """Last day of the month of ``day``."""
        place = day - self._first_day
        if 0 <= place < self._table_days:
            return self._month_ends[place]
        return self.day(_first_of_month(_month_of(self.date(day)) + 1)) - 1

    def month_ends(self, first_day: int, last_day: int) -> tuple[int, ...]:
        """All last days of months from ``first_day`` to ``last_day``, both included, in order."""
        key = (0, first_day, last_day)
        known = self._spans.get(key)
        if known is not None:
            return known
        ends: list[int] = []
        end = self.month_end(first_day)
        while end <= last_day:
            ends.append(end)
            end = self.month_end(end + 1)
        self._spans[key] = found = tuple(ends)
        return found

    def month_starts(self, first_day: int, last_day: int) -> tuple[int, ...]:
        """All first days of months from ``first_day`` to ``last_day``, both included, in order."""
        key = (-1, first_day, last_day)
        known = self._spans.get(key)
        if known is None:
            # a month starts on the day after the month before it ended
            known = self._spans[key] = tuple(end + 1 for end in self.month_ends(first_day - 1, last_day - 1))
        return known

    def add_months(self, day: int, months: int) -> int:
        """Same day of the month ``months`` later (or earlier), or the last day of a month that is too short.

        >>> calendar = Calendar(datetime.date(2028, 1, 31))
        >>> calendar.iso(calendar.add_months(0, 1))
        '2028-02-29'
        """
        date = self.date(day)
        first = self.day(_first_of_month(_month_of(date) + months))
        return min(first + date.day - 1, self.month_end(first))
