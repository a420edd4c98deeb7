"""Stories of the fiscal year: passage, 31 March, what is carried over, what comes late, and other uses (R9, R11)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.distributions import Discrete
from sim.engine.entries import (
    Appropriated,
    Arrived,
    Awarded,
    CancelDecided,
    Cancelled,
    CarriedIn,
    CarriedOut,
    DueRecord,
    Lapsed,
    LeftOnTime,
    MonthEnd,
    Obligated,
    Paid,
    Passed,
    Permitted,
    Released,
    Reserved,
    Returned,
    ShockStruck,
    Tendered,
    Used,
)
from sim.scenario.resolved import Luck, Payment, Scenario, Shock, Supplementary, Use
from tests.stories.builder import (
    buy,
    day,
    given,
    line,
    luck,
    mission,
    numbered,
    offer,
    scenario,
    scheduled,
    told,
)
from tests.stories.ledger import AUTHORITY, assert_told, days_and_units

APRIL_2026, APRIL_2027 = day("2026-04-01"), day("2027-04-01")


def tendered(days: int, **changes: object) -> object:
    """An offer whose tender takes so many days."""
    return offer(tender_first=luck(days), tender_later=luck(days), **changes)


# --- 31 March


def test_a_tender_that_slips_over_31_march_is_reserved_anew_and_signed_in_the_new_year() -> None:
    """Ordered on 1 March 2026 (day 334), tender of 60 days: its result comes on day 394, 30 April 2026."""
    run = told(
        scenario(
            offers=[tendered(60)],
            lines=[line(years={2025: 100, 2026: 120})],
            policies=[scheduled(buy(334, 10))],
            horizon="2026-08-31",
        )
    )
    assert_told(
        run,
        (*AUTHORITY, Tendered, Awarded),
        Passed(0, 2025),
        Appropriated(0, "line", 2025, 100),
        Tendered(334, "maker#1", -1, "watch", "drone", 10),
        Reserved(334, "maker#1", "line", 2025, 100),
        # 31 March: a reservation is not an obligation
        Released(364, "maker#1", "line", 2025, 100),
        Lapsed(364, "line", 2025, 100),
        Passed(365, 2026),
        Appropriated(365, "line", 2026, 120),
        Reserved(365, "maker#1", "line", 2026, 100),
        Obligated(394, "maker#1", "line", 2026, 100),
        Awarded(394, "maker#1", -1, "watch", "drone", 10),
    )


def test_a_tender_that_ends_before_the_money_comes_is_signed_on_passage() -> None:
    """The result comes on day 394, the budget of FY2026 on 20 May 2026, day 414: the contract waits 20 days."""
    run = told(
        scenario(
            offers=[tendered(60)],
            lines=[line(years={2025: 100, 2026: 120})],
            policies=[scheduled(buy(334, 10))],
            passage={2025: 0, 2026: 414},
            horizon="2026-12-31",
        )
    )
    assert [(entry.day, entry.yen) for entry in run.of_kind(Reserved)] == [(334, 100), (414, 100)]
    assert days_and_units(run, Awarded) == [(414, 10)]
    # The promise of 100 days counts from the signature.
    assert days_and_units(run, LeftOnTime) == [(514, 10)]


def test_a_contract_in_tender_keeps_only_what_the_new_year_can_pay_and_its_rest_stays_open() -> None:
    """Ten in tender; FY2026 has 45: four go on, six are open again and are signed with the 60 of FY2027."""
    run = told(
        scenario(
            offers=[tendered(60, minimum_order=3)],
            lines=[line(years={2025: 100, 2026: 45, 2027: 60})],
            policies=[scheduled(buy(334, 10))],
            horizon="2027-09-30",
        )
    )
    assert days_and_units(run, Tendered) == [(334, 10), (730, 6)]
    assert days_and_units(run, Awarded) == [(394, 4), (790, 6)]


def test_a_contract_in_tender_waits_when_the_new_year_cannot_pay_the_minimum() -> None:
    """FY2026 has 45 for four units, the supplier sells five at least: all ten wait for FY2027."""
    run = told(
        scenario(
            offers=[tendered(60, minimum_order=5)],
            lines=[line(years={2025: 100, 2026: 45, 2027: 100})],
            policies=[scheduled(buy(334, 10))],
            horizon="2027-09-30",
        )
    )
    assert days_and_units(run, Awarded) == [(730, 10)]
    assert [(entry.day, entry.yen) for entry in run.of_kind(Lapsed)] == [(364, 100), (729, 45)]


def test_what_is_carried_over_is_spent_first() -> None:
    """20 carried into FY2026, 110 of its 120 spent: the 10 left are the new year's own, and go on."""
    run = told(
        scenario(
            offers=[offer(price=given("minor", 1))],
            lines=[line(years={2025: 100, 2026: 100}, carry_over_share=given("share", 2_000))],
            policies=[scheduled(buy(400, 110))],
            horizon="2027-03-31",
        )
    )
    assert_told(
        run,
        (Lapsed, CarriedOut),
        Lapsed(364, "line", 2025, 80),
        CarriedOut(364, "line", 2025, 20),
        # 110 = 20 carried + 90 new: had the new been spent first, 10 old ones would lapse
        CarriedOut(729, "line", 2026, 10),
    )


