"""Stories of crews: who flies what stands on the apron, where people come from, and when they leave (R28)."""

from __future__ import annotations

from typing import Any

import pytest

from sim.engine import Run
from sim.engine.entries import (
    Accepted,
    Appropriated,
    Arrived,
    Available,
    Awarded,
    Crewed,
    Decided,
    Deployed,
    Graduated,
    Lapsed,
    LeftOnTime,
    Obligated,
    Paid,
    Passed,
    PeopleLeft,
    Permitted,
    SeatsBought,
    SeatsOpen,
    Tendered,
    Used,
)
from sim.scenario.resolved import Crew, Scenario, SeatsLever
from tests.stories.builder import buy, day, given, line, luck, mission, offer, product, ruled, scenario, scheduled, told
from tests.stories.forces import JUST_OVER_HALF_A_MONTH, crew, places, row, shock
from tests.stories.ledger import assert_told, assert_whole, days_and_units


def manned(people: Crew, *orders: object, **changes: Any) -> Scenario:
    """A mission with these people, twelve wanted and ordered, there on day 100."""
    base = {
        "missions": [mission(target=given("unit", 12), crew=people)],
        "policies": [scheduled(*(orders or (buy(0, 12),)))],
        "horizon": "2028-03-31",
    }
    return scenario(**{**base, **changes})


def graduates(run: Run) -> list[tuple[int, int]]:
    """(day, people) of each class that finished."""
    return [(entry.day, entry.people) for entry in run.of_kind(Graduated)]


# --- crews and units


def test_twelve_accepted_units_and_ten_crews_leave_two_waiting_for_crew() -> None:
    run = told(manned(crew(10)))
    assert_whole(
        run,
        Passed(0, 2025),
        Appropriated(0, "line", 2025, 10**12),
        Decided(0, "maker#1", "maker", "watch", 12),
        Tendered(0, "maker#1", -1, "watch", "drone", 12),
        Obligated(0, "maker#1", "line", 2025, 120),
        Awarded(0, "maker#1", -1, "watch", "drone", 12),
        Permitted(0, "maker#1", -1, "watch", "drone", 12),
        LeftOnTime(100, "maker#1", 0, "watch", "drone", 12),
        Arrived(100, "maker#1", 0, "watch", "drone", 12),
        Paid(100, "maker#1", "line", 2025, 120, 120),
        Accepted(100, "maker#1", 0, "watch", "drone", 12),
        # ten crews for ten of the twelve
        Crewed(100, "maker#1", 0, "watch", "drone", 10),
        Deployed(100, "maker#1", 0, "watch", "drone", 10),
        Lapsed(364, "line", 2025, 10**12 - 120),
        Passed(365, 2026),
        Passed(730, 2027),
    )
    at_due = row(run)
    assert places(run) == {"waiting_crew": 2, "deployed": 10}
    # target 12 - deployed 10 = not ordered 0 + waiting for crew 2
    assert (at_due.target - at_due.deployed, at_due.not_ordered, at_due.waiting_crew) == (2, 0, 2)
    assert not at_due.met


@pytest.mark.parametrize(
    ("people", "deployed"),
    [
        (11, 0),  # a block of four needs twelve
        (12, 4),
        (35, 8),  # two blocks whole: 24; a third is a man short
        (36, 9),  # nine units are two blocks and a begun one: three times twelve
    ],
)
def test_the_need_for_people_rounds_up_by_blocks(people: int, deployed: int) -> None:
    four_with_twelve = crew(people, block_units=4, people_per_block=given("person", 12))
    assert row(told(manned(four_with_twelve, buy(0, 9)))).deployed == deployed


def test_a_begun_block_has_room_for_the_rest_of_it() -> None:
    """Twelve people serve one block of four: three on day 100, one of the two that come on day 150."""
    run = told(manned(crew(12, block_units=4, people_per_block=given("person", 12)), buy(0, 3), buy(50, 2)))
    assert days_and_units(run, Crewed) == [(100, 3), (150, 1)]


def test_a_mission_without_crews_to_find_sends_its_units_straight_to_base() -> None:
    assert days_and_units(told(manned(crew(), missions=[mission()])), Deployed) == [(100, 12)]


def test_units_go_to_base_as_people_come_a_lot_in_parts() -> None:
    """Four on day 100; two people a month from the class of day 91 on, which ends 30 days later."""
    run = told(manned(crew(4, seats_per_month=2, opening_day=91), horizon="2025-09-30"))
    # classes on day 91, 122, 153: people on day 121, 152, 183; the horizon is day 182
    assert graduates(run) == [(121, 2), (152, 2)]
    assert days_and_units(run, Deployed) == [(100, 4), (121, 2), (152, 2)]


