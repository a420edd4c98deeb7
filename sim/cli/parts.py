"""The parts of a scenario as tables and as rows for machines: missions, offers, policies, inputs.

One list names them all; a row for a machine has the same things in it, under names.

Why: what a planner reads on the screen and what a program reads must be one table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final, NamedTuple

from sim.scenario.resolved import Fact, Scenario

_ORDER: Final = ("official", "reported", "inferred", "assumption")


class Part(NamedTuple):
    """One part of a scenario."""

    name: str
    headings: Sequence[str]
    rows: Callable[[Scenario], Iterable[Sequence[str]]]
    raw: Callable[[Scenario], Iterable[Mapping[str, Any]]]
    numbers: Sequence[int] = ()
    """Columns that align to the right."""
    whole: Sequence[int] = ()
    """Columns that do not wrap."""
    long: bool = False
    """Whether it is shown only when asked for."""


def _missions(scenario: Scenario) -> Iterator[Mapping[str, Any]]:
    text, iso = _texts(scenario), scenario.clock.calendar.iso
    for mission in scenario.missions.values():
        yield {
            "mission": mission.id, "title": mission.title, "domain": mission.domain,
            "target": text.get(f"missions.{mission.id}.target", ""), "counted_as": mission.counted_as,
            "due": iso(mission.due_day), "joint": mission.id in scenario.joint,
        }  # fmt: skip


def _offers(scenario: Scenario) -> Iterator[Mapping[str, Any]]:
    text, units = _texts(scenario), {fact.path: fact.unit for fact in scenario.facts}
    for offer in scenario.offers.values():
        price, rate = f"offers.{offer.id}.price", f"offers.{offer.id}.rate"
        yield {
            "offer": offer.id, "mission": scenario.products[offer.product].mission,
            "country": scenario.suppliers[offer.supplier].country, "channel": offer.channel,
            "price": text.get(price, ""), "price_unit": units.get(price, ""),
            "rate": text.get(rate), "promise_first_days": offer.promise_first_days,
        }  # fmt: skip


def _policies(scenario: Scenario) -> Iterator[Mapping[str, Any]]:
    for policy in scenario.policies.values():
        listed = len(policy.missions) or len(policy.orders)
        yield {"policy": policy.id, "title": policy.title, "rule": policy.rule, "missions_or_orders": listed}


def _inputs(scenario: Scenario) -> Iterator[Mapping[str, Any]]:
    return (asdict(fact) for fact in uncertain(scenario))


def _offer_row(of: Mapping[str, Any]) -> Sequence[str]:
    price = f"{of['price']} {of['price_unit']}".strip()
    first = (of["offer"], of["mission"], of["country"], of["channel"], price)
    return (*first, of["rate"] or "no limit", f"{of['promise_first_days']:,}")


PARTS: Final = (
    Part(
        "missions",
        ("Mission", "Title", "Domain", "Target", "Counted as", "Due", "Joint"),
        lambda scenario: [(*list(of.values())[:-1], "yes" if of["joint"] else "") for of in _missions(scenario)],
        _missions,
        whole=(0,),
    ),
    Part(
        "offers",
        ("Offer", "Mission", "Country", "Channel", "Price a unit", "Rate a year", "Promise, days"),
        lambda scenario: [_offer_row(of) for of in _offers(scenario)],
        _offers,
        numbers=(6,),
        whole=(0,),
    ),
    Part(
        "policies",
        ("Policy", "Title", "Rule", "Missions or orders"),
        lambda scenario: [tuple(map(str, of.values())) for of in _policies(scenario)],
        _policies,
        numbers=(3,),
    ),
    Part(
        "inputs",
        ("Input", "Belief", "Unit", "Confidence", "Source"),
        lambda scenario: [
            (fact.path, fact.text, fact.unit, fact.confidence, fact.source) for fact in uncertain(scenario)
        ],
        _inputs,
        long=True,
    ),
)
"""In the order in which they are shown."""


def uncertain(scenario: Scenario) -> Iterator[Fact]:
    """The facts that differ between futures."""
    return (fact for fact in scenario.facts if fact.kind != "fixed")


def confidences(scenario: Scenario) -> dict[str, dict[str, int]]:
    """How many uncertain inputs and fixed numbers there are, by confidence, best first."""
    fixed = (fact for fact in scenario.facts if fact.kind == "fixed")
    return {"uncertain": _by_confidence(uncertain(scenario)), "fixed": _by_confidence(fixed)}


def _by_confidence(facts: Iterable[Fact]) -> dict[str, int]:
    counts = Counter[str](fact.confidence for fact in facts)
    return {name: counts[name] for name in _ORDER if counts[name]}


def counted(counts: Mapping[str, int]) -> str:
    """Counts in words.

    >>> counted({"reported": 2, "assumption": 5}), counted({})
    ('2 reported, 5 assumption', 'none')
    """
    return ", ".join(f"{count} {name}" for name, count in counts.items()) or "none"


def _texts(scenario: Scenario) -> dict[str, str]:
    return {fact.path: fact.text for fact in scenario.facts}
