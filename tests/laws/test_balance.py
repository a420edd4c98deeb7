"""Units and money balance on every day of every generated world (R13, R37)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sim.engine.entries import Cancelled, Charged, Crewed, Lapsed, Lost, Obligated, Owed, Reopened, Retired, Settled
from sim.outcome import measure
from sim.scenario.resolved import Scenario
from tests.laws.counting import acted, examples, note
from tests.laws.worlds import run_of, worlds
from tests.stories.balance import assert_balanced


@acted(obligated=50, lapsed=20, charged=20, owed=2, lost=5, crewed=10, retired=2, cut=2)
@examples(50)
@given(worlds(), st.integers(0, 2))
def test_units_and_money_balance_on_every_day(world: Scenario, number: int) -> None:
    """Every yen and every unit that moves is somewhere, every day, and nowhere twice."""
    run = run_of(world, number)
    kinds = [type(entry) for entry in run.entries]
    note("obligated", kinds.count(Obligated))
    note("lapsed", kinds.count(Lapsed))
    note("charged", kinds.count(Charged))
    note("owed", kinds.count(Owed) + kinds.count(Settled))
    note("lost", kinds.count(Lost))
    note("crewed", kinds.count(Crewed))
    note("retired", kinds.count(Retired))
    note("cut", kinds.count(Reopened) + kinds.count(Cancelled))
    assert_balanced(run)


@acted(short=10, surplus=2)
@examples(30)
@given(worlds())
def test_target_less_deployed_is_the_sum_of_the_other_places(world: Scenario) -> None:
    """For every mission and run, with not ordered negative where more was ordered than wanted (R37)."""
    for row in measure(run_of(world)).missions:
        elsewhere = (
            row.tender + row.approval + row.queue + row.production + row.waiting_parts + row.shipping
            + row.acceptance + row.waiting_crew + row.fielding + row.lost + row.retired + row.cancelled
        )  # fmt: skip
        note("short", row.deployed < row.target)
        note("surplus", row.not_ordered < 0)
        assert row.target - row.deployed == row.not_ordered + elsewhere
        assert row.not_ordered == row.target - row.opening - row.ordered