def test_lots_that_wait_for_crews_are_served_in_the_order_of_their_signing() -> None:
    """Quick, signed on day 20, waits from day 70; maker, signed on day 0, from day 100; people come on day 121."""
    run = told(
        manned(
            crew(seats_per_month=3, opening_day=91),
            buy(0, 3),
            buy(20, 3, "quick"),
            offers=[offer(), offer("quick", promise_first_days=50)],
            horizon="2025-09-30",
        )
    )
    assert days_and_units(run, Accepted) == [(70, 3), (100, 3)]
    assert [(entry.day, entry.order) for entry in run.of_kind(Crewed)] == [(121, "maker#1"), (152, "quick#1")]


def test_crews_are_not_kept_for_a_lot_that_is_still_to_come() -> None:
    """Quick, signed last but there first, takes the three; maker's three wait."""
    run = told(manned(crew(3), buy(0, 3), buy(20, 3, "quick"), offers=[offer(), offer("quick", promise_first_days=50)]))
    assert [(entry.day, entry.order) for entry in run.of_kind(Crewed)] == [(70, "quick#1")]


@pytest.mark.parametrize(
    ("first", "second", "deployed"),
    [
        # two kinds of six, in blocks of four: two blocks each, 24 + 24; 36 people serve six and four
        ("drone", "kite", (6, 4)),
        # one kind of twelve: three blocks, 36
        ("drone", "drone", (6, 6)),
    ],
)
def test_two_products_share_a_pool_but_not_a_block(first: str, second: str, deployed: tuple[int, int]) -> None:
    run = told(
        manned(
            crew(36, block_units=4, people_per_block=given("person", 12)),
            buy(0, 6, first),
            buy(10, 6, second),
            products=[product(), product("kite")],
            offers=[offer("drone"), offer("kite", product="kite")],
        )
    )
    assert days_and_units(run, Deployed) == [(100, deployed[0]), (110, deployed[1])]


def test_two_missions_do_not_share_their_people() -> None:
    """Watch has two crews for three units, raid three for two: nobody changes over."""
    run = told(
        manned(
            crew(),
            buy(0, 3),
            buy(0, 2, "wasps", "raid"),
            missions=[mission(crew=crew(2)), mission("raid", crew=crew(3))],
            products=[product(), product("wasp", mission="raid")],
            offers=[offer(), offer("wasps", product="wasp")],
        )
    )
    assert (row(run).deployed, row(run).waiting_crew) == (2, 1)
    assert (row(run, "raid").deployed, row(run, "raid").waiting_crew) == (2, 0)


def test_the_opening_stock_has_its_crews() -> None:
    """Four in service, one person in the pool: of two that come one serves and one waits, and five are available."""
    run = told(manned(crew(), buy(0, 2), missions=[mission(opening_stock=4, crew=crew(1))]))
    assert (row(run).deployed, row(run).available, row(run).waiting_crew) == (5, 5, 1)


# --- courses


def test_a_course_begins_on_its_opening_date_without_waiting_for_aircraft() -> None:
    """Opened on 11 May, day 40: classes of two then, on 1 June (61) and on 1 July (91), of 45 days each."""
    assert (day("2025-05-11"), day("2025-06-01"), day("2025-07-01")) == (40, 61, 91)
    run = told(manned(crew(seats_per_month=2, opening_day=40, course=luck(45)), horizon="2025-08-31"))
    # the units come on day 100: the first class has waited for them
    assert graduates(run) == [(85, 2), (106, 2), (136, 2)]
    assert days_and_units(run, Deployed) == [(100, 2), (106, 2), (136, 2)]


@pytest.mark.parametrize(
    ("opens", "first_class"),
    [(-200, 0), (0, 0), (30, 30), (31, 31), (60, 60)],
)
def test_a_month_has_one_class_and_the_first_is_on_the_opening_date(opens: int, first_class: int) -> None:
    """One that opened before the start begins on day 0, the first of April; one of 1 May has one class that day."""
    run = told(manned(crew(seats_per_month=1, opening_day=opens, course=luck(1)), horizon="2025-07-31"))
    firsts = [first for first in (0, 30, 61, 91) if first > first_class]
    assert graduates(run) == [(begins + 1, 1) for begins in (first_class, *firsts)]


def test_a_course_that_opens_after_the_horizon_trains_nobody() -> None:
    assert graduates(told(manned(crew(seats_per_month=1, opening_day=200), horizon="2025-08-31"))) == []


