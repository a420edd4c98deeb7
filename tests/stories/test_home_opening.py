"""From the decision to the first unit at home (R19, R20, R25): commitment, subsidy, development, price, purchases.

Unless a story says otherwise a unit takes a day of one head, a lot is one unit and costs a yen of overhead.
"""

from __future__ import annotations

from typing import Any

import pytest

from sim.distributions import Triangular
from sim.engine import Run
from sim.engine.entries import Awarded, Deployed, Lapsed, Obligated, Returned, TypeApproved
from sim.engine.entries.home import LineOrdered, LineReady, LotBuilt, Refused
from sim.engine.entries.home_buys import HomeBuy
from sim.scenario.resolved import Development, ListedOffer, LongLeadLever, Luck, SubsidyLever
from tests.stories.builder import buy, given, line, luck, product, ruled, scheduled, told
from tests.stories.forces import approval
from tests.stories.home_builder import family, home, home_offer, industry, kit, source
from tests.stories.home_ledger import made, money, stores, work
from tests.stories.ledger import AUTHORITY
from tests.stories.plans import decided

NEW = {"preparation": luck(20), "commitment_units": 10, "capital_yen": given("yen", 1_000)}
"""A line that takes 20 days to prepare and that its firm opens for ten, or for less if part of 1,000 yen is paid."""


def subsidy(share: int, day: int) -> SubsidyLever:
    """So much of the capital on a day."""
    return SubsidyLever("home", share, day, "line")


def test_entry_is_refused_for_too_little_and_granted_when_a_subsidy_lowers_what_is_asked() -> None:
    # Four are ordered, ten asked. On day 50 six tenths of the capital are paid: 10 x 0.4 = 4 are asked. The order,
    # which waited, is signed that day; 20 days later the line is ready.
    policy = scheduled(buy(0, 4, "home"), home=home(subsidies=(subsidy(6_000, 50),)))
    run = told(industry(offers=[home_offer(of=NEW)], policies=[policy]))
    assert work(run) == [
        (0, "Refused", "home", 4, 10),
        (50, "Subsidised", 6_000),
        *((50, "Queued", lot, 1) for lot in range(4)),
        (50, "LineOrdered"),
        (70, "LineReady", 1, 10**9),
        (70, "Started", 0, 1),
        (71, "Built", 0, 1),
        (71, "Started", 1, 1),
        (72, "Built", 1, 1),
        (72, "Started", 2, 1),
        (73, "Built", 2, 1),
        (73, "Started", 3, 1),
        (74, "Built", 3, 1),
    ]
    assert list(run.of_kind(HomeBuy)) == [HomeBuy(50, "a subsidy", "", 6_000, "home", "line")]
    assert money(run) == [(50, "a subsidy for home", "line", 600), (50, "home#1", "line", 4)]


def test_of_two_subsidies_the_larger_share_counts_and_both_are_paid() -> None:
    # Half on day 50 leaves five of the ten asked, six tenths on day 60 leave four; they do not add up to all of it.
    policy = scheduled(buy(0, 4, "home"), home=home(subsidies=(subsidy(5_000, 50), subsidy(6_000, 60))))
    run = told(industry(offers=[home_offer(of=NEW)], policies=[policy]))
    assert work(run)[:4] == [
        (0, "Refused", "home", 4, 10),
        (50, "Subsidised", 5_000),
        (50, "Refused", "home", 4, 5),
        (60, "Subsidised", 6_000),
    ]
    assert [yen for *_, yen in money(run)] == [500, 600, 4]


def test_a_subsidy_one_point_too_small_is_not_enough() -> None:
    # 10 x 0.4001 = 4.001: five are asked.
    policy = scheduled(buy(0, 4, "home"), buy(60, 1, "home"), home=home(subsidies=(subsidy(5_999, 50),)))
    run = told(industry(offers=[home_offer(of=NEW)], policies=[policy]))
    assert list(run.of_kind(Refused)) == [
        Refused(0, "home#1", "home", 4, 10),
        Refused(50, "home#1", "home", 4, 5),
        Refused(60, "home#2", "home", 1, 5),
    ]
    assert run.days_of(LineOrdered) == []


def test_what_a_line_cannot_make_in_two_years_does_not_count() -> None:
    # Ten are asked and ten ordered; at 100 days a unit two years make seven.
    slow = {**NEW, "first_minutes": given("minute", 144_000)}
    run = told(industry(offers=[home_offer(of=slow)], policies=[scheduled(buy(0, 10, "home"))]))
    assert work(run) == [(0, "Refused", "home", 10, 10)]


