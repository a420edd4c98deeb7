"""The laws of home production (model.md section 10), each on many generated industries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from simpy import Event

from sim.engine import Run, ladder, simulate
from sim.engine.entries import Cancelled, Entry, Quoted, ShockStruck, UnitMove, Used
from sim.engine.entries.home import (
    Built,
    ExportAsked,
    Forgot,
    LineReady,
    LineStopped,
    LotBuilt,
    PartsCame,
    PartsCurbed,
    PartsFree,
    PartsLost,
    PartsOrdered,
    PartsUsed,
    PartsWithdrawn,
    Refused,
    ShortOfParts,
    SourceQualified,
    ToolingCame,
)
from sim.scenario.resolved import HomeLine, Scenario, SecondSourceLever, SubsidyLever, Supplier
from tests.laws.counting import acted, examples, note
from tests.laws.home_worlds import LINES, home_worlds
from tests.laws.still import still_of
from tests.laws.worlds import CheckedEnvironment, ShuffledEnvironment, future_of, keyed, policy_in, run_of
from tests.stories.balance import assert_balanced
from tests.stories.builder import buy, line, luck, numbered, product, scenario, scheduled
from tests.stories.builder import given as certain
from tests.stories.forces import shock
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
    assert len({_ties(_crowded(), key)[0] for key in range(3)}) > 1


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


@acted(runs=6)
@examples(10)
@given(home_worlds(), st.integers(0, 3))
def test_the_same_key_gives_the_same_ledger_of_a_home_industry(world: Scenario, number: int) -> None:
    """Made twice from scratch: equal to the last byte."""
    note("runs", any(isinstance(entry, Built) for entry in run_of(world, number).entries))
    assert run_of(world, number).digest() == run_of(world, number).digest()


@acted(built=6)
@examples(14)
@given(home_worlds())
def test_a_firm_a_source_and_an_offer_that_nobody_uses_change_nothing(world: Scenario) -> None:
    """But for the quote and the readiness of the unused line."""
    idle = home_offer("aardvark", supplier="abe", product="of_aardvark", of={"firm": "abe", "kit": kit(("anchor", 1))})

    def with_more(held: Any, **more: Any) -> Any:
        return dict(sorted({**held, **more}.items()))

    firms = next(iter(world.firms.values()))
    more = replace(
        world,
        firms=with_more(world.firms, abe=replace(firms, id="abe", title="abe")),
        suppliers=with_more(world.suppliers, abe=Supplier("abe", "abe", "Japan", None)),
        products=with_more(world.products, of_aardvark=product("of_aardvark")),
        offers=with_more(world.offers, aardvark=idle),
        part_families=with_more(world.part_families, anchor=family("anchor", "chain")),
        part_sources=with_more(world.part_sources, chain=source("chain", of="anchor", lead=3)),
    )
    before, after = run_of(world), run_of(numbered(more))
    note("built", any(isinstance(entry, Built) for entry in before.entries))

    def used(run: Run) -> list[tuple[str, Entry]]:
        return [
            (type(entry).__name__, entry)
            for entry in run.entries
            if not (isinstance(entry, Quoted | LineReady) and entry.offer == "aardvark")
        ]

    assert used(after) == used(before)


NO_SHOCKS = (
    shock("part_flow", 0, 10_000, "battery", "motor", users=("export", "military")),
    shock("line_stop", 0, 0, *LINES),
    shock("export_requests", 0, 10_000, "alpha"),
)


@acted(struck=6)
@examples(10)
@given(home_worlds(), st.integers(1, 900), st.integers(1, 400))
def test_shocks_of_size_zero_change_nothing_of_a_home_industry(world: Scenario, on: int, length: int) -> None:
    """All parts depart, no line stands still, as many ask as before; but for the entries that say what struck."""
    until = (on + length, None, on + length)
    struck = tuple(replace(each, day=on, end_day=end) for each, end in zip(NO_SHOCKS, until, strict=True))

    def moves(run: Run) -> list[tuple[str, Entry]]:
        said = ShockStruck | PartsCurbed | PartsFree | LineStopped
        return [(type(entry).__name__, entry) for entry in run.entries if not isinstance(entry, said)]

    calm, zero = run_of(replace(world, shocks=())), run_of(replace(world, shocks=struck))
    note("struck", any(entry.day >= on for entry in zero.of_kind(Built)))
    assert zero.days_of(ShockStruck) == [on] * 3
    assert moves(zero) == moves(calm)


@acted(equal=6)
@examples(10)
@given(home_worlds())
def test_with_every_distribution_constant_all_replications_of_a_home_industry_are_equal(world: Scenario) -> None:
    """Chances 0 or 1, dated windows and known requests only: luck has nothing left to move."""
    still = still_of(world)
    never = certain("event", 0)
    lines = {
        id: held
        if held.line is None or held.line.development is None
        else replace(held, line=replace(held.line, development=replace(held.line.development, failure_chance=never)))
        for id, held in still.offers.items()
    }
    still = numbered(
        replace(
            still,
            offers=lines,
            part_windows={id: each for id, each in still.part_windows.items() if each.day is not None},
            export_requests={id: replace(each, a_year=None) for id, each in still.export_requests.items()},
        )
    )
    first = run_of(still, 0)
    note("equal", any(first.of_kind(Built)))
    assert first.digest() == run_of(still, 1).digest() == run_of(still, 2).digest()


@acted(held=10)
@examples(30)
@given(*(st.integers(*bounds) for bounds in ((1, 40), (1, 60), (0, 60), (1, 200), (0, 3), (1, 3))))
def test_with_one_line_and_one_source_a_part_lifting_an_embargo_completes_no_lot_later(
    units: int, lead: int, start: int, length: int, months: int, pieces: int
) -> None:
    """One firm, line and product, one source a part, constant leads: each lot is done no later without the embargo."""

    def days(windows: list[Any]) -> list[int]:
        world = industry(
            offers=[home_offer(of={"kit": kit(("motor", pieces))})],
            families=[family()],
            sources=[source(lead=lead)],
            windows=windows,
            policies=[scheduled(buy(3, units, "home"), home=home(safety_months={"motor": months * 10_000}))],
        )
        return run_of(world).days_of(Built)

    struck, free = days([window(day=start, length=length)]), days([])
    note("held", struck != free)
    assert len(free) >= len(struck)
    assert all(early <= late for early, late in zip(free, struck, strict=False))


@acted(doubled=8)
@examples(10)
@given(st.integers(1, 20), st.integers(1, 30), st.integers(0, 9), st.integers(500, 9_000), st.booleans())
def test_yen_doubled_together_change_no_unit_of_a_home_industry(
    units: int, labour: int, overhead: int, yen: int, helped: bool
) -> None:
    """Shares that divide whole: no margin, whole hours, a constant value of parts."""

    def moves(scale: int) -> list[tuple[str, Entry]]:
        terms = {
            "first_minutes": certain("minute", 600),
            "labour_yen_hour": certain("yen", labour * scale),
            "overhead_yen": certain("yen", overhead * scale),
            "kit": kit(("motor", 2), yen=3 * scale),
            "capital_yen": certain("yen", 100 * scale),
            "preparation": luck(20),
            "commitment_units": 2,
        }
        lever = (SubsidyLever("home", 5_000, 30, "line"),) if helped else ()
        world = industry(
            offers=[home_offer(of=terms)],
            families=[family()],
            sources=[source()],
            lines=[line(years=dict.fromkeys((2025, 2026), yen * scale))],
            policies=[scheduled(buy(10, units, "home"), home=home(subsidies=lever))],
        )
        return [(type(entry).__name__, entry) for entry in run_of(world).entries if isinstance(entry, UnitMove)]

    single = moves(1)
    note("doubled", any(name == "Built" for name, _ in single))
    assert moves(2) == single


def test_the_twin_of_a_scenario_without_firms_writes_no_home_entry() -> None:
    """Nothing of the home industry is in a run that has none."""
    run = run_of(scenario())
    assert not [entry for entry in run.entries if type(entry).__module__.startswith("sim.engine.entries.home")]
