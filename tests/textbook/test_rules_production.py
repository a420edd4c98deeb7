"""Rules of a home line against values worked out on paper and the price checks printed beside the facts.

Why: two engines that share a rule cannot check it for each other.
"""

from __future__ import annotations

import pytest

from sim.rules import production
from sim.rules.learning import unit_minutes
from sim.rules.production import NEVER, completion_day, passed_on, tooling_work


def back_to_back(
    start_day: int,
    work: list[tuple[int, int]],
    changes: tuple[int, ...],
    labour: tuple[int, ...],
    tooling: tuple[int, ...],
) -> list[int]:
    """Completion days of lots that each start on the day the one before is done."""
    days, day, left = [], start_day, (0, 0)
    for lot in work:
        day, left = completion_day(day, lot, passed_on(day, left, day), changes, labour, tooling)
        days.append(day)
    return days


def test_the_story_of_four_units_on_a_line_of_ten_heads() -> None:
    # T1 = 100 h, slope 80 %, 10 heads x 8 h = 4,800 minutes a day, lots of one, no tooling limit:
    #   unit 1, 6,000: day 1 makes 4,800, day 2 the rest; left 9,600 - 6,000 = 3,600
    #   unit 2, 4,800: starts on day 2 with 3,600; done on day 3; left 3,600 + 4,800 - 4,800 = 3,600
    #   unit 3, 4,213: starts on day 3 with 3,600; done on day 4; left 3,600 + 4,800 - 4,213 = 4,187
    #   unit 4, 3,840: starts on day 4, and 4,187 covers it whole: done on day 4
    a_day = production.labour_minutes_a_day(10, 8 * 60)
    work = [(unit_minutes(100 * 60, 0.8, 0, n), 0) for n in (1, 2, 3, 4)]
    assert back_to_back(0, work, (0,), (a_day,), (0,)) == [2, 3, 4, 4]
    assert completion_day(0, work[0], (0, 0), (0,), (a_day,), (0,)) == (2, (3_600, 0))
    assert completion_day(3, work[2], (3_600, 0), (0,), (a_day,), (0,)) == (4, (4_187, 0))
    assert completion_day(4, work[3], (4_187, 0), (0,), (a_day,), (0,)) == (4, (347, 0))


def test_the_first_working_day_is_the_day_after_the_start() -> None:
    assert completion_day(7, (100, 0), (0, 0), (0,), (100,), (0,)) == (8, (0, 0))
    assert completion_day(7, (101, 0), (0, 0), (0,), (100,), (0,)) == (9, (99, 0))
    # one minute short of the whole: the left-over is taken, the lot still needs a day
    assert completion_day(7, (100, 0), (99, 0), (0,), (100,), (0,)) == (8, (99, 0))
    assert completion_day(7, (100, 0), (100, 0), (0,), (100,), (0,)) == (7, (0, 0))


def test_what_a_day_leaves_is_lost_unless_the_next_lot_starts_that_day() -> None:
    day, left = completion_day(0, (6_000, 0), (0, 0), (0,), (4_800,), (0,))
    assert (day, left) == (2, (3_600, 0))
    assert passed_on(2, left, 2) == (3_600, 0)
    assert passed_on(2, left, 3) == (0, 0)
    # 8,400 minutes: started on day 2 with 3,600 they are done on day 3; started on day 3 they need days 4, 5
    assert completion_day(2, (8_400, 0), passed_on(2, left, 2), (0,), (4_800,), (0,))[0] == 3
    assert completion_day(3, (8_400, 0), passed_on(2, left, 3), (0,), (4_800,), (0,))[0] == 5
    with pytest.raises(ValueError, match="before the one done on day 2"):
        passed_on(2, left, 1)