def test_a_line_that_runs_asks_for_nothing() -> None:
    # Ten are what the firm would ask for a line it had to open; this one runs, and two are built as ordered.
    run = told(industry(offers=[home_offer(of={"commitment_units": 10})], policies=[scheduled(buy(0, 2, "home"))]))
    assert [each for each in work(run) if each[1] in ("Refused", "Built")] == [(1, "Built", 0, 1), (2, "Built", 1, 1)]


def test_a_rule_asks_no_firm_that_would_refuse() -> None:
    # Ten wanted. Where eleven are asked, or ten that would take more than two years, the firm is not asked at all.
    for changes, orders in (
        ({"commitment_units": 10}, [(0, "home", 10)]),
        ({"commitment_units": 11}, []),
        ({"first_minutes": given("minute", 144_000)}, []),
    ):
        policy = ruled(mass=(), home_offers=(ListedOffer("home", 1),), foreign_share={2025: 0})
        run = told(industry(offers=[home_offer(of={**NEW, **changes})], policies=[policy], horizon="2026-03-31"))
        assert (decided(run), list(run.of_kind(Refused))) == (orders, [])


def developed(**changes: Any) -> dict[str, Any]:
    """Development of 100 days for 500 yen that fails three times in ten; a new attempt takes two fifths of the time."""
    plan = Development(luck(100), given("yen", 500), given("event", 3_000), 4_000)
    return {"preparation": luck(30), "development": plan, **changes}


def test_a_development_fails_and_is_taken_up_again_before_the_plant_is_prepared() -> None:
    # 100 days, failed; 40 days; then 30 of preparation: ready on day 170. It is paid once, from its own line.
    policy = scheduled(buy(0, 1, "home"), home=home(development_line="labs"))
    run = told(
        industry(offers=[home_offer(of=developed())], lines=[line(), line("labs")], policies=[policy]),
        written={"development_failure/home": [True, False]},
    )
    assert work(run) == [
        (0, "Queued", 0, 1),
        (0, "LineOrdered"),
        (100, "DevelopmentFailed"),
        (140, "DevelopmentEnded"),
        (170, "LineReady", 1, 10**9),
        (170, "Started", 0, 1),
        (171, "Built", 0, 1),
    ]
    assert money(run) == [(0, "home#1", "line", 1), (0, "development of home", "labs", 500)]


def test_where_no_line_pays_for_development_the_firm_does_and_waits_for_nobody() -> None:
    policy = scheduled(buy(0, 1, "home"))
    run = told(industry(offers=[home_offer(of=developed())], policies=[policy]))
    assert money(run) == [(0, "home#1", "line", 1)]
    assert run.days_of(LineReady) == [130]


def test_the_trial_part_of_a_type_s_approval_begins_with_the_end_of_its_development() -> None:
    # Developed on day 100, 60 days of trial: approved on day 160. Built on day 131, in service on day 160.
    policy = scheduled(buy(0, 1, "home"))
    run = told(
        industry(
            offers=[home_offer(of=developed())],
            products=[product(type_approval="type")],
            type_approvals={"type": approval(trial=60)},
            policies=[policy],
        )
    )
    assert list(run.of_kind(TypeApproved)) == [TypeApproved(100, "drone", 160)]
    assert (made(run), run.days_of(Deployed)) == ([(130, 131, 1_440)], [160])


def test_a_purchase_waits_until_its_whole_price_is_there_if_need_be_for_the_next_fiscal_year() -> None:
    # FY2025 has 400, half of the capital is 500: it waits, and blocks nobody: the order finds its money, not its firm.
    # On 1 April 2026 (day 365) 600 pass: the subsidy is paid, five are asked, the order of five is signed.
    policy = scheduled(buy(60, 5, "home"), home=home(subsidies=(subsidy(5_000, 50),)))
    run = told(industry(offers=[home_offer(of=NEW)], lines=[line(years={2025: 400, 2026: 600})], policies=[policy]))
    assert run.days_of(HomeBuy) == [50]
    assert work(run)[:2] == [(60, "Refused", "home", 5, 10), (365, "Subsidised", 5_000)]
    assert money(run) == [(365, "a subsidy for home", "line", 500), (365, "home#1", "line", 5)]
    assert run.days_of(LineReady) == [385]


def test_development_waits_for_its_money_too() -> None:
    # The labs have 400 in FY2025 and 500 in FY2026: development begins on day 365 and the line is ready 130 days later.
    labs = line("labs", years={2025: 400, 2026: 500})
    policy = scheduled(buy(0, 1, "home"), home=home(development_line="labs"))
    run = told(industry(offers=[home_offer(of=developed())], lines=[line(), labs], policies=[policy]))
    assert money(run) == [(0, "home#1", "line", 1), (365, "development of home", "labs", 500)]
    assert run.days_of(LineReady) == [495]


# --- the price

