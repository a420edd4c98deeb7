"""What a little more buys: lines, margin and seats, in five steps whose answer fits on paper."""

from __future__ import annotations

import numpy as np
import pytest

from sim.scenario.resolved import SubsidyLever
from sim.study.handles import handles_of, money_years
from sim.study.slopes import cases_of, slope_of, slopes
from sim.study.statistics.pairs import IDENTICAL
from sim.study.steepness import ratio
from sim.study.trial import Futures
from tests.stories.builder import buy, day, given, line, luck, mission, offer, product, ruled, scenario, scheduled
from tests.stories.forces import crew
from tests.stories.home_builder import family, home, home_offer, industry, source
from tests.stories.plans import two_missions


def one_year(yen=20, **changes):
    """Decided on from May 2025; the money of FY2026 is so much, and the ten wanted cost 10 each."""
    return scenario(
        lines=[line(years={2025: 0, 2026: yen})], passage={2025: 0, 2026: day("2026-04-01")},
        missions=[mission(due_day=day("2026-12-31"))], policies=[ruled()], as_of=day("2025-05-01"), **changes,
    )  # fmt: skip


def found_of(world, step_yen):
    handles = handles_of(world, "ruled", step_yen)
    tried = Futures(3, 1).run(cases_of(world, "ruled", handles))
    return {handle.id: slope_of(tried, handle, len(handles)) for handle in handles}


def test_money_that_can_still_be_decided_on_begins_after_as_of():
    assert money_years(one_year()) == (2026, 2027)


def test_ten_yen_more_a_year_buy_one_of_ten_units_and_bring_the_rest_forward():
    """20 yen buy two of ten; each step of 10 yen in FY2026 buys one more: 0.1 of fulfilment for 10 yen spent.

    FY2027 begins after the due day, and its money buys of the ten what is still missing then: 20, 40, 60, 80, 100 and
    100 yen are spent, with deviations -2.5 to 2.5 of the steps: (-50 - 60 - 30 + 40 + 150 + 250)/17.5 = 120/7.
    """
    found = found_of(one_year(), 10)["line:line"]
    assert found.fulfilment.value == pytest.approx(0.1)
    assert found.cost.value == pytest.approx(120 / 7)
    assert found.per_billion.value == pytest.approx(0.1 / (120 / 7) * 1e9)
    # all futures agree: nothing is claimed of others
    assert found.fulfilment.kind == "none: never varied"


def test_money_that_nobody_needs_buys_exactly_nothing_where_no_ledger_changes():
    """A margin on a target of zero orders nothing more."""
    world = one_year(joint=())
    world = scenario(missions=[mission(target=given("unit", 0))], policies=[ruled()])
    assert found_of(world, 10)["margin"].fulfilment.kind == IDENTICAL


def test_every_paying_line_the_margin_and_every_school_can_be_turned():
    world = scenario(**{**two_missions(), "missions": [mission(crew=crew(1)), mission("raid")]}, policies=[ruled()])
    assert [handle.id for handle in handles_of(world, "ruled", 5)] == ["line:line", "margin", "seats:watch"]


def test_seats_are_bought_on_as_of_and_their_slope_is_per_tenth_of_the_school():
    """Nobody is there; ten seats a month, each step one more for ever: enough people for the ten either way."""
    school = crew(0, seats_per_month=10, extra_seat_yen=3)
    world = scenario(missions=[mission(crew=school, due_day=121)], policies=[ruled()], offers=[offer()])
    found = found_of(world, 10)["seats:watch"]
    # classes of ten on days 0, 30, 61 and 91; the step's extra seats open on day 60 and cost 3 yen a class and seat
    assert found.fulfilment.value == pytest.approx(0.0)
    assert found.cost.value is not None and found.cost.value > 0


def test_a_ratio_has_fieller_s_interval():
    """By hand, n = 4: tops 1 2 3 4, bottoms 2 4 4 6; means 2.5 and 4; variances of the means 5/12 and 2/3, cov 1/2.

    t(3, 97.5 %) = 3.182446, squared 10.127963: a = 16 - 10.127963 x 2/3, b = 10 - 10.127963 x 1/2, c = 6.25 -
    10.127963 x 5/12.
    """
    found = ratio(np.array([1.0, 2, 3, 4]), np.array([2.0, 4, 4, 6]), stratified=False)
    a, b, c = 16 - 10.127963 * 2 / 3, 10 - 10.127963 / 2, 6.25 - 10.127963 * 5 / 12
    root = (b * b - a * c) ** 0.5
    assert found.value == pytest.approx(0.625)
    assert (found.low, found.high) == pytest.approx(((b - root) / a, (b + root) / a), rel=1e-6)
    assert found.kind == "fieller"
    failed = ratio(np.array([1.0, np.nan, 3, 4]), np.array([2.0, 4, 4, 6]), stratified=False)
    assert (failed.n, failed.N, failed.kind) == (3, 4, "none: runs failed")


def test_the_finding_names_what_was_turned_and_by_how_much():
    found = slopes(one_year(), "ruled", Futures(2, 1), step_yen=10)
    rows = found.grids["steps"].records()
    steps = [row for row in rows if (row["subject"], row["measure"]) == ("line", "fulfilment")]
    assert [row["more"] for row in steps] == [20, 40, 60, 80, 100]
    assert [row["value"] for row in steps] == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5])
    assert found.about["years"] == [2026, 2027]
    assert product().id == "drone"


def test_what_a_policy_does_for_home_production_can_be_turned():
    """A firm that asks for ten units: five are ordered, and the fifth tenth of its capital opens the line."""
    subsidised = {
        "commitment_units": 10,
        "plant": "new_plant",
        "preparation": luck(0),
        "capital_yen": given("yen", 100),
    }
    levers = home(subsidies=(SubsidyLever("home", 0, 0, "line"),), tooling=(), safety_months={"motor": 0})
    world = industry(
        offers=[home_offer(of=subsidised)],
        families=[family()],
        sources=[source()],
        policies=[scheduled(buy(0, 5, "home"), home=levers)],
    )
    handles = handles_of(world, "typed", 10)
    assert [handle.id for handle in handles] == ["line:line", "subsidy:home", "stock"]
    (subsidy,) = [handle for handle in handles if handle.kind == "subsidy"]
    tried = Futures(2, 1).run(cases_of(world, "typed", [subsidy]))
    fulfilled = [tried.column(case, "fulfilment")[0] for case in tried.cases]
    # at half of its capital the firm is content with five of the ten wanted
    assert fulfilled == [0, 0, 0, 0, 0, 0.5]
    assert slope_of(tried, subsidy, 1).fulfilment.value == pytest.approx(2.5 * 0.5 / 17.5)
