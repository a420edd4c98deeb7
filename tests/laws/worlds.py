"""Generated worlds: small scenarios with everything in them that can interact, and futures sampled from them.

A law is tested on many worlds and counts how often its rule acted; the count is checked after the last example.

Why: a law that was never put to the test holds in every suite.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from simpy import Environment

from sim.distributions import Discrete, Normal, Triangular
from sim.engine import Run, simulate
from sim.future import Future, sample
from sim.policy import Policy, policy_of
from sim.scenario.resolved import (
    Bench,
    Crew,
    DatedOrder,
    Grounding,
    Luck,
    Offer,
    Payment,
    PolicySpec,
    Scenario,
    Shock,
    SlipClass,
    Supplementary,
    Supplier,
    SupplierWindow,
    TypeApproval,
    Use,
)
from sim.streams import uniform
from tests.stories.builder import (
    buy,
    dollar,
    given,
    levers,
    line,
    mission,
    numbered,
    offer,
    product,
    ruled,
    scenario,
    scheduled,
)

YEARS = range(2025, 2029)
HORIZON = "2029-03-31"


def days_between(low: int, mode: int, high: int) -> Luck:
    """A triangular stage."""
    return Luck("", "day", Triangular(low, mode, high))


def _between(unit: Any, low: float, high: float) -> Any:
    """An uncertain input, in entered units."""
    scale = 10_000 if unit in ("share", "factor", "exchange", "event") else 1
    return given(unit, 0, Triangular(low / scale, (low + high) / 2 / scale, high / scale))


@st.composite
def offers(draw: st.DrawFn, place: int) -> Offer:
    """One import offer with every stage uncertain."""
    lot = draw(st.integers(1, 6))
    tendered = draw(st.booleans())
    return offer(
        f"offer{place}",
        product=f"drone{place}",
        supplier=f"maker{place % 2}",
        currency=draw(st.sampled_from(["JPY", "USD"])),
        price=_between("minor", 800, 1_200),
        escalation=_between("share", 0, 500),
        growth_after_signing=_between("share", 0, 1_500),
        breaks=draw(st.sampled_from([(), ((5, 9_000), (12, 8_500))])),
        minimum_order=draw(st.integers(1, 4)),
        lot=lot,
        first_lot=draw(st.integers(1, lot)),
        tender_first=days_between(20, 60, 300) if tendered else None,
        tender_later=days_between(10, 30, 120) if tendered else None,
        failure_chance=given("share", draw(st.sampled_from([0, 2_500]))),
        permit_first=draw(st.sampled_from([None, days_between(0, 20, 60)])),
        permit_later_share=6_000,
        promise_first_days=draw(st.integers(20, 300)),
        promise_later_days=draw(st.integers(20, 200)),
        slip_class="late",
        rate=draw(st.sampled_from([None, _between("rate", 6, 40)])),
        rate_growth=given("share", draw(st.sampled_from([0, 200]))),
        windows=("war",),
        shipping=days_between(0, 10, 40),
        payments=draw(
            st.sampled_from(
                [
                    (Payment("signing", 1_500, 0), Payment("delivery", 8_500, 0)),
                    (Payment("signing", 3_000, 0), Payment("after_signing", 7_000, 182)),
                    (Payment("delivery", 10_000, 0),),
                ]
            )
        ),
    )


def _crew(draw: st.DrawFn) -> Crew:
    return Crew(
        block_units=draw(st.integers(1, 3)),
        people_per_block=_between("person", 1, 4),
        course=days_between(20, 40, 90),
        seats_per_month=draw(st.integers(1, 8)),
        opening_day=draw(st.sampled_from([0, 100, 365])),
        pass_rate=_between("share", 7_500, 9_500),
        posts_filled=_between("share", 7_000, 9_500),
        leaving=_between("share", 500, 3_000),
        opening_people=draw(st.integers(0, 6)),
        extra_seats_lead=days_between(30, 60, 90),
        extra_seat_yen=5,
        extra_seat_line="general",
    )


@st.composite
def worlds(draw: st.DrawFn, *, count: int | None = None) -> Scenario:
    """A small scenario in which every mechanism of the engine can act."""
    size = draw(st.integers(1, 3)) if count is None else count
    made = [draw(offers(place)) for place in range(size)]
    both = draw(st.booleans())
    missions = [
        mission(
            id,
            target=_between("unit", 5, 25),
            lines=("general", "special") if both else ("general",),
            bench=draw(st.sampled_from([None, "range"])),
            acceptance=days_between(0, 10, 30),
            fielding=days_between(0, 5, 20),
            loss=given("share", draw(st.sampled_from([0, 3_000]))),
            life_months=draw(st.sampled_from([None, 9, 24])),
            crew=_crew(draw) if draw(st.booleans()) else None,
        )
        for id in ("scout", "watch")
    ]
    products = [
        product(
            f"drone{place}",
            mission=("scout", "watch")[place % 2],
            tier=("mass", "high")[place % 2],
            type_approval=draw(st.sampled_from([None, "small"])),
            grounding=draw(st.sampled_from([None, "often"])),
        )
        for place in range(size)
    ]
    world = scenario(
        missions=missions,
        products=products,
        offers=made,
        lines=[
            _line(draw, "general", draw(st.integers(2_000, 60_000))),
            _line(draw, "special", draw(st.integers(0, 30_000))),
        ],
        currencies=[
            dollar(rate=1_000_000, volatility=given("share", 1_500), planning={2025: 1_000_000, 2026: 1_050_000})
        ],
        suppliers=[Supplier(f"maker{n}", f"maker{n}", f"land{n}", given("sd", 0, Normal(0, 1))) for n in (0, 1)],
        slips=[SlipClass("late", 0.2, 0.3, given("share", 5_000))],
        horizon=HORIZON,
        as_of=draw(st.sampled_from([0, 120])),
        policies=[draw(policies(size))],
        benches={"range": Bench("range", "range", _between("place", 1, 3))},
        type_approvals={
            "small": TypeApproval(
                "small",
                days_between(30, 60, 200),
                days_between(0, 20, 60),
                given("share", 1_000),
                days_between(100, 200, 400),
            )
        },
        groundings={"often": Grounding("often", given("event", 4_000), days_between(20, 60, 120))},
        windows={
            "war": SupplierWindow(
                "war",
                "war",
                given("share", 3_000),
                Luck("", "factor", Triangular(0.2, 0.5, 0.8)),
                days_between(60, 120, 300),
            )
        },
        shocks=draw(shocks(size)),
        dated_orders=_dated(draw, made[0]),
    )
    world = replace(
        world,
        budget_calendar=replace(
            world.budget_calendar, passage_delay=Luck("", "day", Discrete((0.0, 11.0, 50.0), (0.5, 0.3, 0.2)))
        ),
        joint=("scout", "watch"),
    )
    return numbered(world)


def _line(draw: st.DrawFn, id: str, yen: int) -> Any:
    uncertain = dict.fromkeys(YEARS, yen)
    held = line(
        id,
        years=uncertain,
        carry_over_share=_between("share", 0, 2_000),
        supplementary=(
            Supplementary(12, 20, 2025, 2028, given("share", 5_000), Luck("", "yen", Triangular(0, 1_000, 4_000))),
        )
        if draw(st.booleans())
        else (),
        uses=(Use("reserve", 2026, None, given("share", 2_000), None),) if draw(st.booleans()) else (),
    )
    return replace(
        held,
        appropriations={
            year: replace(entry, amount=_between("yen", yen * 0.8, yen * 1.2) if year > 2025 else entry.amount)
            for year, entry in held.appropriations.items()
        },
    )


def _dated(draw: st.DrawFn, first: Offer) -> tuple[DatedOrder, ...]:
    if not draw(st.booleans()):
        return ()
    return (
        DatedOrder(
            id="published",
            offer=first.id,
            mission="scout",
            quantity=3,
            value=_between("minor", 2_400, 3_600),
            line="general",
            contract_day=150,
            promise_days=200,
            slip_class="late",
            status="announced",
            deliveries=(),
            tender_open_since=None,
        ),
    )


@st.composite
def policies(draw: st.DrawFn, size: int) -> PolicySpec:
    """A rule with random levers, or typed orders."""
    own = {
        name: [(f"offer{place}", 1) for place in range(size) if place % 2 == at]
        for at, name in enumerate(("scout", "watch"))
    }
    rule = draw(st.sampled_from(["close_gap", "shares", "staged", "scheduled"]))
    if rule == "scheduled":
        orders = draw(
            st.lists(
                st.tuples(st.integers(120, 1_000), st.integers(0, size - 1), st.integers(4, 20)), min_size=1, max_size=5
            )
        )
        return scheduled(
            *(
                buy(on, units, f"offer{place}", ("scout", "watch")[place % 2], cancel_day=draw(_cancel(on)))
                for on, place, units in sorted(orders)
            )
        )
    margin, schedule = draw(st.integers(0, 3_000)), draw(st.integers(10_000, 14_000))
    rules = tuple(
        replace(
            ruled(rule, name, over_order_margin=margin, schedule_margin=schedule).missions[0],
            levers=levers(own[name], over_order_margin=margin, schedule_margin=schedule, suppliers=2),
        )
        for name in ("scout", "watch")
        if own[name]
    )
    split = {"general": {"scout": 5_000, "watch": 5_000}} if rule == "shares" else {}
    return replace(ruled(rule), missions=rules, line_split=split)


def _cancel(on: int) -> st.SearchStrategy[int | None]:
    return st.one_of(st.none(), st.integers(on + 1, on + 400))


@st.composite
def shocks(draw: st.DrawFn, size: int) -> tuple[Shock, ...]:
    """Up to two dated events."""
    kinds: list[tuple[Any, tuple[str, ...], int, int | None]] = [
        ("supplier_rate", ("offer0",), 5_000, None),
        ("exchange_level", ("USD",), 1_300_000, None),
        ("tender_failure", (), 20_000, None),
        ("posts_filled", (), 5_000, None),
        ("target", ("scout",), 20, None),
        ("losses", ("drone0",), 1_500, None),
        ("grounding", ("drone0",), 60, None),
        ("bar", ("offer0",), 0, None),
        ("budget_factor", ("general",), 5_000, 2026),
        ("budget_delay", (), 40, 2027),
        ("approval_block", ("drone0",), 200, None),
    ]
    chosen = draw(st.lists(st.sampled_from(range(len(kinds))), max_size=2, unique=True))
    made = []
    for place in chosen:
        kind, subjects, amount, year = kinds[place]
        on = draw(st.integers(150, 900))
        until = draw(st.one_of(st.none(), st.integers(on + 30, on + 500)))
        made.append(Shock(f"shock{place}", kind, on, until, on, subjects, year, amount, 9_000, "a law's own"))
    return tuple(made)


def future_of(world: Scenario, number: int = 0) -> Future:
    """The n-th judged future."""
    return sample(world, 7, "judge", number, number)


def policy_in(world: Scenario) -> Policy:
    """The world's only policy."""
    return policy_of(next(iter(world.policies.values())), world)