CURVE = {
    "first_minutes": given("minute", 6_000),
    "slope": given("factor", 8_000),
    "heads_at_start": 10,
    "most_heads": 10,
    "minutes_a_head_day": 480,
    "labour_yen_hour": given("yen", 100),
    "overhead_yen": given("yen", 0),
    "forgetting_grace_days": 1_000,
}
"""100 hours for unit 1 at 80 %, 100 yen an hour: 10,000, 8,000, 7,021.67 and 6,400 yen; 80 hours a day."""


def test_an_order_is_cut_to_what_its_price_along_the_curve_leaves_affordable() -> None:
    # Four wanted, 31,421.67 yen; 26,000 in FY2025. Three cost (6,000 + 4,800 + 4,213) / 60 x 100 = 25,021.67: signed
    # for 25,022; 978 lapse. The fourth is signed in FY2026 at its own place on the curve: 3,840 / 60 x 100.
    years = {2025: 26_000, 2026: 26_000}
    policy = scheduled(buy(0, 4, "home"))
    run = told(
        industry(offers=[home_offer(of=CURVE)], lines=[line(years=years)], policies=[policy], horizon="2026-06-30")
    )
    assert money(run) == [(0, "home#1", "line", 25_022), (365, "home#1.2", "line", 6_400)]
    assert list(run.of_kind(Lapsed)) == [Lapsed(364, "line", 2025, 978)]
    assert made(run) == [(0, 2, 6_000), (2, 3, 4_800), (3, 4, 4_213), (365, 366, 3_840)]


def test_an_order_is_priced_behind_what_is_signed_before_it() -> None:
    # Two, then two more on the same day, then, when these are built, four more: units 1 and 2, 3 and 4, 5 to 8
    # (5,957 and 5,617 and 5,345 and 5,120 yen: 3,574, 3,370, 3,207 and 3,072 minutes make 22,038.33).
    policy = scheduled(buy(0, 2, "home"), buy(0, 2, "home"), buy(100, 4, "home"))
    run = told(industry(offers=[home_offer(of=CURVE)], policies=[policy]))
    assert money(run) == [
        (0, "home#1", "line", 18_000),
        (0, "home#2", "line", 13_422),
        (100, "home#3", "line", 22_038),
    ]


def test_the_price_holds_parts_labour_overhead_and_margin_and_a_lot_s_cost_holds_them_without_the_margin() -> None:
    # Two motors at 300 yen each x 0.9 (spread) x 1.1 (source) = 297; 10 h x 50 yen; 40 of overhead; a tenth of margin:
    # (594 + 500 + 40) x 1.1 = 1,247.4 a unit, 3,742 for three. Each lot costs 594, 500 and 40.
    terms = {
        "first_minutes": given("minute", 600),
        "labour_yen_hour": given("yen", 50),
        "overhead_yen": given("yen", 40),
        "margin": given("share", 1_000),
        "kit": kit(("motor", 2), yen=300),
        "parts_spread": given("factor", 9_000),
    }
    run = told(
        industry(
            offers=[home_offer(of=terms)],
            families=[family()],
            sources=[source(price_factor=given("factor", 11_000))],
            policies=[scheduled(buy(0, 3, "home"))],
        )
    )
    assert money(run) == [(0, "home#1", "line", 3_742)]
    lots = [(entry.labour_yen, entry.overhead_yen, entry.parts_yen) for entry in run.of_kind(LotBuilt)]
    assert lots == [(500, 40, 594)] * 3


def test_parts_value_falls_along_its_own_slope_with_what_was_built_before() -> None:
    # A motor at 1,000 yen, 90 %: unit 1 1,000, unit 2 900; units 3 and 4: 846.2 and 810. Nothing else costs.
    terms = {
        "overhead_yen": given("yen", 0),
        "kit": kit(("motor", 1), yen=1_000),
        "parts_slope": given("factor", 9_000),
    }
    run = told(
        industry(
            offers=[home_offer(of=terms)],
            families=[family()],
            sources=[source()],
            policies=[scheduled(buy(0, 2, "home"), buy(0, 2, "home"))],
        )
    )
    assert money(run) == [(0, "home#1", "line", 1_900), (0, "home#2", "line", 846 + 810)]


# --- tender and cancellation


