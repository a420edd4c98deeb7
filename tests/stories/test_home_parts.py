"""Parts (R23, R24): what a firm orders and when, what a window holds back, who shares a source.

Unless a story says otherwise a unit takes a day of one head, a lot is one unit, a unit needs one motor, a motor comes
ten days after it was ordered. Firms review their parts on day 0 and on 1 May (day 30), 1 June (61), 1 July (91),
1 August (122), 1 September (153), 1 October (183) and 1 November (214) of 2025.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.distributions import Triangular
from sim.engine import Run
from sim.engine.entries.home import Forgot, PartsCurbed, PartsFree, PartsOrdered, PartsUsed
from sim.scenario.resolved import LongLeadLever, Luck, PolicySpec, Scenario, SecondSourceLever
from tests.stories.builder import buy, given, luck, product, scheduled, told
from tests.stories.forces import shock
from tests.stories.home_builder import family, home, home_offer, industry, kit, source, window
from tests.stories.home_ledger import came, made, money, stores, work

MOTORED = {"kit": kit(("motor", 1))}


def stopped(units: int, *, second: tuple[SecondSourceLever, ...] = (), near: bool = False) -> Scenario:
    """The part embargo of the model: from day 100 for 120 days, with 60 days of stock and nothing under way.

    Motors from afar take 13 days. On day 0 the buyer buys those of 21 weeks ahead: 147, which come on day 13, when
    the first lot starts. On day 100 the lots of days 13 to 99 have used 87: 60 are left, for days 100 to 159.
    """
    policy = scheduled(
        buy(0, units, "home"),
        home=home(long_lead=(LongLeadLever("home", ("motor",), 21, 0, "line"),), second_sources=second),
    )
    families = family(first="far", second_source="near", qualification=luck(50), qualification_yen=given("yen", 9))
    sources = [source("far", lead=13, origin="Far")]
    if near:
        sources.append(source("near", lead=5, origin="Near", price_factor=given("factor", 12_000)))
    return industry(
        offers=[home_offer(of={"kit": kit(("motor", 1), yen=100)})],
        families=[families if near else family(first="far")],
        sources=sources,
        windows=[window("ban", 100, 120, origins=("Far",))],
        policies=[policy],
    )


def test_an_embargo_stops_the_line_when_the_stock_is_used_up_and_the_first_delayed_parts_start_it_again() -> None:
    # What the firm orders: on day 122 it plans starts until 135, 14 motors, and has 38. On day 153 until 166: 14 less
    # the 7 it has: 7, made on day 166 and held. On day 183, the line stopped, until 196: 14 less 7 on order: 7, held.
    # On day 214: 14 are on order. On day 220 the window closes and all 14 come: the line that stopped on day 160
    # starts again. 161 units: 147 by day 160, 14 from day 220 on, back to back.
    run = told(stopped(161))
    assert stores(run)[:3] == [
        (0, "PartsOrdered", "far", 147),
        (13, "PartsCame", "far", 147),
        (13, "PartsUsed", "far", 1),
    ]
    assert [each for each in stores(run) if each[1] != "PartsUsed"] == [
        (0, "PartsOrdered", "far", 147),
        (13, "PartsCame", "far", 147),
        (100, "PartsCurbed", "ban", 0),
        (153, "PartsOrdered", "far", 7),
        (183, "PartsOrdered", "far", 7),
        (220, "PartsFree", "ban", 0),
        (220, "PartsCame", "far", 7),
        (220, "PartsCame", "far", 7),
    ]
    assert [(start, done) for start, done, _ in made(run)] == [
        (day, day + 1) for day in (*range(13, 160), *range(220, 234))
    ]
    assert [each for each in work(run) if each[1] in ("ShortOfParts", "StartedWithParts")] == [
        (0, "ShortOfParts", 0, 1),
        (13, "StartedWithParts", 0, 1),
        (160, "ShortOfParts", 147, 1),
        (220, "StartedWithParts", 147, 1),
    ]
    # Sixty days without a lot are within the grace of ninety.
    assert list(run.of_kind(Forgot)) == []
    # 147 motors for 100 yen each, and 161 units for a yen of overhead and a motor each.
    assert money(run) == [(0, "parts ahead of orders for home", "line", 14_700), (0, "home#1", "line", 16_261)]


def test_a_second_source_that_qualifies_in_the_embargo_takes_the_orders_of_then() -> None:
    # Bought on day 100 for 9 yen, qualified on day 150. It is to have three tenths; while the window strikes the
    # first source it has all. Day 153: the 7 that are lacking, there on day 158: no stop on day 160, the line
    # runs to day 166. Day 183: 14, there on day 188; day 214: the last 7, on day 219; then the window closes.
    # Near motors are worth 120 yen, far ones 100.
    lever = SecondSourceLever("home", "motor", 3_000, 100, "line")
    run = told(stopped(175, second=(lever,), near=True))
    assert [each for each in stores(run) if each[1] != "PartsUsed"] == [
        (0, "PartsOrdered", "far", 147),
        (13, "PartsCame", "far", 147),
        (100, "PartsCurbed", "ban", 0),
        (150, "SourceQualified", "home", "motor"),
        (153, "PartsOrdered", "near", 7),
        (158, "PartsCame", "near", 7),
        (183, "PartsOrdered", "near", 14),
        (188, "PartsCame", "near", 14),
        (214, "PartsOrdered", "near", 7),
        (219, "PartsCame", "near", 7),
        (220, "PartsFree", "ban", 0),
    ]
    assert [start for start, _, _ in made(run)] == [*range(13, 167), *range(188, 202), *range(219, 226)]
    used = list(run.of_kind(PartsUsed))
    assert [sum(entry.yen for entry in used if entry.source == of) for of in ("far", "near")] == [14_700, 28 * 120]
    assert (100, "a second source for home (motor)", "line", 9) in money(run)


def test_what_an_embargo_holds_is_withdrawn_and_ordered_where_it_can_leave() -> None:
    # Bought on day 170, qualified on day 220, and the window stays open to day 400. The first story up to day 183:
    # 7 motors made on day 166 are held, 7 more on day 196. On day 214 both are on order, and the 14 of the lots that
    # wait need no others. Day 244: the second source can send them. Both orders are withdrawn, the 14 are ordered
    # near and come on day 249. Nothing is left at the first source when the window closes.
    lever = SecondSourceLever("home", "motor", 3_000, 170, "line")
    longer = window("ban", 100, 300, origins=("Far",))
    run = told(replace(stopped(161, second=(lever,), near=True), part_windows={"ban": longer}))
    assert [each for each in stores(run) if each[1] != "PartsUsed"][3:] == [
        (153, "PartsOrdered", "far", 7),
        (183, "PartsOrdered", "far", 7),
        (220, "SourceQualified", "home", "motor"),
        (244, "PartsWithdrawn", "far", 14),
        (244, "PartsOrdered", "near", 14),
        (249, "PartsCame", "near", 14),
        (400, "PartsFree", "ban", 0),
    ]
    assert [start for start, _, _ in made(run)] == [*range(13, 160), *range(249, 263)]


def test_a_window_that_lets_all_through_changes_nothing() -> None:
    # The second source is to have three tenths from day 50 on, and no more while the window is open.
    lever = SecondSourceLever("home", "motor", 3_000, 0, "line")
    plain = replace(stopped(161, second=(lever,), near=True), part_windows={})
    everything = {"ban": window("ban", 100, 300, origins=("Far",), share=luck(10_000, "share"))}
    moves = [
        [entry for entry in told(world).entries if not isinstance(entry, PartsCurbed | PartsFree)]
        for world in (plain, replace(plain, part_windows=everything))
    ]
    assert any(isinstance(entry, PartsOrdered) and entry.source == "near" and entry.day > 100 for entry in moves[0])
    assert moves[0] == moves[1]


def test_a_lot_short_by_one_part_waits_for_its_whole_kit() -> None:
    # A lot of two needs four motors, there on day 10, and two batteries, due on day 20. Of these a window lets one
    # of two through until day 50: one is lacking for thirty days.
    run = told(
        industry(
            offers=[home_offer(lot=2, first_lot=2, of={"kit": kit(("battery", 1), ("motor", 2))})],
            families=[family(), family("battery", "cells")],
            sources=[source(), source("cells", "battery", 20)],
            windows=[window(day=5, length=45, families=("battery",), share=luck(5_000, "share"))],
            policies=[scheduled(buy(0, 2, "home"))],
        )
    )
    assert stores(run) == [
        (0, "PartsOrdered", "cells", 2),
        (0, "PartsOrdered", "source", 4),
        (5, "PartsCurbed", "ban", 5_000),
        (10, "PartsCame", "source", 4),
        (20, "PartsCame", "cells", 1),
        (50, "PartsFree", "ban", 5_000),
        (50, "PartsCame", "cells", 1),
        (50, "PartsUsed", "cells", 1),
        (50, "PartsUsed", "cells", 1),
        (50, "PartsUsed", "source", 4),
    ]
    assert work(run) == [
        (0, "LineReady", 1, 10**9),
        (0, "Queued", 0, 2),
        (0, "ShortOfParts", 0, 2),
        (50, "StartedWithParts", 0, 2),
        (52, "Built", 0, 2),
    ]


def two_firms(capacity: int | None, **changes: object) -> Run:
    """Two firms that buy their motors, five each, at one source on one day."""
    limit = None if capacity is None else given("rate", capacity)
    return told(
        industry(
            products=[product(), product("plane")],
            offers=[
                home_offer(id, product=of, supplier=firm, lot=5, first_lot=5, of={"firm": firm, **MOTORED})
                for id, of, firm in (("drones", "drone", "ace"), ("planes", "plane", "bee"))
            ],
            firms=("ace", "bee"),
            families=[family()],
            sources=[source(lead=3, capacity=limit)],
            policies=[scheduled(buy(0, 5, "drones"), buy(0, 5, "planes"))],
            **changes,
        )
    )


def test_two_firms_share_a_source_at_its_capacity() -> None:
    # Motors take three days to come, and the source makes one a day: ace's five are made by day 5, bee's by day 10.
    run = two_firms(365)
    assert stores(run, of="ace") == [
        (0, "PartsOrdered", "source", 5),
        (5, "PartsCame", "source", 5),
        (5, "PartsUsed", "source", 5),
    ]
    assert stores(run, of="bee") == [
        (0, "PartsOrdered", "source", 5),
        (10, "PartsCame", "source", 5),
        (10, "PartsUsed", "source", 5),
    ]
    assert (made(run, "drones"), made(run, "planes")) == ([(5, 10, 7_200)], [(10, 15, 7_200)])


def test_without_a_limit_of_the_source_neither_firm_waits_for_the_other() -> None:
    run = two_firms(None)
    assert (made(run, "drones"), made(run, "planes")) == ([(3, 8, 7_200)], [(3, 8, 7_200)])


def test_a_firm_orders_what_starts_within_the_lead_and_stock_for_so_many_months_but_never_more_than_is_signed() -> None:
    # A unit a day, a year's twelfth makes 30. Of 60 units ordered on day 0 eleven start by day 10. A month of stock
    # is 30 more; five months would be 150, but only 49 more are signed.
    for months, pieces in ((0, 11), (10_000, 41), (50_000, 60)):
        policy = scheduled(buy(0, 60, "home"), home=home(safety_months={"motor": months}))
        world = industry(offers=[home_offer(of=MOTORED)], families=[family()], sources=[source()], policies=[policy])
        assert stores(told(world))[0] == (0, "PartsOrdered", "source", pieces)


def with_parts(*orders: object, offers: list[object] | None = None, **changes: object) -> Scenario:
    """One line, one firm, motors from one source."""
    return industry(
        **{
            "offers": offers or [home_offer(of=MOTORED)],
            "families": [family()],
            "sources": [source()],
            "policies": [scheduled(*orders)],
            **changes,
        }
    )


def test_a_window_open_on_as_of_lasts_longer_than_it_has_lasted() -> None:
    # Open since day 50, between 60 and 200 days long; on day 100 policies begin to decide and it has lasted 50.
    # It lasts 120: to day 170. The order of day 100 has its motor ordered on 1 August (day 122) and made on day 132.
    world = with_parts(
        buy(100, 1, "home"),
        as_of=100,
        windows=[window(day=50, length=1)],
    )
    held = replace(world.part_windows["ban"], length=Luck("part_windows.ban.length", "day", Triangular(60, 120, 200)))
    run = told(replace(world, part_windows={"ban": held}), written={"part_window_length/ban": {0: 120}})
    assert stores(run) == [
        (50, "PartsCurbed", "ban", 0),
        (122, "PartsOrdered", "source", 1),
        (170, "PartsFree", "ban", 0),
        (170, "PartsCame", "source", 1),
        (170, "PartsUsed", "source", 1),
    ]
    with pytest.raises(ValueError, match="expected more than the 50 that have passed"):
        told(replace(world, part_windows={"ban": held}), written={"part_window_length/ban": {0: 50}})


@pytest.mark.parametrize(
    ("u", "held"),
    [
        (0.2, {"battery": 106, "motor": 101}),  # 0.2 x 2 = 0.4: one family; 0.4 x 2 = 0.8: the first
        (0.3, {"battery": 101, "motor": 106}),  # 0.6: one; 1.2: the second
        (0.7, {"battery": 106, "motor": 106}),  # 1.4: two families, of which there is one choice
    ],
)
def test_a_window_by_luck_opens_within_its_month_and_chooses_families(u: float, held: dict[str, int]) -> None:
    # 1.2 windows a year: a month has one with chance 1 - e^-0.1 = 0.09516. June (month 2) draws 0.048, half of that:
    # it opens on day 61 + 15 = 76, for 30 days, to day 106. What is ordered on 1 July (day 91) comes on day 101, or
    # when the window closes. At one half, the luck of every other month, none opens.
    run = told(
        industry(
            offers=[home_offer(of={"kit": kit(("battery", 1), ("motor", 1))})],
            families=[family(), family("battery", "cells")],
            sources=[source(), source("cells", "battery")],
            windows=[
                window(
                    day=None, length=30, families=("battery", "motor"), a_year=given("event", 12_000), most_families=2
                )
            ],
            policies=[scheduled(buy(80, 1, "home"))],
        ),
        written={"part_window/ban": {2: 0.048}, "part_window_families/ban": {2: u}},
    )
    assert [each for each in stores(run) if each[1] in ("PartsCurbed", "PartsFree")] == [
        (76, "PartsCurbed", "ban", 0),
        (106, "PartsFree", "ban", 0),
    ]
    assert {"battery" if of == "cells" else "motor": on for on, of, _ in came(run)} == held
    assert made(run) == [(max(held.values()), max(held.values()) + 1, 1_440)]


def test_a_window_by_luck_may_stay_open_for_good() -> None:
    # The same window; luck says it stays open. The motor never comes.
    run = told(
        with_parts(
            buy(80, 1, "home"),
            windows=[window(day=None, length=30, a_year=given("event", 12_000), stays_open=given("event", 5_000))],
        ),
        written={"part_window/ban": {2: 0.048}, "part_window_open/ban": {2: True}},
    )
    assert stores(run) == [(76, "PartsCurbed", "ban", 0), (91, "PartsOrdered", "source", 1)]
    assert made(run) == []


def test_a_window_stretches_the_lead_of_what_is_ordered_in_it() -> None:
    # All departs; a motor ordered on 1 May (day 30), in the window, takes 10 x 2.5 = 25 days; one of day 0 takes ten.
    run = told(
        with_parts(
            buy(0, 1, "home"),
            buy(20, 1, "home"),
            windows=[window(day=20, length=15, share=luck(10_000, "share"), lead_factor=luck(25_000, "factor"))],
        )
    )
    assert came(run) == [(10, "source", 1), (55, "source", 1)]


def test_windows_that_overlap_let_through_the_product_of_their_shares_and_the_rest_when_each_closes() -> None:
    # Eight motors, made on day 10. Half of a half: two go. On day 40 one window closes: four in all. Day 60: all.
    half = luck(5_000, "share")
    run = told(
        with_parts(
            buy(0, 8, "home"),
            windows=[window("one", 5, 35, share=half), window("two", 5, 55, share=half)],
            offers=[home_offer(lot=8, first_lot=8, of=MOTORED)],
        )
    )
    assert came(run) == [(10, "source", 2), (40, "source", 2), (60, "source", 4)]
    assert made(run) == [(60, 68, 8 * 1_440)]


def test_a_shock_is_a_window_of_its_origins_and_users() -> None:
    # It strikes motors from Far for military users from day 5 to day 50: Far's motor waits, Near's does not, nor do
    # those of a firm that buys for export.
    for origin, users, on in (("Far", ("military",), 50), ("Near", ("military",), 10), ("Far", ("export",), 10)):
        ban = shock("part_flow", 5, 0, "motor", end=50, origins=("Far",), users=users)
        run = told(with_parts(buy(0, 1, "home"), sources=[source(origin=origin)], shocks=(ban,)))
        assert came(run) == [(on, "source", 1)]


def test_a_part_order_s_luck_is_its_source_s_n_th() -> None:
    # Between 5 and 40 days, likeliest 10: the first order takes 12 days, the second 7.
    policy: PolicySpec = scheduled(buy(0, 1, "home"), buy(20, 1, "home"))
    slow = source(lead=10)
    world = with_parts(sources=[replace(slow, lead=Luck("", "day", Triangular(5, 10, 40)))], policies=[policy])
    run = told(world, written={"part_lead/source": [12, 7]})
    assert came(run) == [(12, "source", 1), (37, "source", 1)]
