"""What must change nothing, and what may only move one way (model.md section 10)."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sim.distributions import Constant, Normal
from sim.engine import Run, simulate
from sim.engine.entries import Deployed, Entry, Quoted, UnitMove
from sim.future import sample
from sim.scenario.resolved import BudgetCalendar, Scenario, Shock
from tests.laws.counting import acted, examples, note
from tests.laws.worlds import future_of, policy_in, run_of, worlds
from tests.stories.builder import buy, luck, mission, numbered, offer, product, scenario, scheduled
from tests.stories.builder import given as certain


def _without(run: Run, *kinds: type) -> list[tuple[str, Entry]]:
    """The entries that are not of these kinds, each with its kind's name."""
    return [(type(entry).__name__, entry) for entry in run.entries if not isinstance(entry, kinds)]


@acted(runs=15)
@examples(25)
@given(worlds(), st.integers(0, 3))
def test_the_same_key_gives_the_same_ledger(world: Scenario, number: int) -> None:
    """Made twice from scratch: equal to the last byte."""
    note("runs")
    assert run_of(world, number).digest() == run_of(world, number).digest()


@acted(parted=10)
@examples(25)
@given(worlds())
def test_two_replications_differ(world: Scenario) -> None:
    """The law above would hold of a simulator that ignored its future."""
    note("parted", run_of(world, 0).digest() != run_of(world, 1).digest())


@acted(told=15)
@examples(25)
@given(worlds())
def test_titles_and_the_order_in_the_file_change_nothing(world: Scenario) -> None:
    """Other titles, and shocks, offers and missions written in another order."""
    turned = replace(
        world,
        title="another",
        missions={id: replace(held, title="x") for id, held in world.missions.items()},
        offers={id: replace(held, title="y") for id, held in world.offers.items()},
    )
    note("told")
    assert run_of(turned).digest() == run_of(world).digest()


@acted(bought=10)
@examples(25)
@given(worlds())
def test_an_offer_that_no_policy_lists_changes_nothing(world: Scenario) -> None:
    """But for its published quote."""
    spare = replace(world.offers["offer0"], id="unlisted")
    more = numbered(replace(world, offers=dict(sorted({**world.offers, "unlisted": spare}.items()))))
    before, after = run_of(world), run_of(more)
    note("bought", any(isinstance(entry, UnitMove) for entry in before.entries))
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
    note("struck")
    calm = replace(world, shocks=())
    zero = replace(world, shocks=(shock,))
    kinds = {"Grounded", "ShockStruck"}
    before = [each for each in _without(run_of(calm)) if each[0] not in kinds]
    assert [each for each in _without(run_of(zero)) if each[0] not in kinds] == before


@acted(struck=15)
@examples(25)
@given(worlds())
def test_a_shock_after_the_horizon_changes_nothing(world: Scenario) -> None:
    """Announced and starting after the last day."""
    on = world.clock.horizon_day + 1
    late = tuple(
        Shock(kind, kind, on, None, on, ("offer0",), None, 100, None, "a law's own")
        for kind in ("supplier_rate", "bar", "losses")
    )
    note("struck")
    assert run_of(replace(world, shocks=world.shocks + late)).digest() == run_of(world).digest()


@acted(lifted=8)
@examples(25)
@given(worlds())
def test_lifting_a_limit_that_never_bound_changes_nothing(world: Scenario) -> None:
    """No crew is needed and nothing is lost: lifting crews and losses moves no entry."""
    calm = replace(
        world,
        shocks=(),
        missions={id: replace(held, crew=None, loss=certain("share", 0)) for id, held in world.missions.items()},
    )
    calm = numbered(calm)
    plain = run_of(calm)
    note("lifted", any(isinstance(entry, Deployed) for entry in plain.entries))
    assert run_of(calm, lifted=frozenset({"crews", "losses"})).digest() == plain.digest()


def _still(part: Any) -> Any:
    """The same with every belief at one point, every chance at 0 or 1 and no volatility."""
    if hasattr(part, "quantile"):
        return Constant(0.0) if isinstance(part, Normal) else Constant(part.mode())
    if isinstance(part, dict):
        return {key: _still(value) for key, value in part.items()}
    if isinstance(part, tuple) and not hasattr(part, "_fields"):
        return tuple(_still(value) for value in part)
    kind = type(part)
    if is_dataclass(part) and kind.__module__.startswith("sim.scenario.resolved") and kind.__name__ != "Clock":
        return replace(part, **{each.name: _still(getattr(part, each.name)) for each in fields(part) if each.init})
    return part