def test_the_slower_meter_decides_and_idle_labour_is_not_banked() -> None:
    # tooling: 36.5 units a year make a unit every ten days; labour: 500 of 1,000 minutes a day suffice for one
    tooling = 36_500
    lot = (500, tooling_work(1))
    # the labour of days 1 to 9 is gone; of day 10 all 1,000 minutes are left
    assert completion_day(0, lot, (0, 0), (0,), (1_000,), (tooling,)) == (10, (1_000, 0))
    assert back_to_back(0, [lot] * 3, (0,), (1_000,), (tooling,)) == [10, 20, 30]
    # a lot of 1,500 minutes without tooling, started that day: 1,000 of it are there, the rest is done on day 11
    assert completion_day(10, (1_500, 0), (1_000, 0), (0,), (1_000,), (tooling,)) == (11, (500, tooling))
    # labour is the slower one: tooling has at most its own day left
    assert completion_day(0, (20_000, tooling_work(1)), (0, 0), (0,), (1_000,), (tooling,)) == (20, (0, tooling))


def test_a_tooling_step_that_arrives_mid_lot_counts_from_its_day() -> None:
    # one unit per ten days until day 4, then two: 4 days make 4/10 by day 4, day 5 on 2/10 a day: 7
    assert completion_day(0, (1, tooling_work(1)), (0, 0), (0, 5), (9, 9), (36_500, 73_000)) == (7, (9, 0))
    # the same written as units per 10 days
    assert completion_day(0, (1, tooling_work(1, 10)), (0, 0), (0, 5), (9, 9), (1, 2)) == (7, (9, 0))
    # half a year without tooling, then one a day: a lot of three is done on day 185
    assert completion_day(0, (1, tooling_work(3)), (0, 0), (0, 183), (9, 9), (0, 365_000))[0] == 185


def test_more_heads_mid_lot_and_a_stop_in_between() -> None:
    # 100 a day on days 1..4, nothing on 5..9, 300 from day 10: 1,000 = 400 + 0 + 600, done on day 11, none left
    changes, labour, tooling = (0, 5, 10), (100, 0, 300), (0, 0, 0)
    assert completion_day(0, (1_000, 0), (0, 0), changes, labour, tooling) == (11, (0, 0))
    assert completion_day(0, (400, 0), (0, 0), changes, labour, tooling) == (4, (0, 0))
    assert completion_day(0, (401, 0), (0, 0), changes, labour, tooling) == (10, (299, 0))


def test_what_no_capacity_completes_is_never_done() -> None:
    assert completion_day(0, (10, 0), (0, 0), (0,), (0,), (5,)) == (NEVER, (0, 0))
    assert completion_day(0, (1, 10), (0, 0), (0, 5), (9, 9), (1, 0)) == (NEVER, (0, 0))
    assert completion_day(0, (1, 4), (0, 0), (0, 5), (9, 9), (1, 0)) == (4, (9, 0))


@pytest.mark.parametrize(
    ("work", "left_over", "changes", "labour", "tooling", "words"),
    [
        ((0, 0), (0, 0), (0,), (1,), (1,), "expected some work"),
        ((-1, 1), (0, 0), (0,), (1,), (1,), "nothing below zero"),
        ((1, 1), (0, -1), (0,), (1,), (1,), "nothing below zero"),
        ((1, 1), (0, 0), (0,), (-1,), (1,), "one of zero or more a change"),
        ((1, 1), (0, 0), (0, 1), (1, 1), (1,), "one of zero or more a change"),
        ((1, 1), (0, 0), (12,), (1,), (1,), "working day 11 has no capacity stated"),
        ((1, 1), (0, 0), (), (), (), "working day 11 has no capacity stated"),
    ],
)
def test_a_lot_that_cannot_be_timed_is_refused(
    work: tuple[int, int],
    left_over: tuple[int, int],
    changes: tuple[int, ...],
    labour: tuple[int, ...],
    tooling: tuple[int, ...],
    words: str,
) -> None:
    with pytest.raises(ValueError, match=words):
        completion_day(10, work, left_over, changes, labour, tooling)


def test_tooling_is_counted_on_the_scale_of_foreign_rates() -> None:
    assert tooling_work(2) == 2 * 365 * 1_000
    assert tooling_work(3, 90) == 270
    assert tooling_work(0) == 0
    for bad in ((-1, 365), (1, 0)):
        with pytest.raises(ValueError, match="units of zero or more, a period above 0"):
            tooling_work(*bad)


