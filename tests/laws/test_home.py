"""The laws of home production (model.md section 10), each on many generated industries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from simpy import Event

from sim.engine import Run, ladder, simulate
from sim.engine.entries import Cancelled, Used
from sim.engine.entries.home import (
    Built,
    ExportAsked,
    Forgot,
    LineReady,
    LotBuilt,
    PartsCame,
    PartsLost,
    PartsOrdered,
    PartsUsed,
    PartsWithdrawn,
    Refused,
    ShortOfParts,
    SourceQualified,
    ToolingCame,
)
from sim.scenario.resolved import HomeLine, Scenario, SecondSourceLever
from tests.laws.counting import acted, examples, note
from tests.laws.home_worlds import LINES, home_worlds
from tests.laws.worlds import CheckedEnvironment, ShuffledEnvironment, future_of, keyed, policy_in, run_of
from tests.stories.balance import assert_balanced
from tests.stories.builder import buy, luck, numbered, product, scheduled
from tests.stories.builder import given as certain
from tests.stories.home_builder import family, home, home_offer, industry, kit, source, window


def _line_of(run: Run, offer: str) -> HomeLine:
    line = run.scenario.offers[offer].line
    assert line is not None
    return line


@acted(built=80, short=8, forgot=3, asked=10, refused=2, tooled=3, qualified=3, bought=8, cancelled=1)
@examples(14)
@given(home_worlds(), st.integers(0, 2))
def test_units_and_money_balance_on_every_day_of_a_home_industry(world: Scenario, number: int) -> None:
    """R13 and R37 with lines, purchases and exports in them."""
    run = run_of(world, number)
    kinds = Counter(type(entry) for entry in run.entries)
    for act, kind in (
        ("built", Built), ("short", ShortOfParts), ("forgot", Forgot), ("asked", ExportAsked), ("refused", Refused),
        ("tooled", ToolingCame), ("qualified", SourceQualified), ("bought", Used), ("cancelled", Cancelled),
    ):  # fmt: skip
        note(act, kinds[kind])
    assert_balanced(run)


def _held_by_a_ban() -> Scenario:
    """Motors ordered in a ban, and a second source that qualifies in it: what is held is withdrawn."""
    lever = SecondSourceLever("home", "motor", 3_000, 60, "line")
    return industry(
        offers=[home_offer(of={"kit": kit(("motor", 1))})],
        families=[family(second_source="near", qualification=luck(50), qualification_yen=certain("yen", 9))],
        sources=[source(origin="Far"), source("near", origin="Near")],
        windows=[window("ban", 0, 300, origins=("Far",))],
        policies=[scheduled(buy(0, 20, "home"), home=home(second_sources=(lever,)))],
    )


@acted(ordered=50, used=60, withdrawn=1, lost=1, lots=60, exports=5)
@examples(20)
@example(_held_by_a_ban(), 0)
@given(home_worlds(), st.integers(0, 2))
def test_parts_that_came_are_used_lost_or_in_store_and_no_lot_is_begun_without_its_kit(
    world: Scenario, number: int
) -> None:
    """Folded from the ledger alone, store by store: never below zero; what a lot took is its kit, on its first day."""
    run = run_of(world, number)
    stock: Counter[tuple[str, str, str]] = Counter()
    under_way: Counter[tuple[str, str, str, str]] = Counter()
    taken: Counter[tuple[int, str, str, str]] = Counter()
    for entry in run.of_kind(PartsOrdered, PartsCame, PartsWithdrawn, PartsUsed, PartsLost):
        store = entry.firm, entry.user, entry.family
        match entry:
            case PartsOrdered():
                note("ordered")
                under_way[*store, entry.source] += entry.pieces
            case PartsCame():
                under_way[*store, entry.source] -= entry.pieces
                stock[store] += entry.pieces
                assert under_way[*store, entry.source] >= 0, f"more came than was ordered: {entry}"
            case PartsWithdrawn():
                note("withdrawn")
                under_way[*store, entry.source] -= entry.pieces
                assert under_way[*store, entry.source] >= 0, f"more is withdrawn than was ordered: {entry}"
            case PartsUsed():
                note("used")
                stock[store] -= entry.pieces
                taken[entry.day, entry.offer, entry.user, entry.family] += entry.pieces
            case PartsLost():
                note("lost")
                stock[store] -= entry.pieces
        assert entry.pieces > 0 and stock[store] >= 0, f"{store} is left with {stock[store]} by {entry}"
    for lot in run.of_kind(LotBuilt):
        note("exports" if lot.user == "export" else "lots")
        for part in _line_of(run, lot.offer).kit:
            key = lot.start_day, lot.offer, lot.user, part.family
            taken[key] -= part.pieces * lot.units
            assert taken[key] >= 0, f"built without its kit: {lot}"
    on_the_line = Counter(offer for (_, offer, _, family), pieces in taken.items() if pieces and family == "motor")
    assert max(on_the_line.values(), default=0) <= 1, "a line took a kit for a lot that it never built"


@acted(lots=50)
@examples(10)
@given(home_worlds())
def test_a_line_has_one_lot_at_a_time_after_it_is_ready_and_never_more_exports_than_it_took_on(world: Scenario) -> None:
    """Start days follow the last lot's end; homes go by (signing, order, lot)."""
    run = run_of(world)
    ready = {entry.offer: entry.day for entry in run.of_kind(LineReady)}
    taken_on = Counter[str]()
    for asked in run.of_kind(ExportAsked):
        taken_on[asked.request] += asked.accepted
    free = dict(ready)
    for lot in run.of_kind(LotBuilt):
        note("lots")
        assert free[lot.offer] <= lot.start_day <= lot.day, lot
        free[lot.offer] = lot.day
        if lot.user == "export":
            taken_on[lot.order] -= lot.units
    assert min(taken_on.values(), default=0) >= 0
    for offer in LINES:
        built = [(entry.order, entry.lot) for entry in run.of_kind(Built) if entry.product == f"of_{offer}"]
        for order in {order for order, _ in built}:
            lots = [lot for each, lot in built if each == order]
            assert lots == sorted(lots), f"{order} is built out of its order: {lots}"