def test_what_is_carried_over_lapses_after_one_year() -> None:
    """100 a year, a fifth may be carried over; 5 are bought in FY2026, nothing in FY2025 and FY2027."""
    run = told(
        scenario(
            offers=[offer(price=given("minor", 1))],
            lines=[line(years={2025: 100, 2026: 100, 2027: 100}, carry_over_share=given("share", 2_000))],
            policies=[scheduled(buy(400, 5))],
            horizon="2028-03-31",
        )
    )
    assert_told(
        run,
        AUTHORITY,
        Passed(0, 2025),
        Appropriated(0, "line", 2025, 100),
        Lapsed(364, "line", 2025, 80),
        CarriedOut(364, "line", 2025, 20),
        CarriedIn(365, "line", 2026, 20),
        Passed(365, 2026),
        Appropriated(365, "line", 2026, 100),
        Obligated(400, "maker#1", "line", 2026, 5),
        # The 5 came out of the 20: 15 of them are a year old and lapse, and so do 80 of the 100 still whole.
        Lapsed(729, "line", 2026, 95),
        CarriedOut(729, "line", 2026, 20),
        CarriedIn(730, "line", 2027, 20),
        Passed(730, 2027),
        Appropriated(730, "line", 2027, 100),
        # 31 March 2028 is day 1095, after a leap day: the 20 lapse with 80 of the 100
        Lapsed(1095, "line", 2027, 100),
        CarriedOut(1095, "line", 2027, 20),
        CarriedIn(1096, "line", 2028, 20),
    )


def test_carry_over_is_rounded_down() -> None:
    """2.5 % of 99 is 2.475, and 1.5 % of 99 is 1.485: both carry whole yen that are there, 2 and 1."""
    for share, carried in ((250, 2), (150, 1), (190, 1)):
        run = told(
            scenario(
                lines=[line(years={2025: 99}, carry_over_share=given("share", share))],
                policies=[scheduled()],
                horizon="2026-03-31",
            )
        )
        # 1.9 % of 99 is 1.881, which would round up to 2
        assert [entry.yen for entry in run.of_kind(CarriedOut)] == [carried]


def test_carried_over_money_cannot_be_signed_for_before_the_new_budget_passes() -> None:
    """20 carried into FY2026, budget on day 400: an order of day 370 is signed on day 400, out of the 20."""
    run = told(
        scenario(
            lines=[line(years={2025: 100, 2026: 100}, carry_over_share=given("share", 2_000))],
            policies=[scheduled(buy(370, 2))],
            passage={2025: 0, 2026: 400},
            horizon="2026-09-30",
        )
    )
    assert [entry.day for entry in run.of_kind(Obligated)] == [400]


