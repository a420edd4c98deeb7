"""What must change nothing, and what may only move one way (model.md section 10)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sim.engine import Run, simulate
from sim.engine.entries import Awarded, Deployed, Entry, Grounded, Quoted, ShockStruck, UnitMove
from sim.future import Sampler, sample
from sim.scenario.resolved import BudgetCalendar, GovernmentSale, Scenario, Shock
from tests.laws.counting import acted, examples, note
from tests.laws.still import still_of
from tests.laws.worlds import policy_in, run_of, worlds
from tests.stories.builder import buy, luck, mission, numbered, offer, product, scenario, scheduled
from tests.stories.builder import given as certain


def _without(run: Run, *kinds: type) -> list[tuple[str, Entry]]:
    """The entries that are not of these kinds, each with its kind's name."""
    return [(type(entry).__name__, entry) for entry in run.entries if not isinstance(entry, kinds)]


def _has_units(run: Run) -> bool:
    """Whether any unit moved."""
    return any(isinstance(entry, UnitMove) for entry in run.entries)


@acted(runs=15)
@examples(25)
@given(worlds(), st.integers(0, 3))
def test_the_same_key_gives_the_same_ledger(world: Scenario, number: int) -> None:
    """Made twice from scratch: equal to the last byte. (On any number of workers: tests/rooms/study/test_batch.py.)"""
    first = run_of(world, number)
    note("runs", _has_units(first))
    assert first.digest() == run_of(world, number).digest()


@acted(parted=10)
@examples(12)
@given(worlds())
def test_two_replications_differ(world: Scenario) -> None:
    """The law above would hold of a simulator that ignored its future."""
    note("parted", run_of(world, 0).digest() != run_of(world, 1).digest())


@acted(told=15)
@examples(20)
@given(worlds())
def test_labels_change_nothing(world: Scenario) -> None:
    """Other titles. (The order in the file is lost when it is read: tests/rooms/scenario/test_canonical.py.)"""
    turned = replace(
        world,
        title="another",
        missions={id: replace(held, title="x") for id, held in world.missions.items()},
        offers={id: replace(held, title="y") for id, held in world.offers.items()},
        products={id: replace(held, title="z") for id, held in world.products.items()},
        suppliers={id: replace(held, title="u") for id, held in world.suppliers.items()},
        lines={id: replace(held, title="v") for id, held in world.lines.items()},
        policies={id: replace(held, title="w") for id, held in world.policies.items()},
    )
    before = run_of(world)
    note("told", _has_units(before))
    assert run_of(turned).digest() == before.digest()


@acted(bought=10)
@examples(20)
@given(worlds())
def test_an_offer_that_no_policy_lists_changes_nothing(world: Scenario) -> None:
    """But for its published quote."""
    spare = replace(world.offers["offer0"], id="unlisted")
    more = numbered(replace(world, offers=dict(sorted({**world.offers, "unlisted": spare}.items()))))
    before, after = run_of(world), run_of(more)
    note("bought", _has_units(before))
    assert _without(after, Quoted) == _without(before, Quoted)


NOTHING = (
    ("supplier_rate", ("offer0",), 10_000, None),
    ("tender_failure", (), 10_000, None),
    ("losses", ("drone0",), 0, None),
    ("grounding", ("drone0",), 0, None),
    ("budget_factor", ("general",), 10_000, 2026),
    ("budget_delay", (), 0, 2027),
    ("approval_block", ("drone0",), 0, None),
    ("bar", (), 0, None),
)


@acted(struck=15)
@examples(25)
@given(worlds(), st.sampled_from(NOTHING), st.integers(1, 1_200))
def test_a_shock_of_size_zero_changes_nothing(world: Scenario, nothing: Any, on: int) -> None:
    """But for the entry that says it struck."""
    kind, subjects, size, year = nothing
    shock = Shock("nothing", kind, on, None, on, subjects, year, size, None, "a law's own")
    calm, zero = run_of(replace(world, shocks=())), run_of(replace(world, shocks=(shock,)))
    note("struck", any(isinstance(entry, UnitMove) for entry in zero.entries if entry.day >= on))
    assert zero.days_of(ShockStruck) == [on]
    assert _without(zero, Grounded, ShockStruck) == _without(calm, Grounded, ShockStruck)


