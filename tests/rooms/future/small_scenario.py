"""A small scenario for the tests of futures, built by hand: two offers, one past order, two missions.

What a test adds or takes away is an argument, so that two scenarios differ by exactly that.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from sim.calendar import Calendar
from sim.distributions import Constant, Discrete, Distribution, Lognormal, Normal, Triangular, Uniform
from sim.scenario.resolved import (
    Appropriation,
    BeliefUnit,
    Bench,
    BudgetCalendar,
    Clock,
    Correlation,
    Crew,
    Currency,
    DatedOrder,
    Delivery,
    Experiment,
    GovernmentSale,
    Grounding,
    Input,
    Line,
    Luck,
    Mission,
    Offer,
    Payment,
    Product,
    Scenario,
    SlipClass,
    Supplementary,
    Supplier,
    SupplierWindow,
    TypeApproval,
)

Belief = tuple[BeliefUnit, Distribution | str]
"""Unit, and a distribution or a formula."""

TENDER = Luck("offers.kite_acme.tender.first", "day", Triangular(60.0, 90.0, 150.0))
SHIPPING = Luck("offers.kite_acme.shipping", "day", Uniform(20.0, 40.0))
APPROVAL = Luck("type_approvals.air.block_length", "day", Lognormal(20.0, 90.0))
BUDGET_DELAY = Luck("budget.calendar.passage_delay", "day", Discrete((0.0, 11.0, 50.0), (0.79, 0.14, 0.07)))

_OWN_OF_OFFERS: Mapping[str, Belief] = {
    "price": ("minor", Triangular(200e6, 300e6, 500e6)),
    "escalation": ("share", Triangular(0.0, 0.02, 0.05)),
    "growth_after_signing": ("share", Constant(0.01)),
    "failure_chance": ("share", Constant(0.1)),
    "rate": ("rate", Triangular(20.0, 40.0, 60.0)),
    "rate_growth": ("share", Constant(0.0)),
}

_SHARED: Mapping[str, Belief] = {
    "parameters.shield_share": ("share", Triangular(0.30, 0.40, 0.55)),
    "parameters.unmanned": ("yen", Uniform(100e9, 300e9)),
    "budget.lines.shield.years.2026.amount": ("yen", "0.85 * shield_share * unmanned"),
    "budget.lines.shield.carry_over_share": ("share", Constant(0.5)),
    "budget.lines.shield.supplementary.0.chance": ("share", Constant(0.3)),
    "currencies.USD.rate_at_start": ("exchange", Constant(149.57)),
    "currencies.USD.volatility": ("share", Triangular(0.07, 0.1, 0.13)),
    "currencies.USD.drift": ("share", Constant(0.0)),
    "benches.range.places": ("place", Triangular(4.0, 8.0, 16.0)),
    "type_approvals.air.block_chance": ("share", Constant(0.05)),
    "groundings.small.chance": ("event", Triangular(0.05, 0.15, 0.4)),
    "missions.watch.target": ("unit", Triangular(20.0, 24.0, 30.0)),
    "missions.watch.crew.people_per_block": ("person", Triangular(8.0, 10.0, 14.0)),
    "missions.watch.crew.pass_rate": ("share", Constant(0.8)),
    "missions.watch.crew.posts_filled": ("share", Uniform(0.7, 0.95)),
    "missions.watch.crew.leaving": ("share", Constant(0.05)),
    "missions.watch.loss": ("share", Triangular(0.01, 0.03, 0.08)),
    "missions.watch.running_cost": ("yen", Constant(5e6)),
    "slip_classes.record.supplier_share": ("share", Triangular(0.3, 0.5, 0.7)),
    "windows.war.chance": ("share", Uniform(0.05, 0.2)),
    "dated_orders.first.value": ("minor", Constant(4e9)),
}


def beliefs_of(offers: Sequence[str], extra: Mapping[str, Belief]) -> dict[str, Belief]:
    beliefs = dict(_SHARED)
    for offer in offers:
        beliefs |= {f"offers.{offer}.{name}": belief for name, belief in _OWN_OF_OFFERS.items()}
        beliefs[f"suppliers.{_supplier(offer)}.lateness"] = ("sd", Normal(0.0, 1.0))
    return dict(sorted((beliefs | dict(extra)).items()))


def small_scenario(
    offers: Sequence[str] = ("kite_acme", "kite_borealis"),
    extra: Mapping[str, Belief] | None = None,
    correlations: Sequence[tuple[str, str, float]] = (),
    design: str = "independent",
) -> Scenario:
    """The scenario, with more beliefs (or others at the same paths) and correlations between paths."""
    beliefs = beliefs_of(offers, extra or {})
    inputs = {path: _input(number, path, *beliefs[path]) for number, path in enumerate(beliefs)}
    calendar = Calendar(datetime.date(2025, 4, 1))
    return Scenario(
        id="small",
        title="Small",
        clock=Clock(calendar, 147, 1095, 1825),
        parameters={path.split(".")[1]: inputs[path] for path in inputs if path.startswith("parameters.")},
        inputs=tuple(inputs.values()),
        correlations=tuple(
            Correlation(inputs[first].number, inputs[second].number, rho) for first, second, rho in correlations
        ),
        currencies={"USD": _currency(inputs)},
        exchange_correlations={},
        budget_calendar=BudgetCalendar({2025: 0}, BUDGET_DELAY, 12, 26),
        lines={"shield": _line(inputs)},
        outlay_ceilings={},
        benches={"range": Bench("range", "Range", inputs["benches.range.places"])},
        type_approvals={"air": _type_approval(inputs)},
        groundings={"small": _grounding(inputs)},
        missions={"watch": _mission(inputs)},
        joint=("watch",),
        mission_sets={},
        strength_lambda=10_000,
        products={"kite": Product("kite", "Kite", "watch", "mass", 10_000, "air", "small")},
        suppliers={_supplier(offer): _maker(inputs, _supplier(offer)) for offer in offers},
        slip_classes={"record": _slip_class(inputs)},
        windows={"war": _window(inputs)},
        offers={offer: _offer(inputs, offer) for offer in offers},
        dated_orders=(_past_order(inputs, offers[0]),),
        shocks=(),
        policies={},
        experiment=Experiment(300, 1, design, 200_000),
        facts=(),
    )


def _input(number: int, path: str, unit: BeliefUnit, belief: Distribution | str) -> Input:
    if isinstance(belief, str):
        return Input(number, path, unit, None, belief)
    return Input(number, path, unit, belief, None)


def _supplier(offer: str) -> str:
    return offer.removeprefix("kite_")


def _maker(inputs: Mapping[str, Input], id: str) -> Supplier:
    return Supplier(id, id.title(), "Turkey", inputs[f"suppliers.{id}.lateness"])


def _days(path: str) -> Luck:
    return Luck(path, "day", Triangular(10.0, 20.0, 60.0))


def _grounding(inputs: Mapping[str, Input]) -> Grounding:
    return Grounding("small", inputs["groundings.small.chance"], _days("groundings.small.length"))


def _slip_class(inputs: Mapping[str, Input]) -> SlipClass:
    return SlipClass("record", 0.256, 0.32, inputs["slip_classes.record.supplier_share"])


def _window(inputs: Mapping[str, Input]) -> SupplierWindow:
    factor = Luck("windows.war.factor", "factor", Triangular(0.3, 0.5, 0.8))
    return SupplierWindow("war", "War", inputs["windows.war.chance"], factor, _days("windows.war.length"))


def _currency(inputs: Mapping[str, Input]) -> Currency:
    of = {name: inputs[f"currencies.USD.{name}"] for name in ("rate_at_start", "volatility", "drift")}
    return Currency("USD", 100, of["rate_at_start"], of["volatility"], of["drift"], {})


def _line(inputs: Mapping[str, Input]) -> Line:
    path = "budget.lines.shield"
    extra = Supplementary(
        12, 20, 2025, 2029, inputs[f"{path}.supplementary.0.chance"],
        Luck(f"{path}.supplementary.0.amount", "yen", Uniform(1e9, 5e9)),
    )  # fmt: skip
    appropriation = Appropriation(2026, inputs[f"{path}.years.2026.amount"], None, None)
    return Line("shield", "Shield", {2026: appropriation}, inputs[f"{path}.carry_over_share"], (extra,), ())


def _type_approval(inputs: Mapping[str, Input]) -> TypeApproval:
    path = "type_approvals.air"
    return TypeApproval("air", _days(f"{path}.paper"), _days(f"{path}.trial"), inputs[f"{path}.block_chance"], APPROVAL)


def _mission(inputs: Mapping[str, Input]) -> Mission:
    path = "missions.watch"
    of = {name.rsplit(".", 1)[1]: which for name, which in inputs.items() if name.startswith(f"{path}.crew.")}
    crew = Crew(
        6, of["people_per_block"], _days(f"{path}.crew.course"), 10, 400, of["pass_rate"], of["posts_filled"],
        of["leaving"], 0, _days(f"{path}.crew.extra_seats.lead"), 1_500_000, "shield",
    )  # fmt: skip
    return Mission(
        "watch", "Watch", "air", "aircraft", inputs[f"{path}.target"], 1095, 10, ("shield",), 0, 5_000, crew,
        _days(f"{path}.acceptance"), "range", _days(f"{path}.fielding"), inputs[f"{path}.loss"], None,
        inputs[f"{path}.running_cost"], None,
    )  # fmt: skip


def _offer(inputs: Mapping[str, Input], id: str) -> Offer:
    path = f"offers.{id}"
    own = {name: inputs[f"{path}.{name}"] for name in _OWN_OF_OFFERS}
    sale = GovernmentSale(_days(f"{path}.request"), _days(f"{path}.offer"), None, 0)
    return Offer(
        id=id, title=id, product="kite", supplier=_supplier(id), channel="direct", currency="USD",
        price=own["price"], escalation=own["escalation"], growth_after_signing=own["growth_after_signing"],
        breaks=(), minimum_order=1, lot=6, first_lot=6, tender_first=TENDER, tender_later=None,
        government_sale=sale if id == "kite_acme" else None, failure_chance=own["failure_chance"],
        permit_first=_days(f"{path}.permit"), permit_later_share=6_000, lead_starts="permit",
        promise_first_days=300, promise_later_days=200, slip_class="record", rate=own["rate"],
        rate_period_days=365, rate_growth=own["rate_growth"], windows=("war",), shipping=SHIPPING,
        payments=(Payment("signing", 3_000, 0), Payment("delivery", 7_000, 0)),
    )  # fmt: skip


def _past_order(inputs: Mapping[str, Input], offer: str) -> DatedOrder:
    return DatedOrder(
        "first", offer, "watch", 12, inputs["dated_orders.first.value"], "shield", 14, 200, "record",
        "history", (Delivery(200, 2),), None,
    )  # fmt: skip
