"""Tiny resolved scenarios for stories: every belief constant, one currency, no luck, until a story says otherwise.

A story names what it changes and nothing else; days are counted from 1 April 2025 (day 0) unless it moves the start.

Why: a story's working must fit beside it, so the world around it has to be empty.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from sim.calendar import Calendar
from sim.distributions import Constant, Distribution, Normal
from sim.engine import Run, simulate
from sim.future import hand_written
from sim.policy import policy_of
from sim.scenario.resolved import (
    Appropriation,
    BudgetCalendar,
    Clock,
    Currency,
    Experiment,
    Input,
    Levers,
    Line,
    ListedOffer,
    Luck,
    Mission,
    MissionRule,
    Offer,
    Payment,
    PolicySpec,
    Product,
    Scenario,
    ScheduledOrder,
    SlipClass,
    Supplier,
)
from tests.stories.balance import assert_balanced

START = datetime.date(2025, 4, 1)


def given(unit: Any, value: float, belief: Distribution | None = None) -> Input:
    """An input that is certain, or believed as told; the scenario builder numbers it."""
    scale = 10_000 if unit in ("share", "factor", "exchange", "event") else 1
    return Input(0, "", unit, Constant(value / scale) if belief is None else belief, None)


def luck(value: float, unit: Any = "day") -> Luck:
    """A stage that always takes the same time."""
    scale = 10_000 if unit in ("share", "factor") else 1
    return Luck("", unit, Constant(value / scale))


def day(date: str) -> int:
    """Days from the start."""
    return (datetime.date.fromisoformat(date) - START).days


def mission(id: str = "watch", **changes: Any) -> Mission:
    """A mission that wants 10 units by 31 March 2028, with no bench, crew, loss or carriage."""
    base = Mission(
        id=id,
        title=id,
        domain="air",
        counted_as="unit",
        target=given("unit", 10),
        due_day=day("2028-03-31"),
        weight=1,
        lines=("line",),
        opening_stock=0,
        lowest_quality=0,
        crew=None,
        acceptance=luck(0),
        bench=None,
        fielding=luck(0),
        loss=given("share", 0),
        life_months=None,
        running_cost_yen=given("yen", 0),
        running_cost_share=None,
    )
    return replace(base, **changes)


def product(id: str = "drone", **changes: Any) -> Product:
    """A mass product of the reference quality, approved."""
    base = Product(id=id, title=id, mission="watch", tier="mass", quality=10_000, type_approval=None, grounding=None)
    return replace(base, **changes)


def offer(id: str = "maker", **changes: Any) -> Offer:
    """An offer in yen at 10 a unit: no tender, no permit, no slip, no rate limit, no time at sea, paid on delivery."""
    base = Offer(
        id=id,
        title=id,
        product="drone",
        supplier="house",
        channel="direct",
        currency="JPY",
        price=given("minor", 10),
        escalation=given("share", 0),
        growth_after_signing=given("share", 0),
        breaks=(),
        minimum_order=1,
        lot=1000,
        first_lot=1000,
        tender_first=None,
        tender_later=None,
        government_sale=None,
        failure_chance=given("share", 0),
        permit_first=None,
        permit_later_share=10_000,
        lead_starts="permit",
        promise_first_days=100,
        promise_later_days=100,
        slip_class="none",
        rate=None,
        rate_period_days=365,
        rate_growth=given("share", 0),
        windows=(),
        shipping=luck(0),
        payments=(Payment("delivery", 10_000, 0),),
    )
    return replace(base, **changes)


def line(id: str = "line", years: Mapping[int, int] | None = None, **changes: Any) -> Line:
    """A line with so many yen a year, nothing carried over."""
    amounts = {2025: 10**12} if years is None else years
    base = Line(
        id=id,
        title=id,
        appropriations={
            year: Appropriation(year, given("yen", yen), None, None) for year, yen in sorted(amounts.items())
        },
        carry_over_share=given("share", 0),
        supplementary=(),
        uses=(),
    )
    return replace(base, **changes)


def dollar(rate: int = 1_000_000, planning: Mapping[int, int] | None = None, **changes: Any) -> Currency:
    """A currency of cents: 100 yen to the dollar unless told otherwise (rates in 1/10,000 yen)."""
    years = dict.fromkeys(range(2025, 2031), 1_000_000) if planning is None else planning
    base = Currency(
        id="USD",
        minor_per_major=100,
        rate_at_start=given("exchange", rate),
        volatility=given("share", 0),
        drift=given("share", 0),
        planning_rates={year: given("exchange", value) for year, value in sorted(years.items())},
    )
    return replace(base, **changes)


def scheduled(*orders: ScheduledOrder, id: str = "typed", **changes: Any) -> PolicySpec:
    """Dated orders as typed."""
    base = PolicySpec(id, id, "scheduled", (), {}, orders, (), 1)
    return replace(base, **changes)


def buy(on: int, quantity: int, offer: str = "maker", mission: str = "watch", **changes: Any) -> ScheduledOrder:
    """One typed order."""
    return replace(ScheduledOrder(on, offer, mission, quantity, None, None), **changes)


def levers(mass: Sequence[tuple[str, int]] = (("maker", 1),), **changes: Any) -> Levers:
    """A rule's levers: buy the gap from the listed mass offers."""
    base = Levers(
        mass_offers=tuple(ListedOffer(id, weight) for id, weight in mass),
        high_offers=(),
        high_tier_share=0,
        foreign_share={},
        over_order_margin=0,
        suppliers=1,
        country_cap=10_000,
        ranking="listed",
        schedule_margin=10_000,
        least_on_time=0,
        switch_day=None,
        tenders_prepared_days=0,
        contract_years=5,
    )
    return replace(base, **changes)


