"""What the last yen of a subsidy buys: steps down from the most that may be paid, in answers that fit on paper."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.errors import TheirsError
from sim.scenario.resolved import SubsidyLever
from sim.study.handles import handles_of
from sim.study.slopes import cases_of, slopes
from sim.study.steepness import ratio
from sim.study.trial import Futures
from sim.study.variants import with_policies
from tests.rooms.study.subsidised import subsidised, the_subsidy, turned
from tests.stories.builder import line, ruled, scenario
from tests.stories.home_builder import home


def test_a_subsidy_at_its_most_goes_down_to_none_and_is_told_by_what_its_last_step_buys():
    """Of 0, 10, 20, 30, 40, 50 % the firm takes its eight from 20 % on: 0, 0, and four times 0.8 of the ten wanted.

    Deviations -2.5 to 2.5 of the steps: 0.8 x (-0.5 + 0.5 + 1.5 + 2.5) / 17.5 = 3.2 / 17.5; spent are 0, 10, 28, 38,
    48 and 58 yen: (-15 - 14 + 19 + 72 + 145) / 17.5 = 207 / 17.5 a step.
    """
    handle = the_subsidy(subsidised())
    assert (handle.step, handle.down, handle.ladder) == (1_000, True, (-5, -4, -3, -2, -1, 0))
    tried, found = turned(subsidised())  # as it is, then from none on
    assert [tried.column(case, "fulfilment")[0] for case in tried.cases] == [0.8, 0, 0, 0.8, 0.8, 0.8]
    assert [tried.column(case, "cost")[0] for case in tried.cases] == [58, 0, 10, 28, 38, 48]
    assert found.fulfilment.value == pytest.approx(3.2 / 17.5)
    assert found.cost.value == pytest.approx(207 / 17.5)
    assert found.per_billion.value == pytest.approx(3.2 / 207 * 1e9)
    # all futures agree on both: nothing is claimed of others
    assert {each.kind for each in (found.fulfilment, found.cost, found.per_billion)} == {"none: never varied"}


def test_what_a_step_less_loses_is_stored_as_a_loss_and_the_way_with_it():
    found = slopes(subsidised(), "typed", Futures(2, 1), only=["subsidy"])
    steps = [row for row in found.grids["steps"].records() if row["measure"] == "fulfilment"]
    assert [(row["more"], row["value"]) for row in steps] == [
        (-5_000, -0.8), (-4_000, -0.8), (-3_000, 0), (-2_000, 0), (-1_000, 0),
    ]  # fmt: skip
    assert {row["down"] for row in found.grids["slopes"].records()} == {True}
    up = slopes(subsidised(share=0), "typed", Futures(2, 1), only=["subsidy"])
    assert {row["down"] for row in up.grids["slopes"].records()} == {False}


def test_up_and_down_say_the_same_of_the_same_shares():
    """From none to the most, or from the most to none: the line through six points does not know the way."""
    _, up = turned(subsidised(share=0))
    _, down = turned(subsidised(share=5_000))
    assert (up.fulfilment, up.cost, up.per_billion) == (down.fulfilment, down.cost, down.per_billion)


def test_a_subsidy_that_decides_nothing_loses_exactly_nothing_though_money_is_saved():
    """Ten are ordered, as many as the firm asks for without any: only the ten yen a step are spent."""
    _, found = turned(subsidised(units=10))
    assert found.fulfilment.value == 0.0
    assert found.cost.value == pytest.approx(10)
    assert (found.per_billion.value, found.per_billion.kind) == (0.0, "none: never varied")


@pytest.mark.parametrize(
    ("share", "most", "step", "shares"),
    [
        (4_900, 5_000, 20, [4_920, 4_940, 4_960, 4_980, 5_000]),  # a step is a fifth of what room there is
        (0, 10_000, 1_000, [1_000, 2_000, 3_000, 4_000, 5_000]),
        (3_000, 3_000, 600, [0, 600, 1_200, 1_800, 2_400]),
        (7, 7, 2, [0, 0, 1, 3, 5]),  # whole basis points, none below nothing
        (0, 0, 1_000, [0, 0, 0, 0, 0]),  # nothing may be paid
    ],
)
def test_five_steps_keep_to_what_may_be_paid(share, most, step, shares):
    world = subsidised(share, most)
    handle = the_subsidy(world)
    specs = [handle.turned(place).policies["typed"] for place in handle.ladder if place]
    assert (handle.step, [spec.home.subsidies[0].share for spec in specs]) == (step, shares)
    assert handle.down == (share == most > 0)


def test_of_two_subsidies_for_a_line_it_goes_down_only_where_both_stand_at_the_most():
    world = subsidised()
    spec = world.policies["typed"]

    def down(earlier: int) -> bool:
        two = (SubsidyLever("home", earlier, 0, "line"), *spec.home.subsidies)
        return the_subsidy(with_policies(world, [replace(spec, home=home(subsidies=two))])).down

    assert down(5_000)
    assert not down(4_000)


def test_only_what_is_asked_for_is_turned_by_kind_or_by_name():
    world = subsidised()

    def ids(*only: str) -> list[str]:
        return [handle.id for handle in handles_of(world, "typed", 10, only)]

    assert ids() == ["line:line", "subsidy:home"]
    assert ids("subsidy") == ids("subsidy:home") == ["subsidy:home"]
    assert ids("subsidy", "line:line") == ids()
    assert len(cases_of(world, "typed", handles_of(world, "typed", 10, ["subsidy"]))) == 6
    with pytest.raises(TheirsError, match=r"policy 'typed' has no line or lever 'subsidi'. .*subsidy"):
        ids("subsidi")


def test_a_subsidy_is_asked_about_where_no_year_s_money_is_open_any_more():
    world = subsidised()
    shut = replace(world, clock=replace(world.clock, deadline_day=1))
    assert [handle.id for handle in handles_of(shut, "typed", 10, ["subsidy"])] == ["subsidy:home"]
    with pytest.raises(TheirsError, match="no fiscal year begins"):
        handles_of(shut, "typed", 10)


def test_lines_and_levers_without_a_most_go_up():
    world = scenario(lines=[line()], policies=[ruled()])
    assert [(handle.kind, handle.down) for handle in handles_of(world, "ruled", 10)] == [
        ("line", False), ("margin", False),
    ]  # fmt: skip


def test_a_ratio_of_what_never_varied_claims_nothing_of_others():
    same, varied = np.array([2.0, 2.0, 2.0]), np.array([1.0, 1.1, 0.9])
    assert ratio(same, same, stratified=False).kind == "none: never varied"
    assert ratio(0 * same, varied, stratified=False).kind == "none: never varied"
    assert ratio(same, varied, stratified=False).kind == "fieller"
    assert ratio(varied, same, stratified=False).kind == "fieller"