def run_of(world: Scenario, number: int = 0, **how: Any) -> Run:
    """The world's policy against one of its futures."""
    return simulate(policy_in(world), future_of(world, number), **how)


class ShuffledEnvironment(Environment):
    """SimPy with its third heap key, the order of scheduling, replaced by a keyed shuffle."""

    def __init__(self, key: int) -> None:
        super().__init__()
        self.ties = 0
        self._seen: dict[tuple[float, int], int] = {}
        self._eid = self._keys(key)  # any iterator of distinct numbers serves

    @staticmethod
    def _keys(key: int) -> Any:
        at = 0
        while True:
            yield uniform(key, 1, 0, at)
            at += 1

    def step(self) -> None:
        """Count how often two events had the same day and priority."""
        if len(self._queue) > 1:
            first, second = heapq.nsmallest(2, self._queue)
            self.ties += first[:2] == second[:2]
        super().step()


class CheckedEnvironment(Environment):
    """SimPy that refuses to go down a day's ladder."""

    def __init__(self) -> None:
        super().__init__()
        self._last = (-1, -1)

    def step(self) -> None:
        """Each day's own events must come in the order of their priorities, none of them twice."""
        at, priority = self._queue[0][:2]
        if priority > 1:
            assert (at, priority) > self._last, f"day {at}: priority {priority} after {self._last}"
            self._last = (at, priority)
        super().step()


def keyed(key: int, made: list[ShuffledEnvironment]) -> Callable[[], Environment]:
    """A maker of shuffled environments that can be looked at afterwards."""

    def make() -> Environment:
        made.append(ShuffledEnvironment(key))
        return made[-1]

    return make