def test_heads_join_by_the_month_until_the_line_is_full() -> None:
    months = (31, 59, 90, 120, 151)
    assert production.head_steps(months, 10, 2, 15) == [(31, 12), (59, 14), (90, 15)]
    assert production.head_steps(months, 10, 2, 100) == [(31, 12), (59, 14), (90, 16), (120, 18), (151, 20)]
    assert production.head_steps(months, 15, 2, 15) == []
    assert production.head_steps(months, 10, 0, 15) == []
    assert production.head_steps((), 10, 2, 15) == []
    for bad in ((-1, 2, 15), (10, -1, 15), (10, 2, 9)):
        with pytest.raises(ValueError, match="and no more at first"):
            production.head_steps(months, *bad)


def test_minutes_of_a_day_average_days_off_in() -> None:
    # 8 h x 245 / 365 = 5.37, written as 5.4 h: 324 minutes
    assert production.labour_minutes_a_day(12, 324) == 3_888
    for bad in ((-1, 1), (1, -1)):
        with pytest.raises(ValueError, match="zero or more of each"):
            production.labour_minutes_a_day(*bad)


def test_a_subsidy_lowers_the_commitment_and_never_below_its_share() -> None:
    # 8 units, half of the capital paid: 4; 7 units, a third paid: 4.67 -> 5; a hundredth paid: 6.93 -> 7
    assert production.commitment_asked(8, 5_000) == 4
    assert production.commitment_asked(7, 3_333) == 5
    assert production.commitment_asked(7, 100) == 7
    assert production.commitment_asked(7, 9_999) == 1
    assert production.commitment_asked(7, 10_000) == 0
    assert production.commitment_asked(0, 0) == 0
    # where half of the capital is all there is to get, a quarter is half of the way
    assert production.commitment_asked(8, 2_500, 5_000) == 4
    for bad in ((-1, 0, 10_000), (1, -1, 10_000), (1, 10_001, 10_000), (1, 0, 0)):
        with pytest.raises(ValueError, match="a subsidy from zero to full"):
            production.commitment_asked(*bad)


def test_the_margin_is_on_parts_hours_and_overhead() -> None:
    # (1,000 + 90 min x 600 yen/h = 900 + 100) x 1.1 = 2,200
    assert production.price_minor(1_000, 90, 600, 100, 1_000) == 2_200
    assert production.price_minor(1_000, 90, 600, 100, 0) == 2_000
    # rounded once: 1 minute at 100 yen an hour is 1.67 yen, x 1.5 = 2.5 -> 3
    assert production.price_minor(0, 1, 100, 0, 5_000) == 3
    for bad in ((-1, 0, 0, 0, 0), (0, -1, 0, 0, 0), (0, 0, -1, 0, 0), (0, 0, 0, -1, 0), (0, 0, 0, 0, -1)):
        with pytest.raises(ValueError, match="zero or more of each"):
            production.price_minor(*bad)


def test_exports_start_only_below_their_cap() -> None:
    assert production.export_allowed(299, 1_000, 3_000)
    assert not production.export_allowed(300, 1_000, 3_000), "at the cap is not below it"
    assert not production.export_allowed(301, 1_000, 3_000)
    # the first lot of a line: nothing made yet, a share of zero
    assert production.export_allowed(0, 0, 1)
    # after it all minutes are exports, so the next waits for home work
    assert not production.export_allowed(500, 500, 3_000)
    assert production.export_allowed(0, 1_000, 1)
    # a cap of zero lets none through, a cap of a whole lets all through
    assert not production.export_allowed(0, 0, 0)
    assert not production.export_allowed(0, 1_000, 0)
    assert production.export_allowed(500, 500, 10_000)
    for bad in ((2, 1, 0), (-1, 1, 0), (0, 1, -1), (0, 1, 10_001)):
        with pytest.raises(ValueError, match="a part of the whole, and a cap of 0 to 10000"):
            production.export_allowed(*bad)