def _crowded() -> Scenario:
    """Five lines of two firms, thirty lots on each of four days, most of them done with what a day has left."""
    lines = [
        home_offer(
            f"line{n}",
            product=f"drone{n}",
            supplier=firm,
            of={"firm": firm, "first_minutes": certain("minute", 10), "kit": kit(("cell", 1), ("motor", 1))},
        )
        for n, firm in enumerate(("ace", "ace", "bee", "bee", "bee"))
    ]
    return industry(
        products=[product(f"drone{n}") for n in range(5)],
        offers=lines,
        firms=("ace", "bee"),
        families=[family(), family("cell", "cells")],
        sources=[source(lead=30), source("cells", "cell", lead=30)],
        policies=[scheduled(*(buy(10 * on, 30, f"line{n}") for on in range(4) for n in range(5)))],
        horizon="2026-03-31",
    )


def _ties(world: Scenario, key: int) -> tuple[str, int]:
    made: list[ShuffledEnvironment] = []
    run = simulate(policy_in(world), future_of(world), environment=keyed(key, made))
    return run.digest(), made[0].ties


def test_shuffling_simpys_own_order_changes_no_ledger_of_a_crowded_home_industry() -> None:
    """The third heap key, SimPy's immediate events included, decides nothing."""
    plain = run_of(_crowded())
    assert len(plain.days_of(Built)) == 600
    for key in range(3):
        digest, ties = _ties(_crowded(), key)
        assert ties >= 100
        assert digest == plain.digest()


