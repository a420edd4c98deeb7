"""Rules of money against values worked out on paper, and against twins that try every case.

Why: two engines that share a rule cannot check it for each other.
"""

from __future__ import annotations

from math import exp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.rules import money


def test_a_price_escalates_by_the_calendar_year_and_deflates_before_the_start() -> None:
    # four years of 365.25 days are 1,461 days: 1,000,000 x 1.03^4 = 1,125,508.81
    assert money.price_at_signing(1_000_000, 300, 1461) == 1_125_509
    # the same way back: 1,000,000 / 1.03^4 = 888,487.05
    assert money.price_at_signing(1_000_000, 300, -1461) == 888_487
    # on the first day it is the list price
    assert money.price_at_signing(1_000_000, 300, 0) == 1_000_000
    # eight years of 5 %: 1.05^8 = 1.4774554, on 20,000 = 29,549.11
    assert money.price_at_signing(20_000, 500, 2922) == 29_549


def test_a_price_cannot_lose_the_whole_of_itself_in_a_year() -> None:
    with pytest.raises(ValueError, match="expected more than -10000"):
        money.price_at_signing(100, -10_000, 1)


BREAKS = (10, 50), (8_000, 7_500)


@pytest.mark.parametrize(
    ("units", "minor"),
    [
        (0, 0),
        (9, 900),  # 9 x 100, no break yet
        (10, 800),  # the whole order at 80 %: 10 x 100 x 0.8, cheaper than nine
        (49, 3_920),  # 49 x 80
        (50, 3_750),  # 50 x 75
    ],
)
def test_the_whole_order_has_the_price_of_the_break_it_reaches(units: int, minor: int) -> None:
    assert money.order_price_minor(units, 100, *BREAKS) == minor


def test_an_order_is_rounded_once_on_its_whole_price() -> None:
    # 3 x 33 = 99, of which 95 % = 94.05 -> 94; unit by unit it would be 3 x 31 = 93
    assert money.order_price_minor(3, 33, (2,), (9_500,)) == 94
    # 5 x 10 = 50 at 85 % = 42.5 -> 43
    assert money.order_price_minor(5, 10, (2,), (8_500,)) == 43


def test_an_order_abroad_is_paid_in_yen_at_the_rate() -> None:
    # 10 x 1,000.00 USD x 0.8 = 8,000 USD at 150.25 = 1,202,000 yen
    assert money.order_price_yen(10, 100_000, *BREAKS, 1_502_500, 100) == 1_202_000
    # 1 cent at 150 = 1.5 yen -> 2
    assert money.order_price_yen(1, 1, (), (), 1_500_000, 100) == 2


def test_an_order_of_less_than_nothing_or_with_unequal_breaks_has_no_price() -> None:
    with pytest.raises(ValueError, match="an order of -1 units"):
        money.order_price_minor(-1, 100, (), ())
    with pytest.raises(ValueError, match="argument 2 is"):
        money.order_price_minor(1, 100, (10,), ())
    with pytest.raises(ValueError, match="denominator above zero"):
        money.order_price_yen(1, 100, (), (), 10_000, 0)


@pytest.mark.parametrize(
    ("free", "wanted", "units"),
    [
        # totals at 100 yen each: 8: 800, 9: 900, 10: 800, 11: 880, 49: 3,920, 50: 3,750, 52: 3,900
        (850, 12, 10),  # eleven cost 880; ten cost less than nine
        (850, 9, 8),  # the break is out of reach: nine cost 900
        (799, 12, 7),  # ten cost 800, one yen too many
        (3_900, 60, 52),
        (3_749, 60, 46),  # 46 x 80 = 3,680; 47 x 80 = 3,760
        (99, 60, 0),
        (0, 60, 0),
        (-1, 60, 0),
        (10_000, 0, 0),
    ],
)
def test_the_largest_affordable_order_looks_past_the_dear_quantities(free: int, wanted: int, units: int) -> None:
    assert money.largest_affordable(free, wanted, 100, *BREAKS, 10_000, 1) == units


def test_a_price_that_rounds_up_past_the_money_is_not_affordable() -> None:
    # one unit: 10 x 85 % = 8.5 -> 9, and 8 are not enough
    assert money.largest_affordable(8, 1, 10, (1,), (8_500,), 10_000, 1) == 0
    assert money.largest_affordable(9, 1, 10, (1,), (8_500,), 10_000, 1) == 1
    # one cent at 150 yen a dollar: 1.5 -> 2
    assert money.largest_affordable(1, 1, 1, (), (), 1_500_000, 100) == 0
    assert money.largest_affordable(2, 1, 1, (), (), 1_500_000, 100) == 1


