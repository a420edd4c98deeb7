"""A study of home production made by hand: twenty futures of three policies, with numbers that can be counted off.

Small attack wants 700 units by 31 March 2028, the end of month 35.

Under ``foreign_then_home`` 300 come from abroad in month 20. The attack line is ordered in month 24, opens for nine
months of 30 days and is promised for 60 units a month from month 33 on. In even futures it has its parts: it builds 40
units in each of the months 33 to 35, at ¥5.5 m, ¥5.0 m and ¥4.5 m, of which 100 enter service by the due day; in odd
futures it waits for parts. From month 36 on it has no order. The simple line stood from the start and was promised by
nobody: it builds 30 units for export in month 35, at ¥1 m, and 50 of its stock enter service in month 40.

Under ``home_first`` the attack line alone builds 12 units a month, as promised, at ¥4 m, and 500 enter service in
month 30. Under ``abroad_only`` 400 come from abroad in month 20, and no line has any row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from sim.outcome import DeliveryRow, LineRow, Outcome, PartRow
from sim.outcome.rows import OfferRow
from sim.report.chart import Chart
from sim.report.house import drawn
from sim.scenario.load import Loaded
from sim.scenario.load import load as load_scenario
from sim.store import Study
from tests.rooms.study.handmade import TOP, mission_row, outcome, stored

FOREIGN, HOME, ABROAD = "foreign_then_home", "home_first", "abroad_only"
ATTACK, SIMPLE, IMPORTED = "attack_home", "simple_attack_home", "drone40_defendtex"
MISSION = "small_attack"
RUNS = 20
DUE_MONTH, MONTHS = 35, 48
DUE_DAY = 1095
MILLION, BILLION = 10**6, 10**9

Made = Callable[[int], Outcome | str]
"""Number of a future -> what it came to, or the error of a run that failed."""


def tiny_home(*sets: str) -> Loaded:
    """The small home industry, with settings."""
    return load_scenario(TOP / "scenarios" / "tiny_home.yaml", (), sets)


def line_row(
    offer: str, month: int, *, built: int = 0, exported: int = 0, promised: int = 0, opening: int = 0,
    building: int = 0, parts: int = 0, idle: int = 0, unit_cost: tuple[int, int, int] = (0, 0, 0),
) -> LineRow:  # fmt: skip
    """A line in a month; ``unit_cost`` is labour, overhead and parts of a unit in tenths of a million yen."""
    units = built + exported
    labour, overhead, of_parts = (units * tenths * MILLION // 10 for tenths in unit_cost)
    return LineRow(
        offer, month, built, exported, promised, opening, building, parts, idle, 0, labour, overhead, of_parts
    )


def attack_line(number: int) -> tuple[LineRow, ...]:
    """The attack line under ``foreign_then_home``."""
    opening = [line_row(ATTACK, month, opening=30) for month in range(24, 33)]
    if number % 2:
        ready = [line_row(ATTACK, month, promised=60, parts=30) for month in (33, 34, 35)]
    else:
        ready = [
            line_row(ATTACK, 33 + place, built=40, promised=60, building=20, parts=10, unit_cost=(labour, 5, 30))
            for place, labour in enumerate((20, 15, 10))
        ]
    after = [line_row(ATTACK, month, promised=60, idle=30) for month in range(36, MONTHS)]
    return (*opening, *ready, *after)


EXPORTS = line_row(SIMPLE, 35, exported=30, building=10, idle=20, unit_cost=(3, 2, 5))


def foreign(number: int) -> Outcome:
    """One future of ``foreign_then_home``."""
    even = number % 2 == 0
    offers = (
        OfferRow(IMPORTED, MISSION, 400, 300, 300, 2 * BILLION),
        OfferRow(ATTACK, MISSION, 200, 100 if even else 0, 100 if even else 0, BILLION if even else 600 * MILLION),
        OfferRow(SIMPLE, MISSION, 50, 50, 0, 200 * MILLION),
    )
    home = ((DeliveryRow(ATTACK, 35, 100),) if even else ()) + (DeliveryRow(SIMPLE, 40, 50),)
    parts = (PartRow("magnet_set", "Japan", 500, 5 * MILLION),)
    if even:
        parts = (
            PartRow("battery", "Japan", 240, 60 * MILLION), *parts,
            PartRow("motor_esc", "China", 320, 200 * MILLION), PartRow("motor_esc", "Japan", 160, 100 * MILLION),
        )  # fmt: skip
    return replace(
        plain(FOREIGN, number, 400 if even else 300), offers=offers, parts=parts,
        deliveries=(DeliveryRow(IMPORTED, 20, 300), *home), lines=(*attack_line(number), EXPORTS),
    )  # fmt: skip


def at_home(number: int) -> Outcome:
    """One future of ``home_first``."""
    lines = tuple(
        line_row(ATTACK, month, built=12, promised=12, building=30, unit_cost=(10, 5, 25)) for month in (33, 34, 35)
    )
    return replace(
        plain(HOME, number, 500), lines=lines, deliveries=(DeliveryRow(ATTACK, 30, 500),),
        offers=(OfferRow(ATTACK, MISSION, 500, 500, 500, 2400 * MILLION),),
        parts=(
            PartRow("battery", "Japan", 72, 2 * MILLION), PartRow("motor_esc", "Japan", 144, 1200 * MILLION),
        ),
    )  # fmt: skip


def from_abroad(number: int) -> Outcome:
    """One future of ``abroad_only``."""
    return replace(
        plain(ABROAD, number, 400), deliveries=(DeliveryRow(IMPORTED, 20, 400),),
        offers=(OfferRow(IMPORTED, MISSION, 400, 400, 400, 2 * BILLION),),
    )  # fmt: skip


def plain(policy: str, number: int, deployed: int) -> Outcome:
    """A future in which nothing was bought, with so many of 700 in service."""
    made = outcome(policy, number, [mission_row(MISSION, 700, deployed)])
    return replace(made, run=made.run._replace(fulfilment=deployed / 700), money=(), spending=())


STORY: Mapping[str, Made] = {FOREIGN: foreign, HOME: at_home, ABROAD: from_abroad}


def home_study_of(
    place: Path, made: Mapping[str, Made] = STORY, *, failed: tuple[int, ...] = (), sets: tuple[str, ...] = ()
) -> Study:
    """A whole run folder; runs of ``foreign_then_home`` whose number is in ``failed`` have an error instead."""
    runs = {
        policy: [
            "ValueError: the test fails it" if policy == FOREIGN and number in failed else one(number)
            for number in range(RUNS)
        ]
        for policy, one in made.items()
    }
    return stored(place, tiny_home(*sets), runs)


def crowded_study_of(place: Path) -> Study:
    """Two futures of the baseline under one policy: every offer was bought and delivered, all firms but one have built.

    The first offer costs ¥100 bn and each after it six tenths of the one before, so that the last are too small to be
    named.
    """
    loaded = load_scenario(TOP / "scenarios" / "fy2027_baseline.yaml")
    scenario = loaded.scenario
    missions = {id: scenario.products[offer.product].mission for id, offer in scenario.offers.items()}
    lines = tuple(
        line_row(id, month, built=40, promised=60, building=10, parts=20, unit_cost=(10, 5, 30))
        for id, offer in scenario.offers.items()
        if offer.line is not None and offer.supplier != next(iter(scenario.firms))
        for month in (30, 34, 35)
    )

    def made(number: int) -> Outcome:
        found = outcome(HOME, number, [mission_row(id, 700, 300) for id in scenario.missions])
        return replace(
            found, money=(), spending=(), lines=lines,
            offers=tuple(
                OfferRow(id, mission, 9, 9, 9, int(100 * BILLION * 0.6**at))
                for at, (id, mission) in enumerate(missions.items())
            ),
            deliveries=tuple(DeliveryRow(id, 24, 9) for id in missions),
            parts=tuple(
                PartRow(family, origin, 1, 10 * MILLION)
                for family, origin in sorted({(of.family, of.origin) for of in scenario.part_sources.values()})
            ),
        )  # fmt: skip

    return stored(place, loaded, {HOME: [made(number) for number in range(2)]})


def under_names(chart: Chart) -> dict[str, str]:
    """Name of each panel -> the line below it."""
    return {axes.get_title(loc="left"): axes.texts[0].get_text() for axes in drawn(chart).axes}