def test_a_horizon_on_31_march_closes_that_year_and_an_earlier_one_leaves_it_open() -> None:
    """The same world seen to 31 and to 30 March 2026."""
    closed, still_open = (told(scenario(policies=[scheduled()], horizon=f"2026-03-{last}")) for last in (31, 30))
    assert [(entry.day, entry.yen) for entry in closed.of_kind(Lapsed)] == [(364, 10**12)]
    assert list(still_open.of_kind(Lapsed, CarriedOut)) == []
    # The horizon's own day is simulated whole: its month is on record.
    assert closed.days_of(MonthEnd)[-1] == 364
    assert still_open.days_of(MonthEnd)[-1] == day("2026-02-28")


def test_the_leap_day_of_2028_is_a_day_like_any_other() -> None:
    """Signed on 28 February 2028, one day of promise: it arrives on the 29th, and March ends on day 1095."""
    run = told(
        scenario(
            offers=[offer(promise_first_days=1)],
            lines=[line(years={2027: 100})],
            policies=[scheduled(buy(day("2028-02-28"), 10))],
        )
    )
    # 1 April 2025 + 1,064 days: 365 + 365 + 334 (1 April 2027 to 29 February 2028)
    assert day("2028-02-28") == 1063
    assert days_and_units(run, Arrived) == [(1064, 10)]
    assert run.days_of(MonthEnd)[-2:] == [1064, 1095]
    assert run.days_of(DueRecord) == [1095]


# --- passage


def under_a_provisional_budget() -> Scenario:
    """A contract of FY2025 with a payment due on day 380; FY2026 passes on 20 May, day 414; an order on day 390."""
    return scenario(
        offers=[offer(payments=(Payment("delivery", 4_000, 0), Payment("after_signing", 6_000, 380)))],
        lines=[line(years={2025: 100, 2026: 100})],
        policies=[scheduled(buy(0, 10), buy(390, 10))],
        passage={2025: 0, 2026: 414},
        horizon="2026-06-30",
    )


def test_under_a_provisional_budget_payments_go_on_and_nothing_is_signed() -> None:
    run = told(under_a_provisional_budget())
    assert_told(
        run,
        (Passed, Obligated, Paid),
        Passed(0, 2025),
        Obligated(0, "maker#1", "line", 2025, 100),
        Paid(100, "maker#1", "line", 2025, 40, 40),
        # FY2026 has no budget yet; what FY2025 promised is paid
        Paid(380, "maker#1", "line", 2025, 60, 60),
        # and the order of day 390 waits for the passage
        Passed(414, 2026),
        Obligated(414, "maker#2", "line", 2026, 100),
    )


def test_the_passage_takes_the_delay_that_luck_gives_it() -> None:
    """FY2026 is not stated and its delay is 11 days: it passes on 12 April 2026."""
    run = told(scenario(policies=[scheduled()], horizon="2026-06-30", delay=0), written={"passage/budget": {2026: 11}})
    assert run.days_of(Passed) == [0, APRIL_2026 + 11]


def test_a_passage_still_open_on_the_as_of_day_is_drawn_from_what_remains() -> None:
    """As of 10 April 2026 the budget has not passed, so that a delay of 0 is out: 11 days, or 50."""
    plain = scenario(policies=[scheduled()], horizon="2026-06-30", as_of=day("2026-04-10"))
    delay = Luck("", "day", Discrete((0.0, 11.0, 50.0), (0.79, 0.14, 0.07)))
    world = numbered(replace(plain, budget_calendar=replace(plain.budget_calendar, passage_delay=delay)))
    assert told(world).days_of(Passed) == [0, APRIL_2026 + 11]
    with pytest.raises(ValueError, match=r"passage/budget\[2026\].*expected more than the 8"):
        told(world, written={"passage/budget": {2026: 0}})
    # Nine days have passed; on the tenth, the as_of day itself, it still can.
    assert told(world, written={"passage/budget": {2026: 9}}).days_of(Passed) == [0, APRIL_2026 + 9]


