"""Home lines (R21, R22): what a lot takes, who works on it and with what, and what stops it.

Unless a story says otherwise one head works 1,440 minutes a day, a unit takes a day, and a lot is one unit.
"""

from __future__ import annotations

from typing import Any

from sim.engine import Run
from sim.engine.entries import Deployed
from sim.engine.entries.home import Forgot
from sim.scenario.resolved import ToolingLever, ToolingStep
from tests.stories.builder import buy, given, line, luck, mission, product, scheduled, told
from tests.stories.forces import bench, crew, shock
from tests.stories.home_builder import family, home, home_offer, industry, kit, source, window
from tests.stories.home_ledger import made, money, stores, work

TEN_HEADS = {
    "first_minutes": given("minute", 6_000),
    "slope": given("factor", 8_000),
    "heads_at_start": 10,
    "most_heads": 10,
    "minutes_a_head_day": 480,
}
"""100 hours for unit 1, 80 hours a day, a slope of 80 %: 6,000, 4,800, 4,213 and 3,840 minutes."""


def ordered(*orders: Any, of: dict[str, Any] | None = None, **changes: Any) -> Run:
    """Typed home orders on one line."""
    return told(industry(offers=[home_offer(of=of)], policies=[scheduled(*orders)], **changes))


def test_the_first_four_units_on_an_eighty_percent_curve() -> None:
    # 10 heads x 8 h make 80 h a day. Unit hours 100, 80, 70.21 (4,213 minutes), 64 (3,840 minutes).
    # The order is signed on day 0, so the first working day is day 1.
    # Unit 1: 100 h, day 1 80 h, day 2 20 h; 60 h of day 2 are left. Unit 2 starts on day 2 with these 60 h,
    # 20 h of day 3; 60 h = 3,600 min left. Unit 3: 4,213 - 3,600 = 613 min of day 4; 4,187 left.
    # Unit 4: 3,840 are covered by what day 4 has left: done the same day.
    run = ordered(buy(0, 4, "home"), of=TEN_HEADS)
    assert made(run) == [(0, 2, 6_000), (2, 3, 4_800), (3, 4, 4_213), (4, 4, 3_840)]
    assert run.days_of(Deployed) == [2, 3, 4, 4]
    assert work(run) == [
        (0, "LineReady", 10, 10**9),
        *((0, "Queued", lot, 1) for lot in range(4)),
        (0, "Started", 0, 1),
        (2, "Built", 0, 1),
        (2, "Started", 1, 1),
        (3, "Built", 1, 1),
        (3, "Started", 2, 1),
        (4, "Built", 2, 1),
        (4, "Started", 3, 1),
        (4, "Built", 3, 1),
    ]


def test_no_unit_takes_less_than_the_floor() -> None:
    # 6,000, 4,800, then 4,500 instead of 4,213 and 3,840.
    # Unit 1: 4,800 on day 1, 1,200 on day 2, 3,600 left. Unit 2: 3,600 and 1,200 of day 3, 3,600 left.
    # Unit 3: 3,600 and 900 of day 4, 3,900 left. Unit 4: 3,900 and 600 of day 5.
    run = ordered(buy(0, 4, "home"), of={**TEN_HEADS, "floor_minutes": 4_500})
    assert made(run) == [(0, 2, 6_000), (2, 3, 4_800), (3, 4, 4_500), (4, 5, 4_500)]


def test_yield_rises_and_what_fails_is_worked_over() -> None:
    # 1,000 minutes a unit and 1,000 to work one over; the yield is 1 - 0.5 e^-n after n units:
    # 0.5, 0.8161, 0.9323, 0.9751, so 1,500, 1,184, 1,068 and 1,025 minutes.
    # Unit 1: 1,440 on day 1, 60 on day 2, 1,380 left. Unit 2: covered by those the same day, 196 left.
    # Unit 3: 196 and 872 of day 3, 568 left. Unit 4: 568 and 457 of day 4.
    run = ordered(
        buy(0, 4, "home"),
        of={
            "first_minutes": given("minute", 1_000),
            "yield_first": given("share", 5_000),
            "yield_last": given("share", 10_000),
            "yield_scale_units": 1,
            "rework_share": given("share", 10_000),
        },
    )
    assert made(run) == [(0, 2, 1_500), (2, 2, 1_184), (2, 3, 1_068), (3, 4, 1_025)]
    assert run.days_of(Deployed) == [2, 2, 3, 4]


