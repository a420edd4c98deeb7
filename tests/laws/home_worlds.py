"""Generated home industries: firms that share sources, lines in every stage, windows, exports, every lever.

An import stands beside them, so that both legs meet in one mission under one money.

Why: each part of a factory is simple, and what a law must hold of is their meeting.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from hypothesis import strategies as st

from sim.distributions import Normal, Triangular
from sim.scenario.resolved import (
    Development,
    ExportRequests,
    HomeLevers,
    HomeLine,
    KnownRequest,
    ListedOffer,
    LongLeadLever,
    Luck,
    Offer,
    PartSource,
    PolicySpec,
    Scenario,
    SecondSourceLever,
    SubsidyLever,
    Supplier,
    ToolingLever,
    ToolingStep,
    TypeApproval,
)
from tests.laws.worlds import HORIZON, YEARS, days_between
from tests.stories.builder import buy, given, line, mission, numbered, offer, product, ruled, scenario, scheduled
from tests.stories.forces import bench, crew, shock
from tests.stories.home_builder import family, home_line, home_offer, industry_of, kit, source, window

LINES = ("alpha", "beta", "gamma")
FAMILIES = ("battery", "motor")
LITTLE = Luck("", "share", Triangular(0, 0.2, 0.7))
"""What a window lets through."""
FIRM_OF = {"alpha": "ace", "beta": "ace", "gamma": "bee"}


def between(unit: Any, low: float, high: float) -> Any:
    """An uncertain input, in entered units."""
    scale = 10_000 if unit in ("share", "factor", "exchange", "event") else 1
    return given(unit, 0, Triangular(low / scale, (low + high) / 2 / scale, high / scale))


class HomeWorld(Scenario):
    """A scenario whose failure report is a line: written out it would fill a book."""

    def __repr__(self) -> str:
        return f"HomeWorld({next(iter(self.policies.values()))})"


@st.composite
def _line(draw: st.DrawFn, id: str) -> HomeLine:
    development = None
    if draw(st.booleans()):
        development = Development(days_between(20, 60, 200), between("yen", 10, 90), given("event", 3_000), 5_000)
    heads = draw(st.integers(1, 4))
    return home_line(
        FIRM_OF[id],
        preparation=draw(st.sampled_from([None, days_between(10, 40, 200)])),
        development=development,
        commitment_units=draw(st.sampled_from([0, 4, 10, 20])),
        capital_yen=between("yen", 100, 900),
        first_minutes=between("minute", 3_000, 12_000),
        slope=between("factor", 7_500, 10_000),
        floor_minutes=draw(st.sampled_from([0, 2_000])),
        heads_at_start=heads,
        intake_a_month=draw(st.integers(0, 3)),
        most_heads=heads + draw(st.integers(0, 8)),
        minutes_a_head_day=300,
        slots=between("rate", 20, 200),
        step=ToolingStep(draw(st.integers(5, 80)), between("yen", 10, 50), days_between(10, 60, 300)),
        yield_first=between("share", 6_000, 9_000),
        yield_last=between("share", 9_000, 10_000),
        yield_scale_units=draw(st.integers(1, 30)),
        rework_share=between("share", 0, 5_000),
        forgetting_grace_days=draw(st.sampled_from([20, 90])),
        forgetting_halving_days=200,
        kit=kit(("battery", draw(st.integers(1, 3))), ("motor", draw(st.integers(1, 4))), yen=20),
        parts_spread=between("factor", 8_000, 12_000),
        parts_slope=between("factor", 9_000, 10_000),
        labour_yen_hour=between("yen", 1, 5),
        overhead_yen=between("yen", 5, 30),
        margin=between("share", 0, 1_500),
    )


@st.composite
def _offers(draw: st.DrawFn) -> list[Offer]:
    found = []
    for id in LINES:
        lot = draw(st.integers(1, 4))
        tendered = days_between(10, 40, 150) if draw(st.booleans()) else None
        base = home_offer(
            id,
            product=f"of_{id}",
            supplier=FIRM_OF[id],
            lot=lot,
            first_lot=lot,
            minimum_order=draw(st.integers(1, 3)),
            tender_first=tendered,
            tender_later=tendered,
            failure_chance=given("share", draw(st.sampled_from([0, 2_000]))),
        )
        found.append(replace(base, line=draw(_line(id))))
    abroad = offer("maker", product="of_maker", supplier="house", price=given("minor", 100), lot=3, first_lot=3)
    return [*found, abroad]


@st.composite
def _sources(draw: st.DrawFn) -> list[PartSource]:
    limited = st.sampled_from([None, 60, 400])
    return [
        source(
            id,
            of=of,
            origin=origin,
            capacity=None if (most := draw(limited)) is None else between("rate", most * 0.8, most * 1.2),
            price_factor=between("factor", 9_000, 13_000),
        )
        for id, of, origin in (("cells", "battery", "Far"), ("far", "motor", "Far"), ("near", "motor", "Near"))
    ]


def _with_luck(sources: list[PartSource]) -> list[PartSource]:
    return [replace(each, lead=days_between(5, 30, 150)) for each in sources]


@st.composite
def _policy(draw: st.DrawFn) -> PolicySpec:
    levers = HomeLevers(
        subsidies=tuple(
            SubsidyLever(id, draw(st.sampled_from([3_000, 10_000])), draw(st.integers(0, 300)), "line")
            for id in draw(_some(LINES))
        ),
        tooling=tuple(
            ToolingLever(id, draw(st.integers(1, 3)), draw(st.one_of(st.none(), st.integers(0, 400))), "line")
            for id in draw(_some(LINES))
        ),
        second_sources=tuple(
            SecondSourceLever(id, "motor", draw(st.sampled_from([3_000, 10_000])), draw(st.integers(0, 400)), "line")
            for id in draw(_some(LINES))
        ),
        long_lead=tuple(
            LongLeadLever(id, FAMILIES, draw(st.integers(2, 20)), draw(st.integers(0, 400)), "line")
            for id in draw(_some(LINES))
        ),
        safety_months={"motor": draw(st.sampled_from([0, 10_000, 30_000]))},
        export_share=draw(st.sampled_from([0, 3_000, 10_000])),
        development_line=draw(st.sampled_from([None, "line"])),
    )
    rule = draw(st.sampled_from(["close_gap", "shares", "staged", "scheduled", "scheduled"]))
    if rule == "scheduled":
        orders = draw(
            st.lists(
                st.tuples(st.integers(120, 900), st.sampled_from(LINES), st.integers(3, 15)), min_size=3, max_size=7
            )
        )
        typed = [
            buy(on, units, id, cancel_day=draw(st.one_of(st.none(), st.integers(on + 1, on + 60))))
            for on, id, units in sorted(orders)
        ]
        return scheduled(*typed, home=levers)
    return ruled(
        rule,
        home_offers=tuple(ListedOffer(id, 1) for id in LINES),
        suppliers=draw(st.integers(1, 3)),
        foreign_share={2025: 5_000, 2026: 5_000, 2027: 2_000},
        switch_day=draw(st.integers(200, 800)) if rule == "staged" else None,
        spec={"home": levers},
    )


def _some(of: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(of), max_size=2, unique=True)


@st.composite
def home_worlds(draw: st.DrawFn) -> Scenario:
    """A small scenario in which every mechanism of home production can act."""
    as_of = draw(st.sampled_from([0, 120]))
    yen = draw(st.integers(2_000, 30_000))
    parts = industry_of(
        missions=[
            mission(
                target=between("unit", 20, 60),
                bench=draw(st.sampled_from([None, "range"])),
                acceptance=days_between(0, 5, 20),
                crew=draw(st.sampled_from([None, crew(4, seats_per_month=4)])),
                loss=given("share", draw(st.sampled_from([0, 2_000]))),
            )
        ],
        products=[
            product(f"of_{id}", type_approval=draw(st.sampled_from([None, "small"]))) for id in (*LINES, "maker")
        ],
        offers=draw(_offers()),
        firms=("ace", "bee"),
        families=[
            family("battery", "cells"),
            family(
                "motor",
                "far",
                second_source="near",
                qualification=days_between(10, 60, 200),
                qualification_yen=between("yen", 5, 40),
            ),
        ],
        sources=_with_luck(draw(_sources())),
        windows=[
            replace(
                window("ban", None, 30, families=FAMILIES, users=("military", "export"), origins=("Far",)),
                a_year=between("event", 5_000, 20_000),
                most_families=2,
                share=LITTLE,
                length=days_between(20, 80, 300),
                lead_factor=Luck("", "factor", Triangular(1, 1.5, 3)),
                stays_open=given("event", 500),
            ),
            replace(
                window("old", 50, 30, share=LITTLE, origins=("Far",)),
                length=days_between(200, 500, 900),
            ),
        ],
        exports=[
            ExportRequests(
                "allies",
                "alpha",
                between("event", 10_000, 40_000),
                Luck("", "unit", Triangular(1, 3, 9)),
                (KnownRequest(200, 4),),
            )
        ],
        lines=[line(years=dict.fromkeys(YEARS, yen), carry_over_share=given("share", 1_000))],
        benches={"range": bench(2, "range")},
        type_approvals={
            "small": TypeApproval(
                "small",
                days_between(10, 40, 100),
                days_between(0, 20, 60),
                given("share", 500),
                days_between(50, 90, 200),
            )
        },
        shocks=draw(_shocks()),
        horizon=HORIZON,
        as_of=as_of,
        policies=[draw(_policy())],
    )
    house = Supplier("house", "House", "Nowhere", given("sd", 0, Normal(0, 1)))
    made = numbered(scenario(**{**parts, "suppliers": [*parts["suppliers"], house]}))
    return HomeWorld(**{each.name: getattr(made, each.name) for each in fields(made) if each.init})


@st.composite
def _shocks(draw: st.DrawFn) -> tuple[Any, ...]:
    on = draw(st.integers(150, 900))
    chosen = draw(st.lists(st.sampled_from(range(3)), max_size=2, unique=True))
    found = (
        shock("part_flow", on, 0, "motor", end=on + draw(st.integers(10, 200)), origins=("Far",), users=("military",)),
        shock("line_stop", on + 30, draw(st.integers(5, 90)), *LINES, stock_lost_months=draw(st.integers(0, 20_000))),
        shock("export_requests", on, 20_000, "alpha", end=on + 200),
    )
    return tuple(found[place] for place in sorted(chosen))
