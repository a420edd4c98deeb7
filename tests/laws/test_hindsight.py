"""No decision from hindsight, and no entry moved by what comes after it (R30, model.md section 10)."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sim.engine import Run, simulate
from sim.engine.entries import Entry
from sim.scenario.resolved import Scenario
from tests.laws.counting import acted, examples, note
from tests.laws.worlds import future_of, policy_in, run_of, worlds
from tests.stories.builder import buy, numbered

STREAMS = (
    "tender/offer0", "award/offer0", "permit/offer0", "slip/offer0", "shipping/offer0", "acceptance/offer0",
    "fielding/offer0", "window/war", "window_start/war", "window_factor/war", "window_length/war", "passage/budget",
    "supplementary/general:0", "supplementary_amount/general:0", "exchange/USD", "loss/drone0", "grounding/drone0",
    "grounding_start/drone0", "grounding_length/drone0", "course/scout", "graduates/scout", "leavers/scout",
    "paper/drone0", "trial/drone0", "block/drone0", "block_length/drone0", "slip/dated/published",
)  # fmt: skip


def _index(stream: str, pick: int) -> int:
    """An index the stream uses: fiscal years for yearly luck, months or numbers for the rest."""
    yearly = ("window", "passage", "supplementary", "grounding")
    return 2025 + pick % 4 if stream.startswith(yearly) else pick


def _part(before: Run, after: Run) -> tuple[Entry | None, Entry | None] | None:
    return before.first_difference(after)


def _not_a_decision(parted: tuple[Entry | None, Entry | None]) -> None:
    for entry in parted:
        assert entry is None or not entry.decision, f"a decision answers to what nobody has seen: {parted}"


@acted(differed=6)
@examples(50)
@given(worlds(), st.sampled_from(STREAMS), st.integers(0, 11), st.one_of(st.floats(1e-9, 1 - 1e-9), st.just(1e-12)))
def test_no_decision_answers_to_luck_that_nobody_has_seen(world: Scenario, stream: str, pick: int, u: float) -> None:
    """Change one uniform: whatever differs first, it is not a decision."""
    policy, future = policy_in(world), future_of(world)
    before = simulate(policy, future)
    after = simulate(policy, future.with_luck(stream, _index(stream, pick), u))
    parted = _part(before, after)
    if parted is not None:
        note("differed")
        _not_a_decision(parted)


@acted(differed=6)
@examples(30)
@given(worlds(), st.integers(0, 10_000), st.sampled_from(["low", "high"]))
def test_no_decision_answers_to_an_input_that_nobody_has_seen(world: Scenario, pick: int, end: str) -> None:
    """Push one sampled input to its extreme: whatever differs first, it is not a decision."""
    sampled = [each for each in world.inputs if each.belief is not None and each.belief.variance() > 0]
    which = sampled[pick % len(sampled)]
    assert which.belief is not None
    at = which.belief.quantile(1e-9 if end == "low" else 1 - 1e-9)
    scale = 10_000 if which.unit in ("share", "factor", "exchange", "event") else 1
    policy, future = policy_in(world), future_of(world)
    value = at if which.unit == "sd" else round(at * scale)
    parted = _part(simulate(policy, future), simulate(policy, future.with_parameter(which.path, value)))
    if parted is not None:
        note("differed")
        _not_a_decision(parted)


@acted(longer=15)
@examples(25)
@given(worlds(), st.integers(1, 700))
def test_a_longer_horizon_changes_no_earlier_entry(world: Scenario, days: int) -> None:
    """Cut the horizon short: up to its day the ledger is the same."""
    end = world.clock.horizon_day - days
    short = numbered(replace(world, clock=replace(world.clock, horizon_day=end)))
    whole = [entry for entry in run_of(world).entries if entry.day <= end]
    cut = [entry for entry in run_of(short).entries if entry.day <= end]
    note("longer", len(whole) > 50)
    assert cut == whole


@acted(late=8)
@examples(25)
@given(worlds(), st.integers(400, 900))
def test_policies_that_decide_alike_up_to_a_day_have_equal_ledgers_up_to_it(world: Scenario, on: int) -> None:
    """One more typed order late in the day: nothing before it moves."""
    spec = next(iter(world.policies.values()))
    typed = replace(spec, rule="scheduled", missions=(), line_split={}, orders=(buy(130, 6, "offer0", "scout"),))
    more = replace(typed, orders=(*typed.orders, buy(on, 6, "offer0", "scout")))
    one = numbered(replace(world, policies={spec.id: typed}))
    two = numbered(replace(world, policies={spec.id: more}))
    first, second = run_of(one), run_of(two)
    note("late", first.digest() != second.digest())
    assert [e for e in first.entries if e.day < on] == [e for e in second.entries if e.day < on]


@acted(missions=20)
@examples(10)
@given(worlds())
def test_the_due_day_of_the_generated_worlds_lies_inside_them(world: Scenario) -> None:
    """The laws above see what happens on and after a due day."""
    note("missions", len(world.missions))
    assert all(world.clock.as_of_day < held.due_day < world.clock.horizon_day for held in world.missions.values())
