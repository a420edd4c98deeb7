"""Rules of imports against values worked out on paper, and against a calendar counted day by day.

Why: two engines that share a rule cannot check it for each other.
"""

from __future__ import annotations

from math import exp, log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.rules import imports


def test_an_order_is_cut_into_its_lots() -> None:
    assert imports.lots(24, 6, 6) == (6, 6, 6, 6)
    # 25 = 4 first, then two of 10, and one left
    assert imports.lots(25, 4, 10) == (4, 10, 10, 1)
    assert imports.lots(3, 6, 6) == (3,)
    assert imports.lots(6, 6, 2) == (6,)


@pytest.mark.parametrize("bad", [(0, 6, 6), (6, 0, 6), (6, 6, 0)])
def test_nothing_cannot_be_cut(bad: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="expected all above zero"):
        imports.lots(*bad)


def test_a_slip_is_lognormal_with_the_suppliers_and_the_orders_share() -> None:
    # both scores 0: the median, exp(0.256) = 1.2917528
    assert imports.slip_bp(0.256, 0.320, 5_000, 0.0, 0.0) == 12_918
    # share a half, both scores 1: 0.256 + 0.320 x (0.70710678 + 0.70710678) = 0.70854834; exp = 2.0310414
    assert imports.slip_bp(0.256, 0.320, 5_000, 1.0, 1.0) == 20_310
    # all the supplier's: the order's score says nothing; 0.256 - 0.320 = -0.064; exp = 0.9380050
    assert imports.slip_bp(0.256, 0.320, 10_000, -1.0, 3.0) == 9_380
    # all the order's: 0.256 + 0.640 = 0.896; exp = 2.4497850
    assert imports.slip_bp(0.256, 0.320, 0, -1.0, 2.0) == 24_498
    # share 36 %: 0.6 of the supplier's score, 0.8 of the order's: 0.320 x (0.6 - 0.8) = -0.064
    # exp(0.256 - 0.064) = exp(0.192) = 1.2116705
    assert imports.slip_bp(0.256, 0.320, 3_600, 1.0, -1.0) == 12_117
    # no spread: exp(ln 1.5) = 1.5
    assert imports.slip_bp(log(1.5), 0.0, 5_000, 3.0, -3.0) == 15_000


def test_a_slip_without_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="log-sd of zero or more"):
        imports.slip_bp(0.0, -0.1, 5_000, 0.0, 0.0)
    with pytest.raises(ValueError, match="share of 0 to 10000"):
        imports.slip_bp(0.0, 0.1, 10_001, 0.0, 0.0)


def test_a_lead_is_promise_times_slip() -> None:
    assert imports.lead_days(300, 15_000) == 450
    # 365 x 1.2918 = 471.507
    assert imports.lead_days(365, 12_918) == 472
    # 5 x 0.9 = 4.5 -> 5
    assert imports.lead_days(5, 9_000) == 5
    assert imports.lead_days(0, 20_000) == 0
    for bad in ((-1, 10_000), (10, -1)):
        with pytest.raises(ValueError, match="zero or more of each"):
            imports.lead_days(*bad)


def test_a_rate_grows_by_the_month() -> None:
    assert imports.grown_rate(24, 100, 0) == 24_000
    # 1.01^12 = 1.12682503; x 24 = 27.0438007
    assert imports.grown_rate(24, 100, 12) == 27_044
    # 1.1^2 = 1.21; x 10 = 12.1
    assert imports.grown_rate(10, 1_000, 2) == 12_100
    assert imports.grown_rate(0, 100, 5) == 0
    for bad in ((-1, 0, 0), (1, 0, -1), (1, -10_001, 1)):
        with pytest.raises(ValueError, match="rate and months of zero or more"):
            imports.grown_rate(*bad)


def test_six_aircraft_every_ninety_days() -> None:
    # the story: the first lot is ready on 450; capacity since day 0 has long covered it; then 6 every 90 days
    assert imports.departure_day(6, 0, 450, (0,), (6,), 90) == 450
    assert imports.departure_day(6, 450, 450, (0,), (6,), 90) == 540
    assert imports.departure_day(6, 540, 450, (0,), (6,), 90) == 630
    # 24 a year in thousandths: one unit takes 365/24 = 15.2 days, so it leaves on the 16th
    assert imports.departure_day(1, 100, 0, (0,), (24_000,)) == 116


