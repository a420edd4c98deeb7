"""The order of a day is the ladder's and nothing else's (R3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simpy import Event

from sim.engine import ladder, simulate
from sim.scenario.resolved import BudgetCalendar, Scenario
from tests.laws.counting import acted, examples, note
from tests.laws.worlds import CheckedEnvironment, ShuffledEnvironment, future_of, keyed, policy_in, run_of, worlds
from tests.stories.builder import buy, luck, mission, offer, scenario, scheduled
from tests.stories.builder import given as certain


def _crowded() -> Scenario:
    """Twenty orders a day on twenty days, all of whose stages take the same time: a hundred ties and more."""
    makers = [
        offer(f"maker{n:02}", tender_first=luck(30), permit_first=luck(20), lot=2, first_lot=2) for n in range(20)
    ]
    makers = [replace(maker, tender_later=luck(30), shipping=luck(10)) for maker in makers]
    orders = [buy(10 * on, 4, f"maker{n:02}") for on in range(20) for n in range(20)]
    return scenario(
        missions=[mission(target=certain("unit", 1_000), acceptance=luck(10), fielding=luck(5))],
        offers=makers,
        policies=[scheduled(*orders)],
    )


def _ties(world: Scenario, key: int) -> tuple[str, int]:
    made: list[ShuffledEnvironment] = []
    run = simulate(policy_in(world), future_of(world), environment=keyed(key, made))
    return run.digest(), made[0].ties


def test_shuffling_simpys_own_order_changes_no_ledger() -> None:
    """The third heap key, SimPy's immediate events included, decides nothing."""
    world = _crowded()
    plain = simulate(policy_in(world), future_of(world)).digest()
    for key in range(3):
        digest, ties = _ties(world, key)
        assert ties >= 100
        assert digest == plain


@pytest.mark.parametrize("rung", ["RESULT", "PRODUCED", "ARRIVED"])
def test_the_shuffle_goes_red_when_ranks_are_taken_out_of_a_rung(rung: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were a rung's ranks all equal, the ledger would depend on SimPy's order; the test above would see it."""
    at = getattr(ladder.Rung, rung)
    place, call = ladder.Days.place, ladder.Days.call

    def flat(self: ladder.Days, event: Event, day: int, on: int, rank: int) -> None:
        place(self, event, day, on, 0 if on == at else rank)

    def flat_call(self: ladder.Days, day: int, on: int, rank: int, act: Callable[[Event], None]) -> None:
        call(self, day, on, 0 if on == at else rank, act)

    monkeypatch.setattr(ladder.Days, "place", flat)
    monkeypatch.setattr(ladder.Days, "call", flat_call)
    world = _crowded()
    first = _ties(world, 0)[0]
    assert any(_ties(world, key)[0] != first for key in (1, 2))


@acted(tied=10)
@examples(28)
@given(worlds(), st.integers(0, 5))
def test_no_generated_world_depends_on_simpys_order(world: Scenario, key: int) -> None:
    """Any world, any shuffle: the same ledger."""
    digest, ties = _ties(world, key)
    note("tied", ties > 0)
    assert digest == run_of(world).digest()


@acted(events=4_000)
@examples(20)
@given(worlds())
def test_each_day_goes_up_its_ladder_and_no_two_events_share_a_place(world: Scenario) -> None:
    """Priorities within a day only rise, and never repeat."""
    run = run_of(world, environment=CheckedEnvironment)
    note("events", run.events)


def test_an_empty_ten_year_scenario_schedules_fewer_than_a_thousand_events() -> None:
    """Nothing wakes every day."""
    world = scenario(horizon="2035-03-31", policies=[scheduled()])
    world = replace(world, budget_calendar=BudgetCalendar({2025: 0}, luck(0), 12, 26))
    run = simulate(policy_in(world), future_of(world))
    assert run.events < 1_000