def ruled(rule: Any = "close_gap", mission: str = "watch", id: str = "ruled", **changes: Any) -> PolicySpec:
    """A policy with one rule for one mission; keyword ``spec`` changes the policy, the rest its levers."""
    spec = changes.pop("spec", {})
    base = PolicySpec(id, id, rule, (MissionRule(mission, rule, levers(**changes)),), {}, (), (), 1)
    return replace(base, **spec)


def scenario(
    *,
    missions: Iterable[Mission] = (),
    products: Iterable[Product] = (),
    offers: Iterable[Offer] = (),
    lines: Iterable[Line] = (),
    policies: Iterable[PolicySpec] = (),
    currencies: Iterable[Currency] = (),
    horizon: str = "2028-03-31",
    as_of: int = 0,
    passage: Mapping[int, int] | None = None,
    delay: int = 0,
    slips: Iterable[SlipClass] = (),
    suppliers: Iterable[Supplier] = (),
    **changes: Any,
) -> Scenario:
    """A scenario of these parts; what is left out is the plain one above."""

    def by_id(parts: Iterable[Any], plain: Any) -> dict[str, Any]:
        held = list(parts) or ([plain] if plain is not None else [])
        return {part.id: part for part in sorted(held, key=lambda part: part.id)}

    house = Supplier("house", "House", "Nowhere", given("sd", 0, Normal(0, 1)))
    base = Scenario(
        id="story",
        title="story",
        clock=Clock(Calendar(START), as_of, day("2028-03-31"), day(horizon)),
        parameters={},
        inputs=(),
        correlations=(),
        currencies=by_id(currencies, None),
        exchange_correlations={},
        budget_calendar=BudgetCalendar({2025: 0} if passage is None else passage, luck(delay), 12, 26),
        lines=by_id(lines, line()),
        outlay_ceilings={},
        benches={},
        type_approvals={},
        groundings={},
        missions=by_id(missions, mission()),
        joint=("watch",),
        mission_sets={},
        strength_lambda=10_000,
        products=by_id(products, product()),
        suppliers=by_id(suppliers, house),
        slip_classes=by_id(slips, SlipClass("none", 0.0, 0.0, given("share", 5_000))),
        windows={},
        offers=by_id(offers, offer()),
        dated_orders=(),
        shocks=(),
        policies=by_id(policies, scheduled(buy(0, 10))),
        experiment=Experiment(1, 1, "independent", 200_000),
        facts=(),
    )
    return numbered(replace(base, **changes))


def numbered(whole: Scenario) -> Scenario:
    """Give every input its path and number, and every luck its path."""
    found: list[Input] = []

    def walk(part: Any, path: str) -> Any:
        if isinstance(part, Input):
            held = replace(part, number=len(found), path=path)
            found.append(held)
            return held
        if isinstance(part, Luck):
            return replace(part, path=path)
        if isinstance(part, Mapping):
            return {key: walk(value, f"{path}.{key}".strip(".")) for key, value in part.items()}
        if isinstance(part, tuple) and not hasattr(part, "_fields"):
            return tuple(walk(value, f"{path}.{place}") for place, value in enumerate(part))
        if is_dataclass(part) and not isinstance(part, Calendar) and not hasattr(part, "quantile"):
            changes = {
                each.name: walk(getattr(part, each.name), f"{path}.{each.name}".strip("."))
                for each in fields(part)
                if each.init and each.name not in ("inputs", "correlations")
            }
            return replace(part, **changes)
        return part

    walked = walk(whole, "")
    return replace(walked, inputs=tuple(found))


def told(
    whole: Scenario,
    policy: str | None = None,
    parameters: Mapping[str, float] | None = None,
    written: Mapping[str, Any] | None = None,
    **how: Any,
) -> Run:
    """Run a story: its only policy, or the one named, against the future written by hand.

    All that is written must be asked for, and both balances (R13, R37) must hold on every day.
    """
    spec = whole.policies[policy] if policy is not None else next(iter(whole.policies.values()))
    future = hand_written(whole, parameters or {}, written or {})
    run = simulate(policy_of(spec, whole), future, **how)
    assert future.unused() == (), f"the story wrote luck that nobody asked for: {future.unused()}"
    assert_balanced(run)
    return run