def test_a_diversion_window_slows_the_line_for_its_days_only() -> None:
    # two a day until 9, one a day on 10..19, two from 20 on. 25 units since day 4:
    # days 5..9 make 10, days 10..19 make 10, days 20, 21 make 4, day 22 the last one
    assert imports.departure_day(25, 4, 0, (0, 10, 20), (2, 1, 2), 1) == 22
    # 20 units are done with the window's last day, not a day later
    assert imports.departure_day(20, 4, 0, (0, 10, 20), (2, 1, 2), 1) == 19
    # 21 need one more
    assert imports.departure_day(21, 4, 0, (0, 10, 20), (2, 1, 2), 1) == 20
    # a window of nothing: 10 made by day 9, none on 10..19, the eleventh on 20
    assert imports.departure_day(11, 4, 0, (0, 10, 20), (2, 0, 2), 1) == 20
    # nothing more after day 9: what is made by then can leave on it
    assert imports.departure_day(9, 0, 0, (0, 10), (1, 0), 1) == 9
    # signed inside the window: the rate of day 12 is the window's
    assert imports.departure_day(1, 11, 0, (0, 10, 20), (2, 0, 2), 1) == 20


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((0, 0, 0, (0,), (1,), 1), "a lot of 0 units"),
        ((1, 0, 0, (0,), (1,), 0), "a period of 0"),
        ((1, 0, 0, (0, 5), (1,), 1), "one rate a change day"),
        ((1, 0, 0, (2,), (1,), 1), "no rate holds on working day 1"),
        ((1, 0, 0, (), (), 1), "no rate holds on working day 1"),
        ((1, 0, 0, (0, 5), (-1, 1), 1), "rate -1 from day 0"),
        ((9, 0, 0, (0, 5), (1, 0), 1), "would never leave"),
    ],
)
def test_a_lot_that_cannot_be_timed_is_refused(
    arguments: tuple[int, int, int, tuple[int, ...], tuple[int, ...], int], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        imports.departure_day(*arguments)


def day_by_day(size: int, since: int, earliest: int, changes: list[int], rates: list[int], period: int) -> int:
    """The rule as a calendar would be read: one line a day."""
    made, day = 0, since
    while made < size * period or day < earliest:
        day += 1
        made += rates[max(j for j, change in enumerate(changes) if change <= day)]
    return day


@settings(max_examples=500, deadline=None)
@given(
    size=st.integers(1, 40),
    since=st.integers(-20, 60),
    earliest=st.integers(-30, 120),
    before=st.integers(0, 15),
    gaps=st.lists(st.integers(1, 30), max_size=6),
    rates=st.lists(st.integers(0, 9), min_size=7, max_size=7),
    last=st.integers(1, 9),
    period=st.integers(1, 12),
)
def test_departures_equal_those_counted_day_by_day(
    size: int,
    since: int,
    earliest: int,
    before: int,
    gaps: list[int],
    rates: list[int],
    last: int,
    period: int,
) -> None:
    changes = [since + 1 - before]
    for gap in gaps:
        changes.append(changes[-1] + gap)
    rates = [*rates[: len(gaps)], last]
    expected = max(day_by_day(size, since, since, changes, rates, period), earliest)
    assert imports.departure_day(size, since, earliest, changes, rates, period) == expected
    assert day_by_day(size, since, earliest, changes, rates, period) == expected


def test_promised_arrivals_follow_the_rate() -> None:
    # 6 units at 24.334 a year take 6 x 365 / 24.334 = 89.998 days -> 90
    assert imports.promised_arrivals(450, (6, 6, 6, 6), 24_334) == (450, 540, 630, 720)
    # the same said exactly, as 6 units per 90 days
    assert imports.promised_arrivals(450, (6, 6, 6, 6), 6, 90) == (450, 540, 630, 720)
    # 10 a year: 4 units take 146 days exactly, 1 unit 36.5 -> 37
    assert imports.promised_arrivals(100, (2, 4, 1), 10_000) == (100, 246, 283)
    # no limit: all on the first day
    assert imports.promised_arrivals(450, (6, 6), 0) == (450, 450)
    assert imports.promised_arrivals(450, (), 10) == ()
    for bad in ((-1, 365), (1, 0)):
        with pytest.raises(ValueError, match="zero \\(no limit\\) or more, a period above zero"):
            imports.promised_arrivals(1, (1,), *bad)


def test_promises_are_kept_when_nothing_slips() -> None:
    # what is promised at a steady rate is what departure_day gives for that rate
    promised = imports.promised_arrivals(200, (3, 5, 7), 12_345)
    left = [200]
    for units in (5, 7):
        left.append(imports.departure_day(units, left[-1], 200, (0,), (12_345,)))
    assert promised == tuple(left)


def test_the_median_slip_is_the_exponential_of_its_log_mean() -> None:
    assert imports.slip_bp(0.302, 0.213, 5_000, 0.0, 0.0) == round(10_000 * exp(0.302))