def test_a_tooling_step_that_arrives_mid_lot_counts_from_its_day() -> None:
    # Tooling for 73 units a year: a fifth of a unit a day. Lots of two take ten days of it; labour is two days.
    # The step, bought on day 0 for 7 yen, comes on day 4 and doubles it.
    # Lot 1: 3 x 0.2 on days 1 to 3, then 0.4 a day: 0.6 + 3 x 0.4 = 1.8 on day 6, 2.2 on day 7, 0.2 left.
    # Lot 2: 0.2 of day 7, 1.8 = 4.5 days: 5 days to day 12, 0.2 left.
    tooled = {"slots": given("rate", 73), "step": ToolingStep(73, given("yen", 7), luck(4))}
    policy = scheduled(buy(0, 4, "home"), home=home(tooling=(ToolingLever("home", 1, 0, "line"),)))
    run = told(industry(offers=[home_offer(lot=2, first_lot=2, of=tooled)], policies=[policy]))
    assert work(run) == [
        (0, "LineReady", 1, 73),
        (0, "Queued", 0, 2),
        (0, "Queued", 1, 2),
        (0, "Started", 0, 2),
        (4, "ToolingCame", 73),
        (7, "Built", 0, 2),
        (7, "Started", 1, 2),
        (12, "Built", 1, 2),
    ]
    assert money(run) == [(0, "tooling for home", "line", 7), (0, "home#1", "line", 4)]


def test_tooling_that_comes_before_the_line_is_open_is_there_when_it_opens() -> None:
    # Bought at the first review after the line was ordered, on 1 May (day 30), for it has no date; there on day 34.
    # The line is ready on day 50 with 146 slots: 0.4 a day; a unit takes 2.5 days: 53 and, with 0.2 left, 55.
    tooled = {"slots": given("rate", 73), "step": ToolingStep(73, given("yen", 7), luck(4)), "preparation": luck(50)}
    policy = scheduled(buy(0, 2, "home"), home=home(tooling=(ToolingLever("home", 1, None, "line"),)))
    run = told(industry(offers=[home_offer(of=tooled)], policies=[policy]))
    assert work(run) == [
        (0, "Queued", 0, 1),
        (0, "Queued", 1, 1),
        (0, "LineOrdered"),
        (34, "ToolingCame", 73),
        (50, "LineReady", 1, 146),
        (50, "Started", 0, 1),
        (53, "Built", 0, 1),
        (53, "Started", 1, 1),
        (55, "Built", 1, 1),
    ]


def test_heads_join_on_the_first_of_the_month_from_the_first_signature_on() -> None:
    # One head of 8 h; one joins a month until there are three. A unit takes 120 h. The line ran before the order
    # of day 20 (21 April) without hiring: 9 days of 8 h to 30 April are 72 h; 48 h are left for two heads on
    # 1 to 3 May, days 30 to 32. Unit 2: 7.5 days of 16 h: day 40, 8 h left. Unit 3: 112 h = 7 days: day 47.
    # Unit 4: 7.5 days, day 55, 8 h left. Unit 5: 112 h; 5 days of 16 h to day 60 (31 May) are 80; from 1 June on
    # 24 h a day: 32 h are day 61 and 8 h of day 62.
    growing = {
        "first_minutes": given("minute", 7_200),
        "minutes_a_head_day": 480,
        "intake_a_month": 1,
        "most_heads": 3,
    }
    run = ordered(buy(20, 5, "home"), of=growing)
    assert [(start, done) for start, done, _ in made(run)] == [(20, 32), (32, 40), (40, 47), (47, 55), (55, 62)]


def test_what_a_day_leaves_is_lost_to_a_lot_that_begins_later() -> None:
    # A unit takes 600 of a day's 1,440 minutes: 840 of day 1 are left. The lot of day 5 has its own day 6.
    run = ordered(buy(0, 1, "home"), buy(5, 1, "home"), of={"first_minutes": given("minute", 600)})
    assert made(run) == [(0, 1, 600), (5, 6, 600)]