@acted(struck=15)
@examples(20)
@given(worlds())
def test_a_shock_after_the_horizon_changes_nothing(world: Scenario) -> None:
    """Announced and starting after the last day."""
    on = world.clock.horizon_day + 1
    late = tuple(
        Shock(kind, kind, on, None, on, ("offer0",), None, 100, None, "a law's own")
        for kind in ("supplier_rate", "bar", "losses")
    )
    before = run_of(world)
    note("struck", _has_units(before))
    assert run_of(replace(world, shocks=world.shocks + late)).digest() == before.digest()


NEVER_BIND = ("crews", "losses", "tender", "permits", "supplier_rate", "slip", "acceptance", "ramp", "parts")


@acted(lifted=8)
@examples(20)
@given(worlds(), st.sets(st.sampled_from(NEVER_BIND), min_size=1))
def test_lifting_limits_that_never_bound_changes_nothing(world: Scenario, limits: set[str]) -> None:
    """Nothing is asked, waited for, late or lost but money: lifting any of the others moves no entry."""
    calm = replace(
        world,
        shocks=(),
        missions={
            id: replace(held, crew=None, loss=certain("share", 0), bench=None, acceptance=luck(0))
            for id, held in world.missions.items()
        },
        products={id: replace(held, type_approval=None) for id, held in world.products.items()},
        offers={
            id: replace(held, tender_first=None, tender_later=None, permit_first=None, rate=None)
            for id, held in world.offers.items()
        },
        slip_classes={id: replace(held, log_mean=0.0, log_sd=0.0) for id, held in world.slip_classes.items()},
    )
    calm = numbered(calm)
    plain = run_of(calm)
    note("lifted", any(isinstance(entry, Deployed) for entry in plain.entries))
    assert run_of(calm, lifted=frozenset(limits)).digest() == plain.digest()


@acted(equal=15)
@examples(20)
@given(worlds())
def test_with_every_distribution_constant_all_replications_are_equal(world: Scenario) -> None:
    """Chances 0 or 1, volatility 0, no loss and no slip of the order's own: luck has nothing left to move."""
    still = still_of(world)
    first = run_of(still, 0)
    note("equal", _has_units(first))
    assert first.digest() == run_of(still, 1).digest() == run_of(still, 2).digest()


def _one_order(units: int, **changes: Any) -> Scenario:
    return scenario(
        missions=[mission(target=certain("unit", units), acceptance=luck(15), fielding=luck(5))],
        offers=[offer(price=certain("minor", 100), **changes)],
        policies=[scheduled(buy(10, units))],
    )


def _with_money(world: Scenario, years: dict[int, int], passage: dict[int, int] | None = None) -> Scenario:
    line = world.lines["line"]
    entry = line.appropriations[2025]
    given_years = {
        year: replace(entry, fiscal_year=year, amount=certain("yen", yen)) for year, yen in sorted(years.items())
    }
    calendar = world.budget_calendar if passage is None else BudgetCalendar(passage, luck(0), 12, 26)
    return numbered(replace(world, lines={"line": replace(line, appropriations=given_years)}, budget_calendar=calendar))


def _fielded(run: Run, by: int) -> int:
    return sum(entry.units for entry in run.entries if isinstance(entry, Deployed) and entry.day <= by)


@acted(more=15)
@examples(80)
@given(st.integers(2, 40), st.integers(0, 3_000), st.integers(1, 2_000), st.integers(1, 8))
def test_with_one_order_more_authority_never_fields_fewer_units_by_any_day(
    units: int, yen: int, extra: int, lot: int
) -> None:
    """One order, no queue behind it, no break, no ceiling."""
    world = _one_order(units, lot=lot, first_lot=lot)
    poor = run_of(_with_money(world, {2025: yen, 2026: yen}))
    rich = run_of(_with_money(world, {2025: yen + extra, 2026: yen}))
    note("more", _fielded(rich, 1_095) > _fielded(poor, 1_095))
    for by in range(0, 1_100, 20):
        assert _fielded(rich, by) >= _fielded(poor, by)


@acted(whole=20)
@examples(60)
@given(st.lists(st.tuples(st.integers(20, 360), st.integers(1, 9)), min_size=1, max_size=4), st.integers(0, 10**6))
def test_when_typed_orders_are_signed_whole_more_money_or_earlier_passage_moves_no_unit(
    orders: list[tuple[int, int]], extra: int
) -> None:
    """Every order found its money on its day already."""
    world = _one_order(5, rate=certain("rate", 24), lot=2, first_lot=2)
    world = replace(world, policies={"typed": scheduled(*(buy(on, units) for on, units in orders))})
    plain = run_of(_with_money(world, {2025: 10_000}, {2025: 10}))
    rich = run_of(_with_money(world, {2025: 10_000 + extra}, {2025: 5}))
    whole = Counter((entry.day, entry.units) for entry in plain.of_kind(Awarded))
    assert whole == Counter(orders), "the law speaks of orders signed whole on their day"
    note("whole", whole.total())
    moves = [[entry for entry in run.entries if isinstance(entry, UnitMove)] for run in (plain, rich)]
    assert moves[0] == moves[1]


