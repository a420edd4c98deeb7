"""Stories of the budget's passage: what waits for it, what moves it, what comes beside it, and other uses (R9, R10)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.distributions import Discrete
from sim.engine.entries import (
    Appropriated,
    Awarded,
    CarriedIn,
    CarriedOut,
    Lapsed,
    Obligated,
    Paid,
    Passed,
    ShockStruck,
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