@acted(equal=15)
@examples(25)
@given(worlds())
def test_with_every_distribution_constant_all_replications_are_equal(world: Scenario) -> None:
    """Chances 0 or 1, volatility 0, no loss and no slip of the order's own: luck has nothing left to move."""
    still = _still(world)
    still = replace(
        still,
        currencies={id: replace(held, volatility=certain("share", 0)) for id, held in still.currencies.items()},
        slip_classes={id: replace(held, log_sd=0.0) for id, held in still.slip_classes.items()},
        missions={
            id: replace(
                held,
                loss=certain("share", 0),
                crew=None
                if held.crew is None
                else replace(held.crew, pass_rate=certain("share", 10_000), leaving=certain("share", 0)),
            )
            for id, held in still.missions.items()
        },
        groundings={id: replace(held, chance=certain("event", 0)) for id, held in still.groundings.items()},
        windows={id: replace(held, chance=certain("share", 0)) for id, held in still.windows.items()},
        type_approvals={
            id: replace(held, block_chance=certain("share", 0)) for id, held in still.type_approvals.items()
        },
        offers={id: replace(held, failure_chance=certain("share", 0)) for id, held in still.offers.items()},
        lines={id: replace(held, supplementary=()) for id, held in still.lines.items()},
        shocks=tuple(shock for shock in still.shocks if shock.kind not in ("losses", "tender_failure", "posts_filled")),
    )
    still = numbered(still)
    note("equal")
    assert run_of(still, 0).digest() == run_of(still, 1).digest() == run_of(still, 2).digest()


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
@given(st.integers(2, 40), st.integers(0, 3_000), st.integers(1, 2_000), st.integers(1, 8), st.integers(5, 60))
def test_with_one_order_more_authority_never_fields_fewer_units_by_any_day(
    units: int, yen: int, extra: int, lot: int, rate: int
) -> None:
    """One order, no queue behind it, no break, no ceiling."""
    world = _one_order(units, lot=lot, first_lot=lot)
    poor = run_of(_with_money(world, {2025: yen, 2026: yen}))
    rich = run_of(_with_money(world, {2025: yen + extra, 2026: yen}))
    note("more", _fielded(rich, 1_095) > _fielded(poor, 1_095))
    assert rate > 0
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
    note("whole")
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
    """Two orders, two offers: the one does not feel the other; nor do two orders on one offer."""

    def days(promise: int) -> tuple[list[int], list[int]]:
        makers = [
            offer("first", promise_first_days=promise),
            offer("second", promise_first_days=other, product="plane"),
        ]
        world = scenario(
            offers=makers,
            products=[product(), product("plane")],
            policies=[scheduled(buy(5, 4, "first"), buy(9, 3, "second"))],
        )
        run = run_of(world)
        moves = [entry for entry in run.entries if isinstance(entry, Deployed)]
        return (
            [move.day for move in moves if move.product == "drone"],
            [move.day for move in moves if move.product == "plane"],
        )

    short, long = days(lead), days(lead + longer)
    note("moved", short[0] != long[0])
    assert short[1] == long[1]


@acted(doubled=20)
@examples(60)
@given(st.integers(1, 30), st.integers(1, 40).map(lambda n: n * 20), st.integers(0, 100))
def test_yen_prices_and_all_money_doubled_together_change_no_unit(units: int, price: int, yen: int) -> None:
    """Every share divides whole: authority in twenties, a tenth of it carried over."""

    def moves(scale: int) -> list[Entry]:
        world = _one_order(units, minimum_order=1)
        line = replace(world.lines["line"], carry_over_share=certain("share", 1_000))
        held = replace(world.offers["maker"], price=certain("minor", price * scale))
        world = replace(world, lines={"line": line}, offers={"maker": held})
        run = run_of(_with_money(world, dict.fromkeys(range(2025, 2028), yen * 20 * scale)))
        return [entry for entry in run.entries if isinstance(entry, UnitMove)]

    single = moves(1)
    note("doubled", len(single) > 0)
    assert moves(2) == single


@acted(alone=15)
@examples(20)
@given(worlds(), st.integers(0, 900))
def test_a_replication_alone_equals_the_same_replication_of_a_batch(world: Scenario, number: int) -> None:
    """A future is a function of its numbers, not of how many others were asked for."""
    note("alone")
    policy = policy_in(world)
    batch = [simulate(policy, future_of(world, n)).digest() for n in (number, number + 1)]
    assert simulate(policy, sample(world, 7, "judge", number, number)).digest() == batch[0]
