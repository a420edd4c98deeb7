"""Small ledgers written by hand, and what they are worth.

The clock: day 0 is 1 April 2025, 30 April is day 29, 31 May day 60, 30 June day 90, 31 March 2026 day 364.

Why: a ledger that fits on a screen can be added up on paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sim.engine.entries import (
    Accepted,
    Arrived,
    Awarded,
    Cancelled,
    Crewed,
    DayCome,
    Decided,
    Deployed,
    DueRecord,
    LeftOnTime,
    LeftWorks,
    Lost,
    Permitted,
    Retired,
    TargetSet,
    Tendered,
    TenderFailed,
)
from sim.engine.ledger import Run
from sim.outcome import MissionRow, Outcome, measure
from sim.scenario.resolved import Clock, Product, Scenario, Supplier
from tests.rooms.future.small_scenario import small_scenario

DUE, DEADLINE, HORIZON = 60, 60, 364
WAY = (Tendered, Awarded, Permitted, LeftOnTime, Arrived, Accepted, Crewed, Deployed)
"""What happens to units that wait for nothing."""


def two_missions(lambda_bp: int = 10_000, joint: tuple[str, ...] = ("watch",)) -> Scenario:
    """Watch (kite e = 1, finch 0.5, moth 0.4 that does not count, hawk e = 4 from home) and raid (wasp e = 1)."""
    small = small_scenario()
    watch = replace(small.missions["watch"], due_day=DUE, lowest_quality=5_000, weight=3)
    kite, offer = small.products["kite"], small.offers["kite_acme"]
    lateness = small.suppliers["acme"].lateness

    def product(id: str, mission: str, quality: int) -> Product:
        return replace(kite, id=id, mission=mission, quality=quality)

    made = {"kite": "acme", "finch": "acme", "moth": "acme", "hawk": "works", "wasp": "acme"}
    return replace(
        small,
        clock=Clock(small.clock.calendar, 0, DEADLINE, HORIZON),
        missions={"watch": watch, "raid": replace(watch, id="raid", due_day=90, weight=1)},
        joint=joint,
        strength_lambda=lambda_bp,
        lines={id: replace(small.lines["shield"], id=id) for id in ("shield", "sea")},
        products={
            "kite": product("kite", "watch", 10_000),
            "moth": product("moth", "watch", 4_000),
            "finch": product("finch", "watch", 5_000),
            "hawk": product("hawk", "watch", 40_000),
            "wasp": product("wasp", "raid", 10_000),
        },
        suppliers={
            "acme": Supplier("acme", "Acme", "Turkey", lateness),
            "works": Supplier("works", "Works", "Japan", lateness),
        },
        offers={
            f"{id}_{supplier}": replace(offer, id=f"{id}_{supplier}", product=id, supplier=supplier)
            for id, supplier in made.items()
        },
    )


def outcome(ledger: Sequence[Any], scenario: Scenario | None = None) -> Outcome:
    """The outcome of these entries in order of day, with targets of 10 and the due records where none is written."""
    scenario = two_missions() if scenario is None else scenario
    offers = {offer.product: offer.id for offer in scenario.offers.values()}
    begun = [
        *(TargetSet(0, mission, 10) for mission in scenario.missions),
        *(
            Decided(0, entry.order, offers[entry.product], entry.mission, entry.units)
            for entry in ledger
            if isinstance(entry, Tendered)
        ),
    ]
    records = [DueRecord(mission.due_day, mission.id) for mission in scenario.missions.values()]
    # sorted() keeps the written order within a day, and the records come last in theirs
    in_order = sorted([*begun, *ledger, *records], key=lambda entry: entry.day)
    return measure(Run(scenario, "typed", 3, 7, tuple(in_order), 0))


def watch_row(ledger: Sequence[Any], scenario: Scenario | None = None) -> MissionRow:
    return outcome(ledger, scenario).missions[0]


def lot(kinds: Sequence[type], days: Sequence[int], units: int, order: str = "a#1", product: str = "kite") -> list[Any]:
    """One lot's moves, each kind on its day."""
    mission = "raid" if product == "wasp" else "watch"
    return [kind(day, order, 0, mission, product, units) for kind, day in zip(kinds, days, strict=True)]


def served(day: int, units: int, order: str = "a#1", product: str = "kite") -> list[Any]:
    """A lot ordered on day 0 and in service from ``day``."""
    return lot(WAY, [0] * 7 + [day], units, order, product)


def one_lot_in_every_place() -> list[Any]:
    """1 in tender, 2 in approval, 3 in production ... each lot stops where its number of units says."""
    ledger: list[Any] = []
    ledger += lot(WAY[:1], [1], 1, "o1")
    ledger += lot(WAY[:2], [1, 2], 2, "o2")
    ledger += lot(WAY[:3], [1, 2, 3], 3, "o3")
    ledger += lot([*WAY[:3], DayCome], [1, 2, 3, 4], 4, "o4")
    ledger += lot([*WAY[:3], DayCome, LeftWorks], [1, 2, 3, 4, 5], 5, "o5")
    ledger += lot(WAY[:5], [1, 2, 3, 5, 6], 6, "o6")
    ledger += lot(WAY[:6], [1, 2, 3, 5, 6, 7], 7, "o7")
    ledger += lot(WAY[:7], [1, 2, 3, 5, 6, 7, 8], 8, "o8")
    ledger += lot(WAY, [1, 2, 3, 5, 6, 7, 8, 9], 18, "o9")
    ledger += [Lost(10, "o9", 0, "watch", "kite", 2), Retired(11, "o9", 0, "watch", "kite", 3)]
    ledger += lot([Tendered, TenderFailed], [1, 9], 4, "o10")
    ledger += lot(WAY[:2], [1, 2], 6, "o11")
    ledger += [Cancelled(12, "o11", -1, "watch", "kite", 6, "approval")]
    return ledger
