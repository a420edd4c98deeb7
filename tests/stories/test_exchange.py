"""Stories of exchange: planned at one rate, paid at another, and who bears the difference (R10, R12)."""

from __future__ import annotations

from dataclasses import replace

from sim.engine.entries import (
    Appropriated,
    BudgetRate,
    CarriedIn,
    CarriedOut,
    Charged,
    ExchangeRate,
    Gained,
    Lapsed,
    Obligated,
    Owed,
    Paid,
    Passed,
    Settled,
)
from sim.outcome import measure
from sim.scenario.resolved import Payment, Scenario, Shock
from tests.stories.builder import buy, day, dollar, given, line, mission, offer, scenario, scheduled, told
from tests.stories.ledger import AUTHORITY, OUTLAYS, assert_told

APRIL_2026 = day("2026-04-01")
HALF_AT_SIGNING = (Payment("signing", 5_000, 0), Payment("delivery", 5_000, 0))


def imported(market: int, years: dict[int, int], *, horizon: str = "2026-12-31", **changes: object) -> Scenario:
    """Ten at 1 dollar, 100 yen by the budget; the market gives ``market`` yen."""
    policies = changes.pop("policies", [scheduled(buy(0, 10))])
    lines = changes.pop("lines", [line(years=years)])
    return scenario(
        missions=[mission(due_day=100)],
        offers=[offer(currency="USD", price=given("minor", 100), payments=HALF_AT_SIGNING, **changes)],
        currencies=[dollar(rate=market * 10_000)],
        lines=lines,
        policies=policies,
        horizon=horizon,
    )


def test_a_loss_that_fits_is_charged_to_free_authority() -> None:
    """1,000 signed at 100 yen, 500 + 500 paid at 110: 50 more each time, out of the 150 still free."""
    run = told(imported(110, {2025: 1_150}, horizon="2026-03-31"))
    assert_told(
        run,
        (*AUTHORITY, Paid),
        Passed(0, 2025),
        Appropriated(0, "line", 2025, 1_150),
        Obligated(0, "maker#1", "line", 2025, 1_000),
        Paid(0, "maker#1", "line", 2025, 500, 550),
        Charged(0, "maker#1", "line", 2025, 50),
        Paid(100, "maker#1", "line", 2025, 500, 550),
        Charged(100, "maker#1", "line", 2025, 50),
        # 1,150 = 1,000 + 100 + 50
        Lapsed(364, "line", 2025, 50),
    )


def test_a_loss_bigger_than_free_authority_is_owed_and_settled_first_from_the_next_appropriation() -> None:
    """At 130 yen each half costs 150 more; 180 are free: 150, then 30, and 120 are owed until FY2026."""
    run = told(imported(130, {2025: 1_180, 2026: 1_400}, policies=[scheduled(buy(0, 10), buy(150, 10))]))
    assert_told(
        run,
        (*AUTHORITY, Paid),
        Passed(0, 2025),
        Appropriated(0, "line", 2025, 1_180),
        Obligated(0, "maker#1", "line", 2025, 1_000),
        Paid(0, "maker#1", "line", 2025, 500, 650),
        Charged(0, "maker#1", "line", 2025, 150),
        Paid(100, "maker#1", "line", 2025, 500, 650),
        Charged(100, "maker#1", "line", 2025, 30),
        Owed(100, "maker#1", "line", 120),
        # The order of day 150 finds nothing. FY2026: the debt comes first, and 1,280 sign all ten of it.
        Passed(365, 2026),
        Appropriated(365, "line", 2026, 1_400),
        Settled(365, "line", 2026, 120),
        Obligated(365, "maker#2", "line", 2026, 1_000),
        Paid(365, "maker#2", "line", 2026, 500, 650),
        Charged(365, "maker#2", "line", 2026, 150),
        # 130 left on day 465, when the second half costs 150 more
        Paid(465, "maker#2", "line", 2026, 500, 650),
        Charged(465, "maker#2", "line", 2026, 130),
        Owed(465, "maker#2", "line", 20),
    )
    # What differences came to, 600, is charged (460), settled (120) or still owed (20).
    row = measure(run).run
    assert (row.fx, row.owed) == (600, 20)


def test_a_debt_larger_than_the_next_appropriation_waits_for_the_one_after() -> None:
    """300 owed: 200 from FY2026, 100 from FY2027, before anything else."""
    run = told(imported(130, {2025: 1_000, 2026: 200, 2027: 150}, horizon="2027-06-30"))
    assert_told(
        run,
        (Owed, Settled, Lapsed),
        Owed(0, "maker#1", "line", 150),
        Owed(100, "maker#1", "line", 150),
        Settled(365, "line", 2026, 200),
        Settled(730, "line", 2027, 100),
    )


def test_a_loss_under_a_provisional_budget_is_owed_whatever_was_carried_over() -> None:
    """20 are carried into FY2026, but until it passes nothing is free: the loss of 25 on day 380 is owed."""
    run = told(
        scenario(
            offers=[
                offer(
                    currency="USD",
                    price=given("minor", 10),
                    payments=(Payment("signing", 5_000, 0), Payment("after_signing", 5_000, 380)),
                )
            ],
            currencies=[dollar(rate=1_500_000)],
            lines=[line(years={2025: 200, 2026: 30}, carry_over_share=given("share", 1_000))],
            passage={2025: 0, 2026: 400},
            horizon="2027-03-31",
        )
    )
    assert_told(
        run,
        (*AUTHORITY, Paid),
        Passed(0, 2025),
        Appropriated(0, "line", 2025, 200),
        Obligated(0, "maker#1", "line", 2025, 100),
        Paid(0, "maker#1", "line", 2025, 50, 75),
        Charged(0, "maker#1", "line", 2025, 25),
        # 75 left, 10 % of 200 may go on
        Lapsed(364, "line", 2025, 55),
        CarriedOut(364, "line", 2025, 20),
        CarriedIn(365, "line", 2026, 20),
        Paid(380, "maker#1", "line", 2025, 50, 75),
        Owed(380, "maker#1", "line", 25),
        Passed(400, 2026),
        Appropriated(400, "line", 2026, 30),
        Settled(400, "line", 2026, 25),
        # 5 of the new 30 and the 20 carried in are left: 10 % of 30 may go on, of the new ones
        Lapsed(729, "line", 2026, 22),
        CarriedOut(729, "line", 2026, 3),
        CarriedIn(730, "line", 2027, 3),
    )