def test_what_costs_nothing_is_always_affordable() -> None:
    assert money.largest_affordable(0, 7, 0, (), (), 1_500_000, 100) == 7
    # but a debt affords nothing, not even that
    assert money.largest_affordable(-1, 7, 0, (), (), 1_500_000, 100) == 0


@pytest.mark.parametrize("bad", [(100, -1, 5, 10_000), (100, 1, -5, 10_000), (100, 1, 5, -1)])
def test_a_negative_quantity_or_price_cannot_be_afforded(bad: tuple[int, int, int, int]) -> None:
    free, wanted, unit, rate = bad
    with pytest.raises(ValueError, match="cannot afford"):
        money.largest_affordable(free, wanted, unit, (), (), rate, 1)


def test_every_break_has_a_price() -> None:
    with pytest.raises(ValueError, match="one price a break"):
        money.largest_affordable(100, 5, 1, (2, 3), (9_000,), 10_000, 1)


breaks = st.lists(st.tuples(st.integers(1, 60), st.integers(0, 12_000)), max_size=4, unique_by=lambda b: b[0])


@settings(max_examples=300, deadline=None)
@given(
    free=st.integers(-10, 60_000),
    wanted=st.integers(0, 80),
    unit=st.integers(0, 2_000),
    breaks=breaks,
    rate=st.integers(0, 2_000_000),
    major=st.sampled_from([1, 100]),
)
def test_the_largest_affordable_order_equals_the_one_found_by_trying_all(
    free: int, wanted: int, unit: int, breaks: list[tuple[int, int]], rate: int, major: int
) -> None:
    starts, prices = [b[0] for b in sorted(breaks)], [b[1] for b in sorted(breaks)]
    fits = [q for q in range(1, wanted + 1) if money.order_price_yen(q, unit, starts, prices, rate, major) <= free]
    found = money.largest_affordable(free, wanted, unit, starts, prices, rate, major)
    assert found == max(fits, default=0)


def test_carried_money_is_spent_first() -> None:
    assert money.take(30, 100, 50) == (30, 20)
    assert money.take(30, 100, 20) == (20, 0)
    assert money.take(30, 100, 130) == (30, 100)


@pytest.mark.parametrize("bad", [(30, 100, 131), (-1, 100, 50), (30, -1, 20), (30, 100, -1)])
def test_more_than_there_is_cannot_be_taken(bad: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="cannot take"):
        money.take(*bad)


def test_a_year_closes_by_carrying_its_share_and_lapsing_the_rest() -> None:
    # 40 unspent of 100, at most 15 % carried: 15 go on, 25 lapse, and so do the 7 carried in before
    assert money.close_year(40, 100, 1_500, 7) == (15, 32)
    # less unspent than the share: all of it goes on
    assert money.close_year(10, 100, 1_500, 0) == (10, 0)
    # the share rounds down: 15 % of 99 is 14.85
    assert money.close_year(40, 99, 1_500, 0) == (14, 26)


@pytest.mark.parametrize("bad", [(-1, 100, 0, 0), (1, -1, 0, 0), (1, 1, 10_001, 0), (1, 1, -1, 0), (1, 1, 0, -1)])
def test_a_year_with_negative_money_or_an_impossible_share_does_not_close(
    bad: tuple[int, int, int, int],
) -> None:
    with pytest.raises(ValueError, match="cannot close a year"):
        money.close_year(*bad)


def test_the_last_payment_takes_the_remainder() -> None:
    # 1,001 at 30/30/40 %: 300.3 -> 300, 300, and 401 rather than 400.4
    assert money.payment_parts(1_001, (3_000, 3_000, 4_000)) == (300, 300, 401)
    # 5 at a half each: 2.5 -> 3, and 2 remain
    assert money.payment_parts(5, (5_000, 5_000)) == (3, 2)
    assert money.payment_parts(7, (10_000,)) == (7,)


def test_payments_make_the_whole_price() -> None:
    with pytest.raises(ValueError, match="add up to 10000"):
        money.payment_parts(100, (5_000, 4_000))
    with pytest.raises(ValueError, match="total of zero or more"):
        money.payment_parts(-1, (10_000,))


def test_lots_share_the_delivery_payment_by_their_units() -> None:
    # 100 over 6, 6, 6: 33.3 -> 33, 33, and 34
    assert money.lot_parts(100, (6, 6, 6)) == (33, 33, 34)
    # 100 over 4, 10, 1: 26.67 -> 27, 66.67 -> 67, and 6 remain rather than 6.67 -> 7
    assert money.lot_parts(100, (4, 10, 1)) == (27, 67, 6)
    with pytest.raises(ValueError, match="sum above zero"):
        money.lot_parts(100, ())