@acted(later=20)
@examples(60)
@given(st.integers(1, 40), st.integers(10, 300), st.integers(1, 200), st.integers(5, 80), st.integers(1, 5))
def test_with_one_order_a_longer_lead_fields_no_lot_earlier(
    units: int, lead: int, longer: int, rate: int, lot: int
) -> None:
    """No outlay ceiling; one works with a queue of its own lots."""

    def days(promise: int) -> list[int]:
        world = _one_order(units, rate=certain("rate", rate), lot=lot, first_lot=lot, promise_first_days=promise)
        return run_of(world).days_of(Deployed)

    short, long = days(lead), days(lead + longer)
    note("later", short != long)
    assert len(long) <= len(short)
    assert all(late >= early for early, late in zip(short, long, strict=False))


@acted(moved=20)
@examples(60)
@given(st.integers(10, 300), st.integers(1, 300), st.integers(20, 300))
def test_with_unlimited_rate_benches_and_crews_a_longer_lead_moves_no_other_lot(
    lead: int, longer: int, other: int
) -> None:
    """Orders on two offers and a later one on the first: neither feels the first order's lead."""

    def days(promise: int) -> dict[str, list[int]]:
        makers = [
            offer("first", promise_first_days=promise, promise_later_days=other, lot=2, first_lot=1),
            offer("second", promise_first_days=other, product="plane"),
        ]
        world = scenario(
            offers=makers,
            products=[product(), product("plane")],
            policies=[scheduled(buy(5, 4, "first"), buy(9, 3, "second"), buy(11, 3, "first"))],
        )
        moves = list(run_of(world).of_kind(Deployed))
        return {key: [move.day for move in moves if move.order == key] for key in ("first#1", "second#1", "first#2")}

    short, long = days(lead), days(lead + longer)
    note("moved", short["first#1"] != long["first#1"])
    assert [len(found) for found in short.values()] == [3, 1, 2]
    assert (short["second#1"], short["first#2"]) == (long["second#1"], long["first#2"])


@acted(doubled=20, notified=8, held=8)
@examples(60)
@given(*(st.integers(*bounds) for bounds in ((1, 30), (1, 40), (0, 100), (1, 20), (1, 60))))
def test_yen_prices_thresholds_ceilings_and_all_money_doubled_together_change_no_unit(
    units: int, price: int, yen: int, threshold: int, ceiling: int
) -> None:
    """Every share divides whole: all in twenties, a tenth of the authority carried over."""

    def moves(scale: int, **changes: Any) -> list[Entry]:
        sale = GovernmentSale(luck(10), luck(20), luck(25), threshold * 20 * scale)
        world = _one_order(units, minimum_order=1, government_sale=sale)
        line = replace(world.lines["line"], carry_over_share=certain("share", 1_000))
        held = replace(world.offers["maker"], price=certain("minor", price * 20 * scale))
        ceilings = dict.fromkeys((2025, 2026), ceiling * 20 * scale)
        world = replace(world, lines={"line": line}, offers={"maker": held}, outlay_ceilings=ceilings)
        world = replace(world, **changes)
        run = run_of(_with_money(world, dict.fromkeys(range(2025, 2028), yen * 20 * scale)))
        return [entry for entry in run.entries if isinstance(entry, UnitMove)]

    single = moves(1)
    note("doubled", len(single) > 0)
    note("notified", any(isinstance(entry, Awarded) and entry.day == 10 + 55 for entry in single))
    note("held", single != moves(1, outlay_ceilings={}))
    assert moves(2) == single


@acted(alone=15)
@examples(20)
@given(worlds(), st.integers(0, 900))
def test_a_replication_alone_equals_the_same_replication_of_a_batch(world: Scenario, number: int) -> None:
    """A future is a function of its numbers, not of how many others were asked for."""
    policy, sampler = policy_in(world), Sampler(world, 7, "judge")
    batch = [simulate(policy, sampler.future(n, n)) for n in (number - number % 64, number, number + 1)]
    note("alone", _has_units(batch[1]))
    assert simulate(policy, sample(world, 7, "judge", number, number)).digest() == batch[1].digest()
