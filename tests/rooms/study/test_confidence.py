"""Joint confidence on ten futures made by hand: cost 1 to 10 bn, and the day the other way round."""

from __future__ import annotations

import numpy as np
import pytest

from sim.errors import TheirsError
from sim.outcome import MonthRow
from sim.store import Study
from sim.study.answer import Estimates
from sim.study.confidence import Scatter, asked_of, iso_line, joint_confidence, price_of, quadrants, scatter_of
from sim.study.statistics import quantile, wilson
from tests.rooms.study.handmade import mission_row, outcome, stored, tiny

WATCH = "wide_area_surveillance"
ATTACK = "small_attack"
NEVER = 1461
BN = 10**9

# future k costs k + 1 bn; the watch is there on day 1000 + 10 k, attack on day 1000, and in future 9 never
TEN = Scatter(
    np.arange(10), np.array([(k + 1) * BN for k in range(10)]), np.array([1000 + 10 * k for k in range(9)] + [NEVER])
)


def made(number: int):
    day = 1000 + 10 * number if number < 9 else NEVER
    rows = (mission_row(ATTACK, 10, 10, reached_day=1000), mission_row(WATCH, 10, 10, reached_day=day))
    found = outcome("typed", number, rows, cost=(number + 1) * BN)
    months = tuple(
        MonthRow(month, mission, number * (month >= 30), 0, 0) for month in range(48) for mission in (ATTACK, WATCH)
    )
    return type(found)(found.policy_id, number, number, found.missions, found.money, months, found.spending, found.run)


@pytest.fixture(scope="module")
def study(tmp_path_factory) -> Study:
    return stored(tmp_path_factory.mktemp("confidence") / "study", tiny(), {"typed": [made(k) for k in range(10)]})


@pytest.fixture(scope="module")
def failing(tmp_path_factory) -> Study:
    runs = [made(k) if k != 4 else "ValueError: the test fails it" for k in range(10)]
    return stored(tmp_path_factory.mktemp("confidence") / "failing", tiny(), {"typed": runs})


def ask(study, missions=(), **how):
    plain = {"quantity": None, "day": None, "cost_yen": None, "wanted": 0.7}
    return asked_of(study, "typed", missions, **{**plain, **how})


def test_cost_and_day_come_from_one_future_and_the_day_is_the_last_mission_s(study):
    scatter = scatter_of(study, ask(study))
    assert scatter.cost_yen.tolist() == TEN.cost_yen.tolist()
    assert scatter.day.tolist() == TEN.day.tolist()
    assert scatter_of(study, ask(study, (ATTACK,))).day.tolist() == [1000] * 10


def test_the_quadrants_are_counted_and_add_up():
    """By day 1050 futures 0 to 5; up to 4 bn futures 0 to 3: both 4, dear but in time 2, neither 4."""
    found = quadrants(TEN, Estimates(10, "independent"), 1050, 4 * BN)
    assert {name: round(10 * each.value) for name, each in found.items()} == {
        "both": 4, "late": 0, "dear": 2, "neither": 4,
    }  # fmt: skip
    assert found["both"] == wilson(4, 10)


def test_the_price_of_seven_in_ten_is_a_quantile_of_costs_that_are_in_time():
    """By the deadline, day 1095, nine of ten are there: the seventh costs 7 bn; by day 1050 only six ever are."""
    estimates = Estimates(10, "independent")
    price = price_of(TEN, estimates, 1095, 0.7)
    assert price.value == 7 * BN
    assert price.low == quantile(list(range(10)), 0.7).low * BN + BN
    assert price.high is None  # the tenth has no price
    assert price_of(TEN, estimates, 1060, 0.7).value == 7 * BN  # the seventh comes on that very day
    late = price_of(TEN, estimates, 1050, 0.7)
    assert (late.value, late.low, late.kind) == (None, None, "none: no sum has this chance")


def test_the_line_of_equal_confidence_goes_down_as_the_day_goes_out():
    """Four of ten: by day 1030 futures 0 to 3 for 4 bn, and no cheaper later."""
    assert iso_line(TEN, 10, 0.4, 1460) == [(1030, 4 * BN)]
    turned = Scatter(TEN.replications, TEN.cost_yen[::-1], TEN.day)
    # by day 1010 the two dearest, 10 bn; each day later one cheaper, until the ninth
    assert iso_line(turned, 10, 0.2, 1460)[0] == (1010, 10 * BN)
    assert iso_line(turned, 10, 0.2, 1460)[-1] == (1080, 3 * BN)
    assert iso_line(TEN, 10, 0.95, 1460) == []


def test_a_quantity_is_read_from_month_ends(study):
    """Future k has k of the watch from month 30 on (31 October 2027, day 943): five or more in futures 5 to 9."""
    days = scatter_of(study, ask(study, (WATCH,), quantity=5)).day.tolist()
    assert days == [NEVER] * 5 + [943] * 5


def test_failed_runs_are_bounds_of_the_chance_and_none_of_the_ten(failing):
    found = joint_confidence(failing, ask(failing, cost_yen=5 * BN))
    both = next(row for row in found.grids["chances"].records() if row["quadrant"] == "both")
    assert (both["n"], both["N"]) == (9, 10)
    assert both["low"] == wilson(4, 10).low and both["high"] == wilson(5, 10).high
    assert len(found.grids["futures"].rows) == 9


def test_the_finding_says_what_was_asked_and_where_the_quadrants_part(study):
    found = joint_confidence(study, ask(study))
    assert (found.about["day"], found.about["cost_yen"], found.about["cost_was_given"]) == (1095, 7 * BN, False)
    assert found.about["missions"] == [WATCH, ATTACK]
    assert found.grids["price"].records()[0]["value"] == 7 * BN


def test_what_cannot_be_asked_is_refused(study):
    with pytest.raises(TheirsError, match="expected one, named with --mission"):
        ask(study, quantity=5)
    with pytest.raises(TheirsError, match="no mission 'watch'"):
        ask(study, ("watch",))
    with pytest.raises(TheirsError, match="expected a share between 0 and 1"):
        ask(study, wanted=70)
