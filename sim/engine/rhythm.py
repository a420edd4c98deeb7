"""What comes round by itself: the month's first and last day, groundings by luck, due days.

Nothing here wakes every day; a month costs five events.

Why: an engine that ticks is slow, and one that forgets a month end is wrong.
"""

from __future__ import annotations

from collections.abc import Callable

from simpy import Event

from sim.engine.crews import COURSE_RANK
from sim.engine.entries import DueRecord, MonthEnd
from sim.engine.fleet import GROUNDING_RANK
from sim.engine.ladder import AFTER_LINES, Rung
from sim.engine.world import World
from sim.scenario.resolved import Product

MONTHLY_RANK = 1 << 20
LOSS_RANK = 1 << 47
"""Losses come after the retirements and groundings of their day."""


def set_in_motion(world: World) -> None:
    """Put every month, grounding and due day on the ladder."""
    _months(world)
    _courses_that_open_inside_a_month(world)
    for place, product in enumerate(world.scenario.products.values()):
        if product.grounding is not None:
            _groundings(world, product, place)
    for place, mission in enumerate(world.scenario.missions.values()):
        if mission.due_day <= world.scenario.clock.horizon_day:
            entry = DueRecord(mission.due_day, mission.id)
            world.days.call(mission.due_day, Rung.RECORD, place, _then(world.ledger.append, entry))


def _then(act: Callable[..., None], *known: object) -> Callable[[Event], None]:
    """What an event calls: an act with what is known now."""

    def call(_: Event) -> None:
        act(*known)

    return call


def _months(world: World) -> None:
    """Rates move and classes start on the first; people leave, units are lost and the month is recorded on the last."""
    calendar, horizon = world.scenario.clock.calendar, world.scenario.clock.horizon_day
    on_each, month_of = world.days.on_each, calendar.month_index
    starts, ends = calendar.month_starts(0, horizon), calendar.month_ends(0, horizon)
    steps = calendar.month_starts(1, horizon)
    on_each(steps, Rung.SHOCK, MONTHLY_RANK, lambda day: world.market.step(day, month_of(day)))
    on_each(starts, Rung.START, AFTER_LINES + COURSE_RANK, world.crews.start_classes)
    on_each(ends, Rung.PEOPLE, MONTHLY_RANK, lambda day: world.crews.leave(day, month_of(day)))
    on_each(ends, Rung.LOST, LOSS_RANK, lambda day: world.fleet.lose(day, month_of(day)))
    on_each(ends, Rung.RECORD, MONTHLY_RANK, lambda day: world.ledger.append(MonthEnd(day)))


def _courses_that_open_inside_a_month(world: World) -> None:
    clock = world.scenario.clock
    for place, mission in enumerate(world.scenario.missions.values()):
        crew = mission.crew
        if crew is None or not 0 <= crew.opening_day <= clock.horizon_day:
            continue
        if clock.calendar.date(crew.opening_day).day != 1:
            act = _then(world.crews.open_course, mission.id)
            world.days.call(crew.opening_day, Rung.START, AFTER_LINES + COURSE_RANK + 1 + place, act)


def _groundings(world: World, product: Product, place: int) -> None:
    """A type's groundings: at most one begins in each fiscal year, none before ``as_of`` (R8, R29)."""
    scenario, future, clock = world.scenario, world.future, world.scenario.clock
    calendar = clock.calendar
    group = scenario.groundings[product.grounding or ""]
    chance = future.whole(group.chance)
    for year in range(calendar.fiscal_year(clock.as_of_day), calendar.fiscal_year(clock.horizon_day) + 1):
        if not future.chance(chance, f"grounding/{product.id}", year):
            continue
        first, last = calendar.fiscal_year_start(year), calendar.fiscal_year_end(year)
        day = first + int(future.uniform(f"grounding_start/{product.id}", year) * (last - first + 1))
        if clock.as_of_day < day <= clock.horizon_day:
            length = future.draw(group.length, f"grounding_length/{product.id}", year)
            act = _then(world.fleet.ground, product, length)
            world.days.call(day, Rung.LOST, GROUNDING_RANK - 1 - place, act)