def test_a_fraction_of_a_post_is_carried_to_the_next_month() -> None:
    """Ten seats, 85.5 % filled: 8.55, 17.1, 25.65, 34.2 in all; whole people of it 8, 17, 25, 34."""
    people = crew(seats_per_month=10, posts_filled=given("share", 8_550), course=luck(10))
    run = told(manned(people, horizon="2025-07-31"))
    assert [people for _, people in graduates(run)] == [8, 9, 8, 9]


def test_of_a_class_as_many_pass_as_luck_and_the_pass_rate_say() -> None:
    """Ten in a class, each passes with chance 0.8: P(up to 7) = 0.322, P(up to 8) = 0.624."""
    # 0.8^10 = 0.1074; 10 x 0.8^9 x 0.2 = 0.2684; 45 x 0.8^8 x 0.04 = 0.3020: 1 - 0.6778 = 0.3222 for up to 7
    people = crew(seats_per_month=10, pass_rate=given("share", 8_000), course=luck(10))
    run = told(manned(people, horizon="2025-07-31"), written={"graduates/watch": [0.5, 0.33, 0.32, 0.63]})
    assert graduates(run) == [(10, 8), (40, 8), (71, 7), (101, 9)]


def test_a_class_may_take_longer_than_another() -> None:
    people = crew(seats_per_month=1, course=luck(45))
    run = told(manned(people, horizon="2025-07-31"), written={"course/watch": {0: 100}})
    # the class of day 0 is back on day 100, after those of day 30 (75)
    assert graduates(run) == [(75, 1), (100, 1), (106, 1)]


def test_a_shock_sets_the_share_of_posts_filled_while_it_holds() -> None:
    """Ten seats; from day 30 to day 90 half of them are empty: classes of 10, 5, 5 and 10."""
    shortfall = shock("posts_filled", 30, 5_000, "watch", end=91)
    run = told(manned(crew(seats_per_month=10, course=luck(10)), horizon="2025-07-31", shocks=(shortfall,)))
    assert [people for _, people in graduates(run)] == [10, 5, 5, 10]


# --- leavers


def test_when_people_leave_units_stay_deployed_and_are_not_available() -> None:
    """Three people, three units from day 100; at the end of July each leaves with chance 0.508, and two do."""
    # P(none) = 0.4918^3 = 0.119, P(up to 1) = + 3 x 0.5082 x 0.4918^2 = 0.488, P(up to 2) = 1 - 0.5082^3 = 0.869
    people = crew(3, leaving=given("share", JUST_OVER_HALF_A_MONTH))
    stays = dict.fromkeys(range(36), 1e-9)
    luck_of_it = {"leavers/watch": {**stays, 3: 0.5}}
    run = told(manned(people, buy(0, 3)), written=luck_of_it)
    assert_told(run, (PeopleLeft,), PeopleLeft(121, "watch", 2))
    assert_told(run, (Available,), Available(100, "watch", 3), Available(121, "watch", 1))
    assert (row(run).deployed, row(run).available) == (3, 1)
    assert places(run) == {"deployed": 3}


def test_people_who_left_before_the_units_came_serve_none_of_them() -> None:
    """Two of three leave on day 29: of four units one has a crew on day 100, two more from the class of day 91."""
    people = crew(3, leaving=given("share", JUST_OVER_HALF_A_MONTH), seats_per_month=2, opening_day=91)
    luck_of_it = {"leavers/watch": {0: 0.5, **dict.fromkeys(range(1, 5), 1e-9)}}
    run = told(manned(people, buy(0, 4), horizon="2025-08-31"), written=luck_of_it)
    assert days_and_units(run, Deployed) == [(100, 1), (121, 2), (152, 1)]


def test_new_people_first_serve_the_units_that_lost_theirs() -> None:
    """Three deployed on day 100, two people leave on day 121; the two of day 152 make up for them, the fourth waits."""
    people = crew(3, leaving=given("share", JUST_OVER_HALF_A_MONTH), seats_per_month=2, opening_day=122)
    luck_of_it = {"leavers/watch": {**dict.fromkeys(range(5), 1e-9), 3: 0.5}}
    run = told(manned(people, buy(0, 4), horizon="2025-08-31"), written=luck_of_it)
    assert days_and_units(run, Deployed) == [(100, 3)]
    assert_told(run, (Available,), Available(100, "watch", 3), Available(121, "watch", 1), Available(152, "watch", 3))