def shock(kind: object, **changes: object) -> Shock:
    """A dated event that nobody announced."""
    base = Shock("blow", "bar", 0, None, 0, (), None, 0, None, "the story's own")
    return replace(base, kind=kind, **changes)


def test_a_budget_delay_shock_adds_to_the_delay() -> None:
    """FY2026 would pass on 12 April; a delay of 40 days from 1 April on makes it 22 May."""
    run = told(
        scenario(
            policies=[scheduled(buy(370, 1))],
            lines=[line(years={2025: 10, 2026: 10})],
            passage={2025: 0, 2026: 376},
            shocks=(shock("budget_delay", day=365, fiscal_year=2026, size=40),),
            horizon="2026-06-30",
        )
    )
    assert run.days_of(ShockStruck) == [365]
    assert run.days_of(Passed) == [0, 416]
    assert days_and_units(run, Awarded) == [(416, 1)]


def test_a_budget_that_would_pass_after_its_year_never_does() -> None:
    """A delay of 400 days is longer than the year: FY2026 stays under its provisional budget, FY2027 passes."""
    run = told(
        scenario(
            policies=[scheduled(buy(370, 1))],
            lines=[line(years={2025: 10, 2026: 20, 2027: 30})],
            shocks=(shock("budget_delay", day=365, fiscal_year=2026, size=400),),
            horizon="2027-06-30",
        )
    )
    assert_told(
        run,
        AUTHORITY,
        Passed(0, 2025),
        Appropriated(0, "line", 2025, 10),
        Lapsed(364, "line", 2025, 10),
        Passed(APRIL_2027, 2027),
        Appropriated(APRIL_2027, "line", 2027, 30),
        Obligated(APRIL_2027, "maker#1", "line", 2027, 10),
    )


def test_a_budget_factor_shock_cuts_the_lines_it_names() -> None:
    """Half of line `cut` of FY2026, half up; a factor that strikes after the passage finds the money voted."""
    run = told(
        scenario(
            missions=[mission(lines=("cut", "kept"))],
            lines=[line("cut", years={2025: 11, 2026: 11}), line("kept", years={2026: 11})],
            policies=[scheduled()],
            shocks=(
                shock("budget_factor", day=300, fiscal_year=2026, subjects=("cut",), size=5_000),
                shock("budget_factor", id="late", day=366, fiscal_year=2026, subjects=("kept",), size=0),
            ),
            horizon="2026-06-30",
        )
    )
    assert_told(
        run,
        (Appropriated,),
        Appropriated(0, "cut", 2025, 11),
        # 5.5, half up
        Appropriated(365, "cut", 2026, 6),
        Appropriated(365, "kept", 2026, 11),
    )


def test_a_requested_year_is_the_request_times_its_approval() -> None:
    """101 requested, 92 % approved: 92.92, half up 93."""
    plain = line(years={2025: 0})
    asked = replace(plain.appropriations[2025], amount=None, request=given("yen", 101), approval=given("factor", 9_200))
    run = told(
        scenario(lines=[replace(plain, appropriations={2025: asked})], policies=[scheduled()], horizon="2025-06-30")
    )
    assert [entry.yen for entry in run.of_kind(Appropriated)] == [93]


# --- supplementary budgets


def supplemented(chance: int, **changes: object) -> Scenario:
    """50 more for FY2025 on 20 December, if the chance comes; ten at 10 wanted from 60."""
    extra = Supplementary(12, 20, 2025, 2025, given("share", chance), luck(50, "yen"))
    return scenario(
        lines=[line(years={2025: 60}, supplementary=(extra,), carry_over_share=given("share", 2_000))],
        horizon="2026-03-31",
        **changes,
    )


