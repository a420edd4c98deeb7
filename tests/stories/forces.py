"""What stories of service need beside the builder: crews, benches, approvals, shocks, and what a run came to.

Everything is plain until a story says otherwise: one person serves one unit, nobody leaves, everybody passes.

Why: people and benches belong to few stories, and the builder's empty world should stay empty.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sim.engine import Run
from sim.engine.entries import PLACES
from sim.outcome import MissionRow, measure
from sim.scenario.resolved import Bench, Crew, Grounding, Shock, TypeApproval
from tests.stories.builder import given, luck

JUST_OVER_HALF_A_MONTH = 9_998
"""A yearly share, basis points, of which a month takes 1 - (2/10,000)^(1/12) = 1 - e^(-8.5172 / 12) = 0.508241."""


def crew(people: int = 0, **changes: Any) -> Crew:
    """So many people from the first day and no course: one person a unit, nobody leaves."""
    base = Crew(
        block_units=1,
        people_per_block=given("person", 1),
        course=luck(30),
        seats_per_month=0,
        opening_day=0,
        pass_rate=given("share", 10_000),
        posts_filled=given("share", 10_000),
        leaving=given("share", 0),
        opening_people=people,
        extra_seats_lead=luck(60),
        extra_seat_yen=0,
        extra_seat_line="line",
    )
    return replace(base, **changes)


def bench(places: int = 1, id: str = "bench") -> Bench:
    """A bench with so many places."""
    return Bench(id, id, given("place", places))


def approval(paper: int = 0, trial: int = 0, block: int = 0, chance: int = 0, id: str = "type") -> TypeApproval:
    """Days of the paper and the trial part, and of a block with its chance in basis points."""
    return TypeApproval(id, luck(paper), luck(trial), given("share", chance), luck(block))


def grounding(days: int, chance: int = 5_000, id: str = "stop") -> Grounding:
    """Stops of so many days, with a yearly chance that leaves the story a choice."""
    return Grounding(id, given("event", chance), luck(days))


def shock(kind: Any, day: int, size: int, *subjects: str, end: int | None = None, **changes: Any) -> Shock:
    """A dated event of so much."""
    base = Shock(str(kind), kind, day, end, day, subjects, None, size, None, "the story's own")
    return replace(base, **changes)


def row(run: Run, mission: str = "watch") -> MissionRow:
    """What a mission came to on its due day."""
    return next(row for row in measure(run).missions if row.mission == mission)


def places(run: Run, mission: str = "watch") -> dict[str, int]:
    """Where a mission's units are at the end of its due day, without the places that are empty."""
    at_due = row(run, mission)._asdict()
    return {place: at_due[place] for place in PLACES if at_due[place]}
