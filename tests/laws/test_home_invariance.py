"""What must change nothing in a home industry, and what may only move one way (model.md section 10)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sim.engine import Run
from sim.engine.entries import Entry, Quoted, ShockStruck, UnitMove
from sim.engine.entries.home import Built, LineReady, LineStopped, PartsCurbed, PartsFree
from sim.scenario.resolved import Scenario, SubsidyLever, Supplier
from tests.laws.counting import acted, examples, note
from tests.laws.home_worlds import LINES, home_worlds
from tests.laws.still import still_of
from tests.laws.worlds import run_of
from tests.stories.builder import buy, line, luck, numbered, product, scenario, scheduled
from tests.stories.builder import given as certain
from tests.stories.forces import shock
from tests.stories.home_builder import family, home, home_offer, industry, kit, source, window


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