def test_a_supplementary_budget_pays_for_the_rest_of_an_order() -> None:
    """6 of 10 on day 0; 20 December 2025 is day 263: 50 more pay for the other 4, and 10 are left."""
    run = told(supplemented(5_000), written={"supplementary/line:0": {2025: True}})
    assert_told(
        run,
        AUTHORITY,
        Passed(0, 2025),
        Appropriated(0, "line", 2025, 60),
        Obligated(0, "maker#1", "line", 2025, 60),
        Appropriated(263, "line", 2025, 50),
        Obligated(263, "maker#1.2", "line", 2025, 40),
        # 10 left; 20 % of 60 + 50 may go on: 22, which is more than there is
        CarriedOut(364, "line", 2025, 10),
        CarriedIn(365, "line", 2026, 10),
    )


def test_a_supplementary_budget_can_fail_to_come() -> None:
    run = told(supplemented(5_000), written={"supplementary/line:0": {2025: False}})
    assert days_and_units(run, Awarded) == [(0, 6)]


def test_the_supplementary_amount_is_luck() -> None:
    """30 instead of 50: three of the four."""
    run = told(
        supplemented(10_000),
        written={"supplementary_amount/line:0": {2025: 30}},
    )
    assert days_and_units(run, Awarded) == [(0, 6), (263, 3)]


# --- other uses


def test_uses_that_serve_no_mission_take_their_money_first() -> None:
    """Of 100 a share of 65 % on passage and 20 on 1 June (day 61); the order of day 70 finds 15 for one unit."""
    uses = (
        Use("reserve", 2025, None, given("share", 6_500), None),
        Use("trial", 2025, 61, None, given("yen", 20)),
    )
    run = told(
        scenario(
            lines=[line(years={2025: 100}, uses=uses)],
            policies=[scheduled(buy(0, 4), buy(70, 4))],
            offers=[offer(price=given("minor", 15))],
            horizon="2026-03-31",
        )
    )
    assert_told(
        run,
        AUTHORITY,
        Passed(0, 2025),
        Appropriated(0, "line", 2025, 100),
        Used(0, "reserve", "line", 2025, 65),
        # 35 left on day 0: two units at 15
        Obligated(0, "maker#1", "line", 2025, 30),
        # 5 left on day 61: the trial takes what there is
        Used(61, "trial", "line", 2025, 5),
    )


def test_a_use_whose_day_comes_before_the_passage_waits_for_it() -> None:
    """Dated 2 April 2026, budget on 20 May 2026: used on 20 May, before the order that waits as well."""
    use = Use("trial", 2026, 366, None, given("yen", 80))
    run = told(
        scenario(
            lines=[line(years={2025: 10, 2026: 100}, uses=(use,))],
            policies=[scheduled(buy(380, 10))],
            passage={2025: 0, 2026: 414},
            horizon="2026-06-30",
        )
    )
    assert_told(
        run,
        (Used, Obligated),
        Used(414, "trial", "line", 2026, 80),
        Obligated(414, "maker#1", "line", 2026, 20),
    )


# --- cancellation


def cancelled(on: int, second: int) -> Scenario:
    """Ten at 10 signed on day 0, 30 % paid; cancelled on a day; five more wanted on ``second``."""
    return scenario(
        offers=[
            offer(
                promise_first_days=500,
                promise_later_days=500,
                payments=(Payment("signing", 3_000, 0), Payment("delivery", 7_000, 0)),
            )
        ],
        lines=[line(years={2025: 100, 2026: 1})],
        policies=[scheduled(buy(0, 10, cancel_day=on), buy(second, 5))],
        horizon="2026-06-30",
    )