def test_a_lot_done_with_what_the_day_has_left_finds_the_bench_and_the_crews_of_that_day() -> None:
    # Two units of 600 minutes are done on day 1, the second on the rung for starts. The bench has two places: both
    # tests begin that day and end on day 6, and there are people for both.
    world = {"missions": [mission(bench="bench", acceptance=luck(5), crew=crew(2))], "benches": {"bench": bench(2)}}
    run = ordered(buy(0, 2, "home"), of={"first_minutes": given("minute", 600)}, **world)
    assert made(run) == [(0, 1, 600), (1, 1, 600)]
    assert run.days_of(Deployed) == [6, 6]
    # Without a test the crews of the day are asked.
    at_once = {"missions": [mission(crew=crew(2))]}
    run = ordered(buy(0, 2, "home"), of={"first_minutes": given("minute", 600)}, **at_once)
    assert run.days_of(Deployed) == [1, 1]


def test_a_long_break_forgets_part_of_what_was_learnt() -> None:
    # Two units by day 3. The next order comes 90 days of grace and one halving of 365 days later: half is forgotten,
    # so it takes what unit 2 took.
    money_then = {"lines": [line(years={2025: 100, 2026: 100})]}
    run = ordered(buy(0, 2, "home"), buy(458, 1, "home"), of=TEN_HEADS, **money_then)
    assert made(run) == [(0, 2, 6_000), (2, 3, 4_800), (458, 459, 4_800)]
    assert list(run.of_kind(Forgot)) == [Forgot(458, "home", 2, 1)]


def test_a_break_within_the_grace_forgets_nothing() -> None:
    # 90 days after day 3: unit 3 takes what unit 3 takes. A day more, and 2 x 2^(-1/365) = 1.996 units count: one.
    run = ordered(buy(0, 2, "home"), buy(93, 1, "home"), of=TEN_HEADS)
    assert made(run)[-1] == (93, 94, 4_213)
    assert list(run.of_kind(Forgot)) == []
    longer = ordered(buy(0, 2, "home"), buy(94, 1, "home"), of=TEN_HEADS)
    assert made(longer)[-1] == (94, 95, 4_800)


def test_a_stop_for_want_of_parts_within_the_grace_forgets_nothing() -> None:
    # A motor a unit, ten days away. The first unit starts on day 10. What was ordered for the second on 1 May
    # (day 30) is held by a window until day 95: 95 - 12 = 83 days without work, and unit 2 takes its 4,800 minutes.
    run = told(
        industry(
            offers=[home_offer(of={**TEN_HEADS, "kit": kit(("motor", 1))})],
            families=[family()],
            sources=[source()],
            windows=[window(day=20, length=75)],
            policies=[scheduled(buy(0, 1, "home"), buy(20, 1, "home"))],
        )
    )
    assert made(run) == [(10, 12, 6_000), (95, 96, 4_800)]
    assert list(run.of_kind(Forgot)) == []


def test_a_fire_stops_a_lot_in_its_middle_and_takes_parts_from_the_store() -> None:
    # A unit takes five days and a motor that is ten days away. On day 0 the firm orders what starts by day 10 at
    # its rate, three of five. The first lot starts on day 10. Fire on day 12: ten days' stop; a month's use is
    # 365 / 12 / 5 = 6 motors, and the two in the store are all there are. Work on days 11 and 22 to 25.
    # 1 May (day 30): lots would start on days 30, 35, 40 and 45: three motors, on day 40. 1 June (61): one, day 71.
    run = told(
        industry(
            offers=[home_offer(of={"first_minutes": given("minute", 7_200), "kit": kit(("motor", 1))})],
            families=[family()],
            sources=[source()],
            shocks=(shock("line_stop", 12, 10, "home", stock_lost_months=10_000),),
            policies=[scheduled(buy(0, 5, "home"))],
        )
    )
    assert work(run) == [
        (0, "LineReady", 1, 10**9),
        *((0, "Queued", lot, 1) for lot in range(5)),
        (0, "ShortOfParts", 0, 1),
        (10, "StartedWithParts", 0, 1),
        (12, "LineStopped", 22),
        (25, "Built", 0, 1),
        (25, "ShortOfParts", 1, 1),
        (40, "StartedWithParts", 1, 1),
        (45, "Built", 1, 1),
        (45, "Started", 2, 1),
        (50, "Built", 2, 1),
        (50, "Started", 3, 1),
        (55, "Built", 3, 1),
        (55, "ShortOfParts", 4, 1),
        (71, "StartedWithParts", 4, 1),
        (76, "Built", 4, 1),
    ]
    assert stores(run) == [
        (0, "PartsOrdered", "source", 3),
        (10, "PartsCame", "source", 3),
        (10, "PartsUsed", "source", 1),
        (12, "PartsLost", "source", 2),
        (30, "PartsOrdered", "source", 3),
        (40, "PartsCame", "source", 3),
        (40, "PartsUsed", "source", 1),
        (45, "PartsUsed", "source", 1),
        (50, "PartsUsed", "source", 1),
        (61, "PartsOrdered", "source", 1),
        (71, "PartsCame", "source", 1),
        (71, "PartsUsed", "source", 1),
    ]