def test_a_gain_is_reported_and_cannot_be_spent() -> None:
    """At 80 yen each half costs 100 less; the order of day 150 still finds only the 50 that were free."""
    run = told(imported(80, {2025: 1_050}, policies=[scheduled(buy(0, 10), buy(150, 1))], horizon="2026-03-31"))
    assert_told(
        run,
        OUTLAYS,
        Paid(0, "maker#1", "line", 2025, 500, 400),
        Gained(0, "maker#1", "line", 100),
        Paid(100, "maker#1", "line", 2025, 500, 400),
        Gained(100, "maker#1", "line", 100),
    )
    assert_told(run, (Obligated, Lapsed), Obligated(0, "maker#1", "line", 2025, 1_000), Lapsed(364, "line", 2025, 50))
    row = measure(run).run
    assert (row.fx, row.cost) == (-200, 800)


def level(on: int, until: int | None, yen: int, id: str = "shock") -> Shock:
    """From a day on the dollar is held at so many yen."""
    return Shock(id, "exchange_level", on, until, on, ("USD",), None, yen * 10_000, None, "the story's own")


def test_an_exchange_shock_holds_the_rate_from_its_day_to_its_end() -> None:
    """100 yen, from day 50 to 90 pinned at 120, inside it from 60 to 80 at 150; payments on days 55, 70, 85 and 95."""
    steps = tuple(Payment("after_signing", 2_500, days) for days in (55, 70, 85, 95))
    run = told(
        replace(
            scenario(
                offers=[offer(currency="USD", price=given("minor", 100), payments=steps)],
                currencies=[dollar()],
                horizon="2025-09-30",
            ),
            shocks=(level(50, 90, 120), level(60, 80, 150, "second")),
        )
    )
    assert [(entry.day, entry.actual_yen) for entry in run.of_kind(Paid)] == [
        (55, 300),  # 2.50 dollars at 120
        (70, 375),  # at 150
        (85, 300),  # the second pin is gone, the first still holds
        (95, 250),  # and then the market's own rate
    ]
    pinned = [
        (entry.day, entry.rate) for entry in run.of_kind(ExchangeRate) if entry.rate != 1_000_000 or entry.day == 90
    ]
    assert pinned == [(50, 1_200_000), (60, 1_500_000), (80, 1_200_000), (90, 1_000_000)]


def test_a_rate_moves_on_the_first_of_a_month_and_stands_still_until_the_as_of_day() -> None:
    """Volatility 12 % a year and a score of 1 each month: x exp(-0.12^2/24 + 0.12/sqrt(12)) = x 1.034634 a month."""
    # -0.0006 + 0.0346410 = 0.0340410; e^0.0340410 = 1.034627
    run = told(
        scenario(
            policies=[scheduled()],
            currencies=[dollar(volatility=given("share", 1_200))],
            as_of=day("2025-06-15"),
            horizon="2025-08-31",
        ),
        written={"exchange/USD": {3: 1.0, 4: 1.0}},
    )
    # 1 May and 1 June lie before the as_of day: given. 1 July is month 3: 1,000,000 x 1.034627, 1 August once more.
    assert_told(
        run,
        (ExchangeRate,),
        ExchangeRate(0, "USD", 1_000_000),
        ExchangeRate(day("2025-07-01"), "USD", 1_034_627),
        ExchangeRate(day("2025-08-01"), "USD", 1_070_453),
    )


def test_a_year_without_a_stated_rate_plans_with_the_three_months_before_its_draft() -> None:
    """FY2026 is drafted on 26 December 2025: the mean of September (100), October (130) and November (100)."""
    world = scenario(
        currencies=[dollar(planning={2025: 1_000_000})],
        policies=[scheduled()],
        # pinned over 1 October and over 1 December: December is not one of the three
        shocks=(
            level(day("2025-09-20"), day("2025-10-20"), 130),
            level(day("2025-11-20"), None, 200, "late"),
        ),
        horizon="2026-06-30",
    )
    assert_told(
        told(world),
        (BudgetRate,),
        BudgetRate(0, "USD", 2025, 1_000_000),
        BudgetRate(day("2025-12-26"), "USD", 2026, 1_100_000),
    )


def test_growth_and_exchange_meet_in_one_difference() -> None:
    """5 dollars are due at delivery, 0.5 more by growth; at 90 yen 495 instead of 500: a gain of 5, nothing charged."""
    run = told(
        imported(90, {2025: 1_000}, growth_after_signing=given("share", 500), horizon="2026-03-31"),
    )
    assert_told(
        run,
        OUTLAYS,
        Paid(0, "maker#1", "line", 2025, 500, 450),
        Gained(0, "maker#1", "line", 50),
        Paid(100, "maker#1", "line", 2025, 500, 495),
        Gained(100, "maker#1", "line", 5),
    )