def test_a_cancelled_obligation_returns_to_its_open_year_and_is_free_again() -> None:
    """Cancelled on day 50: 70 of the 100 are unpaid and return; they pay for five more on day 60."""
    run = told(cancelled(50, 60))
    assert_told(
        run,
        (*AUTHORITY, Paid, CancelDecided, Cancelled),
        Passed(0, 2025),
        Appropriated(0, "line", 2025, 100),
        Obligated(0, "maker#1", "line", 2025, 100),
        Paid(0, "maker#1", "line", 2025, 30, 30),
        CancelDecided(50, "maker#1", 10),
        Cancelled(50, "maker#1", 0, "watch", "drone", 10, "production"),
        Returned(50, "maker#1", "line", 2025, 70),
        Obligated(60, "maker#2", "line", 2025, 50),
        Paid(60, "maker#2", "line", 2025, 15, 15),
        # 100 + 70 returned = 100 + 50 obligated + 20 lapsed
        Lapsed(364, "line", 2025, 20),
        Passed(365, 2026),
        Appropriated(365, "line", 2026, 1),
    )


def test_a_cancelled_obligation_of_a_closed_year_lapses() -> None:
    """Cancelled on day 400, in FY2026: the 70 return to FY2025, which is closed, and are gone."""
    run = told(cancelled(400, 410))
    assert_told(
        run,
        AUTHORITY,
        Passed(0, 2025),
        Appropriated(0, "line", 2025, 100),
        Obligated(0, "maker#1", "line", 2025, 100),
        Passed(365, 2026),
        Appropriated(365, "line", 2026, 1),
        Returned(400, "maker#1", "line", 2025, 70),
        Lapsed(400, "line", 2025, 70),
    )


def test_money_carried_in_and_returned_is_still_a_year_old() -> None:
    """20 carried into FY2026 pay for two units, 100 new ones for ten; the two are cancelled: their 20 lapse."""
    run = told(
        scenario(
            offers=[offer(promise_first_days=500)],
            lines=[line(years={2025: 100, 2026: 100}, carry_over_share=given("share", 2_000))],
            policies=[scheduled(buy(370, 2, cancel_day=380), buy(370, 10))],
            horizon="2027-03-31",
        )
    )
    assert_told(
        run,
        (Returned, Lapsed, CarriedOut),
        Lapsed(364, "line", 2025, 80),
        CarriedOut(364, "line", 2025, 20),
        Returned(380, "maker#1", "line", 2026, 20),
        # nothing of the year's own is left to go on
        Lapsed(729, "line", 2026, 20),
    )


def test_an_order_cancelled_in_tender_frees_its_reservation() -> None:
    """Reserved on day 0, cancelled on day 20 before the result of day 60: the next order finds the money."""
    run = told(
        scenario(
            offers=[tendered(60)],
            lines=[line(years={2025: 100})],
            policies=[scheduled(buy(0, 10, cancel_day=20), buy(20, 10))],
            horizon="2025-12-31",
        )
    )
    assert_told(
        run,
        (Reserved, Released, Cancelled, Awarded),
        Reserved(0, "maker#1", "line", 2025, 100),
        Released(20, "maker#1", "line", 2025, 100),
        Cancelled(20, "maker#1", -1, "watch", "drone", 10, "tender"),
        Reserved(20, "maker#2", "line", 2025, 100),
        Awarded(80, "maker#2", -1, "watch", "drone", 10),
    )


def test_an_order_cancelled_while_it_waits_for_its_permit_is_refunded_whole() -> None:
    """Signed on day 0, permit due on day 90, cancelled on day 30: no permit comes, and nothing is made."""
    run = told(
        scenario(
            offers=[offer(permit_first=luck(90))],
            lines=[line(years={2025: 100})],
            policies=[scheduled(buy(0, 10, cancel_day=30))],
            horizon="2025-12-31",
        )
    )
    assert_told(
        run,
        (Returned, Cancelled, Permitted),
        Returned(30, "maker#1", "line", 2025, 100),
        Cancelled(30, "maker#1", -1, "watch", "drone", 10, "approval"),
    )