def test_a_year_s_leavers_leave_a_twelfth_part_at_a_time() -> None:
    """A yearly share of 1 - 0.5^12 halves a month: of 64 people, with luck in the middle, 32, 16, 8."""
    # the nearest share in basis points, 9,998, is a monthly 0.5082; the median of Bin(64, 0.5082) is 33 (mean 32.5),
    # of Bin(31, 0.5082) 16 (15.8), of Bin(15, 0.5082) 8 (7.6)
    people = crew(64, leaving=given("share", JUST_OVER_HALF_A_MONTH))
    run = told(manned(people, horizon="2025-06-30"))
    assert [entry.people for entry in run.of_kind(PeopleLeft)] == [33, 16, 8]


def test_where_nobody_leaves_nothing_is_written_down() -> None:
    assert told(manned(crew(3))).days_of(PeopleLeft) == []


# --- extra seats


def schooled(*, seats: int = 4, extra: int = 5_000, on: int = 10, money: int = 10_000, **changes: Any) -> Scenario:
    """Four seats a month, half as many more bought on day 10 at 100 yen each, open after 60 days."""
    people = crew(seats_per_month=seats, course=luck(10), extra_seat_yen=100, extra_seats_lead=luck(60))
    base = {
        "missions": [mission(crew=people, due_day=200)],
        "lines": [line(years={2025: money})],
        "policies": [scheduled(seats=(SeatsLever("watch", extra, on),))],
        "horizon": "2025-12-31",
    }
    return scenario(**{**base, **changes})


def test_extra_seats_open_after_their_lead_and_are_paid_month_by_month_until_the_due_day() -> None:
    """Bought on day 10, open on day 70: classes of six on day 91, 122, 153 and 183; the due day is day 200."""
    run = told(schooled())
    assert_told(
        run,
        (SeatsBought, SeatsOpen, Used),
        SeatsBought(10, "watch", 2, 200),
        SeatsOpen(70, "watch", 2),
        *(Used(begins, "seats/watch", "line", 2025, 200) for begins in (91, 122, 153, 183)),
    )
    assert [people for _, people in graduates(run)] == [4, 4, 4, 6, 6, 6, 6, 4, 4]


def test_a_month_that_the_line_cannot_pay_has_no_extra_seats() -> None:
    """500 pay for two months of 200 each; the hundred that is left pays for no part of a third."""
    run = told(schooled(money=500))
    assert run.days_of(Used) == [91, 122]
    assert [people for _, people in graduates(run)] == [4, 4, 4, 6, 6, 4, 4, 4, 4]


def test_extra_seats_are_paid_by_the_line_they_name() -> None:
    people = crew(seats_per_month=4, course=luck(10), extra_seat_yen=100, extra_seat_line="school")
    run = told(
        schooled(missions=[mission(crew=people, due_day=100)], lines=[line(), line("school", years={2025: 999})])
    )
    assert_told(run, (Used,), Used(91, "seats/watch", "school", 2025, 200))


def test_under_a_provisional_budget_there_are_no_extra_seats() -> None:
    """The budget passes on day 100: the class of day 91 has none."""
    run = told(schooled(passage={2025: 100}))
    assert run.days_of(Used) == [122, 153, 183]


def test_seats_dated_before_the_as_of_day_are_bought_on_it() -> None:
    run = told(schooled(as_of=50))
    assert_told(run, (SeatsBought, SeatsOpen), SeatsBought(50, "watch", 2, 200), SeatsOpen(110, "watch", 2))


def test_seats_bought_twice_add_up() -> None:
    levers = (SeatsLever("watch", 5_000, 10), SeatsLever("watch", 2_500, 40))
    run = told(schooled(policies=[scheduled(seats=levers)]))
    assert_told(run, (SeatsOpen,), SeatsOpen(70, "watch", 2), SeatsOpen(100, "watch", 1))
    assert [entry.yen for entry in run.of_kind(Used)] == [200, 300, 300, 300]


def test_extra_seats_are_filled_like_the_others() -> None:
    """Four and four seats, half of them filled: four people."""
    people = crew(seats_per_month=4, course=luck(10), posts_filled=given("share", 5_000), extra_seat_yen=100)
    run = told(
        schooled(
            missions=[mission(crew=people, due_day=100)],
            policies=[scheduled(seats=(SeatsLever("watch", 10_000, 10),))],
            horizon="2025-07-31",
        )
    )
    assert [people for _, people in graduates(run)] == [2, 2, 2, 4]


def test_a_rule_buys_its_seats_on_their_day_like_a_typed_policy() -> None:
    """Day 10 is no day of review, but the seats make it one."""
    run = told(schooled(policies=[ruled(spec={"seats": (SeatsLever("watch", 5_000, 10),)})]))
    assert_told(run, (SeatsBought,), SeatsBought(10, "watch", 2, 200))