@pytest.mark.parametrize("rung", ["PARTS", "PRODUCED", "START"])
def test_the_shuffle_goes_red_when_a_home_industry_has_no_ranks_on_a_rung(
    rung: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were a rung's ranks all equal, the ledger would depend on SimPy's order; the test above would see it."""
    at, call = getattr(ladder.Rung, rung), ladder.Days.call

    def flat(self: ladder.Days, day: int, on: int, rank: int, act: Callable[[Event], None]) -> None:
        call(self, day, on, 0 if on == at else rank, act)

    monkeypatch.setattr(ladder.Days, "call", flat)
    first = _ties(_crowded(), 0)[0]
    assert any(_ties(_crowded(), key)[0] != first for key in (1, 2))


@acted(tied=6)
@examples(12)
@given(home_worlds(), st.integers(0, 5))
def test_no_home_industry_depends_on_simpys_order(world: Scenario, key: int) -> None:
    """Any shuffle of SimPy's own third key: the same ledger."""
    digest, ties = _ties(world, key)
    note("tied", ties > 0)
    assert digest == run_of(world).digest()


@acted(events=2_000)
@examples(14)
@given(home_worlds(), st.integers(0, 1))
def test_each_day_of_a_home_industry_goes_up_its_ladder_and_no_two_events_share_a_place(
    world: Scenario, number: int
) -> None:
    """Nothing is placed on a rung that is past, nor on one's place."""
    note("events", run_of(world, number, environment=CheckedEnvironment).events)


@acted(longer=6)
@examples(10)
@given(home_worlds(), st.integers(1, 700))
def test_a_longer_horizon_changes_no_earlier_entry_of_a_home_industry(world: Scenario, days: int) -> None:
    """Intakes, windows and requests after the last day were not seen before it."""
    end = world.clock.horizon_day - days
    short = numbered(replace(world, clock=replace(world.clock, horizon_day=end)))
    whole = [entry for entry in run_of(world).entries if entry.day <= end]
    note("longer", any(isinstance(entry, Built) for entry in whole))
    assert [entry for entry in run_of(short).entries if entry.day <= end] == whole


STREAMS = (
    *(f"{kind}/{id}" for id in LINES for kind in ("tender", "award", "preparation")),
    *(f"{kind}/{id}" for id in LINES for kind in ("development", "development_failure")),
    *(f"part_lead/{id}" for id in ("cells", "far", "near")),
    *(f"tooling_lead/{id}" for id in LINES),
    *(f"qualification/{id}:motor" for id in LINES),
    "part_window/ban", "part_window_share/ban", "part_window_lead/ban", "part_window_families/ban",
    "part_window_length/ban", "part_window_open/ban", "part_window_length/old", "part_window_share/old",
    "export/allies", "export_units/allies", "trial/of_alpha", "acceptance/alpha",
)  # fmt: skip


EXTREMES = st.one_of(st.floats(1e-12, 0.05), st.floats(0.95, 1 - 1e-9))


def _not_a_decision(before: Run, after: Run) -> None:
    parted = before.first_difference(after)
    if parted is not None:
        note("differed")
        for entry in parted:
            assert entry is None or not entry.decision, f"a decision answers to what nobody has seen: {parted}"


@acted(differed=3)
@examples(24)
@given(home_worlds(), st.sampled_from(STREAMS), st.integers(0, 30), EXTREMES)
def test_no_decision_answers_to_a_home_industry_s_luck_that_nobody_has_seen(
    world: Scenario, stream: str, pick: int, u: float
) -> None:
    """Change one uniform: whatever differs first, it is not a decision."""
    monthly = ("part_window", "export")
    index = pick if stream.startswith(monthly) else pick % 2
    policy, future = policy_in(world), future_of(world)
    _not_a_decision(simulate(policy, future), simulate(policy, future.with_luck(stream, index, u)))


@acted(differed=3)
@examples(24)
@given(home_worlds(), st.integers(0, 10_000), st.sampled_from(["low", "high"]))
def test_no_decision_answers_to_a_home_industry_s_input_that_nobody_has_seen(
    world: Scenario, pick: int, end: str
) -> None:
    """Push one sampled input to its extreme: whatever differs first, it is not a decision."""
    sampled = [each for each in world.inputs if each.belief is not None and each.belief.variance() > 0]
    which = sampled[pick % len(sampled)]
    assert which.belief is not None
    at = which.belief.quantile(1e-9 if end == "low" else 1 - 1e-9)
    scale = 10_000 if which.unit in ("share", "factor", "exchange", "event") else 1
    policy, future = policy_in(world), future_of(world)
    _not_a_decision(simulate(policy, future), simulate(policy, future.with_parameter(which.path, round(at * scale))))
