"""What stories of policies need beside the builder: rival offers, two missions on one line, and what was decided.

A plan here is what the buyer orders; whether it comes is another story.

Why: a lever changes decisions, and a decision is read off the ledger in one way.
"""

from __future__ import annotations

from typing import Any

from sim.engine import Run
from sim.engine.entries import Decided
from sim.scenario.resolved import DatedOrder, ListedOffer, MissionRule, Supplier
from tests.stories.builder import given, levers, line, mission, offer, product


def decided(run: Run) -> list[tuple[int, str, int]]:
    """(day, offer, units) of each decision to buy, in order."""
    return [(entry.day, entry.offer, entry.units) for entry in run.of_kind(Decided)]


def by_offer(run: Run) -> dict[str, int]:
    """Units decided on, offer by offer."""
    found: dict[str, int] = {}
    for _, id, units in decided(run):
        found[id] = found.get(id, 0) + units
    return found


def target(units: int, **changes: Any) -> list[Any]:
    """The one mission, with another target."""
    return [mission(target=given("unit", units), **changes)]


TIERS: dict[str, Any] = {
    "products": [product(), product("kite", tier="high", quality=20_000)],
    "offers": [offer(), offer("kites", product="kite", price=given("minor", 30))],
}
"""A drone for 10 and a kite of twice the quality for 30."""

HIGH = (ListedOffer("kites", 1),)


def rivals(**changes: dict[str, Any]) -> dict[str, Any]:
    """Offers of drones with their changes, each from a product and a supplier of its own."""
    products = [product(f"of_{id}", quality=changed.pop("quality", 10_000)) for id, changed in changes.items()]
    suppliers = [Supplier(id, id, changed.pop("country", "Nowhere"), given("sd", 0)) for id, changed in changes.items()]
    offers = [offer(id, product=f"of_{id}", supplier=id, **changed) for id, changed in changes.items()]
    return {"products": products, "suppliers": suppliers, "offers": offers}


def coming(units: int, promise: int) -> tuple[DatedOrder, ...]:
    """A contract signed on day 0, promised so many days later."""
    slow = DatedOrder(
        "old", "maker", "watch", units, given("minor", units), "line", 0, promise, "none", "history", (), None
    )
    return (slow,)


def rule_of(id: str, rule: Any = "close_gap", **changes: Any) -> MissionRule:
    """A mission bought by a rule from the offer that serves it."""
    return MissionRule(id, rule, levers([("maker" if id == "watch" else "wasps", 1)], **changes))


def two_missions(yen: int = 60) -> dict[str, Any]:
    """Watch and raid want ten each, at 10 a unit; one line of so much pays for both."""
    return {
        "missions": [mission(), mission("raid")],
        "products": [product(), product("wasp", mission="raid")],
        "offers": [offer(), offer("wasps", product="wasp")],
        "lines": [line(years={2025: yen})],
    }