def two_lines(*orders: Any, pieces: tuple[int, int] = (2, 2), lots: int = 1, **changes: Any) -> Run:
    """One firm, two lines: ``alpha`` makes drones, ``beta`` planes; both kits are of motors."""
    return told(
        industry(
            products=[product(), product("plane")],
            offers=[
                home_offer(id, product=of, first_lot=lots, of={"kit": kit(("motor", count))})
                for id, of, count in (("alpha", "drone", pieces[0]), ("beta", "plane", pieces[1]))
            ],
            families=[family()],
            sources=[source()],
            policies=[scheduled(*orders)],
            **changes,
        )
    )


def test_lines_of_one_firm_are_served_oldest_lot_first() -> None:
    # Both need two motors; those for beta's lot, signed on day 0, are ordered that day and come on day 10.
    # alpha's lot, signed on day 1, waits too; the older takes them. alpha's are ordered on 1 May and come on day 40.
    run = two_lines(buy(0, 1, "beta"), buy(1, 1, "alpha"))
    assert work(run)[2:] == [
        (0, "Queued", ("beta#1", 0), 1),
        (0, "ShortOfParts", ("beta#1", 0), 1),
        (1, "Queued", ("alpha#1", 0), 1),
        (1, "ShortOfParts", ("alpha#1", 0), 1),
        (10, "StartedWithParts", ("beta#1", 0), 1),
        (11, "Built", ("beta#1", 0), 1),
        (40, "StartedWithParts", ("alpha#1", 0), 1),
        (41, "Built", ("alpha#1", 0), 1),
    ]


def test_nothing_is_reserved_a_younger_lot_of_another_line_may_take_what_is_there() -> None:
    # alpha needs two motors, beta one. Of the three ordered on day 0 one departs while the window lasts: beta starts
    # on day 10. On day 60 the other two come.
    run = two_lines(
        buy(0, 1, "alpha"),
        buy(0, 1, "beta"),
        pieces=(2, 1),
        windows=[window(day=5, length=55, share=luck(5_000, "share"))],
    )
    assert made(run, "beta") == [(10, 11, 1_440)]
    assert made(run, "alpha") == [(60, 61, 1_440)]


def test_the_first_lot_in_order_blocks_its_line() -> None:
    # beta's first lot is two units and needs two motors, its second one; of the three ordered one departs by day 10:
    # enough for the second lot, which does not overtake. On day 60 all are there.
    run = two_lines(
        buy(0, 3, "beta"), pieces=(1, 1), lots=2, windows=[window(day=5, length=55, share=luck(5_000, "share"))]
    )
    assert made(run) == [(60, 62, 2_880), (62, 63, 1_440)]


def test_a_lot_done_the_day_it_begins_lets_the_next_of_its_line_take_its_turn() -> None:
    # Units take 100 of a day's 1,440 minutes, and a motor each. alpha's three lots (day 0) are older than beta's
    # (day 1), whose line is ready on day 11. Three motors come on day 10 and one more on day 40. alpha's first lot is
    # done on day 11, the other two the same day with the minutes it has left: beta does not get between them.
    quick = {"first_minutes": given("minute", 100), "kit": kit(("motor", 1))}
    run = told(
        industry(
            products=[product(), product("plane")],
            offers=[
                home_offer(id, product=of, of={**quick, "preparation": ready})
                for id, of, ready in (("alpha", "drone", None), ("beta", "plane", luck(10)))
            ],
            families=[family()],
            sources=[source()],
            policies=[scheduled(buy(0, 3, "alpha"), buy(1, 1, "beta"))],
        )
    )
    assert made(run, "alpha") == [(10, 11, 100), (11, 11, 100), (11, 11, 100)]
    assert made(run, "beta") == [(40, 41, 100)]