def test_a_home_order_whose_tender_slips_over_31_march_opens_its_line_in_the_new_year() -> None:
    # Ordered on 25 February 2026 (day 330); the tender takes 60 days, to 26 April (390). The reservation of 12 is
    # released on 31 March (day 364), a quarter of FY2025's 100 carried, and made anew on 1 April out of it and the
    # new 100. The award opens the line: ready on day 410. Nothing is built before.
    tendered = home_offer(
        of={"preparation": luck(20), "commitment_units": 12}, tender_first=luck(60), tender_later=luck(60)
    )
    held = line(years={2025: 100, 2026: 100}, carry_over_share=given("share", 2_500))
    run = told(
        industry(offers=[tendered], lines=[held], policies=[scheduled(buy(330, 12, "home"))], horizon="2026-06-30")
    )
    assert [(entry.day, type(entry).__name__, getattr(entry, "yen", None)) for entry in run.of_kind(*AUTHORITY)] == [
        (0, "Passed", None),
        (0, "Appropriated", 100),
        (330, "Reserved", 12),
        (364, "Released", 12),
        (364, "Lapsed", 75),
        (364, "CarriedOut", 25),
        (365, "CarriedIn", 25),
        (365, "Passed", None),
        (365, "Appropriated", 100),
        (365, "Reserved", 12),
        (390, "Obligated", 12),
    ]
    assert run.days_of(Awarded) == [390]
    assert work(run)[12:15] == [(390, "LineOrdered"), (410, "LineReady", 1, 10**9), (410, "Started", 0, 1)]


@pytest.mark.parametrize(
    ("day", "cancelled"),
    [
        # One is built on day 5, the second is under way until day 10; two are in the queue.
        (7, [(7, "Cancelled", 2, 1), (7, "Cancelled", 3, 1)]),
        # On its first day only the first has begun.
        (1, [(1, "Cancelled", 1, 1), (1, "Cancelled", 2, 1), (1, "Cancelled", 3, 1)]),
        # All have begun.
        (16, []),
    ],
)
def test_home_lots_not_begun_can_be_cancelled(day: int, cancelled: list[Any]) -> None:
    # Four at five days each, ten yen each, paid as they come: what is not begun on the day returns its ten.
    five_days = {"first_minutes": given("minute", 7_200), "overhead_yen": given("yen", 10)}
    run = told(industry(offers=[home_offer(of=five_days)], policies=[scheduled(buy(0, 4, "home", cancel_day=day))]))
    assert [each for each in work(run) if each[1] == "Cancelled"] == cancelled
    assert made(run) == [(5 * lot, 5 * lot + 5, 7_200) for lot in range(4 - len(cancelled))]
    assert [entry.yen for entry in run.of_kind(Returned)] == ([10 * len(cancelled)] if cancelled else [])


def test_a_lot_that_waits_for_parts_can_be_cancelled_and_its_parts_come_all_the_same() -> None:
    # Cancelled on day 5, while its motor is on its way. The order of day 20 finds it in the store.
    run = told(
        industry(
            offers=[home_offer(of={"kit": kit(("motor", 1))})],
            families=[family()],
            sources=[source()],
            policies=[scheduled(buy(0, 1, "home", cancel_day=5), buy(20, 1, "home"))],
        )
    )
    assert work(run)[1:] == [
        (0, "Queued", ("home#1", 0), 1),
        (0, "ShortOfParts", ("home#1", 0), 1),
        (5, "Cancelled", ("home#1", 0), 1),
        (20, "Queued", ("home#2", 0), 1),
        (20, "Started", ("home#2", 0), 1),
        (21, "Built", ("home#2", 0), 1),
    ]
    assert stores(run) == [
        (0, "PartsOrdered", "source", 1),
        (10, "PartsCame", "source", 1),
        (20, "PartsUsed", "source", 1),
    ]


def test_long_lead_parts_are_bought_before_the_order_and_save_its_lead() -> None:
    # Motors take 150 days. Bought on day 0 for two weeks of the plan, a unit a day: 14 at 100 yen. The order of day 100
    # starts on day 150, not on day 122 (its firm's next review) + 150.
    def run(*ahead: LongLeadLever) -> Run:
        return told(
            industry(
                offers=[home_offer(of={"kit": kit(("motor", 1), yen=100)})],
                families=[family()],
                sources=[source(lead=150)],
                policies=[scheduled(buy(100, 14, "home"), home=home(long_lead=ahead))],
            )
        )

    assert made(run())[0][0] == 272
    ahead = run(LongLeadLever("home", ("motor",), 2, 0, "line"))
    assert made(ahead)[0][0] == 150
    assert made(ahead)[-1][1] == 164
    assert money(ahead)[0] == (0, "parts ahead of orders for home", "line", 1_400)
    assert list(ahead.of_kind(HomeBuy)) == [HomeBuy(0, "parts ahead of orders", "", 2, "home", "line")]


def test_the_days_of_preparation_are_luck() -> None:
    # Between 10 and 100 days, likeliest 20; luck says 33.
    prepared = {"preparation": Luck("", "day", Triangular(10, 20, 100))}
    run = told(
        industry(offers=[home_offer(of=prepared)], policies=[scheduled(buy(0, 1, "home"))]),
        written={"preparation/home": [33]},
    )
    assert run.days_of(LineReady) == [33]
    assert [entry.yen for entry in run.of_kind(Obligated)] == [1]
