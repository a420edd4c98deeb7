"""Days, dates, months and Japan's fiscal years."""

from __future__ import annotations

import pickle
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.calendar import Calendar

START = date(2025, 4, 1)
CALENDAR = Calendar(START)
# from centuries before the tables to centuries after them
any_day = st.one_of(st.integers(-4_200, 12_200), st.integers(-200_000, 400_000))


def test_the_start_is_day_0_and_the_deadline_day_1095():
    # 2025-04-01 … 2028-04-01 is three years, of which one has 29 February 2028: 1,096 days
    assert CALENDAR.day(START) == 0
    assert CALENDAR.day(date(2028, 4, 1)) == 1096
    assert CALENDAR.date(1095) == date(2028, 3, 31)
    assert CALENDAR.iso(-1) == "2025-03-31"


def test_29_february_2028_is_a_day_of_its_own():
    leap = CALENDAR.day(date(2028, 2, 29))
    assert CALENDAR.date(leap - 1) == date(2028, 2, 28)
    assert CALENDAR.date(leap + 1) == date(2028, 3, 1)
    assert CALENDAR.month_end(CALENDAR.day(date(2028, 2, 1))) == leap
    assert CALENDAR.month_end(leap) == leap
    assert CALENDAR.fiscal_year(leap) == 2027


def test_a_fiscal_year_with_29_february_has_366_days():
    lengths = {
        year: CALENDAR.fiscal_year_end(year) - CALENDAR.fiscal_year_start(year) + 1 for year in range(2023, 2029)
    }
    assert lengths == {2023: 366, 2024: 365, 2025: 365, 2026: 365, 2027: 366, 2028: 365}


def test_a_fiscal_year_runs_from_1_april_to_31_march():
    for year in (1999, 2024, 2025, 2027, 2040, 2070):
        first, last = CALENDAR.fiscal_year_start(year), CALENDAR.fiscal_year_end(year)
        assert (CALENDAR.date(first), CALENDAR.date(last)) == (date(year, 4, 1), date(year + 1, 3, 31))
        assert [CALENDAR.fiscal_year(day) for day in (first - 1, first, last, last + 1)] == [
            year - 1,
            year,
            year,
            year + 1,
        ]


def test_month_ends_and_starts_include_both_ends_of_the_span():
    end_of_january, end_of_march = CALENDAR.day(date(2028, 1, 31)), CALENDAR.day(date(2028, 3, 31))
    assert [CALENDAR.iso(day) for day in CALENDAR.month_ends(end_of_january, end_of_march)] == [
        "2028-01-31",
        "2028-02-29",
        "2028-03-31",
    ]
    assert [CALENDAR.iso(day) for day in CALENDAR.month_starts(end_of_january + 1, end_of_march + 1)] == [
        "2028-02-01",
        "2028-03-01",
        "2028-04-01",
    ]
    assert [CALENDAR.iso(d) for d in CALENDAR.month_starts(end_of_january, end_of_march)] == [
        "2028-02-01",
        "2028-03-01",
    ]


def test_a_span_without_a_month_end_has_none():
    assert CALENDAR.month_ends(0, 28) == ()
    assert CALENDAR.month_ends(0, 29) == (29,)
    assert CALENDAR.month_starts(1, 29) == ()
    assert CALENDAR.month_starts(5, 4) == ()


def test_months_are_counted_from_the_month_of_the_start():
    middle = Calendar(date(2025, 8, 26))
    assert [middle.month_index(day) for day in (-26, -25, 0, 5, 6)] == [-1, 0, 0, 0, 1]
    # August 2025 to March 2028: 5 months to January 2026, 24 to January 2028, 2 more
    assert middle.month_index(middle.day(date(2028, 3, 31))) == 31


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2028, 1, 31), 1, "2028-02-29"),
        (date(2027, 1, 31), 1, "2027-02-28"),
        (date(2028, 2, 29), 12, "2029-02-28"),
        (date(2028, 2, 29), 48, "2032-02-29"),
        (date(2028, 3, 31), -1, "2028-02-29"),
        (date(2025, 12, 15), 1, "2026-01-15"),
        (date(2025, 1, 15), -1, "2024-12-15"),
        (date(2025, 5, 31), 0, "2025-05-31"),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_of_a_shorter_month(start, months, expected):
    calendar = Calendar(start)
    assert calendar.iso(calendar.add_months(0, months)) == expected


@given(day=any_day)
def test_tables_and_dates_agree_on_every_day(day):
    when = START + timedelta(days=day)
    assert CALENDAR.date(day) == when
    assert CALENDAR.day(when) == day
    assert CALENDAR.fiscal_year(day) == (when.year if when.month >= 4 else when.year - 1)
    assert CALENDAR.month_index(day) == (when.year - 2025) * 12 + when.month - 4
    end = CALENDAR.date(CALENDAR.month_end(day))
    assert (end.year, end.month) == (when.year, when.month)
    assert (end + timedelta(days=1)).day == 1


@given(start=st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_months_follow_each_other_from_any_start(start):
    calendar = Calendar(start)
    ends = calendar.month_ends(-800, 800)
    starts = calendar.month_starts(-800, 800)
    assert 50 <= len(ends) <= 54
    assert all(28 <= after - before <= 31 for before, after in pairwise(ends))
    assert {end + 1 for end in ends if end < 800} == {first for first in starts if first > -800}


def test_calendars_of_one_start_are_one_and_travel_to_another_process():
    assert pickle.loads(pickle.dumps(CALENDAR)) == CALENDAR == Calendar(START)
    assert hash(CALENDAR) == hash(Calendar(START))
    assert Calendar(date(2025, 4, 2)) != CALENDAR
    assert len(pickle.dumps(CALENDAR)) < 200


@pytest.mark.parametrize("start", [datetime(2025, 4, 1, 12), "2025-04-01", date(1899, 12, 31), date(2201, 1, 1)])
def test_a_start_is_a_plain_date_of_our_times(start):
    with pytest.raises(ValueError, match=r"start: found .* expected a date without a time"):
        Calendar(start)