def test_a_price_grows_between_signing_and_delivery() -> None:
    # 1,000 + 2.5 % = 1,025; 30 + 5 % = 31.5 -> 32; 1,000 - 2.5 % = 975
    assert money.grown(1_000, 250) == 1_025
    assert money.grown(30, 500) == 32
    assert money.grown(1_000, -250) == 975
    with pytest.raises(ValueError, match="-10000 or more"):
        money.grown(1_000, -10_001)


def test_a_loss_is_charged_as_far_as_free_money_goes_and_the_rest_is_owed() -> None:
    assert money.charge(50, 80) == (50, 0)
    assert money.charge(50, 30) == (30, 20)
    assert money.charge(50, 0) == (0, 50)


@pytest.mark.parametrize("bad", [(-1, 5), (5, -1)])
def test_a_negative_loss_cannot_be_charged(bad: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="cannot charge"):
        money.charge(*bad)


def test_the_planning_rate_is_the_mean_of_the_months_before() -> None:
    # (150 + 151 + 150.5001) / 3 = 150.50003...
    assert money.mean_rate((1_500_000, 1_510_000, 1_505_001)) == 1_505_000
    assert money.mean_rate((1, 2)) == 2  # 1.5 -> 2
    with pytest.raises(ValueError, match="expected one or more"):
        money.mean_rate(())


def test_an_exchange_rate_moves_by_its_months_score() -> None:
    # no volatility, no drift: it stands
    assert money.exchange_step(1_500_000, 0, 0, 3.0) == 1_500_000
    # drift 12 % a year alone: one month is exp(0.01) = 1.010050167, on 150 yen 151.507525
    assert money.exchange_step(1_500_000, 0, 1_200, -2.0) == 1_515_075
    # vol 10 %, score 1: 0.1 / 3.4641016 - 0.005 / 12 = 0.02886751 - 0.00041667 = 0.02845085
    # exp(0.02845085) = 1.02885944
    assert money.exchange_step(1_500_000, 1_000, 0, 1.0) == 1_543_289
    with pytest.raises(ValueError, match="volatility of -1 bp"):
        money.exchange_step(1_500_000, -1, 0, 0.0)


def test_the_mean_rate_drifts_only_by_the_drift() -> None:
    # E[exp(s z - s^2 / 2)] = 1, by the trapezoid rule over a grid of scores weighted by the normal density
    scores = [k / 100 for k in range(-800, 801)]
    weights = [exp(-z * z / 2) for z in scores]
    moved = [money.exchange_step(10**12, 2_000, 0, z) for z in scores]
    mean = sum(w * m for w, m in zip(weights, moved, strict=True)) / sum(weights)
    assert mean == pytest.approx(10**12, rel=1e-9)


def test_cholesky_on_matrices_factored_by_hand() -> None:
    assert money.cholesky((4.0, 2.0, 2.0, 10.0), 2) == (2.0, 0.0, 1.0, 3.0)
    # the classic 3 x 3: L = (2, 0, 0), (6, 1, 0), (-8, 5, 3)
    matrix = (4.0, 12.0, -16.0, 12.0, 37.0, -43.0, -16.0, -43.0, 98.0)
    assert money.cholesky(matrix, 3) == (2.0, 0.0, 0.0, 6.0, 1.0, 0.0, -8.0, 5.0, 3.0)
    # a correlation of 0.6 leaves 0.8: 0.6^2 + 0.8^2 = 1
    assert money.cholesky((1.0, 0.6, 0.6, 1.0), 2) == pytest.approx((1.0, 0.0, 0.6, 0.8))


def test_a_matrix_that_is_no_covariance_is_refused() -> None:
    with pytest.raises(ValueError, match="not positive definite"):
        money.cholesky((1.0, 1.0, 1.0, 1.0), 2)
    with pytest.raises(ValueError, match="4 entries, found 3"):
        money.cholesky((1.0, 0.0, 1.0), 2)


def test_a_ceiling_holds_back_only_what_pushes_outlays_over_it() -> None:
    assert money.outlays_fit((), (), ())
    assert money.outlays_fit((70,), (30,), (100,))
    assert not money.outlays_fit((70,), (31,), (100,))
    # the second year is over its ceiling already, but nothing of this order falls into it
    assert money.outlays_fit((70, 90), (30, 0), (100, 80))
    assert not money.outlays_fit((70, 90), (30, 1), (100, 80))
    with pytest.raises(ValueError, match="argument"):
        money.outlays_fit((70,), (30, 1), (100, 80))
